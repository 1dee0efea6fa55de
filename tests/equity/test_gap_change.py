"""When a gap was reduced, and when it only looks so."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import GAP_CHANGE_REASONS, GapChange, Measured, gap_change_between
from c2c_lib.errors import InputError

shares = st.integers(1, 99).map(lambda value: value / 100)


def figures(*values: float, moe90: float | None = None) -> list[Measured]:
    return [Measured.of(value, moe90=moe90) for value in values]


def counted(*pairs: tuple[Any, Any]) -> list[Measured]:
    return [Measured.of(np.divide(x, n), numerator=x, denominator=n) for x, n in pairs]


def change(data: list[Measured], **options: Any) -> GapChange:
    return gap_change_between(*data, **({"polarity": "higher_is_better"} | options))


@pytest.mark.parametrize(
    ("values", "verdict", "levelling_down", "reversed_"),
    [
        ((0.66, 0.30, 0.68, 0.35), "reduced", False, False),
        ((0.66, 0.30, 0.60, 0.25), "reduced", True, False),
        ((0.66, 0.30, 0.60, 0.31), "reduced", False, False),
        ((0.66, 0.30, 0.70, 0.30), "widened", False, False),
        ((0.66, 0.30, 0.70, 0.70), "eliminated", False, False),
        ((0.66, 0.30, 0.60, 0.70), "eliminated", False, True),
        ((0.66, 0.30, 0.25, 0.30), "eliminated", True, True),
        ((0.66, 0.30, 0.76, 0.40), "about_the_same", False, False),
        ((0.30, 0.66, 0.30, 0.70), "never_behind", False, False),
        ((0.30, 0.66, 0.30, 0.20), "widened", False, False),
        ((0.66, np.nan, 0.68, 0.35), "not_enough_data", False, False),
    ],
)
def test_verdict_by_size(
    values: tuple[float, ...], verdict: str, levelling_down: bool, reversed_: bool
) -> None:
    found = change(figures(*values))
    assert str(found.verdict) == verdict
    assert (bool(found.levelling_down), bool(found.reversed)) == (levelling_down, reversed_)
    assert str(found.reason) in GAP_CHANGE_REASONS


def test_standard_error_is_the_root_of_four_variances() -> None:
    found = change(counted((60, 100), (80, 200), (130, 200), (90, 200)))
    variances = [0.6 * 0.4 / 100, 0.4 * 0.6 / 200, 0.65 * 0.35 / 200, 0.45 * 0.55 / 200]
    assert found.standard_error == pytest.approx(sum(variances) ** 0.5)
    assert found.change == pytest.approx(0.0)
    half = (found.upper - found.lower) / 2
    assert half == pytest.approx(1.96 * found.standard_error, rel=0.02)


def test_margins_give_the_census_formula() -> None:
    data = figures(0.66, 0.30, 0.68, 0.35, moe90=0.0329)
    found = change(data, level=0.90)
    assert found.standard_error == pytest.approx(0.04)
    assert (found.lower, found.upper) == pytest.approx((-0.03 - 0.0658, -0.03 + 0.0658))
    assert (str(found.verdict), str(found.reason)) == ("about_the_same", "within_chance")


def test_two_tests_would_see_a_difference_that_one_does_not() -> None:
    # The focal group's rise is clear, the reference's is not; the change of the gap is not.
    data = counted((600, 1000), (400, 1000), (630, 1000), (450, 1000))
    found = change(data)
    assert (str(found.verdict), str(found.reason)) == ("about_the_same", "within_chance")
    clear = change(counted((6000, 10000), (4000, 10000), (6300, 10000), (4500, 10000)))
    assert (str(clear.verdict), str(clear.reason)) == ("reduced", "beyond_chance")


def test_explicit_parameters_change_the_verdict() -> None:
    data = figures(0.66, 0.30, 0.67, 0.33)
    assert str(change(data).verdict) == "reduced"
    assert str(change(data, minimum=0.02).verdict) == "reduced"
    assert str(change(data, minimum=0.03).reason) == "below_minimum"
    refused = change(data, need_precision=True)
    assert (str(refused.verdict), str(refused.reason)) == ("not_enough_data", "precision_unknown")
    nearly = figures(0.66, 0.30, 0.67, 0.65)
    assert str(change(nearly).verdict) == "reduced"
    assert str(change(nearly, closed_within=0.02).verdict) == "eliminated"


@given(shares, shares, shares, shares, st.booleans())
def test_the_other_side_of_the_share_has_the_same_gap(
    r0: float, f0: float, r1: float, f1: float, surveyed: bool
) -> None:
    moe = 0.02 if surveyed else None
    one = change(figures(r0, f0, r1, f1, moe90=moe))
    other = change(figures(1 - r0, 1 - f0, 1 - r1, 1 - f1, moe90=moe), polarity="lower_is_better")
    assert one.change == pytest.approx(other.change, abs=1e-8)
    assert one.lower == pytest.approx(other.lower, abs=1e-8, nan_ok=True)
    if abs(one.lower) > 1e-6 and abs(one.upper) > 1e-6:
        assert one.verdict == other.verdict


@given(shares, shares, shares, shares)
def test_flags_follow_their_definitions(r0: float, f0: float, r1: float, f1: float) -> None:
    found = change(figures(r0, f0, r1, f1))
    if found.levelling_down:
        assert r1 < r0
        assert f1 <= f0
        assert str(found.verdict) in ("reduced", "eliminated")
    assert bool(found.reversed) == (r0 > f0 and r1 < f1)


def test_interval_covers_as_often_as_it_says(generator: np.random.Generator) -> None:
    truths, sizes = (0.9, 0.6, 0.92, 0.7), (80, 60, 90, 70)
    data = counted(
        *((generator.binomial(n, p, 6000), n) for p, n in zip(truths, sizes, strict=True))
    )
    found = change(data)
    truth = (truths[2] - truths[3]) - (truths[0] - truths[1])
    assert ((found.lower <= truth) & (truth <= found.upper)).mean() == pytest.approx(
        0.953, abs=0.01
    )


def test_all_children_in_every_group_leave_an_interval() -> None:
    found = change(counted((10, 10), (10, 10), (10, 10), (0, 10)))
    assert found.standard_error == 0
    assert found.upper - found.lower > 0.4
    assert str(found.verdict) == "widened"


def test_wrong_parameters_are_all_reported() -> None:
    data = figures(0.66, 0.30, 0.68, 0.35)
    with pytest.raises(InputError) as caught:
        change(data, minimum=-1, closed_within=np.nan)
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="neutral"):
        change(data, polarity="neutral")


def test_a_group_against_the_whole_that_contains_it():
    # Focal 400 of 1,000 in 1,000 of 2,000, then 520 in 1,100 of 2,000. Gap 10, then 3 points.
    # Each gap is half (1 - f = 0.5) of that to the rest, 600 and 580 of 1,000, so its standard
    # error is 0.5 x sqrt(.4 x .6/1000 + .6 x .4/1000) = 0.010954, then
    # 0.5 x sqrt(.52 x .48/1000 + .58 x .42/1000) = 0.011103; together 0.015598.
    figures = [
        Measured.of(x / n, numerator=x, denominator=n)
        for x, n in ((1000, 2000), (400, 1000), (1100, 2000), (520, 1000))
    ]
    found = gap_change_between(*figures, polarity="higher_is_better", nested=True)
    assert float(found.change) == pytest.approx(-0.07)
    assert float(found.standard_error) == pytest.approx(0.015598, abs=1e-6)
    assert float(found.lower) == pytest.approx(-0.07 - 1.96 * 0.015598, abs=3e-4)
    assert float(found.upper) == pytest.approx(-0.07 + 1.96 * 0.015598, abs=3e-4)
    apart = gap_change_between(*figures, polarity="higher_is_better")
    assert float(apart.standard_error) > float(found.standard_error)


def test_a_group_that_is_everyone_has_no_gap_and_no_error():
    everyone = Measured.of(0.5, numerator=500, denominator=1000)
    found = gap_change_between(*[everyone] * 4, polarity="higher_is_better", nested=True)
    assert (float(found.change), float(found.standard_error)) == (0.0, 0.0)
