"""The words of the codebook for units, roles, directions, levels and breaks."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from c2c_lib.catalog import Indicator
from c2c_lib.language import Language, mark, mark_plural

__all__ = [
    "BREAK_KINDS",
    "POLARITIES",
    "ROLES",
    "UNITS",
    "level_count",
    "level_words",
    "licence_words",
    "place_kind",
]

UNITS: Final = {
    "share": mark("A share: percent on our pages, 0 to 1 in the downloads"),
    "per_1000": mark("A rate for every 1,000"),
    "index": mark("Points on a scale from 0 to 100"),
    "score": mark("Points on the test’s own scale"),
    "dollars": mark("Dollars of the last year of the period"),
    "years": mark("Years"),
    "count": mark("A number"),
}
POLARITIES: Final = {
    "higher_is_better": mark("Higher is better"),
    "lower_is_better": mark("Lower is better"),
    "neutral": mark("Neither; it only describes"),
}
ROLES: Final = {
    "core": mark("Core: it speaks for its outcome"),
    "contributing": mark("Contributing: it helps to explain a core figure"),
    "context": mark("Context: it says in what setting children grow up"),
}
BREAK_KINDS: Final = {
    "new_series": mark("{period}: a new series begins"),
    "not_comparable": mark("{period}: not compared with any other year"),
    "not_collected": mark("{period}: no figure"),
    "not_over_time": mark("All years: not compared over time"),
}
_KINDS: Final = {
    "state": mark("The whole state"),
    "district": mark("A school district: its public schools, not all who live in the city"),
    "town": mark("A city or town: everyone who lives there"),
    "city": mark("A city: everyone who lives there"),
    "school": mark("A public school"),
    "tract": mark("A census tract: everyone who lives there"),
    "neighborhood": mark("A neighborhood: everyone who lives there"),
}
_LEVELS: Final = {
    "state": mark("the state"),
    "district": mark("school districts"),
    "town": mark("towns"),
    "city": mark("cities"),
    "school": mark("schools"),
    "tract": mark("census tracts"),
    "neighborhood": mark("neighborhoods"),
}
_COUNTED: Final = {
    "state": mark_plural("{count} state", "{count} states"),
    "district": mark_plural("{count} school district", "{count} school districts"),
    "town": mark_plural("{count} town", "{count} towns"),
    "city": mark_plural("{count} city", "{count} cities"),
    "school": mark_plural("{count} school", "{count} schools"),
    "tract": mark_plural("{count} census tract", "{count} census tracts"),
    "neighborhood": mark_plural("{count} neighborhood", "{count} neighborhoods"),
}


_LICENCES: Final = {
    "public-domain": mark("public domain"),
    "public-record": mark("public record"),
    "publisher-terms": mark("the publisher’s own terms"),
}


def licence_words(licence: str, language: Language) -> str:
    """Return what to call a licence: the code of a known one, or words where it has no code.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> licence_words("PDDL-1.0", language("en")), licence_words("public-record", language("en"))
    ('PDDL-1.0', 'public record')
    """
    return str(language.text(_LICENCES[licence])) if licence in _LICENCES else licence


def place_kind(indicator: Indicator, language: Language) -> Markup:
    """Return what kind of place the figures of an indicator describe, and who is meant by it.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.language import language
    >>> [str(place_kind(load_catalog().indicator(name), language("en")))
    ...     for name in ("child_poverty", "student_homelessness")]
    ['A city or town: everyone who lives there', 'A city: the students of its public schools']
    """
    if indicator.of_students:
        return language.text("A city: the students of its public schools")
    return language.text(_KINDS[indicator.level])


def level_words(level: str, language: Language) -> Markup:
    """Return the places of a level as a plural noun.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(level_words("tract", language("en")))
    'census tracts'
    """
    return language.text(_LEVELS[level])


def level_count(level: str, count: int, language: Language) -> Markup:
    """Return how many places of a level there are.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(level_count("town", 16, language("en"))), str(level_count("state", 1, language("en")))
    ('16 towns', '1 state')
    """
    one, many = _COUNTED[level]
    return language.plural(one, many, count)
