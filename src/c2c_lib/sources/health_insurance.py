"""Children without health insurance (ACS table B27001).

The table's ages moved: windows that end in 2016 or before count children under 18, those from
2017 on young people under 19. A file whose lines carry other ages than its window is expected
to have is noted and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.acs_factfinder import TableShare, five_years, read_tables
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import observations

__all__ = ["SOURCE", "read"]

SOURCE: Final = "acs_health_insurance"
TABLE: Final = "B27001"

_INDICATOR: Final = "children_uninsured"
_FIRST_LINES: Final = {"Male": 3, "Female": 31}
_NO_INSURANCE: Final = "No health insurance coverage"
_BANDS: Final = {"under_18": "6 to 17 years", "under_19": "6 to 18 years"}
_UNDER_19_SINCE: Final = "2013-2017"


def _lines(older: str) -> dict[int, tuple[str, ...]]:
    """Return the expected labels, given how the table calls its second band of ages."""
    return {
        first + 3 * band + line: (sex, age, *rest)
        for sex, first in _FIRST_LINES.items()
        for band, age in enumerate(("Under 6 years", older))
        for line, rest in ((0, ()), (2, (_NO_INSURANCE,)))
    }


_LINES: Final = {name: _lines(older) for name, older in _BANDS.items()}
_MALE: Final = TableShare(_INDICATOR, "gender", "male", (5, 8), (3, 6))
_FEMALE: Final = TableShare(_INDICATOR, "gender", "female", (33, 36), (31, 34))
_SHARES: Final = (
    TableShare(_INDICATOR, "all", "all", (5, 8, 33, 36), (3, 6, 31, 34)),
    _MALE,
    _FEMALE,
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read every window of table B27001: all children, and by gender.

    Parameters
    ----------
    files : sequence of RawFile
        Files named ``ACS_19_5YR_B27001_with_ann.csv`` (the five years that end in 2019).
    names : Names
        Resolves towns by name and code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    frames = []
    for file in files:
        period = five_years(file, names)
        if period is not None:
            lines = _LINES["under_19" if period >= _UNDER_19_SINCE else "under_18"]
            frames.append(read_tables([file], TABLE, lines, _SHARES, names))
    return pd.concat(frames, ignore_index=True) if frames else observations([])
