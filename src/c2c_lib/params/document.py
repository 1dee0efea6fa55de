"""A YAML file with the line and the spelling of everything that stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from c2c_lib.errors import Problems

__all__ = ["Document", "KeyPath", "read_document"]

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same as the safe loader, ten times as fast, where libyaml is there."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to one value."""


@dataclass
class Document:
    """One YAML file.

    Attributes
    ----------
    where : str
        Its folder and name.
    content : dict
        What it says.
    lines : dict of KeyPath to int
        The line of every key and list item, from 1.
    texts : dict of KeyPath to str
        Every single value as it is spelled, before YAML makes a number of it.
    """

    where: str
    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    texts: dict[KeyPath, str] = field(default_factory=dict)

    def at(self, path: KeyPath) -> str:
        """Return file and line of a value, or of the nearest key above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.where}:{self.lines[path]}" if path else self.where


def read_document(file: Path, problems: Problems) -> Document:
    """Read a YAML file; note that it does not read, or that a key stands twice.

    Raises
    ------
    InputError
        With all that was noted, if there is no content to go on with.
    """
    document = Document((Path(file.parent.name) / file.name).as_posix())
    try:
        text = file.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=_Loader)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except OSError as error:
        problems.add(document.where, f"does not read: {error.strerror}")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.add(document.where, f"is not readable as YAML: {error}")
    else:
        if isinstance(content, dict):
            document.content = content
            _walk(node, (), document, problems)
        else:
            problems.add(
                document.where,
                "is empty or not a list of keys",
                remedy="See the other city files.",
            )
    if not document.content:
        problems.raise_if_any()
    return document


def _walk(node: yaml.Node | None, path: KeyPath, document: Document, problems: Problems) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            below = (*path, str(key.value))
            if key.value in seen:
                problems.add(
                    f"{document.where}:{key.start_mark.line + 1}",
                    "key stands twice",
                    value=key.value,
                    remedy="Keep one of the two.",
                )
            seen.add(key.value)
            document.lines[below] = key.start_mark.line + 1
            _walk(value, below, document, problems)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            document.lines[(*path, index)] = value.start_mark.line + 1
            _walk(value, (*path, index), document, problems)
    elif isinstance(node, yaml.ScalarNode):
        document.texts[path] = str(node.value)
