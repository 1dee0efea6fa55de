"""Reads ``params/*.yml`` strictly: everything that is wrong, with line and remedy."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError, Problem, Problems, did_you_mean
from c2c_lib.params.model import LANGUAGES, City
from c2c_lib.paths import project_root

__all__ = ["load_cities", "load_city", "read_city"]

At = Callable[[tuple[Any, ...]], str]

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


def load_cities(folder: Path | None = None) -> dict[str, City]:
    """Load every city of the params folder, by slug in alphabetical order.

    Raises
    ------
    InputError
        With all problems of all files.
    """
    folder = folder or project_root() / "params"
    problems = Problems()
    cities: dict[str, City] = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            cities[file.stem] = read_city(file)
        except InputError as error:
            problems.extend(error.problems)
    problems.raise_if_any()
    return cities


def load_city(slug: str, folder: Path | None = None) -> City:
    """Load one city by its slug.

    Raises
    ------
    InputError
        If there is no such file ("did you mean"), or if it does not fit.

    Examples
    --------
    >>> load_city("norwalk").partnership.name
    'Norwalk ACTS'
    """
    folder = folder or project_root() / "params"
    file = folder / f"{slug}.yml"
    if not file.is_file():
        known = sorted(path.stem for path in folder.glob("*.yml"))
        near = did_you_mean(slug, known)
        raise InputError(
            [
                Problem(
                    where="params",
                    what="unknown city",
                    value=slug,
                    allowed=", ".join(known),
                    remedy=near or f"`c2c new-city {slug}` writes a file for a new city.",
                )
            ]
        )
    return read_city(file)


def read_city(file: Path, catalog: Catalog | None = None) -> City:
    """Read and check one city file.

    Raises
    ------
    InputError
        With every unknown key, wrong type, unknown id and wrong code in the file, each with
        its line, the wrong value, what is allowed and the nearest right word.
    """
    catalog = catalog or load_catalog()
    where = f"{file.parent.name}/{file.name}"
    problems = Problems()
    try:
        text = file.read_text(encoding="utf-8")
        raw = yaml.safe_load(text)
        lines = _line_numbers(yaml.compose(text))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.add(where, f"is not readable as YAML: {error}")
        problems.raise_if_any()
    if not isinstance(raw, dict):
        problems.add(where, "is empty or not a list of keys", remedy="See the other city files.")
        problems.raise_if_any()

    def at(path: tuple[Any, ...]) -> str:
        while path and path not in lines:
            path = path[:-1]
        return f"{where}:{lines[path]}" if path else where

    if raw.get("slug") != file.stem:
        problems.add(
            at(("slug",)),
            "slug is not the name of the file",
            value=raw.get("slug", ""),
            column="slug",
            allowed=file.stem,
        )
    _check_against_catalog(raw, catalog, problems, at)
    try:
        city = City.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            _add_schema_problem(problems, detail, at)
    problems.raise_if_any()
    return city


def _add_schema_problem(problems: Problems, detail: Any, at: At) -> None:
    path = tuple(detail["loc"])
    column = ".".join(str(part) for part in path)
    if detail["type"] == "extra_forbidden":
        allowed = _keys_at(path[:-1])
        problems.add(
            at(path),
            "unknown key",
            value=path[-1],
            column=column,
            allowed=", ".join(allowed),
            remedy=did_you_mean(str(path[-1]), allowed),
        )
        return
    value = "" if detail["type"] == "missing" else detail["input"]
    problems.add(at(path), detail["msg"], value=value, column=column)


def _keys_at(path: tuple[Any, ...]) -> list[str]:
    """Return the keys that the schema allows at a path."""
    model: Any = City
    for part in path:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        if field is None:
            return []
        options = [field.annotation, *typing.get_args(field.annotation)]
        nested = [o for o in options if isinstance(o, type) and issubclass(o, BaseModel)]
        if not nested:
            return []
        model = nested[0]
    return list(model.model_fields)


def _check_against_catalog(
    raw: dict[str, Any], catalog: Catalog, problems: Problems, at: At
) -> None:
    """Check every id of the file as it stands, also where the schema finds other faults."""
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
        ("languages",): LANGUAGES,
    }
    for keys, known in allowed.items():
        options = list(known)
        for path, value in _strings(raw, keys):
            if value not in options:
                problems.add(
                    at(path),
                    f"unknown {_SINGULAR[keys[-1]]}",
                    value=value,
                    column=".".join(map(str, path)),
                    allowed=", ".join(options),
                    remedy=did_you_mean(value, options),
                )
    slug = raw.get("slug")
    if slug not in slugs:
        return
    for level in ("district", "town", "city"):
        for path, code in _strings(raw, ("places", level)):
            right = [p.geo_id for p in catalog.places if (p.place, p.geo_level) == (slug, level)]
            if code not in right:
                problems.add(
                    at(path),
                    f"is not the {level} code of {slug}",
                    value=code,
                    column=f"places.{level}",
                    allowed=", ".join(right) or "no code: leave it out",
                )


def _strings(
    raw: Any, keys: tuple[str, ...], path: tuple[Any, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield the strings that stand under some keys, through lists, with their paths."""
    if isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _strings(item, keys, (*path, index))
    elif isinstance(raw, dict) and keys and keys[0] in raw:
        yield from _strings(raw[keys[0]], keys[1:], (*path, keys[0]))
    elif isinstance(raw, str) and not keys:
        yield path, raw


def _line_numbers(node: yaml.Node | None, path: tuple[Any, ...] = ()) -> dict[Any, int]:
    """Return the line of every key and list item of a YAML document, by path."""
    found = {path: node.start_mark.line + 1} if node and path else {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found |= _line_numbers(value, (*path, key.value))
            found[(*path, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            found |= _line_numbers(value, (*path, index))
    return found
