"""The Mann-Kendall test against other tools, counted orders and its own laws."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity import (
    TREND_REASONS,
    mann_kendall,
    theil_sen,
)
from c2c_lib.equity.kendall_distribution import critical_s
from c2c_lib.errors import InputError

series = st.lists(st.integers(0, 12), min_size=2, max_size=9)


def every_order(values: list[int], s: float) -> float:
    """Return P(|S| >= |s|) by going through all orders."""
    first, second = np.triu_indices(len(values), 1)
    orders = np.array(list(permutations(values)))
    sums = np.sign(orders[:, second] - orders[:, first]).sum(axis=1)
    return float((np.abs(sums) >= abs(s)).mean())


@pytest.mark.parametrize(
    "values", [[3, 1, 2, 5, 4], [1, 1, 2, 2, 3, 3], [5, 5, 5, 7, 8, 2], [4, 4, 4, 4, 4]]
)
def test_exact_p_value_counts_every_order(values: list[int]) -> None:
    found = mann_kendall(values)
    assert str(found.method) == "exact"
    assert found.p_value == pytest.approx(every_order(values, float(found.s)), abs=1e-12)


@given(st.permutations(range(8)))
def test_exact_p_value_without_ties_is_kendalls(values: list[int]) -> None:
    known = stats.kendalltau(range(8), values, method="exact").pvalue
    assert mann_kendall(values).p_value == pytest.approx(known, rel=1e-9)


def test_perfect_order_has_the_chance_of_two_orders() -> None:
    perfect = mann_kendall(range(20), "exact")
    assert perfect.p_value == pytest.approx(2 / float(np.prod(np.arange(1.0, 21))), rel=1e-12)
    assert mann_kendall(range(20), "normal").p_value > perfect.p_value


def test_long_series_are_counted_as_exactly_and_come_near_the_normal_score(
    generator: np.random.Generator,
) -> None:
    values = generator.normal(size=60) + np.arange(60) / 60
    known = stats.kendalltau(range(60), values, method="exact").pvalue
    exact = mann_kendall(values, "exact").p_value
    assert exact == pytest.approx(known, rel=1e-9)
    assert exact == pytest.approx(mann_kendall(values, "normal").p_value, abs=1e-3)


# Hollander, Wolfe & Chicken 2014, table A.30: upper tail of Kendall's S.
@pytest.mark.parametrize(("n", "critical"), [(5, 10), (6, 13), (7, 15), (8, 18), (9, 20), (10, 23)])
def test_critical_values_of_the_printed_table(n: int, critical: int) -> None:
    assert critical_s(n, 0.025) == critical


def test_four_years_and_fewer_have_a_verdict_but_no_p_value() -> None:
    found = mann_kendall([[40.0, 41.5, 43.0, 44.5, np.nan], [1, 2, 3, 4, 5]])
    assert found.verdict.tolist() == ["too_few_years", "rising"]
    assert np.isnan(found.p_value).tolist() == [True, False]
    assert found.years.tolist() == [4, 5]
    assert found.method.tolist() == ["none", "exact"]


def test_five_years_cannot_reach_99_percent_and_six_can() -> None:
    assert str(mann_kendall(range(5), level=0.99).verdict) == "too_few_years"
    assert str(mann_kendall(range(6), level=0.99).verdict) == "rising"


def test_p_value_of_four_years_is_given_when_asked_for_by_name() -> None:
    found = mann_kendall([40.0, 41.5, 43.0, 42.5], "normal")
    assert found.p_value == pytest.approx(0.30818, abs=1e-5)
    assert str(found.verdict) == "too_few_years"


@given(series)
def test_turning_the_series_around_turns_the_trend_around(values: list[int]) -> None:
    one, other = mann_kendall(values), mann_kendall(values[::-1])
    assert one.s == -other.s
    assert one.p_value == pytest.approx(other.p_value, nan_ok=True)
    opposite = {"rising": "falling", "falling": "rising"}
    assert str(other.verdict) == opposite.get(str(one.verdict), str(one.verdict))
    assert str(one.verdict) in TREND_REASONS


@given(series, st.integers(1, 5), st.integers(-20, 20))
def test_only_the_order_of_the_figures_matters(values: list[int], by: int, plus: int) -> None:
    scaled = [by * value**3 + plus for value in values]
    for one, other in zip(mann_kendall(values), mann_kendall(scaled), strict=True):
        np.testing.assert_array_equal(one, other)


@given(st.lists(series, min_size=1, max_size=4))
def test_many_series_at_once_are_each_tested_alone(several: list[list[int]]) -> None:
    table = np.full((len(several), 9), np.nan)
    for row, values in zip(table, several, strict=True):
        row[: len(values)] = values
    together = mann_kendall(table)
    for number, values in enumerate(several):
        alone = mann_kendall(values)
        for one, other in zip(together, alone, strict=True):
            np.testing.assert_array_equal(one[number], other)


def test_years_without_a_figure_are_passed_over() -> None:
    gaps = mann_kendall([1, np.nan, 2, 3, np.nan, 5, 4])
    assert gaps.p_value == mann_kendall([1, 2, 3, 5, 4]).p_value


def test_equal_figures_are_no_trend() -> None:
    found = mann_kendall(np.full(7, 0.1))
    assert (float(found.s), float(found.p_value)) == (0.0, 1.0)
    assert np.isnan(found.tau_b)
    assert str(found.verdict) == "no_clear_trend"


@pytest.mark.parametrize("years", [5, 8, 10, 15])
def test_false_alarms_are_at_most_one_in_twenty(generator: np.random.Generator, years: int) -> None:
    found = mann_kendall(generator.normal(size=(20_000, years)))
    assert (found.p_value <= 0.05).mean() < 0.055
    rounded = mann_kendall(generator.integers(0, 4, size=(20_000, years)))
    assert (rounded.p_value <= 0.05).mean() < 0.055


def test_serial_correlation_raises_false_alarms_and_the_correction_lowers_them(
    generator: np.random.Generator,
) -> None:
    noise = generator.normal(size=(400, 60))
    chained = noise.copy()
    for year in range(1, 60):
        chained[:, year] += 0.5 * chained[:, year - 1]
    plain = (mann_kendall(chained).p_value < 0.05).mean()
    corrected = (mann_kendall(chained, "hamed_rao").p_value < 0.05).mean()
    assert plain > 0.2
    assert corrected < 0.6 * plain


def test_hamed_rao_factor_by_hand() -> None:
    # Flat up to ranks 1..8 of a series without slope; autocorrelations worked out one by one.
    y = np.array([1.0, 2, 3, 4, 4, 3, 2, 1, 1, 2, 3, 4, 4, 3, 2, 1])
    assert theil_sen(y).slope == 0
    ranks = stats.rankdata(y) - 8.5
    n, total = 16, 0.0
    for lag in range(1, n):
        rho = (ranks[lag:] * ranks[:-lag]).sum() / (ranks**2).sum()
        if abs(rho) > 1.959963984540054 / 4:
            total += (n - lag) * (n - lag - 1) * (n - lag - 2) * rho
    factor = 1 + 2 * total / (n * (n - 1) * (n - 2))
    plain, corrected = mann_kendall(y, "normal"), mann_kendall(y, "hamed_rao", lags=None)
    assert factor != 1
    assert corrected.variance == pytest.approx(plain.variance * factor)


def test_correction_that_leaves_no_variance_is_said_so() -> None:
    zigzag = [1, 10, 2, 11, 3, 12, 1, 13, 2, 10, 3, 12, 1, 11, 2, 13]
    found = mann_kendall(zigzag, "hamed_rao", lags=1)
    assert found.variance <= 0
    assert str(found.verdict) == "not_defined"
    assert np.isnan(found.p_value)


def test_wrong_input_says_what_is_allowed() -> None:
    with pytest.raises(InputError, match="one number, not a series"):
        mann_kendall(3.0)
    with pytest.raises(InputError, match="1 of 3"):
        mann_kendall([1, np.inf, 3])
    with pytest.raises(InputError, match="did you mean 'exact'"):
        mann_kendall([1, 2, 3], "exakt")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Use method='normal'"):
        mann_kendall(range(61), "exact")
    with pytest.raises(InputError, match=r"did you mean 0\.95"):
        mann_kendall(range(9), level=95)
