"""What every family needs of tidy observations: keys, columns, polarity and unit of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Unit, load_catalog
from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Measure, Words
from c2c_lib.equity.group_excess import POLARITIES
from c2c_lib.errors import InputError, Problems, did_you_mean

__all__ = [
    "BY",
    "UNITS",
    "cells_of",
    "check_columns",
    "check_once",
    "codes_of",
    "kept",
    "key_table",
    "looked_up",
    "numbers",
    "row_keys",
    "setting_keys",
    "unit_of",
    "words_by_row",
]

BY: Final = ("indicator", "geo_level", "geo_id", "period")
"""What names a setting, besides the dimension, unless the caller says otherwise."""

UNITS: Final = get_args(Unit)
_SHOWN: Final = 5
_LARGEST_CODE: Final = 2**62

Factor: TypeAlias = tuple[NDArray[np.int32], int]
"""A column as numbers, and how many different values it has."""


def setting_keys(frame: pd.DataFrame, by: Sequence[str] | None) -> list[str]:
    """Return what names a setting; the dimension too where there are several."""
    keys = [name for name in BY if name in frame] if by is None else list(by)
    if "dimension" in frame and "dimension" not in keys:
        several = len(pd.unique(frame.loc[frame["group"] != "all", "dimension"])) > 1
        if by is None or several:
            keys.append("dimension")
    return keys


def check_columns(frame: pd.DataFrame, needed: Sequence[str]) -> None:
    """Raise `InputError` naming every column that the observations lack."""
    problems = Problems()
    for name in dict.fromkeys(needed):
        if name not in frame:
            problems.add(
                "observations",
                "lack a column",
                value=name,
                allowed=", ".join(map(str, frame.columns)),
                remedy=did_you_mean(name, map(str, frame.columns)),
            )
    problems.raise_if_any()


def check_once(
    rows: pd.DataFrame, cell: NDArray[np.int64], keys: Sequence[str], what: str = "a group"
) -> None:
    """Raise `InputError` if several rows fall into one cell, showing the first of them."""
    ordered = np.sort(cell)
    if not (ordered[1:] == ordered[:-1]).any():
        return
    again = pd.Series(cell).duplicated().to_numpy()
    problems = Problems()
    for where in np.flatnonzero(again)[:_SHOWN]:
        row = rows.iloc[where]
        problems.add(
            "observations",
            f"have {what} twice in one setting",
            value=" ".join(str(row[name]) for name in dict.fromkeys(keys)),
            remedy="Name in by= every column that tells settings apart.",
        )
    problems.raise_if_any()


def looked_up(
    rows: pd.DataFrame,
    given: str | Mapping[str, str] | None,
    what: str,
    meanings: Mapping[str, object],
) -> NDArray[Any]:
    """Return what the polarity or the unit of every row means: given, or from the catalog."""
    problems = Problems()
    if isinstance(given, str):
        codes, words = np.zeros(len(rows), dtype=np.intp), [given]
    elif "indicator" not in rows:
        problems.add(what, "must be given", remedy="There is no column indicator to look it up.")
        raise InputError(problems)
    else:
        codes, names = pd.factorize(rows["indicator"])
        entries = load_catalog().indicators if given is None else {}
        known = given or {name: str(getattr(entry, what)) for name, entry in entries.items()}
        for name in names:
            if name not in known:
                problems.add(
                    what,
                    "is not known of an indicator",
                    value=name,
                    allowed="an indicator of the catalog" if given is None else ", ".join(known),
                    remedy=f"Pass {what}= as a word, or by indicator.",
                )
        problems.raise_if_any()
        words = [known[name] for name in names]
    for word in words:
        if word not in meanings:
            problems.add(
                what,
                "is not known",
                value=word,
                allowed=", ".join(meanings),
                remedy=did_you_mean(word, meanings),
            )
    problems.raise_if_any()
    return np.array([meanings[word] for word in words] or [np.nan])[codes]


def words_by_row(
    rows: pd.DataFrame, given: str | Mapping[str, str] | None, what: str
) -> tuple[NDArray[np.intp], list[str]]:
    """Return polarity or unit of every row as positions in a list of words.

    What nobody can know (no indicator, nothing given) is a share, and neutral.
    """
    if given is None and "indicator" not in rows:
        given = {"unit": "share", "polarity": "neutral"}[what]
    words = UNITS if what == "unit" else POLARITIES
    codes = looked_up(rows, given, what, {word: number for number, word in enumerate(words)})
    return np.asarray(np.nan_to_num(codes), dtype=np.intp), list(words)


def cells_of(
    frame: pd.DataFrame, keys: Sequence[str], memo: dict[str, Factor] | None = None
) -> NDArray[np.int64]:
    """Return a number for every row: the same where all keys are the same, and only there.

    A memo keeps the columns of one frame as numbers, for several calls.
    """
    memo = {} if memo is None else memo
    code: NDArray[Any] = np.zeros(len(frame), dtype=np.int64)
    size = 1
    for name in keys:
        if name not in memo:
            found, words = pd.factorize(frame[name], use_na_sentinel=False)
            memo[name] = found.astype(np.int32), max(len(words), 1)
        values, count = memo[name]
        if size > _LARGEST_CODE // count:
            code, kinds = pd.factorize(code)
            size = max(len(kinds), 1)
        size *= count
        code *= count
        code += values
    return code


def codes_of(
    frame: pd.DataFrame, keys: Sequence[str], memo: dict[str, Factor] | None = None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which setting every row belongs to, and the first row of every setting.

    Settings are numbered in the order in which they come; memo as in `cells_of`.
    """
    setting, kinds = pd.factorize(cells_of(frame, keys, memo))
    first = np.zeros(len(kinds), dtype=np.intp)
    # Written from the last row to the first, so that the first one stays.
    first[setting[::-1]] = np.arange(len(frame) - 1, -1, -1)
    return setting.astype(np.intp, copy=False), first


def kept(frame: pd.DataFrame, rows: NDArray[np.bool_]) -> pd.DataFrame:
    """Return some rows with a fresh index; the frame itself, not a copy, if it is all of them."""
    return (frame if rows.all() else frame.loc[rows]).reset_index(drop=True)


def key_table(frame: pd.DataFrame, rows: NDArray[np.intp], keys: Sequence[str]) -> pd.DataFrame:
    """Return the columns that name some rows, with a fresh index."""
    if len(rows) == len(frame) and len(rows) and (np.diff(rows) == 1).all():
        return frame[list(keys)].reset_index(drop=True)
    return frame[list(keys)].take(rows).reset_index(drop=True)


def row_keys(frame: pd.DataFrame, by: Sequence[str] | None) -> list[str]:
    """Return what names one row: the setting, the dimension and the group."""
    keys = [name for name in BY if name in frame] if by is None else list(by)
    return keys + [n for n in ("dimension", "group") if n in frame and n not in keys]


def unit_of(one: Measure, unit: Words) -> str | Words:
    """Return the unit of a measure's estimate, given that of the figures."""
    if not one.unit.startswith("indicator"):
        return one.unit
    more = one.unit.removeprefix("indicator")
    return Words(unit.codes, [word and f"{word}{more}" for word in unit.words])


def numbers(rows: pd.DataFrame, name: str) -> FloatArray:
    """Return a column as floats; NaN throughout if there is none."""
    if name not in rows:
        return np.full(len(rows), np.nan)
    return rows[name].to_numpy(dtype=float)
