"""The family of change: a figure, and the gap of a group, between two periods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Period, parse_period
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.gap_change import GAP_CHANGE_REASONS, gap_change_between
from c2c_lib.equity.lookup import unit_of, words_by_row
from c2c_lib.equity.measured import Measured
from c2c_lib.equity.pairs import pairs_of
from c2c_lib.equity.period_change import CHANGE_REASONS, Verdict, change_between
from c2c_lib.equity.precision import taken
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
from c2c_lib.errors import InputError, Problem

__all__ = ["CHANGE_VERDICTS", "FAMILY", "GAP_CHANGE_VERDICTS", "OVER_TIME_REASONS"]

OVER_TIME_REASONS: Final[dict[str, str]] = {
    **CHANGE_REASONS,
    "precision_unknown": GAP_CHANGE_REASONS["precision_unknown"],
    "no_earlier_period": "No earlier period has a figure.",
    "reference_not_shown": "The group that it is compared with has no figure in both periods.",
    "levelling_down": "The gap shrank because the group ahead got worse.",
    "reversed": "The group was behind, and is ahead now.",
}
"""Why a change is missing or special, in plain words."""

CHANGE_VERDICTS: Final = get_args(Verdict)
GAP_CHANGE_VERDICTS: Final = (
    "reduced",
    "eliminated",
    "widened",
    "about_the_same",
    "never_behind",
    "not_enough_data",
)
_COLUMNS: Final = ("period", "estimate")

_CHANGE: Final = Measure(
    name="change",
    family="change",
    function="change_between",
    title="Change",
    question="Has the figure moved since the baseline?",
    formula="y_later - y_earlier, limits of each side squared and added",
    citation="Newcombe 1998, Stat Med 17:873-890; ACS General Handbook 2020, chapters 3 and 8",
    unit="indicator",
    columns=_COLUMNS,
    scaled="times c",
    shifted="unchanged",
)
_GAP_CHANGE: Final = Measure(
    name="gap_change",
    family="change",
    function="gap_change_between",
    title="Change of a gap",
    question="Has the gap between the group and its reference become smaller?",
    formula="(y_ref - y_group) later - (y_ref - y_group) earlier",
    citation="Gelman & Stern 2006, Am Stat 60:328-331; Zou & Donner 2008, Stat Med 27:1693-1702",
    unit="indicator",
    columns=(*_COLUMNS, "dimension", "group"),
    needs=("direction",),
    scaled="times c",
    shifted="unchanged",
)


def baseline_of(
    grid: SeriesGrid, shown: BoolArray, wanted: str | None
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.str_]]:
    """Return the columns of baseline and latest figure, and why there is no baseline.

    The baseline is the newest figure that is not younger than the one wanted and may be
    compared with the latest; where there is none, and where nothing is wanted, it is the first
    figure that may be compared.
    """
    latest = grid.latest(shown)
    fine, shares = grid.comparable(latest)
    earlier = np.arange(shown.shape[-1]) < latest[:, None]
    may = shown & earlier & fine
    first = np.where(may.any(axis=-1), np.argmax(may, axis=-1), -1)
    if wanted is not None:
        limit = _period(wanted)
        early = may & np.array([not _after(period, limit) for period in grid.periods], dtype=bool)
        last = shown.shape[-1] - 1 - np.argmax(early[:, ::-1], axis=-1)
        # A series that ends by the baseline is counted from its first figure.
        ends_later = np.array([_after(p, limit) for p in grid.periods], dtype=bool)
        use = early.any(axis=-1) & ends_later[np.maximum(latest, 0)]
        first = np.where(use, last, first)
    before = (shown & earlier).any(axis=-1)
    why = np.select(
        [first >= 0, ~before, (shown & earlier & shares).any(axis=-1)],
        ["", "no_earlier_period", "overlapping_periods"],
        default="break_in_series",
    )
    return first, latest, why


def _period(label: str) -> Period:
    try:
        return parse_period(label)
    except ValueError as error:
        raise InputError([Problem("baseline", str(error), value=label)]) from None


def _after(period: Period, limit: Period) -> bool:
    return period.end > limit.end


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = series_keys(frame, call.by)
    if frame.empty:
        return [empty_series(frame, keys, wanted)]
    grid = series_grid(frame, keys)
    blocks = []
    if any(one.name == "change" for one in wanted):
        blocks.append(_change_block(grid, call))
    if any(one.name == "gap_change" for one in wanted):
        blocks.append(_gap_block(grid, call))
    return blocks


def _change_block(grid: SeriesGrid, call: Call) -> Block:
    first, latest, why = baseline_of(grid, grid.shown, call.option("baseline"))
    unit = Words(*words_by_row(grid.rows, call.unit, "unit"))
    size = len(grid.keys)
    numbers = [np.full(size, np.nan) for _ in range(3)]
    words = [np.full(size, "", dtype="<U20") for _ in range(3)]
    before, after = grid.at(first), grid.at(latest)
    labels = np.array([*grid.labels, ""], dtype=object)
    for word, pole, rows in unit_and_polarity(grid.rows, call):
        usable = np.zeros(size, dtype=bool)
        usable[rows] = True
        here = np.flatnonzero(usable & (first >= 0))
        if not len(here):
            continue
        found = change_between(
            taken(before, here),
            taken(after, here),
            earlier_period=labels[first[here]].tolist(),
            later_period=labels[latest[here]].tolist(),
            polarity=pole,
            unit=word,
            minimum=call.option("minimum"),
            level=call.level,
        )
        for field, values in zip((*numbers, *words), found, strict=True):
            field[here] = values
    verdict, basis, reason = words
    verdict = np.where(first >= 0, verdict, "not_enough_data")
    reason = np.where(first >= 0, reason, np.where(latest >= 0, why, "no_figure"))
    columns = Columns(
        estimate=numbers[0],
        standard_error=np.hypot(errors_of(before, unit), errors_of(after, unit)),
        lower=numbers[1],
        upper=numbers[2],
        unit=unit_of(_CHANGE, unit),
        method=Words.of(basis, ("counts", "margins", "mixed")),
        verdict=Words.of(verdict, CHANGE_VERDICTS),
        since=grid.words(first),
        children=after.denominator,
        periods=np.where(first >= 0, 2, (latest >= 0).astype(int)),
        reason=Words.of(reason, tuple(OVER_TIME_REASONS)),
    )
    return Block(with_period(grid.keys, grid, latest), [_CHANGE], iter([Part(_CHANGE, columns)]))


def _gap_block(grid: SeriesGrid, call: Call) -> Block:
    pairs = pairs_of(grid.rows, list(grid.keys.columns), call.option("reference", "all"))
    shown = grid.shown
    there = (pairs.reference >= 0)[:, None]
    both = shown[pairs.group] & shown[pairs.reference] & there
    mine = _rows_of(grid, pairs.group)
    first, latest, why = baseline_of(mine, both, call.option("baseline"))
    unit = Words(*words_by_row(mine.rows, call.unit, "unit"))
    figures = [
        _paired(grid, column, rows)
        for column in (first, latest)
        for rows in (pairs.reference, pairs.group)
    ]
    size = len(pairs.group)
    numbers = [np.full(size, np.nan) for _ in range(4)]
    verdict, reason = (np.full(size, "", dtype="<U20") for _ in range(2))
    for word, pole, rows in unit_and_polarity(mine.rows, call):
        if pole == "neutral":
            reason[rows] = "neutral"
            continue
        found = gap_change_between(
            *(taken(figure, rows) for figure in figures),
            polarity=pole,
            unit=word,
            level=call.level,
            minimum=call.option("minimum", 0.0),
        )
        values = (found.change, found.standard_error, found.lower, found.upper)
        for field, value in zip(numbers, values, strict=True):
            field[rows] = value
        verdict[rows] = found.verdict
        special = [found.levelling_down, found.reversed]
        reason[rows] = np.select(special, ["levelling_down", "reversed"], found.reason)
    none = (first < 0) & (reason != "neutral")
    hidden = ~both.any(axis=-1)
    reason = np.where(none, np.where(hidden, "reference_not_shown", why), reason)
    hidden_group = none & ~shown[pairs.group].any(axis=-1)
    reason = np.where(hidden_group, "no_figure", reason)
    columns = Columns(
        estimate=numbers[0],
        standard_error=numbers[1],
        lower=numbers[2],
        upper=numbers[3],
        unit=unit_of(_GAP_CHANGE, unit),
        method="difference in differences",
        against=pairs.named,
        verdict=Words.of(np.where(none, "not_enough_data", verdict), GAP_CHANGE_VERDICTS),
        since=mine.words(first),
        children=figures[3].denominator,
        periods=np.where(first >= 0, 2, (latest >= 0).astype(int)),
        reason=Words.of(reason, tuple(OVER_TIME_REASONS)),
    )
    table = with_period(mine.keys, grid, latest)
    return Block(table, [_GAP_CHANGE], iter([Part(_GAP_CHANGE, columns)]))


def _rows_of(grid: SeriesGrid, rows: NDArray[np.intp]) -> SeriesGrid:
    """Return some of the series."""
    return SeriesGrid(
        grid.rows.iloc[rows].reset_index(drop=True),
        grid.keys.iloc[rows].reset_index(drop=True),
        taken(grid.figures, rows),
        grid.periods,
        grid.segment[rows],
        grid.alone[rows],
        grid.never[rows],
        grid.overlap,
    )


def _paired(grid: SeriesGrid, column: NDArray[np.intp], rows: NDArray[np.intp]) -> Measured:
    """Return one figure per pair: that of some series in the period of the pair."""
    known = (column >= 0) & (rows >= 0)
    return Measured(
        *(
            np.where(known, values[np.maximum(rows, 0), np.maximum(column, 0)], np.nan)
            for values in vars(grid.figures).values()
        )
    )


FAMILY: Final = Family(
    name="change",
    title="Change between two periods",
    rows="a series: one group at one place over time; its period is the latest one",
    options={
        "baseline": "The period that change is counted from; without it the first comparable one.",
        "minimum": "The smallest change that matters, in the unit of the indicator.",
        "reference": "As for gaps; only for gap_change.",
    },
    reasons=OVER_TIME_REASONS,
    measures=(_CHANGE, _GAP_CHANGE),
    run=_run,
    example='equity.measure({"period": ["2014-15", "2014-15", "2018-19", "2018-19"], '
    '"dimension": ["all", "gender"] * 2, "group": ["all", "m"] * 2, '
    '"estimate": [0.47, 0.40, 0.53, 0.49], "numerator": [470, 200, 530, 245], '
    '"denominator": [1000, 500, 1000, 500]}, "NAME", unit="share", polarity="higher_is_better")',
)
