"""What a store of one's own adds to the catalog: its sources, indicators and places.

A partnership's own table (`c2c ingest --table`) may give indicators and places that the
catalog does not know. They stand in ``catalog.yml`` beside the store, and the catalog holds
them whenever that store is in use (``C2C_STORE``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from c2c_lib.catalog.entry_files import note_misfit
from c2c_lib.catalog.models import Indicator, Place, Source
from c2c_lib.errors import Problems, did_you_mean

if TYPE_CHECKING:
    from c2c_lib.catalog.catalog import Catalog

__all__ = [
    "EXTENSION_FILE",
    "Extension",
    "OwnSource",
    "extend",
    "extension_text",
    "merged",
    "read_extension",
]

EXTENSION_FILE: Final = "catalog.yml"


class OwnSource(Source):
    """A table that a partnership made itself; it has no place in a raw folder.

    Attributes
    ----------
    gives : tuple of str
        The indicators that it has figures for. Where a publisher's report gives the same
        figure, the report wins.
    """

    files: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()


class Extension(BaseModel):
    """Entries beside a store, each as in the catalog's own files."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[OwnSource, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    places: tuple[Place, ...] = ()


def extend(catalog: Catalog, extension: Extension, where: str, problems: Problems) -> Catalog:
    """Return a catalog with further entries; what does not fit is noted.

    Parameters
    ----------
    catalog : Catalog
        The catalog that ships.
    extension : Extension
        Entries whose ids the catalog does not have, and that name ids that it does have.
    where : str
        The file, for the problems.
    problems : Problems
        Where an id that stands already and a name of something unknown are noted.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> problems = Problems()
    >>> town = Place(geo_level="town", geo_id="2743000000", place="lakeview", name="Lakeview")
    >>> wider = extend(load_catalog(), Extension(places=(town,)), "my.yml", problems)
    >>> wider.slug("town", "2743000000"), len(problems)
    ('lakeview', 0)
    """
    _note_taken(catalog, extension, where, problems)
    sources = {**catalog.sources, **{entry.id: entry for entry in extension.sources}}
    indicators = {**catalog.indicators, **{entry.id: entry for entry in extension.indicators}}
    for entry in extension.indicators:
        _note_unknown(where, entry.id, "outcomes", entry.outcomes, catalog.outcomes, problems)
        _note_unknown(where, entry.id, "frames", entry.frames, catalog.frames, problems)
        _note_unknown(where, entry.id, "sources", entry.sources, sources, problems)
    for source in extension.sources:
        _note_unknown(where, source.id, "gives", source.gives, indicators, problems)
        for name in source.gives:
            given = indicators.get(name)
            if given is not None and source.id not in given.sources:
                longer = {"sources": (*given.sources, source.id)}
                indicators[name] = given.model_copy(update=longer)
    places = (*catalog.places, *extension.places)
    return replace(catalog, sources=sources, indicators=indicators, places=places)


def read_extension(file: Path, problems: Problems) -> Extension:
    """Read what stands beside a store; nothing if there is no such file."""
    if not file.is_file():
        return Extension()
    try:
        return Extension.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")) or {})
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        problems.add(file.name, f"does not read as YAML: {error}")
    except ValidationError as error:
        note_misfit(file.name, error, problems)
    return Extension()


def merged(one: Extension, two: Extension) -> Extension:
    """Return the entries of both; where both have one, the second's."""
    places = {(p.geo_level, p.geo_id): p for p in (*one.places, *two.places)}
    return Extension(
        sources=tuple({s.id: s for s in (*one.sources, *two.sources)}.values()),
        indicators=tuple({i.id: i for i in (*one.indicators, *two.indicators)}.values()),
        places=tuple(places.values()),
    )


def extension_text(extension: Extension) -> str:
    """Return an extension as the text of its file; the same entries give the same text."""
    content = extension.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def _note_taken(catalog: Catalog, extension: Extension, where: str, problems: Problems) -> None:
    """Note what stands in the catalog already; a place by its code and by its slug."""
    codes = {(p.geo_level, p.geo_id) for p in catalog.places}
    slugs = {(p.geo_level, p.place) for p in catalog.places}
    taken = [
        *(("source", s.id) for s in extension.sources if s.id in catalog.sources),
        *(("indicator", i.id) for i in extension.indicators if i.id in catalog.indicators),
        *((p.geo_level, p.geo_id) for p in extension.places if (p.geo_level, p.geo_id) in codes),
        *((p.geo_level, p.place) for p in extension.places if (p.geo_level, p.place) in slugs),
    ]
    for kind, value in taken:
        problems.add(
            where,
            f"the catalog has this {kind} already",
            value=value,
            remedy="Use the catalog's entry and leave this one out, or choose another id.",
        )


def _note_unknown(
    where: str,
    entry: str,
    key: str,
    values: Iterable[str],
    allowed: Iterable[str],
    problems: Problems,
) -> None:
    options = list(allowed)
    for value in values:
        if value not in options:
            problems.add(
                where,
                f"{entry} names something that is not in the catalog",
                value=value,
                column=key,
                allowed=", ".join(options) if len(options) <= 30 else "",
                remedy=did_you_mean(value, options),
            )
