"""Margins of error against the Census Bureau's handbook and the reference cases."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.observations.margins import Z_90, margin_at_90, proportion_margin, sum_margin

COUNTS = st.integers(min_value=0, max_value=10**7)
MARGINS = st.integers(min_value=0, max_value=10**5)
PARTS = st.lists(st.tuples(COUNTS, MARGINS), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([(135173, 3860), (43104, 2642), (24842, 1957)], 5070, id="females"),
        pytest.param([(466037, 391), (97360, 572), (67101, 459)], 831, id="females over 15"),
        pytest.param([(156720, 4222), (44613, 2819), (25507, 2259)], 5556, id="males"),
    ],
)
def test_sums_of_the_handbook(pairs: list[tuple[int, int]], expected: int) -> None:
    estimates, margins = zip(*pairs, strict=True)
    # The handbook rounds two of the three and cuts the third (5,556.54) off.
    assert expected - 0.5 <= float(sum_margin(estimates, margins)) < expected + 1


def test_proportion_of_the_handbook() -> None:
    assert proportion_margin(203119, 5070, 630498, 831) == pytest.approx(0.008, abs=5e-4)


def test_radicand_of_zero_takes_the_plus_sign() -> None:
    # 2 of 2, both with a margin of 3: the Census Bureau gives 212 %.
    assert proportion_margin(2, 3, 2, 3) == pytest.approx(3 * math.sqrt(2) / 2, rel=1e-12)


def test_radicand_of_zero_is_seen_through_rounding() -> None:
    # 1/3 with margins 1 and 3: (1/3 * 3) ** 2 is 1 only up to rounding for other counts.
    for count in range(1, 60):
        margin = proportion_margin(count, 7, 3 * count, 21)
        assert margin == pytest.approx(7 * math.sqrt(2) / (3 * count), rel=1e-9)


def test_reference_cases(shared: Path) -> None:
    cases = pd.read_csv(shared / "reference_cases" / "acs_moe.csv", dtype=str)
    compared = 0
    for case in cases[cases["field"] == "moe"].itertuples():
        inputs, options = json.loads(case.inputs_json), json.loads(case.options_json)
        if case.measure == "moe_sum" and "none" not in options.get("zero_rule", ""):
            got = sum_margin(*np.transpose(inputs["pairs"]))
        elif case.measure == "moe_proportion":
            got = proportion_margin(*inputs["num"], *inputs["den"])
        else:
            continue
        compared += 1
        exact = case.tolerance.startswith("rel")
        close = {"rel": 1e-9, "abs": 1e-12} if exact else {"rel": 0, "abs": float(case.tolerance)}
        expected = pytest.approx(float(case.expected), **close)
        # What is printed without decimals is rounded in some cases and cut off in others.
        cut = case.tolerance == "0.5" and math.floor(got) == float(case.expected)
        assert cut or float(got) == expected, case.case_id
    assert compared >= 12


def test_only_the_largest_margin_of_zeros_counts() -> None:
    assert sum_margin([0, 0, 0], [12, 30, 5]) == 30
    assert sum_margin([40, 0, 0], [9, 12, 12]) == 15


@given(PARTS, st.integers(min_value=0, max_value=10**5))
def test_another_zero_with_a_smaller_margin_changes_nothing(
    parts: list[tuple[int, int]], margin: int
) -> None:
    estimates, margins = [x for x, _ in parts], [m for _, m in parts]
    before = sum_margin([*estimates, 0], [*margins, 10**5])
    assert sum_margin([*estimates, 0, 0], [*margins, 10**5, margin]) == before


@given(PARTS)
def test_sum_lies_between_its_largest_part_and_the_plain_sum(parts: list[tuple[int, int]]) -> None:
    estimates, margins = [x for x, _ in parts], [m for _, m in parts]
    total = float(sum_margin(estimates, margins))
    assert max(margins) * (1 - 1e-12) <= total <= sum(margins) * (1 + 1e-12)


@given(PARTS)
def test_order_of_parts_does_not_matter(parts: list[tuple[int, int]]) -> None:
    forward = sum_margin(*np.transpose(parts))
    assert sum_margin(*np.transpose(parts[::-1])) == pytest.approx(float(forward), rel=1e-12)


@given(st.integers(1, 10**6), st.integers(0, 10**6), MARGINS, MARGINS)
def test_proportion_is_never_wider_than_a_ratio(
    numerator: int, rest: int, part_margin: int, whole_margin: int
) -> None:
    whole = numerator + rest
    got = float(proportion_margin(numerator, part_margin, whole, whole_margin))
    ratio = math.hypot(part_margin, numerator / whole * whole_margin) / whole
    assert 0 <= got <= ratio * (1 + 1e-9)


def test_arrays_keep_their_shape() -> None:
    margins = sum_margin([[1, 2], [0, 0], [5, 0]], [[3, 4], [6, 8], [5, 12]])
    assert margins.tolist() == [5.0, 8.0, 13.0]
    assert proportion_margin([1, 2], [1, 1], [4, 4], [0, 0]).tolist() == [0.25, 0.25]


def test_what_is_not_known_stays_unknown() -> None:
    assert np.isnan(proportion_margin(0, 12, 0, 12))
    assert np.isnan(sum_margin([np.nan, 3], [1, 1]))
    assert np.isnan(sum_margin([1, 3], [np.nan, 1]))
    assert np.isnan(sum_margin([0, 3], [np.nan, 1]))


def test_wrong_input_says_what_is_expected() -> None:
    with pytest.raises(ValueError, match=r"shape \(2,\) and margins \(3,\)"):
        sum_margin([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="margin of error is -5"):
        sum_margin([1, 2], [1, -5])
    with pytest.raises(ValueError, match="margin of error is -1"):
        proportion_margin(1, 1, 2, -1)


def test_95_percent_becomes_90() -> None:
    assert margin_at_90([0.0, 1.96]) == pytest.approx([0.0, Z_90])
    assert margin_at_90(2.576, z=2.576) == pytest.approx(1.645)
