"""The registry: complete, consistent, and as the functions say."""

from typing import Any

import numpy as np
import pytest

from c2c_lib.equity import Groups, find_measure, measure, measures_table
from c2c_lib.equity.inequality import MEASURES
from c2c_lib.errors import InputError
from support.inequality import NAMES


def test_table_has_every_measure_and_no_empty_word() -> None:
    table = measures_table("inequality")
    assert table["name"].tolist() == list(NAMES)
    assert not (table.drop(columns="needs") == "").any().any()
    assert table["question"].str.endswith("?").all()
    assert set(table["unit"]) <= {
        "indicator",
        "indicator squared",
        "percent",
        "thousandths",
        "ratio",
        "none",
    }


def behaves(first: float, second: float, factor: float, said: str) -> bool:
    expected = {"times c": factor, "times c squared": factor**2, "unchanged": 1.0}
    if said == "changes":
        return second != pytest.approx(first, rel=1e-4)
    return second == pytest.approx(first * expected[said], rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_scale_and_translation_are_as_the_registry_says(name: str) -> None:
    one, figures = MEASURES[name], np.array([0.2, 0.27, 0.3, 0.42])

    def value(estimate: Any) -> float:
        groups = Groups.of(
            estimate, population=[9, 5, 7, 30], order=[1, 2, 3, 4], reference=[1, 0, 0, 0]
        )
        return float(one.value(groups))

    first = value(figures)
    assert behaves(first, value(1.5 * figures), 1.5, one.scaled)
    assert behaves(first, value(figures + 0.1), 1.0, one.shifted)


@pytest.mark.parametrize("name", NAMES)
def test_equal_groups_have_the_value_of_equality(name: str) -> None:
    groups = Groups.of([0.4, 0.4, 0.4], population=[9, 5, 7], order=[1, 2, 3], reference=[1, 0, 0])
    assert MEASURES[name].value(groups) == pytest.approx(MEASURES[name].equal, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_estimate_alone_and_with_precision_agree(name: str) -> None:
    one = MEASURES[name]
    groups = Groups.of([0.2, 0.5, 0.3], population=[9, 5, 7], order=[1, 2, 3], reference=[1, 0, 0])
    if one.analytic is not None:
        assert one.analytic(groups, 0.95).estimate == pytest.approx(one.value(groups))
    assert np.isfinite(one.value(groups))


@pytest.mark.parametrize(
    "name", [n for n in NAMES if {"order", "reference"} & {*MEASURES[n].needs}]
)
def test_needs_are_enforced(name: str) -> None:
    with pytest.raises(InputError, match=f"needs {MEASURES[name].needs[0]}="):
        measure(Groups.of([0.2, 0.5], population=[1, 2]), name)


def test_unknown_names_are_answered_with_near_ones() -> None:
    with pytest.raises(InputError, match="did you mean 'theil'"):
        find_measure("thiel")
