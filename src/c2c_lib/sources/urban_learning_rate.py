"""Years of reading that students learn in a school year, by city (Urban Institute, from SEDA).

The slope of a class's scores from third to eighth grade on the national scale of the Stanford
Education Data Archive: 1 is the nation's average. The year is the spring in which the class was
in eighth grade. The file by group repeats the figure of all students.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.urban_metrics import Metric, read_metrics, spring_school_year

__all__ = ["SOURCE", "read"]

SOURCE: Final = "urban_learning_rate"

_METRICS: Final = (Metric("reading_learning_rate", "learning_rate", high=np.inf),)
# Connecticut calls students economically disadvantaged who qualify for school meals.
_MEALS: Final = {
    "income": (
        "economic_status",
        {
            "Economically Disadvantaged": "free_or_reduced_meals",
            "Not Economically Disadvantaged": "not_eligible",
        },
    )
}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``reading_learning_rate`` of every Connecticut city and student group.

    Parameters
    ----------
    files : sequence of RawFile
        The publisher's files of all students and by group.
    names : Names
        Its catalog holds the cities.

    Returns
    -------
    DataFrame
        Observations in years (`c2c_lib.sources.urban_metrics.read_metrics`).
    """
    return read_metrics(files, names, _METRICS, spring_school_year, _MEALS)
