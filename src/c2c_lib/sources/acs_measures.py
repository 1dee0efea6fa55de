"""What each indicator is made of in the American Community Survey's detailed tables.

Every share is a sum of lines of one table over another sum of lines, of the same table or of
the table of all people. The lines of a table do not change between the windows that are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["CONTROLLED", "MEASURES", "MEDIAN_INCOME", "VARIABLES", "Measure"]


@dataclass(frozen=True)
class Measure:
    """A share that is worked out from lines of the detailed tables.

    Attributes
    ----------
    indicator, dimension, group : str
        What it measures, and of whom.
    numerator, denominator : tuple of str
        Codes of the lines whose estimates are added up.
    """

    indicator: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    dimension: str = "all"
    group: str = "all"


def _lines(table: str, lines: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{table}_{line:03d}" for line in lines)


_PEOPLE: Final = _lines("B01003", (1,))
_BY_RACE: Final = _lines("B03002", (1,))
_BY_BIRTH: Final = _lines("B05001", (1,))
_ADULTS: Final = _lines("B06009", (1,))
_INCOME_KNOWN: Final = _lines("C17002", (1,))

# Table B17024: a total for each age, and twelve ratios of income to the poverty level below it.
_UNDER_6, _AGE_6, _AGE_12 = 2, 15, 28
_CHILDREN: Final = (_UNDER_6, _AGE_6, _AGE_12)
_UNDER_1: Final = range(1, 4)  # .50, .74 and .99 of the poverty level
_UNDER_2: Final = range(1, 9)  # and on to 1.99


def _children(ages: Iterable[int], ratios: Iterable[int]) -> tuple[str, ...]:
    return _lines("B17024", (age + ratio for age in ages for ratio in ratios))


# Table B25106: five bands of income, each with a total and the three shares of it that housing
# takes below. Households without an income or a rent are in none of the three.
_OWNER_BANDS: Final = (3, 7, 11, 15, 19)
_RENTER_BANDS: Final = (25, 29, 33, 37, 41)


def _burdened(bands: Iterable[int]) -> tuple[str, ...]:
    return _lines("B25106", (band + 3 for band in bands))


def _cost_known(bands: Iterable[int]) -> tuple[str, ...]:
    return _lines("B25106", (band + part for band in bands for part in (1, 2, 3)))


def _housing(bands: tuple[int, ...], dimension: str = "all", group: str = "all") -> Measure:
    return Measure("housing_cost_burden", _burdened(bands), _cost_known(bands), dimension, group)


MEASURES: Final = (
    Measure("child_poverty", _children(_CHILDREN, _UNDER_1), _lines("B17024", _CHILDREN)),
    Measure("child_low_income", _children(_CHILDREN, _UNDER_2), _lines("B17024", _CHILDREN)),
    Measure("young_child_poverty", _children((_UNDER_6,), _UNDER_1), _lines("B17024", (_UNDER_6,))),
    Measure("children_under_5", _lines("B01001", (3, 27)), _PEOPLE),
    Measure("children_under_18", _lines("B01001", (3, 4, 5, 6, 27, 28, 29, 30)), _PEOPLE),
    Measure("poverty", _lines("C17002", (2, 3)), _INCOME_KNOWN),
    Measure("low_income", _lines("C17002", range(2, 8)), _INCOME_KNOWN),
    Measure("adults_no_diploma", _lines("B06009", (2,)), _ADULTS),
    Measure("adults_bachelors", _lines("B06009", (5, 6)), _ADULTS),
    Measure("residents_white", _lines("B03002", (3,)), _BY_RACE),
    Measure("residents_black", _lines("B03002", (4,)), _BY_RACE),
    Measure("residents_asian", _lines("B03002", (6,)), _BY_RACE),
    Measure("residents_hispanic", _lines("B03002", (12,)), _BY_RACE),
    Measure("residents_further_races", _lines("B03002", (5, 6, 7, 8, 9)), _BY_RACE),
    Measure("foreign_born", _lines("B05001", (5, 6)), _BY_BIRTH),
    Measure("homeownership", _lines("B25003", (2,)), _lines("B25003", (1,))),
    Measure("households_with_car", _lines("B08201", (3, 4, 5, 6)), _lines("B08201", (1,))),
    _housing((*_OWNER_BANDS, *_RENTER_BANDS)),
    _housing(_OWNER_BANDS, "tenure", "owner"),
    _housing(_RENTER_BANDS, "tenure", "renter"),
)

MEDIAN_INCOME: Final = "B19013_001"

VARIABLES: Final = tuple(
    sorted({line for m in MEASURES for line in (*m.numerator, *m.denominator)} | {MEDIAN_INCOME})
)
"""Every line that is read."""

CONTROLLED: Final = frozenset({*_PEOPLE, *_BY_RACE, *_BY_BIRTH, *_lines("B03002", (12,))})
"""Lines that the Bureau fits to its own population estimates of the state: they have no
sampling error there, and no margin is printed."""
