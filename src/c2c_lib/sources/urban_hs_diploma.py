"""Residents of 19 and 20 with a high school diploma, by city (Urban Institute, from the ACS).

The publisher's code takes the five-year sample that ends in the year named, for all residents
and for every group alike, so that "All" is the same in every file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, five_years, read_metrics

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_hs_diploma"

_METRICS: Final = (Metric("hs_diploma_19_20", "share_hs_degree"),)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``hs_diploma_19_20`` of every Connecticut city, by gender and by race.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files of all residents, by gender and by race and ethnicity.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, five_years)
