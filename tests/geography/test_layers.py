"""The boundaries that ship: complete, valid, edge to edge, and of the area that they claim."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError
from c2c_lib.geography import layer
from c2c_lib.geography.layers import LAYERS, TABLES, provenance, weights
from c2c_lib.geography.projection import METRES_PER_FOOT, PROJECTED_CRS

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
    assert set(layer("tracts", folder=geo)["town"]) == towns
    assert set(layer("tracts_2010", folder=geo)["town"]) == towns
    assert set(layer("schools", folder=geo)["town"]) == towns
    # All 169 towns of the state, so that neighbours can be drawn.
    every = {p.place for p in load_catalog().places if p.geo_level == "town"}
    assert set(layer("towns", folder=geo)["town"]) == every
    assert len(every) == 169


@pytest.mark.parametrize("name", ["tracts", "tracts_2010", "towns", "neighborhoods", "zip_areas"])
def test_shapes_are_valid_and_meet_edge_by_edge(geo: Path, name: str):
    shapes = layer(name, folder=geo).geometry
    assert shapes.is_valid.all()
    assert set(shapes.geom_type) <= {"Polygon", "MultiPolygon"}
    assert not shapes.is_empty.any()
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
    files = sorted(file.name for file in geo.glob("*.parquet"))
    assert files == sorted([*LAYERS.values(), *TABLES.values()])
    assert sum((geo / file).stat().st_size for file in files) < 3_000_000
    assert len(gpd.read_parquet(geo / "tracts_2020.parquet")) == 306


@pytest.mark.parametrize("city", CITIES)
def test_tracts_of_2010(geo: Path, city: str):
    # shared/sources/GEO_README.md
    count = {"bridgeport": 38, "stamford": 25, "norwalk": 22, "waterbury": 28}[city]
    tracts = layer("tracts_2010", city, geo)
    assert len(tracts) == count
    area = tracts.to_crs(PROJECTED_CRS).area.sum() / SQUARE_MILE
    assert area == pytest.approx(CITIES[city][2], rel=0.02)
    assert tracts["land_area_m2"].sum() / 1609.344**2 == pytest.approx(CITIES[city][1], rel=0.01)


@pytest.mark.parametrize("city", ["bridgeport", "stamford"])
def test_neighborhoods_are_those_of_the_catalog_and_cover_the_city(geo: Path, city: str):
    # Uncovered: 0.98 square miles of Bridgeport (the harbour), 0.71 of Stamford (the shore).
    places = layer("neighborhoods", city, geo).to_crs(PROJECTED_CRS)
    known = {
        (p.geo_id, p.place, p.name)
        for p in load_catalog().places
        if p.geo_level == "neighborhood" and p.geo_id.startswith(city)
    }
    assert set(places[["geo_id", "place", "name"]].itertuples(index=False, name=None)) == known
    assert len(places) == 13
    (town,) = layer("towns", city, geo).to_crs(PROJECTED_CRS).geometry
    bare = town.difference(shapely.union_all(places.geometry.to_numpy())).area / SQUARE_MILE
    assert bare == pytest.approx({"bridgeport": 0.98, "stamford": 0.71}[city], abs=0.06)


def test_names_that_two_cities_share_are_two_places(geo: Path):
    names = layer("neighborhoods", folder=geo).groupby("name")["town"].nunique()
    assert set(names[names == 2].index) == {"Downtown", "East Side", "South End"}


@pytest.mark.parametrize(
    ("city", "codes"),
    [
        ("norwalk", ["06850", "06851", "06853", "06854", "06855"]),
        ("waterbury", ["06702", "06704", "06705", "06706", "06708", "06710"]),
    ],
)
def test_zip_areas_fill_their_city(geo: Path, city: str, codes: list[str]):
    areas = layer("zip_areas", city, geo)
    assert areas["zcta5"].tolist() == codes
    together = shapely.union_all(areas.to_crs(PROJECTED_CRS).geometry.to_numpy())
    (town,) = layer("towns", city, geo).to_crs(PROJECTED_CRS).geometry
    # Both are simplified by themselves; their outlines differ by metres.
    assert together.symmetric_difference(town).area / town.area < 0.005


@pytest.mark.parametrize(
    ("city", "count"), [("bridgeport", 48), ("stamford", 23), ("norwalk", 23), ("waterbury", 33)]
)
def test_every_school_stands_in_its_city(geo: Path, city: str, count: int):
    schools = layer("schools", city, geo)
    assert len(schools) == count
    (town,) = layer("towns", city, geo).geometry
    assert schools.within(town).all()
    tracts = layer("tracts", city, geo)[["tract_fips_2020", "tract_fips_2022", "geometry"]]
    joined = gpd.sjoin(schools, tracts, predicate="within")
    assert (joined["tract_fips_2020_left"] == joined["tract_fips_2020_right"]).all()
    assert (joined["tract_fips_2022_left"] == joined["tract_fips_2022_right"]).all()


def test_schools_know_their_grades_and_district(geo: Path):
    schools = layer("schools", folder=geo).set_index("geo_id")
    # The directory gives this school to another town's district; its code is Bridgeport's.
    assert schools.loc["0153611", ["name", "district"]].tolist() == [
        "John Winthrop School",
        "bridgeport",
    ]
    assert schools["grades"].str.split().map(len).ge(1).mean() > 0.95
    order = ["PK", "K", *map(str, range(1, 13))]
    for grades in schools["grades"]:
        given = [order.index(grade) for grade in grades.split()]
        assert given == sorted(given)
    known = {p.geo_id: p.place for p in load_catalog().places if p.geo_level == "school"}
    assert schools["place"].to_dict() == {code: known[code] for code in schools.index}


def test_water_lies_beside_the_land(geo: Path):
    water = layer("water", folder=geo).to_crs(PROJECTED_CRS)
    towns = layer("towns", folder=geo).to_crs(PROJECTED_CRS)
    assert water.geometry.is_valid.all()
    land = shapely.union_all(towns.geometry.to_numpy())
    assert water.intersection(land).area.sum() / SQUARE_MILE < 0.01
    # Four areas of water without towns have 302 million square metres off Fairfield alone.
    assert water.area.sum() * METRES_PER_FOOT**2 > 302e6


@pytest.mark.parametrize(("city", "parts"), [("norwalk", 1), ("waterbury", 0)])
def test_water_of_a_city_is_what_lies_around_it(geo: Path, city: str, parts: int):
    water = layer("water", city, geo)
    assert len(water) == parts
    if parts:
        west, _, east, _ = layer("towns", city, geo).total_bounds
        assert water.total_bounds[0] > west - 0.2 * (east - west)


def test_weights_reach_every_tract_of_their_city(geo: Path):
    table = weights("tract_neighborhoods", folder=geo)
    for city in ("bridgeport", "stamford"):
        own = table[table["town"] == city]
        new = own[own["vintage"] == "planning-region-2022"]
        old = own[own["vintage"] == "county-2010"]
        assert set(new["tract"]) == set(layer("tracts", city, geo)["tract_fips_2022"])
        assert set(new["tract_fips_2020"]) == set(layer("tracts", city, geo)["tract_fips_2020"])
        assert set(old["tract"]) == set(layer("tracts_2010", city, geo)["tract_fips_2010"])
        assert set(own["neighborhood"]) == set(layer("neighborhoods", city, geo)["geo_id"])
    total = table.groupby(["vintage", "tract"])["weight"].sum()
    # They are printed with three decimals.
    assert total.between(0.995, 1.0015).all()


def test_every_file_says_publisher_vintage_licence_and_inputs(geo: Path):
    for name in [*LAYERS, *TABLES]:
        found = provenance(name, geo)
        assert all(found[key] for key in ("publisher", "title", "licence", "vintage", "changes"))
        assert {len(checksum) for checksum in found["inputs_sha256"].values()} == {64}


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
