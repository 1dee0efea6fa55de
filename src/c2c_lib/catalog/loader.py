"""Reads the catalog's data files into one immutable, cross-checked object."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from c2c_lib.catalog.extension import EXTENSION_FILE, extend, read_extension
from c2c_lib.catalog.models import (
    Dimension,
    Frame,
    Group,
    Indicator,
    LeftOut,
    Outcome,
    Place,
    Source,
)
from c2c_lib.errors import InputError, Problem, Problems, did_you_mean

__all__ = ["Catalog", "load_catalog", "shipped_catalog"]

Model = TypeVar("Model", bound=BaseModel)
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C where it is there: the catalog is read at every start."""
_PLACES: Final = {
    "places.csv": "",
    "tracts_2010.csv": "tract",
    "tracts.csv": "tract",
    "schools.csv": "school",
    "neighborhoods.csv": "neighborhood",
}
"""The files of places, and the one level that stands in each but the first."""
_PARENTS: Final = {"tract": "town", "school": "district", "neighborhood": "town"}
"""The level of the place in which a place of a level lies, and with which it ships."""
Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything the project knows about what is measured.

    Attributes
    ----------
    frames, outcomes, indicators, dimensions, sources : mapping of str to entry
        In the order of the data files, which is the order on a page.
    places : tuple of Place
        Every district, town, census tract and public school of Connecticut, the state, the
        neighborhoods that publishers have figures for, and the cities of the city-level
        sources.
    peer_groups : mapping of str to tuple of str
        Connecticut's District Reference Groups, as place slugs; the store that ships
        holds these places and the state.
    left_out : mapping of str to LeftOut
        What is not in the table, and why.
    """

    frames: Mapping[str, Frame]
    outcomes: Mapping[str, Outcome]
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    sources: Mapping[str, Source]
    places: tuple[Place, ...]
    peer_groups: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)

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
        """Return the slug of a place id at a level; a wrong id raises with the nearest ones.

        Examples
        --------
        >>> load_catalog().slug("district", "1030011")
        'norwalk'
        """
        try:
            return self._by_id[(level, geo_id)].place
        except KeyError:
            codes = sorted(code for at, code in self._by_id if at == level)
            raise _unknown(geo_id, codes, f"place code at level {level}") from None

    @cached_property
    def shipped(self) -> tuple[str, ...]:
        """Slugs of the places whose figures ship in the store."""
        members = {slug for group in self.peer_groups.values() for slug in group}
        return ("connecticut", *sorted(members))

    def ships(self, place: Place) -> bool:
        """Whether figures of a place ship; a tract or neighborhood when its town does.

        A school ships when its district does. A school that belongs to the state and to no
        district does not.

        Examples
        --------
        >>> catalog = load_catalog()
        >>> catalog.ships(catalog.place("bridgeport-tract-0701", "tract"))
        True
        >>> catalog.ships(catalog.place("greenwich", "town"))
        False
        >>> catalog.ships(catalog.place("norwalk-school-1036111", "school"))
        True
        """
        level = _PARENTS.get(place.geo_level)
        whole = self._by_id.get((level, place.parent)) if level else place
        return whole is not None and whole.place in self._shipped

    @cached_property
    def _shipped(self) -> frozenset[str]:
        return frozenset(self.shipped)

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], Place]:
        return {(p.place, p.geo_level): p for p in self.places}

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Place]:
        return {(p.geo_level, p.geo_id): p for p in self.places}


def load_catalog() -> Catalog:
    """Load the catalog that ships with the package, and what the store in use adds to it.

    The folder that ``C2C_STORE`` names may hold a ``catalog.yml`` with the sources,
    indicators and places of a partnership's own tables (`c2c_lib.catalog.extension`).

    Raises
    ------
    InputError
        If a file does not read, an entry does not fit its model or names something that does
        not exist; the error lists everything that is wrong in all files. (What an entry
        names is looked up once all entries fit.)

    Examples
    --------
    >>> load_catalog().indicator("graduation_4yr").unit
    'share'
    """
    named = os.environ.get("C2C_STORE")
    file = Path(named) / EXTENSION_FILE if named else None
    if file is None or not file.is_file():
        return shipped_catalog()
    written = file.stat()
    return _extended_catalog(file, written.st_mtime_ns, written.st_size)


@lru_cache(maxsize=1)
def shipped_catalog() -> Catalog:
    """Return the catalog that ships, without what a store of one's own adds to it."""
    return read_catalog(resources.files("c2c_lib.catalog") / "data")


@lru_cache(maxsize=2)
def _extended_catalog(file: Path, written: int, size: int) -> Catalog:  # noqa: ARG001
    """Extend the catalog once; time and size are asked for so that a new file is read again."""
    problems = Problems()
    extension = read_extension(file, problems)
    catalog = extend(shipped_catalog(), extension, file.name, problems)
    problems.raise_if_any()
    return catalog


