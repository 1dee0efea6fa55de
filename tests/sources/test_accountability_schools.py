"""Accountability results of schools: what does not apply, what is hidden, what it is about."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import accountability_schools
from c2c_lib.sources.accountability import CAPPED, FEW_TESTED
from c2c_lib.sources.accountability_schools import LEFT_FOR_GRADE_9
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure, told

Write = Callable[[str, str | bytes], RawFile]

RATES = [
    *(f"Ind1{s}_{g}_Rate" for s in ("ELA", "Math", "Sci") for g in ("All", "HN", "NHN")),
    *(f"Ind2{s}_{g}_Rate" for s in ("ELA", "Math") for g in ("All", "HN", "NHN")),
    *("Ind2LEP_LTCY_Rate", "Ind2LEP_ORAL_Rate", "Ind4Rate", "Ind4HNRate", "Ind5Rate", "Ind6Rate"),
    *("Ind7Rate", "Ind8Rate", "Ind9Rate", "Ind10Rate", "Ind11FitnessRate"),
    *("Ind11ParticipationRate", "Ind12Rate"),
]
KEYS = [
    *("RptngDistrictName", "ReportingDistrictCode", "SchoolName", "SchoolCode"),
    *("SchoolLowGrade", "SchoolHighGrade", "Category", "schoolyear"),
]


def row(school: str, low: str, high: str, kind: str = "SchoolTot", **rates: str) -> str:
    place = ["Stamford School District", '="1350011"', "A school", f'="{school}"', low, high]
    cells = [*place, kind, "2024-25", *(rates.get(name, ".") for name in RATES)]
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def results(*rows: str) -> str:
    head = '"Next Generation Accountability, 2024-25"\n\n' + ",".join([*KEYS, *RATES])
    return "\n".join([head, *rows, ""])


ELEMENTARY, MIDDLE, HIGH, PRIMARY = "1350111", "1355711", "1356111", "1350711"


def test_what_applies_follows_from_the_grades(export: Write, names: Names) -> None:
    text = results(
        row(ELEMENTARY, "K", "5", Ind1ELA_NHN_Rate="75.000000", Ind4Rate="0.104167"),
        row(MIDDLE, "6", "8", Ind7Rate="0.938202"),
        row(HIGH, "9", "12", Ind7Rate="0.870000", Ind8Rate="0.912037"),
        row(PRIMARY, "PK", "2"),
        row("0000000", "District", "District", "DistrictTot", Ind4Rate="0.2"),
    )
    frame = accountability_schools.read([export("nga.csv", text)], names)
    assert told(names) == []
    assert set(frame["geo_level"]) == {"school"}

    def shown(indicator: str, school: str, period: str = "2024-25", group: str = "all"):
        found = figure(frame, indicator, school, period, group)
        return found["status"], found["estimate"], found["note"]

    assert shown("chronic_absence", ELEMENTARY) == ("published", 0.104167, "")
    assert shown("ela_performance_index", ELEMENTARY, group="not_high_needs") == (
        "published",
        75.0,
        CAPPED,
    )
    assert shown("ela_performance_index", ELEMENTARY)[0] == "suppressed_by_source"
    assert shown("ela_performance_index", PRIMARY)[0] == "not_applicable"
    assert shown("chronic_absence", PRIMARY)[0] == "suppressed_by_source"
    assert shown("ninth_grade_on_track", ELEMENTARY)[0] == "not_applicable"
    assert shown("ninth_grade_on_track", MIDDLE) == ("published", 0.938202, LEFT_FOR_GRADE_9)
    assert shown("ninth_grade_on_track", HIGH) == ("published", 0.87, "")
    assert shown("graduation_4yr", HIGH, "2023-24") == ("published", 0.912037, "")
    assert shown("graduation_4yr", MIDDLE, "2023-24")[0] == "not_applicable"
    assert shown("postsecondary_entrance_1yr", HIGH, "2023-24")[0] == "suppressed_by_source"
    assert shown("science_performance_index", HIGH)[0] == "suppressed_by_source"


def test_growth_courses_fitness_and_arts(export: Write, names: Names) -> None:
    fit = {"Ind11FitnessRate": "0.52", "Ind11ParticipationRate": "0.85"}
    text = results(
        row(ELEMENTARY, "K", "5", Ind2ELA_HN_Rate="0.588885", Ind2LEP_LTCY_Rate="0.6", **fit),
        row(HIGH, "9", "12", Ind5Rate="0.81", Ind9Rate="0.9", Ind12Rate="0.5"),
        row(PRIMARY, "PK", "2"),
    )
    frame = accountability_schools.read([export("nga.csv", text)], names)
    assert told(names) == []

    def shown(indicator: str, school: str, period: str = "2024-25", group: str = "all"):
        found = figure(frame, indicator, school, period, group)
        return found["status"], found["estimate"], found["note"]

    # A share of the growth target is read as points of 100, as for districts.
    assert shown("growth_ela_rate", ELEMENTARY, group="high_needs") == ("published", 58.8885, "")
    assert shown("growth_english_literacy", ELEMENTARY)[:2] == ("published", 60.0)
    assert shown("growth_ela_rate", PRIMARY)[0] == "not_applicable"
    assert shown("growth_ela_rate", HIGH)[0] == "not_applicable"
    assert shown("physical_fitness", ELEMENTARY) == ("published", 0.52, FEW_TESTED)
    assert shown("physical_fitness", PRIMARY)[0] == "not_applicable"
    assert shown("physical_fitness", HIGH)[0] == "suppressed_by_source"
    assert shown("ccr_courses", HIGH) == ("published", 0.81, "")
    assert shown("ccr_courses", ELEMENTARY)[0] == "not_applicable"
    assert shown("ccr_exams", HIGH)[0] == "suppressed_by_source"
    assert shown("graduation_6yr_high_needs", HIGH, "2021-22") == ("published", 0.9, "")
    assert shown("arts_access", HIGH) == ("published", 0.5, "")
    assert shown("arts_access", ELEMENTARY)[0] == "not_applicable"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (row("1359999", "K", "5"), "A school (1359999)"),
        (row(ELEMENTARY, "K", "13"), "13"),
        (row(ELEMENTARY, "K", "5", Ind4Rate="10.4"), "10.4"),
        (row(ELEMENTARY, "K", "5", Ind1ELA_All_Rate="101"), "101"),
        (row(ELEMENTARY, "K", "5", Ind4Rate="x"), "x"),
        (row(ELEMENTARY, "K", "5", "Schooltot"), "Schooltot"),
        (row(ELEMENTARY, "K", "5").replace("2024-25", "2024-26"), "2024-26"),
        (row("0150111", "K", "5"), "0150111 in 1350011"),
    ],
)
def test_what_is_wrong_is_noted(export: Write, names: Names, line: str, value: str) -> None:
    accountability_schools.read([export("nga.csv", results(line, row(HIGH, "9", "12")))], names)
    assert [(p.where, p.value) for p in names.problems] == [("nga.csv:4", value)]


def test_a_lost_column_and_no_file(export: Write, names: Names) -> None:
    assert accountability_schools.read([], names).empty
    text = results(row(HIGH, "9", "12")).replace("SchoolLowGrade", "LowGrade")
    assert accountability_schools.read([export("nga.csv", text)], names).empty
    assert [p.value for p in names.problems] == ["SchoolLowGrade"]
