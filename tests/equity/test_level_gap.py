"""Ho and Reardon's V against exact fits, simulation and its laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity import V_REASONS, v_statistic
from c2c_lib.errors import InputError
from support.examples import at_most

levels = st.lists(st.integers(1, 200), min_size=4, max_size=4)


@pytest.mark.parametrize(("mean", "spread"), [(0.0, 1.0), (0.6, 1.0), (0.9, 1.3), (-0.4, 0.7)])
def test_exact_shares_of_two_normal_distributions_give_their_gap(
    mean: float, spread: float
) -> None:
    cuts = [-np.inf, -0.9, 0.1, 0.8, np.inf]
    reference = 1e6 * np.diff(stats.norm.cdf(cuts, mean, spread))
    focal = 1e6 * np.diff(stats.norm.cdf(cuts))
    found = v_statistic(reference, focal)
    assert found.v == pytest.approx(mean / np.sqrt((1 + spread**2) / 2), abs=1e-5)
    assert found.spread == pytest.approx(spread, rel=1e-4)
    assert found.probability == pytest.approx(stats.norm.cdf(mean / np.hypot(1, spread)), abs=1e-5)


def test_three_levels_are_fitted_exactly() -> None:
    reference, focal = np.array([50.0, 120, 310]), np.array([420.0, 510, 190])
    below = [stats.norm.ppf(np.cumsum(c)[:2] / c.sum()) for c in (focal, reference)]
    spread = np.diff(below[0])[0] / np.diff(below[1])[0]
    mean = below[0][0] - spread * below[1][0]
    found = v_statistic(reference, focal)
    assert found.spread == pytest.approx(spread, rel=1e-5)
    assert found.v == pytest.approx(mean / np.sqrt((1 + spread**2) / 2), abs=1e-5)


@settings(max_examples=at_most(40))
@given(levels, levels)
def test_turning_groups_or_levels_around_turns_the_sign(one: list[int], other: list[int]) -> None:
    found = v_statistic(one, other)
    for turned in (v_statistic(other, one), v_statistic(one[::-1], other[::-1])):
        assert turned.reason == found.reason
        assert turned.v == pytest.approx(-found.v, abs=1e-3, nan_ok=True)
        assert turned.v_trapezoid == pytest.approx(-found.v_trapezoid, abs=1e-9)
        assert turned.mean_probit_gap == pytest.approx(-found.mean_probit_gap, abs=1e-9)
    assert found.reason in V_REASONS


@settings(max_examples=at_most(40))
@given(levels)
def test_equal_groups_have_no_gap(counts: list[int]) -> None:
    found = v_statistic(counts, counts)
    assert found.v == pytest.approx(0, abs=1e-6)
    assert found.v_trapezoid == pytest.approx(0, abs=1e-12)
    assert found.spread == pytest.approx(1, abs=1e-5)


@pytest.mark.thorough
def test_interval_covers_and_the_trapezoid_falls_short(generator: np.random.Generator) -> None:
    cuts = [-99, -0.8, 0.2, 1.1, 99]
    truth = 0.7 / np.sqrt((1 + 1.3**2) / 2)
    found = []
    for _ in range(500):
        reference = np.histogram(generator.normal(0.7, 1.3, 150), cuts)[0]
        focal = np.histogram(generator.normal(0, 1, 300), cuts)[0]
        found.append(v_statistic(reference, focal))
    covered = [one.lower <= truth <= one.upper for one in found]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.03)
    assert np.mean([one.v for one in found]) == pytest.approx(truth, abs=0.02)
    assert np.mean([one.v_trapezoid for one in found]) < truth - 0.03
    assert np.std([one.v for one in found]) == pytest.approx(
        np.mean([one.standard_error for one in found]), rel=0.1
    )


@pytest.mark.parametrize(
    ("reference", "focal", "reason"),
    [
        ([0, 0, 0], [5, 6, 7], "no_students"),
        ([5, 0, 40], [9, 0, 20], "too_few_levels"),
        ([5, 40], [9, 20], "too_few_levels"),
        ([0, 0, 20], [15, 10, 0], "no_overlap"),
        ([0, 10, 20], [5, 10, 15], "no_overlap"),
        ([0, 10, 20, 40], [5, 10, 15, 3], "fitted"),
    ],
)
def test_reason_says_why_there_is_no_value(
    reference: list[int], focal: list[int], reason: str
) -> None:
    found = v_statistic(reference, focal)
    assert found.reason == reason
    assert np.isnan(found.v) == np.isnan(found.lower) == (reason != "fitted")


def test_level_without_students_changes_nothing() -> None:
    one = v_statistic([50, 0, 120, 310], [420, 0, 510, 190])
    other = v_statistic([50, 120, 310], [420, 510, 190])
    assert one.v == pytest.approx(other.v)
    assert one.v_trapezoid == pytest.approx(other.v_trapezoid)


def test_all_wrong_counts_are_reported() -> None:
    with pytest.raises(InputError) as caught:
        v_statistic([1, -2, 3], [[1, 2, 3]])
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="Give levels without students as 0"):
        v_statistic([1, 2, 3], [1, 2, 3, 4])
