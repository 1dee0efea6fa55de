"""Chronic absenteeism as CTData tabulates it: state rows and grades that EdSight's lack.

The tables are long: one row per district, school year and group, with percents only. A
district that reported nothing stands with -6666, a hidden figure with -9999.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.catalog.periods import school_year
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_figures, read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "ctdata_chronic_absence"

LAYOUT: Final = Layout(
    title="",
    columns={
        "FIPS": "fips",
        "Year": "year",
        "Variable": "variable",
        "Measure Type": "measure",
        "Value": "rate",
    },
    required=("fips", "year", "variable", "measure", "rate"),
    year_column=True,
)
ONLY: Final = {"variable": "Chronically Absent Students", "measure": "Percent"}

_YEARS: Final = re.compile(r"(\d{4})-(\d{4})")


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the tables; a year such as 2011-2012 becomes the school year 2011-12.

    Parameters
    ----------
    files : sequence of RawFile
        One table per dimension, each with all years, districts and the state.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``chronic_absence``, without counts.
    """
    table = read_table(files, LAYOUT, names)
    keep = pd.Series(data=True, index=table.index)
    for field, expected in ONLY.items():
        other = table[field] != expected
        _note(table, field, other, "the row gives something else", expected, names)
        keep &= ~other
    periods = {printed: _period(printed) for printed in table["year"].unique()}
    table["period"] = table["year"].map(periods).astype("str")
    unread = table["period"].isna()
    _note(table, "year", unread, "the school year does not read", "a year like 2011-2012", names)
    wrong_town = _wrong_town(table, names.catalog)
    _note(table, "fips", wrong_town, "the code does not belong to the place", "", names)
    table = table[keep & ~unread & ~wrong_town].reset_index(drop=True)
    return read_figures(table, LAYOUT, names.problems).assign(indicator="chronic_absence")


def _note(
    table: pd.DataFrame, field: str, rows: pd.Series[bool], what: str, allowed: str, names: Names
) -> None:
    """Note every marked row with its value in one field."""
    for row in table.index[rows]:
        names.problems.add(
            table["where"][row],
            what,
            value=table[field][row],
            column=LAYOUT.headings(field),
            allowed=allowed,
        )


def _period(printed: str) -> str | None:
    """Return the school year, or None if the two years do not follow each other."""
    match = _YEARS.fullmatch(printed)
    if match is None or int(match[2]) != int(match[1]) + 1:
        return None
    return school_year(int(match[1]))


def _wrong_town(table: pd.DataFrame, catalog: Catalog) -> pd.Series[bool]:
    """Say which rows carry the Census code of another town than the district's.

    The code stands only by some districts, and has lost its leading zero.
    """
    slug = {(p.geo_level, p.geo_id): p.place for p in catalog.places}
    towns = {
        code: p.place
        for p in catalog.places
        if p.geo_level == "town"
        for code in (p.geo_id, *p.other_ids)
    }
    wrong = {
        (level, geo_id, fips): fips != ""
        and (
            fips.zfill(2) != geo_id
            if level == "state"
            else towns.get(fips.zfill(10)) != slug[(level, geo_id)]
        )
        for level, geo_id, fips in set(
            zip(table["geo_level"], table["geo_id"], table["fips"], strict=True)
        )
    }
    marked = [
        wrong[key] for key in zip(table["geo_level"], table["geo_id"], table["fips"], strict=True)
    ]
    return pd.Series(marked, index=table.index, dtype="bool")
