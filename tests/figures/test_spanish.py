"""The real cards in Spanish say what the English ones say: the same figures, all of it in words."""

import re

import pytest
from bs4 import BeautifulSoup, Tag

from c2c_lib.geography import layer
from support.reading import ease_in_spanish, syllables_in_spanish
from support.synthetic import numbers, words

LEAST = 60
SHORTEST = 12  # words
GENERATED = (
    "p.answer, p.quality, p.no-groups, p.byline, p.caution, figcaption, "
    ".three-things li, #neighborhoods > p, #method > p, #unknown > p, #gaps > p, #children > p"
)
FORBIDDEN = re.compile(
    r"\bminorías?\b|\bminusválid|\brezagad|\bfracas|\bdiscapacitad|\bbajo rendimiento|"
    r"\ben riesgo\b|\bpobres\b|\w@|\b\w+(?:nx|dx|ñx)s?\b",
    re.IGNORECASE,
)
NAMES = {"CSV", "JSON", "SAT", "Total"}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("casa", 2), ("leer", 2), ("días", 2), ("que", 1), ("guerra", 2), ("muy", 1),
        ("ciudad", 2), ("país", 2), ("lectoescritura", 6), ("todavía", 4), ("educación", 4),
        ("y", 1), ("2,500", 1), ("escuela", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word, count):
    assert syllables_in_spanish(word) == count


def test_the_ease_is_that_of_the_formula():
    # Three words and five syllables in one sentence: 206.84 - 60 x 5 / 3 - 1.02 x 3.
    assert ease_in_spanish("El gato come.") == pytest.approx(103.78)


def test_generated_words_are_plain(built):
    texts = {words(element) for element in built.spanish.select(GENERATED)}
    long = [text for text in texts if len(text.split()) >= SHORTEST]
    assert len(long) > 40
    assert [(round(ease_in_spanish(t)), t) for t in long if ease_in_spanish(t) < LEAST] == []


def figures(soup: BeautifulSoup) -> list[tuple[str, ...]]:
    """Return every figure in order: what it is, and the number as it is read."""
    return [
        (*(str(element[a]) for a in sorted(element.attrs) if a != "class"), words(element))
        for element in soup.find_all("data")
    ]


def worked_out(soup: BeautifulSoup) -> list[tuple[str, list[str]]]:
    found = soup.find_all(attrs={"data-derived": True})
    return [(element["data-derived"], numbers(words(element))) for element in found]


def test_every_figure_is_the_same_in_both_languages(built):
    assert len(figures(built.soup)) > 500
    assert sorted(figures(built.spanish)) == sorted(figures(built.soup))


def test_every_difference_is_the_same_in_both_languages(built):
    assert len(worked_out(built.soup)) > 100
    assert sorted(worked_out(built.spanish)) == sorted(worked_out(built.soup))


def test_every_alternative_text_has_the_same_numbers_in_both_languages(built):
    english, spanish = built.soup.find_all("img"), built.spanish.find_all("img")
    assert [p["data-figure"] for p in spanish] == [p["data-figure"] for p in english]
    for there, here in zip(english, spanish, strict=True):
        assert 40 <= len(here["alt"]) <= 300
        assert here["alt"] != there["alt"]
        assert sorted(numbers(here["alt"])) == sorted(numbers(there["alt"]))


def test_both_languages_have_the_same_parts(built):
    def parts(soup: BeautifulSoup) -> list[tuple[str, str]]:
        # The anchor of a heading is made of its own words, so only sections have the same.
        return [
            (e.name, e.get("id", "") if e.name == "section" else "")
            for e in soup.find_all(["section", "h1", "h2", "h3"])
        ]

    assert parts(built.spanish) == parts(built.soup)
    assert [t["id"] for t in built.spanish.find_all("table")] == [
        t["id"] for t in built.soup.find_all("table")
    ]


def own_texts(soup: BeautifulSoup) -> set[str]:
    """Return the pieces of text with a word in them, but what is marked as English or a name.

    The names of towns, neighborhoods and water on a map are the same in both languages.
    """
    found = set()
    for text in soup.find_all(string=re.compile(r"[^\W\d_]{3}")):
        parent = text.parent
        above = (parent, *parent.parents) if isinstance(parent, Tag) else ()
        if not any(e.get("lang") == "en" or "names" in e.get("class", []) for e in above):
            found.add(" ".join(text.split()))
    return found | {str(picture["alt"]) for picture in soup.find_all("img")}


def test_nothing_is_left_in_english(built):
    city = built.card.city
    names = {
        *NAMES,
        city.name,
        city.partnership.name,
        "Connecticut",
        *(source.publisher for source in built.card.catalog.sources.values()),
        *(source.licence for source in built.card.catalog.sources.values()),
        *(built.card.language.of(s.short) for s in built.card.catalog.sources.values()),
        *layer("schools")["name"],
    }
    same = (own_texts(built.soup) & own_texts(built.spanish)) - names
    assert {text for text in same if text.replace("Connecticut", "").strip(" ,%).:")} == set()


def test_titles_of_reports_are_marked_as_english(built):
    titles = built.spanish.select('#method table th [lang="en"]')
    assert len(titles) > 5
    assert built.soup.select("[lang]") == []


def test_no_word_blames_sorts_or_stumbles(built):
    text = " ".join(own_texts(built.spanish))
    assert [m[0] for m in FORBIDDEN.finditer(text)] == []
