"""Points against ratio: a gap that got smaller through one lens and larger through the other."""

import pytest

from .conftest import Find, counted


def rows(then, now, periods=("2014-15", "2018-19")):
    """All and girls, as counts of 1,000 and of 500, then and now."""
    return [
        line
        for period, (everyone, girls) in zip(periods, (then, now), strict=True)
        for line in (
            counted(period, everyone, 1000),
            counted(period, girls, 500, dimension="gender", group="female"),
        )
    ]


def test_fewer_points_and_a_larger_ratio(find: Find) -> None:
    # 200 and 400 in 1,000 became 50 and 150: 20 points to 10, twice to three times.
    (gaps,) = find(rows((200, 200), (50, 75)), polarity="lower_is_better").gap_sets
    (lenses,) = gaps.lenses
    assert lenses.group.id == "female"
    assert lenses.since.label == "2014-15"
    assert lenses.difference == pytest.approx((0.2, 0.1))
    assert lenses.ratio == pytest.approx((2.0, 3.0))
    assert lenses.closer_in_points


def test_more_points_and_a_smaller_ratio(find: Find) -> None:
    # 10 and 20 percent became 40 and 56: 10 points to 16, twice to 1.4 times.
    (gaps,) = find(rows((100, 100), (400, 280)), polarity="lower_is_better").gap_sets
    (lenses,) = gaps.lenses
    assert lenses.difference == pytest.approx((0.1, 0.16))
    assert not lenses.closer_in_points


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ((200, 200), (100, 75)),  # 20 points to 5, twice to 1.5 times: both smaller
        ((200, 200), (200, 196)),  # less than a point
        ((200, 200), (50, 20)),  # the group changed sides
        ((0, 0), (50, 75)),  # there was no ratio
    ],
)
def test_lenses_that_agree_or_cannot_be_told_are_not_flagged(find: Find, then, now) -> None:
    for gaps in find(rows(then, now), polarity="lower_is_better").gap_sets:
        assert gaps.lenses == ()


def test_a_group_that_fares_better_is_not_flagged(find: Find) -> None:
    (gaps,) = find(rows((200, 200), (50, 75)), polarity="higher_is_better").gap_sets
    assert gaps.lenses == ()


def test_one_period_has_nothing_to_compare_with(find: Find) -> None:
    both = rows((200, 200), (50, 75))
    (gaps,) = find(both[2:], polarity="lower_is_better").gap_sets
    assert gaps.lenses == ()
