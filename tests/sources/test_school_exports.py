"""Exports of schools: codes before names, districts, codes that changed, rows of the state."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.catalog import Place, load_catalog
from c2c_lib.errors import Problems
from c2c_lib.sources import chronic_absence_schools, graduation_schools, suspension_schools
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import Schools
from support.excerpts import told

Write = Callable[[str, str | bytes], RawFile]

NORWALK = '"Norwalk School District","=""1030011"""'
BRIEN = '"Brien McMahon High School","=""1036211"""'
HIGH = '"Norwalk High School","=""1036111"""'
HEAD = '"District","District Code","School","School Code"'


def test_schools_and_the_state_in_one_export(export: Write, names: Names) -> None:
    text = (
        '\ufeff"Chronic Absenteeism, 2013-14"\r\n", All Schools, Gender"\r\n\r\n'
        f'{HEAD},"Gender","% Chronically Absent"\r\n'
        f'{NORWALK},{HIGH},"Female",11.3\r\n'
        f'{NORWALK},"A name of next year","=""1036111""","Male","*"\r\n'
        '"State Level","=""0000000""","State Level","=""0000000""","Male",10.8\r\n'
    )
    frame = chronic_absence_schools.read([export("c__2013-14_all-schools_gender.csv", text)], names)
    assert told(names) == []
    columns = ["geo_level", "geo_id", "period", "group", "estimate", "status"]
    found = frame[columns].astype("object").where(frame[columns].notna(), None)
    assert found.to_numpy().tolist() == [
        ["school", "1036111", "2013-14", "female", 0.113, "published"],
        ["school", "1036111", "2013-14", "male", None, "suppressed_by_source"],
        ["state", "09", "2013-14", "male", 0.108, "published"],
    ]


def test_everything_that_is_wrong_is_noted_and_the_rest_is_read(
    export: Write, names: Names
) -> None:
    rows = [
        f'{NORWALK},{HIGH},"Female",11.3',
        f'{NORWALK},"No Such School","=""1039999""","Female",11.3',
        f'{NORWALK},"Bassick High School","=""0156111""","Female",11.3',
        f'"Norwolk School District","=""1030011""",{HIGH},"Female",11.3',
        f'{NORWALK},{BRIEN},"Femal",11.3',
        f'{NORWALK},{BRIEN},"Male",113',
        f'{NORWALK},{BRIEN},"Male"',
        f'"State Level","=""0000000""",{HIGH},"Male",10.8',
    ]
    file = export("c__2013-14_all-schools_gender.csv", "\n".join([
        '"Chronic Absenteeism, 2013-14"', '", All Schools, Gender"', "",
        f'{HEAD},"Gender","% Chronically Absent"', *rows,
    ]))  # fmt: skip
    frame = chronic_absence_schools.read([file], names)
    assert len(frame) == 1
    assert {(p.where.rpartition(":")[2], p.value) for p in names.problems} == {
        ("6", "No Such School (1039999)"),
        ("7", "0156111 in 1030011"),
        ("8", "Norwolk School District (1030011)"),
        ("9", "Femal"),
        ("10", "113"),
        ("11", "5 cells"),
        ("12", "Norwalk High School"),
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ('"Chronic Absenteeism, 2013-14"\n', "no header line"),
        (
            (
                '"Chronic Absenteeism, 2013-14"\n", All Schools, All Students"\n'
                '"District","District Code","% Chronically Absent"\n'
                f"{NORWALK},9.1\n"
            ),
            "holds no schools",
        ),
        (
            (
                '"Chronic Absenteeism, 2013-14"\n"State of Connecticut, All Students"\n'
                f'{HEAD},"% Chronically Absent"\n{NORWALK},{HIGH},9.1\n'
            ),
            "a district stands in a file of the state",
        ),
        (
            (
                '"Suspensions, 2013-14"\n", All Schools, All Students"\n'
                f'{HEAD},"% Chronically Absent"\n{NORWALK},{HIGH},9.1\n'
            ),
            "the title is not that of this report",
        ),
    ],
)
def test_a_file_that_is_another_one_or_none(
    export: Write, names: Names, text: str, what: str
) -> None:
    file = export("chronic-absenteeism__2013-14_all-schools_all-students.csv", text)
    frame = chronic_absence_schools.read([file], names)
    assert frame.empty or what.startswith("the title")
    assert any(what in line for line in told(names)), told(names)


def test_no_files_give_no_rows(names: Names) -> None:
    assert chronic_absence_schools.read([], names).empty
    assert told(names) == []


