"""SAT School Day by district, EdSight: eleventh graders at level 3 or 4 in one subject.

Meals are told apart twice: eligible or not (``Y``, ``N``), and free, reduced or not (``F``,
``R``, ``N``). What one of the two exports hides stays hidden (`c2c_lib.sources.meals`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import Labels, read_table
from c2c_lib.sources.meals import hide_what_meals_give_away
from c2c_lib.sources.names import Names
from c2c_lib.sources.sat_schools import INDICATORS, LAYOUT
from c2c_lib.sources.school_subjects import figures_by_subject
from c2c_lib.sources.smarter_balanced_groups import LABELS

__all__ = ["MEALS", "SOURCE", "read"]

SOURCE: Final = "edsight_sat"

MEALS: Final[Labels] = {
    **LABELS,
    "economic_status": {**LABELS["economic_status"], "F": "free_meals", "R": "reduced_meals"},
}
"""The labels of these exports, with three kinds of meals."""


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of any years and student groups.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of districts or of the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``sat_ela_met`` and ``sat_math_met``, with the students at level 3 or 4
        and those with scored tests.
    """
    table = read_table(files, LAYOUT, names, MEALS)
    return hide_what_meals_give_away(figures_by_subject(table, LAYOUT, names, INDICATORS))
