"""Households that spend much on housing: printed percents, tenure, a window without figures."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.cost_burden import NO_FIGURES, read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

HEADER = '"Town","FIPS","Year","Householder Status","Measure Type","Variable","Value"\n'
ID = "housing_cost_burden_rent_or_mortgage"
NORWALK = "0900156060"
VALUE, MARGIN = "Cost-burdened Households", "Margins of Error"


def rows(status: str, *cells: object, town: str = "Norwalk", year: str = "2014-2018") -> str:
    """Return the four rows of a figure: number, its margin, percent, its margin."""
    code = {"Norwalk": NORWALK, "Connecticut": "09"}[town]
    kinds = [("Number", VALUE), ("Number", MARGIN), ("Percent", VALUE), ("Percent", MARGIN)]
    return "".join(
        f'"{town}","{code}","{year}","{status}","{kind}","{what}",{cell}\n'
        for (kind, what), cell in zip(kinds, cells, strict=False)
    )


WHOLE = (
    HEADER
    + rows("All", 12500, 801.25, 45.07, 2.33)
    + rows("Homeowner", 5200, 410, 36.4, 2.9)
    + rows("Renter", 7300, 640.5, "54.0", 3)
    + rows("All", 400000, 4100, 39.6, 0.32, town="Connecticut")
)


@pytest.fixture
def names() -> Names:
    return names_of("norwalk")


def test_percents_as_printed(export: Write, names: Names):
    frame = read([export("c.csv", WHOLE)], names)
    assert told(names) == []
    got = {
        group: figure(frame, ID, NORWALK, "2014-2018", group)
        for group in ("all", "owner", "renter")
    }
    assert [(g["dimension"], g["estimate"], g["moe90"], g["numerator"]) for g in got.values()] == [
        ("all", 0.4507, 0.0233, 12500),
        ("tenure", 0.364, 0.029, 5200),
        ("tenure", 0.54, 0.03, 7300),
    ]
    assert {g["denominator"] for g in got.values()} == {None}
    assert figure(frame, ID, "09", "2014-2018")["geo_level"] == "state"


def test_a_window_without_figures_says_so(export: Write, names: Names):
    nothing = [
        rows("All", *[-9999] * 4, town=town, year="2016-2020")
        for town in ("Norwalk", "Connecticut")
    ]
    frame = read([export("c.csv", HEADER + "".join(nothing))], names)
    assert told(names) == []
    row = figure(frame, ID, NORWALK, "2016-2020")
    assert (row["status"], row["note"]) == ("not_collected", NO_FIGURES)
    assert [row[c] for c in ("estimate", "numerator", "denominator", "moe90")] == [None] * 4


def test_everything_that_is_wrong_is_noted(export: Write, names: Names):
    text = (
        WHOLE
        + rows("Lodger", 1, 1, 1, 1)
        + rows("All", 1, 1, 100.01, 1, year="2013-2017")
        + rows("All", 1, 1, year="2012-2016")
        + rows("Renter", 7300, 1, year="2014-2018")[: -len("1\n")]
        + "few\n"
        + f'"Norwalk","{NORWALK}","2014-18","All","Number","{VALUE}",3\n'
        + f'"Norwalk","0900173070","2014-2018","All","Number","{VALUE}",3\n'
        + f'"Norwalk","{NORWALK}","2014-2018","All","Share","Count",3\n'
        + f'"Norwalk","{NORWALK}"\n'
    )
    read([export("c.csv", text)], names)
    found = [(p.where, p.what) for p in names.problems]
    assert found[0] == ("c.csv:33", "the row is cut short or has a cell too many")
    assert found[1:4] == [
        ("c.csv:32", "unknown label"),
        ("c.csv:32", "unknown label"),
        ("c.csv:18", "unknown label for tenure"),
    ]
    assert ("c.csv:31", "the code does not belong to Norwalk") in found
    assert ("c.csv:24", "the number is out of range") in found
    assert ("c.csv:29", "the cell does not read as a number") in found
    assert ("c.csv:28", "a second row stands for") in found
    assert found.count(("c.csv", "not every cell of a figure is given")) == 2


@pytest.mark.parametrize("text", ["", HEADER, WHOLE.replace("Year", "Years")])
def test_an_empty_or_renamed_table_is_a_problem(export: Write, names: Names, text: str):
    assert read([export("c.csv", text)], names).empty
    assert len(told(names)) == 1


def test_a_missing_town_is_noted(export: Write, names: Names):
    read([export("c.csv", HEADER + rows("All", 1, 1, 1, 1))], names)
    (problem,) = names.problems
    assert (problem.what, problem.value) == (
        "a row is missing for 2014-2018; the file may be cut short",
        "Connecticut",
    )
