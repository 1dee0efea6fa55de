"""Building the layers: by hand from two squares, and byte for byte from the real files."""

import dataclasses
import gzip
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import Polygon, box

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError
from c2c_lib.geography.build import build_layers, tract_places
from c2c_lib.geography.build.raw import (
    ACS_2020,
    CROSSWALK,
    NEIGHBORHOOD_WEIGHTS,
    NEIGHBORHOOD_WEIGHTS_2010,
    NEIGHBORHOODS,
    RAW_FILES,
    SCHOOLS,
    TOWNS,
    TOWNS_WITH_WATER,
    TRACTS,
    TRACTS_2010,
    ZIP_AREAS,
)
from c2c_lib.geography.layers import LAYERS, TABLES, layer, weights

LAYER_FILES = [*LAYERS.values(), *TABLES.values()]
CODES = ["tract_fips_2020", "tract_fips_2022", "town_fips_2020", "town_fips_2022"]
# Squares of 168 by 222 m. The shared edge bends by 1.7 m once: a corner that matters less than
# the tolerance (half of 222 m times 1.7 m is below 15 m squared) and survives mere rounding.
BEND = (-73.40202, 41.101)
LEFT = Polygon([(-73.404, 41.1), (-73.402, 41.1), BEND, (-73.402, 41.102), (-73.404, 41.102)])
RIGHT = Polygon([(-73.402, 41.1), (-73.4, 41.1), (-73.4, 41.102), (-73.402, 41.102), BEND])


@pytest.fixture
def norwalk_only() -> Catalog:
    return dataclasses.replace(load_catalog(), peer_groups={"H": ("norwalk",)})


def shapes_file(file: Path, frame: pd.DataFrame, shapes: list) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    made = gpd.GeoDataFrame(frame, geometry=shapes, crs=4326)
    if file.suffix != ".gz":
        made.to_file(file)
        return
    plain = file.with_suffix("")
    made.to_file(plain)
    file.write_bytes(gzip.compress(plain.read_bytes()))


def table_file(file: Path, frame: pd.DataFrame) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(file, index=False)


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
            "county_name": ["Fairfield"],
            "ce_name_2022": ["Western Connecticut Planning Region"],
            "aland_m2": [74_000],
            "intpt_lat": [41.105],
            "intpt_lon": [-73.41],
        }
    )
    whole = shapely.union_all([LEFT, RIGHT])
    shapes_file(folder / TRACTS, tracts, [RIGHT, LEFT, box(-73.7, 41.0, -73.6, 41.1)])
    shapes_file(folder / TOWNS, towns, [whole])
    table_file(folder / CROSSWALK, tracts)
    old = pd.DataFrame(
        {
            "tract_fips_2010": ["09001042500"],
            "tract_name": ["425"],
            "town_name": ["Norwalk"],
            "town_fips_2010": ["0900156060"],
            "aland_m2": [74_000],
        }
    )
    shapes_file(folder / TRACTS_2010, old, [whole])
    # The Sound reaches five kilometres out; a thin strip in the north is drawing noise.
    sea = shapely.union_all(
        [whole, box(-73.45, 41.05, -73.35, 41.1), box(-73.404, 41.102, -73.4, 41.1021)]
    )
    shapes_file(folder / TOWNS_WITH_WATER, pd.DataFrame({"name": ["Norwalk"]}), [sea])
    zips = pd.DataFrame({"zcta5_2010": ["06851", "06850"]})
    east, west = box(-73.402, 41.0, -73.3, 41.2), box(-73.5, 41.0, -73.402, 41.2)
    shapes_file(folder / ZIP_AREAS, zips, [east, west])
    for file, name, shape in zip(
        NEIGHBORHOODS, ["West Side", "St. Ann's"], [LEFT, RIGHT], strict=True
    ):
        shapes_file(folder / file, pd.DataFrame({"city": ["Norwalk"], "name": [name]}), [shape])
    weights = pd.DataFrame(
        {
            "city": "Norwalk",
            "neighborhood": ["West Side", "St. Ann's", "West Side"],
            "tract_fips_2020": ["09001042500", "09001042602", "09001042602"],
            "tract_fips_2022": ["09190042500", "09190042602", "09190042602"],
            "weight_households": [1.0, 0.75, 0.25],
        }
    )
    table_file(folder / NEIGHBORHOOD_WEIGHTS, weights)
    table_file(
        folder / NEIGHBORHOOD_WEIGHTS_2010,
        pd.DataFrame(
            {
                "city": "Norwalk",
                "neighborhood": ["West Side", "St. Ann's"],
                "tract_fips_2010": "09001042500",
                "weight_households": [0.5, 0.5],
            }
        ),
    )
    table_file(folder / SCHOOLS, schools())
    people = pd.DataFrame(
        {
            "level": "tract",
            "variable": "B01003_001",
            "geoid": ["09001042500", "09001042602"],
            "estimate": [3000.0, 1000.0],
        }
    )
    (folder / ACS_2020).parent.mkdir(parents=True)
    people.to_parquet(folder / ACS_2020)
    return folder


