"""Children in the preschool classes of public schools, as CTData tabulates them.

Only public schools are counted: children in Head Start, in School Readiness centers and in
private programs are not, so that this is no share of children who go to preschool.
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

SOURCE: Final = "ctdata_pre_k"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the table; a year such as 2020-2021 becomes the school year 2020-21.

    Parameters
    ----------
    files : sequence of RawFile
        One table with all years, districts and the state.
    names : Names
        Resolves places and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``public_prek_seats``: children as estimate and as numerator. A
        district that reported nothing (-6666) is ``not_collected``.
    """
    table = read_ctdata_table(files, names, variable="Pre-K Students", measure="Number")
    figures = student_counts(table, LAYOUT.headings("value"), names.problems)
    return figures.assign(indicator="public_prek_seats")
