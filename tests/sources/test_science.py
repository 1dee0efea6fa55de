"""CMT and CAPT science: three grades, at or above goal, by position."""

from collections.abc import Callable

from c2c_lib.sources import science
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import told

Write = Callable[[str, str | bytes], RawFile]

LEVELS = ("Below Basic", "Basic", "Proficient", "Goal", "Advanced", "At or Above Goal")
NAME = "science/cmt-capt-science__2015-16_race_all-grades.csv"
PLACE = 'Stamford School District,"=""1350011"""'


def text(*rows: str, grades: str = "All Grades") -> str:
    merged = ",,".join(f'"{level}"' for level in LEVELS)
    return (
        f'"CMT/CAPT Science Assessment, 2015-16"\n"All Districts, {grades}, Race/Ethnicity"\n\n'
        f'"",,,,,,,,{merged},,""\n'
        '"District","District Code","Grade","Race/Ethnicity","Total Numberof Students",'
        '"Total NumberTested","ParticipationRate","Total Number with Scored Tests"'
        + ',"Count","%"' * 6
        + ',"AverageSS"\n'
        + "".join(f"{row}\n" for row in rows)
    )


def cells(goal: str = "255,51.0") -> str:
    return f"510,505,99.0,500,60,12.0,70,14.0,115,23.0,200,40.0,55,11.0,{goal},251"


def test_a_grade_is_an_indicator(export: Write, names: Names) -> None:
    hidden = cells("*,*")
    rows = [f"{PLACE},{grade},White,{cells()}" for grade in ("05", "8", "10")]
    rows.append(f"{PLACE},05,Asian,{hidden}")
    frame = science.read([export(NAME, text(*rows))], names)
    assert told(names) == []
    values = frame[["indicator", "group", "estimate", "numerator", "denominator"]]
    assert values[values["group"] == "white"].to_numpy().tolist() == [
        [f"science_goal_grade{grade}", "white", 0.51, 255.0, 500.0] for grade in (5, 8, 10)
    ]
    (row,) = frame[frame["group"] == "asian"].to_dict("records")
    assert row["status"] == "suppressed_by_source"
    assert frame.loc[frame["group"] == "asian", ["estimate", "denominator"]].isna().all(axis=None)


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    files = [
        export(NAME, text(f"{PLACE},07,White,{cells()}", f"{PLACE},8,White,{cells('200,40.0')}")),
        export(NAME.replace("race", "b"), text(f"{PLACE},8,White,{cells('200,51.0')}")),
        export(NAME.replace("race", "c"), text(f"{PLACE},8,White,{cells()}", grades="Combined")),
    ]
    science.read(files, names)
    assert [problem.value for problem in names.problems] == [
        "Combined, Race/Ethnicity",
        "Science 07",
        "200 of 500, 51",
    ]
