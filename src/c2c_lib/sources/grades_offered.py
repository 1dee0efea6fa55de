"""Which grades a school offers, by the state's directory of schools; a zero elsewhere is none.

An export of students by grade prints a zero for every grade, also for those that a school does
not have. Such a zero counts nobody: it does not apply. A zero in a grade that a school does have
is a true one and stays. The directory is of other years than most exports, so that its word alone
does not do: the grade has to lie outside the grades in which the school has students, too, and
every directory that lists the school has to leave the grade out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import note_unknown, read_csv

__all__ = ["GRADES", "grades_offered", "is_directory", "mark_not_offered"]

GRADES: Final = ("pre_kindergarten", "kindergarten", *(f"grade_{grade}" for grade in range(1, 13)))
"""The groups of the dimension ``grade``, from the youngest to the oldest."""

_CODE: Final = "organization_code"
_FLAGS: Final = dict(
    zip(GRADES, ("grade_pk", "grade_k", *(f"grade_{n}" for n in range(1, 13))), strict=True)
)
_YES, _NO = "1", "0"


def is_directory(file: RawFile) -> bool:
    """Say whether a file is a directory of schools, by its name."""
    return PurePosixPath(file.name).name.startswith("ct_education_directory_")


def grades_offered(files: Sequence[RawFile], names: Names) -> dict[str, frozenset[str]]:
    """Return the grades that any directory says a school offers, by the school's code.

    Parameters
    ----------
    files : sequence of RawFile
        Directories of schools, one line per school with a flag of 0 or 1 for every grade.
    names : Names
        Its `problems` collects flags that are neither 0 nor 1, and missing columns.
    """
    found: dict[str, frozenset[str]] = {}
    for file in files:
        frame = read_csv(file, [_CODE, *_FLAGS.values()], names.problems)
        for flag in _FLAGS.values():
            note_unknown(frame, flag, (_NO, _YES), file, names.problems)
        for code, *flags in frame.itertuples(index=False, name=None):
            listed = {grade for grade, flag in zip(GRADES, flags, strict=True) if flag != _NO}
            found[code] = found.get(code, frozenset()) | listed
    return found


def mark_not_offered(counts: pd.DataFrame, offered: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """Return the counts with ``not_applicable`` in place of zeros in grades that do not exist.

    Parameters
    ----------
    counts : DataFrame
        Figures of students with ``geo_level``, ``geo_id``, ``period``, ``dimension``, ``group``,
        ``estimate``, ``numerator`` and ``status``.
    offered : mapping of str to frozenset of str
        As from `grades_offered`.

    Returns
    -------
    DataFrame
        Only published zeros of schools by grade change: those below the youngest or above the
        oldest grade in which the school has students that period (a hidden count is some), if
        the school is in a directory and no directory says that it offers the grade.

    Examples
    --------
    >>> row = {"geo_level": "school", "geo_id": "1", "period": "2016-17", "dimension": "grade"}
    >>> counts = pd.DataFrame([
    ...     {**row, "group": group, "estimate": n, "numerator": n, "status": "published"}
    ...     for group, n in [("grade_4", 0.0), ("grade_5", 40.0), ("grade_6", 0.0)]
    ... ])
    >>> marked = mark_not_offered(counts, {"1": frozenset({"grade_4", "grade_5"})})
    >>> marked["status"].tolist(), marked["estimate"].tolist()
    (['published', 'published', 'not_applicable'], [0.0, 40.0, nan])
    """
    order = {grade: at for at, grade in enumerate(GRADES)}
    by_grade = counts[counts["geo_level"].eq("school") & counts["dimension"].eq("grade")]
    place = [by_grade["geo_id"], by_grade["period"]]
    grade = by_grade["group"].map(order)
    peopled = grade.where(by_grade["estimate"].ne(0))
    outside = grade.lt(peopled.groupby(place).transform("min")) | grade.gt(
        peopled.groupby(place).transform("max")
    )
    listed = pd.Series(
        [
            code in offered and group not in offered[code]
            for code, group in zip(by_grade["geo_id"], by_grade["group"], strict=True)
        ],
        index=by_grade.index,
        dtype="bool",
    )
    none = by_grade["status"].eq("published") & by_grade["estimate"].eq(0) & outside & listed
    rows = none.index[none]
    marked = counts.copy()
    marked.loc[rows, ["estimate", "numerator"]] = float("nan")
    marked.loc[rows, "status"] = "not_applicable"
    return marked
