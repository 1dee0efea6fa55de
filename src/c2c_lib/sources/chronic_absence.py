"""Chronic absenteeism, EdSight: students who missed a tenth or more of their days.

From 2017-18 on some exports print the number of students beside the percent. The number it
is out of is not printed, and is not worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_chronic_absence"

LAYOUT: Final = Layout(
    title="Chronic Absenteeism",
    columns={
        "% Chronically Absent": "rate",
        "Student Count %": "rate",
        "Student Count": "numerator",
    },
    required=("rate",),
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of any school years and student groups.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of districts or of the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``chronic_absence``.
    """
    table = read_table(files, LAYOUT, names)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="chronic_absence")
