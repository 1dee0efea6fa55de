"""Suspensions: no title lines, the year in the file's name."""

from collections.abc import Callable

from c2c_lib.sources import suspension
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

Write = Callable[[str, str | bytes], RawFile]


def test_groups_and_marks(export: Write, names: Names) -> None:
    ell = export(
        "suspension-rates__2009-10_ell.csv",
        '\r\n"District","District Code","English Learner Status","Count","%"\r\n'
        '"Waterbury School District","=""1510011""","English Learner Status",212,9.1\r\n'
        '"Andover School District","=""0010011""","English Learner Status","N/A",*\r\n'
        '"Canaan School District","=""0210011""","English Learner Status","N/A","N/A"\r\n',
    )
    race = export(
        "suspension-rates__2020-21_race_ct.csv",
        "District,Organization Code,Race/Ethnicity,Count,%\r\n"
        "State,0000000,Two or More Races,411,1.9",
    )
    frame = suspension.read([ell, race], names)
    assert list(names.problems) == []
    keys = ["geo_id", "period", "dimension", "group", "status"]
    learner = ("2009-10", "english_learner", "english_learner")
    assert list(frame[keys].itertuples(index=False, name=None)) == [
        ("1510011", *learner, "published"),
        ("0010011", *learner, "suppressed_by_source"),
        ("0210011", *learner, "not_applicable"),
        ("09", "2020-21", "race_ethnicity", "two_or_more", "published"),
    ]
    assert frame["estimate"].dropna().tolist() == [0.091, 0.019]
    assert frame["numerator"].dropna().tolist() == [212, 411]
    assert set(frame["indicator"]) == {"suspension"}


def test_grades_are_read_where_they_are_exported(export: Write, names: Names) -> None:
    file = export(
        "suspension-rates__2015-16_grade.csv",
        "District,District Code,Grade,Count,%\nNorwalk School District,1030011,Grade 9,300,20.5\n",
    )
    (row,) = suspension.read([file], names).to_dict("records")
    assert (row["dimension"], row["group"], row["estimate"]) == ("grade", "grade_9", 0.205)
    assert list(names.problems) == []


def test_the_year_must_stand_in_the_name(export: Write, names: Names) -> None:
    text = "District,District Code,Count,%\nWaterbury School District,1510011,300,20.5\n"
    suspension.read([export("suspension-rates.csv", text)], names)
    (problem,) = names.problems
    assert problem.value == "suspension-rates.csv"
