"""Six-year cohort graduation rates by high school, EdSight.

The period is the school year in which the cohort should have graduated after four years; the
rate counts who had graduated two years later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.graduation_6yr import LAYOUT
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import read_school_table

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_graduation_6yr_schools"


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
        Observations of ``graduation_6yr`` with graduates and cohort, of schools and the state.
    """
    table = read_school_table(files, LAYOUT, names)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="graduation_6yr")
