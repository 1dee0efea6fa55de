"""The downloads as one Excel workbook: what to know first, the figures, the dictionary."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from c2c_lib.language import Language, mark
from c2c_lib.observations.schema import Column
from c2c_lib.reporting.downloads.dictionary import Entry, statuses_in
from c2c_lib.reporting.downloads.table import TABLE_COLUMNS

__all__ = ["FIGURES_ORDER", "FIGURES_SHEET", "write_workbook"]

FIGURES_SHEET: Final = 2
"""Which sheet holds the figures, counted from 1."""
STATUS_WORDS: Final = "status_words"
_STATUS_TITLE: Final = mark("Status in words")
FIGURES_ORDER: Final = (
    "place_name",
    "indicator_name",
    "period",
    "dimension_name",
    "group_name",
    "estimate",
    "unit",
    "numerator",
    "denominator",
    "moe90",
    "lower95",
    "upper95",
    "quality",
    "status",
    STATUS_WORDS,
    "note",
    "source",
    "indicator",
    "geo_level",
    "geo_id",
    "geo_id_other",
    "geo_vintage",
    "place",
    "period_end",
    "dimension",
    "group",
)
"""Columns of the sheet of figures: what people read first, then the codes."""

_PERCENT: Final = "0.0%"
_SHARES: Final = ("estimate", "moe90", "lower95", "upper95")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_WIDTHS: Final = {"place_name": 28, "indicator_name": 44, "group_name": 24, STATUS_WORDS: 52}
_DATA_ENDS: Final = b"</sheetData>"
_DIMENSION: Final = re.compile(rb'<dimension ref="[^"]*"')


def write_workbook(
    file: Path,
    frame: pd.DataFrame,
    entries: Sequence[Entry],
    readme: Sequence[tuple[str, str]],
    language: Language,
    date: str,
) -> None:
    """Write the workbook.

    Numbers are numbers; shares are shown as percent and are 0 to 1 underneath. A figure that
    is not shown has empty cells, never 0, and its status and the reason in words. Codes are
    text, so that no leading zero is lost. The same table gives the same bytes.

    Parameters
    ----------
    file : Path
        ``.xlsx``.
    frame : DataFrame
        The table in words.
    entries : sequence of Entry
        The dictionary.
    readme : sequence of (str, str)
        Label and text of each line of the first sheet.
    language : Language
        Of headings and names of sheets.
    date : str
        ISO date that the workbook says it was made on.

    Notes
    -----
    openpyxl writes the workbook. The rows of the figures, some 700,000 cells, are put into its
    sheet as XML: cell by cell it takes ten seconds for a city, and this takes one.
    """
    say = language.text
    book = Workbook()
    book.properties.creator = "c2c"
    book.properties.created = book.properties.modified = dt.datetime.fromisoformat(date)
    first = book.active
    assert isinstance(first, Worksheet)  # noqa: S101 - a new workbook has one
    first.title = _sheet_name(say("Read me first").unescape())
    _readme(first, readme)
    figures = book.create_sheet(_sheet_name(say("Figures").unescape()))
    statuses = statuses_in(language)
    columns = {column.name: column.said(language) for column in _columns()}
    _headings(figures, [columns[name].title for name in FIGURES_ORDER], len(frame))
    rows = _figure_rows(figures, frame, statuses)
    dictionary = book.create_sheet(_sheet_name(say("Data dictionary").unescape()))
    _dictionary(dictionary, entries, columns, language)
    _save(file, book, figures, rows)


def _columns() -> tuple[Column, ...]:
    status = next(column for column in TABLE_COLUMNS if column.name == "status")
    words = Column(STATUS_WORDS, "str", _STATUS_TITLE, status.description)
    return (*TABLE_COLUMNS, words)


def _sheet_name(words: str) -> str:
    """Return what may name a sheet: at most 31 characters, none of which mean anything."""
    return INVALID_TITLE_REGEX.sub(" ", words)[:31]


def _readme(sheet: Worksheet, lines: Sequence[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    for number, (label, text) in enumerate(lines, start=1):
        _text(sheet, number, 1, label).font = Font(bold=True, size=14 if number == 1 else 11)
        _text(sheet, number, 2, text).alignment = Alignment(wrap_text=True, vertical="top")


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row, column, text)
    assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged
    if text:
        cell.data_type = "s"  # a text that begins with an equals sign is no formula
    return cell


def _headings(sheet: Worksheet, titles: Sequence[str], rows: int) -> None:
    for number, title in enumerate(titles, start=1):
        _text(sheet, 1, number, title).font = Font(bold=True)
        width = _WIDTHS.get(FIGURES_ORDER[number - 1], 16)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{rows + 1}"


def _dictionary(
    sheet: Worksheet, entries: Sequence[Entry], columns: Mapping[str, Column], language: Language
) -> None:
    say = language.text
    titles = (say("Kind"), say("Name in the CSV"), say("Title"), say("Meaning"), say("Values"))
    sheet.append([str(title.unescape()) for title in titles])
    own = columns[STATUS_WORDS]
    for entry in (*entries, Entry("column", STATUS_WORDS, own.title, own.description)):
        sheet.append(["'" + text if text.startswith("=") else text for text in entry])
    for letter, width in zip("ABCDE", (14, 34, 44, 100, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _figure_rows(
    sheet: Worksheet, frame: pd.DataFrame, statuses: Mapping[str, str]
) -> Iterator[str]:
    """Return the rows of the sheet as XML."""
    full = frame.assign(**{STATUS_WORDS: frame["status"].map(statuses)})
    percent = Cell(sheet, row=1, column=1)
    percent.number_format = _PERCENT
    style = f' s="{percent.style_id}"'
    shares = (full["unit"] == "share").to_list()
    cells = []
    for number, name in enumerate(FIGURES_ORDER, start=1):
        letter = get_column_letter(number)
        if full[name].dtype.kind in "if":
            styles = [style if share else "" for share in shares] if name in _SHARES else None
            cells.append(list(_numbers(letter, full[name].tolist(), styles)))
        else:
            cells.append(list(_texts(letter, full[name].tolist())))
    for number, row in enumerate(zip(*cells, strict=True), start=2):
        yield f'<row r="{number}">{"".join(row)}</row>'


def _numbers(letter: str, values: Sequence[float], styles: Sequence[str] | None) -> Iterator[str]:
    for row, value in enumerate(values, start=2):
        style = styles[row - 2] if styles else ""
        yield "" if value != value else f'<c r="{letter}{row}"{style}><v>{value!r}</v></c>'


def _texts(letter: str, values: Sequence[str]) -> Iterator[str]:
    said = {text: _inline(text) for text in dict.fromkeys(values)}
    for row, text in enumerate(values, start=2):
        yield f'<c r="{letter}{row}" t="inlineStr">{said[text]}</c>' if text else ""


def _inline(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<is><t{space}>{escape(text)}</t></is>"


def _save(file: Path, book: Workbook, figures: Worksheet, rows: Iterator[str]) -> None:
    """Save the book with the rows in its sheet of figures, and with no time of day in it."""
    data = "".join(rows).encode()
    written = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED)).save()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if f"/{name}" == figures.path:
                start = content.index(_DATA_ENDS)
                content = content[:start] + data + content[start:]
                # Readers that go row by row stop where this says.
                reach = f'<dimension ref="{figures.auto_filter.ref}"'.encode()
                content = _DIMENSION.sub(reach, content, count=1)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content, compresslevel=6)
