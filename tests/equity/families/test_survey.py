"""Margins of error through the one call; expected values are those of the ACS handbook."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import margin_interval, measure
from c2c_lib.errors import InputError


def value(data: dict[str, object], name: str, **options: object) -> float:
    return float(measure(data, name, **options)["estimate"].iloc[0])


def test_worked_examples_of_the_handbook() -> None:
    assert value({"moe90": [99234]}, "standard_error_of_margin", unit="count") == pytest.approx(
        60324.6, abs=0.1
    )
    ratio = {
        "numerator": [226840],
        "numerator_margin": [5556],
        "denominator": [203119],
        "denominator_margin": [5070],
    }
    assert value(ratio, "margin_of_ratio") == pytest.approx(0.03905, abs=5e-5)
    product = {"first": [1200], "first_margin": [180], "second": [0.35], "second_margin": [0.06]}
    assert value(product, "margin_of_product") == pytest.approx(95.7, abs=0.05)
    assert value({"first_margin": [3.0], "second_margin": [4.0]}, "margin_of_difference") == 5.0


def test_limits_of_a_share_stay_within_its_bounds() -> None:
    frame = pd.DataFrame({"estimate": [0.02, 0.5, np.nan], "moe90": [0.05, 0.05, 0.05]})
    found = measure(frame, "interval_of_margin", unit="share")
    limits = margin_interval([0.02, 0.5], [0.05, 0.05])
    assert found["lower"].iloc[0] == 0.0
    assert found["lower"].iloc[1] == pytest.approx(limits.lower[1])
    assert found["status"].iloc[2] == "not_available"
    wide = measure(frame, "interval_of_margin", unit="dollars")
    assert wide["lower"].iloc[0] == pytest.approx(limits.lower[0])


def test_a_sum_takes_the_largest_margin_of_zeros_once_and_leaves_the_total_out() -> None:
    frame = pd.DataFrame(
        {
            "geo_id": ["x"] * 4 + ["y"] * 2,
            "dimension": ["all", "age", "age", "age", "age", "age"],
            "group": ["all", "a", "b", "c", "a", "b"],
            "estimate": [120, 120, 0, 0, 50, 60],
            "moe90": [42, 40, 11, 15, 3, 4],
        }
    )
    found = measure(frame, "margin_of_sum", unit="count").set_index("geo_id")
    assert found.loc["x", "estimate"] == pytest.approx(np.hypot(40, 15))
    assert found.loc["y", "estimate"] == 5.0
    assert found["groups"].tolist() == [3, 2]


def test_a_median_of_bins_place_by_place() -> None:
    bins = {"lower": [0, 10, 20, 50], "upper": [10, 20, 50, np.inf], "count": [4, 10, 30, 6]}
    frame = pd.concat([pd.DataFrame(bins).assign(geo_id=place) for place in "ab"])
    frame.loc[frame["geo_id"] == "b", "count"] = [0, 0, 0, 5]
    found = measure(
        frame.sample(frac=1, random_state=2),
        "quantile_of_bins",
        unit="dollars",
        sampling_percentage=12.5,
    ).set_index("geo_id")
    assert found.loc["a", "estimate"] == pytest.approx(31.0)
    # 15.39 is the 90 % margin of the same example in the reference cases.
    assert found.loc["a", "upper"] == pytest.approx(31 + 15.39 * 1.95996 / 1.645, abs=0.02)
    assert found.loc["b", ["estimate", "reason"]].tolist() == [50.0, "top_bin"]
    plain = measure(frame[frame["geo_id"] == "a"], "quantile_of_bins", unit="dollars")
    assert plain["reason"].tolist() == ["no_sample"]


def test_the_national_standard_gives_a_word() -> None:
    counts = {"numerator": [10, 10, 0, np.nan], "denominator": [40, 29, 120, 50]}
    found = measure(counts, "nchs_standard")
    assert found["verdict"].tolist() == ["present", "suppress", "review", ""]
    assert found["status"].iloc[3] == "not_available"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="lack a column: got 'moe90'"):
        measure({"estimate": [0.5]}, "coefficient_of_variation", unit="share")
