"""Rows of tidy observations laid out as a matrix: settings down, groups or areas across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray, pieces
from c2c_lib.equity.lookup import Factor, cells_of, check_once, codes_of, key_table, numbers

__all__ = ["Grid", "grid_of"]

Number = TypeVar("Number", bound=np.generic)

_AT_ONCE = 32_768
"""Cells that are worked on together."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Where every row stands.

    Attributes
    ----------
    frame : DataFrame
        Holds the rows that are laid out.
    at : slice or ndarray of int
        Which of its rows they are.
    keys : DataFrame
        The columns that name the settings, one row each.
    setting, column : ndarray of int
        Place of every row.
    width : int
        Columns of the matrix; settings with fewer rows are filled up with NaN.
    """

    frame: pd.DataFrame
    at: slice | NDArray[np.intp]
    keys: pd.DataFrame
    setting: NDArray[np.intp]
    column: NDArray[np.intp]
    width: int

    def spread(self, values: FloatArray) -> FloatArray:
        """Return one value per row as a matrix; NaN where there is no row."""
        table = np.full((len(self.keys), self.width), np.nan, order="F")
        table[self.setting, self.column] = values
        return table

    @property
    def size(self) -> int:
        """How many rows are laid out."""
        return len(self.setting)

    @property
    def there(self) -> NDArray[np.bool_]:
        """Where the matrix has a row."""
        table = np.zeros((len(self.keys), self.width), dtype=bool)
        table[self.setting, self.column] = True
        return table

    def rows(self, names: Sequence[str]) -> pd.DataFrame:
        """Return some columns of the rows."""
        return self.frame[list(names)].iloc[self.at]

    def parts(self) -> Iterator[tuple[Grid, slice | NDArray[np.intp]]]:
        """Yield some settings at a time, each with the places of its rows among all rows."""
        settings = len(self.keys)
        in_order = bool((np.diff(self.setting) >= 0).all())
        order = None if in_order else np.argsort(self.setting, kind="stable")
        setting = self.setting if order is None else self.setting[order]
        for some in pieces(settings, max(1, _AT_ONCE // self.width)):
            start, stop = np.searchsorted(setting, [some.start, some.stop])
            where = slice(int(start), int(stop)) if order is None else order[start:stop]
            yield (
                Grid(
                    self.frame,
                    where,
                    self.keys.iloc[some],
                    self.setting[where] - some.start,
                    self.column[where],
                    self.width,
                ),
                where,
            )

    def numbers(self, name: str) -> FloatArray:
        """Return a column of the rows as a matrix."""
        return self.spread(numbers(self.frame, name)[self.at])

    def by_row(self, table: NDArray[Number]) -> NDArray[Number]:
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
    check_once(rows, cells_of(rows, named, memo), named, what)
    setting, first = codes_of(rows, keys, memo)
    running = pd.Series(setting).groupby(setting, sort=False).cumcount()
    column: NDArray[np.intp] = np.asarray(running, dtype=np.intp)
    table = key_table(rows, first, keys)
    return Grid(rows, slice(None), table, setting, column, int(column.max(initial=0)) + 1)
