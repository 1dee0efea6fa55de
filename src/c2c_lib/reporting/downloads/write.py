"""Writes all downloads of a city into a folder."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import InputError, Problem
from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.observations.codebook import codebook_data
from c2c_lib.observations.observation import Observation
from c2c_lib.observations.schema import KEY, Column
from c2c_lib.reporting.downloads.areas import AreaTable, area_tables, write_geojson
from c2c_lib.reporting.downloads.citation import Citation, citation_of
from c2c_lib.reporting.downloads.descriptor import Resource, describe
from c2c_lib.reporting.downloads.dictionary import (
    DICTIONARY_COLUMNS,
    Entry,
    dictionary_entries,
    statuses_in,
    write_dictionary,
)
from c2c_lib.reporting.downloads.resources import area_words, file_words
from c2c_lib.reporting.downloads.rows import write_rows
from c2c_lib.reporting.downloads.table import TABLE_COLUMNS, in_words, write_csv
from c2c_lib.reporting.downloads.workbook import write_workbook
from c2c_lib.reporting.task import (
    BIBTEX,
    CODEBOOK,
    CSL,
    DESCRIPTOR,
    DICTIONARY,
    INDICATORS,
    ROWS,
    WORKBOOK,
)

if TYPE_CHECKING:
    from c2c_lib.figures.report_card import Edition
    from c2c_lib.privacy import Publishable
    from c2c_lib.reporting.project import CityInfo

__all__ = ["write_downloads"]

_NO_BLOCKS: Final[Mapping[str, Sequence[Observation]]] = {}


def write_downloads(
    folder: Path,
    table: Publishable,
    city: CityInfo,
    places: Collection[tuple[str, str]],
    catalog: Catalog,
    language: str = "en",
    *,
    edition: Edition,
    blocks: Mapping[str, Sequence[Observation]] = _NO_BLOCKS,
) -> list[Path]:
    """Write a city's tables, workbook and maps, and what describes them.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    table : Publishable
        What the privacy gate let through; nothing else can be written.
    city : CityInfo
        Whose pages these are.
    places : collection of (str, str)
        Level and code of the places whose rows are wanted: the city's own and those that it
        is compared with.
    catalog : Catalog
        For names in words, publishers and licences.
    language : str
        Language of the names and titles.
    edition : Edition
        Which edition it is; every date in the files is the edition's.
    blocks : mapping of str to sequence of Observation
        What each block of the card shows, by indicator: each has a file of its rows.

    Returns
    -------
    list of Path
        The files, the descriptor last. Text is UTF-8 without byte order mark, with line feeds
        at line ends, dot decimals, codes as text with leading zeros, and empty where there is
        no value. The same table gives the same bytes.

    Raises
    ------
    InputError
        If a source does not let others pass its figures on; nothing is written.
    ValueError
        If a block shows a row that is not among the places.
    """
    frame = in_words(table.frame, places, catalog, language)
    say = read_language(language)
    areas = area_tables(table, city.slug, catalog, say)
    _check_terms({*frame["source"], *(s for area in areas for s in area.sources)}, catalog)
    citation = citation_of(city, edition, language)
    entries = dictionary_entries(frame, areas, catalog, say)
    folder.mkdir(parents=True, exist_ok=True)
    resources = [
        *_figures(folder, frame, entries, citation, say),
        *(r for area in areas for r in _areas(folder, area, city.slug, say)),
        *_meanings(folder, entries, codebook_data(frame, catalog, language), citation, say),
    ]
    box = areas[0].box if areas else ()
    rows = write_rows(folder / ROWS, frame, blocks)
    descriptor = folder / DESCRIPTOR
    _write_json(descriptor, describe(resources, frame, city, citation, box, catalog, say))
    return [*(resource.file for resource in resources), *rows, descriptor]


def _check_terms(sources: Collection[str], catalog: Catalog) -> None:
    withheld = [s for s in sorted(sources) if not catalog.sources[s].redistributable]
    if withheld:
        raise InputError(
            [
                Problem(
                    where="downloads",
                    what="the table holds figures whose terms do not let others pass them on",
                    value=", ".join(withheld),
                    remedy="Leave them out of the store: `c2c ingest` does.",
                )
            ]
        )


def _figures(
    folder: Path,
    frame: pd.DataFrame,
    entries: Sequence[Entry],
    citation: Citation,
    say: Language,
) -> list[Resource]:
    table, book = folder / INDICATORS, folder / WORKBOOK
    write_csv(table, frame)
    write_workbook(book, frame, entries, _readme(citation, frame, say), say, citation.date)
    columns = [column.said(say) for column in TABLE_COLUMNS]
    return [
        Resource("indicators", table, *file_words(INDICATORS, say), columns, KEY, len(frame)),
        Resource("workbook", book, *file_words(WORKBOOK, say), records=len(frame)),
    ]


def _areas(folder: Path, area: AreaTable, slug: str, say: Language) -> list[Resource]:
    stem = area.name.replace("_", "-")
    shapes, table = folder / f"{stem}.geojson", folder / f"{stem}.csv"
    write_geojson(shapes, area, f"{slug}-{stem}")
    write_csv(table, area.table)
    count = len(area.frame)
    on_map, as_table = (area_words(area.name, kind, say) for kind in ("geojson", "csv"))
    return [
        Resource(f"{stem}-map", shapes, *on_map, records=count),
        Resource(stem, table, *as_table, area.columns, [area.code], count),
    ]


def _meanings(
    folder: Path,
    entries: Sequence[Entry],
    indicators: Sequence[Mapping[str, Any]],
    citation: Citation,
    say: Language,
) -> list[Resource]:
    dictionary, codebook = folder / DICTIONARY, folder / CODEBOOK
    bibtex, csl = folder / BIBTEX, folder / CSL
    write_dictionary(dictionary, entries)
    _write_json(codebook, {"indicators": indicators})
    bibtex.write_text(citation.bibtex, encoding="utf-8")
    csl.write_text(citation.csl, encoding="utf-8")
    columns = [
        Column(name, "str", name, name, required=name in ("kind", "name"))
        for name in DICTIONARY_COLUMNS
    ]
    return [
        Resource(
            "data-dictionary",
            dictionary,
            *file_words(DICTIONARY, say),
            columns,
            records=len(entries),
        ),
        Resource("codebook", codebook, *file_words(CODEBOOK, say)),
        Resource("citation-bibtex", bibtex, *file_words(BIBTEX, say)),
        Resource("citation-csl", csl, *file_words(CSL, say)),
    ]


def _readme(citation: Citation, frame: pd.DataFrame, language: Language) -> list[tuple[str, str]]:
    """Return label and text of each line of the workbook's first sheet."""
    say = language.text
    lines = [
        (say("What this is"), citation.title),
        (say("Edition"), f"{citation.version}, {language.date(citation.date)}"),
        (say("By"), citation.author),
        (
            say("What is in it"),
            say(
                "{count} figures, one in a row of the sheet of figures: an indicator, a place, a "
                "period and a group of students.",
                count=language.number(len(frame)),
            ),
        ),
        (
            say("How to read it"),
            say(
                "Shares are shown as percent and are 0 to 1 underneath. Codes are text: they begin "
                "with zeros."
            ),
        ),
        (
            say("What hidden means"),
            say(
                "An empty figure is not zero. Its status says why it is not shown, most often to "
                "protect children where few are counted."
            ),
        ),
        *((status, words) for status, words in statuses_in(language).items()),
        (
            say("Terms"),
            say(
                "The figures belong to their publishers. The data dictionary gives the terms of "
                "each source; name the publisher of a figure wherever you use it."
            ),
        ),
        (say("How to cite"), citation.text),
    ]
    return [(_plain(label), _plain(text)) for label, text in lines]


def _plain(text: Any) -> str:
    return str(text.unescape()) if hasattr(text, "unescape") else str(text)


def _write_json(file: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
