"""Between-group variance and what is made of it."""

from typing import Any

import numpy as np
import pytest

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import (
    between_group_deviation,
    between_group_variance,
    coefficient_between_groups,
)

GROUPS = Groups.of([30, 50], population=[100, 300], standard_error=[4, 3], scale=100)


def test_by_hand() -> None:
    # p = 1/4, 3/4; mu = 45; away = -15, 5; p^2 s^2 = 1, 5.0625.
    found = between_group_variance(GROUPS)
    inner = 4 * (225 + 126.5625) + 2 * (
        6.0625**2
        - (0.25**4 * 256 + 0.75**4 * 81)
        + (0.25**2 * 0.75**2 * 256 + 0.75**2 * 0.25**2 * 81)
    )
    assert float(found.estimate) == pytest.approx(75)
    assert float(found.standard_error) == pytest.approx(inner**0.5)
    assert float(between_group_deviation(GROUPS).estimate) == pytest.approx(75**0.5)
    found = coefficient_between_groups(GROUPS)
    assert float(found.estimate) == pytest.approx(100 * 75**0.5 / 45)


def test_standard_error_is_exact_for_normal_figures(generator: np.random.Generator) -> None:
    y, s, n = np.array([30.0, 50, 44]), np.array([4.0, 3, 6]), np.array([100, 300, 200])
    drawn = np.clip(generator.normal(y, s, (200_000, 3)), 0, None)
    simulated = between_group_variance(Groups.of(drawn, population=n, scale=np.inf)).estimate
    formula = between_group_variance(
        Groups.of(y, population=n, standard_error=s, scale=100)
    ).standard_error
    assert float(simulated.std()) == pytest.approx(float(formula), rel=0.01)


def test_simulated_places_are_covered(generator: np.random.Generator) -> None:
    true, size = np.array([0.3, 0.45, 0.6]), np.array([400, 700, 300])
    truth = float(between_group_variance(Groups.of(true, population=size)).estimate)
    shares = generator.binomial(size, true, (10_000, 3)) / size
    errors = np.sqrt(shares * (1 - shares) / size)
    found = between_group_variance(Groups.of(shares, population=size, standard_error=errors))
    covered = (found.lower <= truth) & (truth <= found.upper)
    assert covered.mean() == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize("function", [between_group_deviation, coefficient_between_groups])
@pytest.mark.parametrize(
    "true", [[0.3, 0.45, 0.6, 0.5], [0.45, 0.5, 0.5, 0.55], [0.5] * 4], ids=["far", "near", "equal"]
)
def test_simulated_roots_are_covered(
    function: Any, true: list[float], generator: np.random.Generator
) -> None:
    size = np.array([200, 350, 150, 100])
    truth = float(function(Groups.of(true, population=size)).estimate)
    shares = generator.binomial(size, true, (8000, 4)) / size
    errors = np.sqrt(shares * (1 - shares) / size)
    found = function(Groups.of(shares, population=size, standard_error=errors))
    covered = (found.lower <= truth + 1e-12) & (truth <= found.upper)
    assert 0.935 <= covered.mean() <= (1.0 if len(set(true)) == 1 else 0.985)
    assert (found.lower >= 0).all()


def test_standard_error_of_the_coefficient_is_the_delta_method() -> None:
    y, s, n, step = np.array([0.3, 0.5, 0.62]), np.array([2e-5, 3e-5, 1e-5]), [100, 300, 50], 1e-6

    def at(figures: np.ndarray) -> float:
        return float(coefficient_between_groups(Groups.of(figures, population=n)).estimate)

    slopes = [(at(y + step * one) - at(y - step * one)) / (2 * step) for one in np.eye(3)]
    found = coefficient_between_groups(Groups.of(y, population=n, standard_error=s))
    assert float(found.standard_error) == pytest.approx(np.hypot.reduce(slopes * s), rel=1e-4)
