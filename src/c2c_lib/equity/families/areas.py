"""The family of small areas: raw rates, and rates smoothed towards the mean of all areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.grid import Grid, grid_of
from c2c_lib.equity.lookup import check_columns, key_table
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.equity.small_areas import (
    SMOOTHING_REASONS,
    exceedance_probability,
    smooth_rates,
    smoothed_interval,
)
from c2c_lib.errors import Problems

__all__ = ["AREA_REASONS", "FAMILY"]

AREA_REASONS: Final[dict[str, str]] = {
    "not_shown": "The events of the area are not shown.",
    **{word: text for word, text in SMOOTHING_REASONS.items() if word != "partly"},
}
"""Why a rate of an area is missing or special, in plain words."""

_MARSHALL: Final = "Marshall 1991, J R Stat Soc C 40:283-294"
_COLUMNS: Final = ("geo_id", "numerator", "denominator")
_RAW: Final = Measure(
    name="raw_rate",
    family="areas",
    function="smooth_rates",
    title="Raw rate",
    question="What share of the area's people does it happen to?",
    formula="e_i / n_i",
    citation="Wilson 1927, J Am Stat Assoc 22:209-212",
    unit="share",
    columns=_COLUMNS,
    scaled="times c",
    shifted="plus c",
)
_SMOOTHED: Final = Measure(
    name="smoothed_rate",
    family="areas",
    function="smooth_rates",
    title="Smoothed rate (empirical Bayes)",
    question="What is the area's rate likely to be, once chance is allowed for?",
    formula="b + a / (a + b / n_i) (r_i - b)",
    citation=_MARSHALL,
    unit="share",
    columns=_COLUMNS,
)
_EXCEEDS: Final = Measure(
    name="exceedance",
    family="areas",
    function="exceedance_probability",
    title="Chance to be above a threshold",
    question="How likely is the area's true rate to be above the threshold?",
    formula="P(Gamma(b^2/a + e_i, b/a + n_i) > threshold)",
    citation="Richardson et al. 2004, Environ Health Perspect 112:1016-1025",
    unit="share",
    columns=_COLUMNS,
    needs=("threshold",),
)
_POOL: Final = ("indicator", "geo_level", "period", "dimension", "group")


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    names = call.by if call.by is not None else [n for n in _POOL if n in frame]
    keys = [name for name in names if name not in {"geo_id", "place"}]
    check_columns(frame, [*keys, *_COLUMNS])
    rows = frame.reset_index(drop=True)
    if not keys:
        rows, keys = rows.assign(areas="all"), ["areas"]
    grid = grid_of(rows, keys, ["geo_id"], "an area")
    table = key_table(rows, np.arange(len(rows)), [*keys, "geo_id"])
    asked = {one.name for one in wanted}
    # Smoothing hides the very outlier that a report may be after: the raw rate comes along.
    both = [_RAW] if asked & {"smoothed_rate", "raw_rate"} else []
    measures = [*both, *(one for one in wanted if one.name != "raw_rate")]
    return [Block(table, measures, _parts(grid, measures, call))]


def _parts(whole: Grid, measures: Sequence[Measure], call: Call) -> Iterator[Part]:
    """Yield every measure of some settings at a time."""
    for grid, where in whole.parts():
        for one, columns in _of_settings(grid, measures, call):
            yield Part(one, columns, where)


def _of_settings(
    grid: Grid, measures: Sequence[Measure], call: Call
) -> Iterator[tuple[Measure, Columns]]:
    e, n = grid.numbers("numerator"), grid.numbers("denominator")
    there = grid.there
    found = smooth_rates(e, n)
    shown = there & ~np.isnan(e) & ~np.isnan(n)
    why = Words.of(np.asarray(found.reason), tuple(AREA_REASONS)).codes
    why = np.where(shown, why, 1)
    groups = grid.by_row(shown.sum(axis=-1, keepdims=True)).astype(np.int32)
    hidden = grid.by_row((there & ~shown).sum(axis=-1, keepdims=True)).astype(np.int32)
    for one in measures:
        lower = upper = np.full(e.shape, np.nan)
        method = ""
        reason = why
        if one.name == "raw_rate":
            value, method = found.raw, "wilson"
            fits = shown & (e <= n)
            lower, upper = proportion_interval(np.where(fits, e, np.nan), n, level=call.level)
            reason = np.where(why == 2, 0, why)
        elif one.name == "smoothed_rate":
            value, method = found.smoothed, "Gamma posterior"
            lower, upper = smoothed_interval(found, call.level)
        else:
            value = exceedance_probability(found, _threshold(call))
        columns = Columns(
            estimate=grid.by_row(np.asarray(value)),
            lower=grid.by_row(np.asarray(lower)),
            upper=grid.by_row(np.asarray(upper)),
            unit="share",
            method=method,
            children=grid.by_row(n),
            groups=groups,
            hidden=hidden,
            reason=Words(grid.by_row(reason), ("", *AREA_REASONS)),
        )
        yield one, columns


def _threshold(call: Call) -> float:
    given = call.option("threshold")
    problems = Problems()
    if given is None:
        problems.add("measure", "needs threshold=", value="exceedance", remedy="A rate, 0-1.")
        problems.raise_if_any()
    return float(given)


FAMILY: Final = Family(
    name="areas",
    title="Rates of small areas",
    rows="an area; all areas of a setting are smoothed together",
    options={"threshold": "The rate that `exceedance` asks about, as a share."},
    reasons=AREA_REASONS,
    measures=(_RAW, _SMOOTHED, _EXCEEDS),
    run=_run,
    example='equity.measure({"geo_id": list("abcdef"), "numerator": [9, 3, 70, 0, 8, 44], '
    '"denominator": [410, 95, 1210, 60, 300, 505]}, "NAME", by=[], threshold=0.06)',
)
