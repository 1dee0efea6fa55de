"""Poverty by race, of children and everyone: groups that fit, and what readers must know."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.poverty_by_race import OVERLAPS, OVERLAPS_ALL_AGES, read
from c2c_lib.sources.survey_shares import NOBODY
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

HEADER = "Town,FIPS,Year,Race/Ethnicity,Age,Poverty Status,Measure Type,Variable,Value\n"
PERIOD = "2016-2020"
NO_PERIOD = (
    "period is '2016-20', but is expected to be a school year like '2018-19', "
    "a year like '2015' or pooled years like '2016-2020'"
)


def rows(race: str, poor: float, children: float, town: str = "Waterbury", **over: str) -> str:
    code = {"Waterbury": "0900980070", "Connecticut": "09"}[town]
    start = f"{town},{code},{over.get('year', PERIOD)},{race}"
    cells = [
        ("Under 18,Below Poverty Level,Number,Poverty Status", poor),
        ("Under 18,Below Poverty Level,Number,Margins of Error", 30.5),
        ("Under 18,Poverty Status Determined,Number,Poverty Status", children),
        ("Under 18,Poverty Status Determined,Number,Margins of Error", 40.0),
        ("Under 18,Below Poverty Level,Percent,Poverty Status", ""),
        ("Total,Below Poverty Level,Number,Poverty Status", 3 * poor),
        ("Total,Below Poverty Level,Number,Margins of Error", 50.0),
        ("Total,Poverty Status Determined,Number,Poverty Status", 4 * children),
        ("Total,Poverty Status Determined,Number,Margins of Error", 60.0),
    ]
    return "".join(f"{start},{cell},{value}\n" for cell, value in cells)


@pytest.fixture
def names() -> Names:
    return names_of("waterbury")


def test_groups(export: Write, names: Names) -> None:
    labels = {
        "American Indian and Alaska Native Alone": "american_indian",
        "Asian Alone": "asian",
        "Black or African American Alone": "black",
        "Hispanic or Latino": "hispanic",
        "Native Hawaiian and Other Pacific Islander": "pacific_islander",
        "Two or More Races": "two_or_more",
        "White Alone Not Hispanic or Latino": "white",
    }
    text = HEADER + rows("All", 80, 400) + rows("All", 800, 4000, "Connecticut")
    for n, label in enumerate(labels):
        text += rows(label, 10 + n, 100)
    text += rows("White Alone", 77, 100) + rows("Some Other Race Alone", 78, 100)
    frame = read([export("five.csv", text)], names)
    assert told(names) == []
    assert len(frame) == 2 * 9
    for n, group in enumerate(labels.values()):
        got = figure(frame, "child_poverty", "0900980070", PERIOD, group)
        assert (got["dimension"], got["numerator"]) == ("race_ethnicity", 10 + n)
        plain = group in ("hispanic", "white")
        assert got["note"] == ("" if plain else OVERLAPS)
        of_all = figure(frame, "poverty", "0900980070", PERIOD, group)
        assert (of_all["numerator"], of_all["denominator"]) == (3 * (10 + n), 400)
        assert of_all["note"] == ("" if plain else OVERLAPS_ALL_AGES)
    everyone = figure(frame, "child_poverty", "0900980070", PERIOD)
    assert (everyone["dimension"], everyone["estimate"], everyone["note"]) == ("all", 0.2, "")
    assert everyone["moe90"] == pytest.approx((30.5**2 - (0.2 * 40) ** 2) ** 0.5 / 400, rel=1e-12)


def test_both_files_give_one_figure(export: Write, names: Names) -> None:
    everyone = rows("All", 80, 400) + rows("All", 800, 4000, "Connecticut")
    frame = read(
        [
            export("towns.csv", HEADER + everyone),
            export("five.csv", HEADER + everyone + rows("Asian Alone", 0, 0)),
        ],
        names,
    )
    assert told(names) == []
    assert len(frame) == 2 * 3
    nobody = figure(frame, "child_poverty", "0900980070", PERIOD, "asian")
    assert (nobody["status"], nobody["note"]) == ("not_applicable", NOBODY)
    assert [nobody[c] for c in ("estimate", "numerator", "denominator", "moe90")] == [None] * 4


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    text = HEADER + rows("All", 80, 400) + rows("All", 9, 4, "Connecticut")
    text += rows("Asians", 1, 2) + rows("All", 1, 2, year="2016-20")
    text += text.splitlines()[1] + "\n"
    text += "Waterbury,0900980070,2016-2020,All,Under 19,Below Poverty Level,Count,Share,few\n"
    read([export("five.csv", text)], names)
    assert [(p.where, p.what, p.value) for p in names.problems][:6] == [
        ("five.csv:39", "unknown label", "Under 19"),
        ("five.csv:39", "unknown label", "Count"),
        ("five.csv:39", "unknown label", "Share"),
        ("five.csv:20", "unknown label for race_ethnicity", "Asians"),
        ("five.csv:29", NO_PERIOD, "2016-20"),
        (
            "five.csv:38",
            "a second row stands for",
            f"child_poverty/town/0900980070/{PERIOD}/all/all/numerator",
        ),
    ]
    assert [p.what for p in names.problems][6:] == [
        "the part is larger than the whole",
        "the part is larger than the whole",
        "a row is missing for 2016-2020; the file may be cut short",
    ]
