"""Household income at 35 of the children who grew up in a tract (Opportunity Atlas).

It describes people born from 1978 to 1983, by the tract where they grew up: not those who live
there now. Tracts are those of 2010. The extract gives no standard errors. Its publisher's terms
do not clearly let others pass figures on, so that they are read for an analyst's own use and
are not shipped (`redistributable` in the catalog).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import numbers, observations, read_csv
from c2c_lib.sources.tract_codes import tract_ids

__all__ = ["SOURCE", "read"]

SOURCE: Final = "opportunity_atlas"

_CODE: Final = "tract_fips_2010"
_INCOME: Final = "household_income_at_35"
_BORN: Final = "1978-1983"
_NOT_GIVEN: Final = ("", "NA")


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``income_at_35`` of every tract of 2010.

    Parameters
    ----------
    files : sequence of RawFile
        Tables with 2010 tract codes.
    names : Names
        Its catalog holds the tracts of 2010.

    Returns
    -------
    DataFrame
        Observations in dollars; a tract without a value is ``suppressed_by_source``.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    frame = read_csv(file, (_CODE, _INCOME), names.problems)
    income = numbers(frame, _INCOME, file, names.problems, missing=_NOT_GIVEN)
    hidden = frame[_INCOME].isin(_NOT_GIVEN)
    frame = frame.assign(
        indicator="income_at_35",
        geo_level="tract",
        geo_id=tract_ids(frame, _CODE, "2010", file, names),
        period=_BORN,
        dimension="all",
        group="all",
        estimate=income,
        status=np.where(hidden, "suppressed_by_source", "published"),
    )
    return observations(frame[frame["geo_id"].notna() & (income.notna() | hidden)])
