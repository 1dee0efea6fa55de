"""Residents of 25 to 54 who have a job, by city (Urban Institute, from the ACS).

Only the file of all residents is read here: its figures are one year's. The files by gender and
by race and ethnicity pool five years, and their "All" differs
(`c2c_lib.sources.urban_employment_groups`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import MARGINAL, Metric, one_year, read_metrics

__all__ = ["MARGINAL", "SOURCE", "read"]

SOURCE: Final = "urban_employment"

_METRICS: Final = (Metric("employment_25_54", "share_employed"),)
_LEFT_OUT: Final = ("_place_gender_", "_place_race-ethnicity_")


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read one figure per Connecticut city and year.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files; those by gender and by race and ethnicity are passed over.
    names : Names
        Its catalog holds the cities; a Connecticut city that is missing there is a problem,
        places elsewhere are passed over.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    kept = [file for file in files if not any(mark in file.name for mark in _LEFT_OUT)]
    for file in kept:
        if "_place_all_" not in file.name:
            names.problems.add(
                file.name,
                "it is not known what period this file describes",
                allowed="a name with _place_all_ (one year)",
            )
    one = [file for file in kept if "_place_all_" in file.name]
    return read_metrics(one, names, _METRICS, one_year)
