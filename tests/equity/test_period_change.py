"""When a change is a change."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import CHANGE_REASONS, Change, Measured, change_between, difference_interval
from c2c_lib.errors import InputError


def counted(x: float, n: float) -> Measured:
    return Measured.of(x / n, numerator=x, denominator=n)


def change(earlier: Measured, later: Measured, **options: Any) -> Change:
    settings: dict[str, Any] = {
        "earlier_period": "2014-15",
        "later_period": "2018-19",
        "polarity": "higher_is_better",
    }
    return change_between(earlier, later, **(settings | options))


def words(found: Change) -> tuple[str, str, str]:
    return str(found.verdict), str(found.basis), str(found.reason)


@pytest.mark.parametrize(
    ("later", "polarity", "expected"),
    [
        (530, "higher_is_better", ("improved", "counts", "beyond_chance")),
        (410, "higher_is_better", ("slipped", "counts", "beyond_chance")),
        (530, "lower_is_better", ("slipped", "counts", "beyond_chance")),
        (410, "lower_is_better", ("improved", "counts", "beyond_chance")),
        (490, "higher_is_better", ("about_the_same", "counts", "within_chance")),
        (475, "higher_is_better", ("about_the_same", "counts", "below_minimum")),
        (530, "neutral", ("no_direction", "counts", "neutral")),
        (475, "neutral", ("about_the_same", "counts", "below_minimum")),
    ],
)
def test_verdict_of_470_in_a_thousand(
    later: int, polarity: str, expected: tuple[str, str, str]
) -> None:
    found = change(counted(470, 1000), counted(later, 1000), polarity=polarity)
    assert words(found) == expected


def test_interval_is_that_of_later_minus_earlier() -> None:
    found = change(counted(470, 1000), counted(530, 1000))
    assert (found.lower, found.upper) == pytest.approx(difference_interval(530, 1000, 470, 1000))
    assert found.difference == pytest.approx(0.06)


def test_statistically_clear_but_tiny_change_is_about_the_same() -> None:
    found = change(counted(500_000, 1_000_000), counted(505_000, 1_000_000))
    assert found.lower > 0
    assert words(found) == ("about_the_same", "counts", "below_minimum")


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [(0.02, 0.03, "improved"), (0.30, 0.31, "improved"), (0.30, 0.309, "about_the_same")],
)
def test_without_precision_the_size_decides_and_a_full_point_counts(
    earlier: float, later: float, verdict: str
) -> None:
    found = change(Measured.of(earlier), Measured.of(later))
    assert str(found.verdict) == verdict
    assert str(found.basis) == "size_only"
    assert np.isnan(found.lower)


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [(60.0, 60.5, "about_the_same"), (60.0, 60.6, "improved")],
)
def test_other_units_need_one_percent(earlier: float, later: float, verdict: str) -> None:
    found = change(Measured.of(earlier), Measured.of(later), unit="index")
    assert str(found.verdict) == verdict


def test_minimum_can_be_set() -> None:
    found = change(Measured.of(0.30), Measured.of(0.34), minimum=0.05)
    assert words(found) == ("about_the_same", "size_only", "below_minimum")


@pytest.mark.parametrize(
    ("periods", "reason"),
    [
        (("2014-2018", "2015-2019"), "overlapping_periods"),
        (("2014-2018", "2018-2022"), "overlapping_periods"),
        (("2012-2016", "2017-2021"), "beyond_chance"),
        (("2018-19", "2018-19"), "overlapping_periods"),
    ],
)
def test_windows_that_share_years_are_not_compared(periods: tuple[str, str], reason: str) -> None:
    found = change(
        Measured.of(0.20, moe90=0.01),
        Measured.of(0.30, moe90=0.01),
        earlier_period=periods[0],
        later_period=periods[1],
    )
    assert str(found.reason) == reason
    stopped = reason == "overlapping_periods"
    assert (str(found.verdict) == "not_enough_data") == stopped
    assert np.isnan(found.difference) == stopped
    assert (str(found.basis) == "none") == stopped


def test_break_in_the_series_and_missing_figures_stop_the_comparison() -> None:
    found = change(
        Measured.of([0.3, np.nan, 0.3]),
        Measured.of([0.4, 0.4, 0.4]),
        comparable=[False, True, True],
    )
    assert found.verdict.tolist() == ["not_enough_data", "not_enough_data", "improved"]
    assert found.reason.tolist() == ["break_in_series", "no_figure", "size_only"]
    assert np.isnan(found.difference).tolist() == [True, True, False]


def test_every_figure_may_have_its_own_periods() -> None:
    found = change(
        Measured.of([0.2, 0.2], moe90=0.01),
        Measured.of([0.3, 0.3], moe90=0.01),
        earlier_period=["2010-2014", "2014-2018"],
        later_period=["2015-2019", "2015-2019"],
    )
    assert found.verdict.tolist() == ["improved", "not_enough_data"]


shares = st.integers(0, 1000).map(lambda value: value / 1000)


@given(shares, shares, st.one_of(st.none(), st.floats(0, 0.2)), st.booleans())
def test_turning_the_polarity_around_turns_the_verdict_around(
    earlier: float, later: float, margin: float | None, up: bool
) -> None:
    polarity, other = ("higher_is_better", "lower_is_better")[:: 1 if up else -1]
    before, after = Measured.of(earlier, moe90=margin), Measured.of(later, moe90=margin)
    found = change(before, after, polarity=polarity)
    turned = change(before, after, polarity=other)
    opposite = {"improved": "slipped", "slipped": "improved"}
    verdict = str(found.verdict)
    assert str(turned.verdict) == opposite.get(verdict, verdict)
    assert str(found.reason) in CHANGE_REASONS
    if verdict in opposite and margin is not None:
        assert found.lower > 0 or found.upper < 0


def test_no_change_is_called_a_change_about_one_time_in_twenty(
    generator: np.random.Generator,
) -> None:
    before, after = generator.binomial(300, 0.5, (2, 4000))
    found = change(
        Measured.of(before / 300, numerator=before, denominator=300),
        Measured.of(after / 300, numerator=after, denominator=300),
    )
    assert 0.035 < np.isin(found.verdict, ["improved", "slipped"]).mean() < 0.06


def test_wrong_periods_are_all_reported() -> None:
    figures = Measured.of([0.3, 0.3, 0.3])
    with pytest.raises(InputError) as caught:
        change(
            figures,
            figures,
            earlier_period=["2014-16", "2018-19", "2010"],
            later_period=["2018-19", "2014-15", "2015"],
        )
    assert len(caught.value.problems) == 2
    assert "Exchange earlier and later" in str(caught.value)


@pytest.mark.parametrize("minimum", [-0.01, float("nan")])
def test_minimum_is_a_size(minimum: float) -> None:
    with pytest.raises(InputError, match="is not a size"):
        change(Measured.of(0.3), Measured.of(0.4), minimum=minimum)
