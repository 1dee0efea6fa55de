"""The boundaries that ship: complete, valid, edge to edge, and of the area that they claim."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError
from c2c_lib.geography import layer
from c2c_lib.geography.layers import PROJECTED_CRS, provenance

SQUARE_MILE = 5280.0**2  # survey feet of the projection; 4 millionths off the statute mile

# Tracts (Census list of 2020), official land and the Bureau's drawn area in square miles.
CITIES = {
    "bridgeport": (38, 16.06, 17.15),
    "stamford": (33, 37.62, 38.98),
    "norwalk": (22, 22.89, 24.99),
    "waterbury": (28, 28.52, 28.93),
}


@pytest.mark.parametrize("city", CITIES)
def test_tracts_per_city(geo: Path, city: str):
    assert len(layer("tracts", city, geo)) == CITIES[city][0]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("name", ["tracts", "towns"])
def test_drawn_area(geo: Path, name: str, city: str):
    _, land, drawn = CITIES[city]
    area = layer(name, city, geo).to_crs(PROJECTED_CRS).area.sum() / SQUARE_MILE
    assert area == pytest.approx(drawn, rel=0.005)
    assert land < area < 1.10 * land  # the generalised shore closes harbours


def test_area_columns_are_those_of_the_census(geo: Path):
    towns = layer("towns", folder=geo).set_index("town")
    for city, (_, land, drawn) in CITIES.items():
        square_miles = towns.loc[city, ["land_area_m2", "drawn_area_m2"]] / 1609.344**2
        assert list(square_miles) == pytest.approx([land, drawn], abs=0.006)


def test_every_shipped_town_is_there_and_no_other(geo: Path):
    towns = set(load_catalog().shipped) - {"connecticut"}
    assert set(layer("towns", folder=geo)["town"]) == towns
    assert set(layer("tracts", folder=geo)["town"]) == towns


@pytest.mark.parametrize("name", ["tracts", "towns"])
def test_shapes_are_valid_and_meet_edge_by_edge(geo: Path, name: str):
    shapes = layer(name, folder=geo).geometry
    assert shapes.is_valid.all()
    assert set(shapes.geom_type) <= {"Polygon", "MultiPolygon"}
    assert shapely.coverage_is_valid(shapes.to_numpy())


@pytest.mark.parametrize("city", CITIES)
def test_tracts_fill_their_town_without_gap_or_overlap(geo: Path, city: str):
    tracts = layer("tracts", city, geo).geometry.to_numpy()
    (town,) = layer("towns", city, geo).geometry
    together = shapely.union_all(tracts)
    # A gap would be a hole or a difference, an overlap a surplus of the sum over the union.
    assert shapely.area(tracts).sum() == pytest.approx(together.area, rel=1e-12)
    assert together.symmetric_difference(town).area == pytest.approx(0, abs=1e-12)
    assert sum(len(part.interiors) for part in shapely.get_parts(town)) == 0


def test_codes_are_text_and_one_to_one(geo: Path):
    tracts = layer("tracts", folder=geo)
    for column in ("tract_fips_2020", "tract_fips_2022", "place"):
        assert tracts[column].is_unique
    assert set(tracts["tract_fips_2020"].str.len()) == {11}
    assert (tracts["tract_fips_2020"].str[5:] == tracts["tract_fips_2022"].str[5:]).all()
    # The planning regions of the four cities.
    region = tracts.groupby("town")["tract_fips_2022"].agg(lambda codes: set(codes.str[:5]))
    assert region[list(CITIES)].tolist() == [{"09120"}, {"09190"}, {"09190"}, {"09140"}]


def test_layer_and_catalog_name_the_same_tracts(geo: Path):
    catalog = load_catalog()
    shipped = {
        (p.place, p.geo_id, *p.other_ids, p.parent)
        for p in catalog.places
        if p.geo_level == "tract" and p.vintage == "planning-region-2022" and catalog.ships(p)
    }
    columns = ["place", "tract_fips_2022", "tract_fips_2020", "town_fips_2020"]
    drawn = set(layer("tracts", folder=geo)[columns].itertuples(index=False, name=None))
    assert drawn == shipped


def test_coordinates_are_degrees_of_connecticut(geo: Path):
    tracts = layer("tracts", folder=geo)
    assert tracts.crs.to_epsg() == 4326
    west, south, east, north = tracts.total_bounds
    assert -73.73 < west < east < -71.78
    assert 40.98 < south < north < 42.06


def test_a_layer_is_a_fresh_copy(geo: Path):
    first = layer("towns", folder=geo)
    first["town"] = "nowhere"
    assert "nowhere" not in set(layer("towns", folder=geo)["town"])


def test_files_are_small_and_open_without_us(geo: Path):
    files = sorted(geo.glob("*.parquet"))
    assert [file.name for file in files] == ["towns_2020.parquet", "tracts_2020.parquet"]
    assert sum(file.stat().st_size for file in files) < 1_000_000
    assert len(gpd.read_parquet(geo / "tracts_2020.parquet")) == 306


@pytest.mark.parametrize("name", ["tracts", "towns"])
def test_a_file_says_where_it_comes_from(geo: Path, name: str):
    found = provenance(name, geo)
    assert found["publisher"] == "US Census Bureau"
    assert found["licence"] == "public domain"
    assert "planning regions" in found["vintage"]
    assert {len(checksum) for checksum in found["inputs_sha256"].values()} == {64}


@pytest.mark.parametrize("call", [layer, provenance])
def test_an_unknown_layer_names_the_nearest(call):
    with pytest.raises(InputError, match=r"unknown layer.*'tract'.*tracts, towns.*did you mean"):
        call("tract")


def test_an_unknown_city_names_the_nearest(geo: Path):
    with pytest.raises(InputError, match=r"unknown city.*'norwlak'.*did you mean 'norwalk'"):
        layer("tracts", "norwlak", geo)


def test_a_missing_file_says_how_to_get_it(tmp_path: Path):
    with pytest.raises(InputError, match=r"tracts_2020\.parquet.*not there.*Restore it"):
        layer("tracts", folder=tmp_path)
