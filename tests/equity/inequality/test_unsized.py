"""Ranges where neither figures nor sizes of hidden groups are known, against brute force."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import measure
from c2c_lib.equity.inequality import MEASURES, Groups, feasible_range
from support.inequality import NAMES, groups_for

SHOWN, SIZES = np.array([0.35, 0.61]), np.array([120.0, 300.0])
LOW, HIGH = np.array([0.05, 0.30]), np.array([0.40, 0.55])
REST = 90.0


def holes(name: str) -> Groups:
    groups = groups_for(name, [*SHOWN, *LOW], [*SIZES, 1, 1])
    hidden = np.array([False, False, True, True])
    return Groups(
        np.where(hidden, np.nan, groups.estimate),
        np.where(hidden, np.nan, groups.population),
        groups.standard_error,
        groups.direction,
        groups.scale,
        groups.ordered,
        groups.reference,
        groups.survey,
    )


def brute(name: str, sizes: Any, average: float | None = None, room: float = 0.0) -> Any:
    """Return the measure of every table on a grid of what can be."""
    n, first, second = np.meshgrid(
        sizes, np.linspace(LOW[0], HIGH[0], 41), np.linspace(LOW[1], HIGH[1], 41)
    )
    figures = np.stack([np.full(n.shape, v) for v in SHOWN] + [first, second], axis=-1)
    population = np.stack([np.full(n.shape, v) for v in SIZES] + [n, REST - n], axis=-1)
    found = MEASURES[name].value(groups_for(name, figures, population))
    if average is not None:
        mean = (figures * population).sum(-1) / population.sum(-1)
        found = np.where(np.abs(mean - average) <= room, found, np.nan)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_range_is_what_all_possible_sizes_and_figures_give(name: str) -> None:
    bounds = [np.concatenate([[np.nan] * 2, end]) for end in (LOW, HIGH)]
    low, high = feasible_range(holes(name), name, *bounds, unsized=REST)
    every = brute(name, np.linspace(1, REST - 1, 45))
    width = float(high - low)
    room = 1e-7 * max(1.0, float(np.abs(every).max()))
    assert low <= every.min() + room
    assert high >= every.max() - room
    # The grid comes close to both ends, so the range is no wider than it must be.
    assert every.min() - low <= 0.03 * width + room
    assert high - every.max() <= 0.03 * width + room


@pytest.mark.parametrize("name", ["bgv", "mld", "theil", "mdm", "paf", "aci", "mrd"])
def test_published_average_narrows_it(name: str) -> None:
    bounds = [np.concatenate([[np.nan] * 2, end]) for end in (LOW, HIGH)]
    options = {"unsized": REST, "average": 0.51, "slack": 0.002}
    low, high = feasible_range(holes(name), name, *bounds, **options)
    every = brute(name, np.linspace(1, REST - 1, 89), 0.51, 0.002)
    width, room = float(high - low), 1e-7 * float(np.nanmax(np.abs(every)))
    assert low <= np.nanmin(every) + room
    assert high >= np.nanmax(every) - room
    assert np.nanmin(every) - low <= 0.05 * width + room
    assert high - np.nanmax(every) <= 0.05 * width + room


def test_at_most_so_many_is_wider_than_exactly_so_many() -> None:
    # Hidden figures near the average even things out, the more the more children they hold.
    bounds = [[np.nan, np.nan, end, end] for end in (0.50, 0.52)]
    exact = feasible_range(holes("bgv"), "bgv", *bounds, unsized=REST)
    loose = feasible_range(holes("bgv"), "bgv", *bounds, unsized=REST, together=False)
    assert loose.lower <= exact.lower + 1e-12
    assert loose.upper > exact.upper + 1e-4


def observations(total: float | None = 510.0, dimension: str = "race_ethnicity") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": "graduation_4yr",
            "period": "2018-19",
            "dimension": ["all", *[dimension] * 4],
            "group": ["all", "asian", "black", "hispanic", "white"],
            "estimate": [0.51, 0.35, 0.61, np.nan, np.nan],
            "denominator": [total, 120.0, 300.0, np.nan, np.nan],
            "lowest": [np.nan, np.nan, np.nan, *LOW],
            "highest": [np.nan, np.nan, np.nan, *HIGH],
        }
    )


def test_tidy_observations_take_sizes_from_the_published_total() -> None:
    (row,) = measure(observations(), "bgv").itertuples()
    assert (row.status, row.reason, row.hidden) == ("range_only", "hidden_groups", 2)
    # Slack: half of the last printed digit of the average, and of the figures shown.
    slack = 0.0005 * (1 + 420 / 510)
    every = brute("bgv", np.linspace(1, REST - 1, 89), 0.51, slack)
    assert row.range_lower == pytest.approx(np.nanmin(every), rel=0.05)
    assert row.range_upper == pytest.approx(np.nanmax(every), rel=0.05)


def test_groups_that_overlap_are_at_most_so_many() -> None:
    whole = measure(observations(), "bgv").loc[0]
    loose = measure(observations(dimension="economic_status"), "bgv").loc[0]
    assert loose["range_upper"] - loose["range_lower"] > whole["range_upper"] - whole["range_lower"]


def test_no_total_is_said_and_no_fit_too() -> None:
    assert measure(observations(None), "bgv")["reason"].tolist() == ["hidden_size_unknown"]
    impossible = observations().assign(estimate=[0.9, 0.35, 0.61, np.nan, np.nan])
    (row,) = measure(impossible, "bgv").itertuples()
    assert (row.status, row.reason) == ("not_available", "nothing_fits")
