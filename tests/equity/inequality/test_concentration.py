"""Concentration indices: definition, corrections, standard errors."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import absolute_concentration, relative_concentration
from c2c_lib.errors import InputError
from support.inequality import settings

CORRECTIONS: list[Any] = ["none", "wagstaff", "erreygers"]


def index(setting: Any, **more: Any) -> Groups:
    figures, populations = setting
    return Groups.of(figures, population=populations, order=np.arange(len(figures)), **more)


@given(settings())
def test_twice_the_covariance_with_the_rank(setting: Any) -> None:
    y, n = (np.asarray(values, dtype=float) for values in setting)
    rank = (np.cumsum(n) - n / 2) / n.sum()
    covariance = np.cov(y, rank, aweights=n, bias=True)[0, 1] if len(y) > 1 else 0.0
    found = absolute_concentration(index(setting))
    assert float(found.estimate) == pytest.approx(2 * covariance, abs=1e-12)


@given(settings())
def test_erreygers_mirrors_the_complement(setting: Any) -> None:
    figures, populations = setting
    here = relative_concentration(index(setting), correction="erreygers")
    other = relative_concentration(
        index((1 - np.asarray(figures), populations)), correction="erreygers"
    )
    assert float(here.estimate) == pytest.approx(-float(other.estimate), abs=1e-12)


def test_wagstaff_reaches_one_where_only_the_better_off_have_it() -> None:
    groups = index(([0.0, 1.0], [70, 30]))
    assert float(relative_concentration(groups, correction="wagstaff").estimate) == pytest.approx(1)


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_standard_error_is_the_delta_method(correction: Any) -> None:
    y, s, n, step = np.array([0.3, 0.5, 0.62]), np.array([0.02, 0.03, 0.01]), [100, 300, 50], 1e-6

    def at(figures: np.ndarray) -> float:
        return float(relative_concentration(index((figures, n)), correction=correction).estimate)

    slopes = [(at(y + step * one) - at(y - step * one)) / (2 * step) for one in np.eye(3)]
    found = relative_concentration(index((y, n), standard_error=s), correction=correction)
    assert float(found.standard_error) == pytest.approx(np.hypot.reduce(slopes * s), rel=1e-6)


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_simulated_places_are_covered(correction: Any, generator: np.random.Generator) -> None:
    true, size = np.array([0.2, 0.35, 0.33, 0.6]), np.array([300, 200, 500, 250])
    truth = float(relative_concentration(index((true, size)), correction=correction).estimate)
    shares = generator.binomial(size, true, (8000, 4)) / size
    groups = Groups.of(
        shares,
        population=size,
        standard_error=np.sqrt(shares * (1 - shares) / size),
        order=range(4),
    )
    found = relative_concentration(groups, correction=correction)
    covered = (found.lower <= truth) & (truth <= found.upper)
    assert covered.mean() == pytest.approx(0.95, abs=0.012)


def test_regression_needs_three_groups_and_no_standard_errors() -> None:
    assert np.isnan(absolute_concentration(index(([0.2, 0.4], [1, 1])), variance="regression")[1])
    found = absolute_concentration(index(([0.2, 0.4, 0.5], [1, 1, 1])), variance="regression")
    assert found.standard_error > 0


def test_order_is_needed_and_words_are_checked() -> None:
    with pytest.raises(InputError, match="Pass order="):
        absolute_concentration(Groups.of([0.2, 0.3], population=[1, 1]))
    with pytest.raises(InputError, match="wagstaff"):
        relative_concentration(index(([0.2, 0.4], [1, 1])), correction="wagstaf")  # type: ignore[arg-type]


def test_a_figure_without_a_bound_has_no_correction() -> None:
    groups = index(([200.0, 400], [1, 1]), scale=np.inf)
    assert np.isnan(relative_concentration(groups, correction="wagstaff").estimate)
    assert not np.isnan(relative_concentration(groups).estimate)