def test_a_dot_for_the_districts_code_and_a_label_that_is_a_heading(
    export: Write, names: Names
) -> None:
    everyone = (
        '"District","reportingsdistrictcode","School","School Code","Count","%"\r\n'
        f'"Norwalk School District",".",{HIGH},91,5.6\r\n'
        f'"Norwalk School District",".",{BRIEN},"N/A","*"\r\n'
    )
    learners = (
        f'{HEAD},"English Learner Status","Count","%"\r\n'
        f'{NORWALK},{HIGH},"English Learner Status","*",7.5\r\n'
    )
    files = [
        export("suspension-rates__2015-16_all-schools_.csv", everyone),
        export("suspension-rates__2015-16_all-schools_ell.csv", learners),
    ]
    frame = suspension_schools.read(files, names)
    assert told(names) == []
    values = frame[["geo_id", "group", "estimate", "numerator", "status"]].astype("object")
    assert values.where(values.notna(), None).to_numpy().tolist() == [
        ["1036111", "all", 0.056, 91, "published"],
        ["1036211", "all", None, None, "suppressed_by_source"],
        ["1036111", "english_learner", 0.075, None, "published"],
    ]


def test_graduation_keeps_counts_only_beside_a_printed_rate(export: Write, names: Names) -> None:
    head = '"Four-Year Graduation Rates, 2014-15"\n"All Districts, All Schools, All Students"\n\n'
    keys = f'{HEAD},"Four-Year Cohort Count","Graduation Count","Graduation Rate"\n'
    rows = f'{NORWALK},{HIGH},400,361,90.3\n{NORWALK},{BRIEN},18,17,"*"\n'
    merged = '"",,,,,"Graduates",\n'
    file = export(
        "four-year__2014-15_all-schools_all-students_grad.csv", head + merged + keys + rows
    )
    frame = graduation_schools.FOUR_YEAR.read([file], names)
    assert told(names) == []
    assert frame["numerator"].tolist()[0] == 361
    assert frame[["estimate", "numerator", "denominator"]].iloc[1].isna().all()
    wrong = export("four__2014-15_x_grad.csv", head + keys + f"{NORWALK},{HIGH},300,361,90.3\n")
    assert graduation_schools.FOUR_YEAR.read([wrong], names).empty
    assert ["the numerator is above the denominator" in line for line in told(names)] == [True]


def school(code: str, name: str, vintage: str, *aliases: str) -> Place:
    return Place(
        geo_level="school",
        geo_id=code,
        place=f"x-school-{code}",
        name=name,
        vintage=vintage,
        parent="0930011",
        aliases=aliases,
    )


TWO_CODES = (
    school("0936911", "Riverside", "edsight-2008-09"),
    school("0939111", "Riverside", "directory-2025-01", "Riverside Academy"),
)


@pytest.mark.parametrize(
    ("name", "period", "code"),
    [
        ("Riverside", "2006-07", "0936911"),
        ("Riverside", "2008-09", "0936911"),
        ("Riverside", "2009-10", "0939111"),
        ("Riverside", "2024-25", "0939111"),
        ("Riverside", "2030-31", "0939111"),
        (" Riverside   Academy", "2006-07", "0939111"),
    ],
)
def test_a_school_with_a_new_code_keeps_the_old_one_as_long_as_it_stood(
    name: str, period: str, code: str
) -> None:
    problems = Problems()
    schools = Schools(replace(load_catalog(), places=TWO_CODES), problems)
    place = schools.find("0930011", name, "", period, "f:2")
    assert place is not None
    assert place.geo_id == code
    assert len(problems) == 0


def test_a_name_without_a_code_that_nobody_knows() -> None:
    problems = Problems()
    known = {("0930011", "Closed School")}
    schools = Schools(replace(load_catalog(), places=TWO_CODES), problems, known)
    assert schools.find("0930011", "Closed School", "", "2006-07", "f:2") is None
    assert len(problems) == 0
    assert schools.find("0930011", "Riversyde", "", "2006-07", "f:3") is None
    assert schools.find("0150011", "Riverside", "", "2006-07", "f:4") is None
    assert [(p.where, p.value) for p in problems] == [("f:3", "Riversyde"), ("f:4", "Riverside")]
    assert "'Riverside'" in next(iter(problems)).remedy


def test_a_facility_of_the_state_has_students_of_any_district() -> None:
    problems = Problems()
    schools = Schools(load_catalog(), problems)
    for district in ("1510011", "0140011"):
        place = schools.find(district, "Bridgeport Detention Center", "3480115", "2015-16", "f:2")
        assert place is not None
        assert place.parent == "09"
    assert len(problems) == 0


@given(st.sampled_from([p for p in load_catalog().places if p.geo_level == "school"]))
def test_every_school_is_found_by_its_code_and_by_its_name(place: Place) -> None:
    problems = Problems()
    schools = Schools(load_catalog(), problems)
    found = schools.find(place.parent, "any name", place.geo_id, "2015-16", "f:2")
    assert found == place
    by_name = schools.find(place.parent, place.name, "", place.vintage[-7:], "f:2")
    assert by_name is not None
    assert place.name in (by_name.name, *by_name.aliases)
    assert by_name.parent == place.parent
    assert len(problems) == 0
