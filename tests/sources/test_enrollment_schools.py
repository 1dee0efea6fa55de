"""Enrollment by school, and which share of students qualifies for school meals."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.sources import enrollment_schools
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.enrollment_schools import meal_eligible_share
from c2c_lib.sources.names import Names
from support.excerpts import figure, told

Write = Callable[[str, str | bytes], RawFile]

KEYS = '"District","District Code","School","School Code"'
KINGSBURY = '"Waterbury School District","=""1510011""","Kingsbury School","=""1511411"""'
WILBY = '"Waterbury School District","=""1510011""","Wilby High School","=""1516311"""'


def school_table(by: str, columns: str, *rows: str, year: str = "2016-17") -> str:
    head = (
        f'"Student Counts by School and {by}"\r\n"All Districts, All Schools"\r\n"{year}"\r\n\r\n'
    )
    merged = "" if by == "Year" else f'"",,,,"{by}",,\r\n'
    return head + merged + f"{KEYS},{columns}\r\n" + "".join(f"{row}\r\n" for row in rows)


LUNCH = school_table(
    "Free/Reduced Lunch Eligibility",
    '"Free","Non-Subsidized","Reduced","Total"',
    f'{KINGSBURY},"1,300",100,50,"1,450"',
    f'{WILBY},"*",54,"*",70',
)


def test_groups_beside_each_other_and_a_share_from_printed_counts(
    export: Write, names: Names
) -> None:
    files = [
        export("enrollment__2016-17_all-schools_lunch.csv", LUNCH),
        export(
            "enrollment__2016-17_all-schools_ell.csv",
            school_table(
                "English Learner Status", '"No","Yes","Total"', f"{KINGSBURY},1400,50,1450"
            ),
        ),
        export(
            "enrollment__2016-17_all-schools_all-students.csv",
            school_table("Year", '"Count"', f"{KINGSBURY},1450", f'{WILBY},"*"'),
        ),
    ]
    frame = enrollment_schools.read(files, names)
    assert told(names) == []
    counts = frame[(frame["indicator"] == "enrollment") & (frame["geo_id"] == "1511411")]
    assert dict(zip(counts["group"], counts["estimate"], strict=True)) == {
        "free_meals": 1300,
        "not_eligible": 100,
        "reduced_meals": 50,
        "not_english_learner": 1400,
        "english_learner": 50,
        "all": 1450,
    }
    share = figure(frame, "students_meal_eligible", "1511411", "2016-17")
    assert (share["estimate"], share["numerator"], share["denominator"]) == (
        1350 / 1450,
        1350,
        1450,
    )
    # 16 of 70 are left for the two hidden groups: they are not worked out.
    hidden = figure(frame, "students_meal_eligible", "1516311", "2016-17")
    assert hidden["status"] == "suppressed_by_source"
    assert hidden["estimate"] is hidden["numerator"] is hidden["denominator"] is None


def test_the_state_is_the_last_row_and_the_last_column(export: Write, names: Names) -> None:
    text = (
        '"Student Counts by Race and Gender"\r\n"State of Connecticut"\r\n"2016-17"\r\n\r\n'
        '"","Gender",,\r\n"Race","Female","Male","Total"\r\n'
        '"Asian",751,707,1458\r\n"White",20,22,42\r\n"Total",771,729,1500\r\n'
    )
    frame = enrollment_schools.read(
        [export("enrollment__2016-17_race-by-gender_ct.csv", text)], names
    )
    assert told(names) == []
    assert set(frame["geo_id"]) == {"09"}
    found = dict(
        zip(zip(frame["dimension"], frame["group"], strict=True), frame["estimate"], strict=True)
    )
    assert found == {
        ("race_ethnicity", "asian"): 1458,
        ("race_ethnicity", "white"): 42,
        ("gender", "female"): 771,
        ("gender", "male"): 729,
        ("all", "all"): 1500,
    }


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("Free/Reduced Lunch Eligibility", "Lunch"), "the title is not that of this report"),
        (("All Districts, All Schools", "All Districts"), "the title is not that of this report"),
        (('"2016-17"', '"2017-18"'), "different school years"),
        (('"2016-17"', '"spring"'), "spring"),
        (('"Reduced"', '"Redused"'), "unknown label for economic_status: got 'Redused'"),
        ((',"Total"', ""), "a column is missing: got 'Total'"),
        (('"1,300"', '"1,350"'), "add up to the total (in Total): got '1500 of 1450'"),
        (('"1,300"', '"some"'), "(in a column of counts): got 'some'"),
        (('"=""1511411"""', '"=""1519999"""'), "unknown school"),
        (("Waterbury School District", "Waterbary School District"), "unknown district"),
        (('"District","District Code"', '"Code","District Code"'), "no header line"),
    ],
)
def test_a_broken_export_is_told_and_no_figure_of_it_is_wrong(
    export: Write, names: Names, change: tuple[str, str], problem: str
) -> None:
    text = LUNCH.replace(*change)
    assert text != LUNCH
    enrollment_schools.read([export("enrollment__2016-17_all-schools_lunch.csv", text)], names)
    assert any(problem in line for line in told(names)), told(names)


def test_a_cross_tabulation_that_was_cut_off(export: Write, names: Names) -> None:
    text = (
        '"Student Counts by Race and Gender"\n"State of Connecticut"\n"2016-17"\n\n'
        '"","Gender",,\n"Race","Female","Male","Total"\n"Asian",751,707,1458\n'
    )
    enrollment_schools.read([export("enrollment__2016-17_race-by-gender_ct.csv", text)], names)
    assert ["the row Total is missing" in line for line in told(names)] == [True]


def test_an_empty_file_and_no_file(export: Write, names: Names) -> None:
    assert enrollment_schools.read([], names).empty
    assert enrollment_schools.read([export("enrollment__2016-17_x.csv", "")], names).empty
    assert len(names.problems) == 1


COUNT = st.one_of(st.none(), st.integers(0, 2000))


@given(st.tuples(COUNT, COUNT, COUNT))
def test_a_share_needs_all_three_counts(numbers: tuple[int | None, ...]) -> None:
    groups = ("free_meals", "reduced_meals", "not_eligible")
    row = {"where": "f:2", "geo_level": "school", "geo_id": "1", "period": "2016-17"}
    counts = pd.DataFrame(
        {**row, "dimension": "economic_status", "group": group, "estimate": number}
        for group, number in zip(groups, numbers, strict=True)
    )
    share = meal_eligible_share(counts).iloc[0]
    values = share[["estimate", "numerator", "denominator"]]
    known = [number for number in numbers if number is not None]
    if len(known) < 3:
        assert share["status"] == "suppressed_by_source"
        assert values.isna().all()
    elif sum(known) == 0:
        assert share["status"] == "not_applicable"
        assert values.isna().all()
    else:
        assert share["status"] == "published"
        assert values.tolist() == [sum(known[:2]) / sum(known), sum(known[:2]), sum(known)]
