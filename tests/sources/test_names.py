"""Publishers' names into the catalog's ids."""

import pytest

from c2c_lib.sources.names import Names


@pytest.mark.parametrize(
    ("level", "printed", "code", "expected"),
    [
        ("district", "Bridgeport School District", "0150011", ("district", "0150011")),
        ("district", "  Waterbury School District ", None, ("district", "1510011")),
        ("district", "State of Connecticut", None, ("state", "09")),
        ("town", "Connecticut", None, ("state", "09")),
        ("town", "Norwalk", "0900156060", ("town", "0900156060")),
    ],
)
def test_a_place_is_found_by_name(
    names: Names, level: str, printed: str, code: str | None, expected: tuple[str, str]
) -> None:
    place = names.place(level, printed, "file:3", code)
    assert place is not None
    assert (place.geo_level, place.geo_id) == expected
    assert len(names.problems) == 0


@pytest.mark.parametrize(
    ("former", "present", "code"),
    [
        ("NOTSET", "Connecticut", "0000000"),
        ("Education Connection", "EdAdvance", "2420014"),
        ("LEARN", "Learn", "2450014"),
    ],
)
def test_a_former_name_is_the_same_place(
    names: Names, former: str, present: str, code: str
) -> None:
    assert names.place("district", former, "f:1", code) == names.place("district", present, "f:2")
    assert len(names.problems) == 0


def test_an_unknown_place_is_noted_with_the_nearest_ones(names: Names) -> None:
    assert names.place("district", "Brigeport School District", "file:3", "0150011") is None
    (problem,) = names.problems
    assert (problem.where, problem.what) == ("file:3", "unknown district")
    assert problem.value == "Brigeport School District (0150011)"
    assert "'Bridgeport School District'" in problem.remedy


def test_a_code_of_another_place_is_noted_with_the_right_one(names: Names) -> None:
    assert names.place("district", "Stamford School District", "file:9", "1510011") is None
    (problem,) = names.problems
    assert (problem.where, problem.value, problem.allowed) == ("file:9", "1510011", "1350011")


def test_a_town_is_not_a_district(names: Names) -> None:
    assert names.place("district", "Stamford", "file:2") is None
    assert len(names.problems) == 1


def test_a_group_is_found_by_any_label(names: Names) -> None:
    labels = ["Black", " Black or African American "]
    assert {names.group("race_ethnicity", label, "f:1") for label in labels} == {"black"}
    assert names.group("disability", "Y", "f:1", {"Y": "with_disabilities"}) == "with_disabilities"
    assert len(names.problems) == 0


def test_labels_of_one_report_do_not_stay_for_the_next(names: Names) -> None:
    names.group("disability", "Y", "f:1", {"Y": "with_disabilities"})
    assert names.group("disability", "Y", "f:2") is None


def test_an_unknown_label_is_noted_with_the_known_ones(names: Names) -> None:
    assert names.group("gender", "Femal", "file:7") is None
    (problem,) = names.problems
    assert (problem.where, problem.value) == ("file:7", "Femal")
    assert "Female" in problem.allowed
    assert problem.remedy.startswith("did you mean 'Female'")
