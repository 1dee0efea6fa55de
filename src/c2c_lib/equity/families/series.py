"""The family of charts of monthly figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.control_chart import (
    ControlChart,
    individuals_chart,
    proportion_chart,
    proportion_prime_chart,
)
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words, entries_of
from c2c_lib.equity.lookup import check_columns, key_table, numbers, unit_of, words_by_row
from c2c_lib.equity.run_chart import run_chart_of
from c2c_lib.equity.series_grid import (
    series_keys,
)
from c2c_lib.equity.settings import NO_LIMITS, settings_of

__all__ = ["CHART_VERDICTS", "FAMILY", "SERIES_REASONS"]

CHART_VERDICTS: Final[dict[str, str]] = {
    "shifted": "The figures have shifted.",
    "stable": "The figures move no more than chance would make them.",
    "too_few_points": "Fewer than ten points lie off the centre line.",
    "outside": "The point lies outside what is usual.",
    "inside": "The point lies within what is usual.",
}
"""What a chart says, in plain words."""

SERIES_REASONS: Final[dict[str, str]] = {
    "not_shown": "There is no figure.",
    **NO_LIMITS,
}
"""Why a result is missing or has no interval, in plain words."""

_WORDS: Final = tuple(SERIES_REASONS)
_ANHOEJ: Final = "Anhoej & Olesen 2014, PLoS ONE 9:e113825"
_COUNTED: Final = ("period", "numerator", "denominator")


_measure: Final = entries_of("series", unit="indicator", columns=("period", "estimate"))


class _Timeline(NamedTuple):
    """Series laid out in the order of time, whatever their periods are called.

    Attributes
    ----------
    series, column : ndarray of int
        The place of every row.
    keys : DataFrame
        The columns that name the series.
    first, last : ndarray of int
        The rows of the first and the last period of every series.
    """

    series: NDArray[np.intp]
    column: NDArray[np.intp]
    keys: pd.DataFrame
    first: NDArray[np.intp]
    last: NDArray[np.intp]

    def table(self, values: FloatArray) -> FloatArray:
        """Return a column as a matrix of series by time."""
        width = int(self.column.max(initial=-1)) + 1
        found = np.full((len(self.keys), width), np.nan)
        found[self.series, self.column] = values
        return found


def _timeline(frame: pd.DataFrame, call: Call) -> _Timeline:
    """Lay rows out by their periods: labels in the order of the alphabet, dates in that of time."""
    keys = series_keys(frame, call.by)
    settings = settings_of(frame, keys, ["period"], "a period")
    ranked = pd.factorize(frame["period"], sort=True)[0]
    series = np.zeros(len(frame), dtype=np.intp)
    column = ranked.astype(np.intp)
    first = np.array([r[np.argmin(ranked[r])] for r in settings.rows], dtype=np.intp)
    last = np.array([r[np.argmax(ranked[r])] for r in settings.rows], dtype=np.intp)
    for number, rows in enumerate(settings.rows):
        series[rows] = number
        column[rows] -= ranked[first[number]]  # a series begins with its own first period
    return _Timeline(series, column, settings.keys, first, last)


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    for one in wanted:
        check_columns(frame, one.columns)
    charts = [one for one in wanted if one.name in _CHARTS]
    blocks = [_run_chart(frame, one, call) for one in wanted if one not in charts]
    return [*blocks, _of_points(frame, charts, call)] if charts else blocks


def _run_chart(frame: pd.DataFrame, one: Measure, call: Call) -> Block:
    line = _timeline(frame, call)
    values = line.table(numbers(frame, "estimate"))
    found = run_chart_of(values, centre=call.option("centre"), baseline=call.option("first_points"))
    rows = frame.iloc[line.first].reset_index(drop=True)
    since, words = pd.factorize(rows["period"])
    columns = Columns(
        estimate=np.asarray(found.centre),
        unit=unit_of(one, Words(*words_by_row(rows, call.unit, "unit"))),
        verdict=Words.of(np.asarray(found.verdict), tuple(CHART_VERDICTS)),
        since=Words(since, list(map(str, words))),
        periods=np.asarray(found.points),
        reason=Words.of(np.where(np.isnan(found.centre), "not_shown", "no_limits"), _WORDS),
    )
    keys = line.keys.assign(period=frame["period"].to_numpy()[line.last])
    return Block(keys, [one], iter([Part(one, columns)]))


def _of_points(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> Block:
    line = _timeline(frame, call)
    keys = series_keys(frame, call.by)
    table = key_table(frame, np.arange(len(frame)), list(dict.fromkeys([*keys, "period"])))
    return Block(table, wanted, _chart_parts(frame, line, wanted, call))


def _chart_parts(
    frame: pd.DataFrame, line: _Timeline, wanted: Sequence[Measure], call: Call
) -> Iterator[Part]:
    x, n = numbers(frame, "numerator"), numbers(frame, "denominator")
    at = line.series, line.column
    for one in wanted:
        given = numbers(frame, "estimate") if one.name == "individuals_chart" else x / n
        tables = [given] if one.name == "individuals_chart" else [x, n]
        found = _CHARTS[one.name](
            *(line.table(values) for values in tables), baseline=call.option("first_points")
        )
        known = ~np.isnan(given)
        low, high = (np.broadcast_to(v, found.outside.shape)[at] for v in found[1:3])
        verdict = np.where(known, np.where(found.outside[at], "outside", "inside"), "")
        unit: str | Words = "share"
        if one.unit != "share":
            unit = unit_of(one, Words(*words_by_row(frame, call.unit, "unit")))
        yield Part(
            one,
            Columns(
                estimate=given,
                lower=np.where(known, low, np.nan),
                upper=np.where(known, high, np.nan),
                unit=unit,
                method="three standard deviations",
                verdict=Words.of(verdict, tuple(CHART_VERDICTS)),
                children=n,
                periods=np.bincount(line.series[known], minlength=len(line.keys))[line.series],
                reason=Words.of(np.where(known, "", "not_shown"), _WORDS),
            ),
        )


_CHARTS: Final[dict[str, Callable[..., ControlChart]]] = {
    "individuals_chart": individuals_chart,
    "proportion_chart": proportion_chart,
    "proportion_prime_chart": proportion_prime_chart,
}
_MONTHS: Final = (
    '{"period": [f"{y}-{m:02}" for y in (2024, 2025) for m in range(1, 11)], "estimate": [52, 49, '
    "51, 50, 53, 48, 50, 51, 49, 52, 58, 57, 59, 60, 58, 57, 61, 59, 58, 60], "
    '"numerator": [22, 25, 27, 21, 24, 19, 26, 28, 30, 41] * 2, "denominator": [120] * 20}'
)
FAMILY: Final = Family(
    name="series",
    title="Charts of monthly figures",
    rows="a series, or one of its points; figures of any period, as long as their labels (or "
    "dates) sort in the order of time",
    options={
        "centre": "The centre line of a run chart; default the median.",
        "first_points": "Take the centre of a chart from so many first points.",
    },
    reasons=SERIES_REASONS,
    measures=(
        _measure(
            "run_chart",
            "Run chart",
            "Has a monthly figure shifted?",
            "longest run > round(log2 n) + 3, or crossings < 5 % quantile of B(n - 1, 1/2)",
            "run_chart_of",
            citation=_ANHOEJ,
            scaled="times c",
            shifted="plus c",
        ),
        _measure(
            "individuals_chart",
            "Control chart of single figures (I chart)",
            "Which months lie outside what is usual?",
            "mean -+ 3 mean(|y_i - y_(i-1)|) / 1.128",
            "individuals_chart",
            citation="Montgomery 2013, Statistical Quality Control, 6.4; Nelson 1982, J Qual "
            "Technol 14:172-173",
            scaled="times c",
            shifted="plus c",
        ),
        _measure(
            "proportion_chart",
            "Control chart of shares (p chart)",
            "Which months lie outside what is usual for a share of so many children?",
            "p -+ 3 sqrt(p q / n_i), p = sum x / sum n",
            "proportion_chart",
            citation="Montgomery 2013, Statistical Quality Control, 7.2",
            unit="share",
            columns=_COUNTED,
        ),
        _measure(
            "proportion_prime_chart",
            "Control chart of shares of many children (p-prime chart)",
            "Which months lie outside what is usual for a share of very many children?",
            "p -+ 3 sigma_z sqrt(p q / n_i), sigma_z = mean moving range of z / 1.128",
            "proportion_prime_chart",
            citation="Laney 2002, Qual Eng 14:531-537",
            unit="share",
            columns=_COUNTED,
        ),
    ),
    run=_run,
    verdicts=CHART_VERDICTS,
    by_name_only=True,
    example=f'equity.measure({_MONTHS}, "NAME", unit="count")',
)
