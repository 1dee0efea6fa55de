"""Shapes as the Census Bureau publishes them: zipped shapefiles with its own attributes."""

import io
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

NAD83 = 4269


def zipped_shapefile(shapes: gpd.GeoDataFrame, name: str, folder: Path) -> bytes:
    shapes.to_file(folder / f"{name}.shp")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in sorted(folder.glob(f"{name}.*")):
            archive.write(file, file.name)
    return content.getvalue()


def cartographic(
    codes: pd.Series, names: pd.Series, counties: pd.Series, shapes: gpd.GeoSeries, tail: str
) -> gpd.GeoDataFrame:
    """Return rows as in a cartographic boundary file; `tail` is COUSUBFP or TRACTCE."""
    frame = pd.DataFrame(
        {
            "STATEFP": codes.str[:2],
            "COUNTYFP": codes.str[2:5],
            tail: codes.str[5:],
            "GEOID": codes,
            "NAME": names,
            "NAMELSAD": names,
            "NAMELSADCO": counties,
            "ALAND": 1_000_000,
            "AWATER": 0,
        }
    )
    return gpd.GeoDataFrame(frame, geometry=list(shapes), crs=NAD83)


def as_published(raw: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return what the Bureau publishes, made from the files that were made from it.

    The keys are the names of `c2c_lib.sources.fetch.map_files.PARTS`.
    """
    folder = raw / "geo-census-boundaries"
    towns = gpd.read_file(folder / "ct_towns_2020.geojson")
    tracts = gpd.read_file(folder / "ct_tracts_2020.geojson")
    older = gpd.read_file(folder / "ct_tracts_2010.geojson")
    water = gpd.read_file(f"/vsigzip/{folder / 'ct_towns_tiger2020_with_water.geojson.gz'}")
    zips = gpd.read_file(f"/vsigzip/{folder / 'ct_zcta_2010.geojson.gz'}")
    town, tract = "COUSUBFP", "TRACTCE"
    old = towns["county_name"] + " County", tracts["county_name"] + " County"
    new = towns["ce_name_2022"], tracts["ce_name_2022"]
    areas = {"ALAND": towns["aland_m2"], "AWATER": towns["awater_m2"]}
    made = {
        "towns": (towns["town_fips_2020"], towns["name"], old[0], towns, town),
        "tracts": (tracts["tract_fips_2020"], tracts["tract_name"], old[1], tracts, tract),
        "towns_2022": (towns["town_fips_2022"], towns["name"], new[0], towns, town),
        "tracts_2022": (
            tracts["tract_fips_2022"],
            tracts["tract_name"],
            new[1],
            tracts,
            tract,
        ),
        "tracts_2010": (older["tract_fips_2010"], older["tract_name"], "", older, tract),
    }
    found = {
        name: cartographic(codes, names, counties, frame.geometry, tail)
        for name, (codes, names, counties, frame, tail) in made.items()
    }
    found["towns"] = found["towns"].assign(**areas, NAMELSAD=towns["namelsad"])
    older_areas = {"ALAND": older["aland_m2"], "AWATER": older["awater_m2"]}
    found["tracts_2010"] = found["tracts_2010"].assign(**older_areas)
    found["towns_with_water"] = water.rename(
        columns={name: name.upper() for name in water.columns[:-1]}
    )
    names = ["ZCTA5CE10", "ALAND10", "AWATER10", "INTPTLAT10", "INTPTLON10"]
    found["zip_areas"] = zips.rename(columns=dict(zip(zips.columns[:5], names, strict=True)))
    return {name: frame.set_crs(NAD83, allow_override=True) for name, frame in found.items()}
