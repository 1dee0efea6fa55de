"""Births to mothers of 15 to 19 per 1,000 girls of that age, by town, five years together.

From Table 13 of the Registration Report. The table prints every count, however small; which of
them can be shown is for the privacy rules to say. The number of girls is five times that of the
2010 census.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import (
    find_places,
    note_missing_places,
    numbers,
    observations,
    read_csv,
)

__all__ = ["SOURCE", "read"]

SOURCE: Final = "dph_teen_births"

_TOWN: Final = "Geographic Area"
_BIRTHS: Final = "Births to 15-19 y/o mothers"
_GIRLS: Final = "15-19 y/o Female Population"
_RATE: Final = "Birth Rate Per 1000 Population"
_PERIOD: Final = re.compile(r"teen_birth_data_(\d{4}-\d{4})\.csv")
_HALF_DIGIT: Final = 0.05
"""How far a printed rate, which has one decimal, may lie from its counts."""


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the table into ``teen_birth_rate``, one observation per town and the state's.

    Parameters
    ----------
    files : sequence of RawFile
        The extract of Table 13; the five years stand in its name.
    names : Names
        Resolves towns by name.

    Returns
    -------
    DataFrame
        Observations: the rate per 1,000 as printed, births and girls.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    match = _PERIOD.fullmatch(PurePosixPath(file.name).name)
    if match is None:
        names.problems.add(
            file.name,
            "the file's name does not say which years it is about",
            allowed="a name like teen_birth_data_2011-2015.csv",
        )
        return observations([])
    frame = read_csv(file, (_TOWN, _BIRTHS, _GIRLS, _RATE), names.problems)
    frame = frame.join(find_places(frame, "town", _TOWN, file, names), how="inner")
    births, girls = (numbers(frame, column, file, names.problems) for column in (_BIRTHS, _GIRLS))
    rate = numbers(frame, _RATE, file, names.problems, high=1000)
    worked_out = 1000 * births / girls.where(girls > 0)
    wrong = (births > girls) | ((worked_out - rate).abs() > _HALF_DIGIT + 1e-9)
    for line in frame.index[wrong][:20]:
        names.problems.add(
            f"{file.name}:{line}",
            "births and girls do not give the printed rate",
            value=f"{births[line]:g} of {girls[line]:g}, {rate[line]:g}",
            column=_RATE,
            remedy="Hold it against the publisher's report; columns may have moved.",
        )
    good = ~wrong & births.notna() & girls.notna() & rate.notna()
    result = observations(
        frame.assign(
            indicator="teen_birth_rate",
            period=match[1],
            dimension="all",
            group="all",
            estimate=rate,
            numerator=births,
            denominator=girls,
            status="published",
        )[good]
    )
    note_missing_places(result, "town", file.name, names)
    return result
