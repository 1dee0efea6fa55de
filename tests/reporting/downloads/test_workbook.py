from __future__ import annotations

import contextlib
import math
from pathlib import Path

import openpyxl

from c2c_lib.observations.schema import STATUSES
from c2c_lib.reporting.downloads.table import TABLE_COLUMNS
from c2c_lib.reporting.downloads.workbook import FIGURES_ORDER, STATUS_WORDS, write_workbook

TITLES = {column.title: column.name for column in TABLE_COLUMNS} | {"Status in words": STATUS_WORDS}


def figures(file: Path) -> list[dict[str, object]]:
    """Return the rows of the sheet of figures by name of column."""
    # Row by row, as pandas and other readers of large files do.
    with contextlib.closing(openpyxl.load_workbook(file, read_only=True)) as book:
        head, *rows = book["Figures"].iter_rows(values_only=True)
    names = [TITLES[str(title)] for title in head]
    assert names == list(FIGURES_ORDER)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_every_figure_comes_back_from_the_workbook_as_published(written) -> None:
    read = figures(written.folder / "indicators.xlsx")
    published = written.words.to_dict("records")
    assert len(read) == len(published)
    for got, wanted in zip(read, published, strict=True):
        assert got.pop(STATUS_WORDS) == STATUSES[wanted["status"]]
        for name, value in wanted.items():
            empty = value == "" or (isinstance(value, float) and math.isnan(value))
            assert got[name] == (None if empty else value), name
            assert empty or type(got[name]) in (type(value), int, float)
        assert set(got) == set(wanted)


def test_a_hidden_figure_has_words_and_no_number_least_of_all_zero(written) -> None:
    hidden = [r for r in figures(written.folder / "indicators.xlsx") if r["status"] != "published"]
    assert {row["status"] for row in hidden} == {
        "suppressed_by_source",
        "suppressed_small",
        "not_applicable",
    }
    for row in hidden:
        assert row["estimate"] is row["numerator"] is row["denominator"] is row["moe90"] is None
        assert row[STATUS_WORDS]


def test_shares_look_like_percent_and_text_is_never_a_formula(written) -> None:
    sheet = openpyxl.load_workbook(written.folder / "indicators.xlsx")["Figures"]
    column = {name: number for number, name in enumerate(FIGURES_ORDER, start=1)}
    for row in range(2, sheet.max_row + 1):
        estimate = sheet.cell(row, column["estimate"])
        if estimate.value is not None:
            assert (estimate.data_type, estimate.number_format) == ("n", "0.0%")
        assert sheet.cell(row, column["geo_id"]).data_type in ("s", "inlineStr")
        note = sheet.cell(row, column["note"])
        if note.value is not None:
            assert note.data_type in ("s", "inlineStr")
    notes = [sheet.cell(row, column["note"]).value for row in range(2, sheet.max_row + 1)]
    assert "=1+1 is no formula" in notes


def test_the_first_sheet_says_what_it_is_what_hidden_means_and_the_terms(written) -> None:
    book = openpyxl.load_workbook(written.folder / "indicators.xlsx")
    assert book.sheetnames == ["Read me first", "Figures", "Data dictionary"]
    said = dict(book["Read me first"].iter_rows(values_only=True))
    assert said["What this is"] == "Bridgeport: cradle-to-career indicators"
    assert said["Edition"] == "2026, November 21, 2026"
    assert said["By"] == "Bridgeport Prospers"
    assert "not zero" in said["What hidden means"]
    assert set(STATUSES) <= set(said)
    assert "publishers" in said["Terms"]


def test_the_dictionary_sheet_is_the_dictionary_file(written) -> None:
    rows = list(
        openpyxl.load_workbook(written.folder / "indicators.xlsx")["Data dictionary"].iter_rows(
            values_only=True, min_row=2
        )
    )
    assert {("column", "estimate"), ("status", "suppressed_small"), ("column", STATUS_WORDS)} <= {
        row[:2] for row in rows
    }


def test_an_empty_table_is_a_workbook_too(tmp_path: Path, written, english) -> None:
    file = tmp_path / "empty.xlsx"
    write_workbook(
        file, written.words.iloc[:0], [], [("What this is", "Nothing")], english, "2026-01-31"
    )
    assert figures(file) == []
