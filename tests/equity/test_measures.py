"""The registry of all measures: nothing public is left out, and every entry runs."""

import types
from collections.abc import Iterator
from typing import Any, get_args

import pandas as pd
import pytest

from c2c_lib import equity
from c2c_lib.equity import FAMILIES, MEASURES, RESULT_COLUMNS, measure, measures_table
from c2c_lib.equity.differences import DifferenceMethod, RatioMethod
from c2c_lib.equity.measures import example_of
from c2c_lib.equity.odds_ratios import OddsRatioMethod, ProportionTest
from c2c_lib.equity.proportions import ProportionMethod

ROOMS = ("inequality", "segregation", "income_inequality", "spatial")
CALLING = {
    *("measure", "gaps", "change", "trend", "summary"),
    *("say", "sentences", "find_measure", "measures_table", "segregation.segregation_indices"),
}
"""Functions that call measures, say their results or list them."""
PARTS = {
    "feasible_range": "the range that every measure of inequality gives where groups are hidden",
    "inequality.feasible_range": "the same",
    "inequality.simulated": "the limits of measures of inequality without a formula",
    "smoothed_interval": "the limits of smoothed_rate",
    "chronically_absent": "what chronic_absence counts",
    "income_inequality.spread_bins": "how incomes are spread within bins",
    "income_inequality.binned_income_inequality": "measures of incomes where there are only bins",
    "anhoej_limits": "what run_chart compares runs and crossings with",
    "income_inequality.gini": "income_gini without its interval",
    "income_inequality.generalised_entropy": "income_theil and others without their interval",
    "income_inequality.atkinson": "income_atkinson without its interval",
    "income_inequality.percentile_ratio": "income_p90_p10 without its interval",
    "income_inequality.palma_ratio": "income_palma without its interval",
    "income_inequality.weighted_quantile": "what percentile ratios are made of",
}
"""Functions that stand behind entries of the registry without being called by their name."""


def public_functions() -> Iterator[str]:
    """Yield every function that a researcher finds in the room or in one of its rooms."""
    for prefix, place in [("", equity), *((f"{room}.", getattr(equity, room)) for room in ROOMS)]:
        for name in place.__all__:
            if isinstance(getattr(place, name), types.FunctionType):
                yield prefix + name


def found(path: str) -> Any:
    place: Any = equity
    for name in path.split("."):
        place = getattr(place, name)
    return place


def test_every_public_function_stands_in_the_registry() -> None:
    named = {one.function for one in MEASURES.values()}
    assert set(public_functions()) - named - CALLING - {*PARTS} == set()
    assert not named & {*PARTS}
    assert {*PARTS} <= set(public_functions())


def test_every_entry_names_a_function_that_is_there() -> None:
    assert all(callable(found(one.function)) for one in MEASURES.values())


@pytest.mark.parametrize("name", MEASURES)
def test_every_entry_runs_from_its_own_example(name: str) -> None:
    one = MEASURES[name]
    result = eval(example_of(one), {"equity": equity, "pd": pd})  # noqa: S307 - our own text
    rows = result[result["measure"] == name]
    assert {*RESULT_COLUMNS} <= {*result.columns}
    assert rows["estimate"].notna().any()


def test_all_leaves_out_what_is_worked_out_by_name_only() -> None:
    groups = {"group": ["a", "b"], "estimate": [0.5, 0.6], "moe90": 0.1, "geo_id": ["x", "y"]}
    result = measure(groups, "all", by=[], unit="share", polarity="neutral", draws=0)
    assert not any(FAMILIES[MEASURES[n].family].by_name_only for n in set(result["measure"]))
    assert set(measure(groups, "interval_of_margin")["measure"]) == {"interval_of_margin"}


def test_every_method_of_an_interval_has_its_entry() -> None:
    for kind, methods in (
        ("interval", ProportionMethod),
        ("difference", DifferenceMethod),
        ("ratio", RatioMethod),
        ("odds_ratio", OddsRatioMethod),
        ("test", ProportionTest),
    ):
        assert {f"{method}_{kind}" for method in get_args(methods)} <= {*MEASURES}


def test_every_entry_says_itself_in_spanish() -> None:
    english, spanish = measures_table(), measures_table(language="es")
    assert spanish["name"].tolist() == english["name"].tolist()
    assert not (spanish["question"] == english["question"]).any()
