"""Young people of 16 to 19 who are neither in school nor at work (ACS table B14005).

Not enrolled in school, and unemployed or not in the labor force, whether or not they
finished high school. Enrolled young people never count, and neither do those at work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.acs_factfinder import TableShare, read_tables
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "acs_youth"
TABLE: Final = "B14005"

_INDICATOR: Final = "youth_16_19_not_enrolled_not_working"
_MALE: Final = (10, 11, 14, 15)
_FEMALE: Final = (24, 25, 28, 29)
_PATHS: Final = (
    ("High school graduate", "Unemployed"),
    ("High school graduate", "Not in labor force"),
    ("Not high school graduate", "Unemployed"),
    ("Not high school graduate", "Not in labor force"),
)
_LINES: Final[dict[int, tuple[str, ...]]] = {
    1: (),
    2: ("Male",),
    16: ("Female",),
    **{
        line: (sex, "Not enrolled in school", *path)
        for sex, numbers in (("Male", _MALE), ("Female", _FEMALE))
        for line, path in zip(numbers, _PATHS, strict=True)
    },
}
_SHARES: Final = (
    TableShare(_INDICATOR, "all", "all", (*_MALE, *_FEMALE), 1),
    TableShare(_INDICATOR, "gender", "male", _MALE, 2),
    TableShare(_INDICATOR, "gender", "female", _FEMALE, 16),
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read every window of table B14005: all young people, and by gender.

    Parameters
    ----------
    files : sequence of RawFile
        Files named ``ACS_20_5YR_B14005_with_ann.csv`` (the five years that end in 2020).
    names : Names
        Resolves towns by name and code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    return read_tables(files, TABLE, _LINES, _SHARES, names)
