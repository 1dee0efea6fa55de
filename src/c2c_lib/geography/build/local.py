"""What residents know: neighborhoods, ZIP areas, schools and the water."""

from __future__ import annotations

import re
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from c2c_lib.errors import Problems
from c2c_lib.geography.build.raw import (
    NEIGHBORHOODS,
    SCHOOLS,
    TOWNS,
    TOWNS_WITH_WATER,
    TRACTS,
    ZIP_AREAS,
    Raw,
)
from c2c_lib.geography.build.shapes import (
    DECIMALS,
    TOLERANCE_M,
    check_coverage,
    only_areas,
    rounded,
    simplified,
    square_metres,
)
from c2c_lib.geography.build.write import Made
from c2c_lib.geography.projection import GEOGRAPHIC_CRS, METRES_PER_FOOT, PROJECTED_CRS

__all__ = ["neighborhoods_layer", "schools_layer", "slug_of", "water_layer", "zip_areas_layer"]

_BY_ZIP_AREA: Final = ("norwalk", "waterbury")
"""Cities for which no neighborhood boundaries are published."""
_SITE_SQ_FT: Final = 0.1 * 5280**2
"""A ZIP area smaller than this in a city is one site or a sliver of its neighbour."""
_WATER_SQ_FT: Final = 0.1 * 5280**2
"""Smaller bits of water come from two drawings of the same line."""
_FINE: Final = 6
"""Decimals of a degree for detailed shapes, which have spits a metre wide."""
_GRADES: Final = ("PK", "K", *(str(grade) for grade in range(1, 13)))
_NO_SCHOOL: Final = ("Districts", "State Agencies")


def neighborhoods_layer(raw: Raw) -> Made:
    """Return the neighborhoods of the cities that publish some.

    Their files are rounded to a millionth of a degree city by city, which leaves some edges
    that miss each other by a hand's breadth; `shapely.coverage_clean` puts them together.
    """
    rows = raw.neighborhoods
    clean = []
    for _, part in rows.groupby("city", sort=True):
        shapes = shapely.coverage_clean(only_areas(part.geometry).to_numpy())
        clean += list(simplified(gpd.GeoSeries(shapes, crs=PROJECTED_CRS), NEIGHBORHOODS[0]))
    town = rows["city"].map(raw.slug_of_name)
    tail = rows["name"].map(slug_of)
    frame = gpd.GeoDataFrame(
        {
            "geo_id": town + "-" + tail,
            "place": town + "-neighborhood-" + tail,
            "name": rows["name"],
            "town": town,
            "town_name": rows["city"],
            "drawn_area_m2": square_metres(rows.geometry),
        },
        geometry=rounded(np.asarray(clean, dtype=object), _FINE),
        crs=GEOGRAPHIC_CRS,
    )
    check_coverage(frame, "geo_id", NEIGHBORHOODS[0])
    return Made(
        "neighborhoods",
        frame,
        {
            "publisher": "Cities of Bridgeport and Stamford, by way of DataHaven (cwi)",
            "title": "Neighborhood boundaries of Bridgeport and Stamford",
            "licence": "MIT (cwi)",
            "vintage": "as DataHaven has used them since 2022; they do not follow tracts",
            "changes": f"edges put together and kept shared, {TOLERANCE_M:g} m, "
            f"{_FINE} decimals of a degree",
            "inputs_sha256": raw.checksums(NEIGHBORHOODS),
        },
    )


