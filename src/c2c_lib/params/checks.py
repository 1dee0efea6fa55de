"""Checks of a city file that its schema cannot make: ids, codes, repetitions, target sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from c2c_lib.catalog import Catalog
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.language import languages
from c2c_lib.params.document import Document, KeyPath

__all__ = ["check_against_catalog", "check_repetitions", "check_served", "check_targets"]

_SINGULAR: Final = {
    "slug": "city",
    "id": "frame",
    "outcomes": "outcome",
    "core": "indicator",
    "contributing": "indicator",
    "indicator": "indicator",
    "group": "group",
    "peers": "peer",
    "languages": "language",
}

_LISTS: Final = (
    (("core",), ("contributing",)),
    (("peers",),),
    (("languages",),),
    (("frame", "sections", "id"),),
)
"""Lists, or lists taken together, in which nothing may stand twice."""


def check_against_catalog(document: Document, catalog: Catalog, problems: Problems) -> None:
    """Check every id and code as it stands, also where the schema finds other faults."""
    raw = document.content
    slugs = catalog.shipped[1:]
    groups = [f"{d.id}/{g.id}" for d in catalog.dimensions.values() for g in d.groups]
    allowed: dict[tuple[str, ...], Iterable[str]] = {
        ("slug",): slugs,
        ("frame", "id"): catalog.frames,
        ("frame", "sections", "outcomes"): catalog.outcomes,
        ("core",): catalog.indicators,
        ("contributing",): catalog.indicators,
        ("targets", "indicator"): catalog.indicators,
        ("targets", "group"): groups,
        ("peers",): slugs,
        ("languages",): languages(),
    }
    for keys, known in allowed.items():
        options = list(known)
        for path, value in _strings(raw, keys):
            if value not in options:
                problems.add(
                    document.at(path),
                    f"unknown {_SINGULAR[keys[-1]]}",
                    value=value,
                    column=".".join(map(str, path)),
                    allowed=", ".join(options),
                    remedy=did_you_mean(value, options),
                )
    for path, value in _strings(raw, ("peers",)):
        if value == raw.get("slug"):
            problems.add(
                document.at(path), "a city is no peer of itself", value=value, column="peers"
            )
    if raw.get("slug") in slugs:
        _check_codes(document, catalog, problems)


def _check_codes(document: Document, catalog: Catalog, problems: Problems) -> None:
    slug = document.content["slug"]
    for level in ("district", "town", "city"):
        right = [p.geo_id for p in catalog.places if (p.place, p.geo_level) == (slug, level)]
        for path, code in _strings(document.content, ("places", level)):
            if code not in right:
                problems.add(
                    document.at(path),
                    f"is not the {level} code of {slug}",
                    value=code,
                    column=f"places.{level}",
                    allowed=", ".join(right) or "no code: leave it out",
                )


def check_repetitions(document: Document, problems: Problems) -> None:
    """Check that no indicator, peer, language, section or outcome of a section stands twice."""
    for together in _LISTS:
        found = [item for keys in together for item in _strings(document.content, keys)]
        _check_once(found, document, problems)
    sections: dict[KeyPath, list[tuple[KeyPath, str]]] = {}
    for path, value in _strings(document.content, ("frame", "sections", "outcomes")):
        sections.setdefault(path[:-1], []).append((path, value))
    for found in sections.values():
        _check_once(found, document, problems)


def _check_once(
    found: Iterable[tuple[KeyPath, str]], document: Document, problems: Problems
) -> None:
    first: dict[str, KeyPath] = {}
    for path, value in found:
        if value in first:
            problems.add(
                document.at(path),
                "stands twice",
                value=value,
                column=".".join(map(str, path)),
                remedy=f"It is already at {document.at(first[value])}; take one out.",
            )
        first.setdefault(value, path)


def check_targets(document: Document, catalog: Catalog, problems: Problems) -> None:
    """Check that the target of a share is a share, and not a number of percent."""
    targets = document.content.get("targets")
    for index, target in enumerate(targets if isinstance(targets, list) else []):
        if not isinstance(target, dict):
            continue
        indicator = catalog.indicators.get(str(target.get("indicator")))
        value = target.get("value")
        percent = isinstance(value, int | float) and not isinstance(value, bool) and value > 1
        if indicator is not None and indicator.unit == "share" and percent:
            problems.add(
                document.at(("targets", index, "value")),
                f"the target of {indicator.id} is above the whole",
                value=value,
                column=f"targets.{index}.value",
                allowed="a share from 0 to 1",
                remedy="Write 60 percent as 0.6.",
            )


def check_served(document: Document, catalog: Catalog, problems: Problems) -> None:
    """Check that an indicator put first serves an outcome of the frame, so that it has a place."""
    outcomes = {value for _, value in _strings(document.content, ("frame", "sections", "outcomes"))}
    if not outcomes:
        return
    for key in ("core", "contributing"):
        for path, value in _strings(document.content, (key,)):
            indicator = catalog.indicators.get(value)
            if indicator is not None and not outcomes.intersection(indicator.outcomes):
                problems.add(
                    document.at(path),
                    "an indicator put first serves no outcome of the frame",
                    value=value,
                    column=key,
                    remedy=f"Add {indicator.outcomes[0]} to a section of the frame, or take the "
                    "indicator out.",
                )


def _strings(raw: Any, keys: tuple[str, ...], path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield the strings that stand under some keys, through lists, with their paths."""
    if isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _strings(item, keys, (*path, index))
    elif isinstance(raw, dict) and keys and keys[0] in raw:
        yield from _strings(raw[keys[0]], keys[1:], (*path, keys[0]))
    elif isinstance(raw, str) and not keys:
        yield path, raw
