"""The numbers behind a city's pages as files: table, dictionary, codebook and Data Package."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from c2c_lib import __version__
from c2c_lib.catalog import Catalog
from c2c_lib.language import Language, mark
from c2c_lib.language import language as read_language
from c2c_lib.observations.codebook import codebook_data
from c2c_lib.observations.datapackage import PROFILE, field, licences, publishers
from c2c_lib.observations.schema import COLUMNS, KEY, STATUSES, Column
from c2c_lib.reporting.task import CODEBOOK, DESCRIPTOR, DICTIONARY, INDICATORS

if TYPE_CHECKING:
    from c2c_lib.privacy import Publishable
    from c2c_lib.reporting.project import CityInfo

__all__ = ["in_words", "read_download", "write_downloads"]


_WORDS: Final = (
    Column(
        "place",
        "str",
        mark("Place"),
        mark("Short name of the place, as in the address of its page."),
    ),
    Column("indicator_name", "str", mark("Indicator in words"), mark("Name of the indicator.")),
    Column("place_name", "str", mark("Place in words"), mark("Name of the place.")),
    Column(
        "dimension_name", "str", mark("Dimension in words"), mark("How children are told apart.")
    ),
    Column("group_name", "str", mark("Group in words"), mark("Name of the student group.")),
    Column(
        "unit",
        "str",
        mark("Unit"),
        mark("What the estimate is counted in. A share runs from 0 to 1."),
        categories=("share", "per_1000", "index", "score", "dollars", "years", "count"),
    ),
)
_TITLE: Final = mark("{city}: cradle-to-career indicators")
_DESCRIPTION: Final = mark(
    "Every figure behind the {city} pages: one row per indicator, place, period and student "
    "group, as the publishers printed it. A figure that is not shown has an empty value and a "
    "status that says why."
)


def write_downloads(
    folder: Path,
    table: Publishable,
    city: CityInfo,
    places: Collection[tuple[str, str]],
    catalog: Catalog,
    language: str = "en",
) -> list[Path]:
    """Write a city's table, its dictionary, its codebook and its Data Package descriptor.

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

    Returns
    -------
    list of Path
        The files. UTF-8 without byte order mark, line feeds at line ends, dot decimals,
        codes as text with leading zeros, empty where there is no value.
    """
    folder.mkdir(parents=True, exist_ok=True)
    frame = in_words(table.frame, places, catalog, language)
    indicators = folder / INDICATORS
    frame.to_csv(indicators, index=False, encoding="utf-8", lineterminator="\n")
    dictionary = folder / DICTIONARY
    _write_dictionary(dictionary, frame, catalog, language)
    codebook = folder / CODEBOOK
    _write_json(codebook, {"indicators": codebook_data(frame, catalog, language)})
    files = [indicators, dictionary, codebook]
    descriptor = folder / DESCRIPTOR
    _write_json(descriptor, _describe(frame, files, city, catalog, language))
    return [*files, descriptor]


def _write_json(file: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    file.write_text(text + "\n", encoding="utf-8")


def in_words(
    frame: pd.DataFrame, places: Collection[tuple[str, str]], catalog: Catalog, language: str
) -> pd.DataFrame:
    """Return the rows of some places, with the catalog's names beside the codes.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    places : collection of (str, str)
        Level and code.
    catalog : Catalog
        Where names come from.
    language : str
        One of `c2c_lib.language.languages`.

    Returns
    -------
    DataFrame
        The columns of the tidy table, then place, indicator_name, place_name,
        dimension_name, group_name and unit; same order of rows.
    """
    say = read_language(language)
    wanted = set(places)
    keep = [key in wanted for key in zip(frame["geo_level"], frame["geo_id"], strict=True)]
    rows = frame[keep].reset_index(drop=True)
    known = {(place.geo_level, place.geo_id): place for place in catalog.places}
    found = [known[key] for key in zip(rows["geo_level"], rows["geo_id"], strict=True)]
    groups = {
        (dimension.id, group.id): say.of(group.name)
        for dimension in catalog.dimensions.values()
        for group in dimension.groups
    }
    indicators = catalog.indicators
    names = {i: say.of(indicators[i].name) for i in rows["indicator"].unique()}
    dimensions = {d: say.of(catalog.dimensions[d].name) for d in rows["dimension"].unique()}
    keys = zip(rows["dimension"], rows["group"], strict=True)
    return rows.assign(
        place=[place.place for place in found],
        indicator_name=[names[i] for i in rows["indicator"]],
        place_name=[place.name for place in found],
        dimension_name=[dimensions[d] for d in rows["dimension"]],
        group_name=[groups[key] for key in keys],
        unit=[str(indicators[i].unit) for i in rows["indicator"]],
    )


def read_download(folder: Path) -> pd.DataFrame:
    """Read a city's table back, with the types that its descriptor declares.

    Parameters
    ----------
    folder : Path
        Written by `write_downloads`.

    Returns
    -------
    DataFrame
        Exactly what was written.
    """
    descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    resource = next(r for r in descriptor["resources"] if r["name"] == "indicators")
    kinds = {"string": "str", "integer": "int64", "number": "float64"}
    types = {f["name"]: kinds[f["type"]] for f in resource["schema"]["fields"]}
    missing = set(resource["schema"]["missingValues"])
    frame = pd.read_csv(
        folder / resource["path"], dtype="str", keep_default_na=False, encoding=resource["encoding"]
    )
    for name, kind in types.items():
        if kind == "float64":
            # Python reads back exactly what was written; a reader made for speed may not.
            values = [float("nan") if text in missing else float(text) for text in frame[name]]
            frame[name] = pd.Series(values, index=frame.index, dtype=kind)
    return frame.astype(types)


def _dictionary_rows(
    frame: pd.DataFrame, catalog: Catalog, language: str
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield kind, name, title, description and allowed values of everything in the table."""
    say = read_language(language)
    for column in (*COLUMNS, *_WORDS):
        allowed = "|".join(column.categories)
        title, description = _said(column.title, say), _said(column.description, say)
        yield "column", column.name, title, description, allowed
    for status, words in STATUSES.items():
        yield "status", status, status.replace("_", " "), _said(words, say), ""
    for indicator_id in dict.fromkeys(frame["indicator"]):
        entry = catalog.indicators[indicator_id]
        text = f"{say.of(entry.definition)} {say.of(entry.limits)}"
        yield "indicator", entry.id, say.of(entry.name), text, entry.unit
        parts = (say.of(entry.numerator), say.of(entry.denominator))
        yield "formula", entry.id, " / ".join(parts), say.of(entry.people), entry.polarity
        for number, found in enumerate(entry.breaks, start=1):
            where = "|".join((*found.places, *found.levels, found.dimension)).strip("|")
            label = f"{entry.id}/break_{number}"
            yield (
                "break",
                label,
                f"{found.kind} {found.period}".strip(),
                say.of(found.note),
                where,
            )
    for dimension_id in sorted(set(frame["dimension"])):
        dimension = catalog.dimensions[dimension_id]
        note = say.of(dimension.note) if dimension.note else ""
        allowed = "|".join(group.id for group in dimension.groups)
        yield "dimension", dimension.id, say.of(dimension.name), note, allowed
        for group in dimension.groups:
            yield "group", f"{dimension.id}/{group.id}", say.of(group.name), "", ""
    for source_id in sorted(set(frame["source"])):
        source = catalog.sources[source_id]
        text = f"{source.publisher}. {say.of(source.suppression)} {say.of(source.terms)}"
        yield "source", source.id, source.title, text, ""


