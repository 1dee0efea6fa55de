"""Ranges of measures when groups are hidden."""

from typing import Any

import numpy as np
import pytest

from c2c_lib.equity.inequality import MEASURES, Groups, feasible_range
from c2c_lib.errors import InputError
from support.inequality import NAMES, groups_for

SIZES = np.array([120.0, 260, 45, 33, 300])
TRUE = np.array([0.35, 0.52, 0.20, 0.44, 0.61])
LOW = np.array([np.nan, np.nan, 0.05, 0.30, np.nan])
HIGH = np.array([np.nan, np.nan, 0.40, 0.55, np.nan])
HIDDEN = ~np.isnan(LOW)


def with_holes(name: str, **more: Any) -> Groups:
    return groups_for(name, TRUE, SIZES, **more).with_estimates(np.where(HIDDEN, np.nan, TRUE))


@pytest.mark.parametrize("polarity", ["higher_is_better", "lower_is_better"])
@pytest.mark.parametrize("name", NAMES)
def test_range_is_what_all_possible_figures_give(name: str, polarity: str) -> None:
    groups = with_holes(name, polarity=polarity)
    low, high = feasible_range(groups, name, LOW, HIGH)
    first, second = np.meshgrid(np.linspace(0.05, 0.40, 141), np.linspace(0.30, 0.55, 101))
    figures = np.broadcast_to(TRUE, (*first.shape, 5)).copy()
    figures[..., 2], figures[..., 3] = first, second
    every = MEASURES[name].value(groups.with_estimates(figures))
    width = float(high - low)
    assert low <= every.min() + 1e-9 * max(1, abs(every.min()))
    assert high >= every.max() - 1e-9 * max(1, abs(every.max()))
    # The grid comes close to both ends, so the range is no wider than it must be.
    assert every.min() - low <= 0.01 * width + 1e-9
    assert high - every.max() <= 0.01 * width + 1e-9
    assert low < high or name in {"difference", "ratio", "mrd", "mrr"}


@pytest.mark.parametrize("name", NAMES)
def test_published_average_narrows_the_range_around_the_truth(name: str) -> None:
    groups, average = with_holes(name), float((TRUE * SIZES).sum() / SIZES.sum())
    wide = feasible_range(groups, name, LOW, HIGH)
    narrow = feasible_range(groups, name, LOW, HIGH, average=average, slack=0.001)
    truth = float(MEASURES[name].value(groups_for(name, TRUE, SIZES)))
    room = 1e-6 * max(1.0, abs(truth))
    assert wide.lower - room <= narrow.lower <= truth + room
    assert truth - room <= narrow.upper <= wide.upper + room


@pytest.mark.parametrize("name", NAMES)
def test_average_gives_a_single_hidden_figure_away(name: str) -> None:
    groups = groups_for(name, TRUE, SIZES)
    holes = groups.with_estimates(np.where(np.arange(5) == 2, np.nan, TRUE))
    low, high = feasible_range(
        holes, name, 0.0, 1.0, average=float((TRUE * SIZES).sum() / SIZES.sum())
    )
    truth = float(MEASURES[name].value(groups))
    assert (low, high) == pytest.approx((truth, truth), rel=1e-5, abs=1e-6)


def test_nothing_hidden_is_no_range() -> None:
    groups = Groups.of([0.3, 0.5])
    assert feasible_range(groups, "mrd", np.nan, np.nan) == pytest.approx((0.2, 0.2))


def test_an_average_that_cannot_be_gives_no_range() -> None:
    found = feasible_range(with_holes("theil"), "theil", LOW, HIGH, average=0.9)
    assert np.isnan(found).all()


def test_several_settings_are_each_alone() -> None:
    figures = np.stack([np.where(HIDDEN, np.nan, TRUE), TRUE])
    groups = Groups.of(np.stack([TRUE, TRUE]), population=SIZES).with_estimates(figures)
    found = feasible_range(groups, "theil", np.stack([LOW, LOW]), np.stack([HIGH, HIGH]))
    alone = feasible_range(with_holes("theil"), "theil", LOW, HIGH)
    assert (found.lower[0], found.upper[0]) == pytest.approx(tuple(map(float, alone)))
    assert found.lower[1] == found.upper[1]


def test_too_many_hidden_groups_are_not_tried() -> None:
    groups = Groups.of(np.full(10, 0.5), population=np.ones(10))
    holes = groups.with_estimates(np.where(np.arange(10) < 9, np.nan, 0.5))
    assert np.isnan(feasible_range(holes, "mrd", 0.0, 1.0)).all()


def test_a_reversed_interval_is_an_error() -> None:
    with pytest.raises(InputError, match="highest"):
        feasible_range(with_holes("mrd"), "mrd", HIGH, LOW)
