"""Schools and neighborhoods in the catalog: below a district or town, and shipped with it."""

import shutil
from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.catalog.loader import read_catalog
from c2c_lib.errors import InputError, Problems
from c2c_lib.sources.names import Names


@pytest.fixture
def folder(tmp_path: Path, project_root: Path) -> Path:
    """A copy of the catalog's data to spoil."""
    return Path(shutil.copytree(project_root / "src/c2c_lib/catalog/data", tmp_path / "data"))


def test_schools_ship_when_their_district_does():
    catalog = load_catalog()
    districts = {p.geo_id: p for p in catalog.places if p.geo_level == "district"}
    schools = [p for p in catalog.places if p.geo_level == "school"]
    shipped = [p for p in schools if catalog.ships(p)]
    assert 300 < len(shipped) < len(schools) / 2
    for school in schools:
        district = districts.get(school.parent)
        assert catalog.ships(school) == (district is not None and catalog.ships(district))


def test_a_facility_of_the_state_does_not_ship_though_the_state_does():
    catalog = load_catalog()
    assert catalog.ships(catalog.place("connecticut", "state"))
    facility = catalog.place("connecticut-school-3480115", "school")
    assert facility.parent == "09"
    assert not catalog.ships(facility)


@pytest.mark.parametrize(("city", "count"), [("bridgeport", 13), ("stamford", 13)])
def test_neighborhoods_ship_with_their_town(city: str, count: int):
    catalog = load_catalog()
    town = catalog.place(city, "town")
    inside = [
        p for p in catalog.places if p.geo_level == "neighborhood" and p.parent == town.geo_id
    ]
    assert len(inside) == count
    assert all(catalog.ships(place) for place in inside)


def test_a_code_of_a_school_begins_with_its_districts():
    for place in load_catalog().places:
        if place.geo_level == "school" and place.parent != "09":
            assert place.geo_id[:3] == place.parent[:3], place.place


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Downtown", None),
        ("Downtown Stamford", "stamford-neighborhood-downtown"),
        ("Cove", "stamford-neighborhood-cove"),
    ],
)
def test_a_name_of_two_cities_alone_finds_neither(name: str, found: str | None):
    names = Names(load_catalog(), Problems())
    place = names.place("neighborhood", name, "x.csv:2")
    assert (place.place if place else None) == found
    assert len(names.problems) == (found is None)


@pytest.mark.parametrize(
    ("file", "row", "value"),
    [
        ("schools.csv", "school,9990111,x-school-9990111,X School,directory-2025-01,9990011,,", ""),
        ("schools.csv", "school,151011,x-school,X School,directory-2025-01,1510011,,", "151011"),
        ("neighborhoods.csv", "neighborhood,x-y,x-neighborhood-y,Y,,0900999999,,", "0900999999"),
    ],
)
def test_a_wrong_row_is_named_with_its_file(folder: Path, file: str, row: str, value: str):
    with (folder / file).open("a", encoding="utf-8") as rows:
        rows.write(f"{row}\n")
    with pytest.raises(InputError) as raised:
        read_catalog(folder)
    (problem,) = raised.value.problems
    assert problem.where.startswith(file)
    assert (value or "9990011") in str(problem)


def test_a_school_that_stands_twice_is_named_with_its_file(folder: Path):
    file = folder / "schools.csv"
    first = file.read_text(encoding="utf-8").splitlines()[1]
    with file.open("a", encoding="utf-8") as rows:
        rows.write(f"{first}\n")
    with pytest.raises(InputError) as raised:
        read_catalog(folder)
    assert {p.where for p in raised.value.problems} == {"schools.csv"}
