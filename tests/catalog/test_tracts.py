"""Census tracts in the catalog: complete, below a town, and shipped when their town ships."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.catalog.loader import read_catalog
from c2c_lib.errors import InputError


@pytest.fixture
def folder(tmp_path: Path, project_root: Path) -> Path:
    """A copy of the catalog's data to spoil."""
    return Path(shutil.copytree(project_root / "src/c2c_lib/catalog/data", tmp_path / "data"))


@pytest.mark.parametrize(
    ("town", "count"),
    # Census lists of 2020 and of 2010.
    [
        ("0900108070", (38, 38)),
        ("0900173070", (33, 25)),
        ("0900156060", (22, 22)),
        ("0900980070", (28, 28)),
    ],
)
def test_every_tract_of_the_four_cities_is_there(town: str, count: tuple[int, int]):
    tracts = [p for p in load_catalog().places if p.geo_level == "tract" and p.parent == town]
    vintages = Counter(p.vintage for p in tracts)
    assert (vintages["planning-region-2022"], vintages["county-2010"]) == count
    assert sum(vintages.values()) == sum(count)


def test_tracts_ship_when_their_town_ships():
    catalog = load_catalog()
    towns = {p.geo_id for p in catalog.places if p.geo_level == "town" and catalog.ships(p)}
    assert len(towns) == 16  # the members of both District Reference Groups
    for place in catalog.places:
        if place.geo_level == "tract":
            assert catalog.ships(place) == (place.parent in towns), place.place


def test_a_town_of_no_group_does_not_ship():
    catalog = load_catalog()
    assert catalog.ships(catalog.place("connecticut", "state"))
    assert catalog.ships(catalog.place("waterbury", "district"))
    assert not catalog.ships(catalog.place("greenwich", "town"))
    assert not catalog.ships(catalog.place("greenwich-tract-0101-01", "tract"))


def test_wrong_rows_are_all_named_with_their_file(folder: Path):
    file = folder / "tracts.csv"
    first = file.read_text(encoding="utf-8").splitlines()[1]
    lost = "tract,09190999999,x-tract-9999,Census Tract 9999,planning-region-2022,0900999999,,"
    level = first.replace("tract,", "trakt,", 1)
    with file.open("a", encoding="utf-8") as rows:
        rows.write(f"{first}\n{lost}\n")
    with pytest.raises(InputError) as raised:
        read_catalog(folder)
    found = {(p.where, p.value) for p in raised.value.problems}
    code, slug = first.split(",")[1:3]
    assert found == {
        ("tracts.csv", "0900999999"),
        ("tracts.csv", code),
        ("tracts.csv", f"slug {slug}"),
    }
    with file.open("a", encoding="utf-8") as rows:
        rows.write(f"{level}\n")
    with pytest.raises(InputError, match=r"tracts\.csv:883: .*geo_level\): got 'trakt'"):
        read_catalog(folder)


def test_the_tracts_of_2010_are_those_of_the_census_list(shared: Path):
    path = shared / "sources/geo-census-boundaries/ct_tracts_2010.geojson"
    listed = {
        (p["tract_fips_2010"], p["town_fips_2010"], f"Census Tract {p['tract_name']} (2010)")
        for p in (f["properties"] for f in json.loads(path.read_text("utf-8"))["features"])
    }
    old = [p for p in load_catalog().places if p.vintage == "county-2010"]
    assert {(p.geo_id, p.parent, p.name.split(",")[0]) for p in old} == listed
    slugs = {p.place for p in load_catalog().places if p.geo_level == "tract"}
    assert len(slugs) == 879 + len(old)  # a slug of 2010 says so
