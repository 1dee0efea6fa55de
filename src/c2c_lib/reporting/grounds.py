"""From the layers to what maps stand on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import geopandas as gpd

from c2c_lib.figures.maps.backdrop import Surroundings
from c2c_lib.figures.maps.place_map import Ground
from c2c_lib.geography import layer
from c2c_lib.geography.local_names import named_places, tract_local_names

__all__ = ["neighborhood_ground", "surroundings", "tract_2010_ground", "tract_ground"]

_TRACT: Final = "Census Tract "
"""What the layers put before the number of a tract."""


@lru_cache(maxsize=8)
def surroundings(city: str) -> Surroundings:
    """Return what lies around and on a city.

    Parameters
    ----------
    city : str
        Slug of a town that ships.
    """
    return Surroundings(
        outline=layer("towns", city),
        towns=layer("towns"),
        water=layer("water"),
        places=named_places(city),
    )


@lru_cache(maxsize=8)
def tract_ground(city: str) -> Ground:
    """Return a city's 2020 tracts under planning regions, each with its neighborhood's name.

    Examples
    --------
    >>> tract_ground("bridgeport").names["09120070100"]
    'Census Tract 701 (Black Rock)'
    """
    tracts = layer("tracts", city)
    local = tract_local_names(city)
    shapes = _tracts(tracts, "tract_fips_2022", local)
    return Ground("tract", shapes, surroundings(city))


@lru_cache(maxsize=8)
def tract_2010_ground(city: str) -> Ground:
    """Return a city's 2010 tracts, for figures that were drawn up on them.

    Examples
    --------
    >>> len(tract_2010_ground("stamford").names)
    25
    """
    tracts = layer("tracts_2010", city)
    shapes = _tracts(tracts, "tract_fips_2010", {})
    return Ground("tract", shapes, surroundings(city))


@lru_cache(maxsize=8)
def neighborhood_ground(city: str) -> Ground:
    """Return a city's neighborhoods; only Bridgeport and Stamford publish some.

    Raises
    ------
    InputError
        If the city has none.

    Examples
    --------
    >>> len(neighborhood_ground("stamford").names)
    13
    """
    places = layer("neighborhoods", city)
    shapes = _shapes(places, "geo_id", list(places["name"]))
    return Ground("neighborhood", shapes, surroundings(city))


def _tracts(frame: gpd.GeoDataFrame, code: str, local: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Return tracts with their number and part of the city beside the name that both make."""
    parts = [local.get(one, "") for one in frame[code]]
    names = [
        f"{name} ({part})" if part else name
        for name, part in zip(frame["name"], parts, strict=True)
    ]
    numbers = [name.removeprefix(_TRACT) for name in frame["name"]]
    return _shapes(frame, code, names).assign(number=numbers, part=parts)


def _shapes(frame: gpd.GeoDataFrame, code: str, names: list[str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"code": frame[code], "name": names}, geometry=frame.geometry, crs=frame.crs
    )
