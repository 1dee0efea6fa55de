"""Suspension rates, EdSight: students with at least one suspension or expulsion.

The export has no title lines: the school year stands in the file's name. Where it tells
meals, English learners or special education apart it prints the one group only.
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

SOURCE: Final = "edsight_suspension"

LAYOUT: Final = Layout(
    title="",
    columns={"Count": "numerator", "Count %": "rate"},
    required=("numerator", "rate"),
)
# The export prints the name of the column where the name of the group belongs.
LABELS: Final = {"english_learner": {"English Learner Status": "english_learner"}}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of any school years and student groups, or of grades.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of districts, or of the state (their names end in ``_ct.csv``).
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``suspension`` with the number of students, each counted once.
    """
    table = read_table(files, LAYOUT, names, LABELS)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="suspension")
