"""People in poverty who live where poverty is high, by city (Urban Institute, from the ACS).

The publisher's code takes the five-year tables of census tracts that end in the year named. It
gives no bounds. "Black" is everyone who is Black alone, Hispanic or not, so that the groups of
this report overlap a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, five_years, read_metrics

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_poverty_exposure"

_METRICS: Final = (Metric("poverty_exposure", "share_poverty_exposure", bounds=False),)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``poverty_exposure`` of every Connecticut city, by race and ethnicity.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files of everyone and by race and ethnicity.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, five_years)
