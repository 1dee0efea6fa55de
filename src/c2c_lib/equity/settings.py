"""Settings that are worked out one by one, because their measure needs all rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Call
from c2c_lib.equity.lookup import BY, cells_of, check_columns, check_once, codes_of, key_table
from c2c_lib.errors import InputError, Problem

__all__ = ["NO_LIMITS", "Settings", "needed", "outer_keys", "settings_of", "table_of"]

NO_LIMITS: Final[dict[str, str]] = {
    "no_limits": "It has no margin of error: it is one itself, or a test, or it describes "
    "figures as they are.",
}
"""Why a measure that describes, limits or tests has no interval, in plain words."""


class Settings(NamedTuple):
    """Settings of a frame.

    Attributes
    ----------
    keys : DataFrame
        The columns that name the settings, one row each, in the order in which they come.
    rows : list of ndarray of int
        The rows of each.
    first : ndarray of int
        The first row of each.
    """

    keys: pd.DataFrame
    rows: list[NDArray[np.intp]]
    first: NDArray[np.intp]


def outer_keys(frame: pd.DataFrame, by: Sequence[str] | None, without: Sequence[str]) -> list[str]:
    """Return the columns that name a setting: those asked for, or all usual ones, but for some."""
    usual = [name for name in (*BY, "dimension", "group") if name in frame]
    return [name for name in (usual if by is None else by) if name not in without]


def settings_of(
    frame: pd.DataFrame, keys: Sequence[str], within: Sequence[str] = (), what: str = "a row"
) -> Settings:
    """Return the settings of a frame; without keys all rows are one.

    Parameters
    ----------
    frame : DataFrame
    keys : sequence of str
        The columns that name a setting.
    within : sequence of str
        The columns that tell its rows apart, if none may stand twice.
    what : str
        What a row is, for the error.

    Raises
    ------
    InputError
        If a column is missing, or a row stands twice.
    """
    check_columns(frame, [*keys, *within])
    if within:
        named = list(dict.fromkeys([*keys, *within]))
        check_once(frame, cells_of(frame, named), named, what)
    setting, first = codes_of(frame, keys)
    order = np.argsort(setting, kind="stable")
    ends = np.searchsorted(setting[order], np.arange(1, len(first)))
    rows = np.split(order, ends) if len(first) else []
    return Settings(key_table(frame, first, keys), rows, first)


def table_of(
    rows: pd.DataFrame, down: str, across: str, values: FloatArray
) -> tuple[NDArray[Any], NDArray[Any], FloatArray]:
    """Return the rows of one setting as a matrix, with what stands down and across it.

    Returns
    -------
    (down, across, table)
        NaN where there is no row.
    """
    row, places = pd.factorize(rows[down])
    column, groups = pd.factorize(rows[across])
    table = np.full((len(places), len(groups)), np.nan)
    table[row, column] = values
    return np.asarray(places), np.asarray(groups), table


def needed(call: Call, option: str, measure: str, what: str) -> Any:
    """Return an option of a call.

    Raises
    ------
    InputError
        If it was not given: named with the measure that needs it, and what it is.
    """
    given = call.option(option)
    if given is None:
        raise InputError([Problem("measure", f"needs {option}=", value=measure, remedy=what)])
    return given