def read_catalog(folder: Traversable) -> Catalog:
    """Read and cross-check a catalog from a folder of data files."""
    problems = Problems()
    outcomes = _yaml(folder / "outcomes.yml", ("frames", "outcomes"), problems)
    groups = _yaml(folder / "groups.yml", ("dimensions",), problems)
    indicators = _parts(folder, "indicators", problems)
    sources = _parts(folder, "sources", problems)
    left_out = _parts(folder, "left_out", problems)
    peers = _yaml(folder / "peer_groups.yml", ("peer_groups",), problems, dict)
    problems.raise_if_any()
    catalog = Catalog(
        frames=_entries("outcomes.yml", outcomes["frames"], Frame, problems),
        outcomes=_entries("outcomes.yml", outcomes["outcomes"], Outcome, problems),
        indicators=_merged(indicators, Indicator, problems),
        dimensions=_entries("groups.yml", groups["dimensions"], Dimension, problems),
        sources=_merged(sources, Source, problems),
        places=tuple(place for name in _PLACES for place in _places(folder / name, problems)),
        peer_groups={name: tuple(slugs) for name, slugs in peers["peer_groups"].items()},
        left_out=_merged(left_out, LeftOut, problems),
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


def _yaml(
    file: Traversable, keys: tuple[str, ...], problems: Problems, kind: type = list
) -> dict[str, Any]:
    """Return what stands under the keys of a file; note where it is not of its kind."""
    try:
        loaded = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 # safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problems.add(file.name, f"does not read as YAML: {_reason(error)}")
        return {}
    found = loaded if isinstance(loaded, dict) else {}
    for key in keys:
        if not isinstance(found.get(key), kind):
            problems.add(file.name, f"has no {kind.__name__} under the key", column=key)
    for key in sorted(found.keys() - set(keys), key=str):
        problems.add(
            file.name,
            "unknown key",
            value=key,
            allowed=", ".join(keys),
            remedy=did_you_mean(str(key), keys),
        )
    return found


def _parts(folder: Traversable, key: str, problems: Problems) -> dict[str, list[Any]]:
    """Return the entries of ``key.yml`` and of every ``key_*.yml``, by file in order of name."""
    names = [file.name for file in folder.iterdir() if file.name.endswith(".yml")]
    return {
        name: _yaml(folder / name, (key,), problems).get(key, [])
        for name in [f"{key}.yml", *sorted(n for n in names if n.startswith(f"{key}_"))]
    }


def _merged(
    parts: Mapping[str, list[Any]], model: type[Model], problems: Problems
) -> dict[str, Model]:
    """Return the entries of several files as one mapping; an id stands in one of them only."""
    found: dict[str, Model] = {}
    for name, entries in parts.items():
        for label, entry in _entries(name, entries, model, problems).items():
            if label in found:
                problems.add(f"{name}: {label}", "id stands twice", value=label)
            found[label] = entry
    return found


def _entries(
    name: str, entries: Iterable[Any], model: type[Model], problems: Problems
) -> dict[str, Model]:
    found: dict[str, Model] = {}
    for number, raw in enumerate(entries, start=1):
        label = raw.get("id", f"entry {number}") if isinstance(raw, dict) else f"entry {number}"
        try:
            entry = model.model_validate(raw)
        except ValidationError as error:
            _note(f"{name}: {label}", error, problems)
            continue
        if label in found:
            problems.add(f"{name}: {label}", "id stands twice", value=label)
        found[label] = entry
    return found


def _reason(error: Exception) -> str:
    """Return why a file does not read, without the machine's path to it."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _note(where: str, error: ValidationError, problems: Problems) -> None:
    """Note every way in which an entry does not fit its model."""
    for detail in error.errors():
        scalar = detail["type"] != "missing" and not isinstance(detail["input"], (dict, list))
        problems.add(
            where,
            detail["msg"].removeprefix("Value error, "),
            value=detail["input"] if scalar else "",
            column=".".join(str(part) for part in detail["loc"]),
        )


def _places(file: Traversable, problems: Problems) -> tuple[Place, ...]:
    columns = list(Place.model_fields)
    try:
        header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        problems.add(file.name, f"does not read as CSV with a header: {_reason(error)}")
        return ()
    if header != columns:
        problems.add(
            f"{file.name}:1", "header differs", value=",".join(header), allowed=",".join(columns)
        )
        return ()
    places = []
    for line, row in enumerate(rows, start=2):
        where = f"{file.name}:{line}"
        if len(row) != len(columns):
            problems.add(where, "row has another number of cells than the header", value=len(row))
            continue
        values: dict[str, Any] = dict(zip(columns, row, strict=True))
        for column in ("other_ids", "aliases"):
            values[column] = tuple(part for part in values[column].split("|") if part)
        try:
            places.append(Place.model_validate(values))
        except ValidationError as error:
            _note(where, error, problems)
    return tuple(places)


def _cross_check(catalog: Catalog, problems: Problems) -> None:
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
    for name, members in catalog.peer_groups.items():
        _known(f"peer_groups.yml: {name}", "", members, slugs, problems)
    _parents_known(catalog.places, problems)
    groups = {f"{d.id}/{g.id}" for d in catalog.dimensions.values() for g in d.groups}
    for dimension in catalog.dimensions.values():
        _groups_once(dimension, problems)
        where = f"groups.yml: {dimension.id}"
        own = {group.id for group in dimension.groups}
        for entry in dimension.sums:
            _known(where, "sums", entry.parts, own, problems)
            _known(where, "sums", [entry.whole], own | {"all"}, problems)
        for group in dimension.groups:
            _known(where, "union_of", group.union_of, groups, problems)
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
    parents: dict[str, set[str]] = {level: set() for level in _PARENTS}
    for place in places:
        codes.setdefault(place.geo_level, set()).add(place.geo_id)
        if place.geo_level in parents:
            parents[place.geo_level].add(place.parent)
    for level, file in {level: file for file, level in _PLACES.items()}.items():
        if level:
            # A school that no district runs is the state's.
            known = codes[_PARENTS[level]] | (codes["state"] if level == "school" else set())
            _known(file, "parent", sorted(parents[level]), known, problems)


def _places_once(places: Iterable[Place], problems: Problems) -> None:
    seen: set[tuple[str, str]] = set()
    files = {level: file for file, level in _PLACES.items()}
    for place in places:
        where = files.get(place.geo_level, "places.csv")
        for key in (place.geo_level, place.geo_id), (place.geo_level, f"slug {place.place}"):
            if key in seen:
                problems.add(where, f"{place.geo_level} stands twice", value=key[1])
            seen.add(key)
