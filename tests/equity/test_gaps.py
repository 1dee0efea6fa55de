"""Gaps of groups to their reference, and the children in them."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import GAP_COLUMNS, difference_interval, excess, group_gaps
from c2c_lib.errors import InputError


def table(rows: list[tuple[object, ...]], **columns: object) -> pd.DataFrame:
    names = ["dimension", "group", "estimate", "numerator", "denominator", "moe90"]
    frame = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[2:], float))
    block = {"indicator": "graduation_4yr", "geo_level": "district", "geo_id": "0150011"}
    return frame.assign(**block, period="2018-19").assign(**columns)


FRAME = table(
    [
        ("all", "all", 0.70, 280, 400, None),
        ("gender", "female", 0.80, 160, 200, None),
        ("gender", "male", 0.60, 120, 200, None),
        ("disability", "with_disabilities", None, None, None, None),
        ("high_needs", "high_needs", 0.65, None, None, None),
    ]
)


def gap(frame: pd.DataFrame, group: str) -> pd.Series:
    return frame[frame["group"] == group].iloc[0]


def test_gap_to_all_children_is_that_to_the_rest_shrunk() -> None:
    boys = gap(group_gaps(FRAME, polarity="higher_is_better"), "male")
    # Boys are half of all children, and all the others are girls.
    lower, upper = difference_interval(120, 200, 160, 200)
    assert boys["difference"] == pytest.approx(-0.10)
    assert (boys["lower"], boys["upper"]) == pytest.approx((lower / 2, upper / 2))
    assert boys["ratio"] == pytest.approx(6 / 7)
    assert boys["excess"] == pytest.approx(20)  # 140 of 200 boys would be 70 %
    assert boys["reason"] == ""


def test_gap_to_a_group_of_the_same_dimension() -> None:
    found = group_gaps(FRAME, polarity="higher_is_better", reference=("gender", "female"))
    assert found["group"].tolist() == ["male"]
    assert (found["lower"][0], found["upper"][0]) == pytest.approx(
        difference_interval(120, 200, 160, 200)
    )
    assert found["excess"][0] == pytest.approx(40)


def test_missing_figures_and_unknown_precision_are_said_so() -> None:
    found = group_gaps(FRAME, polarity="higher_is_better")
    hidden, uncounted = gap(found, "with_disabilities"), gap(found, "high_needs")
    assert hidden["reason"] == "group_not_shown"
    assert np.isnan(hidden["difference"])
    assert uncounted["reason"] == "precision_unknown"
    assert uncounted["difference"] == pytest.approx(-0.05)
    assert np.isnan(uncounted["lower"])
    assert np.isnan(uncounted["excess"])


def test_hidden_reference_gives_no_gap() -> None:
    frame = FRAME.assign(estimate=FRAME["estimate"].mask(FRAME["group"] == "all"))
    found = group_gaps(frame, polarity="higher_is_better")
    assert gap(found, "female")["reason"] == "reference_not_shown"
    assert found["difference"].isna().all()


def test_every_place_and_period_has_its_own_reference() -> None:
    other = table(
        [("all", "all", 0.5, 50, 100, None), ("gender", "male", 0.4, 20, 50, None)],
        geo_id="1350011",
    )
    lonely = table([("gender", "male", 0.4, 20, 50, None)], period="2010-11")
    found = group_gaps(pd.concat([FRAME, other, lonely]), polarity="higher_is_better")
    boys = found[found["group"] == "male"]
    assert boys["difference"].round(9).tolist()[:2] == [-0.1, -0.1]
    assert boys["reference"].tolist()[:2] == [0.7, 0.5]
    assert boys["reason"].tolist() == ["", "", "reference_not_shown"]


def test_survey_margins_are_taken_for_independent() -> None:
    frame = table([("all", "all", 0.20, 200, 1000, 0.03), ("gender", "male", 0.25, 125, 500, 0.04)])
    found = group_gaps(frame, polarity="lower_is_better", level=0.90)
    assert found["basis"].tolist() == ["margins"]
    assert (found["lower"][0], found["upper"][0]) == pytest.approx((0.0, 0.10), abs=1e-12)
    assert found["excess"][0] == pytest.approx(25)


@pytest.mark.parametrize(
    ("estimate", "reference", "polarity", "unit", "children"),
    [
        (0.31, 0.47, "higher_is_better", "share", 96),
        (0.47, 0.31, "higher_is_better", "share", -96),
        (0.31, 0.47, "lower_is_better", "share", -96),
        (9.0, 5.0, "lower_is_better", "per_1000", 2.4),
        (0.31, 0.47, "neutral", "share", np.nan),
        (61.0, 75.0, "higher_is_better", "index", np.nan),
    ],
)
def test_children_in_the_gap(
    estimate: float, reference: float, polarity: str, unit: str, children: float
) -> None:
    found = excess(estimate, reference, 600, polarity=polarity, unit=unit)
    assert float(found) == pytest.approx(children, nan_ok=True)


def test_columns_are_the_declared_ones_even_without_rows() -> None:
    found = group_gaps(FRAME.iloc[:1], polarity="neutral")
    assert tuple(found.columns) == GAP_COLUMNS
    assert found.empty
    assert tuple(group_gaps(FRAME.iloc[:0], polarity="neutral").columns) == GAP_COLUMNS


def test_reference_that_stands_nowhere_is_an_error() -> None:
    with pytest.raises(InputError, match="gender/femal"):
        group_gaps(FRAME, polarity="higher_is_better", reference=("gender", "femal"))


def test_unknown_polarity_is_an_error() -> None:
    with pytest.raises(InputError, match="did you mean 'higher_is_better'"):
        group_gaps(FRAME, polarity="higher_is_beter")
