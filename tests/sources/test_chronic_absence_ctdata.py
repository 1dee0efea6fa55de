"""CTData's long tables of chronic absenteeism."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import chronic_absence_ctdata
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

Write = Callable[[str, str | bytes], RawFile]

HEADER = '"District","FIPS","Year","Grade","Measure Type","Variable","Value"\n'
KIND = '"Percent","Chronically Absent Students"'
COUNTED = KIND.replace("Percent", "Number")
NAME = "chronic_absenteeism_by_grade_2012-2020.csv"


def test_years_grades_marks_and_the_state(export: Write, names: Names) -> None:
    file = export(
        NAME,
        HEADER
        + f'"Connecticut","9","2011-2012","Kindergarten",{KIND},11.8\n'
        + f'"Bridgeport School District","900108070","1999-2000","Grade 1",{KIND},0\n'
        + f'"Bridgeport School District","900108070","2019-2020","Grade 12",{KIND},-9999\n'
        + f'"LEARN","","2019-2020","Grade 10",{KIND},-6666\n',
    )
    frame = chronic_absence_ctdata.read([file], names)
    assert list(names.problems) == []
    keys = ["geo_level", "geo_id", "period", "dimension", "group", "status"]
    assert list(frame[keys].itertuples(index=False, name=None)) == [
        ("state", "09", "2011-12", "grade", "kindergarten", "published"),
        ("district", "0150011", "1999-00", "grade", "grade_1", "published"),
        ("district", "0150011", "2019-20", "grade", "grade_12", "suppressed_by_source"),
        ("district", "2450014", "2019-20", "grade", "grade_10", "not_collected"),
    ]
    assert frame["estimate"][:2].tolist() == [0.118, 0.0]
    assert frame["estimate"][2:].isna().all()
    assert frame[["numerator", "denominator"]].isna().all(axis=None)


def test_a_table_without_a_group_column_is_about_all(export: Write, names: Names) -> None:
    text = (
        '"District","FIPS","Year","Variable","Measure Type","Value"\n'
        '"Stamford School District","900173070","2014-2015","Chronically Absent Students",'
        '"Percent","8.9"\n'
    )
    (row,) = chronic_absence_ctdata.read([export(NAME, text)], names).to_dict("records")
    assert (row["dimension"], row["group"], row["estimate"]) == ("all", "all", 0.089)


@pytest.mark.parametrize(
    ("row", "value", "column"),
    [
        (f'"Stamford School District","","2011-2013","Grade 1",{KIND},1', "2011-2013", "Year"),
        (f'"Stamford School District","","2012","Grade 1",{KIND},1', "2012", "Year"),
        (
            f'"Stamford School District","900108070","2011-2012","Grade 1",{KIND},1',
            "900108070",
            "FIPS",
        ),
        (f'"Connecticut","10","2011-2012","Grade 1",{KIND},1', "10", "FIPS"),
        (
            f'"Stamford School District","","2011-2012","Grade 1",{COUNTED},1',
            "Number",
            "Measure Type",
        ),
        (
            '"Stamford School District","","2011-2012","Grade 1","Percent","Late",1',
            "Late",
            "Variable",
        ),
        (f'"Stamford School District","","2011-2012","Grade 1",{KIND},-7777', "-7777", "Value"),
        (f'"Stamford School District","","2011-2012","Grade 13",{KIND},1', "Grade 13", ""),
    ],
)
def test_what_is_not_known_is_noted(
    export: Write, names: Names, row: str, value: str, column: str
) -> None:
    good = f'"Norwalk School District","","2011-2012","Grade 2",{KIND},5\n'
    frame = chronic_absence_ctdata.read([export(NAME, HEADER + row + "\n" + good)], names)
    (problem,) = names.problems
    assert (problem.where, problem.value, problem.column) == (f"{NAME}:2", value, column)
    assert list(frame["geo_id"]) == ["1030011"]
