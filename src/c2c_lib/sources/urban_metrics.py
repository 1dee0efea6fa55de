"""What the Urban Institute's files of mobility metrics by city have in common.

One row per city and year, in files by group also per group: a figure, mostly with 95 % bounds,
and the publisher's grade of it. How all of them are read:

- Bounds become a 90 % margin of error. Where the two sides differ (a bound stopped at 0 or 1,
  or the measure is not symmetric) the wider side counts.
- Grade 1 is strong, 2 marginal (the figure carries a note), 3 weak (its status is ``too_weak``,
  the value is kept for researchers).
- Bounds that meet at the figure (everybody who was asked said the same) are no margin of zero:
  the figure carries a note instead of a margin.
- ``NA`` or an empty cell is a figure that the publisher leaves out because too few stand behind
  it.
- "Other Races and Ethnicities" is left out, as the catalog has no such group.
- What one year means is not the same in all files: one year, five pooled years or a school
  year, and "All" in a file by group may not be the "All" of the file without groups. So every
  report says what its files' years are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog.periods import school_year
from c2c_lib.errors import Problems
from c2c_lib.observations.margins import margin_at_90
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import csv_rows, note_unknown, numbers, observations, read_csv

__all__ = [
    "MARGINAL",
    "NO_SPREAD",
    "RACES",
    "Metric",
    "fall_school_year",
    "five_years",
    "one_year",
    "read_metrics",
    "spring_school_year",
]

MARGINAL: Final = "The publisher calls the quality of this figure marginal."
NO_SPREAD: Final = "Everyone asked gave the same answer, so its margin of error is not known."
RACES: Final[Mapping[str, str]] = {
    "Black, Non-Hispanic": "black",
    "Hispanic": "hispanic",
    "White, Non-Hispanic": "white",
}
"""The publisher's labels for race and ethnicity that have a group of the catalog."""

_STATE: Final = "09"
_NO_GROUP: Final = ("Other Races and Ethnicities",)
_NOT_GIVEN: Final = ("NA", "")
_GRADES: Final = ("1", "2", "3")
_WEAK, _MARGINAL_GRADE = "3", "2"
_DIMENSIONS: Final = {
    "all": "all",
    "race-ethnicity": "race_ethnicity",
    "race_ethnicity": "race_ethnicity",
    "gender": "gender",
}
_GROUP_COLUMNS: Final = ("subgroup_type", "subgroup")


