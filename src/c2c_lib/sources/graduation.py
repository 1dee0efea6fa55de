"""Four-year cohort graduation rates, EdSight: graduates of the ninth-grade cohort.

The export prints both counts beside a hidden rate (14 of 16, ``*``); the rate stays hidden
then, and the counts with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "cohort_layout", "read"]

SOURCE: Final = "edsight_graduation_4yr"


def cohort_layout(years: str) -> Layout:
    """Return what the exports of a cohort look like.

    Examples
    --------
    >>> cohort_layout("Six-Year").title
    'Six-Year Graduation Rates'
    """
    return Layout(
        title=f"{years} Graduation Rates",
        columns={
            "Graduation Rate": "rate",
            "Graduation Count": "numerator",
            f"{years} Cohort Count": "denominator",
        },
        required=("rate", "numerator", "denominator"),
    )


LAYOUT: Final = cohort_layout("Four-Year")


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports; the period is the school year in which the cohort should graduate.

    Parameters
    ----------
    files : sequence of RawFile
        Exports of any cohorts and student groups, of districts or of the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``graduation_4yr`` with graduates and cohort.
    """
    table = read_table(files, LAYOUT, names)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="graduation_4yr")
