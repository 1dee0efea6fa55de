"""Checks that every number on a page is the number in the table beside it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from c2c_lib.errors import Problems
from c2c_lib.language.catalogue import SOURCE, languages, locale_of
from c2c_lib.reporting.html_document import Element, HtmlDocument

__all__ = ["FIELDS", "RowKey", "Table", "check_figures", "read_table"]

FIELDS: Final = ("estimate", "numerator", "denominator", "moe90")
_ATTRIBUTES: Final = ("indicator", "place", "period", "dimension", "group")
_NUMBER: Final = re.compile(r"\d+(?:\.(\d+))?")
_ONLY_NUMBER: Final = re.compile(r"[^\w]*\d[\d,.]*[^\w]*")
_SHARES: Final = ("estimate", "moe90")

RowKey = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a city's ``indicators.csv``, as text, by what a page says about a figure.

    Attributes
    ----------
    columns : tuple of str
        Names of the columns.
    rows : mapping of RowKey to list of str
        By indicator, place, period, dimension and group.
    """

    columns: tuple[str, ...]
    rows: Mapping[RowKey, Sequence[str]]

    def row(self, key: RowKey) -> dict[str, str] | None:
        """Return one row by name of column, or None."""
        values = self.rows.get(key)
        return None if values is None else dict(zip(self.columns, values, strict=True))


def read_table(file: Path) -> Table:
    """Read a table as text, without a library that could change a digit.

    Raises
    ------
    ValueError
        If a column that names a figure is missing.
    """
    with file.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        columns = tuple(next(lines, ()))
        missing = {*_ATTRIBUTES, *FIELDS, "unit"} - {*columns}
        if missing:
            raise ValueError(f"{file.name} has no column {', '.join(sorted(missing))}")
        a, b, c, d, e = (columns.index(name) for name in _ATTRIBUTES)
        rows = {(v[a], v[b], v[c], v[d], v[e]): v for v in lines}
    return Table(columns, rows)


def check_figures(
    document: HtmlDocument, where: str, tables: Sequence[Table], problems: Problems
) -> None:
    """Compare every ``<data>`` element with the row that it names.

    It names its row with ``data-indicator``, ``data-place``, ``data-period``,
    ``data-dimension`` and ``data-group``, each of which may stand on an element around it,
    the column with ``data-field`` (default ``estimate``) and the decimals it shows with
    ``data-digits``. Shares are shown as
    percent. A number may differ from its row by half a unit of the last digit shown; a row
    without a value may not be shown as a number.

    Parameters
    ----------
    document : HtmlDocument
        The page.
    where : str
        Its address, for problems.
    tables : sequence of Table
        The city's table; on a page about all cities, the tables of all.
    problems : Problems
        Where every disagreement is noted.
    """
    symbols = _symbols(document.language)
    for element in document.all("data"):
        values = [element.named(f"data-{name}") for name in _ATTRIBUTES]
        label = "/".join(value or "?" for value in values)
        absent = [n for n, v in zip(_ATTRIBUTES, values, strict=True) if not v]
        if absent:
            problems.add(where, f"{label} does not name its row: no data-{absent[0]}")
            continue
        indicator, place, period, dimension, group = (value or "" for value in values)
        key = (indicator, place, period, dimension, group)
        row = next((found for table in tables if (found := table.row(key))), None)
        if row is None:
            problems.add(where, f"{label} is not in the downloads", value=element.text)
            continue
        _compare(element, row, f"{where}: {label}", symbols, problems)


@lru_cache(maxsize=8)
def _symbols(language: str) -> tuple[str, str]:
    """Return what groups the thousands and what begins the decimals in a language."""
    symbols = locale_of(language if language in languages() else SOURCE).number_symbols["latn"]
    return symbols["group"], symbols["decimal"]


def _compare(
    element: Element,
    row: Mapping[str, str],
    where: str,
    symbols: tuple[str, str],
    problems: Problems,
) -> None:
    column = element.attributes.get("data-field", "estimate")
    if column not in FIELDS:
        problems.add(where, "unknown data-field", value=column, allowed=", ".join(FIELDS))
        return
    shown = element.text
    if not row[column]:
        if _ONLY_NUMBER.fullmatch(shown):
            problems.add(where, f"shows a number, but the {column} is hidden", value=shown)
        return
    digits = element.attributes.get("data-digits", "")
    group, decimal = symbols
    number = _NUMBER.search(shown.replace(group, "").replace(decimal, "."))
    if not digits.isdigit():
        problems.add(where, "no data-digits says how many decimals are shown", value=shown)
    elif number is None:
        problems.add(where, f"shows no number, but the {column} is {row[column]}", value=shown)
    else:
        scale = 100 if row["unit"] == "share" and column in _SHARES else 1
        exact = Decimal(row[column]) * scale
        difference = abs(Decimal(number[0]) - exact)
        if len(number[1] or "") != int(digits):
            problems.add(where, "shows other decimals than data-digits says", value=shown)
        elif difference > Decimal(5).scaleb(-int(digits) - 1) + Decimal("1e-9"):
            problems.add(where, f"is not the {column} of its row ({exact})", value=shown)
