"""How long babies born in a census tract can expect to live, 2010 to 2015 (USALEEP).

Tracts are those of 2010. A tract that is not in the file has too few people or deaths. The
standard error becomes a 90 % margin of error. The publisher says how the life table was made: 1
from observed deaths alone, 2 from a model alone, 3 from both; all but 1 carry a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.observations.margins import Z_90
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import note_unknown, numbers, observations, read_csv
from c2c_lib.sources.tract_codes import tract_ids

__all__ = ["NOTES", "SOURCE", "read"]

SOURCE: Final = "nchs_life_expectancy"

NOTES: Final = {
    "1": "",
    "2": "Made from a model alone: no death rate of this tract was used.",
    "3": "Made partly from a model, as deaths at some ages were too few.",
}

_CODE: Final = "tract_fips_2010"
_YEARS: Final = "life_expectancy"
_ERROR: Final = "life_expectancy_se"
_FLAG: Final = "abridged_life_table_flag"
_LONGEST: Final = 120.0


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read ``life_expectancy`` of every tract of 2010 that has one.

    Parameters
    ----------
    files : sequence of RawFile
        Tables with 2010 tract codes, years, standard errors and flags.
    names : Names
        Its catalog holds the tracts of 2010.

    Returns
    -------
    DataFrame
        Observations in years, with margins of error.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    problems = names.problems
    frame = read_csv(file, (_CODE, _YEARS, _ERROR, _FLAG), problems)
    note_unknown(frame, _FLAG, NOTES, file, problems)
    years = numbers(frame, _YEARS, file, problems, high=_LONGEST)
    error = numbers(frame, _ERROR, file, problems, high=_LONGEST)
    frame = frame.assign(
        indicator="life_expectancy",
        geo_level="tract",
        geo_id=tract_ids(frame, _CODE, "2010", file, names),
        period="2010-2015",
        dimension="all",
        group="all",
        estimate=years,
        moe90=error * Z_90,
        status="published",
        note=frame[_FLAG].map(NOTES).fillna(""),
    )
    return observations(frame[frame["geo_id"].notna() & years.notna() & error.notna()])
