"""Chronic absenteeism as CTData tabulates it: state rows and grades that EdSight's lack.

The tables give percents only, no counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.ctdata_table import LAYOUT, read_ctdata_table
from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "ctdata_chronic_absence"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the tables; a year such as 2011-2012 becomes the school year 2011-12.

    Parameters
    ----------
    files : sequence of RawFile
        One table per dimension, each with all years, districts and the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``chronic_absence``, without counts.
    """
    table = read_ctdata_table(
        files, names, variable="Chronically Absent Students", measure="Percent"
    )
    figures = read_figures(table, LAYOUT, names.problems, rate="value")
    return figures.assign(indicator="chronic_absence")
