"""Comparing two figures with whatever is known about them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import Measured, compare, difference_interval, ratio_interval
from c2c_lib.errors import InputError

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def counted(x: float, n: float) -> Measured:
    return Measured.of(x / n, numerator=x, denominator=n)


@given(counts, counts)
def test_counts_give_newcombe_and_katz(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = compare(counted(*first), counted(*second))
    assert str(found.basis) == "counts"
    assert (found.lower, found.upper) == pytest.approx(
        difference_interval(*first, *second), abs=1e-12
    )
    assert (found.ratio_lower, found.ratio_upper) == pytest.approx(
        ratio_interval(*first, *second), rel=1e-9
    )


def test_margins_give_the_census_formula_at_its_own_level() -> None:
    found = compare(Measured.of(0.30, moe90=0.03), Measured.of(0.25, moe90=0.04), level=0.90)
    assert str(found.basis) == "margins"
    assert (found.lower, found.upper) == pytest.approx((0.0, 0.10), abs=1e-12)
    # R = 1.2; sqrt(0.03^2 + 1.2^2 * 0.04^2) / 0.25 = 0.22642
    assert found.ratio_upper - found.ratio == pytest.approx(0.22642, abs=1e-5)


def test_counts_against_a_survey_are_mixed() -> None:
    found = compare(counted(160, 200), Measured.of(0.6, moe90=1.645 * 0.03))
    assert str(found.basis) == "mixed"
    # Wilson 160/200: 0.7391 to 0.8496; survey: 0.6 -+ 1.96 * 0.03.
    low = 0.2 - np.hypot(0.8 - 0.7391, 1.96 * 0.03)
    assert found.lower == pytest.approx(low, abs=2e-4)


def test_unknown_precision_gives_size_without_limits() -> None:
    found = compare(Measured.of(0.7), counted(60, 100))
    assert str(found.basis) == "none"
    assert found.difference == pytest.approx(0.1)
    assert np.isnan([found.lower, found.upper, found.ratio_lower, found.ratio_upper]).all()


def test_rates_per_thousand_keep_their_unit() -> None:
    first, second = (
        Measured.of(1000 * x / n, numerator=x, denominator=n) for x, n in ((24, 3000), (15, 3000))
    )
    found = compare(first, second, unit="per_1000")
    assert (found.lower, found.upper) == pytest.approx(
        [1000 * v for v in difference_interval(24, 3000, 15, 3000)]
    )


def test_ratio_to_zero_is_unknown_but_has_a_lower_limit() -> None:
    found = compare(counted(10, 10), counted(0, 20))
    assert np.isnan(found.ratio)
    assert found.ratio_lower > 6  # Koopman: 6.2
    assert np.isinf(found.ratio_upper)


def test_group_against_all_is_covered_as_often_as_it_says(generator: np.random.Generator) -> None:
    """A group is in the whole; taking both for independent would cover far too often."""
    n_group, n_rest, p_group, p_rest = 150, 250, 0.6, 0.75
    x = generator.binomial(n_group, p_group, 4000)
    rest = generator.binomial(n_rest, p_rest, 4000)
    n_all = n_group + n_rest
    truth = p_group - (n_group * p_group + n_rest * p_rest) / n_all
    group = Measured.of(x / n_group, numerator=x, denominator=n_group)
    whole = Measured.of((x + rest) / n_all, numerator=x + rest, denominator=n_all)
    nested = compare(group, whole, nested=True)
    covered = (nested.lower <= truth) & (truth <= nested.upper)
    assert 0.938 < covered.mean() < 0.964
    ratio = p_group / (p_group - truth)
    in_ratio = (nested.ratio_lower <= ratio) & (ratio <= nested.ratio_upper)
    assert 0.938 < in_ratio.mean() < 0.964
    apart = compare(group, whole)
    assert ((apart.lower <= truth) & (truth <= apart.upper)).mean() > 0.97


@given(counts, counts)
def test_group_differs_from_all_exactly_if_it_differs_from_the_rest(
    group: tuple[int, int], rest: tuple[int, int]
) -> None:
    whole = (group[0] + rest[0], group[1] + rest[1])
    nested = compare(counted(*group), counted(*whole), nested=True)
    lower, upper = difference_interval(*group, *rest)
    if min(abs(lower), abs(upper)) > 1e-9:
        assert (nested.lower > 0) == (lower > 0)
        assert (nested.upper < 0) == (upper < 0)
    assert nested.lower - 1e-9 <= nested.difference <= nested.upper + 1e-9


def test_group_that_is_everyone_cannot_differ() -> None:
    found = compare(counted(60, 100), counted(60, 100), nested=True)
    assert (found.lower, found.upper) == (0.0, 0.0)
    assert (found.ratio_lower, found.ratio_upper) == (1.0, 1.0)


def test_counts_that_do_not_fit_into_the_whole_are_compared_as_they_stand() -> None:
    found = compare(counted(90, 100), counted(60, 80), nested=True)
    assert (found.lower, found.upper) == pytest.approx(difference_interval(90, 100, 60, 80))


def test_many_groups_against_one_reference() -> None:
    groups = Measured.of([0.5, 0.6, np.nan], numerator=[50, 60, None], denominator=[100, 100, None])
    found = compare(groups, counted(55, 100))
    assert found.basis.tolist() == ["counts", "counts", "none"]
    assert np.isnan(found.difference).tolist() == [False, False, True]


def test_negative_margin_is_an_error() -> None:
    with pytest.raises(InputError, match="-555555555"):
        Measured.of(0.5, moe90=[0.1, -555555555])
