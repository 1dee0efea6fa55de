"""Intervals of one proportion against published tables, other tools and their own laws."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity import proportion_interval
from c2c_lib.equity.proportions import ProportionMethod
from c2c_lib.errors import InputError

METHODS = [name for name in get_args(ProportionMethod) if not name.startswith("wald")]

# Newcombe 1998, Statistics in Medicine 17:857-872, Table I.
NEWCOMBE = {
    (81, 263): {
        "wilson": (0.2553, 0.3662),
        "clopper_pearson": (0.2527, 0.3676),
        "mid_p": (0.2544, 0.3658),
    },
    (15, 148): {
        "wilson": (0.0624, 0.1605),
        "clopper_pearson": (0.0578, 0.1617),
        "mid_p": (0.0601, 0.1581),
    },
    (0, 20): {
        "wilson": (0.0, 0.1611),
        "clopper_pearson": (0.0, 0.1684),
        "mid_p": (0.0, 0.1391),
    },
    (1, 29): {
        "wilson": (0.0061, 0.1718),
        "clopper_pearson": (0.0009, 0.1776),
        "mid_p": (0.0017, 0.1585),
    },
}

counts = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@pytest.mark.parametrize(
    ("count", "method", "expected"),
    [(count, m, limits) for count, of in NEWCOMBE.items() for m, limits in of.items()],
)
def test_printed_limits_of_newcombe(
    count: tuple[int, int], method: Any, expected: tuple[float, float]
) -> None:
    assert proportion_interval(*count, method) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("method", METHODS)
@given(counts, levels)
def test_limits_lie_in_the_unit_interval_and_hold_the_estimate(
    method: Any, count: tuple[int, int], level: float
) -> None:
    lower, upper = proportion_interval(*count, method, level)
    assert 0 <= lower <= count[0] / count[1] + 1e-12
    assert count[0] / count[1] - 1e-12 <= upper <= 1


@pytest.mark.parametrize("method", METHODS)
@given(counts, levels)
def test_complement_has_the_mirrored_interval(
    method: Any, count: tuple[int, int], level: float
) -> None:
    x, n = count
    lower, upper = proportion_interval(x, n, method, level)
    other = proportion_interval(n - x, n, method, level)
    assert (1 - other.upper, 1 - other.lower) == pytest.approx((lower, upper), abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@given(counts, st.integers(2, 20))
def test_more_children_at_the_same_rate_give_a_narrower_interval(
    method: Any, count: tuple[int, int], times: int
) -> None:
    few = proportion_interval(*count, method)
    many = proportion_interval(count[0] * times, count[1] * times, method)
    assert many.upper - many.lower < few.upper - few.lower


@pytest.mark.parametrize("method", METHODS)
@given(counts)
def test_one_more_child_counted_moves_both_limits_up(method: Any, count: tuple[int, int]) -> None:
    x, n = count
    if x == n:
        return
    one, more = proportion_interval(x, n, method), proportion_interval(x + 1, n, method)
    assert more.lower >= one.lower
    assert more.upper >= one.upper


@given(counts, levels)
def test_clopper_pearson_limits_invert_the_binomial_test(
    count: tuple[int, int], level: float
) -> None:
    x, n = count
    lower, upper = proportion_interval(x, n, "clopper_pearson", level)
    tail = (1 - level) / 2
    if x > 0:
        assert stats.binom.sf(x - 1, n, lower) == pytest.approx(tail, rel=1e-6)
    if x < n:
        assert stats.binom.cdf(x, n, upper) == pytest.approx(tail, rel=1e-6)


@given(counts, levels)
def test_mid_p_limits_count_half_of_the_observed(count: tuple[int, int], level: float) -> None:
    x, n = count
    lower, upper = proportion_interval(x, n, "mid_p", level)
    tail = (1 - level) / 2
    half = stats.binom.pmf(x, n, [lower, upper]) / 2
    if x > 0:
        assert stats.binom.sf(x, n, lower) + half[0] == pytest.approx(tail, rel=1e-6)
    if x < n:
        assert stats.binom.cdf(x - 1, n, upper) + half[1] == pytest.approx(tail, rel=1e-6)


@pytest.mark.parametrize("method", ["wilson", "agresti_coull", "jeffreys", "mid_p"])
def test_interval_covers_the_truth_as_often_as_it_says(
    generator: np.random.Generator, method: Any
) -> None:
    # Over many truths, because at a single one coverage jumps with the whole numbers.
    truth = generator.uniform(0.05, 0.95, 20_000)
    lower, upper = proportion_interval(generator.binomial(60, truth), 60, method)
    assert ((lower <= truth) & (truth <= upper)).mean() == pytest.approx(0.953, abs=0.01)


@pytest.mark.parametrize("truth", [0.02, 0.3, 0.62])
def test_clopper_pearson_never_covers_less_than_it_says(
    generator: np.random.Generator, truth: float
) -> None:
    x = generator.binomial(60, truth, size=20_000)
    lower, upper = proportion_interval(x, 60, "clopper_pearson")
    assert ((lower <= truth) & (truth <= upper)).mean() > 0.95 - 0.004


def test_known_everyone_leaves_no_width() -> None:
    lower, upper = proportion_interval([81, 1], [263, 1], population=[263, 1])
    np.testing.assert_array_equal(lower, [81 / 263, 1.0])
    np.testing.assert_array_equal(upper, lower)


def test_huge_population_is_as_good_as_none() -> None:
    finite = proportion_interval(81, 263, population=1e12)
    assert finite == pytest.approx(proportion_interval(81, 263), rel=1e-8)


def test_unknown_counts_and_empty_groups_have_no_interval() -> None:
    lower, upper = proportion_interval([np.nan, 5, 0, 5], [10, np.nan, 0, 10])
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, True, True, False]


def test_arguments_broadcast_and_scalars_stay_scalars() -> None:
    assert proportion_interval([[1], [2]], [10, 20, 30]).lower.shape == (2, 3)
    assert np.ndim(proportion_interval(1, 10).lower) == 0


def test_every_impossible_count_is_reported() -> None:
    with pytest.raises(InputError) as caught:
        proportion_interval([5, -1, 3, np.inf], [4, 10, 10, np.inf])
    text = str(caught.value)
    assert "-1/10, inf/inf" in text
    assert "5/4" in text


def test_percent_as_level_is_an_error_with_a_remedy() -> None:
    with pytest.raises(InputError, match=r"did you mean 0\.95"):
        proportion_interval(5, 10, level=95)


def test_unknown_method_names_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'wilson'"):
        proportion_interval(5, 10, "wilsn")  # type: ignore[arg-type]


def test_population_needs_wilson_and_room_for_the_sample() -> None:
    with pytest.raises(InputError, match="only defined for the method wilson"):
        proportion_interval(5, 10, "jeffreys", population=100)
    with pytest.raises(InputError, match="9 < 10"):
        proportion_interval(5, 10, population=9)
