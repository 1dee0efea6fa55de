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
    ("4_towns", "Bridgeport", "total_pop", "150000", "2000"),
    ("4_towns", "Bridgeport", "ages0_17", "30000", "900"),
    ("4_towns", "Bridgeport", "ages0_17_low_income", "20000", "1200"),
]
STATE_2018: list[Row] = [("1_state", "Connecticut", *row[2:]) for row in BRIDGEPORT_2018]


def profile(
    rows: list[Row], year: str = "2018", column: str = "indicator", topic: str = "age"
) -> str:
    head = f"{column},level,name,year,group,estimate,moe,share,sharemoe\n"
    return head + "".join(
        f"{topic},{level},{name},{year},{group},{estimate},{moe},NA,NA\n"
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
    assert len(frame) == 8
    degrees = figure(frame, "adults_bachelors", "0900108070", period)
    # The report prints 0.183 with a margin of 0.01 next to these counts.
    assert round(degrees["estimate"], 3) == 0.183
    assert round(degrees["moe90"], 2) == 0.01
    poverty = figure(frame, "child_poverty", "0900108070", period)
    assert (poverty["numerator"], poverty["denominator"]) == (9812, 33671)
    assert (poverty["estimate"], poverty["dimension"]) == (9812 / 33671, "all")
    low = figure(frame, "child_low_income", "0900108070", period)
    assert (low["numerator"], low["denominator"]) == (20000, 33671)
    # sqrt(1200^2 - (20000 / 33671)^2 748^2) / 33671, worked out by hand.
    assert low["moe90"] == pytest.approx(0.0331062, abs=1e-7)
    assert figure(frame, "child_poverty", "09", period)["geo_level"] == "state"


@pytest.mark.parametrize("column", ["indicator", "topic"])
def test_children_are_taken_out_of_the_total_of_the_age_groups(
    export: Write, names: Names, column: str
) -> None:
    controlled: list[Row] = [
        ("4_towns", "Bridgeport", "total_pop", "150000", "70"),
        ("1_state", "Connecticut", "total_pop", "150000", "0"),
    ]
    text = profile(BRIDGEPORT_2018 + STATE_2018, column=column)
    text += profile(controlled, topic="total_pop").partition("\n")[2]
    text += profile(controlled, topic="race").partition("\n")[2]
    frame = read([export("p.csv", text)], names)
    assert told(names) == []
    children = figure(frame, "children_under_18", "0900108070", "2014-2018")
    assert (children["estimate"], children["denominator"]) == (0.2, 150000)
    # sqrt(900^2 - 0.2^2 2000^2) = sqrt(650000); with a margin of 0 it would be 0.006.
    assert children["moe90"] == pytest.approx(806.2257748 / 150000, rel=1e-9)
    assert figure(frame, "children_under_18", "09", "2014-2018")["moe90"] == children["moe90"]


def test_a_total_of_another_topic_only_is_no_total(export: Write, names: Names) -> None:
    totals = [row for row in BRIDGEPORT_2018 + STATE_2018 if row[2] == "total_pop"]
    others = [row for row in BRIDGEPORT_2018 + STATE_2018 if row[2] != "total_pop"]
    text = profile(others) + profile(totals, topic="sex").partition("\n")[2]
    read([export("p.csv", text)], names)
    first = next(iter(names.problems))
    assert (first.what, first.value) == ("a group is missing", "total_pop")


@pytest.mark.parametrize("margin", ["0", "0.0"])
def test_a_margin_of_zero_is_noted(export: Write, names: Names, margin: str) -> None:
    rows = [(*row[:4], margin) if row[2] == "ages0_17" else row for row in BRIDGEPORT_2018]
    read([export("p.csv", profile(rows + STATE_2018))], names)
    (problem,) = names.problems
    assert (problem.where, problem.value, problem.column) == (
        "p.csv:7",
        "Bridgeport/ages00_17",
        "moe",
    )


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    rows = [
        ("8_towns", "Brigeport", "ages25plus", "5", "1"),
        ("4_villages", "Bridgeport", "ages25plus", "5", "1"),
        *BRIDGEPORT_2018[:3],
        ("4_towns", "Bridgeport", "bachelors_plus", "17192", "940"),
        ("4_towns", "Bridgeport", "ages25plus", "many", "951"),
        *BRIDGEPORT_2018[4:],
        *STATE_2018,
    ]
    frame = read([export("p.csv", profile(rows))], names)
    assert set(frame["indicator"]) == {
        "adults_bachelors",
        "child_low_income",
        "child_poverty",
        "children_under_18",
    }
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
