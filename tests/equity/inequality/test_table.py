"""One call on tidy observations: keys, polarity, hidden groups, reasons."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import INEQUALITY_REASONS, RESULT_COLUMNS, Groups, measure, summary
from c2c_lib.errors import InputError

KEYS = ["indicator", "geo_level", "geo_id", "period", "dimension"]


def rows(figures: dict[str, Any], dimension: str = "race_ethnicity", **more: Any) -> pd.DataFrame:
    """Return the rows of one setting: group to (counted, children), None where hidden."""
    made = []
    for group, counts in figures.items():
        counted, children = counts if isinstance(counts, tuple) else (None, counts)
        made.append(
            {
                "indicator": "graduation_4yr",
                "geo_level": "district",
                "geo_id": "0150011",
                "period": "2018-19",
                "dimension": "all" if group == "all" else dimension,
                "group": group,
                "estimate": np.nan if counted is None else counted / children,
                "numerator": np.nan if counted is None else counted,
                "denominator": np.nan if children is None else children,
                "moe90": np.nan,
                "status": "suppressed_by_source" if counted is None else "published",
                **more,
            }
        )
    return pd.DataFrame(made)


FRAME = rows({"all": (280, 400), "asian": (90, 100), "black": (100, 160), "white": (90, 140)})


def test_one_row_per_measure_and_setting_with_the_declared_columns() -> None:
    frame = pd.concat([FRAME, FRAME.assign(geo_id="1350011"), FRAME.assign(period="2017-18")])
    found = measure(frame, ["theil", "mrd"], draws=100)
    assert found.columns.tolist() == [*KEYS, *RESULT_COLUMNS]
    assert found.groupby("measure", sort=False).size().to_dict() == {"theil": 3, "mrd": 3}
    assert set(found["method"]) == {"analytic", "simulated"}
    by_arrays = measure(
        Groups.of(
            [0.9, 0.625, 90 / 140],
            population=[100, 160, 140],
            standard_error=np.sqrt([0.9 * 0.1 / 100, 0.625 * 0.375 / 160, 9 / 14 * 5 / 14 / 140]),
        ),
        "theil",
    )
    columns = ["estimate", "standard_error", "lower", "upper"]
    assert found.loc[0, columns].tolist() == pytest.approx(by_arrays.loc[0, columns].tolist())


def test_keys_are_the_callers() -> None:
    found = measure(FRAME, "theil", by=["geo_id"])
    assert found.columns.tolist() == ["geo_id", *RESULT_COLUMNS]


def test_several_dimensions_are_never_mixed() -> None:
    frame = pd.concat([FRAME, rows({"female": (150, 200), "male": (130, 200)}, "gender")])
    found = measure(frame, "difference", by=["geo_id"])
    assert found.set_index("dimension")["estimate"].to_dict() == pytest.approx(
        {"race_ethnicity": 0.9 - 0.625, "gender": 0.1}
    )


def test_polarity_and_unit_come_from_the_catalog_unless_given() -> None:
    frame = FRAME.assign(indicator="chronic_absence")
    assert measure(frame, "par").loc[0, "estimate"] < 0
    assert measure(frame, "par", polarity="higher_is_better").loc[0, "estimate"] > 0
    both = pd.concat([FRAME, frame])
    found = measure(both, "par").set_index("indicator")["estimate"]
    assert (found["graduation_4yr"] > 0, found["chronic_absence"] < 0) == (True, True)


def test_ordered_groups_and_reference_by_name() -> None:
    order = ["black", "white", "asian"]
    found = measure(FRAME, ["difference", "sii"], order=order)
    assert found.loc[0, "estimate"] == pytest.approx(0.9 - 0.625)
    found = measure(FRAME, "difference", reference="white")
    assert found.loc[0, "estimate"] == pytest.approx(90 / 140 - 0.625)


def test_survey_margins_are_the_precision_where_there_are_some() -> None:
    frame = FRAME.assign(moe90=0.0329)
    found = measure(frame, "difference")
    assert found.loc[0, "standard_error"] == pytest.approx(0.02 * 2**0.5)


def test_hidden_group_gives_a_range_that_keeps_the_published_average() -> None:
    frame = rows({"all": (280, 400), "asian": (90, 100), "black": (100, 160), "white": 140})
    (row,) = measure(frame, "theil").itertuples()
    assert (row.reason, row.groups, row.hidden) == ("hidden_groups", 2, 1)
    assert np.isnan(row.estimate)
    truth = measure(FRAME, "theil").loc[0, "estimate"]
    assert row.range_lower <= truth <= row.range_upper
    free = measure(frame[frame["group"] != "all"], "theil").loc[0]
    assert free["range_upper"] - free["range_lower"] > 20 * (row.range_upper - row.range_lower)


def test_size_of_the_only_hidden_group_is_the_rest() -> None:
    frame = rows({"all": (280, 400), "asian": (90, 100), "black": (100, 160), "white": None})
    assert measure(frame, "theil").loc[0, "range_upper"] > 0
    without = measure(frame[frame["group"] != "all"], ["theil", "mrd"])
    assert without["reason"].tolist() == ["hidden_size_unknown", "hidden_groups"]
    assert without["status"].tolist() == ["not_available", "range_only"]
    assert np.isnan(without.loc[0, "range_upper"])
    assert without.loc[1, "range_upper"] == pytest.approx(0.9)


def test_known_interval_of_a_hidden_group() -> None:
    frame = rows({"asian": (90, 100), "black": (100, 160), "white": 140})
    frame["lowest"], frame["highest"] = np.nan, np.nan
    frame.loc[frame["group"] == "white", ["lowest", "highest"]] = [0.95, 1.0]
    found = measure(frame, "mrd").loc[0]
    assert (found["range_lower"], found["range_upper"]) == pytest.approx((0.325, 0.375))


def test_dropping_hidden_groups_must_be_asked_for() -> None:
    frame = rows({"asian": (90, 100), "black": (100, 160), "white": 140})
    found = measure(frame, "mrd", hidden="drop", draws=100).loc[0]
    assert found["estimate"] == pytest.approx(0.275)
    assert (found["hidden"], found["reason"]) == (1, "")


def test_a_group_that_cannot_be_is_not_hidden() -> None:
    frame = rows({"asian": (90, 100), "black": (100, 160), "white": None})
    frame.loc[frame["group"] == "white", "status"] = "not_applicable"
    assert measure(frame, "mrd", draws=100).loc[0, "hidden"] == 0


def test_zero_of_twelve_is_not_certain() -> None:
    frame = rows({"asian": (0, 12), "black": (30, 100)})
    # Jeffreys: Beta(0.5, 12.5) has variance 0.5 * 12.5 / (13^2 * 14).
    expected = (0.5 * 12.5 / (13**2 * 14) + 0.3 * 0.7 / 100) ** 0.5
    found = measure(frame, "difference").loc[0]
    assert found["standard_error"] == pytest.approx(expected)


def test_reasons_are_declared() -> None:
    frame = rows({"asian": (90, 100), "black": 160, "white": None})
    for one in (frame, frame.iloc[:1], FRAME.assign(denominator=np.nan, numerator=np.nan)):
        assert set(summary(one, "inequality", draws=20)["reason"]) <= {"", *INEQUALITY_REASONS}


def test_summary_says_what_each_measure_answers() -> None:
    found = summary(pd.concat([FRAME, FRAME.assign(period="2017-18")]), "inequality", draws=50)
    assert found["period"].is_monotonic_decreasing  # settings stay together
    assert {"title", "question", "unit"} <= set(found.columns)
    assert not {"sii", "mdr"} & set(found["measure"])
    ordered = summary(
        FRAME, "inequality", order=["black", "white", "asian"], reference="white", draws=50
    )
    assert {"sii", "mdr"} <= set(ordered["measure"])


def test_empty_frame_gives_an_empty_table() -> None:
    found = measure(FRAME.iloc[:0], "theil")
    assert len(found) == 0
    assert found.columns.tolist() == [*KEYS, *RESULT_COLUMNS]


@pytest.mark.parametrize(
    ("frame", "options", "says"),
    [
        (FRAME.drop(columns="estimate"), {}, "lack a column"),
        (pd.concat([FRAME, FRAME]), {}, "a group twice"),
        (FRAME, {"by": ["geo"]}, "geo"),
        (FRAME, {"order": ["black", "white"]}, "'asian'"),
        (FRAME, {"order": ["black", "white", "asian", "asian"]}, "names a group twice"),
        (FRAME, {"reference": "whit"}, "did you mean 'white'"),
        (FRAME, {"polarity": "higher_better"}, "did you mean 'higher_is_better'"),
        (FRAME, {"unit": "percent"}, "allowed: share"),
        (FRAME.assign(indicator="unheard_of"), {}, "not known of an indicator"),
        (FRAME.drop(columns="indicator"), {}, "must be given"),
        (FRAME, {"hidden": "ignore"}, "range, drop"),
        (FRAME, {"level": 95}, "did you mean 0.95"),
    ],
)
def test_faults_are_named(frame: pd.DataFrame, options: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        measure(frame, "theil", **options)


def test_the_frame_given_is_not_changed() -> None:
    before = FRAME.copy()
    summary(FRAME, "inequality", draws=20)
    pd.testing.assert_frame_equal(FRAME, before)
