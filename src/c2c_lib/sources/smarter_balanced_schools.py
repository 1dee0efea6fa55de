"""Smarter Balanced assessments by school, EdSight: every grade, both subjects.

All students, meals (``Y`` and ``N``) and race and ethnicity, of 2014-15 and 2015-16. Grade 11
took the test in 2014-15 only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import read_school_table
from c2c_lib.sources.school_subjects import figures_by_subject
from c2c_lib.sources.smarter_balanced import LAYOUT, PROFICIENT
from c2c_lib.sources.smarter_balanced_groups import LABELS

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_smarter_balanced_schools"

INDICATORS: Final = {indicator: key for key, indicator in PROFICIENT.items()}
"""The grade and subject of each indicator."""


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of any years and student groups.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of schools, one grade at a time (``all-grades``).
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``grade3_ela_proficient`` to ``grade11_math_proficient``, with the
        students at level 3 or 4 and those with scored tests.
    """
    table = read_school_table(files, LAYOUT, names, LABELS)
    return figures_by_subject(table, LAYOUT, names, INDICATORS)
