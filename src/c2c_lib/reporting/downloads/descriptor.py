"""The Data Package (version 2) descriptor of a city's downloads."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.language import Language, mark
from c2c_lib.observations import datapackage
from c2c_lib.observations.datapackage import PROFILE, licences, publishers
from c2c_lib.observations.schema import Column
from c2c_lib.reporting.downloads.citation import Citation
from c2c_lib.reporting.downloads.dictionary import statuses_in
from c2c_lib.reporting.downloads.workbook import FIGURES_SHEET

if TYPE_CHECKING:
    from c2c_lib.reporting.project import CityInfo

__all__ = ["Resource", "describe"]

_DESCRIPTION: Final = mark(
    "Every figure behind the {city} pages: one row per indicator, place, period and student "
    "group, as the publishers printed it. A figure that is not shown has an empty value and a "
    "status that says why."
)
_KEYWORDS: Final = (
    mark("education"),
    mark("children"),
    mark("equity"),
    mark("indicators"),
    mark("report card"),
)
_MEDIA_TYPES: Final = {
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Resource:
    """One file of the downloads.

    Attributes
    ----------
    name : str
        Unique in the package.
    file : Path
        Already written.
    title, description : str
        In words, for a reader who chooses.
    columns : sequence of Column
        Of a table, in words of the language; none for another kind of file.
    key : sequence of str
        The columns that name a row.
    records : int
        How many rows or areas it holds; 0 where that says nothing.
    """

    name: str
    file: Path
    title: str
    description: str
    columns: Sequence[Column] = field(default=())
    key: Sequence[str] = field(default=())
    records: int = 0


def describe(
    resources: Sequence[Resource],
    frame: pd.DataFrame,
    city: CityInfo,
    citation: Citation,
    box: Sequence[float],
    catalog: Catalog,
    language: Language,
) -> dict[str, Any]:
    """Return the descriptor.

    Parameters
    ----------
    resources : sequence of Resource
        Everything that is to be described.
    frame : DataFrame
        The table in words, for its sources and its years.
    box : sequence of float
        West, south, east and north of the city; empty if it is not known.

    Returns
    -------
    dict
        Beside what the standard names: ``temporal`` (first and last year), ``spatial`` (name
        and box), ``citation``, and ``records`` of each resource.
    """
    say = language.text
    ends = frame["period_end"]
    years = {"start": f"{ends.min()}", "end": f"{ends.max()}"} if len(frame) else {}
    place = str(say("{city}, Connecticut", city=city.name).unescape())
    return {
        "$schema": PROFILE,
        "name": f"c2c-{city.slug}-indicators",
        "title": citation.title,
        "description": str(say(_DESCRIPTION, city=city.name).unescape()),
        "version": citation.version,
        "created": f"{citation.date}T00:00:00Z",
        "keywords": [*(str(say(word)) for word in _KEYWORDS), city.name],
        "licenses": licences(frame, catalog, language.code),
        "sources": publishers(frame, catalog, language.code),
        "contributors": [
            {
                "title": city.partnership.name,
                "path": city.partnership.website,
                "roles": ["creator", "contact"],
            },
            {"title": "The c2c authors", "roles": ["dataCurator"]},
        ],
        "citation": citation.text,
        "temporal": years,
        "spatial": {"title": place, **({"bbox": list(box)} if box else {})},
        "resources": [_resource(resource, language) for resource in resources],
    }


def _resource(resource: Resource, language: Language) -> dict[str, Any]:
    content = resource.file.read_bytes()
    kind = resource.file.suffix.removeprefix(".")
    described: dict[str, Any] = {
        "name": resource.name,
        "path": resource.file.name,
        "title": resource.title,
        "description": resource.description,
        "format": kind,
        "mediatype": _MEDIA_TYPES[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if kind == "xlsx":
        described["dialect"] = {"sheetNumber": FIGURES_SHEET}
    else:
        described["encoding"] = "utf-8"
    if resource.records:
        described["records"] = resource.records
    if resource.columns:
        statuses = statuses_in(language)
        described["type"] = "table"
        described["schema"] = {
            "fields": [datapackage.field(column, statuses) for column in resource.columns],
            **({"primaryKey": list(resource.key)} if resource.key else {}),
            "missingValues": [""],
        }
    return described
