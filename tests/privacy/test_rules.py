"""The numbers below which a figure is hidden."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.errors import InputError
from c2c_lib.privacy import Rules


@pytest.mark.parametrize(
    ("numerator", "denominator", "small"),
    [
        (6, 20, False),
        (5, 20, True),
        (6, 19, True),
        (0, 500, True),  # "none of them" is a fact about each of them
        (500, 500, False),
        (np.nan, 20, False),  # an unknown count is not judged
        (np.nan, 19, True),
    ],
)
def test_state_rule_is_below_six_counted_or_below_twenty_in_the_group(
    numerator: float, denominator: float, small: bool
) -> None:
    found = Rules().too_small(pd.Series([numerator]), pd.Series([denominator]))
    assert found.tolist() == [small]


def test_complement_rule_hides_some_but_not_none() -> None:
    rules = Rules(minimum_complement=6)
    found = rules.too_small(pd.Series([35.0, 40.0, 34.0]), pd.Series([40.0, 40.0, 40.0]))
    assert found.tolist() == [True, False, False]


def test_every_wrong_number_is_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Rules(minimum_numerator=-1, minimum_denominator=True, minimum_complement=2.5)  # type: ignore[arg-type]
    assert [p.column for p in caught.value.problems] == [
        "minimum_numerator",
        "minimum_denominator",
        "minimum_complement",
    ]


def test_rules_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        Rules().minimum_numerator = 1  # type: ignore[misc]