def _said(message: str, language: Language) -> str:
    """Return a message as plain text, for a file that is not HTML."""
    return str(language.text(message).unescape())


def _write_dictionary(file: Path, frame: pd.DataFrame, catalog: Catalog, language: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("kind", "name", "title", "description", "allowed"))
        writer.writerows(_dictionary_rows(frame, catalog, language))


def _describe(
    frame: pd.DataFrame, files: list[Path], city: CityInfo, catalog: Catalog, language: str
) -> dict[str, Any]:
    """Return the Data Package (v2) descriptor."""
    indicators, dictionary, codebook = files
    words = read_language(language)
    titles = ("kind", "name", "title", "description", "allowed")
    return {
        "$schema": PROFILE,
        "name": f"c2c-{city.slug}-indicators",
        "title": words.text(_TITLE, city=city.name).unescape(),
        "description": words.text(_DESCRIPTION, city=city.name).unescape(),
        "version": __version__,
        "licenses": licences(frame, catalog),
        "sources": publishers(frame, catalog),
        "contributors": [{"title": "The c2c authors", "roles": ["wrangler"]}],
        "resources": [
            _resource(
                indicators,
                "indicators",
                {
                    "fields": [field(column) for column in (*COLUMNS, *_WORDS)],
                    "primaryKey": list(KEY),
                    "missingValues": [""],
                },
            ),
            _resource(
                dictionary,
                "data-dictionary",
                {"fields": [{"name": w, "type": "string"} for w in titles], "missingValues": [""]},
            ),
            _file(codebook, "codebook", "json", "application/json"),
        ],
    }


def _resource(file: Path, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {**_file(file, name, "csv", "text/csv"), "type": "table", "schema": schema}


def _file(file: Path, name: str, kind: str, mediatype: str) -> dict[str, Any]:
    content = file.read_bytes()
    return {
        "name": name,
        "path": file.name,
        "format": kind,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
