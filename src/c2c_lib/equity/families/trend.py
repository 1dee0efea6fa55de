"""The family of trends: direction, pace, and the way to a target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray, normal_quantile
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.kendall_test import mann_kendall
from c2c_lib.equity.lookup import unit_of, words_by_row
from c2c_lib.equity.pace import PACE_REASONS, Pace, pace_to_target
from c2c_lib.equity.sen_slope import theil_sen
from c2c_lib.equity.series import TREND_REASONS
from c2c_lib.equity.series_grid import (
    BoolArray,
    SeriesGrid,
    empty_series,
    errors_of,
    series_grid,
    series_keys,
    unit_and_polarity,
    with_period,
)
from c2c_lib.equity.trend_lines import annual_percent_change, linear_trend
from c2c_lib.errors import Problems

__all__ = ["FAMILY", "TREND_MISSING"]

TREND_MISSING: Final[dict[str, str]] = {
    "no_figure": "No period has a figure.",
    "too_few_years": TREND_REASONS["too_few_years"],
    "not_defined": TREND_REASONS["not_defined"],
    "not_over_time": "The definition moves, so figures are not compared over time.",
    "precision_unknown": "So few years have no interval.",
    "no_target": "There is no target for this indicator.",
    "neutral": "Neither direction is better, so there is no target.",
    "never_at_this_pace": "At this pace the target is not reached.",
    "no_interval": "It is a distance to a target: no interval is worked out.",
}
"""Why a trend or its interval is missing, in plain words."""

_COLUMNS: Final = ("period", "estimate")
_SEN: Final = "Theil 1950, Proc Kon Ned Akad Wet A53:386-392; Sen 1968, JASA 63:1379-1389"


def _measure(name: str, title: str, question: str, formula: str, **more: Any) -> Measure:
    given = {"citation": _SEN, "scaled": "times c", "shifted": "unchanged", **more}
    return Measure(
        name=name,
        family="trend",
        title=title,
        question=question,
        formula=formula,
        columns=_COLUMNS,
        **given,
    )


_TREND_MEASURES: Final = (
    _measure(
        "trend_test",
        "Trend (Mann-Kendall)",
        "Do the figures rise or fall over the years?",
        "tau = S / (n (n - 1) / 2), S = sum over i < j of sign(y_j - y_i)",
        function="mann_kendall",
        citation="Mann 1945, Econometrica 13:245-259; Kendall 1975, Rank Correlation Methods",
        unit="none",
        scaled="unchanged",
    ),
    _measure(
        "pace",
        "Pace (Theil-Sen)",
        "How much do the figures move in a year, whatever one odd year does?",
        "median over i < j of (y_j - y_i) / (t_j - t_i)",
        function="theil_sen",
        unit="indicator per year",
    ),
    _measure(
        "trend_line",
        "Straight trend",
        "How much do the figures move in a year, along a straight line?",
        "sum w (t - mean t)(y - mean y) / sum w (t - mean t)^2",
        function="linear_trend",
        citation="Draper & Smith 1998, Applied Regression Analysis, chapter 1",
        unit="indicator per year",
    ),
    _measure(
        "annual_percent_change",
        "Annual percent change",
        "By what percent do the figures move in a year?",
        "100 (exp(b) - 1), b the slope of ln y",
        function="annual_percent_change",
        citation="Kim, Fay, Feuer & Midthune 2000, Stat Med 19:335-351",
        unit="percent",
        scaled="unchanged",
        shifted="changes",
    ),
)
_TARGET_MEASURES: Final = (
    _measure(
        "distance_to_target",
        "Distance to the target",
        "How far is it to the target?",
        "T - y, turned where lower is better",
        function="pace_to_target",
        citation="c2c, docstring of pace_to_target",
        unit="indicator",
        needs=("target", "direction"),
        shifted="changes",
    ),
    _measure(
        "years_to_target",
        "Years to the target",
        "How many years does it take at the current pace?",
        "(T - y) / b, b the Theil-Sen slope",
        function="pace_to_target",
        unit="years",
        needs=("target", "direction"),
        scaled="changes",
        shifted="changes",
    ),
    _measure(
        "pace_needed",
        "Pace needed",
        "How much would the figure have to move in a year to be there in time?",
        "(T - y) / years left",
        function="pace_to_target",
        citation="c2c, docstring of pace_to_target",
        unit="indicator per year",
        needs=("target", "target_year", "direction"),
        shifted="changes",
    ),
)


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = series_keys(frame, call.by)
    if frame.empty:
        return [empty_series(frame, keys, wanted)]
    grid = series_grid(frame, keys)
    shown = grid.shown
    latest = grid.latest(shown)
    used = _comparable(grid, shown, latest)
    table = with_period(grid.keys, grid, latest)
    return [Block(table, wanted, _parts(grid, used, latest, wanted, call))]


def _comparable(grid: SeriesGrid, shown: BoolArray, latest: NDArray[np.intp]) -> BoolArray:
    """Return the periods that make one trend: comparable with the latest, sharing no years."""
    fine, shares = grid.comparable(latest)
    candidate = shown & (fine | shares) & (np.arange(shown.shape[-1]) <= latest[:, None])
    if not grid.overlap[~np.eye(len(grid.periods), dtype=bool)].any():
        return candidate
    used = np.zeros_like(candidate)
    for column in reversed(range(candidate.shape[-1])):
        clash = (used & grid.overlap[column]).any(axis=-1)
        used[:, column] = candidate[:, column] & ~clash
    return used


def _parts(
    grid: SeriesGrid,
    used: BoolArray,
    latest: NDArray[np.intp],
    wanted: Sequence[Measure],
    call: Call,
) -> Iterator[Part]:
    values = np.where(used, grid.figures.estimate, np.nan)
    times = np.array([period.end for period in grid.periods], dtype=float)
    # Periods of several indicators can end in one year; a series has only one of them.
    values, times = _by_year(values, times)
    unit = Words(*words_by_row(grid.rows, call.unit, "unit"))
    first = np.where(used.any(axis=-1), np.argmax(used, axis=-1), -1)
    count = used.sum(axis=-1)
    common = {
        "since": grid.words(np.where(count > 1, first, -1)),
        "children": grid.at(latest).denominator,
        "periods": count,
    }
    why = np.select(
        [latest < 0, grid.never & (grid.shown.sum(axis=-1) > 1)], [1, 4], default=0
    ).astype(np.int16)
    way: dict[str, Any] | None = None
    for one in wanted:
        if one in _TARGET_MEASURES:
            way = way or _way(grid, values, times, latest, call)
            columns = _to_target(one, way)
        else:
            columns = _CALCULATIONS[one.name](values, times, _weights(grid, used, unit, call), call)
        reason = np.where(why > 0, why, columns.pop("reason"))
        yield Part(
            one,
            Columns(
                **columns,
                unit=unit_of(one, unit),
                reason=Words(reason, ("", *TREND_MISSING)),
                **common,
            ),
        )


def _by_year(values: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return one column per year."""
    years = np.unique(times)
    if len(years) == len(times):
        return values, times
    columns = [values[:, times == year] for year in years]
    merged = [np.where(np.isnan(c).all(axis=-1), np.nan, np.nansum(c, axis=-1)) for c in columns]
    return np.stack(merged, axis=-1), years


