"""Child Opportunity Index 3.0 by census tract: what helps children grow, in one number.

An average of standardised measures of education, health and environment, and social and economic
resources: 0 is the nation's average, and figures below it are negative. The file has 2020 tracts
under counties. Its publisher's terms do not clearly let others pass figures on, so that they are
read for an analyst's own use and are not shipped (`redistributable` in the catalog).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import numbers, observations, read_csv
from c2c_lib.sources.tract_codes import tract_ids

__all__ = ["SOURCE", "read"]

SOURCE: Final = "child_opportunity_index"

_CODE: Final = "tract_fips_2020"
_INDEX: Final = "coi"
_PERIOD: Final = "2021"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``child_opportunity_index`` of every tract that has one.

    Parameters
    ----------
    files : sequence of RawFile
        Tables with 2020 tract codes under counties.
    names : Names
        Its catalog holds the tracts.

    Returns
    -------
    DataFrame
        Observations; the estimate is in standard deviations and can be negative.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    frame = read_csv(file, (_CODE, _INDEX), names.problems)
    index = numbers(frame, _INDEX, file, names.problems, low=-10.0, high=10.0)
    frame = frame.assign(
        indicator="child_opportunity_index",
        geo_level="tract",
        geo_id=tract_ids(frame, _CODE, "2020_counties", file, names),
        period=_PERIOD,
        dimension="all",
        group="all",
        estimate=index,
        status="published",
    )
    return observations(frame[frame["geo_id"].notna() & index.notna()])
