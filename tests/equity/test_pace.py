"""Distance to a target and the pace it needs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import PACE_REASONS, pace_to_target, theil_sen
from c2c_lib.errors import InputError

shares = st.integers(0, 1000).map(lambda value: value / 1000)
paces = st.integers(-50, 50).map(lambda value: value / 1000)


@pytest.mark.parametrize(
    ("current", "pace", "left", "verdict"),
    [
        (0.80, 0.01, 5, "reached"),
        (0.1 + 0.7, 0.01, 5, "reached"),
        (0.85, -0.01, 5, "reached"),
        (0.70, 0.02, 5, "on_track"),
        (0.70, 0.019, 5, "too_slow"),
        (0.70, 0.02, None, "moving_closer"),
        (0.70, 0.0, 5, "standing_still"),
        (0.70, -0.02, 5, "moving_away"),
        (np.nan, 0.02, 5, "not_enough_data"),
        (0.70, np.nan, 5, "not_enough_data"),
    ],
)
def test_verdict_towards_eighty_percent(
    current: float, pace: float, left: float | None, verdict: str
) -> None:
    found = pace_to_target(current, 0.8, pace, polarity="higher_is_better", years_left=left)
    assert str(found.verdict) == verdict
    assert verdict in PACE_REASONS


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.025, 0.04, "on_track"), (0.01, 0.03, "perhaps_on_track"), (0.001, 0.02, "too_slow")],
)
def test_limits_of_the_pace_decide_where_they_are_known(
    low: float, high: float, verdict: str
) -> None:
    way = pace_to_target(
        0.7,
        0.8,
        (low + high) / 2,
        polarity="higher_is_better",
        pace_lower=low,
        pace_upper=high,
        years_left=4,
    )
    assert str(way.verdict) == verdict
    assert (way.years_lower, way.years_upper) == pytest.approx((0.1 / high, 0.1 / low))


def test_limits_that_include_standing_still_leave_the_end_open() -> None:
    trend = theil_sen([30, 29, 30, 28, 29.5, 28.5, 29])
    way = pace_to_target(
        29,
        20,
        trend.slope,
        polarity="lower_is_better",
        pace_lower=trend.lower,
        pace_upper=trend.upper,
    )
    assert trend.lower < 0 < trend.upper
    assert way.years_lower == pytest.approx(-9 / trend.lower)
    assert np.isinf(way.years_upper)


@given(shares, shares, paces, st.integers(1, 20))
def test_pace_needed_arrives_exactly_in_time(
    current: float, target: float, pace: float, left: int
) -> None:
    way = pace_to_target(current, target, pace, polarity="higher_is_better", years_left=left)
    assert current + way.needed * left == pytest.approx(max(current, target), abs=1e-8)
    at_need = pace_to_target(
        current, target, way.needed, polarity="higher_is_better", years_left=left
    )
    assert str(at_need.verdict) in ("on_track", "reached")


@given(shares, shares, paces)
def test_the_other_side_of_a_share_tells_the_same(
    current: float, target: float, pace: float
) -> None:
    one = pace_to_target(current, target, pace, polarity="higher_is_better", years_left=5)
    other = pace_to_target(1 - current, 1 - target, -pace, polarity="lower_is_better", years_left=5)
    assert one.distance == pytest.approx(other.distance, abs=1e-8)
    assert one.needed == pytest.approx(-other.needed, abs=1e-8)
    if abs(current + 5 * pace - target) > 1e-6:
        assert one.verdict == other.verdict


def test_no_time_left_needs_an_infinite_pace() -> None:
    way = pace_to_target([0.7, 0.9], 0.8, 0.01, polarity="higher_is_better", years_left=0)
    assert way.needed.tolist() == [np.inf, 0.0]
    assert way.verdict.tolist() == ["too_slow", "reached"]


def test_all_wrong_inputs_are_reported() -> None:
    with pytest.raises(InputError) as caught:
        pace_to_target(
            0.7,
            0.8,
            0.02,
            polarity="higher_is_better",
            pace_lower=0.03,
            pace_upper=0.04,
            years_left=-1,
        )
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="higher_is_better, lower_is_better"):
        pace_to_target(0.7, 0.8, 0.02, polarity="neutral")
