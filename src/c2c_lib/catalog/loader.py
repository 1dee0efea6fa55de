"""Reads the catalog's data files into one immutable, cross-checked object."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from c2c_lib.catalog.models import Dimension, Frame, Group, Indicator, Outcome, Place, Source
from c2c_lib.errors import InputError, Problem, Problems, did_you_mean

__all__ = ["Catalog", "load_catalog"]

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything the project knows about what is measured.

    Attributes
    ----------
    frames, outcomes, indicators, dimensions, sources : mapping of str to entry
        In the order of the data files, which is the order on a page.
    places : tuple of Place
        Every district, town and census tract of Connecticut, the state, and the cities
        of the city-level sources.
    peer_groups : mapping of str to tuple of str
        Connecticut's District Reference Groups, as place slugs; the store that ships
        holds these places and the state.
    """

    frames: Mapping[str, Frame]
    outcomes: Mapping[str, Outcome]
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    sources: Mapping[str, Source]
    places: tuple[Place, ...]
    peer_groups: Mapping[str, tuple[str, ...]]

    def indicator(self, indicator_id: str) -> Indicator:
        """Return one indicator; a wrong id raises with the nearest right ones."""
        return _get(self.indicators, indicator_id, "indicator")

    def outcome(self, outcome_id: str) -> Outcome:
        """Return one outcome; a wrong id raises with the nearest right ones."""
        return _get(self.outcomes, outcome_id, "outcome")

    def dimension(self, dimension_id: str) -> Dimension:
        """Return one dimension; a wrong id raises with the nearest right ones."""
        return _get(self.dimensions, dimension_id, "dimension")

    def source(self, source_id: str) -> Source:
        """Return one source; a wrong id raises with the nearest right ones."""
        return _get(self.sources, source_id, "source")

    def group(self, dimension_id: str, group_id: str) -> Group:
        """Return one group of one dimension."""
        dimension = self.dimension(dimension_id)
        return _get({g.id: g for g in dimension.groups}, group_id, f"group of {dimension_id}")

    def place(self, slug: str, level: str) -> Place:
        """Return the place of a slug at a level, for example the district of Bridgeport."""
        try:
            return self._by_slug[(slug, level)]
        except KeyError:
            slugs = sorted({s for s, at in self._by_slug if at == level})
            raise _unknown(slug, slugs, f"place at level {level}") from None

    def slug(self, level: str, geo_id: str) -> str:
        """Return the slug of a place id at a level."""
        return self._by_id[(level, geo_id)].place

    @cached_property
    def shipped(self) -> tuple[str, ...]:
        """Slugs of the places whose figures ship in the store."""
        members = {slug for group in self.peer_groups.values() for slug in group}
        return ("connecticut", *sorted(members))

    def ships(self, place: Place) -> bool:
        """Whether figures of a place ship; a tract ships when its town does.

        Examples
        --------
        >>> catalog = load_catalog()
        >>> catalog.ships(catalog.place("bridgeport-tract-0701", "tract"))
        True
        >>> catalog.ships(catalog.place("greenwich", "town"))
        False
        """
        town = self._by_id[("town", place.parent)] if place.geo_level == "tract" else place
        return town.place in self._shipped

    @cached_property
    def _shipped(self) -> frozenset[str]:
        return frozenset(self.shipped)

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Place]:
        return {(p.place, p.geo_level): p for p in self.places}

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Place]:
        return {(p.geo_level, p.geo_id): p for p in self.places}


@lru_cache(maxsize=1)
def load_catalog() -> Catalog:
    """Load the catalog that ships with the package.

    Raises
    ------
    InputError
        If an entry does not fit its model or names something that does not exist; the
        error lists everything that is wrong in all files.

    Examples
    --------
    >>> load_catalog().indicator("graduation_4yr").unit
    'share'
    """
    return read_catalog(resources.files("c2c_lib.catalog") / "data")


