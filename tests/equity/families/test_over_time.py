"""Change and trend of many series at once, and what the catalog forbids to compare."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import (
    Measured,
    change,
    change_between,
    gap_change_between,
    mann_kendall,
    measure,
    pace_to_target,
    theil_sen,
    trend,
)
from c2c_lib.errors import InputError

YEARS = ["2012-13", "2013-14", "2014-15", "2015-16", "2016-17", "2017-18"]


def series(figures: list[float], years: list[str] = YEARS, **more: object) -> pd.DataFrame:
    """Return one series of synthetic shares of 1,000 children; NaN where hidden."""
    named = {
        "indicator": "graduation_4yr",
        "geo_level": "district",
        "geo_id": "0150011",
        "dimension": "all",
        "group": "all",
        **more,
    }
    frame = pd.DataFrame({"period": years, "estimate": figures})
    counted = (frame["estimate"] * 1000).round()
    size = frame["estimate"].notna() * 1000.0
    return frame.assign(numerator=counted, denominator=size.where(size > 0), moe90=np.nan, **named)


def test_change_is_that_of_two_figures() -> None:
    (row,) = change(series([0.50, 0.52, 0.51, 0.55, 0.56, 0.60])).itertuples()
    expected = change_between(
        Measured.of(0.5, numerator=500, denominator=1000),
        Measured.of(0.6, numerator=600, denominator=1000),
        earlier_period="2012-13",
        later_period="2017-18",
        polarity="higher_is_better",
    )
    assert (row.estimate, row.lower, row.upper) == pytest.approx(expected[:3])
    assert (row.since, row.period, row.verdict) == ("2012-13", "2017-18", "improved")
    assert row.standard_error == pytest.approx((0.25 / 1000 + 0.24 / 1000) ** 0.5)


def test_the_baseline_is_the_newest_figure_that_is_not_younger() -> None:
    frame = series([0.50, 0.52, np.nan, 0.55, 0.56, 0.60])
    assert change(frame, baseline="2014-15")["since"].tolist() == ["2013-14"]
    assert change(frame, baseline="2010-11")["since"].tolist() == ["2012-13"]
    with pytest.raises(InputError, match="expected to be a school year"):
        change(frame, baseline="the start")


def test_nothing_is_compared_across_a_break_of_the_catalog() -> None:
    # The catalog begins a new series of four-year graduation in 2020-21.
    years = ["2018-19", "2019-20", "2020-21", "2021-22"]
    frame = series([0.7, 0.72, 0.8, 0.81], years)
    (row,) = change(frame).itertuples()
    assert (row.since, row.estimate) == ("2020-21", pytest.approx(0.01))
    short = change(frame.iloc[[0, 3]])
    assert (short["reason"][0], short["status"][0]) == ("break_in_series", "not_available")
    found = trend(frame, measures=["pace"])
    assert (found["since"][0], found["periods"][0]) == ("2020-21", 2)


def test_a_year_that_stands_alone_is_left_out() -> None:
    years = ["2017-18", "2018-19", "2019-20"]
    frame = series([0.2, 0.21, 0.4], years, indicator="chronic_absence")
    (row,) = change(frame).itertuples()
    assert (row.period, row.since) == ("2018-19", "2017-18")


def test_pooled_periods_that_share_years_are_not_compared() -> None:
    years = ["2010-2014", "2012-2016", "2015-2019"]
    frame = series([0.2, 0.21, 0.3], years, indicator="x")
    options = {"unit": "share", "polarity": "lower_is_better"}
    (row,) = change(frame, **options).itertuples()
    assert (row.since, row.verdict) == ("2010-2014", "slipped")
    only = change(frame.iloc[1:], **options)
    assert only["reason"].tolist() == ["overlapping_periods"]
    assert trend(frame, measures=["pace"], **options)["periods"].tolist() == [2]


def test_gap_change_is_a_difference_in_differences() -> None:
    frame = pd.concat(
        [
            series([0.70, 0.75], YEARS[:2], dimension="gender", group="female"),
            series([0.50, 0.62], YEARS[:2], dimension="gender", group="male"),
            series([np.nan, 0.3], YEARS[:2], dimension="disability", group="with_disabilities"),
            series([0.6, 0.7], YEARS[:2]),
        ]
    )
    found = change(frame, measures=["gap_change"], reference={"gender": "female"})
    figures = [
        Measured.of(v, numerator=1000 * v, denominator=1000) for v in (0.70, 0.50, 0.75, 0.62)
    ]
    expected = gap_change_between(*figures, polarity="higher_is_better")
    boys = found[found["group"] == "male"].iloc[0]
    assert boys[["estimate", "standard_error", "lower", "upper"]].tolist() == pytest.approx(
        [float(v) for v in (expected.change, expected.standard_error, *expected[3:5])]
    )
    assert boys["verdict"] == "reduced"
    other = found[found["group"] == "with_disabilities"].iloc[0]
    assert (other["reason"], other["status"]) == ("no_earlier_period", "not_available")


def test_trends_are_those_of_each_series() -> None:
    rising, flat = [0.5, 0.52, 0.51, 0.55, 0.56, 0.6], [0.3, 0.3, np.nan, 0.3, 0.3, 0.3]
    frame = pd.concat([series(flat, geo_id="0830011"), series(rising)])
    found = trend(frame, measures=["trend_test", "pace", "trend_line", "annual_percent_change"])
    test = mann_kendall([flat, rising])
    slope = theil_sen([flat, rising], np.arange(2013.0, 2019.0))
    by = found.set_index(["measure", "geo_id"])
    assert by.loc["trend_test", "estimate"].tolist() == pytest.approx(test.tau.tolist())
    assert by.loc["trend_test", "verdict"].tolist() == test.verdict.tolist()
    assert by.loc["pace", "estimate"].tolist() == pytest.approx(slope.slope.tolist())
    assert by.loc[("pace", "0150011"), "upper"] == pytest.approx(slope.upper[1])
    assert set(found["unit"]) == {"none", "share per year", "percent"}


def test_too_few_years_are_said_so() -> None:
    found = trend(series([0.5, 0.52, 0.51], YEARS[:3]), measures=["trend_test", "pace"])
    assert found["status"].tolist() == ["not_available", "without_interval"]
    assert found["reason"].tolist() == ["too_few_years", "precision_unknown"]
    assert found["verdict"].tolist() == ["too_few_years", ""]


def test_the_way_to_a_target() -> None:
    frame = series([0.50, 0.51, 0.52, 0.53, 0.54, 0.55])
    names = ["distance_to_target", "years_to_target", "pace_needed"]
    found = measure(frame, names, target={"graduation_4yr": 0.65}, target_year=2023)
    way = pace_to_target(0.55, 0.65, 0.01, polarity="higher_is_better", years_left=5)
    assert found["estimate"].tolist() == pytest.approx([way.distance, way.years, way.needed])
    assert set(found["verdict"]) == {"too_slow"}
    away = measure(frame[::-1].assign(period=YEARS), names[1], target=0.65)
    assert (away["reason"][0], away["verdict"][0]) == ("never_at_this_pace", "moving_away")
    none = measure(frame, names[1], target={"chronic_absence": 0.1})
    assert none["reason"].tolist() == ["no_target"]
    with pytest.raises(InputError, match="needs target="):
        measure(frame, "years_to_target")


def test_a_period_twice_or_none_is_an_error() -> None:
    frame = series([0.5, 0.6], YEARS[:2])
    with pytest.raises(InputError, match="have a period twice"):
        trend(pd.concat([frame, frame]))
    with pytest.raises(InputError, match="expected to be a school year"):
        trend(frame.assign(period=["2012-13", "soon"]))
