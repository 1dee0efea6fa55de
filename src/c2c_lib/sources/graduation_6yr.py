"""Six-year cohort graduation rates, EdSight: the ninth-grade cohort, two years later.

As in the four-year rates, a hidden rate hides the counts beside it. The exports of students
who did not graduate (``nongrad``) lie in the same folder and are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_figures, read_table
from c2c_lib.sources.graduation import cohort_layout
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_graduation_6yr"

LAYOUT: Final = cohort_layout("Six-Year")


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports; the period is the school year of the cohort's fourth year.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of any cohorts and student groups, of districts or of the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``graduation_6yr`` with graduates and cohort.
    """
    table = read_table(files, LAYOUT, names)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="graduation_6yr")
