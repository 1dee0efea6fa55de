"""A zero in a grade that a school does not have is none; a zero in one that it has stays."""

from collections.abc import Callable

import pandas as pd
import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.grades_offered import GRADES, grades_offered, is_directory, mark_not_offered
from c2c_lib.sources.names import Names

Write = Callable[[str, str | bytes], RawFile]

NAME = "geo-schools/ct_education_directory_2031-01.csv"
HEADER = ",".join(
    [
        "organization_code",
        "school_name",
        "grade_pk",
        "grade_k",
        *(f"grade_{n}" for n in range(1, 13)),
    ]
)


def directory(*schools: tuple[str, str]) -> str:
    """Return a directory: codes, and the flags of all grades from preschool on."""
    return "\n".join([HEADER, *(f"{code},A school,{','.join(f)}" for code, f in schools), ""])


def counts(school: str, students: dict[str, float | None]) -> pd.DataFrame:
    """Return what an export prints for one school: a number for every grade, None for a star."""
    numbers = [students.get(grade, 0.0) for grade in GRADES]
    return pd.DataFrame(
        {
            "geo_level": "school",
            "geo_id": school,
            "period": "2016-17",
            "dimension": "grade",
            "group": GRADES,
            "estimate": numbers,
            "numerator": numbers,
            "status": ["suppressed_by_source" if n is None else "published" for n in numbers],
        }
    ).astype({"estimate": "float64", "numerator": "float64"})


def not_offered(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["status"].eq("not_applicable")]
    assert rows[["estimate", "numerator"]].isna().all(axis=None)
    return list(rows["group"])


K_TO_5 = frozenset(GRADES[1:7])


def test_zeros_around_the_grades_of_a_school_are_none() -> None:
    students = dict.fromkeys(GRADES[1:7], 40.0)
    marked = mark_not_offered(counts("1", students), {"1": K_TO_5})
    assert not_offered(marked) == ["pre_kindergarten", *GRADES[7:]]
    kept = marked[marked["status"].eq("published")]
    assert kept["estimate"].tolist() == [40.0] * 6


@pytest.mark.parametrize(
    ("students", "offered", "kept"),
    [
        pytest.param(
            {"grade_1": 9.0}, {"1": K_TO_5}, ["kindergarten", *GRADES[3:7]], id="offered and empty"
        ),
        pytest.param(
            {"grade_1": 9.0, "grade_8": 9.0},
            {"1": frozenset({"grade_1", "grade_8"})},
            [*GRADES[3:9]],
            id="between two grades with students",
        ),
        pytest.param(
            {"grade_1": 9.0, "grade_8": None},
            {"1": frozenset({"grade_1"})},
            [*GRADES[3:9]],
            id="a hidden count is some",
        ),
        pytest.param({"grade_1": 9.0}, {}, [g for g in GRADES if g != "grade_1"], id="not listed"),
        pytest.param({}, {"1": K_TO_5}, list(GRADES), id="a school without students"),
    ],
)
def test_a_true_zero_is_never_taken_away(
    students: dict[str, float | None], offered: dict[str, frozenset[str]], kept: list[str]
) -> None:
    marked = mark_not_offered(counts("1", students), offered)
    zeros = marked[marked["status"].eq("published") & marked["estimate"].eq(0)]
    assert zeros["group"].tolist() == kept


def test_districts_and_further_groups_are_left_alone() -> None:
    frame = pd.concat(
        [
            counts("1", {"grade_1": 9.0}).assign(geo_level="district"),
            counts("1", {"grade_1": 9.0}).assign(dimension="gender"),
        ],
        ignore_index=True,
    )
    pd.testing.assert_frame_equal(mark_not_offered(frame, {"1": K_TO_5}), frame)


def test_two_directories_have_to_agree(export: Write, names: Names) -> None:
    now = export(NAME, directory(("0010111", "01111110000000"), ("0010211", "10000000000000")))
    before = export(NAME.replace("2031", "2029"), directory(("0010111", "01111111000000")))
    assert is_directory(now)
    found = grades_offered([now, before], names)
    assert list(names.problems) == []
    assert found["0010111"] == {*GRADES[1:8]}
    assert found["0010211"] == {"pre_kindergarten"}


def test_a_flag_that_is_neither_yes_nor_no_is_noted(export: Write, names: Names) -> None:
    grades_offered([export(NAME, directory(("0010111", "x1111110000000")))], names)
    assert [(p.where, p.value, p.column) for p in names.problems] == [
        (f"{NAME}:2", "x", "grade_pk")
    ]
    grades_offered([export(NAME, HEADER.replace("grade_9", "grade9") + "\n")], names)
    assert [p.value for p in names.problems][1:] == ["grade_9"]
