"""The one form of every result: keys, then the same columns for every measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.family import Block, Columns, Part, Words

__all__ = ["RESULT_COLUMNS", "RESULT_STATUSES", "assembled"]

RESULT_COLUMNS: Final[dict[str, str]] = {
    "measure": "Name of the measure.",
    "estimate": "The measure, in its unit; empty where the status says why.",
    "standard_error": "In the unit of the estimate.",
    "lower": "Lower limit at the level that was asked for.",
    "upper": "Upper limit.",
    "unit": "Unit of the estimate: that of the indicator, percent, ratio, children, years ...",
    "method": "How the limits were made.",
    "range_lower": "The smallest value that it can have, whatever the hidden figures are.",
    "range_upper": "The largest one; both are the estimate itself where nothing is hidden.",
    "verdict": "What the limits say, in one word, for measures that have one.",
    "since": "The first period that was compared, for change over time.",
    "against": "The group that a group is compared with.",
    "children": "How many children stand behind the figures that were used.",
    "groups": "How many groups (or areas) have a figure.",
    "hidden": "How many groups (or areas) are hidden.",
    "periods": "How many periods were used.",
    "status": "What there is: see RESULT_STATUSES.",
    "reason": "Why something is missing or special; empty otherwise.",
}
"""The columns of every result after those that name its rows, in order, with their meaning."""

RESULT_STATUSES: Final[dict[str, str]] = {
    "estimated": "There is an estimate with its interval.",
    "without_interval": "There is an estimate; the reason says why it has no interval.",
    "range_only": "Figures are hidden: only the range is known.",
    "not_available": "There is no value; the reason says why.",
}
"""What a row of a result has."""

_NUMBERS: Final = ("estimate", "standard_error", "lower", "upper", "children")
_RANGE: Final = ("range_lower", "range_upper")
_COUNTS: Final = ("groups", "hidden", "periods")
_WORDS: Final = ("measure", "unit", "method", "verdict", "since", "against", "status", "reason")
_SAID: Final = ("unit", "method", "verdict", "since", "against", "reason")


class _Vocabulary:
    """Words of one column over many parts, each with one number."""

    def __init__(self, *words: str) -> None:
        self.numbers = {word: number for number, word in enumerate(("", *words))}

    def codes(self, given: str | Words) -> NDArray[Any] | int:
        if isinstance(given, str):
            return self.numbers.setdefault(given, len(self.numbers))
        numbers = [self.numbers.setdefault(word, len(self.numbers)) for word in given.words]
        return np.asarray(np.array(numbers, dtype=np.int16)[given.codes])

    def column(self, codes: NDArray[Any]) -> pd.Categorical:
        dtype = pd.CategoricalDtype(pd.Index(list(self.numbers), dtype="str"))
        return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


class _Result:
    """The columns of a result while they are filled.

    Memory is what limits how much can be worked out at once: whole numbers take as few bytes
    as they need, and where nothing is hidden the ranges are the estimates themselves.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.arrays: dict[str, NDArray[Any]] = {name: np.empty(size) for name in _NUMBERS}
        self.arrays |= {name: np.empty(size, dtype=np.int8) for name in (*_COUNTS, *_WORDS)}
        self.words = {name: _Vocabulary() for name in _WORDS}
        self.words["status"] = _Vocabulary(*RESULT_STATUSES)

    def write(self, part: Part, start: int, stop: int) -> None:
        """Write a part of the block that stands from one row to another."""
        one, columns, rows = part
        if isinstance(rows, slice):
            first, last, _ = rows.indices(stop - start)
            rows = slice(start + first, start + last)
        else:
            rows = start + rows
        for name in _NUMBERS:
            self.arrays[name][rows] = getattr(columns, name)
        self._write_range(columns, rows)
        for name in _COUNTS:
            self._write_whole(name, rows, getattr(columns, name))
        for name in _SAID:
            self._write_whole(name, rows, self.words[name].codes(getattr(columns, name)))
        self._write_whole("measure", rows, self.words["measure"].codes(one.name))
        missing, limitless = (np.isnan(self.arrays[n][rows]) for n in ("estimate", "lower"))
        self._write_whole("status", rows, self._status(columns, rows, missing, limitless))
        # A limit that does not exist was made by no method.
        self.arrays["method"][rows] = np.where(limitless, 0, self.arrays["method"][rows])

    def _write_range(self, columns: Columns, rows: slice | NDArray[np.intp]) -> None:
        given = columns.range_lower, columns.range_upper
        if _RANGE[0] not in self.arrays:
            if all(end is None for end in given):
                return
            self.arrays |= {name: self.arrays["estimate"].copy() for name in _RANGE}
        for name, end in zip(_RANGE, given, strict=True):
            self.arrays[name][rows] = columns.estimate if end is None else end

    def _write_whole(
        self, name: str, rows: slice | NDArray[np.intp], given: NDArray[Any] | int
    ) -> None:
        """Write whole numbers, in more bytes if one of them needs more."""
        largest = int(np.max(given, initial=0))
        if largest > np.iinfo(self.arrays[name].dtype).max:
            wide = np.int16 if largest <= np.iinfo(np.int16).max else np.int32
            self.arrays[name] = self.arrays[name].astype(wide)
        self.arrays[name][rows] = given

    def _status(
        self,
        columns: Columns,
        rows: slice | NDArray[np.intp],
        missing: NDArray[np.bool_],
        limitless: NDArray[np.bool_],
    ) -> NDArray[np.int8]:
        status = np.where(missing, 4, np.where(limitless, 2, 1)).astype(np.int8)
        if columns.partial is not None and _RANGE[1] in self.arrays:
            known = ~np.isnan(self.arrays[_RANGE[1]][rows])
            status[missing & columns.partial & known] = 3
        return status

    def column(self, name: str) -> NDArray[Any] | pd.Categorical:
        """Return a finished column, which is forgotten here."""
        values = self.arrays.pop(name)
        return self.words[name].column(values) if name in self.words else values


