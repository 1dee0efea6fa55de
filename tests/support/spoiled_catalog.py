"""Spoil a copy of the catalog's data, and read what is told about it."""

from pathlib import Path

import pytest

from c2c_lib.catalog.loader import read_catalog
from c2c_lib.errors import InputError


def spoil(file: Path, old: str, new: str) -> None:
    """Replace the first of some words in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder: Path) -> list[str]:
    """Return the problems of a catalog as an analyst reads them."""
    with pytest.raises(InputError) as raised:
        read_catalog(folder)
    assert str(folder) not in str(raised.value)
    return [str(problem) for problem in raised.value.problems]
