"""The one call: every measure through it, one form of result, no value missing wordlessly."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import (
    FAMILIES,
    MEASURES,
    RESULT_COLUMNS,
    RESULT_STATUSES,
    Groups,
    measure,
    measures_table,
    summary,
)
from c2c_lib.equity.measures import find_family
from c2c_lib.errors import InputError

FRAME = pd.DataFrame(
    {
        "indicator": "graduation_4yr",
        "geo_level": "district",
        "geo_id": "0150011",
        "period": np.repeat(["2016-17", "2017-18"], 3),
        "dimension": ["all", "gender", "gender"] * 2,
        "group": ["all", "female", "male"] * 2,
        "estimate": [0.7, 0.8, 0.6, 0.72, 0.81, 0.63],
        "numerator": [280.0, 160, 120, 288, 162, 126],
        "denominator": [400.0, 200, 200] * 2,
        "moe90": np.nan,
        "status": "published",
    }
)


def test_all_is_what_columns_and_options_allow() -> None:
    found = measure(FRAME, "all", draws=20)
    used = set(found["measure"])
    assert {"figure", "gap", "theil", "mrd", "risk_ratio", "change", "pace"} <= used
    assert not used & {"sii", "mdr", "weighted_risk_ratio", "years_to_target", "chronic_absence"}
    more = measure(FRAME, "all", draws=20, order=["male", "female"], target=0.9, target_year=2025)
    assert {"sii", "years_to_target"} <= set(more["measure"])


def test_every_result_has_one_form() -> None:
    found = measure(FRAME, "all", draws=20)
    keys = [c for c in found.columns if c not in RESULT_COLUMNS]
    assert found.columns.tolist() == [*keys, *RESULT_COLUMNS]
    assert set(keys) == {"indicator", "geo_level", "geo_id", "period", "dimension", "group"}
    assert set(found["status"]) <= {*RESULT_STATUSES}
    assert (found["estimate"].isna() == found["status"].isin(["not_available", "range_only"])).all()
    no_interval = found["lower"].isna() & found["estimate"].notna()
    assert (no_interval == (found["status"] == "without_interval")).all()
    wordless = found[(found["status"] == "not_available") & (found["reason"] == "")]
    assert wordless.empty, wordless


def test_only_one_period_leaves_out_what_runs_over_time() -> None:
    found = measure(FRAME.iloc[:3], "all", draws=20)
    assert not {"change", "pace", "gap_change"} & set(found["measure"])


def test_a_family_can_be_named() -> None:
    assert set(measure(FRAME, "gaps")["measure"]) == {
        one.name for one in find_family("gaps").measures
    }


def test_settings_are_those_of_by_in_every_family() -> None:
    by = ["indicator", "geo_id", "period"]
    found = measure(FRAME, ["theil", "gap", "change"], by=by)
    counts = found.groupby("measure", sort=False).size().to_dict()
    assert counts == {"theil": 2, "gap": 4, "change": 3}
    assert "geo_level" not in found


def test_the_order_of_rows_does_not_matter() -> None:
    keys = ["measure", "period", "dimension", "group"]
    one = measure(FRAME, "all", draws=0).sort_values(keys, ignore_index=True)
    two = measure(FRAME[::-1], "all", draws=0).sort_values(keys, ignore_index=True)
    numbers = ["estimate", "lower", "upper", "children"]
    pd.testing.assert_frame_equal(one[keys + numbers], two[keys + numbers], check_categorical=False)


def test_summary_says_what_each_one_answers_in_both_languages() -> None:
    english = summary(FRAME, ["gap", "change"])
    spanish = summary(FRAME, ["gap", "change"], language="es")
    assert english["question"].str.endswith("?").all()
    assert spanish["question"].str.startswith("¿").all()


def test_unknown_names_are_answered_with_near_ones() -> None:
    with pytest.raises(InputError, match="did you mean 'theil'"):
        measure(FRAME, "thiel")
    with pytest.raises(InputError, match="did you mean 'gaps'"):
        find_family("gap")
    with pytest.raises(InputError, match="is not worked out from Groups"):
        measure(Groups.of([0.3, 0.4]), "gap")
    with pytest.raises(InputError, match="did you mean 'baseline'"):
        measure(FRAME, "change", base_line="2012-13")


def test_registry_is_complete() -> None:
    table = measures_table()
    assert table["name"].tolist() == list(MEASURES)
    assert not (table.drop(columns="needs") == "").any().any()
    assert table["question"].str.endswith("?").all()
    assert set(table["family"]) == set(FAMILIES)
    for family in FAMILIES.values():
        assert all(one.family == family.name for one in family.measures)
        assert all(text.endswith(".") for text in family.options.values())


def test_empty_observations_give_an_empty_result() -> None:
    for name in ("figure", "gap", "theil", "risk", "change", "pace"):
        found = measure(FRAME.iloc[:0], name)
        assert len(found) == 0, name
        assert set(RESULT_COLUMNS) <= set(found.columns), name
