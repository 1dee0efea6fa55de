"""From the layers to what maps stand on."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd

from c2c_lib.figures.maps.backdrop import Surroundings
from c2c_lib.figures.maps.place_map import Ground
from c2c_lib.geography import layer
from c2c_lib.geography.local_names import named_places, tract_local_names

__all__ = ["neighborhood_ground", "surroundings", "tract_2010_ground", "tract_ground"]


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
    names = [
        f"{name} ({local[code]})" if code in local else name
        for code, name in zip(tracts["tract_fips_2022"], tracts["name"], strict=True)
    ]
    return Ground("tract", _shapes(tracts, "tract_fips_2022", names), surroundings(city))


@lru_cache(maxsize=8)
def tract_2010_ground(city: str) -> Ground:
    """Return a city's 2010 tracts, for figures that were drawn up on them.

    Examples
    --------
    >>> len(tract_2010_ground("stamford").names)
    25
    """
    tracts = layer("tracts_2010", city)
    shapes = _shapes(tracts, "tract_fips_2010", list(tracts["name"]))
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


def _shapes(frame: gpd.GeoDataFrame, code: str, names: list[str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"code": frame[code], "name": names}, geometry=frame.geometry, crs=frame.crs
    )
