"""Four-, five- and six-year cohort graduation rates, EdSight: graduates of the ninth-grade cohort.

The year is always the cohort's fourth, also where the rate counts who had graduated one or two
years later. The exports of students who did not graduate (``nongrad``) lie in the same folders
and are not read. The export prints both counts beside a hidden rate (14 of 16, ``*``); the
rate stays hidden then, and the counts with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile, ReportReader
from c2c_lib.sources.edsight_figures import read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["FIVE_YEAR", "FOUR_YEAR", "READERS", "SIX_YEAR", "cohort_layout"]


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


def _reader(source: str, years: str, indicator: str) -> ReportReader:
    """Return what reads the rates of one number of years."""
    layout = cohort_layout(years)

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
            Observations of one indicator with graduates and cohort.
        """
        table = read_table(files, layout, names)
        return read_figures(table, layout, names.problems).assign(indicator=indicator)

    return ReportReader(source, read)


FOUR_YEAR: Final = _reader("edsight_graduation_4yr", "Four-Year", "graduation_4yr")
FIVE_YEAR: Final = _reader("edsight_graduation_5yr", "Five-Year", "graduation_5yr")
SIX_YEAR: Final = _reader("edsight_graduation_6yr", "Six-Year", "graduation_6yr")

READERS: Final = (FOUR_YEAR, FIVE_YEAR, SIX_YEAR)
