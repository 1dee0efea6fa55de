"""Groups: what is checked and how they are sorted."""

from typing import Any

import numpy as np
import pytest

from c2c_lib.equity import Groups
from c2c_lib.errors import InputError


def test_ordered_groups_are_sorted_from_the_worst_off() -> None:
    groups = Groups.of([0.6, 0.2, 0.4], population=[30, 10, 20], order=[3, 1, 2])
    assert groups.estimate.tolist() == [0.2, 0.4, 0.6]
    assert groups.population.tolist() == [10, 20, 30]
    # By hand: shares 1/6, 1/3, 1/2.
    assert groups.ridits == pytest.approx([1 / 12, 1 / 3, 3 / 4])


def test_missing_groups_stand_last_and_do_not_count() -> None:
    groups = Groups.of([np.nan, 0.6, 0.2], population=[50, 30, 10], order=[1, 3, 2])
    assert groups.count == 2
    assert groups.estimate[:2].tolist() == [0.2, 0.6]
    assert float(groups.mean) == pytest.approx((10 * 0.2 + 30 * 0.6) / 40)


def test_reference_moves_with_its_group() -> None:
    groups = Groups.of([0.6, 0.2], order=[2, 1], reference=[True, False])
    assert groups.reference is not None
    assert groups.reference.tolist() == [False, True]


def test_best_group_follows_the_polarity() -> None:
    assert Groups.of([0.6, 0.2, 0.4]).best == 0
    assert Groups.of([0.6, 0.2, 0.4], polarity="lower_is_better").best == 1


def test_ranks_from_elsewhere_are_used() -> None:
    groups = Groups.of([0.6, 0.2], population=[1, 1], order=[2, 1], rank=[0.9, 0.4])
    assert groups.ridits.tolist() == [0.4, 0.9]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"estimate": [-0.1, 0.2]}, "estimate: has values that cannot be: got '-0.1'"),
        ({"estimate": [52.0, 0.2]}, "is above the scale.*scale=100 for percent"),
        ({"estimate": [0.1, 0.2], "population": [1, -3]}, "population"),
        ({"estimate": [0.1, 0.2], "standard_error": [np.inf, 1]}, "standard_error"),
        ({"estimate": [0.1, 0.2], "scale": 0.0}, "scale"),
        ({"estimate": [0.1, 0.2], "polarity": "higher_better"}, "did you mean 'higher_is_better'"),
        ({"estimate": [0.1, 0.2], "order": [1, 1]}, "same place"),
        ({"estimate": [0.1, 0.2], "order": [1, np.nan]}, "lacks the place"),
        ({"estimate": [0.1, 0.2], "reference": [True, True]}, "several groups"),
    ],
)
def test_faults_are_named(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        Groups.of(**arguments)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Groups.of([-1, 2], population=[-1, 1], polarity="up")
    assert len(caught.value.problems) == 4


def test_the_arrays_given_are_not_changed() -> None:
    figures = np.array([0.6, 0.2])
    Groups.of(figures, order=[2, 1])
    assert figures.tolist() == [0.6, 0.2]