def read_catalog(folder: Traversable) -> Catalog:
    """Read and cross-check a catalog from a folder of data files."""
    problems = Problems()
    catalog = Catalog(
        frames=_entries(folder, "outcomes.yml", "frames", Frame, problems),
        outcomes=_entries(folder, "outcomes.yml", "outcomes", Outcome, problems),
        indicators=_entries(folder, "indicators.yml", "indicators", Indicator, problems),
        dimensions=_entries(folder, "groups.yml", "dimensions", Dimension, problems),
        sources=_entries(folder, "sources.yml", "sources", Source, problems),
        places=(
            *_places(folder / "places.csv", problems),
            *_places(folder / "tracts.csv", problems),
        ),
        peer_groups={
            name: tuple(slugs)
            for name, slugs in _yaml(folder / "peer_groups.yml")["peer_groups"].items()
        },
    )
    problems.raise_if_any()
    _cross_check(catalog, problems)
    problems.raise_if_any()
    return catalog


def _get(entries: Mapping[str, Value], key: str, what: str) -> Value:
    try:
        return entries[key]
    except KeyError:
        raise _unknown(key, entries, what) from None


def _unknown(key: str, allowed: Iterable[str], what: str) -> InputError:
    options = list(allowed)
    return InputError(
        [
            Problem(
                where="",
                what=f"unknown {what}",
                value=key,
                allowed=", ".join(options) if len(options) <= 60 else f"{len(options)} ids",
                remedy=did_you_mean(key, options),
            )
        ]
    )


def _yaml(file: Traversable) -> dict[str, Any]:
    loaded = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded if isinstance(loaded, dict) else {}


def _entries(
    folder: Traversable, name: str, key: str, model: type[Model], problems: Problems
) -> dict[str, Model]:
    found: dict[str, Model] = {}
    for number, raw in enumerate(_yaml(folder / name).get(key, []), start=1):
        label = raw.get("id", f"entry {number}") if isinstance(raw, dict) else f"entry {number}"
        try:
            entry = model.model_validate(raw)
        except ValidationError as error:
            for detail in error.errors():
                column = ".".join(str(part) for part in detail["loc"])
                problems.add(f"{name}: {label}", detail["msg"], column=column)
            continue
        if label in found:
            problems.add(f"{name}: {label}", "id stands twice", value=label)
        found[label] = entry
    return found


def _places(file: Traversable, problems: Problems) -> tuple[Place, ...]:
    places = []
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    for line, row in enumerate(rows, start=2):
        values: dict[str, Any] = dict(row)
        for column in ("other_ids", "aliases"):
            values[column] = tuple(part for part in row[column].split("|") if part)
        try:
            places.append(Place.model_validate(values))
        except ValidationError as error:
            for detail in error.errors():
                column = ".".join(str(part) for part in detail["loc"])
                problems.add(
                    f"{file.name}:{line}", detail["msg"], value=detail["input"], column=column
                )
    return tuple(places)


def _cross_check(catalog: Catalog, problems: Problems) -> None:
    """Check that every id named by an entry exists."""

    def known(where: str, column: str, values: Iterable[str], allowed: Iterable[str]) -> None:
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

    slugs = {place.place for place in catalog.places}
    for indicator in catalog.indicators.values():
        where = f"indicators.yml: {indicator.id}"
        known(where, "outcomes", indicator.outcomes, catalog.outcomes)
        known(where, "frames", indicator.frames, catalog.frames)
        known(where, "sources", indicator.sources, catalog.sources)
        for entry in indicator.breaks:
            known(where, "breaks.dimension", filter(None, [entry.dimension]), catalog.dimensions)
            known(where, "breaks.places", entry.places, slugs)
            known(where, "breaks.source", filter(None, [entry.source]), catalog.sources)
    for name, members in catalog.peer_groups.items():
        known(f"peer_groups.yml: {name}", "", members, slugs)
    towns = {place.geo_id for place in catalog.places if place.geo_level == "town"}
    parents = {place.parent for place in catalog.places if place.geo_level == "tract"}
    known("tracts.csv", "parent", sorted(parents), towns)
    seen: dict[tuple[str, str], str] = {}
    for place in catalog.places:
        where = "tracts.csv" if place.geo_level == "tract" else "places.csv"
        for key in {(place.geo_level, place.geo_id), (place.geo_level, f"slug {place.place}")}:
            if key in seen:
                problems.add(where, f"{place.geo_level} stands twice", value=key[1])
            seen[key] = place.name
