"""Children in families without a married couple (ACS table B09002).

The table counts the householder's own children under 18, in married-couple families and in
families of a householder without a spouse. An unmarried partner may live in the second kind;
children who live with grandparents or foster parents are in neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.acs_factfinder import TableShare, read_tables
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "acs_family_type"
TABLE: Final = "B09002"

_LINES: Final[dict[int, tuple[str, ...]]] = {
    1: (),
    2: ("In married-couple families",),
    8: ("In other families",),
}
_SHARES: Final = (TableShare("children_single_parent", "all", "all", (8,), 1),)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read every window of table B09002.

    Parameters
    ----------
    files : sequence of RawFile
        Files named ``ACS_20_5YR_B09002_with_ann.csv`` (the five years that end in 2020).
    names : Names
        Resolves towns by name and code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    return read_tables(files, TABLE, _LINES, _SHARES, names)
