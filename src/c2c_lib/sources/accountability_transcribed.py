"""Next Generation Accountability results of earlier years: the state and the four cities.

The file of 16 rows was copied by hand from the state's table of all years and checked by
adding up the points of every row. It has the columns of the state's own file, so it is read
by the same code; it is a source of its own, so that every figure says where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.accountability import read_accountability
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "csde_accountability_transcribed"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the transcribed results.

    Parameters
    ----------
    files : sequence of RawFile
        With the columns of the state's file and plain codes.
    names : Names
        Resolves districts by name and code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    return read_accountability(files, names)
