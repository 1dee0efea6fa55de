"""What a partnership says about its own table: which column is what, and who made it.

The mapping is a YAML file of its own, so that the table stays as the partnership keeps it.
Everything that is wrong with it is told at once, each with its line.
"""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from c2c_lib.catalog import Catalog
from c2c_lib.catalog.extension import Extension, OwnSource, extend
from c2c_lib.catalog.models import Indicator, Place
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.observations import STATUSES
from c2c_lib.params.document import Document, KeyPath, read_document

__all__ = ["COLUMNS", "OwnMapping", "Part", "read_mapping"]

Part = Literal["indicator", "geo_level", "place", "period", "dimension", "group"]
KEYS: Final[tuple[Part, ...]] = typing.get_args(Part)
COLUMNS: Final = (*KEYS, "estimate", "numerator", "denominator", "moe90", "note")
"""What a column of the table can be."""

_ALL: Final = {"dimension": "all", "group": "all"}
_ASKED: Final = {
    "source": "Say who made the table: id, publisher, title, short, url and so on.",
    "source.id": "A name for the commands: small letters, digits and _, such as reading_checks.",
    "source.publisher": "Who made the table, as it stands below each figure.",
    "source.title": "What the table is, in one line.",
    "source.short": 'A short name in each language: {en: "...", es: "..."}.',
    "source.url": "Where the table, or its maker, is found.",
    "source.retrieved": 'The day it was saved, in quotes: "2026-01-31".',
    "source.licence": "Its licence, such as CC-BY-4.0; or: none stated.",
    "source.terms": "One sentence on what others may do with the table.",
    "source.suppression": 'How small numbers are hidden, in each language: {en: "...", es: "..."}.',
    "estimate": "How figures are printed: percent, share or number.",
    "columns": "Say which heading is what, such as `place: Town`.",
}
"""What to write where a part of the mapping is missing."""
_PARTS: Final = {
    "indicator": "Name its id under `constants` (see: c2c indicators), or the column that has it.",
    "geo_level": "Write `geo_level: town` under `constants` if every place is a town; other kinds "
    "are state, district, city, school, tract and neighborhood.",
    "place": "Name the column with the place's name or code.",
    "period": "Name the column with the year, such as 2023-24 or 2023.",
    "estimate": "Name the column with the figure.",
}
"""How to say a part of every figure that the mapping leaves out."""
_NO_VALUE: Final = tuple(s for s in STATUSES if s not in ("published", "too_weak"))


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Labels(_Part):
    """What the table's own words mean, in the catalog's ids.

    Attributes
    ----------
    place : dict of str to str
        Codes of places, by the name that the table uses.
    """

    indicator: dict[str, str] = Field(default_factory=dict)
    geo_level: dict[str, str] = Field(default_factory=dict)
    place: dict[str, str] = Field(default_factory=dict)
    period: dict[str, str] = Field(default_factory=dict)
    dimension: dict[str, str] = Field(default_factory=dict)
    group: dict[str, str] = Field(default_factory=dict)

    def of(self, part: Part) -> dict[str, str]:
        """Return the labels of one part of the key."""
        found: dict[str, str] = getattr(self, part)
        return found


