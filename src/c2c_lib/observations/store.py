"""The store that ships with the package: one Parquet file and its descriptor."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError, Problem
from c2c_lib.observations.check import check_observations
from c2c_lib.observations.datapackage import describe
from c2c_lib.observations.schema import sort_observations

__all__ = ["STORE_FILE", "load_observations", "packaged_store", "store_folder", "write_store"]

STORE_FILE: Final = "observations.parquet"
DESCRIPTOR_FILE: Final = "datapackage.json"


def packaged_store() -> Path:
    """Return the folder of the store that ships with the package."""
    return Path(str(resources.files("c2c_lib.observations") / "data"))


def store_folder() -> Path:
    """Return the folder of the store: ``C2C_STORE`` if set, else the packaged one."""
    named = os.environ.get("C2C_STORE")
    return Path(named) if named else packaged_store()


def load_observations(folder: Path | None = None) -> pd.DataFrame:
    """Load the tidy table.

    Parameters
    ----------
    folder : Path, optional
        A store written by `write_store`; default is the one that ships.

    Returns
    -------
    DataFrame
        A fresh copy with the columns of `c2c_lib.observations.COLUMNS`, sorted.

    Raises
    ------
    InputError
        If there is no store in the folder, or it does not read.

    Examples
    --------
    >>> from c2c_lib.observations import STATUSES
    >>> frame = load_observations()
    >>> set(frame["status"]) <= set(STATUSES)
    True
    """
    file = ((folder or store_folder()) / STORE_FILE).resolve()
    try:
        written = file.stat()
        return _read(file, written.st_mtime_ns, written.st_size).copy()
    except (OSError, pa.ArrowException) as error:
        raise InputError(
            [
                Problem(
                    where=STORE_FILE,
                    what="the store does not read",
                    value=(isinstance(error, OSError) and error.strerror) or type(error).__name__,
                    remedy="Write it with `c2c ingest`; C2C_STORE, if set, must name its folder.",
                )
            ]
        ) from error


@lru_cache(maxsize=4)
def _read(file: Path, written: int, size: int) -> pd.DataFrame:  # noqa: ARG001
    """Read a store once; time and size are asked for so that a new one is read again."""
    return sort_observations(pq.read_table(file).to_pandas())


def write_store(
    frame: pd.DataFrame,
    folder: Path,
    catalog: Catalog | None = None,
    *,
    beside: Mapping[str, str] | None = None,
) -> Path:
    """Check the table, then write it and its descriptor together, or nothing at all.

    The bytes depend only on the table, so that the same exports give the same file.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    folder : Path
        Made if it is missing.
    catalog : Catalog, optional
        Names the publishers; default is the one that ships.
    beside : mapping of str to str, optional
        Names and texts of further files that belong to the table.

    Returns
    -------
    Path
        The Parquet file.

    Raises
    ------
    InputError
        If the table does not fit the schema; nothing is written then.
    OSError
        If the folder cannot be written to; the store that was there stays as it was.
    """
    frame = check_observations(sort_observations(frame))
    folder.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as temporary:
        parquet = Path(temporary) / STORE_FILE
        pq.write_table(table, parquet, compression="zstd", compression_level=19)
        descriptor = Path(temporary) / DESCRIPTOR_FILE
        named = describe(frame, parquet, catalog or load_catalog())
        descriptor.write_text(named, encoding="utf-8")
        further = [Path(temporary) / name for name in beside or {}]
        for file in further:
            file.write_text((beside or {})[file.name], encoding="utf-8")
        _replace_together([parquet, descriptor, *further], folder)
    return folder / STORE_FILE


def _replace_together(files: Sequence[Path], folder: Path) -> None:
    """Move files into a folder; if one move fails, bring back what stood there before."""
    before = {file.name: _content(folder / file.name) for file in files}
    try:
        for file in files:
            file.replace(folder / file.name)
    except OSError:
        for name, content in before.items():
            if content is None:
                (folder / name).unlink(missing_ok=True)
            elif _content(folder / name) != content:
                (folder / name).write_bytes(content)
        raise


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
