"""Adults of 25 and older by highest degree (ACS table B15002).

Two shares: a bachelor's degree or higher, and an associate's degree or higher; of all adults,
and of men and of women.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.acs_factfinder import TableShare, read_tables
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "acs_attainment"
TABLE: Final = "B15002"

_DEGREES: Final = (
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Professional school degree",
    "Doctorate degree",
)
_MALE: Final = tuple(range(14, 19))
_FEMALE: Final = tuple(range(31, 36))
_LINES: Final[dict[int, tuple[str, ...]]] = {
    1: (),
    2: ("Male",),
    19: ("Female",),
    **{
        line: (sex, degree)
        for sex, numbers in (("Male", _MALE), ("Female", _FEMALE))
        for line, degree in zip(numbers, _DEGREES, strict=True)
    },
}
_SHARES: Final = tuple(
    share
    for indicator, first in (("adults_associates", 0), ("adults_bachelors", 1))
    for share in (
        TableShare(indicator, "all", "all", (*_MALE[first:], *_FEMALE[first:]), 1),
        TableShare(indicator, "gender", "male", _MALE[first:], 2),
        TableShare(indicator, "gender", "female", _FEMALE[first:], 19),
    )
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read every window of table B15002: all adults of 25 and older, and by gender.

    Parameters
    ----------
    files : sequence of RawFile
        Files named ``ACS_20_5YR_B15002_with_ann.csv`` (the five years that end in 2020).
    names : Names
        Resolves towns by name and code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    return read_tables(files, TABLE, _LINES, _SHARES, names)
