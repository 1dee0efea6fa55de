"""Town profiles: two spellings of levels and groups, shares worked out from counts."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.acs_medians import NO_MEDIAN, OPEN_END
from c2c_lib.sources.acs_town_profiles import read
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

pytestmark = pytest.mark.thorough

Write = Callable[[str, str | bytes], RawFile]

Row = tuple[str, str, str, str, str, str]
BRIDGEPORT_2018: list[Row] = [
    (topic, "4_towns", "Bridgeport", group, estimate, moe)
    for topic, group, estimate, moe in (
        ("pov_age", "ages0_17_poverty", "9812", "1011"),
        ("pov_age", "ages0_17_poverty_status_determined", "33671", "748"),
        ("education", "bachelors_plus", "17191", "940"),
        ("education", "ages25plus", "93917", "951"),
        ("age", "total_pop", "150000", "2000"),
        ("age", "ages0_17", "30000", "900"),
        ("pov_age", "ages0_17_low_income", "20000", "1200"),
        ("education", "less_than_high_school", "22072", "1158"),
        ("race", "total_pop", "150000", "64"),
        ("race", "hispanic", "60000", "1717"),
        ("race", "white", "30000", "1420"),
        ("race", "black", "50000", "1746"),
        ("race", "other_race", "10000", "1225"),
        ("foreign_born", "total_pop", "150000", "64"),
        ("foreign_born", "foreign_born", "45000", "2049"),
        ("tenure", "total_households", "50000", "844"),
        ("tenure", "owner_occupied", "21000", "823"),
        ("housing_cost", "total_households", "48000", "1476"),
        ("housing_cost", "cost_burden", "24000", "1076"),
        ("vehicles", "total_households", "50000", "844"),
        ("vehicles", "has_vehicle", "40000", "1215"),
        ("median_household_income", "median_household_income", "45441", "1717"),
        ("poverty", "poverty_status_determined", "140000", "509"),
        ("poverty", "poverty", "28000", "1924"),
        ("poverty", "low_income", "63000", "3058"),
    )
]
STATE_2018: list[Row] = [
    (
        row[0],
        "1_state",
        "Connecticut",
        *row[3:5],
        "0" if (row[0], row[3]) == ("race", "hispanic") or row[5] == "64" else row[5],
    )
    for row in BRIDGEPORT_2018
]
INDICATORS = 16


def profile(rows: list[Row], year: str = "2018", column: str = "indicator") -> str:
    head = f"{column},level,name,year,group,estimate,moe,share,sharemoe\n"
    return head + "".join(
        f"{topic},{level},{name},{year},{group},{estimate},{moe},NA,NA\n"
        for topic, level, name, group, estimate, moe in rows
    )


def newer(rows: list[Row]) -> list[Row]:
    level = {"4_towns": "6_town", "1_state": "2_state"}
    spelt = {"pov_age": "income_children", "hispanic": "latino"}
    return [
        (
            spelt.get(r[0], r[0]),
            level[r[1]],
            r[2],
            spelt.get(r[3], r[3].replace("ages0_17", "ages00_17")),
            *r[4:],
        )
        for r in rows
    ]


def changed(rows: list[Row], topic: str, group: str, *cells: str) -> list[Row]:
    """Return the rows with another estimate and margin for one group."""
    return [(*r[:4], *cells) if (r[0], r[3]) == (topic, group) else r for r in rows]  # type: ignore[misc]


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
        ("education", "1_us", "United States", "bachelors_plus", "1", "1"),
        ("education", "lower_legis", "State House District 1", "ages25plus", "1", "1"),
        ("education", "5_region", "Greater Bridgeport", "ages25plus", "1", "1"),
        ("sex", rows[0][1], "Bridgeport", "male", "1", "1"),
        ("total_pop", rows[0][1], "Bridgeport", "pop_density", "NA", "NA"),
    ]
    frame = read([export("p.csv", profile(others + rows, year))], names)
    assert told(names) == []
    assert len(frame) == 2 * INDICATORS
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


@pytest.mark.parametrize(
    ("indicator", "estimate"),
    [
        ("poverty", 0.2),
        ("low_income", 0.45),
        ("residents_hispanic", 0.4),
        ("residents_further_races", 10000 / 150000),
        ("foreign_born", 0.3),
        ("homeownership", 0.42),
        ("housing_cost_burden", 0.5),  # of households whose cost is known, not of all
        ("households_with_car", 0.8),
        ("adults_no_diploma", 22072 / 93917),
    ],
)
def test_a_part_is_taken_out_of_the_whole_of_its_topic(
    export: Write, names: Names, indicator: str, estimate: float
) -> None:
    frame = read([export("p.csv", profile(BRIDGEPORT_2018 + STATE_2018))], names)
    assert figure(frame, indicator, "0900108070", "2014-2018")["estimate"] == estimate


def test_hispanic_residents_of_the_state_have_no_sampling_error(
    export: Write, names: Names
) -> None:
    frame = read([export("p.csv", profile(BRIDGEPORT_2018 + STATE_2018))], names)
    assert figure(frame, "residents_hispanic", "09", "2014-2018")["moe90"] == 0
    assert figure(frame, "residents_hispanic", "0900108070", "2014-2018")["moe90"] > 0.01


@pytest.mark.parametrize(
    ("cells", "status", "note"),
    [
        (("250001", "NA"), "published", OPEN_END),
        (("250001", "0"), "published", OPEN_END),
        (("NA", "NA"), "not_applicable", NO_MEDIAN),
    ],
)
def test_medians_at_an_open_end(
    export: Write, names: Names, cells: tuple[str, str], status: str, note: str
) -> None:
    median = ("median_household_income", "median_household_income")
    rows = changed(BRIDGEPORT_2018, *median, *cells) + STATE_2018
    frame = read([export("p.csv", profile(rows))], names)
    assert told(names) == []
    row = figure(frame, median[0], "0900108070", "2014-2018")
    assert (row["status"], row["note"], row["moe90"]) == (status, note, None)


def test_a_median_without_its_margin_is_noted(export: Write, names: Names) -> None:
    median = ("median_household_income", "median_household_income")
    rows = changed(BRIDGEPORT_2018, *median, "45441", "NA") + STATE_2018
    read([export("p.csv", profile(rows))], names)
    (problem,) = names.problems
    assert (problem.where, problem.what, problem.value) == (
        "p.csv:23",
        "the margin of a median is not given",
        "Bridgeport",
    )


@pytest.mark.parametrize("column", ["indicator", "topic"])
def test_children_are_taken_out_of_the_total_of_the_age_groups(
    export: Write, names: Names, column: str
) -> None:
    text = profile(BRIDGEPORT_2018 + STATE_2018, column=column)
    frame = read([export("p.csv", text)], names)
    assert told(names) == []
    children = figure(frame, "children_under_18", "0900108070", "2014-2018")
    assert (children["estimate"], children["denominator"]) == (0.2, 150000)
    # sqrt(900^2 - 0.2^2 2000^2) = sqrt(650000); with a margin of 0 it would be 0.006.
    assert children["moe90"] == pytest.approx(806.2257748 / 150000, rel=1e-9)
    assert figure(frame, "children_under_18", "09", "2014-2018")["moe90"] == children["moe90"]


def test_a_total_of_another_topic_is_no_total(export: Write, names: Names) -> None:
    rows = [
        row for row in BRIDGEPORT_2018 + STATE_2018 if row[:1] + row[3:4] != ("age", "total_pop")
    ]
    read([export("p.csv", profile(rows))], names)
    first = next(iter(names.problems))
    assert (first.what, first.value) == ("a group is missing", "age/total_pop")


@pytest.mark.parametrize("margin", ["0", "0.0"])
@pytest.mark.parametrize(
    ("topic", "group", "line"),
    [("age", "ages0_17", 7), ("race", "hispanic", 11), ("age", "total_pop", 6)],
)
def test_a_margin_of_zero_is_noted(
    export: Write, names: Names, margin: str, topic: str, group: str, line: int
) -> None:
    cells = next(r[4] for r in BRIDGEPORT_2018 if (r[0], r[3]) == (topic, group))
    rows = changed(BRIDGEPORT_2018, topic, group, cells, margin)
    read([export("p.csv", profile(rows + STATE_2018))], names)
    (problem,) = names.problems
    assert (problem.where, problem.column) == (f"p.csv:{line}", "moe")
    assert "is 0" in problem.what


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    rows: list[Row] = [
        ("education", "8_towns", "Brigeport", "ages25plus", "5", "1"),
        ("education", "4_villages", "Bridgeport", "ages25plus", "5", "1"),
        *changed(BRIDGEPORT_2018, "education", "ages25plus", "many", "951"),
        ("education", "4_towns", "Bridgeport", "bachelors_plus", "17192", "940"),
        *STATE_2018,
    ]
    frame = read([export("p.csv", profile(rows))], names)
    assert frame["indicator"].nunique() == INDICATORS
    assert [(p.where, p.what) for p in names.problems] == [
        ("p.csv:3", "unknown label"),
        ("p.csv:2", "unknown town"),
        ("p.csv:7", "the cell does not read as a number"),
        ("p.csv:29", "a second row stands for"),
        ("p.csv", "a count or its margin of error is not given"),
        ("p.csv", "a count or its margin of error is not given"),
    ]


@pytest.mark.parametrize(
    ("topic", "group"),
    [("education", "bachelors_plus"), ("tenure", "total_households"), ("race", "black")],
)
def test_a_group_that_is_missing_is_noted(
    export: Write, names: Names, topic: str, group: str
) -> None:
    rows = [r for r in BRIDGEPORT_2018 + STATE_2018 if (r[0], r[3]) != (topic, group)]
    read([export("p.csv", profile(rows))], names)
    first = next(iter(names.problems))
    assert (first.what, first.value) == ("a group is missing", f"{topic}/{group}")
