"""Which system of codes a Connecticut place code belongs to.

In 2022 the Census Bureau replaced Connecticut's eight counties by nine planning regions.
The third to fifth digit of every town and tract code changed with it, the rest did not,
and a join across the two systems matches nothing without raising an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["COUNTY_2020", "PLANNING_REGION_2022", "code_vintage", "vintages"]

COUNTY_2020: Final = "county-2020"
PLANNING_REGION_2022: Final = "planning-region-2022"

_STATE: Final = "09"
_COUNTIES: Final = frozenset({"001", "003", "005", "007", "009", "011", "013", "015"})
_REGIONS: Final = frozenset({"110", "120", "130", "140", "150", "160", "170", "180", "190"})
_LENGTHS: Final = (10, 11)
"""Digits of a town (county subdivision) and of a tract code."""


def code_vintage(code: str) -> str:
    """Return the system that a town or tract code belongs to.

    Parameters
    ----------
    code : str
        Ten digits for a town, eleven for a tract, with the leading zero.

    Returns
    -------
    {"county-2020", "planning-region-2022", ""}
        Empty if it is neither. The codes of 2010 tracts look like those of 2020 under
        counties; only a comparison with the list of tracts tells them apart.

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
    """Return the codes by the system they belong to, in the order given.

    Examples
    --------
    >>> vintages(["0900108070", "0912008070", "Bridgeport"])
    {'county-2020': ['0900108070'], 'planning-region-2022': ['0912008070'], '': ['Bridgeport']}
    """
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code_vintage(code), []).append(code)
    return found
