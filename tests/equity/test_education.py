"""Proficiency gaps, cohort graduation and chronic absence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import (
    chronic_absence_rate,
    chronically_absent,
    cohort_graduation_rate,
    difference_interval,
    proficiency_gap,
    proportion_interval,
)
from c2c_lib.errors import InputError

shares = st.integers(1, 99).map(lambda value: value / 100)


@given(shares, shares)
def test_every_gap_turns_its_sign_with_the_groups(one: float, other: float) -> None:
    first = proficiency_gap(one, other, reference_n=80, focal_n=80)
    second = proficiency_gap(other, one, reference_n=80, focal_n=80)
    for name in ("points", "probit", "logit", "cohens_h"):
        assert getattr(first, name) == pytest.approx(-getattr(second, name), abs=1e-12)
    assert first.points_lower == pytest.approx(-second.points_upper, abs=1e-12)
    assert first.probit_lower == pytest.approx(-second.probit_upper, abs=1e-12)


def test_limits_of_the_points_are_newcombes() -> None:
    gap = proficiency_gap(0.8, 0.6, reference_n=70, focal_n=80)
    wanted = difference_interval(56, 70, 48, 80)
    assert (gap.points_lower, gap.points_upper) == pytest.approx(wanted)


@pytest.mark.parametrize("cut", [-1.0, 0.0, 1.0])
def test_probit_gap_does_not_depend_on_the_cut_and_covers(
    generator: np.random.Generator, cut: float
) -> None:
    reference = (generator.normal(0.5, 1, size=(3000, 300)) > cut).mean(axis=1)
    focal = (generator.normal(0, 1, size=(3000, 200)) > cut).mean(axis=1)
    gap = proficiency_gap(reference, focal, reference_n=300, focal_n=200)
    assert gap.probit.mean() == pytest.approx(0.5, abs=0.015)
    covered = (gap.probit_lower <= 0.5) & (gap.probit_upper >= 0.5)
    assert covered.mean() == pytest.approx(0.95, abs=0.013)


def test_shares_of_nothing_and_everything_have_points_but_no_probit() -> None:
    gap = proficiency_gap([1.0, 0.5, np.nan], [0.0, 0.0, 0.2], reference_n=20, focal_n=10)
    assert gap.points[:2] == pytest.approx([1.0, 0.5])
    assert np.isnan(gap.probit).all()
    assert np.isnan(gap.points_lower).tolist() == [False, False, True]
    assert np.isnan(proficiency_gap(0.0, 0.5).ratio)


def test_without_students_there_is_a_gap_without_limits() -> None:
    gap = proficiency_gap(0.6, 0.4)
    assert gap.points == pytest.approx(0.2)
    assert np.isnan([gap.points_se, gap.points_lower, gap.probit_se, gap.logit_se]).all()


def test_percentages_are_refused_with_the_remedy() -> None:
    with pytest.raises(InputError, match="Divide percentages by 100"):
        proficiency_gap(66.1, 29.8)
    with pytest.raises(InputError, match="focal_n"):
        proficiency_gap(0.6, 0.4, focal_n=-5)


def test_cohort_by_hand() -> None:
    found = cohort_graduation_rate(
        [300, 0],
        [400, 0],
        transferred_in=[30, 0],
        transferred_out=[25, 0],
        emigrated=[4, 0],
        deceased=[1, 0],
    )
    assert found.rate[0] == 0.75
    assert found.cohort.tolist() == [400, 0]
    assert np.isnan(found.rate[1])
    assert (found.lower[0], found.upper[0]) == pytest.approx(proportion_interval(300, 400))


@given(st.integers(1, 500), st.integers(0, 50), st.integers(0, 50))
def test_students_who_come_and_go_again_change_nothing(began: int, came: int, gone: int) -> None:
    one = cohort_graduation_rate(began // 2, began)
    other = cohort_graduation_rate(
        began // 2, began, transferred_in=came + gone, transferred_out=came, emigrated=gone
    )
    assert one.rate == other.rate


def test_all_impossible_cohorts_are_reported() -> None:
    with pytest.raises(InputError) as caught:
        cohort_graduation_rate([90, 10], [80, 20], deceased=[0, -1])
    text = str(caught.value)
    assert "90/80" in text
    assert "deceased" in text


@given(st.integers(1, 1000), st.booleans())
def test_a_tenth_is_exact_for_every_calendar(tenths: int, half: bool) -> None:
    absent = tenths / 2 if half else tenths
    words = chronically_absent([absent, absent - 0.5], 10 * absent, minimum_days=0)
    assert words.tolist() == ["chronically_absent", "not_chronically_absent"]


def test_known_float_trap() -> None:
    assert not 1 - 162 / 180 >= 0.1
    assert str(chronically_absent(18, 180)) == "chronically_absent"


def test_words_of_unusual_students() -> None:
    words = chronically_absent([5, np.nan, 0, 1], [9, 180, 0, 10])
    assert words.tolist() == ["too_few_days", "unknown", "too_few_days", "chronically_absent"]
    assert str(chronically_absent(0, 0, minimum_days=0)) == "too_few_days"


def test_rate_counts_only_judged_students() -> None:
    found = chronic_absence_rate([20, 1, 9, np.nan], [180, 180, 9, 180])
    assert (found.rate, found.absent, found.students, found.left_out) == (0.5, 1, 2, 2)
    assert (found.lower, found.upper) == pytest.approx(proportion_interval(1, 2))
    nobody = chronic_absence_rate([1], [2])
    assert np.isnan([nobody.rate, nobody.lower, nobody.upper]).all()


def test_all_impossible_days_are_reported() -> None:
    with pytest.raises(InputError) as caught:
        chronically_absent([-1, 11], [10, 10], minimum_days=-3)
    assert len(caught.value.problems) == 3
