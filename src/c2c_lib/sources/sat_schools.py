"""SAT School Day by high school, EdSight: eleventh graders at level 3 or 4 in one subject.

The headings ``Count`` and ``%`` stand once per level, below a line of merged headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import read_school_table
from c2c_lib.sources.school_subjects import figures_by_subject
from c2c_lib.sources.smarter_balanced_groups import LABELS

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_sat_schools"

INDICATORS: Final = {"sat_ela_met": ("", "ELA"), "sat_math_met": ("", "Math")}

_LEVELS: Final = ("Level 1 Not Met", "Level 2 Approaching", "Level 3 Met", "Level 4 Exceeded")

LAYOUT: Final = Layout(
    title="CT School Day SAT",
    columns={
        "Subject": "subject",
        "Total Number with Scored Tests": "denominator",
        "Level 3&4 Met or Exceeded Count": "numerator",
        "Level 3&4 Met or Exceeded Count %": "rate",
    },
    required=("subject", "denominator", "numerator", "rate"),
    ignored=(
        *(f"{level} Count" for level in _LEVELS),
        *(f"{level} Count %" for level in _LEVELS),
        "Average Score",
    ),
    subject=r"All Subjects, (?P<group>.+)",
)


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
        Observations of ``sat_ela_met`` and ``sat_math_met``, with the students at level 3 or 4
        and those with scored tests, of schools and the state.
    """
    table = read_school_table(files, LAYOUT, names, LABELS)
    return figures_by_subject(table, LAYOUT, names, INDICATORS)
