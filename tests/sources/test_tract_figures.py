"""Figures by census tract: each system of codes in its own list, margins, negative indices."""

from collections.abc import Callable

import pandas as pd
import pytest

from c2c_lib.sources import child_opportunity, life_expectancy, opportunity_atlas
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tract_codes import tract_ids
from support.excerpts import figure, told

Write = Callable[[str, str | bytes], RawFile]


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        # Stamford: 201 was cut in two in 2020, so that its old code is no code of 2020.
        ("2010", "09001020100", "09001020100"),
        ("2020_counties", "09001020100", None),
        ("2020_counties", "09001020101", "09190020101"),
        ("2010", "09001020101", None),
        # Bridgeport: the same code in both lists is another place in each.
        ("2010", "09001070100", "09001070100"),
        ("2020_counties", "09001070100", "09120070100"),
        ("2020_regions", "09120070100", "09120070100"),
        ("2020_regions", "09001070100", None),
    ],
)
def test_a_code_is_looked_up_in_its_own_system(
    export: Write, names: Names, system, code: str, expected: str | None
) -> None:
    frame = pd.DataFrame({"code": [code, code]}, index=[2, 3], dtype="str")
    found = tract_ids(frame, "code", system, export("x.csv", ""), names)
    assert [None if pd.isna(value) else value for value in found] == [expected, expected]
    assert [p.where for p in names.problems] == ([] if expected else ["x.csv:2"])


def test_many_unknown_codes_are_counted(export: Write, names: Names) -> None:
    frame = pd.DataFrame({"code": [f"0900{n:07d}" for n in range(25)]}, dtype="str")
    tract_ids(frame, "code", "2020_regions", export("x.csv", ""), names)
    assert len(names.problems) == 21
    assert "5 further codes" in told(names)[-1]


LIFE = (
    "tract_fips_2010,state,county,tract,life_expectancy,life_expectancy_se,"
    "abridged_life_table_flag,town_name\n"
)


def test_life_expectancy_has_margins_and_says_how_it_was_made(export: Write, names: Names) -> None:
    text = LIFE + (
        "09001010101,09,001,010101,81,1.0054,1,Greenwich\n"
        "09001070100,09,001,070100,70.4,2.1503,2,Bridgeport\n"
        "09001020100,09,001,020100,88.4,1.5,3,Stamford\n"
    )
    frame = life_expectancy.read([export("usaleep.csv", text)], names)
    assert told(names) == []
    assert frame["estimate"].tolist() == [81, 70.4, 88.4]
    assert frame["moe90"].tolist() == [1.0054 * 1.645, 2.1503 * 1.645, 1.5 * 1.645]
    assert [note.partition(" ")[2][:4] for note in frame["note"]] == ["", "from", "part"]
    assert set(frame["period"]) == {"2010-2015"}


def test_life_expectancy_notes_all_that_is_wrong(export: Write, names: Names) -> None:
    text = LIFE + (
        "09190020101,09,190,020101,81,1.0,1,Stamford\n09001070100,09,001,070100,704,,4,Bridgeport\n"
    )
    assert life_expectancy.read([export("usaleep.csv", text)], names).empty
    assert {p.value for p in names.problems} == {"09190020101", "704", "", "4"}


def test_opportunity_index_can_be_below_zero_and_is_taken_to_regions(
    export: Write, names: Names
) -> None:
    text = "tract_fips_2020,town_name,coi_education,coi_health_env,coi_social_econ,coi\n"
    text += "09001070100,Bridgeport,-1,-1,-1,-0.5972\n"
    frame = child_opportunity.read([export("coi.csv", text)], names)
    assert told(names) == []
    assert figure(frame, "child_opportunity_index", "09120070100", "2021")["estimate"] == -0.5972
    text += "09001020100,Stamford,0,0,0,0.1\n09001070200,Bridgeport,0,0,0,35\n"
    assert len(child_opportunity.read([export("coi.csv", text)], names)) == 1
    assert [p.value for p in names.problems] == ["35", "09001020100"]


def test_atlas_keeps_tracts_without_a_value(export: Write, names: Names) -> None:
    text = "tract_fips_2010,place_label,household_income_at_35,town_name\n"
    text += '09001070100,"Bridgeport, CT",31600,Bridgeport\n09003500700,"Hartford, CT",,Hartford\n'
    frame = opportunity_atlas.read([export("atlas.csv", text)], names)
    assert told(names) == []
    rich = figure(frame, "income_at_35", "09001070100", "1978-1983")
    assert (rich["estimate"], rich["status"]) == (31600, "published")
    none = figure(frame, "income_at_35", "09003500700", "1978-1983")
    assert (none["estimate"], none["status"]) == (None, "suppressed_by_source")
    assert opportunity_atlas.read([export("a.csv", text.replace("31600", "n/a"))], names)[
        "geo_id"
    ].tolist() == ["09003500700"]
    assert [p.value for p in names.problems] == ["n/a"]


@pytest.mark.parametrize("module", [life_expectancy, child_opportunity, opportunity_atlas])
def test_an_empty_file_is_noted(export: Write, names: Names, module) -> None:
    assert module.read([], names).empty
    assert module.read([export("x.csv", "")], names).empty
    assert "the file is empty" in told(names)[0]


def test_figures_that_may_not_be_passed_on_do_not_ship(names: Names) -> None:
    for module in (child_opportunity, opportunity_atlas):
        source = names.catalog.source(module.SOURCE)
        assert not source.redistributable
        assert "get them from" in source.terms.en
