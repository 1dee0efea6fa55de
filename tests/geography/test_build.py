"""Building the layers: by hand from two squares, and byte for byte from the real files."""

import dataclasses
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import Polygon, box

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError
from c2c_lib.geography.build import CROSSWALK, TOWNS, TRACTS, build_layers, tract_places
from c2c_lib.geography.layers import layer

CODES = ["tract_fips_2020", "tract_fips_2022", "town_fips_2020", "town_fips_2022"]
# Squares of 168 by 222 m. The shared edge bends by 1.7 m once: a corner that matters less than
# the tolerance (half of 222 m times 1.7 m is below 15 m squared) and survives mere rounding.
BEND = (-73.40202, 41.101)
LEFT = Polygon([(-73.404, 41.1), (-73.402, 41.1), BEND, (-73.402, 41.102), (-73.404, 41.102)])
RIGHT = Polygon([(-73.402, 41.1), (-73.4, 41.1), (-73.4, 41.102), (-73.402, 41.102), BEND])


@pytest.fixture
def norwalk_only() -> Catalog:
    return dataclasses.replace(load_catalog(), peer_groups={"H": ("norwalk",)})


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Raw files with two tracts of Norwalk and one of Greenwich, which does not ship."""
    folder = tmp_path / "raw"
    tracts = pd.DataFrame(
        {
            "tract_fips_2020": ["09001042602", "09001042500", "09001010101"],
            "tract_fips_2022": ["09190042602", "09190042500", "09190010101"],
            "tract_name": ["426.02", "425", "101.01"],
            "town_name": ["Norwalk", "Norwalk", "Greenwich"],
            "town_fips_2020": ["0900156060", "0900156060", "0900133620"],
            "town_fips_2022": ["0919056060", "0919056060", "0919033620"],
        }
    )
    towns = pd.DataFrame(
        {
            "name": ["Norwalk"],
            "town_fips_2020": ["0900156060"],
            "town_fips_2022": ["0919056060"],
            "aland_m2": [74_000],
            "intpt_lat": [41.105],
            "intpt_lon": [-73.41],
        }
    )
    shapes = [RIGHT, LEFT, box(-73.7, 41.0, -73.6, 41.1)]
    for name in (TRACTS, TOWNS, CROSSWALK):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    gpd.GeoDataFrame(tracts, geometry=shapes, crs=4326).to_file(folder / TRACTS)
    whole = [shapely.union_all([LEFT, RIGHT])]
    gpd.GeoDataFrame(towns, geometry=whole, crs=4326).to_file(folder / TOWNS)
    tracts.to_csv(folder / CROSSWALK, index=False)
    return folder


def test_two_tracts_by_hand(raw: Path, tmp_path: Path, norwalk_only: Catalog):
    written = build_layers(raw, tmp_path / "geo", norwalk_only)
    assert [file.name for file in written] == ["tracts_2020.parquet", "towns_2020.parquet"]
    assert sorted(f.name for f in (tmp_path / "geo").iterdir()) == sorted(f.name for f in written)
    tracts = layer("tracts", folder=tmp_path / "geo")
    assert tracts["place"].tolist() == ["norwalk-tract-0425", "norwalk-tract-0426-02"]
    assert tracts["name"].tolist() == ["Census Tract 425", "Census Tract 426.02"]
    # The bend is gone from both sides of the shared edge, so that they are plain squares.
    squares = [box(-73.404, 41.1, -73.402, 41.102), box(-73.402, 41.1, -73.4, 41.102)]
    assert shapely.equals(tracts.geometry.to_numpy(), squares).all()
    assert shapely.get_num_coordinates(tracts.geometry.to_numpy()).tolist() == [5, 5]
    # 0.002 degree of latitude is 222.1 m here and of longitude 168.0 m (WGS 84 ellipsoid); the
    # drawn area is the one before simplifying, with the bend of 0.5 * 222.1 * 1.68 m².
    whole, bend = 222.1 * 168.0, 0.5 * 222.1 * 1.68
    assert tracts["drawn_area_m2"].tolist() == pytest.approx([whole - bend, whole + bend], rel=1e-3)
    towns = layer("towns", folder=tmp_path / "geo")
    assert shapely.equals(towns.geometry[0], box(-73.404, 41.1, -73.4, 41.102))
    assert towns["land_area_m2"].tolist() == [74_000]


def test_the_same_raw_files_give_the_same_bytes(raw, tmp_path, norwalk_only):
    first = build_layers(raw, tmp_path / "one", norwalk_only)
    second = build_layers(raw, tmp_path / "two", norwalk_only)
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]


def test_missing_files_are_all_named(tmp_path: Path):
    with pytest.raises(InputError) as raised:
        build_layers(tmp_path, tmp_path / "geo")
    assert [problem.where for problem in raised.value.problems] == [TRACTS, TOWNS, CROSSWALK]
    assert not (tmp_path / "geo").exists()


def test_a_shipped_town_without_shape_is_named(raw, tmp_path):
    catalog = dataclasses.replace(load_catalog(), peer_groups={"H": ("norwalk", "derby")})
    with pytest.raises(InputError, match="not in the file: got 'derby 0900919550'"):
        build_layers(raw, tmp_path / "geo", catalog)


def test_shapes_and_crosswalk_must_agree(raw, tmp_path, norwalk_only):
    rows = pd.read_csv(raw / CROSSWALK, dtype=str)
    rows.loc[0, "tract_fips_2022"] = "09190042699"
    rows.to_csv(raw / CROSSWALK, index=False)
    with pytest.raises(InputError) as raised:
        build_layers(raw, tmp_path / "geo", norwalk_only)
    assert {problem.where for problem in raised.value.problems} == {TRACTS, CROSSWALK}
    assert "09190042699" in str(raised.value)
    assert "09190042602" in str(raised.value)


def test_overlapping_tracts_are_refused(raw, tmp_path, norwalk_only):
    tracts = gpd.read_file(raw / TRACTS)
    tracts.loc[0, "geometry"] = shapely.affinity.translate(RIGHT, xoff=-0.0005)
    tracts.to_file(raw / TRACTS)
    with pytest.raises(InputError, match="do not meet edge by edge"):
        build_layers(raw, tmp_path / "geo", norwalk_only)
    assert not (tmp_path / "geo").exists()


def test_tract_places_by_hand(raw: Path):
    rows = tract_places(raw).set_index("geo_id")
    assert rows.index.tolist() == ["09190010101", "09190042500", "09190042602"]
    assert rows.loc["09190042602"].to_dict() == {
        "geo_level": "tract",
        "place": "norwalk-tract-0426-02",
        "name": "Census Tract 426.02, Norwalk",
        "vintage": "planning-region-2022",
        "parent": "0900156060",
        "other_ids": "09001042602",
        "aliases": "",
    }


def test_what_ships_is_rebuilt_byte_for_byte(shared: Path, geo: Path, tmp_path: Path):
    for file in build_layers(shared / "sources", tmp_path):
        assert file.read_bytes() == (geo / file.name).read_bytes(), file.name


def test_the_list_of_tracts_is_rebuilt_byte_for_byte(shared: Path, project_root: Path):
    text = tract_places(shared / "sources").to_csv(index=False, lineterminator="\n")
    shipped = project_root / "src/c2c_lib/catalog/data/tracts.csv"
    assert shipped.read_bytes() == text.encode()


def test_simplifying_moves_no_area_to_a_neighbour(shared: Path, geo: Path):
    raw = gpd.read_file(shared / "sources" / TRACTS).set_index("tract_fips_2020")
    drawn = layer("tracts", folder=geo).set_index("tract_fips_2020")
    before = raw.loc[drawn.index].to_crs(2234).area
    ratio = drawn.to_crs(2234).area / before
    assert ratio.between(0.995, 1.005).all()
