"""How hard a text is to read: English by Flesch and Kincaid, Spanish by Fernández Huerta."""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ¿¡“\"(])")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'-])*|\d[\d.,%–-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+(?:y(?![aeiouáéíóú]))?|y(?![aeiouáéíóú])")
_HIATUS = re.compile(r"(?<=[aeoáéó])(?=[aeoáéóíú])|(?<=[íú])(?=[aeoáéó])")
_APART = re.compile(r"[iu]a(?=t)")  # two syllables in "graduate" and "initiative"


def sentences(text: str) -> list[str]:
    """Split text where a full stop, a question or an exclamation mark ends a sentence."""
    return [part for part in _SENTENCE_END.split(" ".join(text.split())) if _WORD.search(part)]


def syllables(word: str) -> int:
    """Count the syllables of a word by its groups of vowels; a number is read as one."""
    word = word.lower().strip("’'-")
    if not word[:1].isalpha():
        return 1
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part)
    count = len(_VOWELS.findall(word)) + len(_APART.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye", "oe"))
    silent |= word.endswith("es") and not word.endswith(("ses", "ces", "ges", "zes", "ies", "les"))
    silent |= word.endswith("ed") and not word.endswith(("ted", "ded", "ied", "eed"))
    if silent and count > 1:
        count -= 1
    return max(count, 1)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade level.

    0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid and others 1975,
    Derivation of new readability formulas for Navy enlisted personnel).
    """
    words = _WORD.findall(text)
    per_sentence = len(words) / len(sentences(text))
    per_word = sum(syllables(word) for word in words) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def syllables_in_spanish(word: str) -> int:
    """Count the syllables of a Spanish word by its vowels; a number is read as one.

    Two strong vowels, and a strong one beside an accented weak one, are two syllables; the u of
    "que" and "gui" is not heard.
    """
    word = word.lower()
    if not word[:1].isalpha():
        return 1
    word = re.sub(r"(?<=q)u|(?<=g)u(?=[eéií])", "", word)
    groups = _SPANISH_VOWELS.findall(word)
    return max(sum(1 + len(_HIATUS.findall(group)) for group in groups), 1)


def ease_in_spanish(text: str) -> float:
    """Return the ease of reading Spanish: 60 to 70 is plain, more is easier.

    206.84 - 60 syllables per word - 1.02 words per sentence (Fernández Huerta 1959, Medidas
    sencillas de lecturabilidad).
    """
    words = _WORD.findall(text)
    per_sentence = len(words) / len(sentences(text))
    per_word = sum(syllables_in_spanish(word) for word in words) / len(words)
    return 206.84 - 60 * per_word - 1.02 * per_sentence
