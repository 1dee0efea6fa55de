"""What every source module offers, and the small things they share."""

from __future__ import annotations

import gzip
import math
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, Protocol

import pandas as pd

from c2c_lib.errors import Problems
from c2c_lib.sources.names import Names

__all__ = [
    "MISSING_MARKS",
    "STATUS_OF_MARK",
    "RawFile",
    "ReportReader",
    "SourceReader",
    "parse_number",
    "read_text",
    "share",
]

MISSING_MARKS: Final = frozenset({"", "*", "N/A", "NA", "-9999", "-6666", "a", ".", "-", "null"})
"""Marks that stand for a figure that is not given. None of them is a zero."""

STATUS_OF_MARK: Final[Mapping[str, str]] = {
    "*": "suppressed_by_source",
    "-9999": "suppressed_by_source",
    "N/A": "not_applicable",
    "-6666": "not_collected",
}
"""What a mark says where the publisher explains it. The other marks say only "no figure"."""

_AS_DOWNLOADED: Final = (
    "Take the publisher's file as it was downloaded; a spreadsheet program changes it on saving."
)
_SHOWN: Final = 60  # characters of a line that are quoted
_NUMBER: Final = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+|(?=\.\d))(\.\d+)?([eE][+-]?\d+)?")


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
    """What reads one publisher's report: mostly a module of this package.

    Reports that differ in a few words only are read by one module, which lists a `ReportReader`
    for each of them in ``READERS``.

    Attributes
    ----------
    SOURCE : str
        Id of the report in the catalog (whose `files` patterns say what it is given).

    Notes
    -----
    ``read(files, names)`` returns observations in any order, with at least the columns
    ``indicator, geo_level, geo_id, period, dimension, group, estimate, status`` and any of
    ``numerator, denominator, moe90, note``; ``period_end`` and ``source`` are filled in by
    the ingest. A column ``where`` (file and line) is welcome: it is not stored, it only
    tells where figures that contradict each other stand. What the module does not know it
    notes in ``names.problems`` and goes on, so that one run lists everything.
    """

    SOURCE: str

    def read(self, files: Sequence[RawFile], names: Names) -> pd.DataFrame:
        """Read the files of the report into observations."""


@dataclass(frozen=True)
class ReportReader:
    """One of several reports that a module reads in the same way (`SourceReader`).

    Attributes
    ----------
    SOURCE : str
        Id of the report in the catalog.
    read : callable
        From files and names to observations.
    """

    SOURCE: str
    read: Callable[[Sequence[RawFile], Names], pd.DataFrame]


def read_text(file: RawFile, problems: Problems) -> str | None:
    """Return the text of an export, or None where it holds none; what is wrong is noted.

    An export is UTF-8. Another encoding is refused and not guessed, because a wrong guess
    changes names silently; the message shows the first line at fault as Windows would.

    Parameters
    ----------
    file : RawFile
        Line ends of any system and a byte-order mark do not count. One that is packed (its
        name ends in .gz) is unpacked.
    problems : Problems
        Where an empty file, another encoding and a web page in place of a table are noted.

    Raises
    ------
    OSError
        If the file cannot be opened.
    """
    content = file.path.read_bytes()
    if file.path.suffix == ".gz":
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            problems.add(
                file.name,
                f"does not unpack ({error})",
                remedy="The download broke off: fetch the file again.",
            )
            return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        workbook = content.startswith(b"PK")
        problems.add(
            file.name,
            "the file is not UTF-8 text",
            value="a workbook" if workbook else "UTF-16 (Unicode text of a spreadsheet program)",
            allowed="UTF-8",
            remedy=_AS_DOWNLOADED,
        )
        return None
    try:
        text = content.decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = content[before.rfind(b"\n") + 1 :].split(b"\n", 1)[0]
        problems.add(
            f"{file.name}:{before.count(bytes([10])) + 1}",
            "the file is not UTF-8 text",
            value=line.decode("cp1252", "replace").strip()[:_SHOWN],
            allowed="UTF-8",
            remedy=_AS_DOWNLOADED,
        )
        return None
    start = text.lstrip()[:200].casefold()
    if not start:
        problems.add(file.name, "the file is empty", remedy="Export the report again.")
        return None
    if start.startswith(("<!doctype", "<html", "<?xml")):
        problems.add(
            f"{file.name}:1",
            "the file is a web page, not a table",
            value=text.strip().splitlines()[0][:_SHOWN],
            remedy="The download gave an error page: export the report again.",
        )
        return None
    return text


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
    >>> parse_number("12,5")
    Traceback (most recent call last):
    ...
    ValueError: cell is '12,5', but is expected to be a number or one of * -9999 N/A ...
    """
    if text is None:
        return None
    if isinstance(text, (int, float)):
        return None if math.isnan(text) or text in (-9999, -6666) else float(text)
    cleaned = str(text).strip()
    if cleaned in MISSING_MARKS:
        return None
    cleaned = cleaned.removesuffix("%").rstrip()
    if cleaned and cleaned in MISSING_MARKS:
        return None
    if not _NUMBER.fullmatch(cleaned):
        raise ValueError(
            f"cell is {text!r}, but is expected to be a number or one of * -9999 N/A -6666"
        )
    return float(cleaned.replace(",", ""))


def share(percent: float) -> float:
    """Return a printed percent as a share, equal to the printed digits.

    The decimal point is moved in decimal arithmetic, so that 58.6 gives the number that
    ``0.586`` gives and no float dust.

    Examples
    --------
    >>> share(58.6), share(7.0), share(100)
    (0.586, 0.07, 1.0)
    """
    return float(Decimal(str(percent)).scaleb(-2))
