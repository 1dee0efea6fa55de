"""What an entry names is in the catalog, and no name stands for two things."""

from pathlib import Path

from c2c_lib.catalog.loader import read_catalog
from support.spoiled_catalog import spoil, told


def test_ids_that_nothing_has_are_told_with_the_nearest_right_one(folder: Path):
    spoil(folder / "indicators.yml", "outcomes: [attendance]", "outcomes: [atendance]")
    spoil(folder / "indicators.yml", "frames: [strivetogether,", "frames: [strivetogther,")
    spoil(folder / "indicators.yml", "sources: [acs_youth]", "sources: [acs_yuth]")
    spoil(folder / "indicators.yml", "places: [bridgeport,", "places: [brigeport,")
    spoil(folder / "indicators.yml", "dimension: economic_status", "dimension: economic_statis")
    spoil(folder / "peer_groups.yml", "waterbury", "waterbery")
    spoil(folder / "topics.yml", "homeownership", "homeownersip")
    problems = "\n".join(told(folder))
    for wrong, right in [
        ("atendance", "attendance"),
        ("strivetogther", "strivetogether"),
        ("acs_yuth", "acs_youth"),
        ("brigeport", "bridgeport"),
        ("economic_statis", "economic_status"),
        ("waterbery", "waterbury"),
        ("homeownersip", "homeownership"),
    ]:
        assert f"got '{wrong}'" in problems
        assert f"did you mean '{right}'" in problems


def test_a_break_may_only_name_a_source_of_its_indicator(folder: Path):
    spoil(folder / "indicators.yml", "source: csde_accountability\n", "source: acs_youth\n")
    (problem,) = told(folder)
    assert "(in breaks.source): got 'acs_youth'" in problem


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