def slug_of(name: str) -> str:
    """Return a name as the end of a slug.

    Examples
    --------
    >>> slug_of("Brooklawn-St. Vincent")
    'brooklawn-st-vincent'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def zip_areas_layer(raw: Raw) -> Made:
    """Return the ZIP areas of cities without neighborhoods, clipped to the city's outline.

    Bits of areas that belong to a neighbouring town, and areas of one site, go to the area of
    the city with which they share the longest edge.
    """
    outlines = raw.towns.assign(town=raw.towns["town_fips_2020"].map(raw.slugs)).set_index("town")
    rows = []
    for town in sorted(set(_BY_ZIP_AREA) & set(raw.shipped.values())):
        inside = raw.zip_areas.intersection(outlines.geometry[town])
        found = _absorbed(only_areas(inside[inside.area > 0]))
        clean = gpd.GeoSeries(shapely.coverage_clean([*found.values()]), crs=PROJECTED_CRS)
        thin = simplified(clean, ZIP_AREAS)
        for position, shape in zip(found, thin, strict=True):
            code = raw.zip_areas.loc[position, "zcta5_2010"]
            rows.append(
                {
                    "geo_id": f"zcta-{code}",
                    "zcta5": code,
                    "name": f"ZIP {code}",
                    "town": town,
                    "town_name": outlines["name"][town],
                    "shape": shape,
                }
            )
    table = pd.DataFrame(rows)
    shapes = gpd.GeoSeries(table["shape"], crs=PROJECTED_CRS)
    frame = gpd.GeoDataFrame(
        table.drop(columns="shape").assign(drawn_area_m2=square_metres(shapes)),
        geometry=rounded(shapes.to_numpy(), _FINE),
        crs=GEOGRAPHIC_CRS,
    )
    check_coverage(frame, "geo_id", ZIP_AREAS)
    return Made(
        "zip_areas",
        frame,
        {
            "publisher": "US Census Bureau",
            "title": "TIGER/Line ZIP code tabulation areas, 2010, of Norwalk and Waterbury",
            "licence": "public domain",
            "vintage": "ZIP areas of 2010 (06710 of Waterbury and the five of Norwalk are the same "
            "codes in 2020), clipped to the towns of 2020",
            "changes": "clipped to the city, bits of neighbours absorbed, shared edges kept, "
            f"{TOLERANCE_M:g} m, {_FINE} decimals of a degree",
            "inputs_sha256": raw.checksums([ZIP_AREAS, TOWNS, TRACTS]),
        },
    )


def _absorbed(pieces: gpd.GeoSeries) -> dict[int, shapely.Geometry]:
    """Give every small piece to the large one with the longest shared edge (else the nearest)."""
    largest = pieces.area.idxmax()
    large = {i: s for i, s in pieces.items() if s.area >= _SITE_SQ_FT or i == largest}
    for shape in (s for i, s in pieces.items() if i not in large):
        for part in shapely.get_parts(shape):
            shared = {i: part.boundary.intersection(large[i].boundary).length for i in large}
            near = {i: -part.distance(large[i]) for i in large}
            best = max(large, key=lambda i: (shared[i], near[i], -i))
            large[best] = shapely.union_all([large[best], part])
    return large


def schools_layer(raw: Raw) -> Made:
    """Return the public schools that stand in the towns that ship, as points.

    The district is the one whose code begins the school's: the directory gives one school of
    Bridgeport to another town's district, and the code is right.
    """
    rows = raw.table(SCHOOLS)
    rows = rows[
        ~rows["organization_type"].str.endswith(_NO_SCHOOL) & rows["town"].isin(raw.slug_of_name)
    ].sort_values("organization_code", ignore_index=True)
    known = {p.geo_id: p.place for p in raw.catalog.places if p.geo_level == "school"}
    districts = {p.geo_id[:3]: p.place for p in raw.catalog.places if p.geo_level == "district"}
    problems = Problems()
    for code in sorted(set(rows["organization_code"]) - set(known)):
        problems.add(SCHOOLS, "a school is not in the catalog's schools.csv", value=code)
    problems.raise_if_any()
    flags = rows[[f"grade_{grade.lower()}" for grade in _GRADES]] == "1"
    points = gpd.points_from_xy(
        rows["lon"].astype(float).round(DECIMALS), rows["lat"].astype(float).round(DECIMALS)
    )
    frame = gpd.GeoDataFrame(
        {
            "geo_id": rows["organization_code"],
            "place": rows["organization_code"].map(known),
            "name": rows["school_name"].str.split().str.join(" "),
            "kind": rows["organization_type"],
            "district": rows["organization_code"].str[:3].map(districts).fillna(""),
            "town": rows["town"].map(raw.slug_of_name),
            "town_name": rows["town"],
            "grades": [
                " ".join(g for g, has in zip(_GRADES, row, strict=True) if has)
                for row in flags.itertuples(index=False)
            ],
            "magnet": rows["interdistrict_magnet"] == "1",
            "tract_fips_2020": rows["tract_fips_2020"],
            "tract_fips_2022": rows["tract_fips_2022"],
        },
        geometry=points,
        crs=GEOGRAPHIC_CRS,
    )
    return Made(
        "schools",
        frame,
        {
            "publisher": "Connecticut State Department of Education",
            "title": "Education Directory, as of January 2025: public schools",
            "licence": "state open data",
            "vintage": "directory-2025-01",
            "changes": "offices and district rows left out; telephone numbers and addresses left "
            f"out; points to {DECIMALS} decimals of a degree",
            "inputs_sha256": raw.checksums([SCHOOLS]),
        },
    )


def water_layer(raw: Raw, towns: gpd.GeoDataFrame) -> Made:
    """Return Long Island Sound and its harbours within the state, up to the drawn shore.

    It is what the detailed towns cover, as far as the state's line in the Sound, without the
    towns as they are drawn on land.
    """
    whole = shapely.simplify(
        shapely.union_all(raw.towns_with_water.geometry.to_numpy()), TOLERANCE_M / METRES_PER_FOOT
    )
    land = shapely.union_all(towns.to_crs(PROJECTED_CRS).geometry.to_numpy())
    left = shapely.get_parts(shapely.difference(whole, land))
    # The Sound is broad; what two drawings of one border leave between them is thin.
    broad = [p for p in left if p.area >= _WATER_SQ_FT and 4 * p.area > 600 * p.length]
    shape = rounded(np.asarray([shapely.union_all(broad)], dtype=object))
    shape = only_areas(shape.make_valid()).normalize()
    frame = gpd.GeoDataFrame(
        {"geo_id": ["long-island-sound"], "name": ["Long Island Sound"]},
        geometry=shape,
        crs=GEOGRAPHIC_CRS,
    )
    return Made(
        "water",
        frame,
        {
            "publisher": "US Census Bureau",
            "title": "TIGER/Line county subdivisions, 2020, less the cartographic towns",
            "licence": "public domain",
            "vintage": "2020; to the state line in the Sound, no inland water",
            "changes": f"cut along the drawn shore, {TOLERANCE_M:g} m, "
            f"{DECIMALS} decimals of a degree",
            "inputs_sha256": raw.checksums([TOWNS_WITH_WATER, TRACTS]),
        },
    )
