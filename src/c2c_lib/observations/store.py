"""The store that ships with the package: one Parquet file and its descriptor."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from c2c_lib.catalog import load_catalog
from c2c_lib.observations.datapackage import describe
from c2c_lib.observations.schema import check_observations, sort_observations

__all__ = ["STORE_FILE", "load_observations", "store_folder", "write_store"]

STORE_FILE: Final = "observations.parquet"
DESCRIPTOR_FILE: Final = "datapackage.json"


def store_folder() -> Path:
    """Return the folder of the store: ``C2C_STORE`` if set, else the packaged one."""
    named = os.environ.get("C2C_STORE")
    return Path(named) if named else Path(str(resources.files("c2c_lib.observations") / "data"))


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

    Examples
    --------
    >>> frame = load_observations()
    >>> set(frame["status"]) <= {"published", "suppressed_by_source", "too_weak"}
    True
    """
    return _read((folder or store_folder()) / STORE_FILE).copy()


@lru_cache(maxsize=4)
def _read(file: Path) -> pd.DataFrame:
    frame = pq.read_table(file).to_pandas()
    return sort_observations(frame)


def write_store(frame: pd.DataFrame, folder: Path) -> Path:
    """Check the table, then write it and its descriptor together, or nothing at all.

    The bytes depend only on the table, so that the same exports give the same file.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations.
    folder : Path
        Made if it is missing.

    Returns
    -------
    Path
        The Parquet file.

    Raises
    ------
    InputError
        If the table does not fit the schema; nothing is written then.
    """
    frame = check_observations(sort_observations(frame))
    folder.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as temporary:
        parquet = Path(temporary) / STORE_FILE
        pq.write_table(table, parquet, compression="zstd", compression_level=19)
        descriptor = Path(temporary) / DESCRIPTOR_FILE
        descriptor.write_text(describe(frame, parquet, load_catalog()), encoding="utf-8")
        parquet.replace(folder / STORE_FILE)
        descriptor.replace(folder / DESCRIPTOR_FILE)
    _read.cache_clear()
    return folder / STORE_FILE
