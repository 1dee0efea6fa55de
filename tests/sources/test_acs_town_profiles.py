"""Town profiles: two spellings of levels and groups, shares worked out from counts."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.acs_town_profiles import read
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

Row = tuple[str, str, str, str, str]
BRIDGEPORT_2018: list[Row] = [
    ("4_towns", "Bridgeport", "ages0_17_poverty", "9812", "1011"),
    ("4_towns", "Bridgeport", "ages0_17_poverty_status_determined", "33671", "748"),
    ("4_towns", "Bridgeport", "bachelors_plus", "17191", "940"),
    ("4_towns", "Bridgeport", "ages25plus", "93917", "951"),
]
STATE_2018: list[Row] = [("1_state", "Connecticut", *row[2:]) for row in BRIDGEPORT_2018]


def profile(rows: list[Row], year: str = "2018") -> str:
    head = "indicator,level,name,year,group,estimate,moe,share,sharemoe\n"
    return head + "".join(
        f"x,{level},{name},{year},{group},{estimate},{moe},NA,NA\n"
        for level, name, group, estimate, moe in rows
    )


def newer(rows: list[Row]) -> list[Row]:
    level = {"4_towns": "6_town", "1_state": "2_state", "2_counties": "3_county"}
    return [(level[r[0]], r[1], r[2].replace("ages0_17", "ages00_17"), *r[3:]) for r in rows]


@pytest.fixture
def names() -> Names:
    return names_of("bridgeport")


@pytest.mark.parametrize(
    ("rows", "year", "period"),
    [
        pytest.param(BRIDGEPORT_2018 + STATE_2018, "2018", "2014-2018", id="2018"),
        pytest.param(newer(BRIDGEPORT_2018 + STATE_2018), "2023", "2019-2023", id="2023"),
    ],
)
def test_shares(export: Write, names: Names, rows: list[Row], year: str, period: str) -> None:
    others: list[Row] = [
        ("1_us", "United States", "bachelors_plus", "1", "1"),
        ("lower_legis", "State House District 1", "ages25plus", "1", "1"),
        ("5_region", "Greater Bridgeport", "ages25plus", "1", "1"),
        (rows[0][0], "Bridgeport", "pop_density", "NA", "NA"),
    ]
    frame = read([export("p.csv", profile(others + rows, year))], names)
    assert told(names) == []
    assert len(frame) == 4
    degrees = figure(frame, "adults_bachelors", "0900108070", period)
    # The report prints 0.183 with a margin of 0.01 next to these counts.
    assert round(degrees["estimate"], 3) == 0.183
    assert round(degrees["moe90"], 2) == 0.01
    poverty = figure(frame, "child_poverty", "0900108070", period)
    assert (poverty["numerator"], poverty["denominator"]) == (9812, 33671)
    assert (poverty["estimate"], poverty["dimension"]) == (9812 / 33671, "all")
    assert figure(frame, "child_poverty", "09", period)["geo_level"] == "state"


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    rows = [
        ("8_towns", "Brigeport", "ages25plus", "5", "1"),
        ("4_villages", "Bridgeport", "ages25plus", "5", "1"),
        *BRIDGEPORT_2018[:3],
        ("4_towns", "Bridgeport", "bachelors_plus", "17192", "940"),
        ("4_towns", "Bridgeport", "ages25plus", "many", "951"),
        *STATE_2018,
    ]
    frame = read([export("p.csv", profile(rows))], names)
    assert set(frame["indicator"]) == {"child_poverty", "adults_bachelors"}
    assert [(p.where, p.what) for p in names.problems] == [
        ("p.csv:3", "unknown label"),
        ("p.csv:2", "unknown town"),
        ("p.csv:8", "the cell does not read as a number"),
        ("p.csv:7", "a second row stands for"),
        ("p.csv", "a count or its margin of error is not given"),
    ]


def test_a_group_that_is_missing_is_noted(export: Write, names: Names) -> None:
    rows = [row for row in BRIDGEPORT_2018 + STATE_2018 if row[2] != "bachelors_plus"]
    read([export("p.csv", profile(rows))], names)
    first = next(iter(names.problems))
    assert (first.what, first.value) == ("a group is missing", "bachelors_plus")
