"""Smarter Balanced: every grade and subject is an indicator, and so is its average score."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import smarter_balanced
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.smarter_balanced import HIDDEN, MOVED, PLAIN, text

Write = Callable[[str, str | bytes], RawFile]

KEYS = "District,Grade,Subject"


def test_an_indicator_for_each_grade_and_subject(export: Write, names: Names) -> None:
    rows = [
        f"Waterbury School District,1510011,{grade},{subject},{PLAIN}"
        for grade in ("3", "04", "8", "11")
        for subject in ("ELA", "Math")
    ]
    file = export(
        "smarter-balanced__2014-15_ela-and-math_all-students_all-grades.csv",
        text(
            "All Districts, ELA and Math, All Grades, All Students",
            "District,District Code,Grade,Subject",
            *rows,
            year="2014-15",
        ),
    )
    frame = smarter_balanced.read([file], names)
    assert list(names.problems) == []
    tests = [(grade, subject) for grade in (3, 4, 8, 11) for subject in ("ela", "math")]
    shares = frame[frame["indicator"].str.endswith("_proficient")]
    columns = ["indicator", "estimate", "numerator", "denominator", "where"]
    assert shares[columns].to_numpy().tolist() == [
        [f"grade{grade}_{subject}_proficient", 0.7, 70.0, 100.0, f"{file.name}:{line}"]
        for line, (grade, subject) in enumerate(tests, start=6)
    ]
    scores = frame[frame["indicator"].str.endswith("_scale_score")]
    assert scores[columns[:2]].to_numpy().tolist() == [
        [f"grade{grade}_{subject}_scale_score", 2430.0] for grade, subject in tests if grade != 11
    ]
    assert set(scores["denominator"]) == {100.0}
    assert scores["numerator"].isna().all()
    assert set(zip(frame["dimension"], frame["group"], strict=True)) == {("all", "all")}


def test_a_score_may_stand_where_the_share_is_hidden(export: Write, names: Names) -> None:
    about = "State of Connecticut, ELA and Math, All Grades, All Students"
    cells = "Connecticut,05,ELA"
    hidden = HIDDEN.removesuffix("2430") + "*"
    file = export("a__2015-16_x_ct.csv", text(about, KEYS, f"{cells},{HIDDEN}"))
    gone = export("b__2016-17_x_ct.csv", text(about, KEYS, f"{cells},{hidden}", year="2016-17"))
    frame = smarter_balanced.read([file, gone], names)
    assert list(names.problems) == []
    assert list(frame["status"]) == [
        "suppressed_by_source",
        "suppressed_by_source",
        "published",
        "suppressed_by_source",
    ]
    assert frame["estimate"].dropna().tolist() == [2430.0]
    assert frame.loc[3, ["estimate", "denominator"]].isna().all()


@pytest.mark.parametrize("score", ["70", "24300", "high", ""])
def test_a_score_off_the_scale_is_noted(export: Write, names: Names, score: str) -> None:
    row = f"Connecticut,05,ELA,{PLAIN.removesuffix('2430')}{score}"
    about = "State of Connecticut, ELA and Math, All Grades, All Students"
    frame = smarter_balanced.read([export("a__2015-16_x_ct.csv", text(about, KEYS, row))], names)
    (problem,) = names.problems
    assert (problem.value, problem.column) == (score, "Average VSS")
    assert list(frame["indicator"]) == ["grade5_ela_proficient"]


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
