"""Read the catalog's data files into one object, cross-checked."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from c2c_lib.catalog.catalog import Catalog
from c2c_lib.catalog.cross_check import cross_check
from c2c_lib.catalog.entry_files import merge_entries, read_entries, read_parts, read_yaml
from c2c_lib.catalog.extension import EXTENSION_FILE, extend, read_extension
from c2c_lib.catalog.models import Dimension, Frame, Indicator, LeftOut, Outcome, Source, Topic
from c2c_lib.catalog.place_files import PLACE_FILES, read_places
from c2c_lib.errors import Problems

__all__ = ["load_catalog", "read_catalog", "shipped_catalog"]


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
    outcomes = read_yaml(folder / "outcomes.yml", ("frames", "outcomes"), problems)
    groups = read_yaml(folder / "groups.yml", ("dimensions",), problems)
    indicators = read_parts(folder, "indicators", problems)
    sources = read_parts(folder, "sources", problems)
    left_out = read_parts(folder, "left_out", problems)
    peers = read_yaml(folder / "peer_groups.yml", ("peer_groups",), problems, dict)
    topics = read_yaml(folder / "topics.yml", ("topics",), problems)
    problems.raise_if_any()
    places = (place for name in PLACE_FILES for place in read_places(folder / name, problems))
    catalog = Catalog(
        frames=read_entries("outcomes.yml", outcomes["frames"], Frame, problems),
        outcomes=read_entries("outcomes.yml", outcomes["outcomes"], Outcome, problems),
        indicators=merge_entries(indicators, Indicator, problems),
        dimensions=read_entries("groups.yml", groups["dimensions"], Dimension, problems),
        sources=merge_entries(sources, Source, problems),
        places=tuple(places),
        peer_groups={name: tuple(slugs) for name, slugs in peers["peer_groups"].items()},
        left_out=merge_entries(left_out, LeftOut, problems),
        topics=read_entries("topics.yml", topics["topics"], Topic, problems),
    )
    problems.raise_if_any()
    cross_check(catalog, problems)
    problems.raise_if_any()
    return catalog
