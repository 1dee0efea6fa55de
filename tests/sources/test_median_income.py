"""Median income by race: marks, open ends, county remainders, groups that overlap."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.acs_medians import NO_MEDIAN, OPEN_END
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.median_income import OVERLAPS, read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

HEADER = "FIPS,Year,Measure Type,Variable,Race/Ethnicity,Median Household Income,Value,Town\n"
ID, STAMFORD, PERIOD = "median_household_income", "0900173070", "2008-2012"
BLACK = "Black or African American Alone"
WHITE = "White Alone Not Hispanic or Latino"


def rows(race: str, median: str, margin: str, town: str = "Stamford") -> str:
    code = {"Stamford": STAMFORD, "Connecticut": "09", "": "0900100000"}[town]
    return (
        f"{code},{PERIOD},Number,Median Household Income,{race},Total,{median},{town}\n"
        f"{code},{PERIOD},Number,Margins of Error,{race},Total,{margin},{town}\n"
    )


STATE = rows("All", "69519.0", "330.0", "Connecticut")
WHOLE = HEADER + rows("All", "76134.0", "2500.0") + STATE


@pytest.fixture
def names() -> Names:
    return names_of("stamford")


def test_medians_by_group(export: Write, names: Names):
    text = (
        WHOLE
        + rows(BLACK, "48000.0", "5200.0")
        + rows(WHITE, "250001.0", "***".replace("*", ""))
        + rows("Asian Alone", "-666666666.0", "")
        + rows("Two or More Races", "", "")
        + rows("White Alone", "99999.0", "1.0")
        + rows("Some Other Race Alone", "1.0", "1.0")
        + rows("All", "", "", town="")  # what remains of a county
    )
    frame = read([export("m.csv", text)], names)
    assert told(names) == []
    assert len(frame) == 6
    expected = {
        "all": ("published", 76134, 2500, None),
        "black": ("published", 48000, 5200, OVERLAPS),
        "white": ("published", 250001, None, OPEN_END),
        "asian": ("not_applicable", None, None, f"{OVERLAPS} {NO_MEDIAN}"),
        "two_or_more": ("not_applicable", None, None, f"{OVERLAPS} {NO_MEDIAN}"),
    }
    for group, cells in expected.items():
        row = figure(frame, ID, STAMFORD, PERIOD, group)
        got = (row["status"], row["estimate"], row["moe90"], row["note"] or None)
        assert got == cells, group
        assert row["dimension"] == ("all" if group == "all" else "race_ethnicity")
        assert (row["numerator"], row["denominator"]) == (None, None)


@pytest.mark.parametrize(
    ("median", "margin", "what"),
    [
        ("", "", "a median is not given"),
        ("50000.0", "", "the margin of a median is not given"),
        ("-1.0", "5.0", "the number is out of range"),
        ("50,00", "5.0", "the row is cut short or has a cell too many"),
        ("$50000", "5.0", "the cell does not read as a number"),
    ],
)
def test_a_median_of_all_that_is_not_there_is_noted(
    export: Write, names: Names, median: str, margin: str, what: str
):
    read([export("m.csv", HEADER + rows("All", median, margin) + STATE)], names)
    assert what in [problem.what for problem in names.problems]


def test_unknown_labels_codes_and_periods_are_noted(export: Write, names: Names):
    text = WHOLE + rows("Martian Alone", "1.0", "1.0")
    text += f"0900156060,{PERIOD},Number,Median Household Income,{BLACK},Total,1.0,Stamford\n"
    text += f"{STAMFORD},2008-12,Number,Median Household Income,{BLACK},Total,1.0,Stamford\n"
    text += f"{STAMFORD},{PERIOD},Percent,Mean,{BLACK},Families,1.0,Stamford\n"
    read([export("m.csv", text)], names)
    assert [p.where for p in names.problems] == [
        "m.csv:10",
        "m.csv:10",
        "m.csv:10",
        "m.csv:6",
        "m.csv:9",
        "m.csv:8",
    ]
