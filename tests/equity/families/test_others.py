"""Disproportionality, small areas, cohorts and attendance through the one call."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import (
    cohort_graduation_rate,
    disproportionality,
    exceedance_probability,
    idea_risk_ratio,
    measure,
    smooth_rates,
    weighted_risk_ratio,
)
from c2c_lib.errors import InputError

GROUPS = ["all", "asian", "black", "white"]
CITY = pd.DataFrame(
    {
        "period": "2019",
        "group": GROUPS,
        "numerator": [60.0, 30, 20, 10],
        "denominator": [900.0, 200, 400, 300],
    }
)
STATE = CITY.assign(numerator=[700.0, 100, 300, 300], denominator=[10000.0, 2000, 3000, 5000])


def test_disproportionality_of_every_group() -> None:
    other = CITY.assign(period="2020").iloc[:3]
    names = ["risk", "risk_ratio", "composition_index", "composition_difference"]
    found = measure(pd.concat([CITY, other]), names, by=["period"])
    expected = disproportionality([30, 20, 10], [200, 400, 300])
    first = found[found["period"] == "2019"]
    for name in names:
        got = first.loc[first["measure"] == name, "estimate"].tolist()
        assert got == pytest.approx(getattr(expected, name).tolist()), name
    ratio = first[first["measure"] == "risk_ratio"]
    assert ratio["verdict"].tolist() == ["more_often", "about_the_same", "less_often"]
    # The published total holds 300 children of a group that has no row.
    second = found[(found["period"] == "2020") & (found["measure"] == "risk_ratio")]
    assert second["estimate"].tolist()[0] == pytest.approx((30 / 200) / (30 / 700))


def test_a_hidden_group_leaves_what_the_total_allows() -> None:
    hidden = CITY.assign(numerator=[60.0, 30, np.nan, 10])
    found = measure(hidden, ["risk_ratio", "risk"], by=["period"])
    assert found["hidden"].tolist() == [1] * 6
    assert found["estimate"].tolist()[0] == pytest.approx((30 / 200) / (30 / 700))
    assert (found["reason"][1], found["status"][1]) == ("not_shown", "not_available")


def test_measures_against_the_state() -> None:
    found = measure(CITY, ["weighted_risk_ratio", "idea_risk_ratio"], by=["period"], state=STATE)
    weighted = weighted_risk_ratio([30, 20, 10], [200, 400, 300], [0.2, 0.3, 0.5])
    ratio = idea_risk_ratio([30, 20, 10], [200, 400, 300], [30, 40, 50], [700, 500, 600])
    assert found["estimate"].tolist() == pytest.approx([*weighted, *ratio.ratio])
    few = CITY.assign(numerator=[31.0, 22, 5, 4], denominator=[800.0, 310, 250, 240])
    found = measure(few, "idea_risk_ratio", by=["period"], state=STATE)
    assert found["reason"].tolist()[0] == "alternate_risk_ratio"
    assert found["estimate"].tolist()[0] == pytest.approx((22 / 310) / (600 / 8000))
    assert found["reason"].tolist()[1] == "not_calculated_group_below_minimum"
    with pytest.raises(InputError, match="needs state="):
        measure(CITY, "weighted_risk_ratio", by=["period"])


def test_areas_are_smoothed_setting_by_setting_and_always_beside_the_raw_rate() -> None:
    e, n = [9.0, 3, 70, 0, 8, 44], [410.0, 95, 1210, 60, 300, 505]
    frame = pd.DataFrame({"geo_id": list("abcdef"), "numerator": e, "denominator": n})
    both = pd.concat([frame.assign(period="2018"), frame.iloc[:4].assign(period="2019")])
    found = measure(both, ["smoothed_rate", "exceedance"], by=["period"], threshold=0.06)
    assert list(dict.fromkeys(found["measure"])) == ["raw_rate", "smoothed_rate", "exceedance"]
    by = found.set_index(["measure", "period"])
    one, two = smooth_rates(e, n), smooth_rates(e[:4], n[:4])
    assert by.loc[("smoothed_rate", "2018"), "estimate"].tolist() == pytest.approx(one.smoothed)
    assert by.loc[("smoothed_rate", "2019"), "estimate"].tolist() == pytest.approx(two.smoothed)
    above = exceedance_probability(one, 0.06)
    assert by.loc[("exceedance", "2018"), "estimate"].tolist() == pytest.approx(above)
    assert by.loc[("raw_rate", "2018"), "groups"].tolist() == [6] * 6


def test_areas_that_chance_explains_say_so() -> None:
    frame = {"geo_id": ["a", "b", "c"], "numerator": [10, 11, np.nan], "denominator": [100, 110, 9]}
    found = measure(frame, "smoothed_rate", by=[])
    smoothed = found[found["measure"] == "smoothed_rate"]
    assert smoothed["reason"].tolist() == ["all_at_mean", "all_at_mean", "not_shown"]
    assert smoothed["status"].tolist() == ["without_interval"] * 2 + ["not_available"]


def test_cohort_graduation() -> None:
    data = {"graduates": [310, 0], "first_time_ninth": [400, 0], "transferred_out": [46, 0]}
    found = measure(data, "cohort_graduation")
    expected = cohort_graduation_rate(310, 400, transferred_out=46)
    assert found.loc[0, ["estimate", "lower", "upper"]].tolist() == pytest.approx(expected[:3])
    assert (found["reason"][1], found["children"][0]) == ("no_students", 354)


def test_chronic_absence_of_records() -> None:
    records = pd.DataFrame(
        {
            "school": ["x", "x", "x", "y", "y"],
            "days_absent": [18, 2, 30, 5, 0],
            "days_enrolled": [180, 180, 175, 9, np.nan],
        }
    )
    found = measure(records, "chronic_absence", by=["school"])
    assert found["estimate"].tolist() == pytest.approx([2 / 3, np.nan], nan_ok=True)
    assert found["children"].tolist() == [3, 0]
    assert found["hidden"].tolist() == [0, 2]
    assert found["reason"].tolist() == ["", "no_students"]
