"""Mean log deviation and Theil index, where the best-known tool covers 0.2 % of the time."""

import numpy as np
import pytest

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import mean_log_deviation, theil

TRUE = np.array([0.385, 0.724, 0.312, 0.298, 0.520, 0.661])
SIZE = np.array([260, 410, 3550, 5120, 475, 2210])


def test_by_hand() -> None:
    groups = Groups.of([0.3, 0.5], population=[100, 300])
    r = np.array([0.3, 0.5]) / 0.45
    expected = 1000 * -(0.25 * np.log(r[0]) + 0.75 * np.log(r[1]))
    assert float(mean_log_deviation(groups).estimate) == pytest.approx(expected)
    expected = 1000 * (0.25 * r[0] * np.log(r[0]) + 0.75 * r[1] * np.log(r[1]))
    assert float(theil(groups).estimate) == pytest.approx(expected)


@pytest.mark.parametrize("function", [mean_log_deviation, theil])
def test_standard_error_is_the_delta_method(function) -> None:  # type: ignore[no-untyped-def]
    y, s = np.array([0.3, 0.5, 0.62]), np.array([0.02, 0.03, 0.01])
    population, step = [100, 300, 50], 1e-6
    slopes = [
        (
            float(function(Groups.of(y + step * one, population=population)).estimate)
            - float(function(Groups.of(y - step * one, population=population)).estimate)
        )
        / (2 * step)
        for one in np.eye(3)
    ]
    found = function(Groups.of(y, population=population, standard_error=s))
    assert float(found.standard_error) == pytest.approx(np.hypot.reduce(slopes * s), rel=1e-5)


@pytest.mark.parametrize("function", [mean_log_deviation, theil])
@pytest.mark.parametrize("true", [TRUE, np.full(6, 0.4)], ids=["unequal", "equal"])
def test_simulated_places_are_covered(  # type: ignore[no-untyped-def]
    function, true: np.ndarray, generator: np.random.Generator
) -> None:
    truth = float(function(Groups.of(true, population=SIZE)).estimate)
    shares = generator.binomial(SIZE, true, (8000, 6)) / SIZE
    errors = np.sqrt(shares * (1 - shares) / SIZE)
    found = function(Groups.of(shares, population=SIZE, standard_error=errors))
    covered = ((found.lower <= truth) & (truth <= found.upper)).mean()
    # Where all are equal the interval must not shrink to a point; it covers more often.
    assert 0.935 <= covered <= (0.965 if true is TRUE else 1.0)


def test_equal_figures_do_not_make_equality_certain() -> None:
    found = theil(Groups.of([0.5, 0.5], population=[100, 100], standard_error=[0.05, 0.05]))
    # 1000 / (2 mu^2) times the standard error of BGV, sqrt(2 * 2 * 0.25 * 0.25 * 0.05^4 * 2).
    assert float(found.standard_error) == pytest.approx(1000 / 0.5 * 0.5**0.5 * 0.05**2)


def test_a_figure_of_zero() -> None:
    groups = Groups.of([0.0, 0.4], population=[100, 100], standard_error=[0.01, 0.01])
    assert float(theil(groups).estimate) == pytest.approx(1000 * np.log(2))
    assert np.isposinf(mean_log_deviation(groups).estimate)
    empty = Groups.of([0.0, 0.4], population=[0, 100])
    assert float(mean_log_deviation(empty).estimate) == 0