def _weights(grid: SeriesGrid, used: BoolArray, unit: Words, call: Call) -> FloatArray | None:
    """Return standard errors by year where the caller wants years weighted by them."""
    if not call.option("weighted", False):
        return None
    wide = Words(np.repeat(np.asarray(unit.codes)[:, None], len(grid.periods), axis=1), unit.words)
    errors = np.where(used, errors_of(grid.figures, wide), np.nan)
    times = np.array([period.end for period in grid.periods], dtype=float)
    found, _ = _by_year(errors, times)
    return np.where(found > 0, found, np.nan)


def _why(verdict: NDArray[np.str_], lower: FloatArray) -> NDArray[np.int64]:
    return np.select(
        [verdict == "too_few_years", verdict == "not_defined", np.isnan(lower)], [2, 3, 5], 0
    )


def _trend_test(
    values: FloatArray, _times: FloatArray, _errors: FloatArray | None, call: Call
) -> dict[str, Any]:
    found = mann_kendall(values, level=call.level)
    verdict = np.asarray(found.verdict)
    return {
        "estimate": np.where(np.isnan(found.p_value), np.nan, found.tau),
        "method": Words.of(np.asarray(found.method), ("exact", "normal", "hamed_rao")),
        "verdict": Words.of(verdict, tuple(TREND_REASONS)),
        "reason": _why(verdict, np.zeros(len(verdict))),
    }


def _pace(
    values: FloatArray, times: FloatArray, _errors: FloatArray | None, call: Call
) -> dict[str, Any]:
    found = theil_sen(values, times, level=call.level)
    low, high = np.asarray(found.lower), np.asarray(found.upper)
    codes = np.select([np.isnan(low), low > 0, high < 0], [0, 1, 2], default=3)
    reason = np.select([found.years < 2, np.isnan(low)], [2, 5], default=0)
    return {
        "estimate": np.asarray(found.slope),
        "lower": low,
        "upper": high,
        "method": "ranks of the slopes",
        "verdict": Words(codes, ("", *list(TREND_REASONS)[:3])),
        "reason": reason,
    }


def _trend_line(
    values: FloatArray, times: FloatArray, errors: FloatArray | None, call: Call
) -> dict[str, Any]:
    found = linear_trend(values, times, se=errors, level=call.level)
    return {
        "estimate": np.asarray(found.slope),
        "standard_error": np.asarray(found.standard_error),
        "lower": np.asarray(found.lower),
        "upper": np.asarray(found.upper),
        "method": "Student's t",
        "verdict": Words.of(np.asarray(found.verdict), tuple(TREND_REASONS)),
        "reason": _why(np.asarray(found.verdict), np.asarray(found.lower)),
    }


