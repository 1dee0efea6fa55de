"""What every source module offers, and the small things they share."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import pandas as pd

from c2c_lib.sources.names import Names

__all__ = ["MISSING_MARKS", "RawFile", "SourceReader", "parse_number", "share"]

MISSING_MARKS: Final = frozenset({"", "*", "N/A", "NA", "-9999", "-6666", "a", ".", "-", "null"})
"""Marks that stand for a figure that is not given. None of them is a zero."""


@dataclass(frozen=True)
class RawFile:
    """One raw export.

    Attributes
    ----------
    path : Path
        Where it lies.
    name : str
        Relative to the raw folder; problems are reported under it.
    """

    path: Path
    name: str


class SourceReader(Protocol):
    """A module of this package that reads one publisher's report.

    Attributes
    ----------
    SOURCE : str
        Id of the report in the catalog (whose `files` patterns say what it is given).

    Notes
    -----
    ``read(files, names)`` returns observations in any order, with at least the columns
    ``indicator, geo_level, geo_id, period, dimension, group, estimate, status`` and any of
    ``numerator, denominator, moe90, note``; ``period_end`` and ``source`` are filled in by
    the ingest. What it does not know it notes in ``names.problems`` and goes on, so that
    one run lists everything.
    """

    SOURCE: str

    def read(self, files: Sequence[RawFile], names: Names) -> pd.DataFrame: ...


def parse_number(text: object) -> float | None:
    """Return the number in a cell, or None where a missing mark stands.

    Thousands separators, a percent sign and surrounding white space do not count.

    Raises
    ------
    ValueError
        If the cell holds neither a number nor a known mark.

    Examples
    --------
    >>> parse_number("1,004"), parse_number("58.6%"), parse_number("*")
    (1004.0, 58.6, None)
    """
    if text is None:
        return None
    if isinstance(text, (int, float)):
        return None if math.isnan(text) or text in (-9999, -6666) else float(text)
    cleaned = str(text).strip().rstrip("%").strip()
    if cleaned in MISSING_MARKS:
        return None
    return float(cleaned.replace(",", ""))


def share(percent: float) -> float:
    """Return a printed percent as a share, without float dust.

    Examples
    --------
    >>> share(58.6)
    0.586
    """
    decimals = len(match[1]) if (match := re.search(r"\.(\d+)$", repr(percent))) else 0
    return round(percent / 100, decimals + 2)
