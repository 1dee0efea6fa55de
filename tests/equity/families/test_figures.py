"""Single figures: intervals and words of quality."""

import numpy as np
import pytest

from c2c_lib.equity import Measured, measure, proportion_interval, quality_of

DATA = {
    "indicator": ["graduation_4yr", "graduation_4yr", "infant_mortality", "graduation_4yr"],
    "estimate": [0.4, 0.5, 6.0, np.nan],
    "numerator": [4, np.nan, 6, np.nan],
    "denominator": [10, np.nan, 1000, np.nan],
    "moe90": [np.nan, 0.0329, np.nan, np.nan],
}
UNIT = {"graduation_4yr": "share", "infant_mortality": "per_1000"}


def test_counts_have_wilson_limits_and_surveys_their_margin() -> None:
    found = measure(DATA, "figure", unit=UNIT)
    assert (found["lower"][0], found["upper"][0]) == pytest.approx(proportion_interval(4, 10))
    half = 0.0329 / 1.645 * 1.959963984540054
    assert (found["lower"][1], found["upper"][1]) == pytest.approx((0.5 - half, 0.5 + half))
    assert found["lower"][2] == pytest.approx(1000 * proportion_interval(6, 1000).lower)
    assert found["method"].tolist() == ["wilson", "margin of error", "wilson", ""]
    assert found["unit"].tolist() == ["share", "share", "per_1000", "share"]
    assert (found["status"][3], found["reason"][3]) == ("not_available", "not_shown")


def test_the_interval_can_be_chosen() -> None:
    found = measure(DATA, "figure", unit=UNIT, interval="clopper_pearson")
    expected = proportion_interval(4, 10, "clopper_pearson")
    assert (found["lower"][0], found["upper"][0]) == pytest.approx(expected)


def test_quality_is_that_of_each_unit() -> None:
    found = measure(DATA, "quality", unit=UNIT)
    share = quality_of(Measured.of(0.4, numerator=4, denominator=10), unit="share")
    rate = quality_of(Measured.of(6.0, numerator=6, denominator=1000), unit="per_1000")
    assert found["verdict"].tolist()[::2] == [str(share.word), str(rate.word)]
    assert found["reason"].tolist()[::2] == [str(share.reason), str(rate.reason)]
    assert found["verdict"][3] == "not_shown"
