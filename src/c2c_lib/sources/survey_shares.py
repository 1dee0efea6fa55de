"""Shares of survey counts with their margins of error, as observations."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.observations.margins import proportion_margin

__all__ = ["COUNTS", "NOBODY", "survey_shares"]

COUNTS: Final = ("numerator", "numerator_moe", "denominator", "denominator_moe")
"""The columns that `survey_shares` works on."""

NOBODY: Final = "The survey found nobody in this group here."


def survey_shares(frame: pd.DataFrame, where: str, problems: Problems) -> pd.DataFrame:
    """Work out shares and their 90 % margins of error from published survey counts.

    Parameters
    ----------
    frame : DataFrame
        One row per figure with the columns of `COUNTS` (persons), and any others.
    where : str
        The file, for the problems.
    problems : Problems
        Where counts that are not given and numerators above their denominators are noted;
        such rows are left out.

    Returns
    -------
    DataFrame
        `frame` with ``estimate`` (share 0-1, not rounded), ``moe90`` (in the unit of the
        share), ``status`` and ``note`` added. A group in which the survey counts nobody has
        no share: its status is ``not_applicable`` and it carries no value.

    Notes
    -----
    The margin is that of a proportion (`c2c_lib.observations.margins`), worked out from
    the counts, so that it means the same in every year and report.

    Examples
    --------
    >>> counts = pd.DataFrame([[17191.0, 940.0, 93917.0, 951.0], [0.0, 12.0, 0.0, 12.0]],
    ...                       columns=COUNTS)
    >>> survey_shares(counts, "x.csv", Problems())[["estimate", "moe90", "status"]].round(3)
       estimate  moe90          status
    0     0.183   0.01       published
    1       NaN    NaN  not_applicable
    """
    counts = frame[list(COUNTS)]
    absent = counts.isna().any(axis=1)
    above = counts["numerator"] > counts["denominator"]
    for what, wrong in (
        ("a count or its margin of error is not given", absent),
        ("the part is larger than the whole", above),
    ):
        for _, row in frame[wrong].head(20).iterrows():
            key = "/".join(str(v) for name, v in row.items() if name not in COUNTS)
            value = ", ".join(f"{row[name]:g}" for name in COUNTS)
            problems.add(where, what, value=f"{key}: {value}", column=", ".join(COUNTS))
    good = frame[~absent & ~above].copy()
    somebody = good["denominator"] > 0
    whole = good["denominator"].where(somebody, np.nan)
    margin = proportion_margin(
        good["numerator"], good["numerator_moe"], whole, good["denominator_moe"]
    )
    good = good.assign(
        estimate=good["numerator"] / whole,
        moe90=margin,
        status=np.where(somebody, "published", "not_applicable"),
    )
    note = good.get("note", "")
    good["note"] = np.where(somebody, note, NOBODY)
    good[["numerator", "denominator"]] = good[["numerator", "denominator"]].where(somebody, axis=0)
    return good.drop(columns=["numerator_moe", "denominator_moe"])