def assembled(blocks: Sequence[Block]) -> pd.DataFrame:
    """Return all blocks as one frame.

    Parameters
    ----------
    blocks : sequence of Block
        In the order of the result.

    Returns
    -------
    DataFrame
        The columns of all keys, then `RESULT_COLUMNS`; a key that a block lacks is empty.
        Words are categories, which take one or two bytes a row; counts take as few bytes as
        the largest of them needs.
    """
    result = _Result(sum(len(block.keys) * len(block.measures) for block in blocks))
    keys: list[pd.DataFrame] = []
    start = 0
    for block in blocks:
        size = len(block.keys)
        place = {one.name: start + number * size for number, one in enumerate(block.measures)}
        for part in block.parts:
            result.write(part, place[part.measure.name], place[part.measure.name] + size)
        keys += [block.keys] * len(block.measures)
        start += size * len(block.measures)
    table = _joined(keys, blocks)
    ranged = _RANGE[0] in result.arrays
    columns = {name: result.column(name) for name in RESULT_COLUMNS if ranged or name not in _RANGE}
    after = len(table.columns) + list(columns).index("method") + 1
    table = pd.concat([table, pd.DataFrame(columns, index=table.index, copy=False)], axis=1)
    for name in () if ranged else reversed(_RANGE):
        # Both share the memory of the estimates until somebody writes to one of them.
        table.insert(after, name, table["estimate"])
    return table


def _joined(keys: Sequence[pd.DataFrame], blocks: Sequence[Block]) -> pd.DataFrame:
    """Return the keys of all rows below each other; text that a block lacks is empty."""
    names = list(dict.fromkeys(name for block in blocks for name in block.keys.columns))
    if not keys:
        return pd.DataFrame({name: pd.Series([], dtype="str") for name in names})
    table = pd.concat(keys, ignore_index=True)[names]
    for name in names:
        if table[name].dtype == "str" and table[name].hasnans:
            table[name] = table[name].fillna("")
    return table
