"""Check that what the catalog's entries name exists, and that no name stands for two things."""

from __future__ import annotations

from collections.abc import Iterable

from c2c_lib.catalog.catalog import PARENT_LEVELS, Catalog
from c2c_lib.catalog.models import Dimension, Place
from c2c_lib.catalog.place_files import PLACE_FILES
from c2c_lib.errors import Problems, did_you_mean

__all__ = ["cross_check"]


def cross_check(catalog: Catalog, problems: Problems) -> None:
    """Check that every id named by an entry exists, and that no name stands for two things."""
    slugs = {place.place for place in catalog.places}
    for indicator in catalog.indicators.values():
        where = f"indicators.yml: {indicator.id}"
        _known(where, "outcomes", indicator.outcomes, catalog.outcomes, problems)
        _known(where, "frames", indicator.frames, catalog.frames, problems)
        _known(where, "sources", indicator.sources, catalog.sources, problems)
        for entry in indicator.breaks:
            named = [entry.dimension] if entry.dimension else []
            source = [entry.source] if entry.source else []
            _known(where, "breaks.dimension", named, catalog.dimensions, problems)
            _known(where, "breaks.places", entry.places, slugs, problems)
            _known(where, "breaks.source", source, indicator.sources, problems)
    for topic in catalog.topics.values():
        where = f"topics.yml: {topic.id}"
        _known(where, "indicators", topic.indicators, catalog.indicators, problems)
    for name, members in catalog.peer_groups.items():
        _known(f"peer_groups.yml: {name}", "", members, slugs, problems)
    _parents_known(catalog.places, problems)
    groups = {f"{d.id}/{g.id}" for d in catalog.dimensions.values() for g in d.groups}
    for dimension in catalog.dimensions.values():
        _groups_once(dimension, problems)
        where = f"groups.yml: {dimension.id}"
        own = {group.id for group in dimension.groups}
        for total in dimension.sums:
            _known(where, "sums", total.parts, own, problems)
            _known(where, "sums", [total.whole], own | {"all"}, problems)
        for group in dimension.groups:
            _known(where, "union_of", group.union_of, groups, problems)
    for report in catalog.sources.values():
        others = [entry.source for entry in report.behind]
        _known(f"sources.yml: {report.id}", "behind.source", others, catalog.sources, problems)
    _places_once(catalog.places, problems)


def _known(
    where: str, column: str, values: Iterable[str], allowed: Iterable[str], problems: Problems
) -> None:
    options = list(allowed)
    for value in values:
        if value not in options:
            problems.add(
                where,
                "names something that is not in the catalog",
                value=value,
                column=column,
                remedy=did_you_mean(value, options),
            )


def _groups_once(dimension: Dimension, problems: Problems) -> None:
    """Note every id, and every publisher's label, that two groups of a dimension have."""
    owners: dict[tuple[str, str], int] = {}
    for number, group in enumerate(dimension.groups):
        names = {("id", group.id), *(("label", label.casefold()) for label in group.labels)}
        for kind, name in sorted(names):
            owner = owners.setdefault((kind, name), number)
            if owner != number:
                problems.add(
                    f"groups.yml: {dimension.id}", f"{kind} stands for two groups", value=name
                )


def _parents_known(places: Iterable[Place], problems: Problems) -> None:
    """Note tracts, schools and neighborhoods of a town or district that is not there."""
    codes: dict[str, set[str]] = {level: set() for level in ("state", "district", "town")}
    parents: dict[str, set[str]] = {level: set() for level in PARENT_LEVELS}
    for place in places:
        codes.setdefault(place.geo_level, set()).add(place.geo_id)
        if place.geo_level in parents:
            parents[place.geo_level].add(place.parent)
    for level, file in {level: file for file, level in PLACE_FILES.items()}.items():
        if level:
            # A school that no district runs is the state's.
            known = codes[PARENT_LEVELS[level]] | (codes["state"] if level == "school" else set())
            _known(file, "parent", sorted(parents[level]), known, problems)


def _places_once(places: Iterable[Place], problems: Problems) -> None:
    seen: set[tuple[str, str]] = set()
    files = {level: file for file, level in PLACE_FILES.items()}
    for place in places:
        where = files.get(place.geo_level, "places.csv")
        for key in (place.geo_level, place.geo_id), (place.geo_level, f"slug {place.place}"):
            if key in seen:
                problems.add(where, f"{place.geo_level} stands twice", value=key[1])
            seen.add(key)
