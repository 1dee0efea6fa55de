"""Read the catalog's YAML files into checked entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from c2c_lib.errors import Problems, did_you_mean

__all__ = ["merge_entries", "note_misfit", "read_entries", "read_parts", "read_yaml", "reason_of"]

Model = TypeVar("Model", bound=BaseModel)
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C where it is there: the catalog is read at every start."""


def read_yaml(
    file: Traversable, keys: tuple[str, ...], problems: Problems, kind: type = list
) -> dict[str, Any]:
    """Return what stands under the keys of a file; note where it is not of its kind."""
    try:
        loaded = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 # safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problems.add(file.name, f"does not read as YAML: {reason_of(error)}")
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


def read_parts(folder: Traversable, key: str, problems: Problems) -> dict[str, list[Any]]:
    """Return the entries of ``key.yml`` and of every ``key_*.yml``, by file in order of name."""
    names = [file.name for file in folder.iterdir() if file.name.endswith(".yml")]
    return {
        name: read_yaml(folder / name, (key,), problems).get(key, [])
        for name in [f"{key}.yml", *sorted(n for n in names if n.startswith(f"{key}_"))]
    }


def merge_entries(
    parts: Mapping[str, list[Any]], model: type[Model], problems: Problems
) -> dict[str, Model]:
    """Return the entries of several files as one mapping; an id stands in one of them only."""
    found: dict[str, Model] = {}
    for name, entries in parts.items():
        for label, entry in read_entries(name, entries, model, problems).items():
            if label in found:
                problems.add(f"{name}: {label}", "id stands twice", value=label)
            found[label] = entry
    return found


def read_entries(
    name: str, entries: Iterable[Any], model: type[Model], problems: Problems
) -> dict[str, Model]:
    """Return the entries of one file by id; note every one that does not fit its model."""
    found: dict[str, Model] = {}
    for number, raw in enumerate(entries, start=1):
        label = raw.get("id", f"entry {number}") if isinstance(raw, dict) else f"entry {number}"
        try:
            entry = model.model_validate(raw)
        except ValidationError as error:
            note_misfit(f"{name}: {label}", error, problems)
            continue
        if label in found:
            problems.add(f"{name}: {label}", "id stands twice", value=label)
        found[label] = entry
    return found


def reason_of(error: Exception) -> str:
    """Return why a file does not read, without the machine's path to it."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def note_misfit(where: str, error: ValidationError, problems: Problems) -> None:
    """Note every way in which an entry does not fit its model."""
    for detail in error.errors():
        scalar = detail["type"] != "missing" and not isinstance(detail["input"], (dict, list))
        problems.add(
            where,
            detail["msg"].removeprefix("Value error, "),
            value=detail["input"] if scalar else "",
            column=".".join(str(part) for part in detail["loc"]),
        )
