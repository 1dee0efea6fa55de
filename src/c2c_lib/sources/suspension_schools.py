"""Suspension rates by school, EdSight.

As by district (`c2c_lib.sources.suspension`): no title lines, and where meals, English
learners or special education are told apart, the one group only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import read_school_table
from c2c_lib.sources.suspension import LABELS, LAYOUT

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_suspension_schools"


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
        Observations of ``suspension`` with the number of students, each counted once.
    """
    table = read_school_table(files, LAYOUT, names, LABELS)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="suspension")
