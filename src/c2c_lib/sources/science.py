"""CMT and CAPT science, EdSight: students at or above goal in grades 5, 8 and 10.

The last results of the old science tests (2015-16). As in the SAT exports, meals are told
apart twice, and what one of the two exports hides stays hidden (`c2c_lib.sources.meals`).
There is no export of all students of the state by grade; the figure is not worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.meals import hide_what_meals_give_away
from c2c_lib.sources.names import Names
from c2c_lib.sources.sat import MEALS
from c2c_lib.sources.school_subjects import figures_by_subject

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_science"

_SCIENCE: Final = "Science"
INDICATORS: Final = {
    f"science_goal_grade{grade}": (f"grade_{grade}", _SCIENCE) for grade in (5, 8, 10)
}

_LEVELS: Final = ("Below Basic", "Basic", "Proficient", "Goal", "Advanced")

LAYOUT: Final = Layout(
    title="CMT/CAPT Science Assessment",
    columns={
        "Grade": "grade",
        "Total Number with Scored Tests": "denominator",
        "At or Above Goal Count": "numerator",
        "At or Above Goal Count %": "rate",
    },
    required=("grade", "denominator", "numerator", "rate"),
    ignored=(
        "Total Number of Students",
        "Total Number Tested",
        "Participation Rate",
        *(f"{level} Count" for level in _LEVELS),
        *(f"{level} Count %" for level in _LEVELS),
        "Average SS",
    ),
    subject=r"All Grades, (?P<group>.+)",
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of any student groups.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of single grades (``all-grades``, not ``all-grades-combined``), of districts
        or of the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``science_goal_grade5``, ``science_goal_grade8`` and
        ``science_goal_grade10``, with the students at or above goal and those with scored
        tests.
    """
    table = read_table(files, LAYOUT, names, MEALS).assign(subject=_SCIENCE)
    return hide_what_meals_give_away(figures_by_subject(table, LAYOUT, names, INDICATORS))
