"""What households earn at the 20th, 50th and 80th percentile, by city and by race.

The publisher's code takes the five-year ACS sample that ends in the year named for the file by
race and ethnicity of the householder. Its "All" is pooled like the groups and is not the figure
of one year (`c2c_lib.sources.urban_income`): both stay with their own indicators.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, five_years, read_metrics

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_income_groups"

_METRICS: Final = tuple(
    Metric(f"household_income_p{part}_pooled", f"pctl_income_{part}", high=np.inf)
    for part in (20, 50, 80)
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``household_income_p20_pooled``, ``_p50_pooled`` and ``_p80_pooled`` by race.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's file by race and ethnicity.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations in dollars (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, five_years)
