"""Data Package (v2) descriptor of the tidy table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from c2c_lib import __version__
from c2c_lib.catalog import Catalog, Source
from c2c_lib.language import language as read_language
from c2c_lib.observations.schema import COLUMNS, KEY, STATUSES, Column

__all__ = ["PROFILE", "describe", "field", "licences", "publishers"]

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: Final = {"str": "string", "int64": "integer", "float64": "number"}
_LICENCES: Final = {
    "PDDL-1.0": ("ODC-PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
    "ODC-By-1.0": ("ODC-BY-1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "public-domain": ("other-pd", ""),
    "public-record": ("notspecified", ""),
    "publisher-terms": ("other-closed", ""),
}
"""Open Definition id and address of a licence, which the standard asks for, by our short name."""


def field(column: Column, statuses: Mapping[str, str] = STATUSES) -> dict[str, Any]:
    """Return the Table Schema field of one column.

    Parameters
    ----------
    statuses : mapping of str to str
        What each status means, in the language of the column's title.
    """
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    described: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.dtype],
        "title": column.title,
        "description": column.description,
    }
    if column.name == "status":
        described["categories"] = [{"value": s, "label": words} for s, words in statuses.items()]
    elif column.categories:
        constraints["enum"] = list(column.categories)
    if constraints:
        described["constraints"] = constraints
    return described


def publishers(frame: pd.DataFrame, catalog: Catalog, language: str = "en") -> list[dict[str, str]]:
    """Return the publishers' reports that a table draws on: title, address and terms.

    ``id``, ``license`` and ``terms`` are ours beside the properties of the standard: a table
    of several reports has several terms, and each belongs to one of them.
    """
    say = read_language(language)
    return [
        {
            "title": f"{source.publisher}: {source.title}",
            "path": source.url,
            "version": f"retrieved {source.retrieved}",
            "id": source.id,
            "license": source.licence,
            "terms": say.of(source.terms),
        }
        for source in _sources(frame, catalog)
    ]


def licences(frame: pd.DataFrame, catalog: Catalog, language: str = "en") -> list[dict[str, str]]:
    """Return the distinct licences and terms of the reports that a table draws on.

    A licence is named by its Open Definition id, as the standard asks; one that has none there
    keeps its own short name.
    """
    say = read_language(language)
    found = {(source.licence, say.of(source.terms)) for source in _sources(frame, catalog)}
    return [_licence(licence, terms) for licence, terms in sorted(found)]


def _licence(licence: str, terms: str) -> dict[str, str]:
    name, path = _LICENCES.get(licence, (licence, ""))
    return {"name": name, **({"path": path} if path else {}), "title": terms}


def _sources(frame: pd.DataFrame, catalog: Catalog) -> list[Source]:
    there = set(frame["source"].unique())
    return [source for source_id, source in catalog.sources.items() if source_id in there]


def describe(frame: pd.DataFrame, file: Path, catalog: Catalog) -> str:
    """Return the descriptor of the shipped store as JSON text."""
    content = file.read_bytes()
    descriptor = {
        "$schema": PROFILE,
        "name": "c2c-observations",
        "title": "Cradle-to-career observations for Connecticut cities",
        "description": "One row per indicator, place, period and student group, as published.",
        "version": __version__,
        "licenses": licences(frame, catalog),
        "sources": publishers(frame, catalog),
        "contributors": [{"title": "The c2c authors", "roles": ["wrangler"]}],
        "resources": [
            {
                "name": "observations",
                "path": file.name,
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": {
                    "fields": [field(column) for column in COLUMNS],
                    "primaryKey": list(KEY),
                    "missingValues": [""],
                },
            }
        ],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
