"""What to call a place: a school district is not the city whose name it has."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator, Place, load_catalog
from c2c_lib.language import Language, mark

__all__ = [
    "in_place",
    "name_and_scope",
    "place_heading",
    "place_name",
    "scope",
    "state_name",
    "whom",
]

_SCOPES = {
    "state": mark("all of the state"),
    "district": mark("public schools"),
    "town": mark("all residents"),
    "city": mark("all residents"),
    "school": mark("one school"),
    "tract": mark("all residents"),
    "neighborhood": mark("all residents"),
}


def place_name(slug: str) -> str:
    """Return the plain name of a slug: ``east-hartford`` is East Hartford.

    Examples
    --------
    >>> place_name("east-hartford")
    'East Hartford'
    """
    return slug.replace("-", " ").title()


def in_place(place: Place, language: Language) -> str:
    """Return the place as the end of "children in ...": its public schools, or its residents'.

    Connecticut's towns are called cities where the catalog knows them as one.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> catalog = load_catalog()
    >>> in_place(catalog.place("norwalk", "district"), language("en"))
    'Norwalk public schools'
    >>> in_place(catalog.place("norwalk", "town"), language("en"))
    'the city of Norwalk'
    >>> in_place(catalog.place("east-hartford", "town"), language("en"))
    'the town of East Hartford'
    """
    name = place_name(place.place)
    if place.geo_level == "district":
        return str(language.text("{place} public schools", place=name))
    if place.geo_level == "city" or (
        place.geo_level == "town" and place.place in _cities(load_catalog())
    ):
        return str(language.text("the city of {place}", place=name))
    if place.geo_level == "town":
        return str(language.text("the town of {place}", place=name))
    return name


def scope(level: str, language: Language) -> Markup:
    """Return in two or three words whom figures of a level are about.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(scope("district", language("en"))), str(scope("town", language("en")))
    ('public schools', 'all residents')
    """
    return language.text(_SCOPES[level])


def name_and_scope(indicator: Indicator, language: Language) -> Markup:
    """Return an indicator's name with whom it is about, for a table that mixes both.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(name_and_scope(load_catalog().indicator("low_birthweight"), language("en")))
    'Babies born too small (all residents)'
    """
    return Markup("{} ({})").format(language.of(indicator.name), whom(indicator, language))


def whom(indicator: Indicator, language: Language) -> Markup:
    """Return in two or three words whom the figures of an indicator are about.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(whom(load_catalog().indicator("student_homelessness"), language("en")))
    'public schools'
    """
    return scope("district" if indicator.of_students else indicator.level, language)


def place_heading(place: Place, language: Language) -> Markup:
    """Return the place as the heading of a column: its public schools, or all its residents.

    Examples
    --------
    >>> from c2c_lib.language import language
    >>> str(place_heading(load_catalog().place("norwalk", "town"), language("en")))
    'Norwalk, all residents'
    """
    if place.geo_level == "district":
        name = place_name(place.place)
        return language.in_context("heading", "{place} public schools", place=name)
    if place.geo_level == "state":
        return Markup("{}").format(in_place(place, language))
    return Markup("{}, {}").format(place_name(place.place), scope(place.geo_level, language))


@lru_cache(maxsize=2)
def _cities(catalog: Catalog) -> frozenset[str]:
    """Return the slugs of the places that the catalog knows as a city."""
    return frozenset(p.place for p in catalog.places if p.geo_level == "city")


def state_name() -> str:
    """Return the name of the state in charts and tables.

    Examples
    --------
    >>> state_name()
    'Connecticut'
    """
    return place_name("connecticut")
