"""Who the students are, by EdSight: three reports, the state's row, what is hidden."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.educational_need_edsight import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

MEALS = '"Free","Non-Subsidized","Reduced","Total"'
YES_NO = '"No","Yes","Total"'
TITLES = {
    "lunch": ("Student Counts by District and Free/Reduced Lunch Eligibility", MEALS),
    "ell": ("Student Counts by District and English Learner Status", YES_NO),
    "special-education": ("Student Counts by District and Special Education Status", YES_NO),
}
NAME = "Waterbury School District"
WATERBURY = "1510011"


def report(
    kind: str, city: str, state: str, *, year: str = "2021-22", scope: str = "All Districts"
) -> str:
    title, header = TITLES[kind]
    return (
        f'"{title}"\r\n"{scope}"\r\n"{year}"\r\n\r\n"",,"Group",,\r\n'
        f'"District","District Code",{header}\r\n'
        f'"{NAME}","=""1510011""",{city}\r\n"Total","=""""",{state}\r\n'
    )


@pytest.fixture
def names() -> Names:
    return names_of("waterbury")


@pytest.mark.parametrize(
    ("kind", "indicator", "city", "counts"),
    [
        ("lunch", "students_meal_eligible", "12000,5457,1203,18660", (13203, 18660)),
        ("ell", "students_english_learners", "15472,3188,18660", (3188, 18660)),
        ("special-education", "students_with_disabilities", "15021,3639,18660", (3639, 18660)),
    ],
)
def test_shares(export: Write, names: Names, kind: str, indicator: str, city: str, counts):
    state = '"177,230",305233,31152,513615' if kind == "lunch" else "468344,45271,513615"
    file = export(f"raw/enrollment__2021-22_{kind}.csv", report(kind, city, state))
    frame = read([file], names)
    assert told(names) == []
    row = figure(frame, indicator, WATERBURY, "2021-22")
    assert (row["numerator"], row["denominator"]) == counts
    assert row["estimate"] == counts[0] / counts[1]
    of_state = figure(frame, indicator, "09", "2021-22")
    assert of_state["denominator"] == 513615
    assert of_state["geo_level"] == "state"


@pytest.mark.parametrize(
    "city",
    [
        '12000,5457,"*",18660',  # with the total, it could be worked out
        '"*",5457,"*",18660',  # together they could be worked out, and are not
        '12000,5457,1203,"*"',
    ],
)
def test_what_is_hidden_is_not_worked_out(export: Write, names: Names, city: str):
    text = report("lunch", city, "2,3,1,6")
    frame = read([export("enrollment__2021-22_lunch.csv", text)], names)
    assert told(names) == []
    row = figure(frame, "students_meal_eligible", WATERBURY, "2021-22")
    assert row["status"] == "suppressed_by_source"
    assert [row[c] for c in ("estimate", "numerator", "denominator", "moe90")] == [None] * 4


def test_a_hidden_rest_hides_nothing_that_is_printed(export: Write, names: Names):
    text = report("ell", '"*",0,12', "3,1,4")
    frame = read([export("enrollment__2021-22_ell.csv", text)], names)
    row = figure(frame, "students_english_learners", WATERBURY, "2021-22")
    assert (row["status"], row["estimate"], row["denominator"]) == ("published", 0, 12)


def test_a_district_without_students_has_no_share(export: Write, names: Names):
    frame = read([export("enrollment__2021-22_ell.csv", report("ell", "0,0,0", "3,1,4"))], names)
    assert told(names) == []
    row = figure(frame, "students_english_learners", WATERBURY, "2021-22")
    assert (row["status"], row["estimate"]) == ("not_applicable", None)


@pytest.mark.parametrize(
    ("city", "what"),
    [
        ("15472,3188,18661", "the counts do not add up to the total"),
        ('"*",3188,3000', "the counts do not add up to the total"),
        ("15472,few,18660", "the cell does not read as a number"),
        ("15472,-3188,18660", "the number is out of range"),
        ("15472,3188", "the row is cut short or has a cell too many"),
    ],
)
def test_wrong_cells_are_noted(export: Write, names: Names, city: str, what: str):
    frame = read([export("enrollment__2021-22_ell.csv", report("ell", city, "3,1,4"))], names)
    assert frame["geo_id"].tolist() == ["09"]
    (problem,) = names.problems
    assert problem.what == what
    assert problem.where == "enrollment__2021-22_ell.csv:7"


@pytest.mark.parametrize(
    ("name", "options", "what"),
    [
        ("enrollment__2020-21_ell.csv", {}, "the title and the file's name give different"),
        ("enrollment__2021-22_ell.csv", {"year": "2021-23"}, "period is '2021-23'"),
        ("enrollment__2021-22_ell.csv", {"scope": "Hartford"}, "the title is not that of this"),
    ],
)
def test_titles_that_do_not_fit_are_noted(export: Write, names: Names, name, options, what):
    text = report("ell", "15472,3188,18660", "3,1,4", **options)
    read([export(name, text)], names)
    (problem,) = names.problems
    assert problem.what.startswith(what)


def test_a_report_without_the_state_is_cut_short(export: Write, names: Names):
    text = report("ell", "15472,3188,18660", "3,1,4").rpartition('"Total"')[0]
    read([export("enrollment__2021-22_ell.csv", text)], names)
    (problem,) = names.problems
    assert (problem.what, problem.value) == (
        "a row is missing for 2021-22; the file may be cut short",
        "Connecticut",
    )


def test_an_empty_file_is_a_problem(export: Write, names: Names):
    assert read([export("enrollment__2021-22_ell.csv", "")], names).empty
    assert [problem.what for problem in names.problems] == ["the file is empty"]
