"""The catalog is read whole, cross-checked, and wrong in all places at once."""

from pathlib import Path

import pytest
import yaml

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.catalog.loader import read_catalog
from support.spoiled_catalog import spoil, told


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_the_shipped_catalog_is_read_once():
    assert load_catalog() is load_catalog()


def test_a_copy_of_the_data_is_the_same_catalog(folder: Path, catalog: Catalog):
    copy = read_catalog(folder)
    assert copy.indicators == catalog.indicators
    assert copy.places == catalog.places
    assert copy.peer_groups == catalog.peer_groups


def test_entries_keep_the_order_of_their_file(folder: Path, catalog: Catalog):
    # That of indicators.yml comes first, then those of indicators_*.yml in order of their names.
    files = [folder / "indicators.yml", *sorted(folder.glob("indicators_*.yml"))]
    parts = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    ids = [entry["id"] for part in parts for entry in part["indicators"]]
    assert list(catalog.indicators) == ids


def test_everything_that_does_not_fit_is_told_at_once(folder: Path):
    spoil(folder / "outcomes.yml", "strivetogether: 1", "strivetogether: 9")
    spoil(folder / "groups.yml", "partition: false", "partition: perhaps")
    spoil(folder / "sources.yml", "licence: PDDL-1.0", "license: PDDL-1.0")
    spoil(folder / "places.csv", "district,0010011", "district,10011")
    files = {problem.split(":")[0] for problem in told(folder)}
    assert files == {"outcomes.yml", "groups.yml", "sources.yml", "places.csv"}
