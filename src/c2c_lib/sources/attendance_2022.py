"""Attendance rates by student group and district, state open data, release of June 2022.

The earlier release of `attendance`: the counts of earlier years were revised a year later,
and the later release wins wherever it has the figure, also where it hides it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.attendance import read_attendance
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "csde_attendance_2022"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the release; see `c2c_lib.sources.attendance.read`.

    Parameters
    ----------
    files : sequence of RawFile
        With counts that another program wrote as ``496092.0``.
    names : Names
        Resolves districts by name and code.

    Returns
    -------
    DataFrame
        Observations of ``attendance_rate`` with the students of the group as denominator.
    """
    return read_attendance(files, names)
