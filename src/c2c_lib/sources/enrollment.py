"""October enrollment as CTData tabulates it: all students, and by each kind of student group.

Race and ethnicity, school meals, learning English and disability each have a table of their own.

The table of all students ends a year before the one by race and ethnicity. The total of the
last year is not worked out from the groups, as some of them are hidden: it comes from the
state's own export (`c2c_lib.sources.enrollment_edsight`). So do the figures of one school
district whose name CTData lost in 2021-22: its rows stand under ``NA`` and are left out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.ctdata_table import LAYOUT, read_ctdata_table
from c2c_lib.sources.names import Names
from c2c_lib.sources.student_counts import student_counts

__all__ = ["SOURCE", "read"]

SOURCE: Final = "ctdata_enrollment"

_NO_NAME: Final = "NA"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the tables; a year such as 2020-2021 becomes the school year 2020-21.

    Parameters
    ----------
    files : sequence of RawFile
        One table per dimension, each with all years, districts and the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``enrollment``: students as estimate and as numerator.
    """
    table = read_ctdata_table(
        files, names, variable="Student Enrollment", measure="Number", no_place=(_NO_NAME,)
    )
    figures = student_counts(table, LAYOUT.headings("value"), names.problems)
    return figures.assign(indicator="enrollment")
