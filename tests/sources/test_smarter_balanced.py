"""Smarter Balanced: grade 3 reading and grade 8 math out of all grades and subjects."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import smarter_balanced
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.smarter_balanced import MOVED, PLAIN, text

Write = Callable[[str, str | bytes], RawFile]


def test_one_grade_and_subject_for_each_indicator(export: Write, names: Names) -> None:
    rows = [
        f"Waterbury School District,1510011,{grade},{subject},{PLAIN}"
        for grade in ("3", "04", "8", "11")
        for subject in ("ELA", "Math")
    ]
    file = export(
        "smarter-balanced__2015-16_ela-and-math_all-students_all-grades.csv",
        text(
            "All Districts, ELA and Math, All Grades, All Students",
            "District,District Code,Grade,Subject",
            *rows,
        ),
    )
    frame = smarter_balanced.read([file], names)
    assert list(names.problems) == []
    found = frame[["indicator", "estimate", "numerator", "denominator", "where"]]
    assert found.to_numpy().tolist() == [
        ["grade3_ela_proficient", 0.7, 70.0, 100.0, f"{file.name}:6"],
        ["grade8_math_proficient", 0.7, 70.0, 100.0, f"{file.name}:11"],
    ]
    assert set(zip(frame["dimension"], frame["group"], strict=True)) == {("all", "all")}


def test_y_and_n_mean_nothing_where_all_students_are_read(export: Write, names: Names) -> None:
    file = export(
        "a__2015-16_x.csv",
        text(
            "All Districts, ELA, All Grades, Special Education Status (SWD)",
            "District,District Code,Grade,Special Education",
            f"Waterbury School District,1510011,03,N,{PLAIN}",
        ),
    )
    assert smarter_balanced.read([file], names).empty
    assert [p.value for p in names.problems] == ["N"]


@pytest.mark.parametrize(
    ("about", "row", "value"),
    [
        ("ELA and Math, All Grades Combined, All Students", f"03,ELA,{PLAIN}", "Combined"),
        ("ELA and Math, All Grades, All Students", f"13,ELA,{PLAIN}", "13"),
        ("ELA and Math, All Grades, All Students", f"03,Science,{PLAIN}", "Science"),
        ("ELA and Math, All Grades, All Students", f"03,ELA,{MOVED}", "70 of 100"),
    ],
)
def test_what_is_not_known_is_noted(
    export: Write, names: Names, about: str, row: str, value: str
) -> None:
    file = export(
        "a__2015-16_x.csv",
        text(
            f"All Districts, {about}",
            "District,District Code,Grade,Subject",
            f"Waterbury School District,1510011,{row}",
        ),
    )
    smarter_balanced.read([file], names)
    (problem,) = names.problems
    assert value in problem.value
