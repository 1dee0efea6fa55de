"""Every interval through the one call: row by row what its function says."""

from typing import get_args

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import (
    difference_interval,
    measure,
    odds_ratio_interval,
    proportion_interval,
    ratio_interval,
    two_proportion_test,
)
from c2c_lib.equity.differences import DifferenceMethod, RatioMethod
from c2c_lib.equity.odds_ratios import OddsRatioMethod
from c2c_lib.equity.proportions import ProportionMethod
from c2c_lib.errors import InputError

FRAME = pd.DataFrame(
    {
        "period": ["2023"] * 4 + ["2024"] * 3,
        "dimension": ["all", *["race"] * 3, *["race"] * 3],
        "group": ["all", "a", "b", "c", "c", "a", "b"],
        "estimate": 0.5,
        "numerator": [130, 56, 48, np.nan, 30, 12, 66],
        "denominator": [200, 70, 80, 50, 60, 40, 90],
    }
)
A, B = [56, 12], [70, 40]
REST, OF = [48, 66], [80, 90]


@pytest.mark.parametrize("method", get_args(ProportionMethod))
def test_one_share(method: ProportionMethod) -> None:
    found = measure(FRAME, f"{method}_interval", level=0.9)
    limits = proportion_interval(FRAME["numerator"], FRAME["denominator"], method, level=0.9)
    np.testing.assert_allclose(found["lower"], limits.lower)
    np.testing.assert_allclose(found["upper"], limits.upper)
    assert found["reason"].tolist() == ["", "", "", "no_counts", "", "", ""]
    assert found["group"].tolist() == FRAME["group"].tolist()


def test_a_finite_population() -> None:
    found = measure(FRAME.assign(population=400), "finite_population_interval")
    limits = proportion_interval(FRAME["numerator"], FRAME["denominator"], population=400)
    np.testing.assert_allclose(found["upper"], limits.upper)


@pytest.mark.parametrize(
    ("kind", "function", "method"),
    [
        *(("difference", difference_interval, m) for m in get_args(DifferenceMethod)),
        *(("ratio", ratio_interval, m) for m in get_args(RatioMethod)),
        *(("odds_ratio", odds_ratio_interval, m) for m in get_args(OddsRatioMethod)),
    ],
)
def test_two_shares(kind: str, function: object, method: str) -> None:
    found = measure(FRAME, f"{method}_{kind}", reference="b").set_index(["group", "period"])
    limits = function(A, B, REST, OF, method)  # type: ignore[operator]
    mine = found.loc[[("a", "2023"), ("a", "2024")]]
    np.testing.assert_allclose(mine["lower"], limits.lower)
    np.testing.assert_allclose(mine["upper"], limits.upper)
    assert mine["verdict"].tolist() == ["higher", "lower"]
    assert found.loc[("c", "2023"), "reason"] == "no_counts"
    assert set(found["against"]) == {"b"}
    assert "all" not in found.index.get_level_values("group")


def test_tests_of_two_shares() -> None:
    for method in ("pooled", "fisher"):
        found = measure(FRAME, f"{method}_test", reference="b").set_index(["group", "period"])
        expected = two_proportion_test(A, B, REST, OF, method).p_value  # type: ignore[arg-type]
        mine = found.loc[[("a", "2023"), ("a", "2024")]]
        np.testing.assert_allclose(mine["estimate"], expected)
        assert mine["verdict"].tolist() == ["differ", "differ"]
    same = {"group": ["a", "b"], "numerator": [5, 6], "denominator": [20, 20]}
    assert measure(same, "pooled_test", reference="b")["verdict"].tolist() == [
        "no_difference_shown"
    ]


def test_a_reference_that_holds_the_groups_is_refused() -> None:
    with pytest.raises(InputError, match="holds the groups themselves"):
        measure(FRAME, "newcombe_difference", reference="all")
    with pytest.raises(InputError, match="needs reference="):
        measure(FRAME, "katz_ratio")
    with pytest.raises(InputError, match="stands in no row"):
        measure(FRAME, "katz_ratio", reference="z")


def test_a_setting_without_the_reference_says_so() -> None:
    frame = FRAME[(FRAME["group"] != "b") | (FRAME["period"] == "2023")]
    found = measure(frame, "newcombe_difference", reference="b")
    words = found[found["period"] == "2024"]
    assert set(words["reason"]) == {"reference_no_counts"}
    assert set(words["status"]) == {"not_available"}
