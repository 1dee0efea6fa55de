"""The registry: complete, consistent, and as the functions say."""

import numpy as np
import pytest

from c2c_lib.equity import MEASURES, Groups, find_measure, measure, measures_table
from c2c_lib.errors import InputError
from support.inequality import NAMES


def test_table_has_every_measure_and_no_empty_word() -> None:
    table = measures_table()
    assert table["name"].tolist() == list(NAMES)
    assert not (table.drop(columns="needs") == "").any().any()
    assert table["question"].str.endswith("?").all()
    assert set(table["unit"]) <= {
        "indicator",
        "indicator squared",
        "percent",
        "thousandths",
        "none",
    }


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
