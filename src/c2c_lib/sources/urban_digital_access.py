"""Households with a computer and broadband at home, by city (Urban Institute, from the ACS).

The publisher's code takes the five-year sample that ends in the year named. It gives no bounds,
so that no margin of error is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, five_years, read_metrics

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_digital_access"

_METRICS: Final = (Metric("digital_access", "share_digital_access", bounds=False),)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``digital_access`` of every Connecticut city, by race of the householder.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files of all households and by race and ethnicity.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, five_years)
