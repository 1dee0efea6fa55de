"""Between-group variance and what is made of it."""

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
