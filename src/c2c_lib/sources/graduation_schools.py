"""Four- and six-year cohort graduation rates by high school, EdSight.

As by district (`c2c_lib.sources.graduation`): the year is always the cohort's fourth. Not every
group was exported for every year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile, ReportReader
from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.graduation import cohort_layout
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import read_school_table

__all__ = ["FOUR_YEAR", "READERS", "SIX_YEAR"]


def _reader(source: str, years: str, indicator: str) -> ReportReader:
    """Return what reads the rates of one number of years."""
    layout = cohort_layout(years)

    def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
        """Read the exports of any years and student groups.

        Parameters
        ----------
        files : sequence of RawFile
            Exports of schools, or of the state.
        names : Names
            Resolves places and groups and collects what is wrong.

        Returns
        -------
        DataFrame
            Observations of one indicator with graduates and cohort, of schools and the state.
        """
        table = read_school_table(files, layout, names)
        return read_figures(table, layout, names.problems).assign(indicator=indicator)

    return ReportReader(source, read)


FOUR_YEAR: Final = _reader("edsight_graduation_4yr_schools", "Four-Year", "graduation_4yr")
SIX_YEAR: Final = _reader("edsight_graduation_6yr_schools", "Six-Year", "graduation_6yr")

READERS: Final = (FOUR_YEAR, SIX_YEAR)
