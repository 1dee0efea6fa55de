"""Margins of error against the printed examples of the Census Bureau's handbook."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import (
    coefficient_of_variation,
    difference_margin,
    margin_interval,
    ratio_margin,
    relative_change_margin,
    standard_error,
)
from c2c_lib.errors import InputError

positive = st.floats(0.1, 1e6)


# American Community Survey General Handbook 2020, chapter 8.
def test_printed_ratio_of_the_handbook() -> None:
    assert round(226840 / 203119, 3) == 1.117
    assert round(float(ratio_margin(226840, 5556, 203119, 5070)), 3) == 0.039


def test_relative_change_has_the_margin_of_the_ratio_of_later_to_earlier() -> None:
    # By hand: R = 1.2, sqrt(180^2 + 1.2^2 * 150^2) / 2000 = sqrt(64800) / 2000.
    assert relative_change_margin(2000, 150, 2400, 180) == pytest.approx(64800**0.5 / 2000)


@given(positive, positive)
def test_difference_is_never_more_certain_than_its_parts(first: float, second: float) -> None:
    margin = float(difference_margin(first, second))
    assert max(first, second) <= margin <= first + second


def test_ninety_percent_interval_is_the_published_margin() -> None:
    assert margin_interval(0.18, 0.05, 0.90) == pytest.approx((0.13, 0.23), abs=1e-15)


def test_other_levels_scale_by_the_census_factor() -> None:
    lower, upper = margin_interval(100.0, 16.45, 0.95)
    assert (upper - lower) / 2 == pytest.approx(10 * 1.959964, rel=1e-6)


def test_interval_of_a_share_stops_at_nothing_and_at_everyone() -> None:
    lower, upper = margin_interval([0.01, 0.99], 0.05, minimum=0, maximum=1)
    assert lower[0] == 0
    assert upper[1] == 1


def test_simulated_surveys_are_covered(generator: np.random.Generator) -> None:
    estimates = generator.normal(0.3, 0.02, 20_000)
    lower, upper = margin_interval(estimates, 0.02 * 1.645)
    assert ((lower <= 0.3) & (upper >= 0.3)).mean() == pytest.approx(0.95, abs=0.005)


@pytest.mark.parametrize(
    "margin", [ratio_margin(5, 1, 0, 1), coefficient_of_variation(0, 12), standard_error(np.nan)]
)
def test_zero_denominator_and_unknown_stay_unknown(margin: Any) -> None:
    assert np.isnan(margin)


def test_codes_in_the_place_of_a_margin_are_an_error() -> None:
    with pytest.raises(InputError, match="missing values"):
        difference_margin(10, [-222222222, 5])
