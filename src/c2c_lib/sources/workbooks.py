"""Raw workbooks: the rows of one sheet, and the numbers in their cells."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Collection
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.tables import EXPORT_AGAIN, NUMBER

__all__ = ["Row", "cell_number", "read_sheet"]

Row = tuple[Any, ...]
"""The cells of one row of a sheet."""


def read_sheet(file: RawFile, sheet: str, problems: Problems) -> list[Row]:
    """Return the rows of one sheet of a workbook; row 1 of the sheet is item 0.

    A file that is no workbook, a sheet that is not there and an empty sheet are noted.
    """
    try:
        book = openpyxl.load_workbook(file.path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        problems.add(file.name, f"does not open as a workbook ({error})", remedy=EXPORT_AGAIN)
        return []
    try:
        if sheet not in book.sheetnames:
            problems.add(
                file.name,
                "a sheet is missing",
                value=sheet,
                allowed=", ".join(book.sheetnames),
                remedy=did_you_mean(sheet, book.sheetnames) or EXPORT_AGAIN,
            )
            return []
        rows: list[Row] = list(book[sheet].iter_rows(values_only=True))
    finally:
        book.close()
    if not any(cell is not None for row in rows for cell in row):
        problems.add(f"{file.name}:{sheet}", "the sheet is empty", remedy=EXPORT_AGAIN)
        return []
    return rows


def cell_number(
    value: object,
    where: str,
    column: str,
    problems: Problems,
    *,
    missing: Collection[str] = (),
    low: float = 0.0,
    high: float = math.inf,
) -> float | None:
    """Return the number in a cell of a workbook, or None where a mark for "not given" stands.

    Parameters
    ----------
    value : object
        What the cell holds: a number, or text that reads as one.
    where, column : str
        For the problem.
    problems : Problems
        Where a cell that is no number or out of range is noted; None is returned then.
    missing : collection of str
        The marks that this report uses for a figure that is not given.
    low, high : float
        The range that is allowed, ends included.

    Examples
    --------
    >>> problems = Problems()
    >>> cell_number("7.9", "x.xlsx:Table!9", "Percent", problems)
    7.9
    >>> cell_number("7.9?", "x.xlsx:Table!9", "Percent", problems), len(problems)
    (None, 1)
    """
    text = "" if value is None else str(value).strip()
    if text in missing:
        return None
    if not re.fullmatch(NUMBER, text):
        what, allowed = "the cell does not read as a number", "a number"
        allowed += "".join(f" or {mark!r}" for mark in missing)
    elif not low <= float(text.replace(",", "")) <= high:
        what = "the number is out of range"
        allowed = f"{low:g} or more" if high == math.inf else f"{low:g} to {high:g}"
    else:
        return float(text.replace(",", ""))
    problems.add(
        where,
        what,
        value=text or "an empty cell",
        column=column,
        allowed=allowed,
        remedy="Look at the publisher's report; a wrong cell is mended there, not here.",
    )
    return None
