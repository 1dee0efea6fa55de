"""Who the students are, as CTData tabulates it: school meals, learning English, disability.

One row per district, year and number: for each of the three the number of students and their
percent, and once the number of all students. The table has no row of the state: it comes from
the state's own export (`c2c_lib.sources.educational_need_edsight`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.ctdata_table import LAYOUT, read_ctdata_table
from c2c_lib.sources.edsight_figures import read_figures
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["INDICATORS", "SOURCE", "read"]

SOURCE: Final = "ctdata_educational_need"

INDICATORS: Final = {
    "Eligible for Free or Reduced Price Lunch": "students_meal_eligible",
    "English Language Learner": "students_english_learners",
    "Special Education": "students_with_disabilities",
}
_VARIABLE: Final = "Indicator of Educational Need"
_ALL: Final = "Total Students Evaluated"
_MEASURES: Final = {"Number": "numerator", "Percent": "rate"}
_LAYOUT: Final = replace(
    LAYOUT, columns={**LAYOUT.columns, _VARIABLE: "need"}, required=(*LAYOUT.required, "need")
)
_PRINTED: Final = Layout(
    title="", columns=dict.fromkeys(("Value",), "rate"), required=("rate",), year_column=True
)
_KEYS: Final = ["geo_level", "geo_id", "period", "dimension", "group"]


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the table; a year such as 2020-2021 becomes the school year 2020-21.

    Parameters
    ----------
    files : sequence of RawFile
        One table with all years and districts.
    names : Names
        Resolves places and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of the three `INDICATORS`: the printed percent as a share, with the
        printed numbers. Where the percent is hidden the row carries no value at all.
    """
    table = read_ctdata_table(
        files, names, variable=_VARIABLE, measure=tuple(_MEASURES), layout=_LAYOUT
    )
    table = table[_known(table, names)]
    of_all = table["need"] == _ALL
    whole = _cells(table[of_all], _KEYS, names).rename(columns={"numerator": "denominator"})
    parts = _cells(table[~of_all], [*_KEYS, "need"], names)
    figures = parts.merge(whole[[*_KEYS, "denominator"]], on=_KEYS, how="left")
    figures = figures[_whole(figures, names)].reset_index(drop=True)
    read_ones = read_figures(figures, _PRINTED, names.problems)
    needs = figures.set_index(["where"])["need"]
    return read_ones.assign(indicator=read_ones["where"].map(needs).map(INDICATORS))


def _known(table: pd.DataFrame, names: Names) -> pd.Series[bool]:
    """Say which rows give something that is known; note the others."""
    known = table["need"].isin([*INDICATORS, _ALL])
    for where, value in table.loc[~known, ["where", "need"]].itertuples(index=False, name=None):
        names.problems.add(
            where,
            "unknown label",
            value=value,
            column=_VARIABLE,
            allowed=", ".join([*INDICATORS, _ALL]),
        )
    return known


def _cells(table: pd.DataFrame, keys: Sequence[str], names: Names) -> pd.DataFrame:
    """Return one row per figure, with its printed number and percent, and the first line."""
    table = table.assign(cell=table["measure"].map(_MEASURES))
    whole = [*keys, "cell"]
    twice = table.duplicated(whole)
    for where in table.loc[twice, "where"].head(20):
        names.problems.add(where, "a second row stands for the same figure")
    table = table[~twice]
    wide = table.set_index(whole)["value"].unstack("cell")  # noqa: PD010 - one value per cell, nothing to aggregate
    wide["where"] = table.groupby(list(keys))["where"].first()
    return wide.reindex(columns=["numerator", "rate", "where"]).reset_index()


def _whole(figures: pd.DataFrame, names: Names) -> pd.Series[bool]:
    """Say which figures have number, percent and total; note the others."""
    whole = figures[["numerator", "rate", "denominator"]].notna().all(axis=1)
    for where in figures.loc[~whole, "where"].head(20):
        names.problems.add(
            where,
            "a number, a percent or the total of all students is missing",
            remedy="Take the table again; it may be cut short.",
        )
    return whole
