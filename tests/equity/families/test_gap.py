"""Gaps of groups to their reference, by hand and by the intervals they rest on."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import difference_interval, gaps, measure, proficiency_gap, v_statistic
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
        ("disability", "with_disabilities", None, None, 50, None),
        ("high_needs", "high_needs", 0.65, None, None, None),
    ]
)


def one(frame: pd.DataFrame, group: str, name: str = "gap") -> pd.Series:
    return frame[(frame["group"] == group) & (frame["measure"] == name)].iloc[0]


def test_gap_to_all_children_is_that_to_the_rest_shrunk() -> None:
    found = gaps(FRAME)
    boys = one(found, "male")
    # Boys are half of all children, and all the others are girls.
    lower, upper = difference_interval(120, 200, 160, 200)
    assert boys["estimate"] == pytest.approx(-0.10)
    assert (boys["lower"], boys["upper"]) == pytest.approx((lower / 2, upper / 2))
    # Half of the error of a difference of two groups of 200.
    assert boys["standard_error"] == pytest.approx((0.24 / 200 + 0.16 / 200) ** 0.5 / 2)
    assert (boys["verdict"], boys["status"], boys["reason"]) == ("behind", "estimated", "")
    assert (boys["unit"], boys["method"], boys["children"]) == ("share", "counts", 200)
    assert one(found, "male", "gap_ratio")["estimate"] == pytest.approx(6 / 7)
    assert one(found, "male", "excess")["estimate"] == pytest.approx(20)


def test_gap_to_a_group_of_the_same_dimension() -> None:
    found = gaps(FRAME, reference={"gender": "female"})
    boys = one(found, "male")
    assert "female" not in set(found["group"])
    assert (boys["lower"], boys["upper"]) == pytest.approx(difference_interval(120, 200, 160, 200))
    assert one(found, "male", "excess")["estimate"] == pytest.approx(40)
    # Dimensions that are not named stay with all children.
    assert one(found, "high_needs")["estimate"] == pytest.approx(-0.05)


def test_no_value_is_missing_without_a_word() -> None:
    found = gaps(FRAME)
    hidden, uncounted = one(found, "with_disabilities"), one(found, "high_needs")
    assert (hidden["status"], hidden["reason"]) == ("range_only", "group_not_shown")
    assert (hidden["range_lower"], hidden["range_upper"]) == pytest.approx((-0.7, 0.3))
    assert one(found, "with_disabilities", "excess")["range_upper"] == pytest.approx(35)
    assert (uncounted["status"], uncounted["reason"]) == ("without_interval", "precision_unknown")
    assert uncounted["estimate"] == pytest.approx(-0.05)
    assert one(found, "high_needs", "excess")["status"] == "not_available"


def test_a_known_interval_narrows_what_a_hidden_gap_can_be() -> None:
    bounds = {"lowest": [np.nan] * 3 + [0.5, np.nan], "highest": [np.nan] * 3 + [0.6, np.nan]}
    hidden = one(gaps(FRAME.assign(**bounds)), "with_disabilities")
    assert (hidden["range_lower"], hidden["range_upper"]) == pytest.approx((-0.2, -0.1))


def test_hidden_reference_gives_no_gap() -> None:
    frame = FRAME.assign(estimate=FRAME["estimate"].mask(FRAME["group"] == "all"))
    found = gaps(frame, measures=["gap"])
    assert one(found, "female")["reason"] == "reference_not_shown"
    assert found["estimate"].isna().all()


def test_every_place_and_period_has_its_own_reference() -> None:
    other = table(
        [("all", "all", 0.5, 50, 100, None), ("gender", "male", 0.4, 20, 50, None)],
        geo_id="1350011",
    )
    lonely = table([("gender", "male", 0.4, 20, 50, None)], period="2010-11")
    found = gaps(pd.concat([FRAME, other, lonely]), measures=["gap"])
    boys = found[found["group"] == "male"]
    assert boys["estimate"].round(9).tolist()[:2] == [-0.1, -0.1]
    assert boys["reason"].tolist() == ["", "", "reference_not_shown"]


def test_survey_margins_are_taken_for_independent() -> None:
    frame = table([("all", "all", 0.20, 200, 1000, 0.03), ("gender", "male", 0.25, 125, 500, 0.04)])
    boys = one(gaps(frame, polarity="lower_is_better", level=0.90), "male")
    assert boys["method"] == "margins"
    assert (boys["lower"], boys["upper"]) == pytest.approx((0.0, 0.10), abs=1e-12)
    assert boys["verdict"] == "about_the_same"


def test_neutral_indicators_have_no_children_in_the_gap() -> None:
    found = gaps(FRAME, polarity="neutral")
    assert one(found, "male", "excess")["reason"] == "no_direction"
    assert one(found, "male")["verdict"] == "lower"


def test_probit_gap_is_that_of_two_shares() -> None:
    found = measure(FRAME, "probit_gap", reference={"gender": "female"})
    expected = proficiency_gap(0.6, 0.8, reference_n=200, focal_n=200)
    boys = one(found, "male", "probit_gap")
    assert boys["estimate"] == pytest.approx(expected.probit)
    assert boys["standard_error"] == pytest.approx(expected.probit_se)
    assert one(found, "with_disabilities", "probit_gap")["reason"] == "group_not_shown"


def test_levels_give_v_by_setting() -> None:
    counts = {"a": [50, 120, 260, 310], "b": [420, 510, 430, 190], "c": [0, 0, 0, 0]}
    rows = [
        {"period": period, "group": group, "level": level, "numerator": students}
        for period in ("2018", "2019")
        for group, students_by_level in counts.items()
        for level, students in enumerate(students_by_level)
    ]
    found = measure(pd.DataFrame(rows), "v_statistic", by=["period"], reference="a")
    assert found[["period", "group"]].to_numpy().tolist()[:2] == [["2018", "b"], ["2018", "c"]]
    expected = v_statistic(counts["a"], counts["b"])
    assert found["estimate"].tolist()[::2] == pytest.approx([expected.v] * 2)
    assert found["lower"].tolist()[0] == pytest.approx(expected.lower)
    assert (found["verdict"][0], found["reason"][1]) == ("behind", "no_students")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"reference": "femal"}, "did you mean 'female'"),
        ({"polarity": "higher_is_beter"}, "did you mean 'higher_is_better'"),
        ({"refrence": "female"}, "did you mean 'reference'"),
    ],
)
def test_faults_are_named(options: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        measure(FRAME, "gap", **options)
