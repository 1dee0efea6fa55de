"""Smarter Balanced assessments by student group, EdSight: the same figures as for all.

The exports tell meals, English learners, special education and high needs apart by Y and N.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.smarter_balanced import read_assessments

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_smarter_balanced_groups"

LABELS: Final = {
    "economic_status": {"Y": "free_or_reduced_meals", "N": "not_eligible"},
    "english_learner": {"Y": "english_learner", "N": "not_english_learner"},
    "disability": {"Y": "with_disabilities", "N": "without_disabilities"},
    "high_needs": {"Y": "high_needs", "N": "not_high_needs"},
}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of one subject or both, by any student group or for all students.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of single grades.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``grade3_ela_proficient``, ``grade3_ela_scale_score`` and their like.
    """
    return read_assessments(files, names, LABELS)
