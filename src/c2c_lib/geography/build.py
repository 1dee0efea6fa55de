"""Makes the boundaries that ship in ``geo/`` from the Census Bureau's files.

The bytes depend only on the raw files, the list of towns and the versions of the libraries
that draw and write (GEOS, PROJ, Arrow), which the lock file fixes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import Problems
from c2c_lib.geography.layers import GEOGRAPHIC_CRS, METRES_PER_FOOT, PROJECTED_CRS, layer_file

__all__ = ["build_layers", "tract_places"]

TRACTS: Final = "geo-census-boundaries/ct_tracts_2020.geojson"
TOWNS: Final = "geo-census-boundaries/ct_towns_2020.geojson"
CROSSWALK: Final = "geo-crosswalks/tract_2020_crosswalk.csv"

TOLERANCE_M: Final = 15.0
"""Corners that matter less than this are dropped; two pixels of a city map 1280 wide."""
DECIMALS: Final = 5
"""Of a degree: about one metre, far below what the Bureau's 1:500,000 shapes resolve."""

_CODES: Final = ["tract_fips_2020", "tract_fips_2022", "town_fips_2020", "town_fips_2022"]


@dataclass(frozen=True)
class _Raw:
    tracts: gpd.GeoDataFrame
    towns: gpd.GeoDataFrame
    crosswalk: pd.DataFrame


def build_layers(raw: Path, out: Path, catalog: Catalog | None = None) -> list[Path]:
    """Write the tracts and outlines of the towns that ship, or nothing at all.

    Parameters
    ----------
    raw : Path
        Folder of raw exports that holds ``geo-census-boundaries`` and ``geo-crosswalks``.
    out : Path
        Folder to write to; made if it is missing.
    catalog : Catalog, optional
        Says which towns ship: the District Reference Groups of the four cities.

    Returns
    -------
    list of Path
        ``tracts_2020.parquet`` and ``towns_2020.parquet`` (GeoParquet 1.1, longitude and
        latitude), with provenance under the key ``c2c`` of the file's metadata.

    Raises
    ------
    InputError
        If a file or a town is missing, the two code systems are not one to one, or the
        shapes do not fit together edge by edge.

    Notes
    -----
    All tracts are simplified as one coverage (Visvalingam and Whyatt's effective area), so
    that neighbours keep the same edge; towns are then the union of their tracts and so
    share it too. Rounding moves the two copies of a corner alike.
    """
    catalog = catalog or load_catalog()
    census = _read(raw)
    slugs = _shipped_towns(census, catalog)
    tracts = _tracts(census, slugs)
    towns = _towns(census, tracts, slugs)
    _check(tracts, towns)
    provenance = _provenance(raw)
    out.mkdir(parents=True, exist_ok=True)
    files = [layer_file(out, "tracts"), layer_file(out, "towns")]
    temporary = [file.with_name(f".{file.name}.writing") for file in files]
    for frame, file in zip((tracts, towns), temporary, strict=True):
        _write(frame, file, provenance)
    return [written.replace(file) for written, file in zip(temporary, files, strict=True)]


def tract_places(raw: Path, catalog: Catalog | None = None) -> pd.DataFrame:
    """Return all tracts of the state that have land, as rows of the catalog's tracts.csv.

    Parameters
    ----------
    raw : Path
        Folder of raw exports that holds ``geo-crosswalks``.
    catalog : Catalog, optional
        Its towns are the tracts' parents.

    Returns
    -------
    DataFrame
        Columns of the catalog's places, sorted by code; the code is the one of 2022, as
        in the tables since then, and ``other_ids`` holds the one of 2020.
    """
    catalog = catalog or load_catalog()
    rows = _read(raw).crosswalk.sort_values("tract_fips_2022", ignore_index=True)
    slug = {p.geo_id: p.place for p in catalog.places if p.geo_level == "town"}
    return pd.DataFrame(
        {
            "geo_level": "tract",
            "geo_id": rows["tract_fips_2022"],
            "place": rows["town_fips_2020"].map(slug) + rows["tract_fips_2022"].map(_tail),
            "name": "Census Tract " + rows["tract_name"] + ", " + rows["town_name"],
            "vintage": "planning-region-2022",
            "parent": rows["town_fips_2020"],
            "other_ids": rows["tract_fips_2020"],
            "aliases": "",
        }
    )


def _tail(code: str) -> str:
    number, suffix = code[5:9], code[9:]
    return f"-tract-{number}" + ("" if suffix == "00" else f"-{suffix}")


def _read(raw: Path) -> _Raw:
    problems = Problems()
    for name in (TRACTS, TOWNS, CROSSWALK):
        if not (raw / name).is_file():
            problems.add(
                name,
                "the file is not in the raw folder",
                remedy="Name the folder that holds geo-census-boundaries and geo-crosswalks.",
            )
    problems.raise_if_any()
    census = _Raw(
        tracts=gpd.read_file(raw / TRACTS),
        towns=gpd.read_file(raw / TOWNS),
        crosswalk=pd.read_csv(raw / CROSSWALK, dtype=str),
    )
    _check_codes(census, problems)
    problems.raise_if_any()
    return census


def _check_codes(census: _Raw, problems: Problems) -> None:
    """Hold shapes and crosswalk to the same tracts, each code paired with one other."""
    drawn = set(census.tracts[_CODES].itertuples(index=False, name=None))
    listed = set(census.crosswalk[_CODES].itertuples(index=False, name=None))
    for codes in sorted(drawn ^ listed):
        where = TRACTS if codes in drawn else CROSSWALK
        problems.add(where, "a tract that the other file does not have", value=", ".join(codes))
    for column in ("tract_fips_2020", "tract_fips_2022"):
        for code in census.tracts.loc[census.tracts[column].duplicated(), column]:
            problems.add(TRACTS, "a tract code stands twice", value=code, column=column)


