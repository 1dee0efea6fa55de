"""Unemployment: annual averages of towns and the state, as printed."""

from collections.abc import Callable
from typing import Any

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.labor_force import SHEET, read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told, workbook

Write = Callable[[str, str | bytes], RawFile]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEADER = ["Method", "Area Code", "Area Title", "Data Type"]
HEADER += [f"{month} 2012 (B - 2019)" for month in MONTHS] + ["AVG 2012 (B - 2019)", None]
TOWN = ("CS0947535000000", "Milford (consolidated) city/town, CT")
STATE = ("ST0900000000000", "Connecticut")


def area(code: str, title: str, force: Any, unemployed: Any, rate: Any) -> list[list[Any]]:
    values = {
        "Labor Force": force,
        "Employment": 60000,
        "Unemployment": unemployed,
        "Unemployment Rate": rate,
    }
    return [["3", code, title, kind, *[1] * 12, value, None] for kind, value in values.items()]


def book(*areas: list[list[Any]], header: list[Any] = HEADER) -> bytes:
    return workbook({SHEET: [header, *(row for rows in areas for row in rows)], "Towns": [["x"]]})


@pytest.fixture
def names() -> Names:
    return names_of("milford", "naugatuck")


def test_annual_averages(export: Write, names: Names) -> None:
    content = book(
        area("CA0972000000000", "Bridgeport-New Haven, CT Combined NECTA", 9, 9, 9),
        area(*TOWN, 30123, 2108, 7),
        area("CS0949950000000", "Naugatuck borough/town, CT", 71406, 8446, 11.8),
        area("CT0947500000000", "Milford (consolidated) city/town, CT", 1, 1, 1),
        area(*STATE, 1887419, 157581, 8.3),
        area("US0000000000000", "United States", 9, 9, 9),
        [[None, "CT NSA", "rounded", "LF", *[None] * 13]],
    )
    frame = read([export("LAUS Substate 2012 AP 19bm.xlsx", content)], names)
    assert told(names) == []
    assert len(frame) == 3
    columns = ("geo_level", "estimate", "numerator", "denominator", "status")
    got = {row["geo_id"]: tuple(row[column] for column in columns) for _, row in frame.iterrows()}
    assert got == {
        "0900947535": ("town", 0.07, 2108, 30123, "published"),
        "0900949950": ("town", 0.118, 8446, 71406, "published"),
        "09": ("state", 0.083, 157581, 1887419, "published"),
    }
    assert figure(frame, "unemployment_rate", "09", "2012")["dimension"] == "all"


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    wrong_kind = area(*STATE, 10, 5, 50)
    wrong_kind[2][3] = "Unemployed"
    content = book(
        area("CS0947500000000", "Naugatuck borough/town, CT", 9, 1, 9),
        area("CS0999999000000", "Naugatook town, CT", 9, 1, 9),
        area(TOWN[0], TOWN[1], 5, 9, 101),
        wrong_kind,
    )
    read([export("x.xlsx", content)], names)
    assert [(p.where.removeprefix(f"x.xlsx:{SHEET}"), p.what, p.value) for p in names.problems] == [
        *(
            (f"!{n}", "the code does not belong to Naugatuck", "CS0947500000000")
            for n in range(2, 6)
        ),
        *((f"!{n}", "unknown town", "Naugatook") for n in range(6, 10)),
        ("!13", "the number is out of range", "101"),
        ("!16", "unknown label", "Unemployed"),
        ("!10", "the unemployed are more than the labor force", "9 of 5"),
        ("!14", "a row is missing for this place", "Unemployment"),
        ("x.xlsx", "2 rows are missing for 2012; the file may be cut short", "Milford, Naugatuck"),
    ]


def test_a_town_under_the_states_code_and_the_state_under_a_towns(
    export: Write, names: Names
) -> None:
    content = book(
        area(STATE[0], "Naugatuck borough/town, CT", 9, 1, 9), area(TOWN[0], STATE[1], 9, 1, 9)
    )
    assert read([export("x.xlsx", content)], names).empty
    whats = {p.what for p in names.problems}
    assert whats == {
        "the code does not belong to Naugatuck",
        "the code does not belong to Connecticut",
    }


def test_a_header_that_is_not_as_expected(export: Write, names: Names) -> None:
    other = [cell for cell in HEADER if cell != "AVG 2012 (B - 2019)"]
    assert read([export("x.xlsx", book(header=other))], names).empty
    assert [(p.where, p.what) for p in names.problems] == [
        (f"x.xlsx:{SHEET}!1", "the header is not as expected")
    ]
