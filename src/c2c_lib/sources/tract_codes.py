"""Census tracts by code, each system of codes looked up only in its own list.

Connecticut's tracts have three systems of codes: 2010 tracts and 2020 tracts, both under
counties, and 2020 tracts under the planning regions of 2022. Most codes of the first two look
the same although some outlines moved, so that a report has to say which one it uses.
"""

from __future__ import annotations

from typing import Final, Literal

import pandas as pd

from c2c_lib.errors import did_you_mean
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

__all__ = ["OLD_TRACTS", "TractSystem", "tract_ids"]

TractSystem = Literal["2010", "2020_counties", "2020_regions"]

OLD_TRACTS: Final = "county-2010"
"""The vintage of the places of tracts_2010.csv."""

_LISTS: Final = {
    "2010": "tracts_2010.csv",
    "2020_counties": "tracts.csv (other_ids)",
    "2020_regions": "tracts.csv",
}


def tract_ids(
    frame: pd.DataFrame, column: str, system: TractSystem, file: RawFile, names: Names
) -> pd.Series[str]:
    """Return the catalog's id of the tract in every row; unknown codes are noted.

    Parameters
    ----------
    frame : DataFrame
        As `c2c_lib.sources.tables.read_csv` returns it.
    column : str
        Holds the codes.
    system : {"2010", "2020_counties", "2020_regions"}
        The system that the report uses.
    file : RawFile
        For the problems.
    names : Names
        Its catalog holds the tracts.

    Returns
    -------
    Series of str
        Missing where the code is unknown.

    Examples
    --------
    >>> from pathlib import Path
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.errors import Problems
    >>> names = Names(load_catalog(), Problems())
    >>> codes = pd.DataFrame({"code": ["09001070100"]}, index=[2], dtype="str")
    >>> file = RawFile(Path("x.csv"), "x.csv")
    >>> [tract_ids(codes, "code", s, file, names).item() for s in ("2010", "2020_counties")]
    ['09001070100', '09120070100']
    """
    known = _known(system, names)
    ids = frame[column].map(known).astype("object")
    unknown = frame.loc[ids.isna(), column].drop_duplicates()
    for line, code in list(unknown.items())[:20]:
        names.problems.add(
            f"{file.name}:{line}",
            "unknown census tract",
            value=code,
            column=column,
            allowed=f"the codes of {_LISTS[system]}",
            remedy=did_you_mean(code, known) or "The report may use another system of codes.",
        )
    if len(unknown) > 20:
        names.problems.add(
            file.name, f"unknown census tract: {len(unknown) - 20} further codes", column=column
        )
    return ids


def _known(system: TractSystem, names: Names) -> dict[str, str]:
    tracts = [place for place in names.catalog.places if place.geo_level == "tract"]
    if system == "2010":
        return {place.geo_id: place.geo_id for place in tracts if place.vintage == OLD_TRACTS}
    new = [place for place in tracts if place.vintage != OLD_TRACTS]
    if system == "2020_regions":
        return {place.geo_id: place.geo_id for place in new}
    return {code: place.geo_id for place in new for code in place.other_ids}
