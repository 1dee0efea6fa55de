"""Theil-Sen slopes against other tools, their coverage and their laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity import theil_sen
from c2c_lib.errors import InputError

series = st.lists(st.integers(-50, 50), min_size=2, max_size=12)


@given(series)
def test_normal_interval_is_that_of_the_reference_tool(values: list[int]) -> None:
    found = theil_sen(values, method="normal")
    known = stats.theilslopes(values)
    assert found.slope == pytest.approx(known.slope)
    assert found.intercept == pytest.approx(known.intercept)
    assert (found.lower, found.upper) == pytest.approx((known.low_slope, known.high_slope))


@given(series, st.integers(-9, 9), st.integers(1, 9), st.integers(-100, 100))
def test_slope_follows_tilting_scaling_and_lifting(
    values: list[int], tilt: int, scale: int, lift: int
) -> None:
    changed = [scale * value + tilt * year + lift for year, value in enumerate(values)]
    one, other = theil_sen(values), theil_sen(changed)
    # Ties narrow the interval, and a tilt makes and breaks ties; the slope does not mind.
    untied = len({*values}) == len(values) and len({*changed}) == len(changed)
    for name in ("slope", "lower", "upper") if untied else ("slope",):
        wanted = scale * getattr(one, name) + tilt
        assert getattr(other, name) == pytest.approx(wanted, nan_ok=True, abs=1e-9)


def test_one_odd_year_does_not_move_it() -> None:
    straight = np.arange(11.0)
    odd = straight.copy()
    odd[4] = 500
    assert theil_sen(odd).slope == theil_sen(straight).slope == 1


@pytest.mark.parametrize(("years", "nominal"), [(5, 0.983), (7, 0.970), (10, 0.953), (30, 0.95)])
def test_interval_covers_as_often_as_the_exact_distribution_says(
    generator: np.random.Generator, years: int, nominal: float
) -> None:
    values = 0.3 * np.arange(years) + generator.standard_t(3, size=(8000, years))
    found = theil_sen(values)
    covered = (found.lower <= 0.3) & (found.upper >= 0.3)
    assert covered.mean() == pytest.approx(nominal, abs=0.01)


def test_four_years_have_a_slope_but_no_interval() -> None:
    found = theil_sen([[40.0, 41.5, 43.0, 42.5, np.nan], [1, 2, 3, 4, 5]])
    assert found.slope == pytest.approx([3.5 / 3, 1])
    assert np.isnan(found.lower).tolist() == np.isnan(found.upper).tolist() == [True, False]


def test_missing_years_count_as_time() -> None:
    found = theil_sen([1, np.nan, np.nan, 4, 5, 6, 7])
    assert (float(found.slope), int(found.years)) == (1.0, 5)
    spaced = theil_sen([1, 4, 5, 6, 7], times=[2012, 2015, 2016, 2017, 2018])
    assert spaced.slope == 1
    assert spaced.intercept == 1 - 2012


def test_nothing_has_no_slope() -> None:
    for values in ([np.nan, np.nan], [3.0], []):
        found = theil_sen(values)
        assert np.isnan([found.slope, found.lower, found.upper]).all()
    assert theil_sen(np.full((3, 0), np.nan)).slope.shape == (3,)


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ([1, 2], r"have the shape \(2,\)"),
        ([1, 3, 2], "do not rise"),
        ([1, 1, 2], "do not rise"),
        ([1, 2, np.nan], "not all finite"),
    ],
)
def test_wrong_times_are_an_error(times: list[float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        theil_sen([1, 2, 3], times)
