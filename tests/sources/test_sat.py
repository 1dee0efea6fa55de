"""SAT by district: headings that repeat below merged ones, and meals told apart twice."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import sat
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import told

Write = Callable[[str, str | bytes], RawFile]

TWO = "Free/Reduced Price Meal Eligibility (2-level)"
THREE = "Free/Reduced Price Meal Eligibility (3-level)"
LEVELS = ("Level 1Not Met", "Level 2Approaching", "Level 3Met", "Level 4Exceeded")
PLACE = '"Norwalk School District","=""1030011"""'


def text(about: str, heading: str, *rows: str, levels: tuple[str, ...] = LEVELS) -> str:
    merged = ",,".join(f'"{level}"' for level in (*levels, "Level 3&4Met or Exceeded"))
    keys = ",".join(filter(None, ['"District","District Code","Subject"', heading]))
    commas = "," * (keys.count(",") + 2)
    return (
        f'"CT School Day SAT, 2015-16"\n"All Districts, All Subjects, {about}"\n\n'
        f'""{commas}{merged},,""\n'
        f'{keys},"Total Numberwith Scored Tests"'
        + ',"Count","%"' * 5
        + ',"AverageScore"\n'
        + "".join(f"{row}\n" for row in rows)
    )


def cells(scored: int, met: int, percent: str) -> str:
    return f"{scored},10,1.5,20,3.0,30,4.5,40,6.0,{met},{percent},470"


HIDDEN = '709,"*","*",20,3.0,"*","*","*","*","*","*",470'


def test_levels_three_and_four_by_position(export: Write, names: Names) -> None:
    content = text(
        "All Students", "", f'{PLACE},"ELA",{cells(751, 442, "58.9")}', f'{PLACE},"Math",{HIDDEN}'
    )
    frame = sat.read([export("sat__2015-16_all-subjects_all-students.csv", content)], names)
    assert told(names) == []
    assert list(frame["indicator"]) == ["sat_ela_met", "sat_math_met"]
    assert frame.loc[0, ["estimate", "numerator", "denominator"]].tolist() == [0.589, 442, 751]
    assert frame.loc[1, ["estimate", "numerator", "denominator"]].isna().all()
    assert frame.loc[1, "status"] == "suppressed_by_source"


def test_what_one_export_of_meals_hides_the_other_does_not_bring_back(
    export: Write, names: Names
) -> None:
    two = text(
        TWO,
        TWO,
        f'{PLACE},"ELA","Y",{cells(326, 128, "39.3")}',
        f'{PLACE},"ELA","N",{cells(426, 314, "73.7")}',
        f'{PLACE},"Math","N",{cells(426, 162, "38.0")}',
    )
    three = text(
        THREE,
        THREE,
        f'{PLACE},"ELA","F",{cells(279, 108, "38.7")}',
        f'{PLACE},"ELA","R",{HIDDEN}',
        f'{PLACE},"ELA","N",{HIDDEN}',
        f'{PLACE},"Math","F",{cells(279, 44, "15.8")}',
        f'{PLACE},"Math","R",{cells(47, 13, "27.7")}',
        f'{PLACE},"Math","N",{cells(426, 162, "38.0")}',
    )
    files = [
        export("sat__2015-16_all-subjects_two.csv", two),
        export("sat__2015-16_all-subjects_three.csv", three),
    ]
    frame = sat.read(files, names)
    assert told(names) == []
    found = set(zip(frame["indicator"], frame["group"], frame["estimate"].fillna(-1), strict=True))
    assert found == {
        ("sat_ela_met", "free_or_reduced_meals", 0.393),
        ("sat_ela_met", "free_meals", -1),  # 128 less 108 would be those with reduced prices
        ("sat_ela_met", "reduced_meals", -1),
        ("sat_ela_met", "not_eligible", -1),
        ("sat_math_met", "free_meals", 0.158),
        ("sat_math_met", "reduced_meals", 0.277),
        ("sat_math_met", "not_eligible", 0.38),
    }


@pytest.mark.parametrize(
    ("row", "levels", "value"),
    [
        (f'{PLACE},"Art",{cells(751, 442, "58.9")}', LEVELS, "Art"),
        (f'{PLACE},"ELA",{cells(751, 442, "48.9")}', LEVELS, "442 of 751, 48.9"),
        (f'{PLACE},"ELA",{cells(751, 852, "58.9")}', LEVELS, "852 of 751"),
        (f'{PLACE},"ELA",{cells(751, 442, "58.9")}', ("Level 0", *LEVELS[1:]), "Level 0 Count"),
    ],
)
def test_what_is_not_known_is_noted(
    export: Write, names: Names, row: str, levels: tuple[str, ...], value: str
) -> None:
    content = text("All Students", "", row, levels=levels)
    sat.read([export("sat__2015-16_all-subjects_all-students.csv", content)], names)
    assert value in [problem.value.strip() for problem in names.problems]
