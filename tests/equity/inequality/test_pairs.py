"""Difference and ratio: which two groups, and how sure."""

from typing import Any

import numpy as np
import pytest

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import difference, ratio

FIGURES = [0.30, 0.52, 0.41]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, 0.22),
        ({"polarity": "lower_is_better"}, 0.22),
        ({"polarity": "neutral"}, 0.22),
        ({"order": [1, 2, 3]}, 0.11),
        ({"order": [1, 2, 3], "polarity": "lower_is_better"}, -0.11),
        ({"order": [1, 2, 3], "polarity": "neutral"}, np.nan),
        ({"reference": [0, 0, 1]}, 0.11),
        ({"reference": [0, 0, 1], "polarity": "lower_is_better"}, 0.11),
        ({"reference": [1, 0, 0]}, -0.11),
        ({"reference": [1, 0, 0], "polarity": "lower_is_better"}, 0.22),
        ({"order": [1, 2, 3], "reference": [0, 1, 0]}, 0.11),
    ],
)
def test_which_groups_are_compared(more: dict[str, Any], expected: float) -> None:
    found = difference(Groups.of(FIGURES, **more))
    assert float(found.estimate) == pytest.approx(expected, nan_ok=True)


def test_tied_extremes_give_one_difference() -> None:
    found = difference(Groups.of([0.3, 0.5, 0.3, 0.5], standard_error=[0.1, 0.2, 0.3, 0.4]))
    assert found.estimate == pytest.approx(0.2)
    assert found.standard_error.shape == ()


def test_a_reference_without_a_figure_gives_no_difference() -> None:
    groups = Groups.of([[0.3, 0.5], [np.nan, 0.5]], reference=[True, False])
    assert np.isnan(difference(groups).estimate).tolist() == [False, True]


def test_ratio_ignores_no_missing_standard_error() -> None:
    found = ratio(Groups.of([0.5, 0.25], standard_error=[0.1, np.nan]))
    assert float(found.estimate) == 2
    assert np.isnan([found.standard_error, found.lower, found.upper]).all()


def test_ratio_by_hand() -> None:
    # SE(log R) = sqrt((0.04/0.52)^2 + (0.03/0.30)^2) = 0.126163
    found = ratio(Groups.of([0.52, 0.30], standard_error=[0.04, 0.03]), level=0.90)
    assert found == pytest.approx((1.733333, 0.218682, 1.408501, 2.133079), abs=1e-5)


@pytest.mark.parametrize(("figures", "expected"), [([0.0, 0.3], np.inf), ([0.0, 0.0], np.nan)])
def test_zeros(figures: list[float], expected: float) -> None:
    found = ratio(Groups.of(figures, standard_error=[0.01, 0.01]))
    assert float(found.estimate) == pytest.approx(expected, nan_ok=True)
    assert np.isnan(found.lower)


def test_simulated_differences_are_covered(generator: np.random.Generator) -> None:
    true, size = np.array([0.3, 0.5]), np.array([120, 180])
    shares = generator.binomial(size, true, (20_000, 2)) / size
    errors = np.sqrt(shares * (1 - shares) / size)
    groups = Groups.of(shares, standard_error=errors, order=[1, 2])
    for found, truth in ((difference(groups), 0.2), (ratio(groups), 5 / 3)):
        covered = (found.lower <= truth) & (truth <= found.upper)
        assert covered.mean() == pytest.approx(0.95, abs=0.01)
