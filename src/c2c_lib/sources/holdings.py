"""What the raw exports hold against what the store holds, with every row accounted for."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final

import openpyxl
import pandas as pd
import pyarrow.parquet as pq

from c2c_lib.catalog import Catalog
from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.observations import KEY
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.sources.ingest import read_raw
from c2c_lib.sources.resolve import resolve

__all__ = ["Account", "FileAccount", "Holdings", "account", "holdings"]

_TEXT: Final = {".csv", ".txt", ".tsv"}


@dataclass(frozen=True)
class Account:
    """What became of the figures of one report. The parts add up to `read`.

    Attributes
    ----------
    source : str
        Id of the report.
    files, rows : int
        Its files, and the rows in them: titles and headings too. A row may hold many figures
        or none, so the rows do not add up to the figures. A file that two reports read
        counts in both.
    read : int
        Figures read, of all places.
    repeated : int
        The same figure with the same value once more in the same report.
    superseded : int
        Another report comes first for the figure.
    elsewhere : int
        Figures of places that do not ship.
    withheld : int
        Figures that the publisher does not let others pass on.
    kept : int
        What the store holds.
    """

    source: str
    files: int = 0
    rows: int = 0
    read: int = 0
    repeated: int = 0
    superseded: int = 0
    elsewhere: int = 0
    withheld: int = 0
    kept: int = 0


@dataclass(frozen=True)
class FileAccount:
    """Files that an entry of the catalog leaves out, whole or in part.

    Attributes
    ----------
    left_out : str
        Id of the entry that says why.
    files, rows : int
        Files that no report reads, and the rows in them.
    partly : int
        Files that a report reads, though not for this.
    """

    left_out: str
    files: int
    rows: int
    partly: int


@dataclass(frozen=True)
class Holdings:
    """Every file of a raw folder and every figure in it, accounted for.

    Attributes
    ----------
    reports : tuple of Account
        One per source of the catalog, in its order.
    left_out : tuple of FileAccount
        Files that are left out with a reason.
    unexplained : tuple of str
        Files that are neither read nor left out with a reason.
    """

    reports: tuple[Account, ...]
    left_out: tuple[FileAccount, ...]
    unexplained: tuple[str, ...]

    @property
    def total(self) -> Account:
        """All reports together."""
        columns = list(zip(*(astuple(report)[1:] for report in self.reports), strict=True))
        return Account("all", *(sum(column) for column in columns))

    def table(self) -> pd.DataFrame:
        """Return one row per report, and one with the sums."""
        names = [field.name for field in fields(Account)]
        return pd.DataFrame([astuple(r) for r in (*self.reports, self.total)], columns=names)


def holdings(raw: Path, catalog: Catalog) -> Holdings:
    """Take stock of a folder of raw exports.

    Parameters
    ----------
    raw : Path
        Folder of publishers' exports as they are.
    catalog : Catalog
        Says who reads what, what is left out, and which places ship.

    Raises
    ------
    InputError
        With everything that is wrong in the files, as an ingest would say it.
    """
    if not raw.is_dir():
        raise InputError(
            [Problem(raw.name, "the raw folder does not exist", remedy="Name it with --raw.")]
        )
    problems = Problems()
    frame = read_raw(raw, catalog, problems)
    problems.raise_if_any()
    files = {path for path in raw.rglob("*") if path.is_file()}
    sizes = {path: _rows(path) for path in sorted(files)}
    read_by = {s.id: _matching(raw, s.files) for s in catalog.sources.values()}
    reports = tuple(
        Account(
            **{
                **vars(found),
                "files": len(read_by[found.source]),
                "rows": sum(sizes[path] for path in read_by[found.source]),
            }
        )
        for found in account(frame, catalog)
    )
    taken = {path for paths in read_by.values() for path in paths}
    why = {entry.id: _matching(raw, entry.files) for entry in catalog.left_out.values()}
    named = {path for paths in why.values() for path in paths}
    return Holdings(
        reports=reports,
        left_out=tuple(
            FileAccount(
                left_out=name,
                files=len(paths - taken),
                rows=sum(sizes[path] for path in paths - taken),
                partly=len(paths & taken),
            )
            for name, paths in why.items()
            if paths
        ),
        unexplained=tuple(sorted(p.relative_to(raw).as_posix() for p in files - taken - named)),
    )


def account(frame: pd.DataFrame, catalog: Catalog) -> tuple[Account, ...]:
    """Return what becomes of every figure that was read, by source.

    Parameters
    ----------
    frame : DataFrame
        Figures of all reports and places, with ``source``, as `read_raw` returns them.
    catalog : Catalog
        Says which report comes first, which places ship and what may be passed on.

    Returns
    -------
    tuple of Account
        In the order of the catalog's sources; files and rows are not known here.

    Raises
    ------
    InputError
        If a report contradicts itself (`resolve`).
    """
    same = [*KEY, "source", "status", *VALUE_COLUMNS]
    once = frame.drop_duplicates([column for column in same if column in frame])
    resolved = resolve(frame, catalog)
    ids = {(p.geo_level, p.geo_id) for p in catalog.places if catalog.ships(p)}
    here = pd.Series(
        [key in ids for key in zip(resolved["geo_level"], resolved["geo_id"], strict=True)],
        index=resolved.index,
        dtype=bool,
    )
    counts = {
        "read": Counter(frame["source"]),
        "once": Counter(once["source"]),
        "resolved": Counter(resolved["source"]),
        "here": Counter(resolved.loc[here, "source"]),
    }
    return tuple(
        Account(
            source=source.id,
            read=counts["read"][source.id],
            repeated=counts["read"][source.id] - counts["once"][source.id],
            superseded=counts["once"][source.id] - counts["resolved"][source.id],
            elsewhere=counts["resolved"][source.id] - counts["here"][source.id],
            withheld=0 if source.redistributable else counts["here"][source.id],
            kept=counts["here"][source.id] if source.redistributable else 0,
        )
        for source in catalog.sources.values()
    )


def _matching(raw: Path, patterns: Iterable[str]) -> set[Path]:
    return {path for pattern in patterns for path in raw.glob(pattern) if path.is_file()}


def _rows(path: Path) -> int:
    """Return the rows of a table in a file; 0 for what is no table."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    kind = suffixes[-2] if packed and len(suffixes) > 1 else "".join(suffixes[-1:])
    if kind in _TEXT:
        opened = gzip.open if packed else open
        with opened(path, "rt", encoding="utf-8", errors="replace") as stream:
            return sum(1 for line in stream if line.strip())
    if kind == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    if kind == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        try:
            return sum(sheet.max_row or 0 for sheet in book.worksheets)
        finally:
            book.close()
    return 0