def schools() -> pd.DataFrame:
    """A school that stands in Norwalk, and the office of its district."""
    code = next(p.geo_id for p in load_catalog().places if p.place.startswith("norwalk-school-"))
    grades = {f"grade_{g}": "0" for g in ("pk", "k", *map(str, range(1, 13)))}
    row = {
        "organization_code": code,
        "school_name": "Made-Up  School",
        "organization_type": "Public Schools",
        "town": "Norwalk",
        "lat": "41.1011234",
        "lon": "-73.4031234",
        "interdistrict_magnet": "1",
        "tract_fips_2020": "09001042500",
        "tract_fips_2022": "09190042500",
        **grades,
        "grade_k": "1",
        "grade_1": "1",
    }
    office = {**row, "organization_type": "Public School Districts"}
    return pd.DataFrame([row, office])


def test_two_tracts_by_hand(raw: Path, tmp_path: Path, norwalk_only: Catalog):
    written = build_layers(raw, tmp_path / "geo", norwalk_only)
    assert [file.name for file in written] == [*LAYER_FILES]
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


def test_the_other_layers_by_hand(raw: Path, tmp_path: Path, norwalk_only: Catalog):
    build_layers(raw, tmp_path / "geo", norwalk_only)
    geo = tmp_path / "geo"
    places = layer("neighborhoods", folder=geo)
    assert places["geo_id"].tolist() == ["norwalk-st-ann-s", "norwalk-west-side"]
    zips = layer("zip_areas", "norwalk", geo)
    # Both are smaller than a site, so that they go to the larger one, the western.
    assert zips["zcta5"].tolist() == ["06850"]
    (school,) = layer("schools", folder=geo).itertuples()
    assert (school.name, school.grades, school.magnet) == ("Made-Up School", "K 1", True)
    assert (school.geometry.x, school.geometry.y) == (-73.40312, 41.10112)
    (water,) = layer("water", folder=geo).geometry
    assert water.bounds == pytest.approx((-73.45, 41.05, -73.35, 41.1), abs=2e-4)
    (town,) = layer("towns", folder=geo).geometry
    assert water.intersection(town).area == pytest.approx(0, abs=1e-9)


def test_the_weights_by_hand(raw: Path, tmp_path: Path, norwalk_only: Catalog):
    build_layers(raw, tmp_path / "geo", norwalk_only)
    pieces = weights("tract_overlap", folder=tmp_path / "geo")
    assert pieces["tract_fips_2020"].tolist() == ["09001042500", "09001042602"]
    # The old tract is both of the new ones: half of its area each, three quarters of its people.
    assert pieces["area_of_2010"].tolist() == pytest.approx([0.5, 0.5], abs=0.006)
    assert pieces["people_of_2010"].tolist() == [0.75, 0.25]
    assert pieces["area_of_2020"].tolist() == pieces["people_of_2020"].tolist() == [1, 1]
    households = weights("tract_neighborhoods", folder=tmp_path / "geo")
    assert households.groupby(["vintage", "tract"])["weight"].sum().tolist() == [1, 1, 1]


def test_weights_that_do_not_add_up_are_named(raw, tmp_path, norwalk_only):
    rows = pd.read_csv(raw / NEIGHBORHOOD_WEIGHTS, dtype=str)
    rows.loc[0, "weight_households"] = "0.5"
    rows.to_csv(raw / NEIGHBORHOOD_WEIGHTS, index=False)
    with pytest.raises(InputError, match=r"do not add to 1.*09190042500"):
        build_layers(raw, tmp_path / "geo", norwalk_only)
    assert not (tmp_path / "geo").exists()


def test_a_school_that_the_catalog_lacks_is_named(raw, tmp_path, norwalk_only):
    schools().assign(organization_code="1039999").to_csv(raw / SCHOOLS, index=False)
    with pytest.raises(InputError, match=r"not in the catalog's schools\.csv: got '1039999'"):
        build_layers(raw, tmp_path / "geo", norwalk_only)


@pytest.mark.thorough
def test_the_same_raw_files_give_the_same_bytes(raw, tmp_path, norwalk_only):
    first = build_layers(raw, tmp_path / "one", norwalk_only)
    second = build_layers(raw, tmp_path / "two", norwalk_only)
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]


def test_missing_files_are_all_named(tmp_path: Path):
    with pytest.raises(InputError) as raised:
        build_layers(tmp_path, tmp_path / "geo")
    assert [problem.where for problem in raised.value.problems] == list(RAW_FILES)
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


@pytest.mark.thorough
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
