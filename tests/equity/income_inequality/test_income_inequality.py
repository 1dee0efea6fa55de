"""Income inequality: laws, known distributions, bins and intervals."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity.income_inequality import (
    BINNED_REASONS,
    INCOME_MEASURES,
    INCOME_REASONS,
    atkinson,
    binned_income_inequality,
    generalised_entropy,
    gini,
    income_inequality,
    palma_ratio,
    percentile_ratio,
    quantile_from_bins,
    spread_bins,
    theil_decomposition,
    weighted_quantile,
)
from c2c_lib.errors import InputError
from support.examples import at_most

incomes = st.lists(st.integers(1, 900), min_size=2, max_size=12)
NAMES = list(INCOME_MEASURES)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=at_most(25))
@given(incomes, st.integers(2, 50), st.randoms(use_true_random=False))
def test_laws_of_every_measure(name: str, values: list[int], times: int, mix: Any) -> None:
    measure = INCOME_MEASURES[name]
    first = pytest.approx(float(measure(values, None)), abs=1e-9)
    mixed = list(values)
    mix.shuffle(mixed)
    assert float(measure(mixed, None)) == first  # the order
    assert float(measure(np.multiply(values, times), None)) == first  # the unit of money
    assert float(measure(values * 3, None)) == first  # three of each
    assert float(measure(values, np.full(len(values), 3))) == first  # the same by weights
    assert float(measure([*values, np.nan, 7.0], [1] * len(values) + [1, 0])) == first
    many = np.asarray(measure([values, values[::-1]], None))
    assert many.shape == (2,)
    assert many == first


@pytest.mark.parametrize("name", NAMES)
def test_equal_incomes_are_equal(name: str) -> None:
    expected = {"p90_p10": 1.0, "p80_p20": 1.0, "palma": 0.25}.get(name, 0.0)
    assert float(INCOME_MEASURES[name]([7.0] * 9, None)) == pytest.approx(expected, abs=1e-12)


@given(incomes, st.integers(1, 500))
def test_the_same_sum_for_all_makes_incomes_more_equal(values: list[int], sum_: int) -> None:
    more = np.add(values, sum_)
    assert float(gini(more)) <= float(gini(values)) + 1e-12
    assert float(generalised_entropy(more)) <= float(generalised_entropy(values)) + 1e-12


def test_known_distributions() -> None:
    ranks = (np.arange(200_000) + 0.5) / 200_000
    log_normal = stats.lognorm.ppf(ranks, 0.8)
    assert float(gini(log_normal)) == pytest.approx(2 * stats.norm.cdf(0.8 / 2**0.5) - 1, abs=1e-3)
    assert float(generalised_entropy(log_normal, alpha=0)) == pytest.approx(0.32, abs=1e-3)
    assert float(atkinson(log_normal, epsilon=1)) == pytest.approx(1 - np.exp(-0.32), abs=1e-3)
    z = stats.norm.ppf(0.9)
    assert float(percentile_ratio(log_normal)) == pytest.approx(np.exp(1.6 * z), rel=1e-3)
    assert float(gini(ranks)) == pytest.approx(1 / 3, abs=1e-6)
    assert float(palma_ratio(ranks)) == pytest.approx(0.19 / 0.16, abs=1e-4)


@given(incomes, st.lists(st.integers(0, 2), min_size=12, max_size=12))
def test_parts_of_theil_add_up_and_are_not_negative(values: list[int], groups: list[int]) -> None:
    parts = theil_decomposition(values, groups[: len(values)])
    assert parts.total == pytest.approx(float(generalised_entropy(values)), abs=1e-12)
    assert min(parts.between, parts.within) >= 0
    assert theil_decomposition(values, np.zeros(len(values))).between == pytest.approx(0, abs=1e-12)
    with_nothing = theil_decomposition([*values, 0, 0], [*groups[: len(values)], 9, 9])
    assert min(with_nothing.between, with_nothing.within) >= 0


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (gini, 0.5),
        (generalised_entropy, np.log(2)),
        (lambda y: generalised_entropy(y, alpha=0), np.inf),
        (lambda y: atkinson(y, epsilon=1), 1.0),
        (lambda y: atkinson(y, epsilon=2), 1.0),
        (percentile_ratio, np.inf),
        (palma_ratio, np.inf),
    ],
)
def test_someone_without_income(function: Any, expected: float) -> None:
    assert float(function([0.0, 8.0])) == pytest.approx(expected)


@pytest.mark.parametrize("values", [[], [np.nan], [0.0, 0.0]])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_share_is_not_a_number(name: str, values: list[float]) -> None:
    assert np.isnan(float(INCOME_MEASURES[name](values, None)))
    frame = income_inequality(values, measures=[name])
    assert frame.loc[0, "reason"] == "no_income"


def test_quantiles_count_people_not_rows() -> None:
    assert float(weighted_quantile([1, 2, 3], 0.5, [1, 1, 6])) == 3
    assert float(weighted_quantile([1, 2, 3, 4], 0.25)) == 1.5
    assert float(weighted_quantile([5, 1], 0)) == 1
    assert float(weighted_quantile([5, 1], 1)) == 5


def test_wrong_input_is_named() -> None:
    for call, match in (
        (lambda: gini([1, -2]), "losses"),
        (lambda: gini(3.0), "single number"),
        (lambda: atkinson([1, 2], epsilon=-1), "0 or more"),
        (lambda: weighted_quantile([1, 2], 1.2), "0 to 1"),
        (lambda: theil_decomposition([1, 2], ["a"]), "one per value"),
        (lambda: income_inequality([1, 2], measures=["ginni"]), "did you mean 'gini'"),
        (lambda: quantile_from_bins([0, 5], [6, 9], [1, 1]), "overlap"),
        (lambda: quantile_from_bins([0, 5], [5, 9], [1, -1]), "negative"),
        (lambda: quantile_from_bins([0, 5], [5, 9], [1]), "equally long"),
        (lambda: quantile_from_bins([0], [5], [1], 1.0), "0.5 for the median"),
        (lambda: quantile_from_bins([0], [5], [1], sampling_percentage=0), "up to 100"),
    ):
        with pytest.raises(InputError, match=match):
            call()


def test_medians_say_where_they_lie() -> None:
    bins = [0, 10, 20], [10, 20, np.inf]
    inside = quantile_from_bins(*bins, [2, 6, 2])
    assert (inside.estimate, inside.reason) == (15.0, "inside")
    assert np.isnan(inside.margin)
    bottom = quantile_from_bins(*bins, [8, 1, 1], sampling_percentage=10)
    assert (bottom.estimate, bottom.reason) == (6.25, "bottom_bin")
    top = quantile_from_bins(*bins, [1, 1, 8], sampling_percentage=10)
    assert (top.estimate, top.reason) == (20.0, "top_bin")
    assert np.isnan(top.margin)
    few = quantile_from_bins(*bins, [1, 2, 1], sampling_percentage=5)
    assert np.isnan(few.margin)  # half of them, and one standard error more than all of them
    empty = quantile_from_bins(*bins, [0, 0, 0])
    assert (np.isnan(empty.estimate), empty.reason) == (True, "no_count")
    assert {one.reason for one in (inside, bottom, top, empty)} == set(BINNED_REASONS)


def test_pareto_interpolation_is_exact_for_pareto_incomes() -> None:
    edges = np.array([10.0, 20.0, 40.0, 80.0])
    below = 1 - (10 / edges) ** 1.7
    count = 1e6 * np.diff(np.append(below, 1.0))
    upper = np.append(edges[1:], np.inf)
    found = quantile_from_bins(edges, upper, count, 0.8, interpolation="pareto")
    assert found.estimate == pytest.approx(10 * 0.2 ** (-1 / 1.7), rel=1e-9)
    linear = quantile_from_bins(edges, upper, count, 0.8)
    assert linear.estimate > found.estimate


def test_bins_come_near_the_incomes_they_hold(generator: np.random.Generator) -> None:
    values = np.exp(generator.normal(10.8, 0.8, 20_000))
    edges = np.array([0, 1e4, 1.5e4, 2e4, 3e4, 4e4, 5e4, 6e4, 7.5e4, 1e5, 1.5e5, 2e5, np.inf])
    count, _ = np.histogram(values, edges)
    near = binned_income_inequality(edges[:-1], edges[1:], count, ["gini", "theil"], draws=50)
    known = income_inequality(values, measures=["gini", "theil"], draws=50)
    # Theil counts most what the bins do not hold: the incomes above the last.
    for row, room in ((0, 0.05), (1, 0.15)):
        assert near.loc[row, "estimate"] == pytest.approx(known.loc[row, "estimate"], rel=room)
    assert (near["lower"] < near["estimate"]).all()
    assert (near["estimate"] < near["upper"]).all()
    spread, weights = spread_bins(edges[:-1], edges[1:], count)
    assert weights.sum() == pytest.approx(20_000)
    assert np.average(spread, weights=weights) == pytest.approx(values.mean(), rel=0.05)


def test_interval_covers_the_truth(generator: np.random.Generator) -> None:
    truth = 2 * stats.norm.cdf(0.6 / 2**0.5) - 1
    covered = []
    for _ in range(120):
        values = np.exp(generator.normal(0, 0.6, 150))
        found = income_inequality(values, measures=["gini"], draws=150, seed=generator).iloc[0]
        covered.append(found["lower"] <= truth <= found["upper"])
    assert np.mean(covered) >= 0.88


def test_what_an_interval_needs_is_said() -> None:
    few = income_inequality([1, 2, 3], measures=["gini"]).iloc[0]
    assert (few["reason"], np.isnan(few["lower"])) == ("too_few", True)
    equal = income_inequality([5] * 40, measures=["gini"]).iloc[0]
    assert (equal["lower"], equal["upper"]) == (0.0, 0.0)
    undefined = income_inequality([0.0, *range(1, 40)], measures=["mld"]).iloc[0]
    assert undefined["reason"] == "not_defined"
    assert {"too_few", "no_income", "not_defined", "estimated"} == set(INCOME_REASONS)
