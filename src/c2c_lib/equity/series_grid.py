"""Figures laid out over the periods, with what the catalog lets be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Break, Catalog, Period, load_catalog, parse_period
from c2c_lib.catalog.comparability import series_breaks
from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Block, Call, Columns, Measure, Part, Words
from c2c_lib.equity.lookup import check_columns, check_once, codes_of, key_table, words_by_row
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.equity.precision import standard_errors, units_of
from c2c_lib.errors import Problems

__all__ = [
    "SERIES",
    "BoolArray",
    "SeriesGrid",
    "empty_series",
    "errors_of",
    "series_grid",
    "series_keys",
    "unit_and_polarity",
    "with_period",
]

SERIES: Final = ("indicator", "geo_level", "geo_id", "dimension", "group")
"""What names a series, unless the caller says otherwise."""

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SeriesGrid:
    """One row per series, one column per period.

    Attributes
    ----------
    rows : DataFrame
        The first row of every series, with all columns.
    keys : DataFrame
        The columns that name the series.
    figures : Measured
        Matrices of shape (series, periods).
    periods : tuple of Period
        In the order of time.
    segment : ndarray of int, shape (series, periods)
        Periods with the same number may be compared, as far as `alone` and `never` allow.
    alone : ndarray of bool, shape (series, periods)
        Periods that are compared with no other.
    never : ndarray of bool, shape (series,)
        Series that are not compared over time at all.
    overlap : ndarray of bool, shape (periods, periods)
        Pooled periods that share years.
    """

    rows: pd.DataFrame
    keys: pd.DataFrame
    figures: Measured
    periods: tuple[Period, ...]
    segment: NDArray[np.intp]
    alone: BoolArray
    never: BoolArray
    overlap: BoolArray

    @property
    def shown(self) -> BoolArray:
        """Where there is a figure."""
        return ~np.isnan(self.figures.estimate)

    @property
    def labels(self) -> tuple[str, ...]:
        """The periods as they are written."""
        return tuple(period.label for period in self.periods)

    def at(self, column: NDArray[np.intp]) -> Measured:
        """Return one figure per series; unknown where the column is -1."""
        rows = np.arange(len(self.keys))
        safe = np.maximum(column, 0)
        known = column >= 0
        return Measured(
            *(np.where(known, v[rows, safe], np.nan) for v in vars(self.figures).values())
        )

    def words(self, column: NDArray[np.intp]) -> Words:
        """Return the labels of one period per series; none where the column is -1."""
        return Words((column + 1).astype(np.int16), ("", *self.labels))

    def latest(self, shown: BoolArray) -> NDArray[np.intp]:
        """Return the newest period with a figure that does not stand alone, if there is one."""
        regular = shown & ~self.alone
        use = np.where(regular.any(axis=-1, keepdims=True), regular, shown)
        last = use.shape[-1] - 1 - np.argmax(use[:, ::-1], axis=-1)
        return np.where(use.any(axis=-1), last, -1)

    def comparable(self, column: NDArray[np.intp]) -> tuple[BoolArray, BoolArray]:
        """Return which periods may be compared with one of each series, and which only share years.

        Returns
        -------
        (comparable, overlapping)
            Of the shape of the figures; the period itself is in the first.
        """
        rows, safe = np.arange(len(self.keys)), np.maximum(column, 0)
        own = np.zeros(self.alone.shape, dtype=bool)
        own[rows, safe] = True
        same = self.segment == self.segment[rows, safe][:, None]
        alone = self.alone | self.alone[rows, safe][:, None]
        free = same & ~alone & ~self.never[:, None]
        shares = self.overlap[safe] & ~own
        there = (column >= 0)[:, None]
        return there & (own | (free & ~shares)), there & free & shares


def series_keys(frame: pd.DataFrame, by: Sequence[str] | None) -> list[str]:
    """Return what names a series: never the period, always dimension and group."""
    if by is None:
        return [name for name in SERIES if name in frame]
    keys = [name for name in by if name not in {"period", "period_end"}]
    return keys + [n for n in ("dimension", "group") if n in frame and n not in keys]


def series_grid(frame: pd.DataFrame, keys: Sequence[str]) -> SeriesGrid:
    """Lay observations out over time.

    Raises
    ------
    InputError
        For labels that are no periods, periods of one series that end in the same year, or a
        period twice.
    """
    check_columns(frame, [*keys, "period", "estimate"])
    codes, labels = pd.factorize(frame["period"])
    periods = _periods(list(map(str, labels)))
    order = sorted(range(len(periods)), key=lambda number: periods[number])
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    column = place[codes] if order else codes
    sorted_periods = tuple(periods[number] for number in order)
    series, first = (
        codes_of(frame, keys) if keys else (np.zeros(len(frame), dtype=np.intp), np.array([0]))
    )
    cell = series * max(len(order), 1) + column
    check_once(frame, cell, [*keys, "period"], "a period")
    ends = np.array([period.end for period in sorted_periods], dtype=np.intp)
    again = series * 10_000 + (ends[column] if len(ends) else column)
    check_once(frame, again, [*keys, "period"], "a year")
    given = Measured.from_frame(frame)
    tables = []
    for values in vars(given).values():
        table = np.full((len(first), len(order)), np.nan)
        table[series, column] = values
        tables.append(table)
    rows = frame.iloc[first].reset_index(drop=True)
    segment, alone, never = _divided(rows, sorted_periods)
    overlap = np.array(
        [[a.overlaps(b) for b in sorted_periods] for a in sorted_periods], dtype=bool
    ).reshape(len(order), len(order))
    return SeriesGrid(
        rows,
        key_table(frame, first, keys),
        Measured(*tables),
        sorted_periods,
        segment,
        alone,
        never,
        overlap,
    )


def empty_series(frame: pd.DataFrame, keys: Sequence[str], wanted: Sequence[Measure]) -> Block:
    """Return the block of observations without rows."""
    table = frame[list(dict.fromkeys([*keys, "period"]))]
    return Block(table, wanted, (Part(one, Columns(estimate=np.empty(0))) for one in wanted))


def _periods(labels: Sequence[str]) -> list[Period]:
    problems, found = Problems(), []
    for label in labels:
        try:
            found.append(parse_period(label))
        except ValueError as error:
            problems.add("period", str(error))
    problems.raise_if_any()
    return found


def _divided(
    rows: pd.DataFrame, periods: Sequence[Period]
) -> tuple[NDArray[np.intp], BoolArray, BoolArray]:
    """Return what the breaks of the catalog make of every series."""
    shape = (len(rows), len(periods))
    segment = np.zeros(shape, dtype=np.intp)
    alone, never = np.zeros(shape, dtype=bool), np.zeros(len(rows), dtype=bool)
    if "indicator" not in rows or not len(rows):
        return segment, alone, never
    catalog = load_catalog()
    names = [n for n in ("indicator", "geo_level", "dimension") if n in rows]
    kinds, first = codes_of(rows, names)
    for kind, where in enumerate(first):
        row = rows.iloc[where]
        entry = catalog.indicators.get(str(row["indicator"]))
        mine = np.flatnonzero(kinds == kind)
        if entry is None or not entry.breaks:
            continue
        level = str(row.get("geo_level", ""))
        dimension = str(row.get("dimension", "all"))
        placed = any(one.places for one in entry.breaks)
        slugs = _slugs(rows.iloc[mine], level, catalog) if placed else np.full(len(mine), "")
        for slug in np.unique(slugs):
            these = mine[slugs == slug]
            breaks = series_breaks(entry, place=str(slug), dimension=dimension, level=level)
            segment[these], alone[these], never[these] = _of_breaks(breaks, periods)
    return segment, alone, never


def _slugs(rows: pd.DataFrame, level: str, catalog: Catalog) -> NDArray[np.str_]:
    """Return the slug of every place; empty where the catalog does not know it."""
    if "geo_id" not in rows:
        return np.full(len(rows), "")
    known = {p.geo_id: p.place for p in catalog.places if p.geo_level == level or not level}
    return rows["geo_id"].map(known).fillna("").to_numpy(dtype=str)


def _of_breaks(
    breaks: Sequence[Break], periods: Sequence[Period]
) -> tuple[NDArray[np.intp], BoolArray, bool]:
    segment = np.zeros(len(periods), dtype=np.intp)
    alone = np.zeros(len(periods), dtype=bool)
    for one in breaks:
        if not one.period:
            continue
        at = parse_period(one.period)
        if one.kind == "new_series":
            segment += np.array([period.end >= at.end for period in periods])
        elif one.kind == "not_comparable":
            alone |= np.array([period == at for period in periods])
    return segment, alone, any(one.kind == "not_over_time" for one in breaks)


def unit_and_polarity(rows: pd.DataFrame, call: Call) -> Iterator[tuple[str, str, Any]]:
    """Return every unit and polarity with the rows that have both."""
    units, unit_words = words_by_row(rows, call.unit, "unit")
    poles, pole_words = words_by_row(rows, call.polarity, "polarity")
    both = [f"{unit} {pole}" for unit in unit_words for pole in pole_words]
    for words, where in units_of(units * len(pole_words) + poles, both):
        unit, pole = words.split()
        yield unit, pole, where


def errors_of(figures: Measured, unit: Words) -> FloatArray:
    """Return standard errors of figures whose units are given."""
    scale = np.array([COUNT_SCALES.get(word, np.inf) for word in unit.words])[unit.codes]
    return standard_errors(figures, scale)


def with_period(keys: pd.DataFrame, grid: SeriesGrid, latest: NDArray[np.intp]) -> pd.DataFrame:
    """Return the keys of series with the period that each result is about."""
    labels = np.array([*grid.labels, ""], dtype=object)[latest]
    return keys.assign(period=pd.Series(labels, dtype="str"))
