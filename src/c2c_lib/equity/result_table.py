"""The one form of every result: keys, then the same columns for every measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.family import Block, Columns, Measure, Words

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

_NUMBERS: Final = (
    "estimate",
    "standard_error",
    "lower",
    "upper",
    "range_lower",
    "range_upper",
    "children",
)
_COUNTS: Final = ("groups", "hidden", "periods")
_WORDS: Final = ("measure", "unit", "method", "verdict", "since", "against", "status", "reason")


class _Vocabulary:
    """Words of one column over many parts, each with one number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}

    def codes(self, given: str | Words) -> NDArray[Any] | int:
        words = [given] if isinstance(given, str) else given.words
        numbers = [self.numbers.setdefault(word, len(self.numbers)) for word in words]
        if isinstance(given, str):
            return numbers[0]
        return np.asarray(np.array(numbers, dtype=np.int16)[given.codes])

    def column(self, codes: NDArray[Any]) -> pd.Series:
        words = pd.Index(list(self.numbers), dtype="str")
        dtype = pd.CategoricalDtype(words)
        return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype, validate=False))


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
        Words are categories, which take one or two bytes a row.
    """
    total = sum(len(block.keys) * len(block.measures) for block in blocks)
    values: dict[str, NDArray[Any]] = {name: np.empty(total) for name in _NUMBERS}
    values |= {name: np.empty(total, dtype=np.int32) for name in _COUNTS}
    values |= {name: np.empty(total, dtype=np.int16) for name in _WORDS}
    vocabularies = {name: _Vocabulary() for name in _WORDS}
    for status in RESULT_STATUSES:
        vocabularies["status"].codes(status)
    keys: list[pd.DataFrame] = []
    start = 0
    for block in blocks:
        for one, columns in block.parts:
            where = slice(start, start + len(block.keys))
            _write(one, columns, where, values, vocabularies)
            keys.append(block.keys)
            start = where.stop
    table = _joined(keys, blocks)
    for name in RESULT_COLUMNS:
        column = values.pop(name)
        table[name] = vocabularies[name].column(column) if name in vocabularies else column
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


def _write(
    one: Measure,
    columns: Columns,
    where: slice,
    values: dict[str, NDArray[Any]],
    vocabularies: dict[str, _Vocabulary],
) -> None:
    for name in ("estimate", "standard_error", "lower", "upper", "children", *_COUNTS):
        values[name][where] = getattr(columns, name)
    for name in ("range_lower", "range_upper"):
        given = getattr(columns, name)
        values[name][where] = columns.estimate if given is None else given
    for name in ("unit", "method", "verdict", "since", "against", "reason"):
        values[name][where] = vocabularies[name].codes(getattr(columns, name))
    values["measure"][where] = vocabularies["measure"].codes(one.name)
    values["status"][where] = _status(columns, values, where)
    # A limit that does not exist was made by no method.
    values["method"][where][np.isnan(values["lower"][where])] = 0


def _status(columns: Columns, values: dict[str, NDArray[Any]], where: slice) -> NDArray[np.int16]:
    missing = np.isnan(values["estimate"][where])
    status = np.where(np.isnan(values["lower"][where]), 2, 1).astype(np.int16)
    status[missing] = 4
    if columns.partial is not None:
        known = ~np.isnan(values["range_upper"][where])
        status[missing & columns.partial & known] = 3
    return status
