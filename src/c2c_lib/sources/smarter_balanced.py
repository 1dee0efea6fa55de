"""Smarter Balanced assessments, EdSight: students at level 3 or 4 of those with a score.

Each grade and subject is an indicator of its own: grade 3 English language arts stands for
early grade reading, grade 8 math for middle grade math. The average scale score stands in the
same rows and is another indicator: it says how far along students are, not how many of them
met the standard. Eleventh graders took the test in 2014-15 only; their scores are not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import Labels, read_averages, read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["SCALE", "SCORES", "SOURCE", "SUBJECTS", "read", "read_assessments"]

SOURCE: Final = "edsight_smarter_balanced"

SUBJECTS: Final = ("ELA", "Math")
PROFICIENT: Final = {
    (f"grade_{grade}", subject): f"grade{grade}_{subject.lower()}_proficient"
    for grade in (*range(3, 9), 11)
    for subject in SUBJECTS
}
"""The share at level 3 or 4, by grade and subject."""
SCORES: Final = {
    (f"grade_{grade}", subject): f"grade{grade}_{subject.lower()}_scale_score"
    for grade in range(3, 9)
    for subject in SUBJECTS
}
"""The average scale score, by grade and subject."""
SCALE: Final = (2000.0, 3000.0)
"""Between what a scale score lies: the publisher's scale runs from about 2000 to 3000."""

_BELOW: Final = ("Level 1 Not Met", "Level 2 Approaching", "Level 3 Met", "Level 4 Exceeded")

LAYOUT: Final = Layout(
    title="Smarter Balanced Assessments",
    columns={
        "Grade": "grade",
        "Subject": "subject",
        "Total Number with Scored Tests": "denominator",
        "Level 3&4 Met or Exceeded Count": "numerator",
        "Level 3&4 Met or Exceeded Count %": "rate",
        "Average VSS": "score",
    },
    required=("grade", "subject", "denominator", "numerator", "rate"),
    ignored=(
        "Total Number of Students",
        "Total Number Tested",
        "Smarter Balanced Participation Rate",
        *(f"{level} Count" for level in _BELOW),
        *(f"{level} Count %" for level in _BELOW),
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
        Observations of ``grade3_ela_proficient`` and its like, with the students at level 3
        or 4 and those with scored tests, and of ``grade3_ela_scale_score`` and its like, with
        the scored tests as denominator.
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
    for row in table.index[~table["subject"].isin(SUBJECTS)]:
        names.problems.add(
            table["where"][row],
            "unknown subject",
            value=table["subject"][row],
            column="Subject",
            allowed=", ".join(SUBJECTS),
        )
    keys = list(zip(_grades(table, names), table["subject"], strict=True))
    shares = _of(table, keys, PROFICIENT)
    scores = _of(table, keys, SCORES)
    return pd.concat(
        [
            read_figures(shares, LAYOUT, names.problems),
            read_averages(scores[scores["score"].notna()], LAYOUT, names.problems, "score", SCALE),
        ],
        ignore_index=True,
    )


def _of(
    table: pd.DataFrame, keys: Sequence[tuple[str, str]], indicators: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """Return the rows whose grade and subject have an indicator, with its id."""
    found = pd.Series([indicators.get(key) for key in keys], table.index, dtype="str")
    return table.assign(indicator=found)[found.notna()].reset_index(drop=True)


def _grades(table: pd.DataFrame, names: Names) -> pd.Series[str]:
    """Return the grade of each row; an unknown one is noted where it first stands."""
    known: dict[str, str | None] = {}
    for printed, where in zip(table["grade"], table["where"], strict=True):
        if printed not in known:
            known[printed] = names.group("grade", printed, where)
    return table["grade"].map(known).astype("str")