def _percent(
    values: FloatArray, times: FloatArray, errors: FloatArray | None, call: Call
) -> dict[str, Any]:
    found = annual_percent_change(values, times, se=errors, level=call.level)
    low, high = np.asarray(found.lower), np.asarray(found.upper)
    z = 2 * normal_quantile(call.level)
    return {
        "estimate": np.asarray(found.percent),
        "standard_error": (high - low) / z,
        "lower": low,
        "upper": high,
        "method": "Student's t",
        "verdict": Words.of(np.asarray(found.verdict), tuple(TREND_REASONS)),
        "reason": _why(np.asarray(found.verdict), low),
    }


_CALCULATIONS: Final[
    dict[str, Callable[[FloatArray, FloatArray, FloatArray | None, Call], dict[str, Any]]]
] = {
    "trend_test": _trend_test,
    "pace": _pace,
    "trend_line": _trend_line,
    "annual_percent_change": _percent,
}


def _way(
    grid: SeriesGrid, values: FloatArray, times: FloatArray, latest: NDArray[np.intp], call: Call
) -> dict[str, Any]:
    """Return what `pace_to_target` says of every series."""
    target, year = _targets(grid.rows, call.option("target")), call.option("target_year")
    slope = theil_sen(values, times, level=call.level)
    ends = np.array([*(period.end for period in grid.periods), 0], dtype=float)[latest]
    left = np.full(len(ends), np.nan) if year is None else np.maximum(float(year) - ends, 0.0)
    fields = [np.full(len(ends), np.nan) for _ in range(5)]
    verdict = np.full(len(ends), "", dtype="<U20")
    neutral = np.zeros(len(ends), dtype=bool)
    current = grid.at(latest).estimate
    for _, pole, rows in unit_and_polarity(grid.rows, call):
        if pole == "neutral":
            neutral[rows] = True
            continue
        found = pace_to_target(
            current[rows],
            target[rows],
            np.asarray(slope.slope)[rows],
            polarity=pole,
            pace_lower=np.asarray(slope.lower)[rows],
            pace_upper=np.asarray(slope.upper)[rows],
            years_left=left[rows],
        )
        for field, value in zip(fields, found[:5], strict=True):
            field[rows] = value
        verdict[rows] = found.verdict
    missing = np.select([neutral, np.isnan(target)], [7, 6], default=0)
    return {"way": Pace._make([*fields, verdict]), "missing": missing}


def _targets(rows: pd.DataFrame, given: object) -> FloatArray:
    """Return the target of every series: one for all, by indicator, or from a column."""
    if isinstance(given, Mapping):
        return rows["indicator"].map(dict(given)).to_numpy(dtype=float)
    if given is None and "target" in rows:
        return rows["target"].to_numpy(dtype=float)
    problems = Problems()
    if not isinstance(given, int | float | np.number):
        problems.add(
            "measure",
            "needs target=",
            value="years_to_target",
            allowed="a number, a mapping from indicator to number, or a column target",
        )
        problems.raise_if_any()
    return np.full(len(rows), float(given))  # type: ignore[arg-type]


def _to_target(one: Measure, found: dict[str, Any]) -> dict[str, Any]:
    way, missing = found["way"], found["missing"]
    verdict = Words.of(way.verdict, tuple(PACE_REASONS))
    if one.name == "distance_to_target":
        low = np.full(len(missing), np.nan)
        why = np.where(np.isnan(way.distance), 1, 9)
        return {
            "estimate": way.distance,
            "verdict": verdict,
            "reason": np.where(missing > 0, missing, why),
        }
    if one.name == "pace_needed":
        why = np.where(np.isnan(way.needed), 6, 9)
        return {
            "estimate": way.needed,
            "verdict": verdict,
            "reason": np.where(missing > 0, missing, why),
        }
    years = np.where(np.isinf(way.years), np.nan, way.years)
    low = np.where(np.isinf(way.years_lower), np.nan, way.years_lower)
    why = np.select([np.isinf(way.years), np.isnan(years), np.isnan(low)], [8, 2, 5], default=0)
    return {
        "estimate": years,
        "lower": low,
        "upper": np.where(np.isnan(low), np.nan, way.years_upper),
        "method": "limits of the pace",
        "verdict": verdict,
        "reason": np.where(missing > 0, missing, why),
    }


FAMILY: Final = Family(
    name="trend",
    title="Trend over the years, and the way to a target",
    rows="a series: one group at one place over time; its period is the latest one",
    options={
        "weighted": "Whether straight trends weight years by their standard errors.",
        "target": "A number, or a mapping from indicator to number; or a column target.",
        "target_year": "The year in which the target is to be reached.",
    },
    reasons=TREND_MISSING,
    measures=(*_TREND_MEASURES, *_TARGET_MEASURES),
    run=_run,
    example='equity.measure({"period": [str(year) for year in range(2012, 2020)], '
    '"estimate": [0.33, 0.31, 0.32, 0.29, 0.28, 0.28, 0.25, 0.24]}, "NAME", unit="share", '
    'polarity="lower_is_better", target=0.1, target_year=2030)',
)
