"""The measures of Healthy People."""

import numpy as np
import pytest
from hypothesis import given

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import (
    index_of_disparity,
    maximal_difference,
    maximal_ratio,
    summary_difference,
    summary_ratio,
)
from support.inequality import settings


def test_by_hand() -> None:
    groups = Groups.of([0.30, 0.50, 0.42])
    assert float(maximal_difference(groups, draws=0).estimate) == pytest.approx(0.20)
    assert float(maximal_ratio(groups, draws=0).estimate) == pytest.approx(5 / 3)
    assert float(summary_difference(groups, draws=0).estimate) == pytest.approx(0.50 - 0.36)
    assert float(summary_ratio(groups, draws=0).estimate) == pytest.approx(0.50 / 0.36)
    adverse = Groups.of([0.30, 0.50, 0.42], polarity="lower_is_better")
    assert float(summary_difference(adverse, draws=0).estimate) == pytest.approx(0.46 - 0.30)
    assert float(summary_ratio(adverse, draws=0).estimate) == pytest.approx(0.46 / 0.30)


@given(settings())
def test_index_of_disparity_is_the_summary_ratio_in_percent(
    setting: tuple[list[float], list[int]],
) -> None:
    figures, _ = setting
    adverse = Groups.of(figures, polarity="lower_is_better")
    ratio = float(summary_ratio(adverse, draws=0).estimate)
    found = float(index_of_disparity(adverse, draws=0).estimate)
    assert found == pytest.approx(100 * (ratio - 1), abs=1e-9)
    favourable = Groups.of(figures)
    ratio = float(summary_ratio(favourable, draws=0).estimate)
    found = float(index_of_disparity(favourable, draws=0).estimate)
    assert found == pytest.approx(100 * (1 - 1 / ratio), abs=1e-9)


@given(settings())
def test_summary_ratio_is_one_or_more(setting: tuple[list[float], list[int]]) -> None:
    for polarity in ("higher_is_better", "lower_is_better"):
        groups = Groups.of(setting[0], polarity=polarity)
        assert summary_ratio(groups, draws=0).estimate >= 1 - 1e-12


def test_no_best_group_without_a_direction() -> None:
    groups = Groups.of([0.3, 0.5], polarity="neutral")
    assert np.isnan(summary_ratio(groups, draws=0).estimate)
    assert float(maximal_difference(groups, draws=0).estimate) == pytest.approx(0.2)
