"""Towns, tracts of 2020 and of 2010, and the catalog's list of tracts."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from c2c_lib.geography.build.raw import CROSSWALK, TOWNS, TRACTS, TRACTS_2010, Raw
from c2c_lib.geography.build.shapes import (
    SIMPLIFIED,
    check_coverage,
    rounded,
    simplified,
    square_metres,
)
from c2c_lib.geography.build.write import Made
from c2c_lib.geography.projection import GEOGRAPHIC_CRS

__all__ = [
    "tail_of",
    "thin_tracts",
    "towns_layer",
    "tract_rows",
    "tracts_2010_layer",
    "tracts_layer",
]

BUREAU: Final = {
    "publisher": "US Census Bureau",
    "licence": "public domain",
}
_BOTH_CODES: Final = "codes under counties (to 2021) and planning regions (from 2022)"


def tail_of(code: str) -> str:
    """Return the end of a tract's slug, from its code.

    Examples
    --------
    >>> tail_of("09190042602"), tail_of("09190042500")
    ('-tract-0426-02', '-tract-0425')
    """
    return "-tract-" + _number(code)


def _number(code: str) -> str:
    number, suffix = code[5:9], code[9:]
    return number + ("" if suffix == "00" else f"-{suffix}")


def tract_rows(crosswalk: pd.DataFrame, slugs: dict[str, str]) -> pd.DataFrame:
    """Return all tracts of the state that have land, as rows of the catalog's tracts.csv."""
    rows = crosswalk.sort_values("tract_fips_2022", ignore_index=True)
    return pd.DataFrame(
        {
            "geo_level": "tract",
            "geo_id": rows["tract_fips_2022"],
            "place": rows["town_fips_2020"].map(slugs) + rows["tract_fips_2022"].map(tail_of),
            "name": "Census Tract " + rows["tract_name"] + ", " + rows["town_name"],
            "vintage": "planning-region-2022",
            "parent": rows["town_fips_2020"],
            "other_ids": rows["tract_fips_2020"],
            "aliases": "",
        }
    )


def thin_tracts(raw: Raw) -> gpd.GeoSeries:
    """Return all 2020 tracts of the state, simplified as one coverage."""
    return rounded(simplified(raw.tracts.geometry, TRACTS))


def tracts_layer(raw: Raw, thin: gpd.GeoSeries) -> Made:
    """Return the 2020 tracts of the towns that ship, from `thin_tracts`."""
    every = raw.tracts
    keep = every["town_fips_2020"].isin(raw.shipped)
    rows = every[keep]
    town = rows["town_fips_2020"].map(raw.shipped)
    frame = gpd.GeoDataFrame(
        {
            "tract_fips_2020": rows["tract_fips_2020"],
            "tract_fips_2022": rows["tract_fips_2022"],
            "place": town + rows["tract_fips_2020"].map(tail_of),
            "name": "Census Tract " + rows["tract_name"],
            "town": town,
            "town_name": rows["town_name"],
            "town_fips_2020": rows["town_fips_2020"],
            "town_fips_2022": rows["town_fips_2022"],
            "drawn_area_m2": square_metres(rows.geometry),
        },
        geometry=thin[keep],
        crs=GEOGRAPHIC_CRS,
    ).reset_index(drop=True)
    check_coverage(frame, "tract_fips_2020", TRACTS)
    return Made(
        "tracts",
        frame,
        _provenance(raw, "Cartographic boundary files, Connecticut, 2020, 1:500,000: tracts")
        | {"vintage": f"2020 tracts; {_BOTH_CODES}"},
    )


def towns_layer(raw: Raw, thin: gpd.GeoSeries) -> Made:
    """Return all towns of the state, as the union of their tracts in `thin_tracts`."""
    every = raw.tracts
    rows = raw.towns
    parts = {c: thin[i].to_numpy() for c, i in every.groupby("town_fips_2020").groups.items()}
    outlines = [
        shapely.normalize(shapely.coverage_union_all(parts[c])) for c in rows["town_fips_2020"]
    ]
    frame = gpd.GeoDataFrame(
        {
            "town_fips_2020": rows["town_fips_2020"],
            "town_fips_2022": rows["town_fips_2022"],
            "town": rows["town_fips_2020"].map(raw.slugs),
            "name": rows["name"],
            "county": rows["county_name"],
            "planning_region": rows["ce_name_2022"],
            "drawn_area_m2": square_metres(rows.geometry),
            "land_area_m2": rows["aland_m2"].astype("int64"),
            "label_lon": rows["intpt_lon"].astype("float64"),
            "label_lat": rows["intpt_lat"].astype("float64"),
        },
        geometry=outlines,
        crs=GEOGRAPHIC_CRS,
    )
    check_coverage(frame, "town", TOWNS)
    return Made(
        "towns",
        frame,
        _provenance(raw, "Cartographic boundary files, Connecticut, 2020, 1:500,000: towns")
        | {"vintage": f"2020 towns; {_BOTH_CODES}"},
    )


def tracts_2010_layer(raw: Raw) -> Made:
    """Return the 2010 tracts of the towns that ship."""
    every = raw.tracts_2010
    thin = rounded(simplified(every.geometry, TRACTS_2010))
    keep = every["town_fips_2010"].isin(raw.shipped)
    rows = every[keep]
    town = rows["town_fips_2010"].map(raw.shipped)
    frame = gpd.GeoDataFrame(
        {
            "tract_fips_2010": rows["tract_fips_2010"],
            "place": town + "-tract-2010-" + rows["tract_fips_2010"].map(_number),
            "name": "Census Tract " + rows["tract_name"] + " (2010)",
            "town": town,
            "town_name": rows["town_name"],
            "town_fips_2020": rows["town_fips_2010"],
            "drawn_area_m2": square_metres(rows.geometry),
            "land_area_m2": rows["aland_m2"].astype("int64"),
        },
        geometry=thin[keep],
        crs=GEOGRAPHIC_CRS,
    ).reset_index(drop=True)
    check_coverage(frame, "tract_fips_2010", TRACTS_2010)
    return Made(
        "tracts_2010",
        frame,
        BUREAU
        | {
            "title": "Cartographic boundary files, Connecticut, 2019, 1:500,000: tracts of 2010",
            "vintage": "2010 tracts; codes under counties",
            "changes": SIMPLIFIED,
            "inputs_sha256": raw.checksums([TRACTS_2010]),
        },
    )


def _provenance(raw: Raw, title: str) -> dict[str, Any]:
    return BUREAU | {
        "title": title,
        "changes": SIMPLIFIED,
        "inputs_sha256": raw.checksums([TRACTS, TOWNS, CROSSWALK]),
    }
