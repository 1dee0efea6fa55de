"""Slips of the pen that a sentence makes only once its places are filled in.

A message reads well by itself and still goes wrong with a name in it: "de {place}" with "el
estado" is "de el estado", where Spanish says "del estado". So finished text is searched, not
messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

__all__ = ["slips"]

_LETTER: Final = "a-záéíóúüñ"
_EVERYWHERE: Final[Mapping[str, str]] = {
    r"(?<=\w)\.\.(?![./\w])|,,|;;|[,;:]\.(?!\d)": "two marks for one",
    r"(?<=\w) [,;](?= )": "a space before a mark",
    r"\( | \)": "a space inside brackets",
}
_OF_SPANISH: Final[Mapping[str, str]] = {
    # "de El Salvador" keeps its article: it is part of the name.
    r"\bde el\b": '"de el" for "del"',
    r"\ba el\b": '"a el" for "al"',
    r"\by h?[ií](?![aeoáéóú])": '"y" before the sound of an i',
    r"\bo (?:h?[oó]|8|11(?!\d))": '"o" before the sound of an o',
    r"\be (?!h?[ií](?![aeoáéóú]))": '"e" for "y"',
    r"\bu (?!h?[oó]|8|11(?!\d))": '"u" for "o"',
    r"\b(el|la|los|las|un|una) (?!\1\b)(?:el|la|los|las|un|una)\b": "two articles",
    rf"\b([{_LETTER}]{{2,}}) \1\b": "a word twice",
    r"(?<![\d.,])\b1 (?:puntos|años|niños|estudiantes|zonas|escuelas|"
    r"cifras|grupos|sectores|criterios|fuentes|indicadores|resultados)\b(?! de)": "one of many",
}
_PATTERNS: Final = {
    "": [(re.compile(p), what) for p, what in _EVERYWHERE.items()],
    "es": [(re.compile(p), what) for p, what in _OF_SPANISH.items()],
}


def slips(text: str, code: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield (what it is, where it stands) for every slip in finished text.

    Parameters
    ----------
    text : str
        As a reader sees it, without tags; blocks on lines of their own.
    code : str
        Language of the text. Of a language without rules of its own, marks alone are looked at.

    Examples
    --------
    >>> [found[0] for what, found in slips("Las cifras de el estado e de la la ciudad.", "es")]
    ['de el', 'e ', 'la la']
    >>> [what for what, found in slips("Made by the Bureau of the U.S..", "en")]
    ['two marks for one']
    >>> list(slips("Agua e hilo, uno u otro, del 7 al 11.", "es"))
    []
    """
    for language in dict.fromkeys(("", code)):
        for pattern, what in _PATTERNS.get(language, ()):
            for match in pattern.finditer(text):
                yield what, match
