"""The catalog is read whole, cross-checked, and wrong in all places at once."""

import shutil
from pathlib import Path

import pytest
import yaml

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.catalog.loader import read_catalog
from c2c_lib.errors import InputError


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def folder(tmp_path: Path, project_root: Path) -> Path:
    """A copy of the catalog's data to spoil."""
    return Path(shutil.copytree(project_root / "src/c2c_lib/catalog/data", tmp_path / "data"))


def spoil(file: Path, old: str, new: str) -> None:
    """Replace the first of some words in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder: Path) -> list[str]:
    """Return the problems of a catalog as an analyst reads them."""
    with pytest.raises(InputError) as raised:
        read_catalog(folder)
    assert str(folder) not in str(raised.value)
    return [str(problem) for problem in raised.value.problems]


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


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda c: c.indicator("graduation_4y"), "graduation_4yr"),
        (lambda c: c.outcome("early_reading"), "early_grade_reading"),
        (lambda c: c.dimension("race"), ""),
        (lambda c: c.dimension("gendre"), "gender"),
        (lambda c: c.source("acs_tract"), "acs_tracts"),
        (lambda c: c.group("gender", "femal"), "female"),
        (lambda c: c.place("brigeport", "district"), "bridgeport"),
        (lambda c: c.slug("city", "090800"), "0908000"),
    ],
)
def test_a_wrong_id_is_answered_with_the_nearest_right_one(catalog: Catalog, ask, near: str):
    with pytest.raises(InputError) as raised:
        ask(catalog)
    (problem,) = raised.value.problems
    assert problem.what.startswith("unknown ")
    assert problem.value
    if near:
        assert f"'{near}'" in problem.remedy
    else:
        assert "race_ethnicity" in problem.allowed


def test_a_place_is_asked_for_by_slug_and_level(catalog: Catalog):
    district, town = catalog.place("norwalk", "district"), catalog.place("norwalk", "town")
    assert (district.geo_id, town.geo_id) == ("1030011", "0900156060")
    assert catalog.slug("district", "1030011") == catalog.slug("town", "0900156060") == "norwalk"
    with pytest.raises(InputError, match="place at level city"):
        catalog.place("ansonia", "city")


def test_a_group_is_asked_for_by_dimension(catalog: Catalog):
    assert catalog.group("race_ethnicity", "two_or_more").name.en == "Two or more races"
    with pytest.raises(InputError, match="unknown group of gender"):
        catalog.group("gender", "two_or_more")


def test_a_value_that_does_not_fit_is_named_by_file_entry_and_key(folder: Path):
    spoil(folder / "indicators.yml", "polarity: higher_is_better", "polarity: up")
    (problem,) = told(folder)
    assert problem.startswith("indicators.yml: kindergarten_language_level3: ")
    assert "(in polarity): got 'up'" in problem


def test_an_entry_without_an_id_is_named_by_its_number(folder: Path):
    spoil(folder / "outcomes.yml", "id: infant_health", "idd: infant_health")
    assert {p.split(": ")[1] for p in told(folder)} == {"entry 1"}


def test_everything_that_does_not_fit_is_told_at_once(folder: Path):
    spoil(folder / "outcomes.yml", "strivetogether: 1", "strivetogether: 9")
    spoil(folder / "groups.yml", "partition: false", "partition: perhaps")
    spoil(folder / "sources.yml", "licence: PDDL-1.0", "license: PDDL-1.0")
    spoil(folder / "places.csv", "district,0010011", "district,10011")
    files = {problem.split(":")[0] for problem in told(folder)}
    assert files == {"outcomes.yml", "groups.yml", "sources.yml", "places.csv"}


def test_ids_that_nothing_has_are_told_with_the_nearest_right_one(folder: Path):
    spoil(folder / "indicators.yml", "outcomes: [attendance]", "outcomes: [atendance]")
    spoil(folder / "indicators.yml", "frames: [strivetogether,", "frames: [strivetogther,")
    spoil(folder / "indicators.yml", "sources: [acs_youth]", "sources: [acs_yuth]")
    spoil(folder / "indicators.yml", "places: [bridgeport,", "places: [brigeport,")
    spoil(folder / "indicators.yml", "dimension: economic_status", "dimension: economic_statis")
    spoil(folder / "peer_groups.yml", "waterbury", "waterbery")
    problems = "\n".join(told(folder))
    for wrong, right in [
        ("atendance", "attendance"),
        ("strivetogther", "strivetogether"),
        ("acs_yuth", "acs_youth"),
        ("brigeport", "bridgeport"),
        ("economic_statis", "economic_status"),
        ("waterbery", "waterbury"),
    ]:
        assert f"got '{wrong}'" in problems
        assert f"did you mean '{right}'" in problems


def test_a_break_may_only_name_a_source_of_its_indicator(folder: Path):
    spoil(folder / "indicators.yml", "source: csde_accountability\n", "source: acs_youth\n")
    (problem,) = told(folder)
    assert "(in breaks.source): got 'acs_youth'" in problem


def test_an_id_that_stands_twice_is_told(folder: Path):
    spoil(folder / "sources.yml", "id: edsight_college", "id: edsight_suspension")
    assert any("id stands twice" in p and "edsight_suspension" in p for p in told(folder))


def test_a_group_or_a_label_that_stands_twice_in_a_dimension_is_told(folder: Path):
    spoil(folder / "groups.yml", "id: male", "id: female")
    spoil(folder / "groups.yml", "labels: [Male, M, male]", "labels: [Male, f]")
    assert told(folder) == [
        "groups.yml: gender: id stands for two groups: got 'female'",
        "groups.yml: gender: label stands for two groups: got 'f'",
    ]


def test_one_label_may_stand_for_groups_of_two_dimensions(folder: Path):
    spoil(folder / "groups.yml", "labels: [Male, M, male]", "labels: [Male, Asian]")
    dimensions = read_catalog(folder).dimensions
    assert [g.id for g in dimensions["gender"].groups if "Asian" in g.labels] == ["male"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("groups.yml", "dimensions: [", "groups.yml: does not read as YAML"),
        ("groups.yml", "", "groups.yml: has no list under the key (in dimensions)"),
        ("groups.yml", "dimensions: 3", "groups.yml: has no list under the key (in dimensions)"),
        ("peer_groups.yml", "peer_groups: [a]", "peer_groups.yml: has no dict under the key"),
        ("indicators.yml", "indicator: []", "did you mean 'indicators'?"),
        ("places.csv", "", "places.csv: does not read as CSV"),
        ("tracts.csv", "geo_level,geo_id\n", "tracts.csv:1: header differs"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_told(
    folder: Path, name: str, content: str, said: str
):
    (folder / name).write_text(content, encoding="utf-8")
    assert said in "\n".join(told(folder))


def test_a_file_that_is_not_there_is_told_without_the_path_to_it(folder: Path):
    (folder / "sources.yml").unlink()
    (folder / "groups.yml").write_bytes(b"\xff\xfe")
    problems = told(folder)
    assert [problem.split(":")[0] for problem in problems] == ["groups.yml", "sources.yml"]
    assert "No such file" in problems[1]


def test_a_row_with_a_comma_too_many_is_told_by_its_line(folder: Path):
    rows = (folder / "places.csv").read_text(encoding="utf-8").splitlines()
    rows[2] += ","
    (folder / "places.csv").write_text("\n".join(rows), encoding="utf-8")
    (problem,) = told(folder)
    assert problem.startswith("places.csv:3: row has another number of cells")
