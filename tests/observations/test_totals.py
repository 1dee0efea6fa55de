"""Totals against parts: in the shipped store, children by group add up to all children.

They have to wherever the publisher's groups leave nobody out and count nobody twice, all of them
are printed, and the total is. What does not add up stands below with its reason, so that a new
exception shows.
"""

from typing import Final

import pandas as pd
import pytest

from c2c_lib.observations import load_observations

PARTS: Final = {
    "race_ethnicity": 7,
    "gender": 2,
    "english_learner": 2,
    "disability": 2,
    "high_needs": 2,
    "economic_status": 3,
    "grade": 14,
}
"""How many groups make up all children. School meals are free, at a reduced price, or neither."""

UNION: Final = "free_or_reduced_meals"
"""A group of two other groups, which would count their students twice."""

KEY: Final = ["indicator", "geo_level", "geo_id", "period"]

OVERLAPPING: Final = ("child_poverty", "poverty")
"""Census tables by race: Hispanic residents of any race are counted with their race as well."""

OPEN_BY_GENDER: Final = {
    "suspension": "2017-18",
    "chronic_absence": "2018-19",
    "graduation_4yr": "2018-19",
}
"""From these years on the state's reports have some students in no group by gender: up to 17 of
the whole state, and one in two districts."""


def open_by_gender(pairs: pd.DataFrame) -> "pd.Series[bool]":
    """Say which sums by gender are of a year in which some students are in neither group."""
    since = pairs["indicator"].map(OPEN_BY_GENDER)
    return pairs["dimension"].eq("gender") & since.notna() & pairs["period"].ge(since.fillna(""))


def added_up(column: str) -> pd.DataFrame:
    """Return the sum of the groups beside the total, where both are known in full."""
    store = load_observations()
    groups = store[store["dimension"].isin(list(PARTS)) & (store["group"] != UNION)]
    known = groups[column].notna() | groups["status"].eq("not_applicable")
    keys = [groups[name].astype("str") for name in (*KEY, "dimension")]
    sums = groups[column].groupby(keys).agg(["sum", "size", "count"])
    sums = sums[known.groupby(keys).all() & sums["count"].gt(0)].reset_index()
    sums = sums[sums["size"] == sums["dimension"].map(PARTS)]
    everyone = store[store["dimension"] == "all"].astype(dict.fromkeys(KEY, "str"))
    pairs = sums.merge(everyone[[*KEY, column]], on=KEY).dropna(subset=[column])
    return pairs.assign(missing=pairs[column] - pairs["sum"])


@pytest.fixture(scope="module", params=["numerator", "denominator"])
def pairs(request: pytest.FixtureRequest) -> pd.DataFrame:
    return added_up(request.param)


def test_children_by_group_add_up_to_all(pairs: pd.DataFrame) -> None:
    by_race = pairs["indicator"].isin(OVERLAPPING)
    exact = pairs[~by_race & ~open_by_gender(pairs)]
    assert len(exact) > 3_000
    assert set(exact["dimension"]) >= set(PARTS) - {"grade"}  # grades have counts only
    assert exact[exact["missing"] != 0].to_dict("records") == []


def test_what_does_not_add_up_does_so_for_its_reason(pairs: pd.DataFrame) -> None:
    overlapping = pairs[pairs["indicator"].isin(OVERLAPPING)]
    assert (overlapping["missing"] < 0).all()  # some count twice, nobody is lost
    late = pairs[open_by_gender(pairs)]
    assert late["missing"].between(0, 20).all()  # some are in no group, nobody counts twice
    assert late["missing"].any()
