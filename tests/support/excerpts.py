"""Small excerpts of publishers' reports: a catalog of few places, workbooks, found figures."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.sources.names import Names


def names_of(*slugs: str) -> Names:
    """Names of a catalog that holds the state and a few places, so that excerpts are whole."""
    catalog = load_catalog()
    wanted = {"connecticut", *slugs}
    places = tuple(place for place in catalog.places if place.place in wanted)
    return Names(replace(catalog, places=places), Problems())


def workbook(sheets: Mapping[str, Iterable[Sequence[Any]]]) -> bytes:
    """Return a workbook with rows of cells, as a publisher's file would hold them."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def figure(
    frame: pd.DataFrame,
    indicator: str,
    geo_id: str,
    period: str,
    group: str = "all",
) -> dict[str, Any]:
    """Return the one figure of a place, a period and a group; values that are empty are None."""
    rows = frame[
        (frame["indicator"] == indicator)
        & (frame["geo_id"] == geo_id)
        & (frame["period"] == period)
        & (frame["group"] == group)
    ]
    assert len(rows) == 1, f"{len(rows)} figures of {indicator}/{geo_id}/{period}/{group}"
    return {name: None if pd.isna(value) else value for name, value in rows.iloc[0].items()}


def told(names: Names) -> list[str]:
    """Return the problems that were noted, as an analyst reads them."""
    return [str(problem) for problem in names.problems]
