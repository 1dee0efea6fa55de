"""From a partnership's own table and its mapping to a store, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.catalog.extension import (
    EXTENSION_FILE,
    Extension,
    extend,
    extension_text,
    merged,
    read_extension,
)
from c2c_lib.catalog.loader import shipped_catalog
from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.observations import (
    check_observations,
    load_observations,
    sort_observations,
    write_store,
)
from c2c_lib.observations.store import STORE_FILE, packaged_store
from c2c_lib.sources.changes import Changes, compare
from c2c_lib.sources.own_mapping import OwnMapping, read_mapping
from c2c_lib.sources.own_table import read_own_table
from c2c_lib.sources.resolve import resolve

__all__ = ["TableReport", "ingest_table"]


@dataclass(frozen=True)
class TableReport:
    """What the ingest of a table did.

    Attributes
    ----------
    store : Path or None
        The file that was written; None for a trial run.
    source : str
        Id of the table as a source.
    read, kept : int
        Figures in the table, and how many of them the store holds.
    duplicates : int
        Figures that a publisher's report gives too; the report wins.
    total : int
        Figures in the store.
    changes : Changes or None
        What differs from the store that was there; None if there was none.
    """

    store: Path | None
    source: str
    read: int
    kept: int
    duplicates: int
    total: int
    changes: Changes | None


def ingest_table(
    table: Path,
    mapping_file: Path,
    store: Path | None,
    *,
    merge: bool = False,
    dry_run: bool = False,
    catalog: Catalog | None = None,
) -> TableReport:
    """Read a partnership's own table and write it to a store of its own.

    Parameters
    ----------
    table : Path
        A long table, one figure per row.
    mapping_file : Path
        Says which column is what (`c2c_lib.sources.own_mapping`).
    store : Path or None
        Folder to write to, never the store that ships. Beside the figures it holds
        ``catalog.yml``: what the mapping declares.
    merge : bool
        Keep what the folder's store holds (the store that ships, if the folder has none)
        and add the table to it, in place of an earlier edition of the same table.
    dry_run : bool
        Read and check, but write nothing.
    catalog : Catalog, optional
        The catalog that ships.

    Raises
    ------
    InputError
        With everything that is wrong in the mapping and the table. The store stays as it was.
    """
    catalog = catalog or shipped_catalog()
    if store is not None and store.resolve() == packaged_store().resolve():
        raise InputError([_not_the_shipped_store(store)])
    problems = Problems()
    before = _before(store, merge=merge)
    standing = read_extension(store / EXTENSION_FILE, problems) if store and merge else Extension()
    mapping, wider = read_mapping(mapping_file, catalog, problems)
    if mapping is None:
        problems.raise_if_any()
        raise AssertionError("a mapping that does not fit is a problem")
    frame = read_own_table(table, mapping, wider, problems)
    problems.raise_if_any()
    extension = merged(standing, _giving(mapping, frame))
    whole = extend(catalog, extension, mapping_file.name, problems)
    problems.raise_if_any()
    rest = before[before["source"] != mapping.source.id] if merge and before is not None else None
    together = frame if rest is None else pd.concat([rest, frame], ignore_index=True)
    resolved = resolve(together, whole)
    checked = check_observations(sort_observations(resolved), where=table.name)
    kept = int((checked["source"] == mapping.source.id).sum())
    written = None
    if not dry_run and store is not None:
        text = extension_text(extension)
        written = write_store(checked, store, whole, beside={EXTENSION_FILE: text})
    return TableReport(
        store=written,
        source=mapping.source.id,
        read=len(frame),
        kept=kept,
        duplicates=len(frame) - kept,
        total=len(checked),
        changes=None if before is None else compare(before, checked),
    )


def _giving(mapping: OwnMapping, frame: pd.DataFrame) -> Extension:
    """Return what the mapping declares, with the indicators that the table has figures for."""
    source = mapping.source.model_copy(update={"gives": tuple(sorted(set(frame["indicator"])))})
    return mapping.extension.model_copy(update={"sources": (source,)})


def _before(store: Path | None, *, merge: bool) -> pd.DataFrame | None:
    if store is not None and (store / STORE_FILE).is_file():
        return load_observations(store)
    return load_observations(packaged_store()) if merge else None


def _not_the_shipped_store(store: Path) -> Problem:
    return Problem(
        where="--store",
        what="a table of one's own is not written into the store that ships",
        value=store.name,
        allowed="a folder of its own",
        remedy="Name one with --store; --merge fills it with the figures that ship first.",
    )
