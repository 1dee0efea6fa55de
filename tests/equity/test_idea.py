"""The federal risk ratio: its table of decisions, its minima and its limits."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import RISK_RATIO_STATUSES, idea_risk_ratio, ratio_interval
from c2c_lib.errors import InputError

pairs = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("group", "others", "state", "status"),
    [
        ((10, 30), (10, 30), (10, 30), "risk_ratio"),
        ((10, 30), (9, 30), (10, 30), "alternate_risk_ratio"),
        ((10, 30), (10, 29), (10, 30), "alternate_risk_ratio"),
        ((10, 30), (0, 0), (10, 30), "alternate_risk_ratio"),
        ((10, 30), (0, 500), (10, 30), "alternate_risk_ratio"),
        ((10, 30), (9, 30), (9, 30), "not_calculated_comparison_below_minimum"),
        ((10, 30), (9, 30), (None, None), "not_calculated_comparison_below_minimum"),
        ((9, 30), (10, 30), (10, 30), "not_calculated_group_below_minimum"),
        ((10, 29), (10, 30), (10, 30), "not_calculated_group_below_minimum"),
        ((0, 0), (10, 30), (10, 30), "not_calculated_group_below_minimum"),
        ((np.nan, 30), (10, 30), (10, 30), "not_calculated_unknown"),
        ((10, 30), (np.nan, 30), (10, 30), "not_calculated_unknown"),
    ],
)
def test_table_of_decisions(group: Any, others: Any, state: Any, status: str) -> None:
    found = idea_risk_ratio(*group, *others, state_other_outcome=state[0], state_other_n=state[1])
    assert str(found.status) == status
    assert np.isnan(found.ratio) == np.isnan(found.lower) == status.startswith("not_calculated")


def test_zero_comparison_without_minima_gives_no_ratio() -> None:
    found = idea_risk_ratio(5, 50, 0, 500, min_cell=0, min_n=0)
    assert str(found.status) == "not_calculated_comparison_zero"
    assert np.isnan(found.ratio)
    assert found.risk == 0.1


@given(pairs, pairs, pairs)
def test_ratio_is_that_of_the_comparison_it_names(
    group: tuple[int, int], others: tuple[int, int], state: tuple[int, int]
) -> None:
    found = idea_risk_ratio(*group, *others, state_other_outcome=state[0], state_other_n=state[1])
    status = str(found.status)
    assert status in RISK_RATIO_STATUSES
    used = {"risk_ratio": others, "alternate_risk_ratio": state}.get(status)
    if used is None:
        assert np.isnan(found.ratio)
    else:
        assert found.ratio == pytest.approx(group[0] / group[1] / (used[0] / used[1]))
        assert (found.lower, found.upper) == pytest.approx(ratio_interval(*group, *used))


def test_many_districts_at_once() -> None:
    found = idea_risk_ratio([140, 9, 22], [1900, 120, 310], [95, 61, 7], [1510, 1380, 240],
                            state_other_outcome=1400, state_other_n=30000)  # fmt: skip
    assert found.status.tolist() == [
        "risk_ratio",
        "not_calculated_group_below_minimum",
        "alternate_risk_ratio",
    ]
    assert np.isnan(found.risk).tolist() == [False, True, False]


def test_wrong_input_is_an_error() -> None:
    with pytest.raises(InputError, match="50/40"):
        idea_risk_ratio(50, 40, 10, 100)
    with pytest.raises(InputError) as caught:
        idea_risk_ratio(10, 40, 10, 100, min_cell=-1, min_n=np.inf)
    assert len(caught.value.problems) == 2
