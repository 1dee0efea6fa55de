"""What the functions on series share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity.series import checked_series, checked_times, median_of_sorted, trend_verdict
from c2c_lib.errors import InputError


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9))
def test_median_passes_over_the_end(values: list[float]) -> None:
    padded = np.array([[*sorted(values), np.nan, np.nan]])
    assert median_of_sorted(padded, np.array([len(values)]))[0] == pytest.approx(np.median(values))


def test_median_of_nothing_is_unknown() -> None:
    assert np.isnan(median_of_sorted(np.array([[np.nan]]), np.array([0])))[0]


def test_verdict_needs_enough_years_before_anything_else() -> None:
    words = trend_verdict(
        np.array([1.0, -1, 1, 1, 0]),
        np.array([0.01, 0.01, 0.2, 0.01, np.nan]),
        np.array([False, False, False, True, False]),
        0.95,
    )
    assert words.tolist() == ["rising", "falling", "no_clear_trend", "too_few_years", "not_defined"]


def test_times_default_to_counting_and_are_shared_by_all_series() -> None:
    values = checked_series(np.zeros((2, 3)))
    assert checked_times(None, values).tolist() == [[0, 1, 2], [0, 1, 2]]
    assert checked_times([2015, 2016, 2018], values).shape == (2, 3)


def test_more_series_of_times_than_of_figures_are_an_error() -> None:
    with pytest.raises(InputError, match="shape"):
        checked_times(np.ones((2, 3)), checked_series([1, 2, 3]))
