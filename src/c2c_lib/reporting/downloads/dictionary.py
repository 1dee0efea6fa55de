"""The data dictionary: what every column, code and status of the downloads means."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.language import Language
from c2c_lib.observations.schema import STATUSES
from c2c_lib.reporting.downloads.areas import AreaTable
from c2c_lib.reporting.downloads.table import TABLE_COLUMNS

__all__ = ["DICTIONARY_COLUMNS", "Entry", "dictionary_entries", "statuses_in", "write_dictionary"]


class Entry(NamedTuple):
    """One line of the dictionary; `allowed` holds the values or the unit, where there are any."""

    kind: str
    name: str
    title: str
    description: str
    allowed: str = ""


DICTIONARY_COLUMNS: Final = Entry._fields


def dictionary_entries(
    frame: pd.DataFrame, areas: Sequence[AreaTable], catalog: Catalog, say: Language
) -> list[Entry]:
    """Return an entry for everything that stands in a city's downloads.

    Parameters
    ----------
    frame : DataFrame
        The table in words.
    areas : sequence of AreaTable
        The tables by area.
    catalog : Catalog
        What indicators, groups and sources mean.
    say : Language
        Of titles and descriptions.

    Returns
    -------
    list of Entry
        Columns, statuses, indicators with their formulas and breaks, dimensions with their
        groups, sources, and the columns of the tables by area.
    """
    return [
        *_columns(say),
        *_indicators(frame, catalog, say),
        *_groups(frame, catalog, say),
        *_sources(frame, catalog, say),
        *_area_columns(areas),
    ]


def statuses_in(say: Language) -> dict[str, str]:
    """Return what each status means, as plain text in a language."""
    return {status: str(say.text(words).unescape()) for status, words in STATUSES.items()}


def write_dictionary(file: Path, entries: Sequence[Entry]) -> None:
    """Write the dictionary as CSV."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(DICTIONARY_COLUMNS)
        writer.writerows(entries)


def _columns(say: Language) -> Iterator[Entry]:
    for column in (column.said(say) for column in TABLE_COLUMNS):
        allowed = "|".join(column.categories)
        yield Entry("column", column.name, column.title, column.description, allowed)
    for status, words in statuses_in(say).items():
        yield Entry("status", status, status.replace("_", " "), words)


def _indicators(frame: pd.DataFrame, catalog: Catalog, say: Language) -> Iterator[Entry]:
    for indicator_id in dict.fromkeys(frame["indicator"]):
        entry = catalog.indicators[indicator_id]
        text = f"{say.of(entry.definition)} {say.of(entry.limits)}"
        yield Entry("indicator", entry.id, say.of(entry.name), text, entry.unit)
        parts = (say.of(entry.numerator), say.of(entry.denominator))
        yield Entry("formula", entry.id, " / ".join(parts), say.of(entry.people), entry.polarity)
        for number, found in enumerate(entry.breaks, start=1):
            where = "|".join((*found.places, *found.levels, found.dimension)).strip("|")
            label = f"{entry.id}/break_{number}"
            what = f"{found.kind} {found.period}".strip()
            yield Entry("break", label, what, say.of(found.note), where)


def _groups(frame: pd.DataFrame, catalog: Catalog, say: Language) -> Iterator[Entry]:
    for dimension_id in sorted(set(frame["dimension"])):
        dimension = catalog.dimensions[dimension_id]
        note = say.of(dimension.note) if dimension.note else ""
        allowed = "|".join(group.id for group in dimension.groups)
        yield Entry("dimension", dimension.id, say.of(dimension.name), note, allowed)
        for group in dimension.groups:
            yield Entry("group", f"{dimension.id}/{group.id}", say.of(group.name), "")


def _sources(frame: pd.DataFrame, catalog: Catalog, say: Language) -> Iterator[Entry]:
    for source_id in sorted(set(frame["source"])):
        source = catalog.sources[source_id]
        text = f"{source.publisher}. {say.of(source.suppression)} {say.of(source.terms)}"
        yield Entry("source", source.id, source.title, text)


def _area_columns(areas: Sequence[AreaTable]) -> Iterator[Entry]:
    for area in areas:
        for column in area.columns:
            yield Entry(
                "area column", f"{area.name}/{column.name}", column.title, column.description
            )
