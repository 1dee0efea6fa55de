"""What households earn at the 20th, 50th and 80th percentile, by city, year by year.

From the Urban Institute's file of all households, which is made from the one-year ACS; the file
by race and ethnicity pools five years (`c2c_lib.sources.urban_income_groups`). Dollars are those
of the year and are not adjusted for prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, one_year, read_metrics

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_income"

_METRICS: Final = tuple(
    Metric(f"household_income_p{part}", f"pctl_income_{part}", high=np.inf) for part in (20, 50, 80)
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``household_income_p20``, ``_p50`` and ``_p80`` of every Connecticut city.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's file of all households.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations in dollars (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, one_year)
