"""The Bureau's boundaries as the files that `c2c geo` makes the map layers from.

The Bureau publishes each vintage by itself. The layers need them side by side: every tract
with its town, and both with their codes under the eight counties (until 2021) and under the
nine planning regions (since 2022). Town, tract and code are one to one between the two: of a
code only the three digits of the county or region differ, and no two tracts with land share
the last six.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from c2c_lib.errors import Problems

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["PARTS", "MapFile", "Part", "map_files"]


class Part(NamedTuple):
    """One file of the Bureau that goes into the map layers."""

    boundaries: str
    year: int


class MapFile(NamedTuple):
    """One file that `c2c geo` reads; the name is relative to the raw folder."""

    name: str
    rows: int
    content: bytes


PARTS: Final = {
    "towns": Part("boundaries_towns", 2020),
    "tracts": Part("boundaries_tracts", 2020),
    "towns_2022": Part("boundaries_towns", 2022),
    "tracts_2022": Part("boundaries_tracts", 2022),
    "tracts_2010": Part("boundaries_tracts", 2019),
    "towns_with_water": Part("boundaries_towns_with_water", 2020),
    "zip_areas": Part("boundaries_zip_areas", 2010),
}
"""The shapes of 2020; the codes of 2022; and the tracts of 2010, as they were last drawn."""

_BOUNDARIES: Final = "geo-census-boundaries"
_CROSSWALK: Final = "geo-crosswalks/tract_2020_crosswalk.csv"
_DATUM: Final = 4269
_DEGREES: Final = 4326
_DECIMALS: Final = 6
_STATE_PLANE: Final = 2234
_NO_TOWN: Final = "00000"  # water that belongs to no town

Shapes = Mapping[str, "gpd.GeoDataFrame"]


def map_files(shapes: Shapes) -> list[MapFile]:
    """Return the files of boundaries and the crosswalk of tracts.

    Parameters
    ----------
    shapes : mapping of str to GeoDataFrame
        What the Bureau publishes, by the names of `PARTS`.

    Returns
    -------
    list of MapFile
        GeoJSON in degrees of six decimals (about 0.1 m), and CSV. The same shapes give the
        same bytes.

    Raises
    ------
    InputError
        If a town or tract has no counterpart under the planning regions, or a tract lies in
        no town; every one is named.

    Notes
    -----
    A tract belongs to the town with which it shares the largest area. NAD83, which the Bureau
    draws in, is taken as WGS 84: they differ by less than the shapes are generalised by.
    """
    problems = Problems()
    towns = _towns(shapes, problems)
    tracts = _tracts(shapes, towns, problems)
    older = _older_tracts(shapes, towns, problems)
    problems.raise_if_any()
    crosswalk = tracts.drop(columns="geometry").to_csv(index=False, lineterminator="\n")
    water = _renamed(shapes["towns_with_water"], {name: name.lower() for name in _WATER}, "geoid")
    zip_areas = _renamed(shapes["zip_areas"], _ZIP_AREAS, "zcta5_2010")
    drawn = {
        "ct_towns_2020.geojson": towns,
        "ct_tracts_2020.geojson": tracts,
        "ct_tracts_2010.geojson": older,
        "ct_towns_tiger2020_with_water.geojson.gz": water,
        "ct_zcta_2010.geojson.gz": zip_areas,
    }
    files = [_map_file(f"{_BOUNDARIES}/{name}", rows) for name, rows in drawn.items()]
    return [*files, MapFile(_CROSSWALK, len(tracts), crosswalk.encode())]


_WATER: Final = (
    *("GEOID", "NAME", "NAMELSAD", "COUNTYFP", "COUSUBFP"),
    *("ALAND", "AWATER", "INTPTLAT", "INTPTLON"),
)
_ZIP_AREAS: Final = {
    "ZCTA5CE10": "zcta5_2010",
    "ALAND10": "aland_m2",
    "AWATER10": "awater_m2",
    "INTPTLAT10": "intpt_lat",
    "INTPTLON10": "intpt_lon",
}


def _towns(shapes: Shapes, problems: Problems) -> gpd.GeoDataFrame:
    """Return the towns with both codes, and the interior point that TIGER/Line gives."""
    rows = _in_degrees(shapes["towns"])
    rows = rows[rows["COUSUBFP"] != _NO_TOWN].sort_values("GEOID", ignore_index=True)
    newer = shapes["towns_2022"].set_index("COUSUBFP")
    points = shapes["towns_with_water"].set_index("GEOID")
    codes = set(newer.index) - {_NO_TOWN}
    _note_unpaired("towns", "under planning regions", set(rows["COUSUBFP"]), codes, problems)
    _note_unpaired(
        "towns", "in TIGER/Line", set(rows["GEOID"]), set(points.index), problems, both=False
    )
    rows["town_fips_2022"] = rows["COUSUBFP"].map(newer["GEOID"])
    rows["ce_name_2022"] = rows["COUSUBFP"].map(newer["NAMELSADCO"])
    rows["county_name"] = rows["NAMELSADCO"].str.removesuffix(" County")
    rows["county_fips_2020"] = rows["STATEFP"] + rows["COUNTYFP"]
    rows["ce_fips_2022"] = rows["town_fips_2022"].str[:5]
    for name, column in (("intpt_lat", "INTPTLAT"), ("intpt_lon", "INTPTLON")):
        rows[name] = rows["GEOID"].map(points[column]).astype(float)
    named = {
        "NAME": "name",
        "NAMELSAD": "namelsad",
        "GEOID": "town_fips_2020",
        "ALAND": "aland_m2",
        "AWATER": "awater_m2",
    }
    kept = ["town_fips_2022", "county_name", "county_fips_2020", "ce_name_2022", "ce_fips_2022"]
    columns = ["name", "namelsad", "town_fips_2020", *kept, "aland_m2", "awater_m2"]
    return rows.rename(columns=named)[[*columns, "intpt_lat", "intpt_lon", "geometry"]]


def _tracts(shapes: Shapes, towns: gpd.GeoDataFrame, problems: Problems) -> gpd.GeoDataFrame:
    """Return the tracts of 2020 that have land, with both codes and their town."""
    rows = _with_land(shapes["tracts"])
    newer = _with_land(shapes["tracts_2022"]).set_index("TRACTCE")
    for frame in (rows["TRACTCE"], newer.index.to_series()):
        for code in sorted(set(frame[frame.duplicated()])):
            problems.add("tracts", "two tracts have the same number", value=code)
    problems.raise_if_any()
    _note_unpaired(
        "tracts", "under planning regions", set(rows["TRACTCE"]), set(newer.index), problems
    )
    rows["tract_fips_2022"] = rows["TRACTCE"].map(newer["GEOID"])
    rows = rows.join(_town_of(rows, towns, problems))
    named = rows.rename(columns={"GEOID": "tract_fips_2020", "NAME": "tract_name"})
    columns = ["tract_fips_2020", "tract_fips_2022", "tract_name", "town_name", "town_fips_2020"]
    further = ["town_fips_2022", "county_name", "county_fips_2020", "ce_name_2022", "ce_fips_2022"]
    return named[[*columns, *further, "geometry"]]


def _older_tracts(shapes: Shapes, towns: gpd.GeoDataFrame, problems: Problems) -> gpd.GeoDataFrame:
    """Return the tracts of 2010 that have land, with their town."""
    rows = _with_land(shapes["tracts_2010"])
    rows = rows.join(_town_of(rows, towns, problems))
    named = {
        "GEOID": "tract_fips_2010",
        "NAME": "tract_name",
        "town_fips_2020": "town_fips_2010",
        "ALAND": "aland_m2",
        "AWATER": "awater_m2",
    }
    columns = ["tract_fips_2010", "town_name", "county_name", "town_fips_2010", "tract_name"]
    return rows.rename(columns=named)[[*columns, "aland_m2", "awater_m2", "geometry"]]


def _with_land(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rows = _in_degrees(shapes)
    return rows[rows["ALAND"].astype("int64") > 0].sort_values("GEOID", ignore_index=True)


def _town_of(tracts: gpd.GeoDataFrame, towns: gpd.GeoDataFrame, problems: Problems) -> pd.DataFrame:
    """Return, in the order of the tracts, the town that holds the most of each."""
    import geopandas as gpd  # noqa: PLC0415 - slow to import
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    plane = gpd.GeoSeries(tracts.geometry).to_crs(_STATE_PLANE).to_numpy()
    outlines = towns.to_crs(_STATE_PLANE).geometry.to_numpy()
    tract, town = shapely.STRtree(outlines).query(plane, predicate="intersects")
    area = shapely.area(shapely.intersection(plane[tract], outlines[town]))
    best: dict[int, tuple[float, int]] = {}
    for one, other, size in zip(tract.tolist(), town.tolist(), area.tolist(), strict=True):
        if size > 0:
            best[one] = max(best.get(one, (0.0, -1)), (size, other))
    for position, code in enumerate(tracts["GEOID"]):
        if position not in best:
            problems.add("tracts", "a tract lies in no town", value=code)
    problems.raise_if_any()
    rows = pd.DataFrame(towns.drop(columns=["geometry", "aland_m2", "awater_m2"]))
    rows = rows.iloc[[best[position][1] for position in range(len(tracts))]]
    return rows.rename(columns={"name": "town_name"}).reset_index(drop=True)


def _note_unpaired(
    what: str,
    where: str,
    ours: set[str],
    theirs: set[str],
    problems: Problems,
    *,
    both: bool = True,
) -> None:
    for code in sorted(ours - theirs):
        problems.add(what, f"has no counterpart {where}", value=code)
    for code in sorted(theirs - ours) if both else ():
        problems.add(what, f"has a counterpart only {where}", value=code)


def _renamed(shapes: gpd.GeoDataFrame, names: Mapping[str, str], key: str) -> gpd.GeoDataFrame:
    rows = _in_degrees(shapes)[[*names, "geometry"]].rename(columns=dict(names))
    return rows.sort_values(key, ignore_index=True)


def _in_degrees(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rows = shapes if shapes.crs.to_epsg() == _DATUM else shapes.to_crs(_DATUM)
    return rows.set_crs(_DEGREES, allow_override=True)


def _map_file(name: str, rows: gpd.GeoDataFrame) -> MapFile:
    import shapely  # noqa: PLC0415 - slow to import

    shapes = shapely.transform(rows.geometry.to_numpy(), lambda xy: xy.round(_DECIMALS))
    text: str = rows.set_geometry(shapes, crs=rows.crs).to_json(drop_id=True, separators=(",", ":"))
    content = (text + "\n").encode()
    zipped = gzip.compress(content, mtime=0) if name.endswith(".gz") else content
    return MapFile(name, len(rows), zipped)
