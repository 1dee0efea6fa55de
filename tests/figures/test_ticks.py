"""Ticks stand on whole percents, and there are only a few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.figures.ticks import axis_start, whole_ticks


@given(st.floats(0.02, 1.0))
def test_shares_have_whole_percents_and_at_most_five_ticks(top):
    ticks = [t for t in whole_ticks("share", top).tick_values(0, top) if 0 <= t <= top]
    assert 2 <= len(ticks) <= 5
    assert all(t * 100 == pytest.approx(round(t * 100), abs=1e-6) for t in ticks)


@given(st.floats(0.02, 1.0), st.integers(-1, 9))
def test_a_short_axis_has_fewer_ticks(top, steps):
    ticks = [t for t in whole_ticks("share", top, steps).tick_values(0, top) if 0 <= t <= top]
    assert 2 <= len(ticks) <= max(min(steps, 4), 2) + 1
    assert all(t * 100 == pytest.approx(round(t * 100), abs=1e-6) for t in ticks)


@pytest.mark.parametrize("unit", ["per_1000", "index", "count"])
def test_other_units_have_a_few_ticks_too(unit):
    ticks = [t for t in whole_ticks(unit, 12.4).tick_values(0, 12.4) if 0 <= t <= 12.4]
    assert 2 <= len(ticks) <= 5


@pytest.mark.parametrize("unit", ["share", "per_1000", "index", "count", "dollars", "years"])
def test_an_axis_begins_at_zero(unit):
    assert axis_start(unit, [0.4, 0.6]) == 0


@given(st.lists(st.floats(2000, 3000), min_size=1))
def test_a_scale_without_a_zero_begins_below_its_lowest_score(scores):
    start = axis_start("score", scores)
    assert start < min(scores) < start + 50
