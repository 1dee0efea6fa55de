"""Attendance rates by student group and district, state open data, release of June 2022.

The earlier release of `attendance`: the counts of earlier years were revised a year later,
and the later release wins wherever it has the figure, also where it hides it. What only this
release has of the years that were revised is a first count, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.attendance import read_attendance
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["FIRST_COUNT", "SOURCE", "read"]

SOURCE: Final = "csde_attendance_2022"

FIRST_COUNT: Final = "A first count; the state revised this year's figures later."

_REVISED: Final = ("2020-21", "2021-22")


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
    figures = read_attendance(files, names)
    first = figures["period"].isin(_REVISED) & figures["status"].eq("published")
    return figures.assign(note=figures["note"].mask(first, FIRST_COUNT))
