"""Students in schools with much poverty, by city and race (Urban Institute).

The share of students of a group whose school has a model estimate of student poverty (MEPS) of
20 percent or more. The year is the fall in which the school year begins, as the publisher's
code says. There are no bounds and no figure of all students.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, fall_school_year, read_metrics

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_school_poverty"

_METRICS: Final = tuple(
    Metric(
        "school_poverty_exposure",
        f"meps20_{group}",
        bounds=False,
        group=("race_ethnicity", group),
    )
    for group in ("black", "hispanic", "white")
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``school_poverty_exposure`` of every Connecticut city, by race and ethnicity.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's file, with one column per group.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, fall_school_year)
