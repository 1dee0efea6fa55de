"""Smarter Balanced growth, EdSight: how far the same students came from one spring to the next.

Two figures stand in one row: the growth rate, which is the share of matched students who met
their own growth target, and the average percent of the target that they reached, which is no
share of students. All grades together; the exports of single grades are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import Labels, read_averages, read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names
from c2c_lib.sources.smarter_balanced import SUBJECTS
from c2c_lib.sources.smarter_balanced_groups import LABELS

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_growth"

_MOST: Final = 110.0
"""The state counts at most 110 percent of a student's target."""

LAYOUT: Final = Layout(
    title="Smarter Balanced Growth Report",
    columns={
        "Subject": "subject",
        "Number of Matched Students": "denominator",
        "Growth Rate": "rate",
        "Average Percentage of Target Achieved": "target",
    },
    required=("subject", "denominator", "rate", "target"),
)

_LABELS: Final[Labels] = {
    **LABELS,
    "economic_status": {
        **LABELS["economic_status"],
        "Eligible For Lunch": "free_or_reduced_meals",
    },
}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports; the period is the school year of the second test.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of all grades together (``all-grades-combined``), of districts or of the
        state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``growth_ela_target_met`` and ``growth_math_target_met`` (shares) and
        of ``growth_ela_rate`` and ``growth_math_rate`` (points of 100), with the matched
        students as denominator.
    """
    table = read_table(files, LAYOUT, names, _LABELS)
    for row in table.index[~table["subject"].isin(SUBJECTS)]:
        names.problems.add(
            table["where"][row],
            "unknown subject",
            value=table["subject"][row],
            column="Subject",
            allowed=", ".join(SUBJECTS),
        )
    table = table[table["subject"].isin(SUBJECTS)].reset_index(drop=True)
    subject = "growth_" + table["subject"].str.lower()
    met = read_figures(table.assign(indicator=subject + "_target_met"), LAYOUT, names.problems)
    reached = read_averages(
        table.assign(indicator=subject + "_rate"), LAYOUT, names.problems, "target", (0.0, _MOST)
    )
    return pd.concat([met, reached], ignore_index=True)
