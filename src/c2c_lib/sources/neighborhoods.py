"""Neighborhoods by city and name: the names repeat across the cities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from c2c_lib.catalog import Catalog, Place
from c2c_lib.errors import did_you_mean
from c2c_lib.sources.names import Names

__all__ = ["DIVIDED_ANEW", "find_neighborhood", "neighborhoods_of"]

DIVIDED_ANEW: Final[Mapping[str, int]] = {"Stamford": 2022}
"""The last year of the first window in which a city's neighborhoods are those of the catalog.

Stamford was divided into sixteen neighborhoods before and is into thirteen since; some names
stayed while their outlines moved, so that older figures belong to no place on the map.
"""


def neighborhoods_of(catalog: Catalog) -> dict[str, dict[str, Place]]:
    """Return the neighborhoods of every city that has some, by each of their names.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> "Hartford" in neighborhoods_of(load_catalog())
    False
    """
    towns = {p.geo_id: p.name for p in catalog.places if p.geo_level == "town"}
    found: dict[str, dict[str, Place]] = {}
    for place in catalog.places:
        if place.geo_level == "neighborhood":
            city = towns[place.parent]
            names = {part for n in (place.name, *place.aliases) for part in _spellings(n, city)}
            found.setdefault(city, {}).update(dict.fromkeys(names, place))
    return found


def _spellings(name: str, city: str) -> tuple[str, ...]:
    """Return a name as it stands, and without the city that it may end or begin with."""
    bare = name.removeprefix(f"{city}_").removesuffix(f", {city}").removesuffix(f" {city}")
    return name, bare


def find_neighborhood(
    known: Mapping[str, Mapping[str, Place]], city: str, name: str, where: str, names: Names
) -> Place | None:
    """Return a neighborhood; an unknown one is noted with those that its city has.

    Parameters
    ----------
    known : mapping
        As `neighborhoods_of` returns it; `city` has to be one of its cities.
    city, name : str
        As printed; a name may carry its city in front or behind.
    where : str
        File and line, for the problem.
    names : Names
        Collects what is wrong.
    """
    for spelling in _spellings(name, city):
        if spelling in known[city]:
            return known[city][spelling]
    names.problems.add(
        where,
        f"unknown neighborhood of {city}",
        value=name,
        allowed=", ".join(sorted({place.name for place in known[city].values()})),
        remedy=did_you_mean(name, known[city]) or "Add it to the catalog's neighborhoods.csv.",
    )
    return None
