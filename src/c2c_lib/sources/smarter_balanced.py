"""Smarter Balanced assessments, EdSight: students at level 3 or 4 of those with a score.

Grade 3 English language arts stands for early grade reading, grade 8 math for middle grade
math. Other grades and subjects stand in the same exports and are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import Labels, read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read", "read_assessments"]

SOURCE: Final = "edsight_smarter_balanced"

INDICATORS: Final = {
    "grade3_ela_proficient": ("grade_3", "ELA"),
    "grade8_math_proficient": ("grade_8", "Math"),
}
"""The grade and subject of each indicator."""
SUBJECTS: Final = ("ELA", "Math")

_BELOW: Final = ("Level 1 Not Met", "Level 2 Approaching", "Level 3 Met", "Level 4 Exceeded")

LAYOUT: Final = Layout(
    title="Smarter Balanced Assessments",
    columns={
        "Grade": "grade",
        "Subject": "subject",
        "Total Number with Scored Tests": "denominator",
        "Level 3&4 Met or Exceeded Count": "numerator",
        "Level 3&4 Met or Exceeded Count %": "rate",
    },
    required=("grade", "subject", "denominator", "numerator", "rate"),
    ignored=(
        "Total Number of Students",
        "Total Number Tested",
        "Smarter Balanced Participation Rate",
        *(f"{level} Count" for level in _BELOW),
        *(f"{level} Count %" for level in _BELOW),
        "Average VSS",
    ),
    # An export of one subject has no column for it.
    subject=r"(?P<subject>ELA and Math|ELA|Math), All Grades, (?P<group>.+)",
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of all students.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of single grades (``all-grades``, not ``all-grades-combined``).
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``grade3_ela_proficient`` and ``grade8_math_proficient``, with the
        students at level 3 or 4 and those with scored tests.
    """
    return read_assessments(files, names)


def read_assessments(
    files: Sequence[RawFile], names: Names, labels: Labels | None = None
) -> pd.DataFrame:
    """Read exports of all students or of student groups; see `read`.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of single grades.
    names : Names
        Resolves places and groups and collects what is wrong.
    labels : mapping of str to mapping of str to str, optional
        Labels of student groups that only these exports use, by dimension.
    """
    table = read_table(files, LAYOUT, names, labels)
    grades = _grades(table, names)
    for row in table.index[~table["subject"].isin(SUBJECTS)]:
        names.problems.add(
            table["where"][row],
            "unknown subject",
            value=table["subject"][row],
            column="Subject",
            allowed=", ".join(SUBJECTS),
        )
    figures = []
    for indicator, (grade, subject) in INDICATORS.items():
        rows = table[grades.eq(grade) & table["subject"].eq(subject)].reset_index(drop=True)
        figures.append(read_figures(rows, LAYOUT, names.problems).assign(indicator=indicator))
    return pd.concat(figures, ignore_index=True)


def _grades(table: pd.DataFrame, names: Names) -> pd.Series[str]:
    """Return the grade of each row; an unknown one is noted where it first stands."""
    known: dict[str, str | None] = {}
    for printed, where in zip(table["grade"], table["where"], strict=True):
        if printed not in known:
            known[printed] = names.group("grade", printed, where)
    return table["grade"].map(known).astype("str")
