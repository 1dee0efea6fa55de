"""Rules over the years through the one call."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import measure, segmented_trend
from c2c_lib.errors import InputError

YEARS = [str(year) for year in range(2011, 2019)]
BROKEN = [40, 41, 42, 43, 30, 30.5, 32, 32.4]
FALLING = [50, 49, 47, 46, 36, 35.5, 35, 33.9]


def yearly() -> pd.DataFrame:
    parts = [
        pd.DataFrame({"group": group, "period": YEARS, "estimate": values})
        for group, values in (("up", BROKEN), ("down", FALLING))
    ]
    return pd.concat(parts).sample(frac=1, random_state=5).reset_index(drop=True)


def test_every_stretch_between_breaks_has_its_trend() -> None:
    found = measure(yearly(), "segmented_trend", breaks=["2015"], unit="count")
    times = np.arange(2011, 2019)
    for group, values in (("up", BROKEN), ("down", FALLING)):
        rows = found[found["group"] == group]
        expected = segmented_trend(values, times, [2015])
        assert rows["estimate"].tolist() == pytest.approx([s.trend.slope for s in expected])
        assert rows["lower"].tolist() == pytest.approx([s.trend.lower for s in expected])
        assert rows["since"].tolist() == ["2011", "2015"]
        assert rows["period"].tolist() == ["2014", "2018"]
    with pytest.raises(InputError, match="needs breaks="):
        measure(yearly(), "segmented_trend")


def test_ratios_above_the_threshold_in_consecutive_years() -> None:
    """34 CFR 300.647(d): three years in a row; a year without a ratio begins again."""
    frame = pd.DataFrame(
        {
            "group": ["a"] * 4 + ["b"] * 3,
            "period": ["2019", "2020", "2021", "2022", "2019", "2021", "2022"],
            "estimate": [3.4, 3.2, 3.1, 2.9, 3.4, 3.2, 3.1],
        }
    )
    found = measure(frame, "significant_disproportionality", threshold=3.0)
    words = found.set_index(["group", "period"])["verdict"]
    assert words["a", "2021"] == "identified"
    assert words["a", "2022"] == "not_above_threshold"
    assert words["b", "2022"] == "above_threshold"
    progress = measure(
        frame, "significant_disproportionality", threshold=3.0, least_progress=0.1
    ).set_index(["group", "period"])
    assert progress.loc[("a", "2021"), "verdict"] == "reasonable_progress"


def test_ratios_can_come_from_the_call_itself() -> None:
    counts = pd.DataFrame(
        {
            "period": np.repeat(["2019", "2020", "2021"], 2),
            "group": ["a", "b"] * 3,
            "numerator": [60, 20] * 3,
            "denominator": [200, 400] * 3,
            "estimate": [0.3, 0.05] * 3,
        }
    )
    ratios = measure(counts, "idea_risk_ratio", by=["period"])
    found = measure(ratios, "significant_disproportionality", threshold=3.0)
    last = found[found["period"] == "2021"].set_index("group")
    assert last.loc["a", ["estimate", "verdict"]].tolist() == [pytest.approx(6.0), "identified"]


def test_proof_points_are_made_of_directions() -> None:
    frame = pd.concat(
        [
            pd.DataFrame({"indicator": name, "period": ["2015", "2019"], "estimate": values})
            for name, values in {
                "one": [40, 45],
                "two": [40, 41],
                "three": [40, 40],
                "four": [40, 38],
                "five": [40, 42],
            }.items()
        ]
    )
    words = {"unit": "count", "polarity": "higher_is_better"}
    found = measure(frame, "direction_since_baseline", baseline="2015", **words)
    assert found["verdict"].tolist() == [
        *("improved", "improved", "maintained", "declined", "improved")
    ]
    assert found["estimate"].tolist() == [5, 1, 0, -2, 2]
    point = measure(found, "proof_point", by=[])
    assert point[["estimate", "verdict", "groups"]].iloc[0].tolist() == [0.6, "met", 5]
    stricter = measure(found, "proof_point", by=[], at_least=0.7)
    assert stricter["verdict"].tolist() == ["not_met"]
    looser = measure(found, "proof_point", by=[], wording="maintained_or_improved", at_least=0.8)
    assert looser[["estimate", "verdict"]].iloc[0].tolist() == [0.8, "met"]


def test_directions_turn_with_the_polarity_and_say_why_there_is_none() -> None:
    frame = pd.DataFrame({"period": ["2015", "2019"], "estimate": [40.0, 45.0]})
    turned = measure(frame, "direction_since_baseline", unit="count", polarity="lower_is_better")
    assert turned["verdict"].tolist() == ["declined"]
    neutral = measure(frame, "direction_since_baseline", unit="count", polarity="neutral")
    assert neutral[["status", "reason"]].iloc[0].tolist() == ["not_available", "neutral"]
    alone = measure(
        frame.iloc[1:], "direction_since_baseline", unit="count", polarity="lower_is_better"
    )
    assert alone["reason"].tolist() == ["not_comparable"]
    assert alone["verdict"].tolist() == ["no_data"]
