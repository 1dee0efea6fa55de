"""What is hard for every measure at once: nothing, all, one group, few and very many children."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.equity import RESULT_STATUSES, measure

GROUPS = ["a", "b", "c"]
OPTIONS: dict[str, Any] = {
    "by": ["place", "period"],
    "unit": "share",
    "polarity": "higher_is_better",
    "draws": 30,
    "order": GROUPS,
    "target": 0.9,
    "target_year": 2030,
}


def observations(counted: list[int], children: list[int], periods: int = 2) -> pd.DataFrame:
    """Return groups with their total, the same in each of some periods."""
    x, n = np.array(counted, dtype=float), np.array(children, dtype=float)
    x, n = np.append(x.sum(), x), np.append(n.sum(), n)
    rows = pd.DataFrame(
        {
            "place": "here",
            "dimension": ["all", *["kind"] * len(counted)],
            "group": ["all", *GROUPS[: len(counted)]],
            "estimate": x / np.where(n > 0, n, np.nan),
            "numerator": x,
            "denominator": n,
        }
    )
    return pd.concat([rows.assign(period=str(2012 + one)) for one in range(periods)])


def check(found: pd.DataFrame) -> None:
    """Every row has a word, and limits that hold the estimate."""
    assert set(found["status"]) <= {*RESULT_STATUSES}
    assert not np.isinf(found[["lower", "standard_error"]].to_numpy(dtype=float)).any()
    known = found[found["lower"].notna() & found["estimate"].notna()]
    room = 1e-9 * (1 + known["estimate"].abs())
    assert (known["lower"] <= known["estimate"] + room).all()
    assert (known["estimate"] <= known["upper"] + room).all()
    silent = found[found["status"].isin(["not_available", "without_interval"])]
    assert (silent["reason"] != "").all()
    assert not (found["standard_error"] < 0).any()


@pytest.mark.parametrize(
    ("counted", "children"),
    [
        pytest.param([7], [20], id="one group"),
        pytest.param([10, 10], [20, 20], id="two equal groups"),
        pytest.param([0, 0, 0], [20, 30, 40], id="zeros"),
        pytest.param([20, 30, 40], [20, 30, 40], id="ones"),
        pytest.param([0, 30, 12], [20, 30, 40], id="zero and one beside each other"),
        pytest.param([0, 5, 6], [0, 10, 10], id="0/0"),
        pytest.param([1, 0, 1], [1, 1, 2], id="tiny populations"),
        pytest.param([3, 400_000_000, 5], [9, 900_000_000, 9], id="huge beside tiny populations"),
    ],
)
def test_no_measure_fails_or_stays_silent(counted: list[int], children: list[int]) -> None:
    check(measure(observations(counted, children), "all", **OPTIONS))


def test_without_counts_there_is_an_estimate_and_no_false_interval() -> None:
    frame = observations([10, 20, 12], [20, 30, 40]).assign(numerator=np.nan, denominator=np.nan)
    found = measure(frame, ["figure", "gap", "difference", "change"], **OPTIONS)
    assert found["estimate"].notna().all()
    assert found["lower"].isna().all()
    assert set(found["status"]) == {"without_interval"}


@st.composite
def settings_of_groups(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    children = draw(st.lists(st.integers(1, 5000), min_size=3, max_size=3))
    return [draw(st.integers(0, n)) for n in children], children


@given(setting=settings_of_groups(), order=st.permutations(range(8)))
@settings(max_examples=6, deadline=None)
def test_the_order_of_rows_does_not_matter(
    setting: tuple[list[int], list[int]], order: list[int]
) -> None:
    frame = observations(*setting)
    keys = ["measure", "period", "group"]
    names = [*keys, "estimate", "lower", "upper", "children", "verdict", "reason"]
    one, two = (
        measure(data, "all", **OPTIONS | {"draws": 0})
        .astype(dict.fromkeys(["measure", "verdict", "reason"], "str"))
        .sort_values(keys, ignore_index=True)[names]
        for data in (frame, frame.iloc[order])
    )
    pd.testing.assert_frame_equal(one, two, rtol=1e-9, atol=1e-12)


@given(setting=settings_of_groups(), times=st.integers(2, 40))
@settings(max_examples=6, deadline=None)
def test_as_many_children_again_move_no_estimate_and_widen_no_interval(
    setting: tuple[list[int], list[int]], times: int
) -> None:
    counted, children = setting
    names = ["gap", "gap_ratio", "difference", "theil", "bgv", "risk_ratio", "composition_index"]
    few = measure(observations(counted, children), names, **OPTIONS)
    many = measure(
        observations([times * x for x in counted], [times * n for n in children]), names, **OPTIONS
    )
    np.testing.assert_allclose(few["estimate"], many["estimate"], rtol=1e-9, atol=1e-12)
    both = (few["lower"].notna() & many["lower"].notna() & np.isfinite(few["upper"])).to_numpy()
    widths = [(one["upper"] - one["lower"])[both] for one in (few, many)]
    assert (widths[1] <= widths[0] + 1e-9).all()
