"""Periods: what a figure is about.

Three spellings exist: a school year ``2018-19`` (for a graduating class the year it
graduates), a calendar year ``2015`` and several pooled years ``2016-2020``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Period", "parse_period", "school_year"]

_SCHOOL_YEAR = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_POOLED = re.compile(r"([0-9]{4})-([0-9]{4})")


@dataclass(frozen=True, order=True)
class Period:
    """A school year, a calendar year or several pooled years.

    Attributes
    ----------
    end : int
        The calendar year in which it ends; periods sort by it.
    start : int
        The calendar year in which it begins.
    label : str
        The spelling used everywhere, for example ``2018-19``.
    """

    end: int
    start: int
    label: str

    @property
    def pooled(self) -> bool:
        """Whether several years are pooled (so that neighbouring periods overlap)."""
        return _POOLED.fullmatch(self.label) is not None

    def overlaps(self, other: Period) -> bool:
        """Whether two pooled periods share a year; other periods only overlap themselves.

        Examples
        --------
        >>> parse_period("2014-2018").overlaps(parse_period("2018-2022"))
        True
        >>> parse_period("2018-19").overlaps(parse_period("2019-20"))
        False
        """
        if not (self.pooled and other.pooled):
            return self.label == other.label
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return self.label


@lru_cache(maxsize=4096)
def parse_period(label: str) -> Period:
    """Read a period label.

    Parameters
    ----------
    label : str
        ``2018-19``, ``2015`` or ``2016-2020``.

    Raises
    ------
    ValueError
        If the label has none of the three forms, or its years run backward.

    Examples
    --------
    >>> parse_period("2018-19").end
    2019
    >>> parse_period("2016-2020").pooled
    True
    """
    if match := _SCHOOL_YEAR.fullmatch(label):
        start = int(match[1])
        if (start + 1) % 100 == int(match[2]):
            return Period(start + 1, start, label)
    elif _YEAR.fullmatch(label):
        return Period(int(label), int(label), label)
    elif (match := _POOLED.fullmatch(label)) and int(match[2]) > int(match[1]):
        return Period(int(match[2]), int(match[1]), label)
    raise ValueError(
        f"period is {label!r}, but is expected to be a school year like '2018-19', "
        "a year like '2015' or pooled years like '2016-2020'"
    )


def school_year(fall: int) -> str:
    """Return the label of the school year that begins in the fall of a year.

    Examples
    --------
    >>> school_year(1999)
    '1999-00'
    """
    return f"{fall}-{(fall + 1) % 100:02d}"
