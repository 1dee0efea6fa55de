"""What moved between two editions: each cause by a case worked out by hand."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.errors import InputError
from c2c_lib.findings.revisions import CAUSES, REVISION_COLUMNS, revisions

BASE: dict[str, Any] = {
    "indicator": "graduation_4yr",
    "geo_level": "district",
    "geo_id": "0900001",
    "period": "2019-20",
    "period_end": 2020,
    "dimension": "all",
    "group": "all",
    "estimate": 0.5,
    "numerator": 50.0,
    "denominator": 100.0,
    "moe90": np.nan,
    "status": "published",
    "source": "first",
    "place": "norwalk",
}
HIDDEN = {
    "estimate": np.nan,
    "numerator": np.nan,
    "denominator": np.nan,
    "status": "suppressed_small",
}
NEXT = {"period": "2020-21", "period_end": 2021}


def frame(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([BASE | change for change in changes])


def causes(before: pd.DataFrame, now: pd.DataFrame, **more: Any) -> list[str]:
    return revisions(before, now, **more)["cause"].tolist()


@pytest.mark.parametrize(
    ("before", "now", "cause"),
    [
        ({}, {"estimate": 0.51}, "revised_source"),
        ({}, {"numerator": 51.0}, "revised_source"),
        ({"moe90": 0.1}, {"moe90": np.nan}, "revised_source"),
        ({}, {"source": "second"}, "other_source"),
        ({}, {"source": "second", "estimate": 0.7}, "other_source"),
        (HIDDEN, {}, "shown_now"),
        ({}, HIDDEN, "hidden_now"),
        ({}, {"status": "too_weak"}, "revised_source"),
        (HIDDEN, {**HIDDEN, "status": "suppressed_by_source"}, "other_reason"),
    ],
)
def test_the_cause_of_a_figure_on_both_sides(before, now, cause):
    assert causes(frame(before), frame(now)) == [cause]


def test_a_year_after_the_last_one_is_a_new_year_and_an_earlier_one_a_new_figure():
    earlier = {"period": "2017-18", "period_end": 2018}
    found = revisions(frame({}), frame({}, NEXT, earlier))
    assert dict(zip(found["period"], found["cause"], strict=True)) == {
        "2020-21": "new_year",
        "2017-18": "new_figure",
    }


def test_a_group_that_was_never_there_is_a_new_figure_even_in_a_new_year():
    girls = {"dimension": "gender", "group": "female", **NEXT}
    assert causes(frame({}), frame({}, girls)) == ["new_figure"]


def test_a_figure_that_is_gone_is_withdrawn():
    found = revisions(frame({}, NEXT), frame({}))
    assert found["cause"].tolist() == ["withdrawn"]
    assert found["status_now"].tolist() == [""]
    assert found["estimate_before"].tolist() == [0.5]
    assert found["period_end"].tolist() == [2021]


def test_a_place_with_another_code_is_geography_on_both_sides():
    assert causes(frame({}), frame({"geo_id": "0999999"})) == ["geography", "geography"]


def test_a_new_definition_goes_before_a_new_source_but_not_before_hiding():
    changed = {"redefined": ["graduation_4yr"]}
    assert causes(frame({}), frame({"source": "second"}), **changed) == ["method"]
    assert causes(frame({}), frame(HIDDEN), **changed) == ["hidden_now"]
    assert causes(frame({}), frame({}), **changed) == []


def test_what_is_hidden_now_is_not_told_by_the_list_of_changes():
    found = revisions(frame({}), frame(HIDDEN))
    assert found["estimate_before"].isna().all()
    assert not found.select_dtypes("number").eq(0.5).any(axis=None)


def test_what_did_not_move_is_not_listed():
    found = revisions(frame({}, HIDDEN | NEXT), frame({}, HIDDEN | NEXT))
    assert found.empty
    assert tuple(found.columns) == REVISION_COLUMNS


def test_empty_tables_compare():
    assert causes(frame({}).iloc[:0], frame({})) == ["new_figure"]
    assert causes(frame({}), frame({}).iloc[:0]) == ["withdrawn"]


def test_every_problem_of_a_table_is_told():
    with pytest.raises(InputError) as caught:
        revisions(frame({}).drop(columns=["status", "place"]), frame({}))
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="twice"):
        revisions(frame({}), frame({}, {}))


@pytest.mark.thorough
@given(
    st.lists(
        st.tuples(st.integers(2015, 2020), st.sampled_from([0.1, 0.2]), st.booleans()),
        unique_by=lambda row: row[0],
    ),
    st.lists(
        st.tuples(st.integers(2015, 2020), st.sampled_from([0.1, 0.2]), st.booleans()),
        unique_by=lambda row: row[0],
    ),
)
def test_applying_the_revisions_to_the_old_table_gives_the_new_one(old, new):
    def table(rows):
        return pd.DataFrame(
            [
                BASE
                | {"period": str(year), "period_end": year}
                | ({"estimate": share} if shown else HIDDEN)
                for year, share, shown in rows
            ],
            columns=list(BASE),
        ).astype({name: pd.Series([value]).dtype for name, value in BASE.items()})

    before, now = table(old), table(new)
    found = revisions(before, now)
    assert set(found["cause"]) <= set(CAUSES)
    values = dict(zip(before["period"], before["estimate"], strict=True))
    for row in found.itertuples():
        if row.status_now:
            values[row.period] = row.estimate_now
        else:
            del values[row.period]
    expected = dict(zip(now["period"], now["estimate"], strict=True))
    assert values.keys() == expected.keys()
    assert all(np.array_equal(values[key], expected[key], equal_nan=True) for key in expected)
