"""Control charts against the reference tool, hand calculations and simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import individuals_chart, proportion_chart, proportion_prime_chart
from c2c_lib.errors import InputError

series = st.lists(st.integers(0, 100), min_size=2, max_size=20)


# Montgomery 2013, example 7.1 (orange juice cans): 347 of 1,500 in 30 samples of 50.
def test_printed_limits_of_the_orange_juice_cans() -> None:
    count = np.array([12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20,
                      18, 24, 15, 9, 12, 7, 13, 9, 6])  # fmt: skip
    chart = proportion_chart(count, 50)
    assert chart.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert chart.lower[0] == pytest.approx(0.0524, abs=5e-4)
    assert chart.upper[0] == pytest.approx(0.4102, abs=5e-4)
    assert np.flatnonzero(chart.outside).tolist() == [14, 22]


@given(series, st.integers(1, 9), st.integers(-50, 50))
def test_limits_follow_the_unit(values: list[int], by: int, plus: int) -> None:
    one, other = individuals_chart(values), individuals_chart(by * np.array(values) + plus)
    for name in ("centre", "lower", "upper"):
        assert getattr(other, name) == pytest.approx(by * getattr(one, name) + plus, abs=1e-8)
    np.testing.assert_array_equal(one.outside, other.outside)


@given(st.floats(-1e6, 1e6), st.integers(2, 12))
def test_constant_figures_are_inside(value: float, points: int) -> None:
    assert not individuals_chart([value] * points).outside.any()


def test_gap_in_the_series_has_no_moving_range() -> None:
    chart = individuals_chart([1.0, 2, np.nan, 50, 51])
    assert chart.upper[0] - chart.centre[0] == pytest.approx(3 * 1 / 1.128)
    assert chart.centre[0] == 26
    alone = individuals_chart([[1.0, np.nan, 3], [np.nan] * 3])
    assert np.isnan(alone.lower).all()
    assert not alone.outside.any()


def test_screening_keeps_an_outlier_from_widening_the_limits() -> None:
    values = [50, 51, 50, 49, 50, 51, 50, 90, 50, 51, 50, 49]
    assert individuals_chart(values, screened=True).outside[7]
    wide, narrow = individuals_chart(values), individuals_chart(values, screened=True)
    # Moving ranges: nine of 1 and two of 40; 40 lies above 3.267 times their mean of 8.09.
    assert wide.upper[0] - wide.centre[0] == pytest.approx(3 * 89 / 11 / 1.128)
    assert narrow.upper[0] - narrow.centre[0] == pytest.approx(3 / 1.128)


def test_limits_stop_at_what_a_figure_can_be() -> None:
    chart = individuals_chart([0.1, 0.9, 0.2, 0.95], minimum=0, maximum=1)
    assert (chart.lower[0], chart.upper[0]) == (0, 1)


def test_baseline_holds_the_limits() -> None:
    count, nobs = [20, 22, 19, 21, 40, 41], [100] * 6
    values = np.array(count) / 100
    for held, alone in (
        (individuals_chart(values, baseline=4), individuals_chart(values[:4])),
        (proportion_chart(count, nobs, baseline=4), proportion_chart(count[:4], nobs[:4])),
        (
            proportion_prime_chart(count, nobs, baseline=4),
            proportion_prime_chart(count[:4], nobs[:4]),
        ),
    ):
        assert held.upper[:4] == pytest.approx(alone.upper)
        assert held.outside[4:].all()


def test_laney_factor_by_hand() -> None:
    # p 0.10, 0.12, 0.11 around 0.11: moving ranges 0.02 and 0.01, error sqrt(0.0979 / 1000).
    chart = proportion_prime_chart([100, 120, 110], [1000, 1000, 1000])
    error = (0.11 * 0.89 / 1000) ** 0.5
    assert chart.sigma_z == pytest.approx(0.015 / error / 1.128)
    assert chart.upper[0] == pytest.approx(0.11 + 3 * 0.015 / 1.128)


def test_prime_limits_are_those_of_the_p_chart_where_chance_is_all(
    generator: np.random.Generator,
) -> None:
    count = generator.binomial(400, 0.3, size=(300, 40))
    chart = proportion_prime_chart(count, 400)
    assert chart.sigma_z.mean() == pytest.approx(1, abs=0.02)
    assert chart.outside.mean() < 0.006
    assert proportion_chart(count, 400).outside.mean() < 0.006


def test_only_the_prime_chart_stays_calm_with_many_children(
    generator: np.random.Generator,
) -> None:
    share = generator.normal(0.3, 0.02, size=(200, 30))
    count = generator.binomial(50_000, share)
    assert proportion_chart(count, 50_000).outside.mean() > 0.5
    assert proportion_prime_chart(count, 50_000).outside.mean() < 0.01


def test_no_and_all_children_have_flat_limits() -> None:
    for count in (0, 30):
        for chart in (
            proportion_chart([count] * 4, [30] * 4),
            proportion_prime_chart([count] * 4, [30] * 4),
        ):
            assert chart.lower == pytest.approx(chart.upper)
            assert not chart.outside.any()


def test_unknown_and_empty_points_have_no_limits() -> None:
    chart = proportion_chart([10, np.nan, 0, 12], [100, 100, 0, 100])
    assert np.isnan(chart.lower).tolist() == [False, True, True, False]
    assert chart.centre[0] == 0.11


def test_wrong_input_is_an_error() -> None:
    with pytest.raises(InputError, match="2 to 3 first points"):
        individuals_chart([1, 2, 3], baseline=1)
    with pytest.raises(InputError, match="5/4"):
        proportion_chart([5, 1], [4, 4])
    with pytest.raises(InputError, match="not a series"):
        proportion_chart(5, 10)
