"""Straight trends: literature values, other tools, coverage, segments."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity import annual_percent_change, linear_trend, segmented_trend
from c2c_lib.errors import InputError

series = st.lists(st.integers(1, 90), min_size=3, max_size=12)


@given(series)
def test_without_errors_it_is_ordinary_least_squares(values: list[int]) -> None:
    found = linear_trend(values)
    known = stats.linregress(range(len(values)), values)
    assert found.slope == pytest.approx(known.slope, abs=1e-9)
    assert found.intercept == pytest.approx(known.intercept, abs=1e-9)
    if known.stderr > 1e-9:
        assert found.standard_error == pytest.approx(known.stderr)
        assert found.p_value == pytest.approx(known.pvalue, abs=1e-9)


# Longley-type check: NIST Norris data has a printed slope, spread and residual deviation.
def test_certified_values_of_the_norris_data() -> None:
    x = [0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6,
         775.5, 666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8,
         339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5]  # fmt: skip
    y = [0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1,
         778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6,
         339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2]  # fmt: skip
    order = np.argsort(x, kind="stable")
    apart = np.asarray(x)[order] + np.arange(36) * 1e-9  # times must rise
    found = linear_trend(np.asarray(y)[order], apart)
    assert found.slope == pytest.approx(1.00211681802045, rel=1e-7)
    assert found.intercept == pytest.approx(-0.262323073774029, rel=1e-5)
    assert found.standard_error == pytest.approx(0.429796848199937e-3, rel=1e-6)
    assert found.dispersion == pytest.approx(0.884796396144373**2, rel=1e-6)


def test_weights_by_hand() -> None:
    # Weights 1, 4, 1: means 7/6 and 13/6 of t and y come from sums 6 and 1+4*2+4.
    found = linear_trend([1.0, 2, 4], se=[1, 0.5, 1], dispersion="known")
    assert found.slope == pytest.approx(1.5)
    assert found.standard_error == pytest.approx(2**-0.5)
    assert found.upper - found.slope == pytest.approx(1.959964 * 2**-0.5, rel=1e-6)


@given(series, st.floats(0.1, 10))
def test_estimated_precision_does_not_depend_on_the_scale_of_the_errors(
    values: list[int], factor: float
) -> None:
    one = linear_trend(values, se=np.full(len(values), 2.0))
    other = linear_trend(values, se=np.full(len(values), 2.0 * factor))
    assert one.standard_error == pytest.approx(other.standard_error)
    assert one.slope == pytest.approx(linear_trend(values).slope, abs=1e-9)
    assert one.dispersion == pytest.approx(other.dispersion * factor**2)


@pytest.mark.parametrize("dispersion", ["known", "estimated"])
@pytest.mark.parametrize("years", [3, 10])
def test_interval_covers_as_often_as_it_says(
    generator: np.random.Generator, dispersion: Any, years: int
) -> None:
    se = np.linspace(0.5, 2.0, years)
    values = 0.4 * np.arange(years) + se * generator.normal(size=(8000, years))
    found = linear_trend(values, se=se, dispersion=dispersion)
    covered = (found.lower <= 0.4) & (found.upper >= 0.4)
    assert covered.mean() == pytest.approx(0.95, abs=0.009)


def test_known_errors_are_too_sure_where_years_differ_by_more(
    generator: np.random.Generator,
) -> None:
    values = generator.normal(scale=2.0, size=(2000, 8))
    known = linear_trend(values, se=np.ones(8), dispersion="known")
    estimated = linear_trend(values, se=np.ones(8))
    assert np.isin(known.verdict, ["rising", "falling"]).mean() > 0.2
    assert np.isin(estimated.verdict, ["rising", "falling"]).mean() < 0.07
    assert known.dispersion.mean() == pytest.approx(4, rel=0.1)


def test_years_without_figure_or_error_are_left_out() -> None:
    found = linear_trend([1, 9, 3, 4, np.nan], se=[1, np.nan, 1, 1, 1])
    assert (float(found.slope), int(found.years)) == (1.0, 3)


@pytest.mark.parametrize(
    ("dispersion", "years", "few"),
    [("estimated", 2, True), ("estimated", 3, False), ("known", 1, True), ("known", 2, False)],
)
def test_too_few_years(dispersion: Any, years: int, few: bool) -> None:
    found = linear_trend(np.arange(years) ** 2.0, se=np.ones(years), dispersion=dispersion)
    assert (str(found.verdict) == "too_few_years") == few
    assert np.isnan(found.lower) == few


def test_perfect_lines_are_certain_and_flat_ones_are_flat() -> None:
    found = linear_trend([[0.1] * 6, np.arange(6.0), np.arange(6) / 10])
    assert found.verdict.tolist() == ["no_clear_trend", "rising", "rising"]
    assert found.p_value.tolist() == [1.0, 0.0, 0.0]
    assert found.slope[0] == 0


def test_segments_do_not_see_each_other() -> None:
    times = np.arange(2010, 2020)
    values = np.where(times < 2015, times - 2000.0, 3 * (times - 2010.0))
    first, second = segmented_trend(np.stack([values, values + 5]), times, [2015])
    assert first.trend.slope == pytest.approx([1, 1])
    assert second.trend.slope == pytest.approx([3, 3])
    assert (first.last, second.first) == (2014, 2015)
    alone = linear_trend(values[5:], times[5:])
    assert second.trend.intercept[0] == alone.intercept


def test_short_segment_says_that_it_is_short() -> None:
    parts = segmented_trend([1, 2, 3, 4, 9, 8], range(2013, 2019), [2017], se=[1] * 6)
    assert [str(part.trend.verdict) for part in parts] == ["rising", "too_few_years"]


def test_no_breaks_leave_one_segment() -> None:
    (only,) = segmented_trend([1, 2, 4, 5], range(4), [])
    assert only.trend == linear_trend([1, 2, 4, 5])


@pytest.mark.parametrize("breaks", [[2010], [2030], [2013.2, 2013.4]])
def test_break_without_years_beside_it_is_an_error(breaks: list[float]) -> None:
    with pytest.raises(InputError, match="do not cut the times"):
        segmented_trend([1, 2, 3, 4], range(2012, 2016), breaks)


def test_constant_growth_is_found_exactly() -> None:
    found = annual_percent_change(100 * 1.03 ** np.arange(8), se=np.full(8, 2.0))
    assert found.percent == pytest.approx(3.0)
    assert (found.lower, found.upper) == pytest.approx((3.0, 3.0), abs=1e-6)


@given(series, st.floats(0.01, 100))
def test_percent_change_does_not_depend_on_the_unit(values: list[int], unit: float) -> None:
    one, other = annual_percent_change(values), annual_percent_change(unit * np.array(values))
    assert one.percent == pytest.approx(other.percent, abs=1e-7)


def test_percent_change_does_not_exist_at_zero() -> None:
    found = annual_percent_change([[5, 4, 3, 2, 0], [5, 4, 3, 2, 1.5]])
    assert found.verdict.tolist() == ["not_defined", "falling"]
    assert np.isnan(found.percent).tolist() == [True, False]
    with_errors = annual_percent_change([5, 4, 3, 2, -1], se=[1] * 5)
    assert str(with_errors.verdict) == "not_defined"


@pytest.mark.parametrize("bad", [0.0, -1.0, np.inf])
def test_errors_that_are_no_precision_carry_the_remedy(bad: float) -> None:
    with pytest.raises(InputError, match="Wilson"):
        linear_trend([1, 2, 3], se=[1, bad, 1])


def test_known_dispersion_needs_errors() -> None:
    with pytest.raises(InputError, match="is needed"):
        linear_trend([1, 2, 3], dispersion="known")