@dataclass(frozen=True)
class Metric:
    """One figure of a row.

    Attributes
    ----------
    indicator : str
        Id in the catalog.
    column : str
        Heading of the figure; its grade stands under the same heading with ``_quality``.
    high : float
        The largest value that is allowed.
    bounds : bool
        Whether 95 % bounds stand under the heading with ``_lb`` and ``_ub``.
    numerator : str
        Heading of the printed count behind a share; empty if there is none.
    group : tuple of (str, str)
        Dimension and group, in files that have one column per group.
    """

    indicator: str
    column: str
    high: float = 1.0
    bounds: bool = True
    numerator: str = ""
    group: tuple[str, str] = ("all", "all")

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading that belongs to the figure."""
        bounds = (f"{self.column}_lb", f"{self.column}_ub") if self.bounds else ()
        counts = (self.numerator,) if self.numerator else ()
        return (self.column, *bounds, f"{self.column}_quality", *counts)


def one_year(year: int) -> str:
    """Return the label of a year that stands for itself."""
    return str(year)


def five_years(year: int) -> str:
    """Return the label of five pooled years, by the last one.

    Examples
    --------
    >>> five_years(2023)
    '2019-2023'
    """
    return f"{year - 4}-{year}"


def fall_school_year(year: int) -> str:
    """Return the school year that begins in the fall of a year.

    Examples
    --------
    >>> fall_school_year(2021)
    '2021-22'
    """
    return school_year(year)


def spring_school_year(year: int) -> str:
    """Return the school year that ends in the spring of a year.

    Examples
    --------
    >>> spring_school_year(2018)
    '2017-18'
    """
    return school_year(year - 1)


def read_metrics(
    files: Sequence[RawFile],
    names: Names,
    metrics: Sequence[Metric],
    period: Callable[[int], str],
    labels: Mapping[str, tuple[str, Mapping[str, str]]] | None = None,
) -> pd.DataFrame:
    """Read the files of one report.

    Parameters
    ----------
    files : sequence of RawFile
        With or without groups; figures that two files repeat are given once.
    names : Names
        Its catalog holds the cities; a Connecticut city that is missing there is a problem,
        places elsewhere are passed over.
    metrics : sequence of Metric
        The figures that are wanted.
    period : callable
        What a year means: `one_year`, `five_years`, `fall_school_year`, `spring_school_year`.
    labels : mapping of str to (str, mapping of str to str), optional
        Further kinds of groups: dimension and group ids by the publisher's ``subgroup_type``.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`), with ``where``.

    Notes
    -----
    The table holds nothing below zero. A measure that can fall below it (years of learning)
    has one such figure in Connecticut, which its publisher grades weak: it is left out. One of
    a better grade is a problem.
    """
    frames = [_read_file(file, names, metrics, period, labels or {}) for file in files]
    if not frames:
        return observations([]).assign(where="")
    frame = pd.concat(frames, ignore_index=True)
    return frame.drop_duplicates(frame.columns.drop("where")).reset_index(drop=True)


def _read_file(
    file: RawFile,
    names: Names,
    metrics: Sequence[Metric],
    period: Callable[[int], str],
    labels: Mapping[str, tuple[str, Mapping[str, str]]],
) -> pd.DataFrame:
    problems = names.problems
    rows = csv_rows(file, problems)
    by_group = bool(rows) and _GROUP_COLUMNS[1] in {cell.strip() for cell in rows[0][1]}
    columns = [column for metric in metrics for column in metric.columns]
    wanted = ["year", "state", "place", *(_GROUP_COLUMNS if by_group else ()), *columns]
    frame = read_csv(file, wanted, problems) if rows else pd.DataFrame(columns=wanted, dtype="str")
    frame = frame[frame["state"].str.zfill(2) == _STATE]
    frame = frame.assign(geo_id=_STATE + frame["place"].str.zfill(5))
    frame = frame[_in_catalog(frame, file, names)]
    frame = frame[_years(frame, file, problems)]
    if by_group:
        frame = _grouped(frame, file, names, labels)
    keys = frame[["geo_id"]].assign(
        geo_level="city",
        period=[period(int(year)) for year in frame["year"]],
        where=[f"{file.name}:{line}" for line in frame.index],
    )
    found = [
        _figures(frame, metric, file, problems)
        .join(keys)
        .assign(
            dimension=frame["dimension"] if by_group else metric.group[0],
            group=frame["group"] if by_group else metric.group[1],
        )
        for metric in metrics
    ]
    table = pd.concat(found, ignore_index=True)
    return observations(table).assign(where=table["where"].to_numpy(dtype=object))


def _in_catalog(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.Series[bool]:
    cities = {place.geo_id for place in names.catalog.places if place.geo_level == "city"}
    known = frame["geo_id"].isin(cities)
    for line, geo_id in frame.loc[~known, "geo_id"].drop_duplicates().items():
        names.problems.add(
            f"{file.name}:{line}",
            "unknown city",
            value=geo_id,
            column="place",
            remedy="Add it to the catalog's places.csv.",
        )
    return known


def _years(frame: pd.DataFrame, file: RawFile, problems: Problems) -> pd.Series[bool]:
    good = frame["year"].str.fullmatch(r"(19|20)\d\d").astype(bool)
    for line, year in frame.loc[~good, "year"].drop_duplicates().items():
        problems.add(
            f"{file.name}:{line}",
            "the year does not read",
            value=year,
            column="year",
            allowed="a year like 2023",
        )
    return good


def _grouped(
    frame: pd.DataFrame,
    file: RawFile,
    names: Names,
    labels: Mapping[str, tuple[str, Mapping[str, str]]],
) -> pd.DataFrame:
    """Return the rows whose group the catalog has, with ``dimension`` and ``group``."""
    frame = frame[~frame["subgroup"].isin(_NO_GROUP)]
    dimensions = {**_DIMENSIONS, **{kind: dimension for kind, (dimension, _) in labels.items()}}
    note_unknown(frame, "subgroup_type", dimensions, file, names.problems)
    frame = frame[frame["subgroup_type"].isin(dimensions)]
    groups: dict[tuple[str, str], str | None] = {}
    for line, kind, label in frame[list(_GROUP_COLUMNS)].drop_duplicates().itertuples():
        own = labels[kind][1] if kind in labels else RACES
        groups[kind, label] = names.group(dimensions[kind], label, f"{file.name}:{line}", own)
    pairs = zip(frame["subgroup_type"], frame["subgroup"], strict=True)
    ids = pd.Series([groups[pair] for pair in pairs], index=frame.index, dtype="object")
    frame = frame.assign(dimension=frame["subgroup_type"].map(dimensions), group=ids)
    return frame[frame["group"].notna()]


def _figures(
    frame: pd.DataFrame, metric: Metric, file: RawFile, problems: Problems
) -> pd.DataFrame:
    """Return estimate, count, margin, status and note of one metric, row by row."""
    column = metric.column
    grades = frame[f"{column}_quality"]
    note_unknown(frame, f"{column}_quality", (*_GRADES, *_NOT_GIVEN), file, problems)
    estimate = _below_zero(frame, metric, file, problems)
    shown = estimate.notna()
    if metric.bounds:
        half = _half_width(frame, estimate, metric, file, problems)
    else:
        half = pd.Series(np.nan, index=frame.index)
    count = pd.Series(np.nan, index=frame.index)
    if metric.numerator:
        count = numbers(frame, metric.numerator, file, problems, missing=_NOT_GIVEN)
    status = np.where(grades == _WEAK, "too_weak", "published")
    remarks = zip(
        np.where(grades == _MARGINAL_GRADE, MARGINAL, ""),
        np.where(half == 0, NO_SPREAD, ""),
        strict=True,
    )
    note = pd.Series([" ".join(filter(None, pair)) for pair in remarks], index=frame.index)
    return pd.DataFrame(
        {
            "indicator": metric.indicator,
            "estimate": estimate,
            "numerator": count.where(shown),
            "moe90": margin_at_90(half.where(half != 0)),
            "status": np.where(shown, status, "suppressed_by_source"),
            "note": note.where(shown, ""),
        },
        index=frame.index,
    )[shown | frame[column].isin(_NOT_GIVEN)]


def _below_zero(
    frame: pd.DataFrame, metric: Metric, file: RawFile, problems: Problems
) -> pd.Series[float]:
    """Return the estimates; a weak one below zero is empty, one of a better grade is noted."""
    weak = frame[f"{metric.column}_quality"] == _WEAK
    unbounded = metric.high == np.inf
    drop = weak & frame[metric.column].str.startswith("-") & unbounded
    missing = [*_NOT_GIVEN, *frame.loc[drop, metric.column]]
    return numbers(frame, metric.column, file, problems, missing=missing, high=metric.high)


def _half_width(
    frame: pd.DataFrame,
    estimate: pd.Series[float],
    metric: Metric,
    file: RawFile,
    problems: Problems,
) -> pd.Series[float]:
    """Return the wider side of the 95 % interval; note an estimate that lies outside it."""
    floor = -np.inf if metric.high == np.inf else 0.0
    low, high = (
        numbers(
            frame,
            f"{metric.column}_{side}",
            file,
            problems,
            missing=_NOT_GIVEN,
            low=floor,
            high=metric.high,
        )
        for side in ("lb", "ub")
    )
    for line in frame.index[(estimate < low) | (estimate > high)][:20]:
        problems.add(
            f"{file.name}:{line}",
            "the figure lies outside its own bounds",
            value=f"{estimate[line]:g}",
            column=metric.column,
            allowed=f"{low[line]:g} to {high[line]:g}",
        )
    return pd.concat([estimate - low, high - estimate], axis=1).max(axis=1).clip(lower=0.0)
