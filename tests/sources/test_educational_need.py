"""Who the students are, by CTData: printed percents, hidden ones, rows that are missing."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.educational_need import INDICATORS, read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

NEED = "Indicator of Educational Need"
HEADER = f"District,FIPS,Year,Variable,{NEED},Measure Type,Value\n"
MEALS, ENGLISH, SPECIAL = INDICATORS
ALL = "Total Students Evaluated"
BRIDGEPORT = "0150011"


def row(need: str, kind: str, value: object, year: str = "2011-2012", variable: str = NEED) -> str:
    return f"Bridgeport School District,900108070,{year},{variable},{need},{kind},{value}\n"


def rows(need: str, number: object, percent: object) -> str:
    return row(need, "Number", number) + row(need, "Percent", percent)


WHOLE = (
    HEADER
    + rows(MEALS, 20186, 99.1)
    + rows(ENGLISH, -9999, -9999)
    + rows(SPECIAL, 2674, 13.1)
    + row(ALL, "Number", 20367)
)


@pytest.fixture
def names() -> Names:
    return names_of("bridgeport")


def test_percents_as_printed_with_their_counts(export: Write, names: Names):
    frame = read([export("need.csv", WHOLE)], names)
    assert told(names) == []
    assert len(frame) == 3
    got = {i: figure(frame, i, BRIDGEPORT, "2011-12") for i in INDICATORS.values()}
    columns = ("status", "estimate", "numerator", "denominator")
    assert [tuple(row[c] for c in columns) for row in got.values()] == [
        ("published", 0.991, 20186, 20367),
        ("suppressed_by_source", None, None, None),
        ("published", 0.131, 2674, 20367),
    ]


def test_a_hidden_total_hides_no_more_than_the_publisher_did(export: Write, names: Names):
    text = HEADER + rows(MEALS, 0, -9999) + rows(SPECIAL, 19, 5.3) + row(ALL, "Number", -9999)
    frame = read([export("need.csv", text)], names)
    assert told(names) == []
    meals, special = (figure(frame, INDICATORS[n], BRIDGEPORT, "2011-12") for n in (MEALS, SPECIAL))
    assert (meals["status"], meals["numerator"]) == ("suppressed_by_source", None)
    assert (special["estimate"], special["denominator"]) == (0.053, None)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (row("Homeless", "Number", 3), "unknown label"),
        (row(MEALS, "Number", 3), "a second row stands for the same figure"),
        (row(MEALS, "Share", 3, year="2012-2013"), "the row gives something else"),
        (row(MEALS, "Number", 3, variable="Need"), "the row gives something else"),
        (row(MEALS, "Number", 3, year="2012-2014"), "the school year does not read"),
        (
            row(MEALS, "Number", 3, year="2012-2013"),
            "a number, a percent or the total of all students is missing",
        ),
    ],
)
def test_what_is_wrong_is_noted(export: Write, names: Names, line: str, what: str):
    frame = read([export("need.csv", WHOLE + line)], names)
    assert len(frame) == 3
    (problem,) = names.problems
    assert (problem.where, problem.what) == ("need.csv:9", what)


@pytest.mark.parametrize(
    ("number", "percent", "what"),
    [
        (20186, 100.5, "the cell does not read"),
        (20186.5, 99.1, "the cell does not read"),
        (20368, 99.9, "the numerator is above the denominator"),
        (10186, 99.1, "the printed counts do not give the printed percent"),
        ("", 99.1, "the cell is empty"),
    ],
)
def test_cells_that_contradict_each_other_are_noted(
    export: Write, names: Names, number: object, percent: object, what: str
):
    text = HEADER + rows(MEALS, number, percent) + row(ALL, "Number", 20367)
    assert read([export("need.csv", text)], names).empty
    assert [problem.what for problem in names.problems] == [what]
