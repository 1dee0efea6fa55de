"""Smarter Balanced by student group: names, Y and N, and exports of one subject."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import smarter_balanced_groups
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.smarter_balanced import HIDDEN, PLAIN, text

Write = Callable[[str, str | bytes], RawFile]


@pytest.mark.parametrize(
    ("about", "heading", "printed", "dimension", "group"),
    [
        ("Race/Ethnicity", "Race", "Hispanic/Latino of any race", "race_ethnicity", "hispanic"),
        ("Gender", "Gender", "F", "gender", "female"),
        ("English Learner Status (EL)", "ELL", "N", "english_learner", "not_english_learner"),
        (
            "Special Education Status (SWD)",
            "Special Education",
            "Y",
            "disability",
            "with_disabilities",
        ),
        (
            "High Needs (F/R, EL or SWD)",
            '"High Needs (F, R, ELL or SWD)"',
            "Y",
            "high_needs",
            "high_needs",
        ),
        (
            "Free/Reduced Price Meal Eligibility (2-level)",
            "Free/Reduced Price Meal Eligibility (2-level)",
            "Y",
            "economic_status",
            "free_or_reduced_meals",
        ),
    ],
)
def test_student_groups(
    export: Write, names: Names, about: str, heading: str, printed: str, dimension: str, group: str
) -> None:
    file = export(
        "smarter-balanced__2015-16_ela-and-math_group_all-grades_ct.csv",
        text(
            f"State of Connecticut, ELA and Math, All Grades, {about}",
            f"District,Grade,Subject,{heading}",
            f"State of Connecticut,03,ELA,{printed},{PLAIN}",
            f"State of Connecticut,08,Math,{printed},{HIDDEN}",
        ),
    )
    frame = smarter_balanced_groups.read([file], names)
    assert list(names.problems) == []
    assert set(zip(frame["dimension"], frame["group"], strict=True)) == {(dimension, group)}
    assert list(frame["indicator"]) == [
        "grade3_ela_proficient",
        "grade8_math_proficient",
        "grade3_ela_scale_score",
        "grade8_math_scale_score",
    ]
    assert list(frame["status"]) == ["published", "suppressed_by_source", "published", "published"]
    assert frame.loc[1, ["estimate", "numerator", "denominator"]].isna().all()


def test_an_export_of_one_subject_says_so_in_its_title(export: Write, names: Names) -> None:
    file = export(
        "smarter-balanced__2015-16_math_special-education_all-grades.csv",
        text(
            "All Districts, Math, All Grades, Special Education Status (SWD)",
            "District,District Code,Grade,Special Education",
            f"Waterbury School District,1510011,08,N,{PLAIN}",
            f"Waterbury School District,1510011,03,N,{PLAIN}",
        ),
    )
    frame = smarter_balanced_groups.read([file], names)
    assert list(names.problems) == []
    shares = frame[frame["indicator"].str.endswith("_proficient")]
    assert list(shares["indicator"]) == ["grade8_math_proficient", "grade3_math_proficient"]
    assert set(frame["group"]) == {"without_disabilities"}
