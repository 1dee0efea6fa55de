"""What moved between two editions, figure by figure, and why."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.errors import Problems
from c2c_lib.language import mark
from c2c_lib.observations.schema import KEY, VALUE_COLUMNS

__all__ = ["CAUSES", "REVISION_COLUMNS", "SHOWN", "revisions"]

CAUSES: Final[dict[str, str]] = {
    "new_year": mark("A year that the earlier edition did not have yet."),
    "new_figure": mark("A place, group, indicator or earlier year that was not there before."),
    "method": mark("What is counted, or how, is defined differently now."),
    "other_source": mark("Another report of the publisher's, or another publisher, gives it now."),
    "revised_source": mark("The publisher changed the figure in the same report."),
    "shown_now": mark("It was hidden before and may be shown now."),
    "hidden_now": mark("It was shown before and is hidden now."),
    "other_reason": mark("It was not shown before and is not now, for another reason."),
    "geography": mark("The same place has another code, of other boundaries."),
    "withdrawn": mark("The figure is no longer in the table."),
}
"""Why a figure differs, in plain words; the keys are the values of ``cause``."""

_SERIES: Final = ("indicator", "geo_level", "geo_id", "dimension", "group")
SHOWN: Final = ("published", "too_weak")
"""Statuses of figures that have a value."""
_SIDES: Final = (*VALUE_COLUMNS, "status", "source", "period_end", "place")

REVISION_COLUMNS: Final = (
    *KEY,
    "period_end",
    "place",
    "estimate_before",
    "estimate_now",
    "status_before",
    "status_now",
    "cause",
)


def revisions(
    before: pd.DataFrame, now: pd.DataFrame, *, redefined: Collection[str] = ()
) -> pd.DataFrame:
    """Return every figure that differs between two publishable tables, with its cause.

    Parameters
    ----------
    before, now : DataFrame
        The columns of the tidy table and ``place``, the short name of the place; one row per
        observation. Both as published: what is hidden has no value in them.
    redefined : collection of str
        Indicators whose definition, formula or universe changed between the two.

    Returns
    -------
    DataFrame
        One row per figure that moved, sorted by its key: the key, ``period_end``, ``place``,
        estimate and status on both sides (NaN and empty where a side has no row), and
        ``cause``, one of `CAUSES`. What is hidden now is NaN on both sides: a list of changes
        must not say what the page no longer says. A figure counts as moved if its estimate,
        one of its counts, its margin of error, its status or its source differs.

    Raises
    ------
    InputError
        If a column is missing or a table gives one observation twice.

    Notes
    -----
    One figure has one cause, the first that holds: geography, withdrawn, new year, new
    figure, shown or hidden, method, other source, revised source. A new figure counts as a new
    year if its series was there and ended earlier.

    Examples
    --------
    >>> row = {"indicator": "i", "geo_level": "town", "geo_id": "1", "period": "2019",
    ...        "period_end": 2019, "dimension": "all", "group": "all", "estimate": 0.5,
    ...        "numerator": 5.0, "denominator": 10.0, "moe90": float("nan"),
    ...        "status": "published", "source": "s", "place": "norwalk"}
    >>> old = pd.DataFrame([row])
    >>> new = pd.DataFrame([row | {"estimate": 0.6}, row | {"period": "2020", "period_end": 2020}])
    >>> revisions(old, new)["cause"].tolist()
    ['revised_source', 'new_year']
    """
    _check(before, "the earlier table")
    _check(now, "the newer table")
    keys = list(KEY)
    both = before[[*keys, *_SIDES]].merge(
        now[[*keys, *_SIDES]], on=keys, how="outer", suffixes=("_before", "_now"), indicator=True
    )
    cause = _causes(both, before, redefined)
    hidden = both["status_now"].notna() & ~both["status_now"].isin(SHOWN)
    moved = both.assign(
        estimate_before=both["estimate_before"].mask(hidden),
        cause=cause,
        period_end=both["period_end_now"].fillna(both["period_end_before"]).astype("int64"),
        place=both["place_now"].fillna(both["place_before"]),
        status_before=both["status_before"].fillna(""),
        status_now=both["status_now"].fillna(""),
    )[list(REVISION_COLUMNS)]
    moved = moved[moved["cause"] != ""]
    return moved.sort_values([*keys, "period_end"], ignore_index=True)


def _check(table: pd.DataFrame, where: str) -> None:
    problems = Problems()
    for column in dict.fromkeys((*KEY, *_SIDES)):
        if column not in table:
            problems.add(where, "a column is missing", column=column)
    problems.raise_if_any()
    twice = table[table.duplicated(list(KEY))]
    for key in twice[list(KEY)].itertuples(index=False):
        problems.add(where, "gives one observation twice", value="/".join(map(str, key)))
    problems.raise_if_any()


def _causes(
    both: pd.DataFrame, before: pd.DataFrame, redefined: Collection[str]
) -> NDArray[np.object_]:
    gone = (both["_merge"] == "left_only").to_numpy()
    new = (both["_merge"] == "right_only").to_numpy()
    shown_before = both["status_before"].isin(SHOWN).to_numpy()
    shown_now = both["status_now"].isin(SHOWN).to_numpy()
    differs = np.zeros(len(both), dtype=bool)
    for name in VALUE_COLUMNS:
        old, fresh = both[f"{name}_before"], both[f"{name}_now"]
        differs |= ~((old == fresh) | (old.isna() & fresh.isna())).to_numpy()
    other_source = (both["source_before"] != both["source_now"]).to_numpy()
    other_status = (both["status_before"] != both["status_now"]).to_numpy()
    moved = differs | other_source | other_status
    rules = [
        (_recoded(both, gone, new), "geography"),
        (gone, "withdrawn"),
        (new & _later(both, before), "new_year"),
        (new, "new_figure"),
        (shown_now & ~shown_before, "shown_now"),
        (shown_before & ~shown_now, "hidden_now"),
        (~shown_before & ~shown_now & other_status, "other_reason"),
        (moved & both["indicator"].isin(list(redefined)).to_numpy(), "method"),
        (moved & other_source, "other_source"),
        (moved, "revised_source"),
    ]
    conditions = [condition for condition, _ in rules]
    names = [np.array(name, dtype=object) for _, name in rules]
    return np.select(conditions, names, default=np.array("", dtype=object))


def _later(both: pd.DataFrame, before: pd.DataFrame) -> NDArray[np.bool_]:
    """Return whether a row's series was there before and had ended before the row's year."""
    last = before.groupby(list(_SERIES))["period_end"].max().rename("last")
    found = both.join(last, on=list(_SERIES))
    return (found["period_end_now"] > found["last"]).to_numpy()


def _recoded(
    both: pd.DataFrame, gone: NDArray[np.bool_], new: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return whether a row came or went because its place changed its code."""
    name = both["place_now"].fillna(both["place_before"])
    series = ["indicator", "geo_level", "period", "dimension", "group"]
    place = both[series].assign(place=name)
    old = pd.MultiIndex.from_frame(place[gone])
    fresh = pd.MultiIndex.from_frame(place[new])
    every = pd.MultiIndex.from_frame(place)
    return (gone | new) & every.isin(old) & every.isin(fresh)
