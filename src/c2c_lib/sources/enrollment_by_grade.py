"""October enrollment by grade as CTData tabulates it, from preschool to grade 12.

The table is packed; one column is spelt in another way than in CTData's further tables, and
districts that are no town's have the code ``NA``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.ctdata_table import LAYOUT, read_ctdata_table
from c2c_lib.sources.names import Names
from c2c_lib.sources.student_counts import student_counts

__all__ = ["SOURCE", "read"]

SOURCE: Final = "ctdata_enrollment_by_grade"

_LAYOUT: Final = replace(LAYOUT, columns={**LAYOUT.columns, "Measure.Type": "measure"})


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the table; a year such as 2020-2021 becomes the school year 2020-21.

    Parameters
    ----------
    files : sequence of RawFile
        One table with all years, grades, districts and the state.
    names : Names
        Resolves places and grades and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``enrollment`` by grade: students as estimate and as numerator.
    """
    table = read_ctdata_table(
        files, names, variable="Student Enrollment", measure="Number", layout=_LAYOUT
    )
    figures = student_counts(table, LAYOUT.headings("value"), names.problems)
    return figures.assign(indicator="enrollment")
