"""Which periods may be compared: nothing across a break, nothing that shares years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.catalog import Break, Indicator, Localized, load_catalog, parse_period
from c2c_lib.catalog.comparability import (
    OVERLAP,
    may_compare,
    may_draw_line,
    series_breaks,
    stands_alone,
)
from c2c_lib.catalog.periods import school_year

CATALOG = load_catalog()
NEW = Localized(en="A new test.", es="Un examen nuevo.")
CUT = Localized(en="A year cut short.", es="Un año incompleto.")
MOVES = Localized(en="The label moves.", es="La etiqueta cambia.")


def with_breaks(*breaks: Break) -> Indicator:
    return CATALOG.indicator("graduation_4yr").model_copy(update={"breaks": breaks})


def reason(indicator: Indicator, first: str, second: str, **where: str) -> Localized | None:
    return may_compare(indicator, parse_period(first), parse_period(second), **where)


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ("2014-15", "2016-17", True),
        ("2016-17", "2017-18", False),
        ("2014-15", "2018-19", False),
        ("2017-18", "2018-19", True),
        ("2017-18", "2017-18", True),
    ],
)
def test_a_new_series_begins_with_its_period(first: str, second: str, allowed: bool):
    indicator = with_breaks(Break(kind="new_series", period="2017-18", note=NEW))
    expected = None if allowed else NEW
    assert reason(indicator, first, second) == reason(indicator, second, first) == expected


def test_a_year_that_stands_alone_is_compared_with_no_other():
    indicator = with_breaks(Break(kind="not_comparable", period="2019-20", note=CUT))
    assert reason(indicator, "2018-19", "2019-20") == CUT
    assert reason(indicator, "2019-20", "2021-22") == CUT
    assert reason(indicator, "2018-19", "2021-22") is None
    assert reason(indicator, "2019-20", "2019-20") is None


def test_a_label_that_moves_is_never_compared_over_time_where_it_moves():
    moving = Break(
        kind="not_over_time", dimension="economic_status", places=("bridgeport",), note=MOVES
    )
    indicator = with_breaks(moving)
    here = {"place": "bridgeport", "dimension": "economic_status"}
    assert reason(indicator, "2017-18", "2018-19", **here) == MOVES
    assert reason(indicator, "2018-19", "2018-19", **here) is None
    assert reason(indicator, "2017-18", "2018-19", **{**here, "place": "norwalk"}) is None
    assert reason(indicator, "2017-18", "2018-19", **{**here, "dimension": "gender"}) is None


def test_a_year_that_nobody_collected_divides_nothing():
    indicator = with_breaks(Break(kind="not_collected", period="2019-20", note=CUT))
    assert reason(indicator, "2018-19", "2020-21") is None


def test_the_reason_is_the_first_break_of_the_catalog():
    indicator = with_breaks(
        Break(kind="new_series", period="2017-18", note=NEW),
        Break(kind="not_comparable", period="2019-20", note=CUT),
    )
    assert reason(indicator, "2016-17", "2019-20") == NEW


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        # US Census Bureau: compare five-year estimates only where they share no year.
        ("2014-2018", "2018-2022", False),
        ("2014-2018", "2019-2023", True),
        ("2014-2018", "2014-2018", True),
    ],
)
def test_pooled_years_that_overlap_are_not_compared(first: str, second: str, allowed: bool):
    indicator = with_breaks()
    assert reason(indicator, first, second) == (None if allowed else OVERLAP)


@given(first=st.integers(2000, 2030), second=st.integers(2000, 2030), year=st.integers(2000, 2030))
def test_a_comparison_has_no_direction(first: int, second: int, year: int):
    indicator = with_breaks(
        Break(kind="new_series", period=school_year(year), note=NEW),
        Break(kind="not_comparable", period=school_year(year + 2), note=CUT),
    )
    one, two = school_year(first), school_year(second)
    assert reason(indicator, one, two) == reason(indicator, two, one)
    assert reason(indicator, one, one) is None


@given(
    years=st.lists(st.integers(2000, 2030), min_size=3, max_size=3), year=st.integers(2000, 2030)
)
def test_a_new_series_divides_all_periods_in_two(years: list[int], year: int):
    indicator = with_breaks(Break(kind="new_series", period=school_year(year), note=NEW))
    sides = [fall >= year for fall in years]
    for one, side in zip(years, sides, strict=True):
        for other, other_side in zip(years, sides, strict=True):
            found = reason(indicator, school_year(one), school_year(other))
            assert (found is None) == (side == other_side)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("2016-17", "2017-18", False),  # a break between
        ("2017-18", "2018-19", True),
        ("2018-19", "2017-18", True),
        ("2018-19", "2020-21", False),  # a year without a figure
        ("2014-2018", "2015-2019", True),  # a moving average
    ],
)
def test_a_line_joins_neighbours_only(first: str, second: str, joined: bool):
    indicator = with_breaks(Break(kind="new_series", period="2017-18", note=NEW))
    ends = parse_period(first), parse_period(second)
    if "2014" in first:
        indicator = with_breaks()
    assert may_draw_line(indicator, *ends) is joined


def test_no_line_joins_a_year_that_stands_alone():
    indicator = with_breaks(Break(kind="not_comparable", period="2019-20", note=CUT))
    periods = [parse_period(label) for label in ("2018-19", "2019-20", "2020-21")]
    assert not may_draw_line(indicator, periods[0], periods[1])
    assert not may_draw_line(indicator, periods[1], periods[2])


def test_a_year_stands_alone_where_its_break_says_so():
    cut = Break(kind="not_comparable", period="2019-20", places=("norwalk",), note=CUT)
    indicator, period = with_breaks(cut), parse_period("2019-20")
    assert stands_alone(indicator, period, place="norwalk")
    assert not stands_alone(indicator, period, place="stamford")
    assert not stands_alone(indicator, parse_period("2018-19"), place="norwalk")
    one_dimension = with_breaks(
        Break(kind="not_comparable", period="2019-20", dimension="gender", note=CUT)
    )
    assert stands_alone(one_dimension, period, dimension="gender")
    assert not stands_alone(one_dimension, period)


def test_breaks_are_those_of_a_place_and_a_dimension():
    everywhere = Break(kind="new_series", period="2017-18", note=NEW)
    there = Break(kind="new_series", period="2018-19", places=("norwalk",), note=NEW)
    meals = Break(kind="not_over_time", dimension="economic_status", note=MOVES)
    indicator = with_breaks(everywhere, there, meals)
    assert series_breaks(indicator, place="stamford") == (everywhere,)
    assert series_breaks(indicator, place="norwalk") == (everywhere, there)
    assert series_breaks(indicator, dimension="economic_status") == (everywhere, meals)


@pytest.mark.parametrize(
    ("indicator", "first", "second", "allowed"),
    [
        ("grade3_ela_proficient", "2014-15", "2018-19", True),
        ("kindergarten_literacy_level3", "2023-24", "2024-25", False),
        ("kindergarten_literacy_level3", "2024-25", "2025-26", True),
        ("chronic_absence", "2018-19", "2019-20", False),
        ("suspension", "2018-19", "2020-21", False),
        ("science_performance_index", "2014-15", "2021-22", False),
        ("ela_performance_index", "2014-15", "2021-22", False),
        ("ela_performance_index", "2021-22", "2024-25", True),
        ("infant_mortality", "2005-2009", "2010-2014", True),
        ("infant_mortality", "2006-2010", "2010-2014", False),
    ],
)
def test_the_catalogs_breaks_are_respected(indicator: str, first: str, second: str, allowed: bool):
    found = reason(CATALOG.indicator(indicator), first, second)
    assert (found is None) == allowed
