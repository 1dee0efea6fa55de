"""Which system of codes a Connecticut place code belongs to.

In 2020 some tracts were split, renumbered or moved, most kept their code. In 2022 the Census
Bureau replaced Connecticut's eight counties by nine planning regions: the third to fifth digit
of every town and tract code changed, the rest did not. A join across 2022 matches nothing
without raising an error; one across 2020 matches most tracts and looks right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from c2c_lib.catalog import load_catalog

__all__ = [
    "COUNTY_2010",
    "COUNTY_2020",
    "EITHER_2010_OR_2020",
    "PLANNING_REGION_2022",
    "VINTAGES",
    "code_vintage",
    "table_vintages",
    "vintages",
]

COUNTY_2010: Final = "county-2010"
"""Tracts of 2010 under counties: ACS to 2015-2019, most tables drawn up before 2022."""
COUNTY_2020: Final = "county-2020"
"""Tracts of 2020 under counties: ACS 2016-2020 and 2017-2021. Towns to 2021."""
PLANNING_REGION_2022: Final = "planning-region-2022"
"""Tracts of 2020 under planning regions: ACS from 2018-2022 on. Towns from 2022 on."""
EITHER_2010_OR_2020: Final = "county-2010 or county-2020"
"""What can be said of a table whose tract codes all stand in both lists."""

VINTAGES: Final = (COUNTY_2010, COUNTY_2020, PLANNING_REGION_2022)

_STATE: Final = "09"
_COUNTIES: Final = frozenset({"001", "003", "005", "007", "009", "011", "013", "015"})
_REGIONS: Final = frozenset({"110", "120", "130", "140", "150", "160", "170", "180", "190"})
_LENGTHS: Final = (10, 11)
"""Digits of a town (county subdivision) and of a tract code."""


@dataclass(frozen=True)
class _TractLists:
    """The codes of all tracts of the state that have land."""

    county_2010: frozenset[str]
    county_2020: frozenset[str]
    region_2022: frozenset[str]


@lru_cache(maxsize=1)
def _tract_lists() -> _TractLists:
    tracts = [p for p in load_catalog().places if p.geo_level == "tract"]
    return _TractLists(
        county_2010=frozenset(p.geo_id for p in tracts if p.vintage == COUNTY_2010),
        county_2020=frozenset(
            code for p in tracts if p.vintage == PLANNING_REGION_2022 for code in p.other_ids
        ),
        region_2022=frozenset(p.geo_id for p in tracts if p.vintage == PLANNING_REGION_2022),
    )


def code_vintage(code: str) -> str:
    """Return the system that a town or tract code belongs to, as far as its digits say.

    Parameters
    ----------
    code : str
        Ten digits for a town, eleven for a tract, with the leading zero.

    Returns
    -------
    {"county-2020", "planning-region-2022", ""}
        Empty if it is neither. The codes of 2010 tracts look like those of 2020 under
        counties; `table_vintages` tells them apart by the lists of tracts.

    Examples
    --------
    >>> code_vintage("09001070100"), code_vintage("09120070100"), code_vintage("9001070100")
    ('county-2020', 'planning-region-2022', '')
    """
    if len(code) in _LENGTHS and code.isdigit() and code.startswith(_STATE):
        if code[2:5] in _COUNTIES:
            return COUNTY_2020
        if code[2:5] in _REGIONS:
            return PLANNING_REGION_2022
    return ""


def vintages(codes: Iterable[str]) -> dict[str, list[str]]:
    """Return the codes by the system their digits belong to, in the order given.

    Examples
    --------
    >>> vintages(["0900108070", "0912008070", "Bridgeport"])
    {'county-2020': ['0900108070'], 'planning-region-2022': ['0912008070'], '': ['Bridgeport']}
    """
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code_vintage(code), []).append(code)
    return found


def table_vintages(codes: Iterable[str]) -> dict[str, list[str]]:
    """Return the tract codes of one table by vintage, judged together.

    A code under counties may be a tract of 2010 or of 2020; most stand in both lists. The
    codes that stand in one list only decide for the whole table.

    Parameters
    ----------
    codes : iterable of str
        The tract codes of one table, as text with the leading zero.

    Returns
    -------
    dict of str to list of str
        By vintage, each in the order given. Codes that every list has stand under the
        vintage of the others, or under `EITHER_2010_OR_2020` where no code decides, or where
        some decide for 2010 and some for 2020. Under the empty string: what is no tract of
        the state in any list (water without people, another state, a lost zero).

    Examples
    --------
    Stamford's tract 201 was split in 2020, so that one code tells the year of the table:

    >>> sorted(table_vintages(["09001042500", "09001020100"]))
    ['county-2010']
    >>> sorted(table_vintages(["09001042500", "09001020101"]))
    ['county-2020']
    >>> sorted(table_vintages(["09001042500"]))
    ['county-2010 or county-2020']
    """
    lists = _tract_lists()
    given = list(codes)
    county = [code for code in given if code_vintage(code) == COUNTY_2020]
    decided = {
        COUNTY_2010 if code in lists.county_2010 else COUNTY_2020
        for code in county
        if (code in lists.county_2010) != (code in lists.county_2020)
    }
    shared = next(iter(decided)) if len(decided) == 1 else EITHER_2010_OR_2020
    found: dict[str, list[str]] = {}
    for code in given:
        found.setdefault(_tract_vintage(code, lists, shared), []).append(code)
    return found


def _tract_vintage(code: str, lists: _TractLists, shared: str) -> str:
    if code in lists.region_2022:
        return PLANNING_REGION_2022
    old, new = code in lists.county_2010, code in lists.county_2020
    if old and new:
        return shared
    return COUNTY_2010 if old else COUNTY_2020 if new else ""
