"""What a table holds of each indicator: years, groups, places, sources and statuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from c2c_lib.catalog import Period, parse_period

__all__ = ["Held", "held", "spans"]


@dataclass(frozen=True)
class Held:
    """What a table holds of one indicator or of one source.

    Attributes
    ----------
    rows, shown : int
        Figures, and those of them that carry a value.
    periods : tuple of Period
        In order; only those with a figure that carries a value.
    places : mapping of str to int
        How many places, by level.
    groups : mapping of str to tuple of str
        The groups, by dimension, in order of their ids.
    sources : mapping of str to int
        How many figures, by source.
    """

    rows: int
    shown: int
    periods: tuple[Period, ...]
    places: Mapping[str, int]
    groups: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, int]


def held(frame: pd.DataFrame, by: str = "indicator") -> dict[str, Held]:
    """Return what a tidy table holds, by indicator or by source.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    by : {"indicator", "source"}
        The column whose values are told apart.

    Returns
    -------
    dict of str to Held
        In order of the ids; an id without a row is not in it.

    Examples
    --------
    >>> from c2c_lib.observations import load_observations
    >>> dict(held(load_observations())["graduation_4yr"].places)["state"]
    1
    """
    rows = Counter(frame[by].tolist())
    shown = Counter(frame.loc[frame["estimate"].notna(), by].tolist())
    periods = _texts(frame[frame["estimate"].notna()], [by], "period")
    groups = _texts(frame, [by, "dimension"], "group")
    places = frame.drop_duplicates([by, "geo_level", "geo_id"])
    levels = _counts(places[by], places["geo_level"])
    sources = _counts(frame[by], frame["source"])
    return {
        str(name): Held(
            rows=rows[name],
            shown=shown[name],
            periods=tuple(sorted(parse_period(label) for label in periods.get((name,), ()))),
            places=levels[name],
            groups={key[1]: found for key, found in groups.items() if key[0] == name},
            sources=sources[name],
        )
        for name in sorted(rows)
    }


def _texts(
    frame: pd.DataFrame, keys: list[str], column: str
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the different values of a column by keys, all in order."""
    pairs = frame[[*keys, column]].drop_duplicates().sort_values([*keys, column])
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for *key, value in pairs.itertuples(index=False):
        found[tuple(map(str, key))] = (*found.get(tuple(map(str, key)), ()), str(value))
    return found


def _counts(by: pd.Series[str], what: pd.Series[str]) -> dict[str, dict[str, int]]:
    """Return how often each value stands there, by id, all in order."""
    counts: dict[str, dict[str, int]] = {}
    for (name, value), count in sorted(
        Counter(zip(by.tolist(), what.tolist(), strict=True)).items()
    ):
        counts.setdefault(name, {})[value] = count
    return counts


def spans(periods: Iterable[Period]) -> list[tuple[Period, Period]]:
    """Return the runs of periods without a year missing, as first and last.

    Periods of one form follow each other when the next one ends a year later; pooled periods
    must also pool as many years. A gap in a series so shows as two spans.

    Parameters
    ----------
    periods : iterable of Period
        In any order.

    Examples
    --------
    >>> years = [parse_period(label) for label in ("2016-17", "2017-18", "2020-21")]
    >>> [(first.label, last.label) for first, last in spans(years)]
    [('2016-17', '2017-18'), ('2020-21', '2020-21')]
    """
    runs: list[tuple[Period, Period]] = []
    for period in sorted(set(periods), key=lambda p: (p.end - p.start, p.pooled, p.end)):
        if runs and _follows(runs[-1][1], period):
            runs[-1] = (runs[-1][0], period)
        else:
            runs.append((period, period))
    return sorted(runs, key=lambda run: run[0])


def _follows(before: Period, after: Period) -> bool:
    same_form = (before.end - before.start, before.pooled) == (
        after.end - after.start,
        after.pooled,
    )
    return same_form and after.end == before.end + 1
