"""The boundaries that ship with the project, as frames ready to draw or explore."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pyarrow.parquet as pq

from c2c_lib.errors import InputError, Problem, did_you_mean
from c2c_lib.paths import project_root

__all__ = [
    "GEOGRAPHIC_CRS",
    "LAYERS",
    "METRES_PER_FOOT",
    "PROJECTED_CRS",
    "layer",
    "layer_file",
    "provenance",
]

GEOGRAPHIC_CRS: Final = "EPSG:4326"
PROJECTED_CRS: Final = "EPSG:2234"
"""Connecticut State Plane, in US survey feet; lengths are true to 1 in 10,000."""
METRES_PER_FOOT: Final = 1200 / 3937
"""One US survey foot."""

LAYERS: Final = {"tracts": "tracts_2020.parquet", "towns": "towns_2020.parquet"}


def layer(name: str, city: str | None = None, folder: Path | None = None) -> gpd.GeoDataFrame:
    """Return a layer of boundaries, all of it or one city's part.

    Parameters
    ----------
    name : {"tracts", "towns"}
        ``tracts``: 2020 census tracts with land. ``towns``: the outlines they add up to.
    city : str, optional
        Slug of a town that ships, for example ``norwalk``; default is every one.
    folder : Path, optional
        Where the layers lie; default is ``geo/`` of the project.

    Returns
    -------
    GeoDataFrame
        A fresh copy in longitude and latitude (EPSG:4326), sorted by code, ready for
        ``.explore()``. Tracts: ``tract_fips_2020`` (under counties), ``tract_fips_2022``
        (under planning regions), ``place``, ``name``, ``town``, ``town_name``, the town's
        two codes, ``drawn_area_m2``. Towns: codes, ``town``, ``name``, ``drawn_area_m2``,
        the official ``land_area_m2`` and a point for a label.

    Raises
    ------
    InputError
        If the layer, the city or the file is unknown; with the nearest right word.

    Notes
    -----
    The drawn area is that of the generalised shape, which closes harbours: in the four
    cities it is up to a tenth more than the land, in New London a third. Compute densities
    with the land area.

    Examples
    --------
    >>> len(layer("tracts", city="norwalk"))
    22
    """
    if name not in LAYERS:
        raise _unknown("layer", name, list(LAYERS))
    folder = folder or project_root() / "geo"
    frame = _read(layer_file(folder, name))
    if city is None:
        return frame.copy()
    if city not in set(frame["town"]):
        raise _unknown("city", city, sorted(set(frame["town"])))
    return frame[frame["town"] == city].reset_index(drop=True)


def layer_file(folder: Path, name: str) -> Path:
    """Return where a layer lies in a folder."""
    return folder / LAYERS[name]


def provenance(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Return publisher, vintage, licence and inputs of a layer, as its file says.

    Examples
    --------
    >>> provenance("tracts")["publisher"]
    'US Census Bureau'
    """
    if name not in LAYERS:
        raise _unknown("layer", name, list(LAYERS))
    file = layer_file(folder or project_root() / "geo", name)
    if not file.is_file():
        raise _missing(file)
    metadata = pq.read_schema(file).metadata or {}
    found: dict[str, Any] = json.loads(metadata[b"c2c"])
    return found


@lru_cache(maxsize=8)
def _read(file: Path) -> gpd.GeoDataFrame:
    if not file.is_file():
        raise _missing(file)
    # The file says OGC:CRS84, which is EPSG:4326 with longitude first, as GeoPandas has it.
    return gpd.read_parquet(file).set_crs(GEOGRAPHIC_CRS, allow_override=True)


def _missing(file: Path) -> InputError:
    return InputError(
        [
            Problem(
                where=f"{file.parent.name}/{file.name}",
                what="the layer is not there",
                remedy="Restore it from the repository, or build it from the Census files.",
            )
        ]
    )


def _unknown(what: str, value: str, allowed: list[str]) -> InputError:
    return InputError(
        [
            Problem(
                where="",
                what=f"unknown {what}",
                value=value,
                allowed=", ".join(allowed),
                remedy=did_you_mean(value, allowed),
            )
        ]
    )
