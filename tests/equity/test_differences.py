"""Intervals of differences and ratios against published tables, tools and first principles."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats

from c2c_lib.equity import difference_interval, ratio_interval
from c2c_lib.equity.differences import DifferenceMethod, RatioMethod
from c2c_lib.errors import InputError

DIFFERENCES, RATIOS = get_args(DifferenceMethod), get_args(RatioMethod)
Z = stats.norm.ppf(0.975)

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# Newcombe 1998, Statistics in Medicine 17:873-890, Table II, method 10.
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0000)),
        ((10, 10, 0, 10), (0.6075, 1.0000)),
    ],
)
def test_printed_limits_of_newcombe(
    table: tuple[int, int, int, int], expected: tuple[float, float]
) -> None:
    assert difference_interval(*table) == pytest.approx(expected, abs=5e-5)


def score_statistic(table: tuple[int, int, int, int], difference: float, factor: float) -> float:
    """The score statistic with the likelihood maximised numerically."""
    x1, n1, x2, n2 = table

    def unlikely(p2: float) -> float:
        p1 = min(max(p2 + difference, 0.0), 1.0)
        return -float(
            special.xlogy(x1, p1)
            + special.xlog1py(n1 - x1, -p1)
            + special.xlogy(x2, p2)
            + special.xlog1py(n2 - x2, -p2)
        )

    bounds = (max(0.0, -difference), min(1.0, 1.0 - difference))
    p2 = optimize.minimize_scalar(
        unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-12}
    ).x
    p1 = p2 + difference
    variance = factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return float((x1 / n1 - x2 / n2 - difference) / np.sqrt(variance))


@pytest.mark.parametrize(
    "table",
    [
        (7, 34, 1, 34),
        (3, 12, 20, 310),
        (66, 95, 310, 611),
        (56, 70, 48, 80),
        (9, 10, 3, 10),
        (5, 56, 1, 29),
        (412, 1873, 233, 1541),
    ],
)
@pytest.mark.parametrize("method", ["mee", "miettinen_nurminen"])
def test_score_limits_solve_the_equation_of_the_likelihood(
    table: tuple[int, int, int, int], method: Any
) -> None:
    total = table[1] + table[3]
    factor = total / (total - 1) if method == "miettinen_nurminen" else 1.0
    lower, upper = difference_interval(*table, method)
    assert score_statistic(table, float(lower), factor) == pytest.approx(Z, abs=1e-5)
    assert score_statistic(table, float(upper), factor) == pytest.approx(-Z, abs=1e-5)


@pytest.mark.parametrize("method", DIFFERENCES)
@given(counts, counts)
def test_difference_always_has_an_interval_within_minus_one_and_one(
    method: Any, first: tuple[int, int], second: tuple[int, int]
) -> None:
    lower, upper = difference_interval(*first, *second, method)
    assert -1 <= lower <= upper <= 1
    if method != "agresti_caffo":  # whose centre is not the observed difference
        observed = first[0] / first[1] - second[0] / second[1]
        assert lower - 1e-9 <= observed <= upper + 1e-9


@pytest.mark.parametrize("method", DIFFERENCES)
@given(counts, counts)
def test_exchanging_the_groups_turns_the_difference_around(
    method: Any, first: tuple[int, int], second: tuple[int, int]
) -> None:
    lower, upper = difference_interval(*first, *second, method)
    other = difference_interval(*second, *first, method)
    assert (-other.upper, -other.lower) == pytest.approx((lower, upper), abs=1e-7)


@pytest.mark.parametrize("method", RATIOS)
@given(counts, counts)
def test_ratio_is_defined_at_every_count(
    method: Any, first: tuple[int, int], second: tuple[int, int]
) -> None:
    lower, upper = ratio_interval(*first, *second, method)
    assert 0 <= lower <= upper
    if method != "katz_adjusted":
        assert lower < upper
        assert (lower == 0) == (first[0] == 0)
        assert np.isinf(upper) == (second[0] == 0)
    if method != "katz_adjusted" and first[0] and second[0]:
        observed = first[0] / first[1] / (second[0] / second[1])
        assert lower * (1 - 1e-9) <= observed <= upper * (1 + 1e-9)


@pytest.mark.parametrize("method", ["koopman", "katz", "miettinen_nurminen"])
@given(counts, counts)
def test_exchanging_the_groups_inverts_the_ratio(
    method: Any, first: tuple[int, int], second: tuple[int, int]
) -> None:
    lower, upper = ratio_interval(*first, *second, method)
    other = ratio_interval(*second, *first, method)
    with np.errstate(divide="ignore"):
        inverted = (1 / np.float64(other.upper), 1 / np.float64(other.lower))
    assert inverted == pytest.approx((lower, upper), rel=1e-6)


def test_koopman_limits_solve_the_printed_chi_square() -> None:
    # Koopman 1984: U = sum (x - n p)^2 / (n p (1 - p)) equals z^2 at both limits.
    x1, n1, x2, n2 = 36, 40, 16, 80
    for theta in ratio_interval(x1, n1, x2, n2, "koopman"):
        b = theta * (n1 + x2) + x1 + n2
        p1 = (b - np.sqrt(b**2 - 4 * theta * (n1 + n2) * (x1 + x2))) / (2 * (n1 + n2))
        p2 = p1 / theta
        u = (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) + (x2 - n2 * p2) ** 2 / (n2 * p2 * (1 - p2))
        assert u == pytest.approx(Z**2, rel=1e-9)


def test_koopmans_own_example() -> None:
    # Koopman 1984, Biometrics 40:513-517: 36/40 against 16/80 gives 2.94 to 7.15.
    assert ratio_interval(36, 40, 16, 80, "koopman") == pytest.approx((2.94, 7.15), abs=0.005)


@pytest.mark.parametrize("method", ["newcombe", "miettinen_nurminen", "agresti_caffo"])
def test_difference_covers_the_truth_as_often_as_it_says(
    generator: np.random.Generator, method: Any
) -> None:
    x1, x2 = generator.binomial(45, 0.55, 4000), generator.binomial(120, 0.72, 4000)
    lower, upper = difference_interval(x1, 45, x2, 120, method)
    assert 0.935 < ((lower <= -0.17) & (upper >= -0.17)).mean() < 0.97


@pytest.mark.parametrize("method", ["katz", "koopman"])
def test_ratio_covers_the_truth_as_often_as_it_says(
    generator: np.random.Generator, method: Any
) -> None:
    x1, x2 = generator.binomial(45, 0.2, 4000), generator.binomial(120, 0.1, 4000)
    lower, upper = ratio_interval(x1, 45, x2, 120, method)
    assert 0.935 < ((lower <= 2) & (upper >= 2)).mean() < 0.98


def test_unknown_counts_have_no_interval() -> None:
    for method in DIFFERENCES:
        assert np.isnan(difference_interval(np.nan, 10, 3, 10, method)).all()
    for ratio in RATIOS:
        assert np.isnan(ratio_interval(3, 10, 0, 0, ratio)).all()


def test_vectors_give_what_single_tables_give() -> None:
    tables = np.array([[9, 10, 3, 10], [0, 10, 0, 20], [7, 34, 1, 34]])
    for method in DIFFERENCES:
        together = difference_interval(*tables.T, method)
        alone = [difference_interval(*row, method) for row in tables]
        np.testing.assert_allclose(together, np.transpose(alone), rtol=0, atol=1e-15)


def test_wrong_pair_is_named() -> None:
    with pytest.raises(InputError, match="second: has a count above"):
        difference_interval(5, 10, 11, 10)