class OwnMapping(_Part):
    """The whole mapping.

    Attributes
    ----------
    source : OwnSource
        Who made the table, when, on what terms, and how small numbers are treated.
    estimate : {"percent", "share", "number"}
        How the figures are printed: percents from 0 to 100, shares from 0 to 1, or numbers
        in the unit of the indicator.
    columns : dict of str to str
        Which column of the table is what: one of `COLUMNS`, and the heading.
    constants : dict of str to str
        What is the same for every row, such as the indicator or the level of place.
    labels : Labels
        What the table's own words mean.
    missing : dict of str to str
        The marks that stand for a figure that is not given, and the status each one means.
    encoding, delimiter : str
        How the file is written.
    places, indicators : tuple of entry
        What the catalog does not know, as in the catalog's own files.
    """

    source: OwnSource
    estimate: Literal["percent", "share", "number"]
    columns: dict[str, str]
    constants: dict[str, str] = Field(default_factory=dict)
    labels: Labels = Labels()
    missing: dict[str, Literal[_NO_VALUE]] = Field(default_factory=dict)  # type: ignore[valid-type]
    encoding: Literal["utf-8", "utf-16", "cp1252"] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    places: tuple[Place, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    def constant(self, part: Part) -> str | None:
        """Return what stands for a part in every row, or None if a column says it."""
        if part in self.columns:
            return None
        return self.constants.get(part, _ALL.get(part))

    @property
    def extension(self) -> Extension:
        """What the table adds to the catalog."""
        return Extension(sources=(self.source,), indicators=self.indicators, places=self.places)


def read_mapping(
    file: Path, catalog: Catalog, problems: Problems
) -> tuple[OwnMapping | None, Catalog]:
    """Read and check a mapping.

    Parameters
    ----------
    file : Path
        The YAML file.
    catalog : Catalog
        The catalog that ships.
    problems : Problems
        Where everything that is wrong is noted, with the line and the nearest right word.

    Returns
    -------
    OwnMapping or None
        None if it does not fit; the problems say why.
    Catalog
        With the entries that the mapping declares.

    Raises
    ------
    InputError
        If there is no such file or nothing in it.
    """
    document = read_document(file, problems)
    _name_the_source(document)
    try:
        mapping = OwnMapping.model_validate(document.content)
    except ValidationError as error:
        for detail in error.errors():
            _note(detail, document, problems)
        return None, catalog
    before = len(problems)
    _check_parts(mapping, document, problems)
    if len(problems) > before:
        return None, catalog
    return mapping, extend(catalog, mapping.extension, document.where, problems)


def _name_the_source(document: Document) -> None:
    """Give every declared indicator its source, which is always this table."""
    source = document.content.get("source")
    indicators = document.content.get("indicators")
    if isinstance(source, dict) and isinstance(indicators, list):
        for entry in indicators:
            if isinstance(entry, dict):
                entry.setdefault("sources", [source.get("id")])


def _check_parts(mapping: OwnMapping, document: Document, problems: Problems) -> None:
    """Note every part of a figure that is said twice, not at all, or by a wrong name."""
    columns, constants = mapping.columns, mapping.constants
    for key, names in (("columns", columns), ("constants", constants)):
        allowed = COLUMNS if key == "columns" else KEYS
        for name in names:
            if name not in allowed:
                problems.add(
                    document.at((key, name)),
                    f"not a part of a figure that `{key}` can name",
                    value=name,
                    column=key,
                    allowed=", ".join(allowed),
                    remedy=did_you_mean(name, allowed),
                )
    for part in (*KEYS, "estimate"):
        if part in columns and part in constants:
            problems.add(
                document.at(("constants", part)),
                "stands in both `columns` and `constants`",
                value=part,
                remedy="Keep the one that is right.",
            )
        elif part not in {*columns, *constants, *_ALL}:
            where = "`columns`" if part == "estimate" else "`columns` or `constants`"
            what = f"{part} is expected to stand in {where}"
            problems.add(document.where, what, remedy=_PARTS[part])
    headings = list(columns.values())
    for heading in dict.fromkeys(h for h in headings if headings.count(h) > 1):
        problems.add(document.at(("columns",)), "two parts name the same column", value=heading)


def _note(detail: Any, document: Document, problems: Problems) -> None:
    path: KeyPath = tuple(detail["loc"])
    if detail["type"] == "missing":
        key = ".".join(str(part) for part in path)
        remedy = _ASKED.get(key, "docs/own-table.md has an example of each part.")
        problems.add(document.at(path), "is missing", column=key, remedy=remedy)
        return
    unknown = detail["type"] == "extra_forbidden"
    shown = unknown or isinstance(detail["input"], (dict, list))
    value = document.texts.get(path, "" if shown else str(detail["input"]))
    allowed = _keys_at(path[:-1]) if unknown else []
    expected = detail.get("ctx", {}).get("expected", "")
    quoted = detail["type"] == "string_type" and path in document.texts
    problems.add(
        document.at(path),
        "unknown key" if unknown else detail["msg"].removeprefix("Value error, "),
        value=path[-1] if unknown else value,
        column=".".join(str(part) for part in path),
        allowed=", ".join(allowed) or str(expected).replace("'", ""),
        remedy=did_you_mean(str(path[-1]), allowed)
        if unknown
        else (f'Put it in quotes: "{value}"' if quoted else ""),
    )


def _keys_at(path: KeyPath) -> list[str]:
    """Return the keys that the schema allows at a path."""
    model: type[BaseModel] = OwnMapping
    for part in path:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        annotation = model.model_fields[part].annotation
        options = [annotation, *typing.get_args(annotation)]
        nested = [o for o in options if isinstance(o, type) and issubclass(o, BaseModel)]
        if not nested:
            return []
        model = nested[0]
    return list(model.model_fields)
