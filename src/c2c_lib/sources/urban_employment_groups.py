"""Residents of 25 to 54 who have a job, by gender and by race (Urban Institute, from the ACS).

The publisher's code takes the five-year sample that ends in the year named for the files by
group. Their "All" is pooled like the groups and is not the one-year figure of the file of all
residents (`c2c_lib.sources.urban_employment`): it is kept with the groups, under an indicator
of its own, so that a gap compares like with like.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, five_years, read_metrics

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_employment_groups"

_METRICS: Final = (Metric("employment_25_54_pooled", "share_employed"),)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``employment_25_54_pooled`` of every Connecticut city, by gender and by race.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files by gender and by race and ethnicity.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, five_years)
