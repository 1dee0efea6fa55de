"""The long tables in which CTData collects the state's reports.

One row per district, school year and group, with one number in it: what kind of number
stands in ``Variable`` and ``Measure Type``. A group that the publisher hides stands with
-9999, one that nobody reported with -6666. The state's row is called ``Connecticut``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog, Place
from c2c_lib.catalog.periods import school_year
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_table
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names

__all__ = ["LAYOUT", "read_ctdata_table"]

LAYOUT: Final = Layout(
    title="",
    columns={
        "FIPS": "fips",
        "Year": "year",
        "Variable": "variable",
        "Measure Type": "measure",
        "Value": "value",
    },
    required=("fips", "year", "variable", "measure", "value"),
    year_column=True,
)
"""The columns of every table; a column that tells students apart may stand among them."""

_NO_CODE: Final = ("", "NA")
_YEARS: Final = re.compile(r"(\d{4})-(\d{4})")


def read_ctdata_table(
    files: Sequence[RawFile],
    names: Names,
    *,
    variable: str,
    measure: str | Collection[str],
    no_place: Collection[str] = (),
    layout: Layout = LAYOUT,
) -> pd.DataFrame:
    r"""Read the tables of one report into one, with the numbers still as text.

    Parameters
    ----------
    files : sequence of RawFile
        One table per dimension, each with all years, districts and the state.
    names : Names
        Resolves places and groups and collects what is wrong.
    variable : str
        What every row has to say under ``Variable``.
    measure : str or collection of str
        What every row has to say under ``Measure Type``, or one of several.
    no_place : collection of str
        What stands under ``District`` where CTData lost the name; these rows are left out.
    layout : Layout
        For a table with further columns: those of `LAYOUT` and more.

    Returns
    -------
    DataFrame
        As from `c2c_lib.sources.edsight_figures.read_table`, with the number in ``value``
        and a year such as 2011-2012 as the school year 2011-12 in ``period``. Rows that
        give something else, whose year does not read or whose Census code belongs to
        another place are noted and left out.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.errors import Problems
    >>> text = "District,FIPS,Year,Variable,Measure Type,Value\n"
    >>> text += "LEARN,,2011-2012,Kites,Number,-9999\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "kites.csv"
    ...     _ = path.write_text(text)
    ...     names = Names(load_catalog(), Problems())
    ...     file = RawFile(path, path.name)
    ...     table = read_ctdata_table([file], names, variable="Kites", measure="Number")
    >>> table[["geo_level", "geo_id", "period", "group", "value"]].values.tolist()
    [['district', '2450014', '2011-12', 'all', '-9999']]
    """
    table = read_table(files, layout, _PassingOver(names, no_place) if no_place else names)
    keep = pd.Series(data=True, index=table.index)
    measures = (measure,) if isinstance(measure, str) else tuple(measure)
    for field, expected in (("variable", (variable,)), ("measure", measures)):
        other = ~table[field].isin(expected)
        _note(table, field, other, "the row gives something else", ", ".join(expected), names)
        keep &= ~other
    periods = {printed: _period(printed) for printed in table["year"].unique()}
    table["period"] = table["year"].map(periods).astype("str")
    unread = table["period"].isna()
    _note(table, "year", unread, "the school year does not read", "a year like 2011-2012", names)
    wrong_town = _wrong_town(table, names.catalog)
    _note(table, "fips", wrong_town, "the code does not belong to the place", "", names)
    return table[keep & ~unread & ~wrong_town].reset_index(drop=True)


class _PassingOver(Names):
    """Names that know of some cells that they name no place."""

    def __init__(self, names: Names, no_place: Collection[str]) -> None:
        super().__init__(names.catalog, names.problems)
        self._no_place = frozenset(no_place)

    def place(self, level: str, name: str, where: str, code: str | None = None) -> Place | None:
        """Return the place, or None without a problem for a cell that names none."""
        return None if name in self._no_place else super().place(level, name, where, code)


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
        (level, geo_id, fips): fips not in _NO_CODE
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
