"""What a table holds: rows, years with gaps, groups, places and sources, counted by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.catalog import parse_period
from c2c_lib.catalog.periods import school_year
from c2c_lib.observations import empty_observations
from c2c_lib.observations.summary import held, spans
from support.synthetic import row, table


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return table(
        [
            row("2016-17", (200, 1000)),
            row("2017-18", (210, 1000)),
            row("2020-21", (220, 1000)),
            row("2021-22", "suppressed_by_source"),
            row("2020-21", (60, 300), group="race_ethnicity/hispanic"),
            row("2020-21", "suppressed_by_source", group="race_ethnicity/asian"),
            row("2020-21", (4_700, 10_000), place="connecticut"),
            row("2023", 0.7, indicator="at_work", moe90=0.02),
        ]
    )


def test_everything_is_counted(frame: pd.DataFrame):
    found = held(frame)["reading_well"]
    assert (found.rows, found.shown) == (7, 5)
    assert found.places == {"district": 1, "state": 1}
    assert found.groups == {"all": ("all",), "race_ethnicity": ("asian", "hispanic")}
    assert found.sources == {"school_report": 7}


def test_a_year_without_a_value_is_not_held(frame: pd.DataFrame):
    found = held(frame)["reading_well"]
    assert [p.label for p in found.periods] == ["2016-17", "2017-18", "2020-21"]


def test_sources_are_counted_alike(frame: pd.DataFrame):
    found = held(frame, "source")
    assert {name: own.rows for name, own in found.items()} == {"school_report": 7, "survey": 1}


def test_an_empty_table_holds_nothing():
    assert held(empty_observations()) == {}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["2016-17", "2017-18", "2020-21"], ["2016-17 2017-18", "2020-21 2020-21"]),
        (["2014-2018", "2015-2019", "2019-2023"], ["2014-2018 2015-2019", "2019-2023 2019-2023"]),
        (["2015", "2016", "2018"], ["2015 2016", "2018 2018"]),
        # A year, a school year and pooled years that end one after the other are no run.
        (["2015", "2015-16", "2013-2017"], ["2015 2015", "2015-16 2015-16", "2013-2017 2013-2017"]),
        ([], []),
    ],
)
def test_a_missing_year_ends_a_span(labels: list[str], expected: list[str]):
    found = spans(parse_period(label) for label in reversed(labels))
    assert [f"{first} {last}" for first, last in found] == expected


@given(st.sets(st.integers(2000, 2030)))
def test_spans_hold_every_year_once(years: set[int]):
    found = spans(parse_period(school_year(year)) for year in years)
    again = [year for first, last in found for year in range(first.start, last.start + 1)]
    assert again == sorted(years)
    assert len(found) == sum(year - 1 not in years for year in years)
