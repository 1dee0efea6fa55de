"""Community Wellbeing Survey 2015 to 2024: a model's estimates for every town (DataHaven).

The survey asks too few people in most towns, so DataHaven fits a model to all its waves
together. Answers such as "don't know" are left out of the whole, unlike in the reports of one
wave. Regions (councils of governments) are no places of the catalog and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.survey_questions import QUESTIONS
from c2c_lib.sources.tables import (
    find_places,
    note_missing_places,
    note_unknown,
    numbers,
    observations,
    read_csv,
)

__all__ = ["MODELLED", "SOURCE", "read"]

SOURCE: Final = "datahaven_wellbeing_model"

MODELLED: Final = "A model's estimate from ten years of a survey."

_PERIOD: Final = "2015-2024"
_COLUMNS: Final = ("level", "name", "var", "mrp_estimate", "yes_bin")
_REGION: Final = "cog"
_LEVELS: Final = (_REGION, "state", "town")
_WANTED: Final = {code.lower(): question for code, question in QUESTIONS.items()}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the questions of `c2c_lib.sources.survey_questions`, of every town and the state.

    Parameters
    ----------
    files : sequence of RawFile
        The long table of estimates.
    names : Names
        Resolves towns by name.

    Returns
    -------
    DataFrame
        Observations of ``adults_*``: shares as printed, without margins of error.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    problems = names.problems
    frame = read_csv(file, _COLUMNS, problems)
    note_unknown(frame, "level", _LEVELS, file, problems)
    frame = frame[frame["var"].isin(list(_WANTED)) & frame["level"].isin(_LEVELS)]
    frame = frame[frame["level"] != _REGION]
    for code, rows in frame.groupby("var"):
        counted = _WANTED[str(code)].counted
        note_unknown(rows, "yes_bin", (", ".join(counted), " or ".join(counted)), file, problems)
    frame = frame.join(find_places(frame, "town", "name", file, names), how="inner")
    estimate = numbers(frame, "mrp_estimate", file, problems, high=1.0)
    result = observations(
        frame.assign(
            indicator=frame["var"].map({code: q.indicator for code, q in _WANTED.items()}),
            period=_PERIOD,
            dimension="all",
            group="all",
            estimate=estimate,
            status="published",
            note=MODELLED,
        )[estimate.notna()]
    )
    note_missing_places(result, "town", file.name, names)
    return result
