"""College entrance and persistence by high school, EdSight.

Only the exports of all students print the school's code. Where two schools of one name were
put together, an export prints ``-200.0``: the sum of two marks for a hidden figure. It is
hidden here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.college import INDICATORS, LAYOUT
from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import read_school_table

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_college_schools"

NO_CODE: Final = frozenset(
    {
        ("0620011", "Hamden Transition Academy"),
        ("2440014", "A. C. E. S. Special Education Town Campus Learning Center"),
    }
)
"""Schools of 2006-07 that no list with codes has; their figures are hidden."""

_TWO_HIDDEN: Final = "-200.0"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of any years and student groups.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of schools, or of the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``postsecondary_entrance_1yr`` and ``postsecondary_persistence_year2``,
        without counts, of schools and the state.
    """
    table = read_school_table(files, LAYOUT, names, codeless=NO_CODE)
    rates = list(INDICATORS)
    table[rates] = table[rates].replace(_TWO_HIDDEN, "*")
    return pd.concat(
        [
            read_figures(table, LAYOUT, names.problems, rate).assign(indicator=indicator)
            for rate, indicator in INDICATORS.items()
        ],
        ignore_index=True,
    )
