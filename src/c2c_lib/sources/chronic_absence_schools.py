"""Chronic absenteeism by school, EdSight: rates without counts.

The state's rows stand both in exports of their own and, as ``State Level``, among the schools.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.chronic_absence import LAYOUT
from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import read_school_table

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_chronic_absence_schools"


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
        Observations of ``chronic_absence``, of schools and the state.
    """
    table = read_school_table(files, LAYOUT, names)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="chronic_absence")
