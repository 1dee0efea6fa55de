"""Growth: two figures of one row, a code before the name, percent signs."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import smarter_balanced_growth
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import told

Write = Callable[[str, str | bytes], RawFile]

NAME = "growth/smarter-balanced-growth-model__2015-16_ela-and-math_x_all-grades-combined.csv"
PLACE = '"=""1510011""","Waterbury School District"'


def text(about: str, heading: str, *rows: str, scope: str = "All Districts") -> str:
    column = f',"{heading}"' if heading else ""
    return (
        f'"Smarter Balanced Growth Report, 2015-16"\n"{scope}, {about}"\n\n'
        f'"District Code","District","Subject"{column},"Number ofMatched Students",'
        '"Growth Rate","Average Percentageof Target Achieved"\n'
        + "".join(f"{row}\n" for row in rows)
    )


def test_two_figures_of_one_row(export: Write, names: Names) -> None:
    rows = [f'{PLACE},"ELA","1,205","41.6%","68.1%"', f'{PLACE},"Math",1198,"*","57.0%"']
    frame = smarter_balanced_growth.read([export(NAME, text("All Students", "", *rows))], names)
    assert told(names) == []
    columns = ["indicator", "estimate", "denominator", "status", "geo_id", "period"]
    found = frame[columns].astype(object).where(frame[columns].notna(), None)
    about = ["1510011", "2015-16"]
    assert found.to_numpy().tolist() == [
        ["growth_ela_target_met", 0.416, 1205.0, "published", *about],
        ["growth_math_target_met", None, None, "suppressed_by_source", *about],
        ["growth_ela_rate", 68.1, 1205.0, "published", *about],
        ["growth_math_rate", 57.0, 1198.0, "published", *about],
    ]


@pytest.mark.parametrize(
    ("about", "heading", "label", "dimension", "group"),
    [
        ("Race", "Race/Ethnicity", "Two or More Races", "race_ethnicity", "two_or_more"),
        ("ELL", "English Learner Status (EL)", "N", "english_learner", "not_english_learner"),
        (
            "Free/Reduced Price Meal Eligibility (2-level)",
            "Free/Reduced Price Meal Eligibility (2-level)",
            "Eligible For Lunch",
            "economic_status",
            "free_or_reduced_meals",
        ),
        (
            "Special Education",
            "Special Education Status (SWD)",
            "Y",
            "disability",
            "with_disabilities",
        ),
        (
            "High Needs (F, R, ELL or SWD)",
            "High Needs (F/R, EL or SWD)",
            "N",
            "high_needs",
            "not_high_needs",
        ),
    ],
)
def test_student_groups(
    export: Write, names: Names, about: str, heading: str, label: str, dimension: str, group: str
) -> None:
    row = f'"=""0000000""","State of Connecticut","ELA","{label}",155,"51.6%","100.4%"'
    content = text(about, heading, row, scope="State of Connecticut")
    frame = smarter_balanced_growth.read([export(NAME.replace(".csv", "_ct.csv"), content)], names)
    assert told(names) == []
    assert set(zip(frame["dimension"], frame["group"], strict=True)) == {(dimension, group)}
    assert set(frame["geo_level"]) == {"state"}
    assert list(frame["estimate"]) == [0.516, 100.4]


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    rows = [
        f'{PLACE},"Science",100,"41.6%","68.1%"',
        f'{PLACE},"ELA",100,"141.6%","68.1%"',
        f'{PLACE},"ELA",100.5,"41.6%","681%"',
        '"=""0150011""","Waterbury School District","ELA",100,"41.6%","68.1%"',
    ]
    frame = smarter_balanced_growth.read([export(NAME, text("All Students", "", *rows))], names)
    assert [(p.where.rpartition(":")[2], p.value) for p in names.problems] == [
        ("8", "0150011"),
        ("5", "Science"),
        ("6", "141.6%"),
        ("7", "100.5"),
        ("7", "681%"),
    ]
    assert list(frame["indicator"]) == ["growth_ela_rate"]


def test_single_grades_are_another_export(export: Write, names: Names) -> None:
    content = text("Race", "Race/Ethnicity", f'{PLACE},"04","ELA","White",9,"4%","6%"').replace(
        '"Subject"', '"Grade","Subject"'
    )
    assert smarter_balanced_growth.read([export(NAME, content)], names).empty
    assert [problem.what for problem in names.problems] == ["two columns give the same thing"]
