"""The numbers of a partnership's own table, and why one is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.observations import STATUSES
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.sources.base import RawFile, share
from c2c_lib.sources.own_mapping import OwnMapping
from c2c_lib.sources.tables import NUMBER

__all__ = ["read_values"]

_SHOWN: Final = 20  # problems of one kind in one piece of the table that are spelt out
_PUBLISHED: Final = tuple(STATUSES).index("published")
_NUMBER: Final = re.compile(NUMBER)
_ROUNDING: Final = 0.0051
"""How far a printed share may lie from its counts: half a percent, as percents are often whole."""


def read_values(
    piece: pd.DataFrame,
    lines: Sequence[int],
    mapping: OwnMapping,
    file: RawFile,
    problems: Problems,
) -> pd.DataFrame:
    """Return the values of some rows, each with its status.

    Parameters
    ----------
    piece : DataFrame
        Text of the columns, by what they are.
    lines : sequence of int
        The line of each row.
    mapping : OwnMapping
        Says how figures are printed and what the marks mean.
    file : RawFile
        The table, for the problems.
    problems : Problems
        Where cells that do not read, are out of range or contradict each other are noted.

    Returns
    -------
    DataFrame
        ``estimate`` (share 0-1 or the indicator's unit), ``numerator``, ``denominator``,
        ``moe90`` and ``status`` (its number among `STATUSES`; -1 for a row that was noted).
        A row whose estimate is a mark has no value at all.
    """
    codes = {mark: tuple(STATUSES).index(status) for mark, status in mapping.missing.items()}
    status = piece["estimate"].map(codes).fillna(_PUBLISHED).astype("int8")
    shown = status == _PUBLISHED
    noter = _Noter(lines, mapping, file, problems)
    values = pd.DataFrame(index=piece.index)
    wrong = pd.Series(data=False, index=piece.index)
    for name in VALUE_COLUMNS:
        if name not in piece:
            values[name] = np.nan
            continue
        blank = piece[name].isin(list(codes)) | (piece[name] == "")
        needed = shown if name == "estimate" else shown & ~blank
        numbers, bad = _numbers(piece[name], needed, name, noter)
        values[name] = numbers
        wrong |= bad
    wrong |= _contradictions(values, mapping, noter)
    values["status"] = status.mask(wrong, -1)
    return values


class _Noter:
    """Notes cells of one piece of the table, each wrong value once."""

    def __init__(
        self, lines: Sequence[int], mapping: OwnMapping, file: RawFile, problems: Problems
    ) -> None:
        self._lines = lines
        self.mapping = mapping
        self._file = file
        self._problems = problems

    def cells(self, cells: pd.Series, name: str, what: str, allowed: str, remedy: str) -> None:
        """Note the first cells of a column; the index says which rows they are."""
        heading = self.mapping.columns.get(name, name)
        first = cells.drop_duplicates()
        for row, value in list(first.items())[:_SHOWN]:
            self._problems.add(
                f"{self._file.name}:{self._lines[int(str(row))]}",
                what,
                value=value or "an empty cell",
                column=heading,
                allowed=allowed,
                remedy=remedy,
            )
        if len(first) > _SHOWN:
            self._problems.add(
                f"{self._file.name}:{self._lines[int(str(first.index[_SHOWN]))]}",
                f"{what}: {len(first) - _SHOWN} further values from here on",
                column=heading,
                allowed=allowed,
            )


def _numbers(
    text: pd.Series, needed: pd.Series[bool], name: str, noter: _Noter
) -> tuple[pd.Series[float], pd.Series[bool]]:
    """Return a column as numbers in the table's unit, and which cells were noted."""
    mapping = noter.mapping
    printed = mapping.estimate if name in ("estimate", "moe90") else "count"
    scale = 1 if printed in ("share", "percent") else None
    read = {cell: _number(cell, printed) for cell in text[needed].unique()}
    values = text.where(needed).map(read).astype("float64")
    unread = needed & values.isna()
    noter.cells(
        text[unread],
        name,
        "the cell does not read as a number",
        "a number" + "".join(f" or {mark!r}" for mark in mapping.missing if mark),
        "If it is a mark for a figure that is not given, say what it means under `missing`.",
    )
    top = np.inf if scale is None else float(scale)
    outside = needed & ~unread & ~values.between(0, top)
    spans = {"percent": "0 to 100 percent", "share": "0 to 1", "count": "0 or more"}
    remedy = "If the table prints percents, say `estimate: percent` in the mapping."
    noter.cells(
        text[outside],
        name,
        "the number is out of range",
        spans.get(printed, "0 or more"),
        remedy if printed == "share" else "",
    )
    broken = pd.Series(data=False, index=text.index)
    if printed == "count" and not mapping.source.sampled:
        broken = needed & ~unread & ~outside & (values % 1 != 0)
        noter.cells(text[broken], name, "the count is not a whole number", "0, 1, 2 ...", "")
    bad = unread | outside | broken
    return values.mask(bad), bad


def _number(cell: str, printed: str) -> float:
    """Return the number in a cell, NaN if it holds none; a percent as a share.

    Examples
    --------
    >>> _number("58.6 %", "percent"), _number("1,004", "count"), _number("12,5", "share")
    (0.586, 1004.0, nan)
    """
    text = cell.removesuffix("%").rstrip() if printed == "percent" else cell
    if not _NUMBER.fullmatch(text):
        return float("nan")
    value = float(text.replace(",", ""))
    return share(value) if printed == "percent" else value


def _contradictions(values: pd.DataFrame, mapping: OwnMapping, noter: _Noter) -> pd.Series[bool]:
    """Note rows whose counts contradict each other or their share."""
    numerator, denominator = values["numerator"], values["denominator"]
    above = numerator > denominator
    noter.cells(
        _counts(values[above]),
        "numerator",
        "the numerator is above the denominator",
        "at most the denominator",
        "Look whether the two columns are swapped.",
    )
    if mapping.estimate == "number" or mapping.source.sampled:
        return above
    worked_out = numerator / denominator.where(denominator > 0)
    apart = ~above & ((worked_out - values["estimate"]).abs() > _ROUNDING)
    printed = (values.loc[apart, "estimate"] * 100).map("{:.4g} %".format)
    noter.cells(
        _counts(values[apart]) + ", " + printed.astype("str"),
        "estimate",
        "the counts do not give the figure",
        "the numerator over the denominator, rounded to whole percents or finer",
        "",
    )
    return above | apart


def _counts(values: pd.DataFrame) -> pd.Series:
    parts = [values[name].map("{:g}".format).astype("str") for name in ("numerator", "denominator")]
    return parts[0] + " of " + parts[1]
