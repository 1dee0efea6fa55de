"""Babel extractors of what is shown but stands in no code: words of YAML files, notes of figures.

``c2c.cfg`` beside this file names them; it is a mapping as ``pybabel extract -F`` reads it.
"""

from __future__ import annotations

import typing
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

import yaml
from pydantic import BaseModel

from c2c_lib.catalog.models import (
    Dimension,
    Frame,
    Indicator,
    LeftOut,
    Localized,
    Outcome,
    Source,
    Topic,
)

__all__ = ["extract_notes", "extract_words", "words_of"]

Extracted: TypeAlias = Iterator[tuple[int, None, str, list[str]]]

_KEYS: Final[Mapping[str, type[BaseModel]]] = {
    "frames": Frame,
    "outcomes": Outcome,
    "topics": Topic,
    "indicators": Indicator,
    "dimensions": Dimension,
    "sources": Source,
    "left_out": LeftOut,
}
"""What stands in the list under each key of a catalog file."""
_PUBLISHED: Final = ("sources", "left_out")
"""The entries that name a publisher: a name, but offices have one in other languages too."""
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def extract_words(
    file: BinaryIO,
    keywords: Mapping[str, Any],  # noqa: ARG001 - Babel's signature
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Extracted:
    """Yield the English words of a file of the catalog, or of a city's parameters."""
    for words in words_of(yaml.load(file.read(), Loader=_Loader)):  # noqa: S506 - safe
        yield 1, None, words.en, []


def words_of(content: Any) -> Iterator[Localized]:
    """Yield every entry of words in the content of a YAML file, in order.

    A file of the catalog holds lists of entries, whose models say which of their values are
    words. A city's file holds words only where a mapping says in which language they are, or
    under the keys of its frame.

    Examples
    --------
    >>> [str(words) for words in words_of({"frames": [{"id": "x", "name": "Seven outcomes"}]})]
    ['Seven outcomes']
    >>> frame = {"id": "x", "intro": {"en": "Six outcomes."}, "sections": []}
    >>> [str(words) for words in words_of({"slug": "x", "name": "X", "frame": frame})]
    ['Six outcomes.']
    """
    if not isinstance(content, dict):
        return
    for key, value in content.items():
        if key in _KEYS and isinstance(value, list):
            for entry in value:
                yield from _of_model(entry, _KEYS[key])
                if key in _PUBLISHED and isinstance(entry, dict) and entry.get("publisher"):
                    yield Localized(en=entry["publisher"])
    frame = content.get("frame")
    if isinstance(frame, dict):
        yield from _of_value(frame.get("intro"), Localized)
        for section in frame.get("sections") or ():
            for name in ("name", "sentence"):
                yield from _of_value(section.get(name), Localized)


def _of_model(entry: Any, model: type[BaseModel]) -> Iterator[Localized]:
    if isinstance(entry, dict):
        for name, field in model.model_fields.items():
            yield from _of_value(entry.get(name), field.annotation)


def _of_value(value: Any, annotation: Any) -> Iterator[Localized]:
    """Yield the words in a value whose type its model declares."""
    if value is None:
        return
    parts = typing.get_args(annotation)
    if annotation is Localized:
        yield Localized.model_validate(value)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _of_model(value, annotation)
    elif isinstance(value, list):
        for item in value:
            for part in parts:
                yield from _of_value(item, part)
    else:
        for part in parts:
            yield from _of_value(value, part)


def extract_notes(
    file: BinaryIO,
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Extracted:
    """Yield every different note that stands beside a figure of a store."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - slow to import, and asked for here only

    notes = pq.read_table(Path(file.name), columns=["note"]).column("note")
    for note in sorted(set(notes.unique().to_pylist()) - {"", None}):
        yield 1, None, note, []
