"""Children of 3 and 4 who go to preschool, by city (Urban Institute, from the ACS).

The publisher's code takes the five-year sample that ends in the year named, for all children
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

SOURCE: Final = "urban_preschool"

_METRICS: Final = (Metric("preschool_3_4", "share_in_preschool"),)
# The publisher's labels are those of the catalog.
_INCOME: Final = {"income": ("household_income", dict[str, str]())}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``preschool_3_4`` of every Connecticut city, by race and by household income.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files of all children, by household income and by race and ethnicity.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, five_years, _INCOME)
