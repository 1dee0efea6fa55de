"""Rows of tidy observations laid out as a matrix: settings down, groups or areas across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.lookup import Factor, check_once, codes_of, key_table, numbers

__all__ = ["Grid", "grid_of"]


@dataclass(frozen=True, eq=False)
class Grid:
    """Where every row stands.

    Attributes
    ----------
    rows : DataFrame
        The rows that are laid out.
    keys : DataFrame
        The columns that name the settings, one row each.
    setting, column : ndarray of int
        Place of every row.
    width : int
        Columns of the matrix; settings with fewer rows are filled up with NaN.
    """

    rows: pd.DataFrame
    keys: pd.DataFrame
    setting: NDArray[np.intp]
    column: NDArray[np.intp]
    width: int

    def spread(self, values: FloatArray) -> FloatArray:
        """Return one value per row as a matrix; NaN where there is no row."""
        table = np.full((len(self.keys), self.width), np.nan, order="F")
        table[self.setting, self.column] = values
        return table

    def numbers(self, name: str) -> FloatArray:
        """Return a column of the rows as a matrix."""
        return self.spread(numbers(self.rows, name))

    def by_row(self, table: FloatArray) -> FloatArray:
        """Return a matrix as one value per row; a matrix of one column holds for all rows."""
        wide = np.broadcast_to(table, (len(self.keys), self.width))
        return np.asarray(wide[self.setting, self.column])


def grid_of(rows: pd.DataFrame, keys: Sequence[str], across: Sequence[str], what: str) -> Grid:
    """Lay rows out by setting.

    Parameters
    ----------
    rows : DataFrame
    keys : sequence of str
        The columns that name a setting.
    across : sequence of str
        The columns that tell the rows of a setting apart.
    what : str
        What stands across, for the error: "a group", "an area".

    Raises
    ------
    InputError
        If a row stands twice.
    """
    named = list(dict.fromkeys([*keys, *across]))
    memo: dict[str, Factor] = {}
    check_once(rows, codes_of(rows, named, memo)[0], named, what)
    setting, first = codes_of(rows, keys, memo)
    running = pd.Series(setting).groupby(setting, sort=False).cumcount()
    column: NDArray[np.intp] = np.asarray(running, dtype=np.intp)
    table = key_table(rows, first, keys)
    return Grid(rows, table, setting, column, int(column.max(initial=0)) + 1)
