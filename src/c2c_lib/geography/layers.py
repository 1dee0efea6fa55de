"""The boundaries and weights that ship with the project, ready to draw, join or explore."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import shapely

from c2c_lib.errors import InputError, Problem, did_you_mean
from c2c_lib.geography.projection import GEOGRAPHIC_CRS
from c2c_lib.paths import project_root

__all__ = ["LAYERS", "TABLES", "file_of", "has_layer", "layer", "provenance", "weights"]

LAYERS: Final = {
    "tracts": "tracts_2020.parquet",
    "towns": "towns_2020.parquet",
    "tracts_2010": "tracts_2010.parquet",
    "neighborhoods": "neighborhoods.parquet",
    "zip_areas": "zip_areas_2010.parquet",
    "schools": "schools.parquet",
    "water": "water.parquet",
}
"""File of each layer of shapes."""
TABLES: Final = {
    "tract_neighborhoods": "tract_neighborhoods.parquet",
    "tract_overlap": "tract_overlap_2010_2020.parquet",
}
"""File of each table of weights."""

_AROUND: Final = 0.15
"""How far around a city its water reaches, as a share of the city's width and height."""


def layer(name: str, city: str | None = None, folder: Path | None = None) -> gpd.GeoDataFrame:
    """Return a layer of boundaries, all of it or one city's part.

    Parameters
    ----------
    name : str
        ``tracts``: 2020 census tracts with land. ``tracts_2010``: those before. ``towns``:
        all 169 towns. ``neighborhoods``: of Bridgeport and Stamford. ``zip_areas``: of
        Norwalk and Waterbury, which have no neighborhoods. ``schools``: public schools as
        points. ``water``: Long Island Sound.
    city : str, optional
        Slug of a town, for example ``norwalk``; default is every one. Water is cut to the
        surroundings of the city.
    folder : Path, optional
        Where the layers lie; default is ``geo/`` of the project.

    Returns
    -------
    GeoDataFrame
        A fresh copy in longitude and latitude (EPSG:4326), sorted by code, ready for
        ``.explore()``. Every layer but water has ``town`` and ``name``; tracts and towns
        have their code under counties (``..._fips_2020``) and under planning regions
        (``..._fips_2022``), tracts of 2010 have ``tract_fips_2010``, the others have
        ``geo_id``. The columns are described in ``geo/README.md``.

    Raises
    ------
    InputError
        If the layer, the city or the file is unknown; with the nearest right word.

    Notes
    -----
    ``.explore()`` needs ``folium`` (``pip install folium``), which is not among this project's
    packages, because the street map behind it comes from the web: no page may have it.
    ``.plot()`` needs nothing more.

    The drawn area is that of the generalised shape, which closes harbours: in the four
    cities it is up to a tenth more than the land, in New London a third. Compute densities
    with the land area.

    Examples
    --------
    >>> len(layer("tracts", city="norwalk")), len(layer("neighborhoods", city="stamford"))
    (22, 13)
    """
    if name not in LAYERS:
        raise _unknown("layer", name, list(LAYERS))
    folder = folder or project_root() / "geo"
    frame = _read(file_of(folder, name))
    if city is None:
        return frame.copy()
    if name == "water":
        return _around(frame, layer("towns", city, folder))
    if city not in set(frame["town"]):
        raise _unknown("city", city, sorted(set(frame["town"])), f"The layer {name} has others. ")
    return frame[frame["town"] == city].reset_index(drop=True)


def has_layer(name: str, folder: Path | None = None) -> bool:
    """Return whether a layer lies in ``geo/`` of the project, or in another folder.

    Raises
    ------
    InputError
        If there is no layer of that name anywhere.

    Examples
    --------
    >>> has_layer("schools")
    True
    """
    if name not in LAYERS:
        raise _unknown("layer", name, list(LAYERS))
    return file_of(folder or project_root() / "geo", name).is_file()


def weights(name: str, city: str | None = None, folder: Path | None = None) -> pd.DataFrame:
    """Return a table of weights between places.

    Parameters
    ----------
    name : {"tract_neighborhoods", "tract_overlap"}
        ``tract_neighborhoods``: the share of a tract's households in each neighborhood, for
        tracts of both vintages. ``tract_overlap``: how tracts of 2010 and of 2020 overlap,
        by area and by people.
    city : str, optional
        Slug of a town; default is every one.
    folder : Path, optional
        Where the tables lie; default is ``geo/`` of the project.

    Raises
    ------
    InputError
        If the table, the city or the file is unknown.

    Examples
    --------
    >>> pieces = weights("tract_overlap", city="stamford")
    >>> pieces["tract_fips_2010"].nunique(), pieces["tract_fips_2020"].nunique()
    (25, 33)
    """
    if name not in TABLES:
        raise _unknown("table of weights", name, list(TABLES))
    frame = _read_table(file_of(folder or project_root() / "geo", name))
    if city is None:
        return frame.copy()
    if city not in set(frame["town"]):
        raise _unknown("city", city, sorted(set(frame["town"])), f"The table {name} has others. ")
    return frame[frame["town"] == city].reset_index(drop=True)


def file_of(folder: Path, name: str) -> Path:
    """Return where a layer or a table of weights lies in a folder."""
    return folder / (LAYERS | TABLES)[name]


def provenance(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Return publisher, vintage, licence and inputs of a layer or table, as its file says.

    Examples
    --------
    >>> provenance("tracts")["publisher"]
    'US Census Bureau'
    """
    if name not in LAYERS | TABLES:
        raise _unknown("layer", name, list(LAYERS | TABLES))
    file = file_of(folder or project_root() / "geo", name)
    if not file.is_file():
        raise _missing(file)
    metadata = pq.read_schema(file).metadata or {}
    found: dict[str, Any] = json.loads(metadata[b"c2c"])
    return found


def _around(water: gpd.GeoDataFrame, town: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    west, south, east, north = town.total_bounds
    wide, high = _AROUND * (east - west), _AROUND * (north - south)
    frame = shapely.box(west - wide, south - high, east + wide, north + high)
    near = water.assign(geometry=water.intersection(frame))
    return near[~near.is_empty].reset_index(drop=True)


@lru_cache(maxsize=16)
def _read(file: Path) -> gpd.GeoDataFrame:
    if not file.is_file():
        raise _missing(file)
    # The file says OGC:CRS84, which is EPSG:4326 with longitude first, as GeoPandas has it.
    return gpd.read_parquet(file).set_crs(GEOGRAPHIC_CRS, allow_override=True)


@lru_cache(maxsize=4)
def _read_table(file: Path) -> pd.DataFrame:
    if not file.is_file():
        raise _missing(file)
    frame: pd.DataFrame = pq.read_table(file).to_pandas()
    return frame


def _missing(file: Path) -> InputError:
    return InputError(
        [
            Problem(
                where=f"{file.parent.name}/{file.name}",
                what="the layer is not there",
                remedy="Restore it from the repository, or build it from the publishers' files "
                "with `c2c geo`.",
            )
        ]
    )


def _unknown(what: str, value: str, allowed: list[str], remedy: str = "") -> InputError:
    return InputError(
        [
            Problem(
                where="",
                what=f"unknown {what}",
                value=value,
                allowed=", ".join(allowed),
                remedy=did_you_mean(value, allowed) or remedy.strip(),
            )
        ]
    )
