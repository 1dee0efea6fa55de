"""What to call a place in a sentence: a district is not a city."""

from __future__ import annotations

from c2c_lib.catalog import Place
from c2c_lib.figures.language import Language

__all__ = ["in_place", "place_name", "state_name"]


def place_name(slug: str) -> str:
    """Return the plain name of a slug: ``east-hartford`` is East Hartford.

    Examples
    --------
    >>> place_name("east-hartford")
    'East Hartford'
    """
    return slug.replace("-", " ").title()


def in_place(place: Place, language: Language) -> str:
    """Return the place as the end of "children in ...", saying when it is the schools.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.figures.language import language
    >>> in_place(load_catalog().place("norwalk", "district"), language("en"))
    'Norwalk public schools'
    """
    name = place_name(place.place)
    if place.geo_level == "district":
        return str(language.text("{place} public schools", place=name))
    return name


def state_name() -> str:
    """Return the name of the state in charts and tables.

    Examples
    --------
    >>> state_name()
    'Connecticut'
    """
    return place_name("connecticut")
