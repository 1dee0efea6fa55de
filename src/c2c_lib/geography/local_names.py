"""Names by which residents know a census tract."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import geopandas as gpd

from c2c_lib.errors import InputError
from c2c_lib.geography.layers import layer, weights
from c2c_lib.geography.projection import PROJECTED_CRS
from c2c_lib.geography.vintage import PLANNING_REGION_2022

__all__ = ["named_places", "tract_local_names"]

_MOST: Final = 0.5


def named_places(city: str, folder: Path | None = None) -> gpd.GeoDataFrame:
    """Return the neighborhoods of a city, or its ZIP areas where none are published.

    Returns
    -------
    GeoDataFrame
        Empty for a town that has neither.

    Examples
    --------
    >>> len(named_places("bridgeport")), named_places("norwalk")["name"].tolist()[0]
    (13, 'ZIP 06850')
    >>> len(named_places("hartford"))
    0
    """
    for name in ("neighborhoods", "zip_areas"):
        try:
            return layer(name, city, folder)
        except InputError:
            continue
    return layer("neighborhoods", folder=folder).iloc[:0]


def tract_local_names(city: str, folder: Path | None = None) -> dict[str, str]:
    """Return the neighborhood or ZIP area in which most of a tract's households live.

    Parameters
    ----------
    city : str
        Slug of a town that ships.

    Returns
    -------
    dict of str to str
        By 2020 tract code under planning regions. A tract of which no neighborhood has more
        than half is left out. For ZIP areas the one that has most of the tract's drawn area.

    Examples
    --------
    >>> tract_local_names("bridgeport")["09120070100"]
    'Black Rock'
    """
    places = named_places(city, folder)
    if places.empty:
        return {}
    names = dict(zip(places["geo_id"], places["name"], strict=True))
    if "zcta5" not in places:
        table = weights("tract_neighborhoods", city, folder)
        table = table[(table["vintage"] == PLANNING_REGION_2022) & (table["weight"] > _MOST)]
        return dict(zip(table["tract"], table["neighborhood"].map(names), strict=True))
    tracts = layer("tracts", city, folder).to_crs(PROJECTED_CRS)
    pieces = gpd.overlay(
        tracts[["tract_fips_2022", "geometry"]],
        places[["geo_id", "geometry"]].to_crs(PROJECTED_CRS),
        keep_geom_type=True,
    )
    pieces["area"] = pieces.area
    largest = pieces.sort_values(["area", "geo_id"]).drop_duplicates("tract_fips_2022", keep="last")
    return dict(zip(largest["tract_fips_2022"], largest["geo_id"].map(names), strict=True))
