"""Slope and relative index of inequality against independent fits."""

from typing import Any

import numpy as np
import pytest
from scipy import optimize, special

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import relative_index, slope_index
from c2c_lib.errors import InputError

FIGURES, SIZES = np.array([0.225, 0.373, 0.488, 0.726]), np.array([1430.0, 3300, 2510, 1980])
ERRORS = np.sqrt(FIGURES * (1 - FIGURES) / SIZES)
RANK = (np.cumsum(SIZES) - SIZES / 2) / SIZES.sum()


def groups(figures: Any = FIGURES, **more: Any) -> Groups:
    return Groups.of(figures, population=SIZES, order=range(4), **more)


def test_logit_fit_has_the_largest_likelihood() -> None:
    def unlikely(beta: np.ndarray) -> float:
        linear = beta[0] + beta[1] * RANK
        return -float((SIZES * (FIGURES * linear - np.logaddexp(0, linear))).sum())

    start, slope = optimize.minimize(unlikely, [0, 0], method="BFGS", tol=1e-12).x
    low, high = special.expit(start), special.expit(start + slope)
    assert float(slope_index(groups()).estimate) == pytest.approx(high - low, abs=1e-6)
    assert float(relative_index(groups()).estimate) == pytest.approx(high / low, abs=1e-5)


def test_linear_fit_is_weighted_least_squares() -> None:
    slope, start = np.polyfit(RANK, FIGURES, 1, w=np.sqrt(SIZES))
    assert float(slope_index(groups(), link="linear").estimate) == pytest.approx(slope)
    found = relative_index(groups(), link="linear")
    assert float(found.estimate) == pytest.approx((start + slope) / start)


@pytest.mark.parametrize("link", ["logit", "linear"])
@pytest.mark.parametrize("function", [slope_index, relative_index])
def test_standard_error_is_the_delta_method(function: Any, link: Any) -> None:
    step = 1e-5
    slopes = [
        (
            float(function(groups(FIGURES + step * one), link=link).estimate)
            - float(function(groups(FIGURES - step * one), link=link).estimate)
        )
        / (2 * step)
        for one in np.eye(4)
    ]
    found = function(groups(standard_error=ERRORS), link=link)
    assert float(found.standard_error) == pytest.approx(np.hypot.reduce(slopes * ERRORS), rel=1e-4)


@pytest.mark.parametrize("link", ["logit", "linear"])
@pytest.mark.parametrize("function", [slope_index, relative_index])
def test_simulated_places_are_covered_though_the_figures_are_no_line(
    function: Any, link: Any, generator: np.random.Generator
) -> None:
    true, size = np.array([0.2, 0.45, 0.3, 0.6]), np.array([300, 200, 500, 250])
    truth = float(function(Groups.of(true, population=size, order=range(4)), link=link).estimate)
    shares = generator.binomial(size, true, (6000, 4)) / size
    errors = np.sqrt(shares * (1 - shares) / size)
    found = function(
        Groups.of(shares, population=size, standard_error=errors, order=range(4)), link=link
    )
    covered = (found.lower <= truth) & (truth <= found.upper)
    assert covered.mean() == pytest.approx(0.95, abs=0.013)


def test_binomial_model_and_standard_errors_agree_where_the_model_holds() -> None:
    fitted = special.expit(-1.2 + 1.9 * RANK)
    exact = groups(fitted, standard_error=np.sqrt(fitted * (1 - fitted) / SIZES))
    by_errors, by_model = slope_index(exact), slope_index(exact, variance="model")
    assert float(by_errors.standard_error) == pytest.approx(float(by_model.standard_error))
    assert float(slope_index(exact, variance="hc1").standard_error) == pytest.approx(0, abs=1e-6)


def test_populations_weigh_once() -> None:
    # Twice the children in one group are two groups of the same rank: no weight is squared.
    one = Groups.of([0.2, 0.5], population=[100, 300], order=[1, 2])
    two = slope_index(one, link="linear")
    assert float(two.estimate) == pytest.approx(0.3 / ((0.25 + 0.375) - 0.125))


@pytest.mark.parametrize(("figure", "ratio"), [(0.0, np.nan), (1.0, 1.0)])
def test_no_child_or_every_child(figure: float, ratio: float) -> None:
    flat = groups(np.full(4, figure), standard_error=np.full(4, 0.01))
    found = slope_index(flat)
    assert float(found.estimate) == 0
    assert np.isnan(found.lower)
    assert float(relative_index(flat).estimate) == pytest.approx(ratio, nan_ok=True)


def test_complete_separation_has_no_logit_fit() -> None:
    separated = groups([0.0, 0.0, 0.0, 1.0], standard_error=np.full(4, 0.01))
    assert np.isnan(slope_index(separated).estimate)
    assert not np.isnan(slope_index(separated, link="linear").estimate)


def test_no_bound_no_logit() -> None:
    assert np.isnan(slope_index(groups(FIGURES * 1e4, scale=np.inf)).estimate)


def test_words_are_checked() -> None:
    with pytest.raises(InputError, match="logit, linear"):
        slope_index(groups(), link="probit")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="errors, model, hc1"):
        slope_index(groups(), variance="hc3")  # type: ignore[arg-type]