def _shipped_towns(census: _Raw, catalog: Catalog) -> dict[str, str]:
    """Return the slugs of the towns that ship, by their code of 2020."""
    shipped = set(catalog.shipped)
    slugs = {
        p.geo_id: p.place for p in catalog.places if p.geo_level == "town" and p.place in shipped
    }
    problems = Problems()
    for code in sorted(set(slugs) - set(census.towns["town_fips_2020"])):
        problems.add(TOWNS, "a town that ships is not in the file", value=f"{slugs[code]} {code}")
    problems.raise_if_any()
    return slugs


def _tracts(census: _Raw, slugs: dict[str, str]) -> gpd.GeoDataFrame:
    raw = census.tracts[census.tracts["town_fips_2020"].isin(slugs)]
    raw = raw.sort_values("tract_fips_2020", ignore_index=True).to_crs(PROJECTED_CRS)
    shapes = raw.geometry.to_numpy()
    if not shapely.coverage_is_valid(shapes):
        problems = Problems()
        problems.add(TRACTS, "neighbouring tracts do not meet edge by edge")
        problems.raise_if_any()
    thin = shapely.coverage_simplify(shapes, TOLERANCE_M / METRES_PER_FOOT)
    town = raw["town_fips_2020"].map(slugs)
    return gpd.GeoDataFrame(
        {
            "tract_fips_2020": raw["tract_fips_2020"],
            "tract_fips_2022": raw["tract_fips_2022"],
            "place": town + raw["tract_fips_2020"].map(_tail),
            "name": "Census Tract " + raw["tract_name"],
            "town": town,
            "town_name": raw["town_name"],
            "town_fips_2020": raw["town_fips_2020"],
            "town_fips_2022": raw["town_fips_2022"],
            "drawn_area_m2": _square_metres(raw.geometry),
        },
        geometry=_rounded(thin),
        crs=GEOGRAPHIC_CRS,
    )


def _towns(census: _Raw, tracts: gpd.GeoDataFrame, slugs: dict[str, str]) -> gpd.GeoDataFrame:
    raw = census.towns[census.towns["town_fips_2020"].isin(slugs)]
    raw = raw.sort_values("town_fips_2020", ignore_index=True)
    parts = {code: rows.to_numpy() for code, rows in tracts.groupby("town_fips_2020")["geometry"]}
    outlines = [
        shapely.normalize(shapely.coverage_union_all(parts[c])) for c in raw["town_fips_2020"]
    ]
    return gpd.GeoDataFrame(
        {
            "town_fips_2020": raw["town_fips_2020"],
            "town_fips_2022": raw["town_fips_2022"],
            "town": raw["town_fips_2020"].map(slugs),
            "name": raw["name"],
            "drawn_area_m2": _square_metres(raw.to_crs(PROJECTED_CRS).geometry),
            "land_area_m2": raw["aland_m2"].astype("int64"),
            "label_lon": raw["intpt_lon"].astype("float64"),
            "label_lat": raw["intpt_lat"].astype("float64"),
        },
        geometry=outlines,
        crs=GEOGRAPHIC_CRS,
    )


def _square_metres(shapes: gpd.GeoSeries) -> pd.Series:
    area: pd.Series = shapes.area * METRES_PER_FOOT**2
    return area.round().astype("int64")


def _rounded(shapes: np.ndarray[Any, Any]) -> gpd.GeoSeries:
    degrees = gpd.GeoSeries(shapes, crs=PROJECTED_CRS).to_crs(GEOGRAPHIC_CRS)
    rounded = degrees.transform(lambda xy: np.round(xy, DECIMALS))
    return rounded.normalize()


def _check(*layers: gpd.GeoDataFrame) -> None:
    """Look for what simplifying and rounding could have broken."""
    problems = Problems()
    for frame in layers:
        for town in frame.loc[~frame.is_valid | frame.is_empty, "town"]:
            problems.add(TRACTS, "a shape is broken after simplifying", value=town)
        if not shapely.coverage_is_valid(frame.geometry.to_numpy()):
            problems.add(TRACTS, "shapes no longer meet edge by edge after simplifying")
    problems.raise_if_any()


def _provenance(raw: Path) -> dict[str, Any]:
    return {
        "publisher": "US Census Bureau",
        "title": "Cartographic boundary files, Connecticut, 2020, 1:500,000",
        "licence": "public domain",
        "vintage": "2020 tracts and towns; codes under counties (to 2021) and planning regions "
        "(from 2022)",
        "simplified": f"shared edges kept, {TOLERANCE_M:g} m, {DECIMALS} decimals of a degree",
        "inputs_sha256": {
            name: hashlib.sha256((raw / name).read_bytes()).hexdigest()
            for name in (TRACTS, TOWNS, CROSSWALK)
        },
    }


def _write(frame: gpd.GeoDataFrame, file: Path, provenance: dict[str, Any]) -> None:
    """Write GeoParquet with nothing in it that depends on the day or the machine.

    Without ``crs`` the format means longitude and latitude (OGC:CRS84).
    """
    shapes = frame.geometry
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": sorted(shapes.geom_type.unique()),
                "bbox": [float(edge) for edge in shapes.total_bounds],
            }
        },
    }
    table = pa.Table.from_pandas(pd.DataFrame(frame.drop(columns="geometry")), preserve_index=False)
    table = table.append_column(
        "geometry", pa.array(shapely.to_wkb(shapes.to_numpy()), pa.binary())
    )
    table = table.replace_schema_metadata(
        {"geo": json.dumps(geo), "c2c": json.dumps(provenance, ensure_ascii=False)}
    )
    pq.write_table(table, file, compression="zstd", compression_level=19)
