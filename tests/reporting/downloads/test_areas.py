from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from c2c_lib.catalog import load_catalog
from c2c_lib.geography import layer
from c2c_lib.reporting.downloads import read_download
from c2c_lib.reporting.downloads.areas import FIGURE_FIELDS, area_tables

VALUES = ("estimate", "numerator", "denominator", "moe90")
LAYERS = {
    "tracts": ("tract", "tract_fips_2022"),
    "tracts-2010": ("tract", "tract_fips_2010"),
    "neighborhoods": ("neighborhood", "geo_id"),
}


def features(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))


def figures_of(properties: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the figures of one area by the name of their column."""
    bases = [name.removesuffix("_status") for name in properties if name.endswith("_status")]
    return {
        base: {f: properties[base if f == "estimate" else f"{base}_{f}"] for f in FIGURE_FIELDS}
        for base in bases
    }


@pytest.mark.parametrize("name", LAYERS)
def test_every_newest_figure_comes_back_as_published_and_nothing_else(written, name: str) -> None:
    level, code = LAYERS[name]
    ids = {f["properties"][code] for f in features(written.folder, name)["features"]}
    table = written.table.frame
    table = table[(table["geo_level"] == level) & table["geo_id"].isin(ids)]
    newest = table.groupby(["indicator", "group"])["period_end"].transform("max")
    wanted = {
        (r.geo_id, r.indicator if r.group == "all" else f"{r.indicator}_{r.group}"): r
        for r in table[table["period_end"] == newest].itertuples()
    }
    assert wanted
    for feature in features(written.folder, name)["features"]:
        for base, figure in figures_of(feature["properties"]).items():
            published = wanted.pop((feature["id"], base), None)
            if published is None:
                assert figure["status"] == "not_collected"
                assert figure["quality"] == "missing"
                assert {figure[field] for field in VALUES} == {None}
                continue
            for field in VALUES:
                value = getattr(published, field)
                assert figure[field] == (None if math.isnan(value) else value)
            for field in ("period", "status", "source", "note"):
                assert figure[field] == getattr(published, field)
    assert wanted == {}


def test_quality_is_said_by_the_margin_and_hidden_is_never_a_number(written) -> None:
    by_id = {
        f["id"]: figures_of(f["properties"]) for f in features(written.folder, "tracts")["features"]
    }
    # CV = (0.04 / 1.645) / (120 / 310) = 6.3 %; (0.14 / 1.645) / 0.15 = 57 %
    assert by_id["09120070100"]["child_poverty"]["quality"] == "strong"
    assert by_id["09120070300"]["child_poverty"]["quality"] == "too_weak"
    assert by_id["09120070100"]["adults_asthma"]["quality"] == "no_margin"
    small = by_id["09120070200"]["child_poverty"]
    assert (small["status"], small["quality"]) == ("suppressed_small", "hidden")
    assert [small[field] for field in VALUES] == [None] * 4


def test_the_geojson_is_valid_by_rfc_7946(written) -> None:
    for name in LAYERS:
        collection = features(written.folder, name)
        assert list(collection) == ["type", "name", "bbox", "features"]  # above all no "crs"
        west, south, east, north = collection["bbox"]
        assert -73.3 < west < east < -73.1
        assert 41.1 < south < north < 41.3
        assert collection["name"] == f"bridgeport-{name}"
        ids = [feature["id"] for feature in collection["features"]]
        assert len(set(ids)) == len(ids)
        for feature in collection["features"]:
            assert feature["type"] == "Feature"
            shape = shapely.geometry.shape(feature["geometry"])
            assert shapely.is_valid(shape)
            polygons = getattr(shape, "geoms", [shape])
            assert all(polygon.exterior.is_ccw for polygon in polygons)
            assert not any(ring.is_ccw for polygon in polygons for ring in polygon.interiors)
            bounds = shape.bounds
            assert west <= bounds[0] <= bounds[2] <= east
            assert south <= bounds[1] <= bounds[3] <= north


def test_desktop_gis_reads_codes_as_text_figures_as_numbers_and_the_right_shapes(written) -> None:
    read = gpd.read_file(written.folder / "tracts.geojson").set_index("tract_fips_2022")
    shapes = layer("tracts", "bridgeport").set_index("tract_fips_2022")
    assert read.crs.to_epsg() == 4326
    assert len(read) == len(shapes) == 38
    assert read["child_poverty"].dtype == "float64"
    assert read.loc["09120070100", "child_poverty"] == 120 / 310
    assert math.isnan(read.loc["09120070200", "child_poverty"])
    apart = shapely.hausdorff_distance(
        read.geometry.to_numpy(), shapes.loc[read.index].geometry.to_numpy()
    )
    assert apart.max() <= 1e-6


def test_a_tract_has_its_code_under_both_systems_and_so_has_its_city(written) -> None:
    others = {p.geo_id: p.other_ids for p in load_catalog().places if p.geo_level == "tract"}
    rows = pd.read_csv(written.folder / "tracts.csv", dtype="str")
    for row in rows.itertuples():
        assert others[row.tract_fips_2022] == (row.tract_fips_2020,)
    assert set(rows["town_fips_2020"]) == {"0900108070"}
    assert set(rows["town_fips_2022"]) == {"0912008070"}


def test_the_table_says_the_same_as_the_map(written) -> None:
    for name, (_, code) in LAYERS.items():
        table = read_download(written.folder, name).set_index(code, drop=False)
        for feature in features(written.folder, name)["features"]:
            row = table.loc[feature["id"]].to_dict()
            plain = {
                key: None if isinstance(value, float) and math.isnan(value) else value
                for key, value in row.items()
            }
            assert plain == feature["properties"]


def test_columns_are_named_in_words_with_their_period(written, english) -> None:
    tables = area_tables(written.table, "bridgeport", load_catalog(), english)
    titles = {column.name: column.title for column in tables[0].columns}
    name = load_catalog().indicator("child_poverty").name.en
    assert titles["child_poverty"] == f"{name}, 2019-2023: Estimate"
    assert titles["child_poverty_moe90"] == f"{name}, 2019-2023: Margin of error"
    assert "(Own their home), 2019-2023: " in titles["housing_cost_burden_owner"]


def test_a_city_without_figures_by_area_has_no_layers(written, english) -> None:
    assert area_tables(written.table, "norwalk", load_catalog(), english) == ()
