"""The first Kindergarten Entrance Inventory, fall 2008 to fall 2013, kept apart from today's.

Another form than the one used since 2014-15. Level 3 means that a child showed most of the
skills of a domain, level 1 few of them. Three layouts:

- 2008-09 to 2011-12: one file per year and domain, with district numbers and the number of
  children rated. Lines end in a carriage return. The state's percents come from files of its
  own, as printed by the state; the row without a district number says the same, not rounded,
  and may lack its year or its name: it is passed over.
- 2012-13: one file per domain, two header lines, no district numbers.
- 2013-14: one workbook, percents only and not rounded.

In the last two years some districts did not take part by permission, and the state worked out
no value of its own: the row ``Statewide`` of 2012-13 is not read. An empty cell is no zero, though
the other two levels may add to 100: its figure is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import pandas as pd

from c2c_lib.catalog import Place
from c2c_lib.sources.base import RawFile, share
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import EXPORT_AGAIN, csv_rows, observations
from c2c_lib.sources.workbooks import cell_number, read_sheet

__all__ = ["SOURCE", "read"]

SOURCE: Final = "csde_kindergarten_historic"

DOMAINS: Final = {
    "Creative": "creative",
    "Language": "language",
    "Literacy": "literacy",
    "Numeracy": "numeracy",
    "Personal": "personal_social",
    "Physical": "physical_motor",
}
_LEVELS: Final = (1, 3)
_FILE: Final = re.compile(
    r"(?:State_2008-2012_.* - |(?P<year>\d{4}-\d{2})_KEI_)(?P<domain>[A-Z][a-z]+)"
)
_BOOK: Final = re.compile(r"KEI_DistrictByDomain_(\d{4})\.xlsx")
_SHEET: Final = "Sheet1"
_STATEWIDE: Final = "Statewide"
_NAME_COLUMNS: Final = ("District Name", "DistrictName", "Organization Name")
_TESTED: Final = "Number of Students Tested"
_YEAR: Final = "School Year"
_NUMBER: Final = "District ID"
# Where the name alone is unknown, or is another district's, the number decides.
_OTHER_NAMES: Final = {
    ("270", "Side By Side Community School District"): "Side By Side Charter School District",
    ("288", "Achievement First Hartford Academy Inc."): (
        "Achievement First Hartford Academy Inc. District"
    ),
    ("289", "Elm City College Preparatory School"): "Elm City College Preparatory School District",
}
_EMPTY: Final = "The cell is empty in the publisher's file."


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the files into one observation per domain, level, district and school year.

    Parameters
    ----------
    files : sequence of RawFile
        Files of districts and of the state, and the workbook of 2013.
    names : Names
        Resolves districts; where a district number stands, it is held against their code.

    Returns
    -------
    DataFrame
        Observations of ``kindergarten_*_level1_historic`` and ``..._level3_historic``, with
        the number of children rated as denominator where it is printed.
    """
    found: list[dict[str, Any]] = []
    for file in files:
        name = PurePosixPath(file.name).name.replace("_-_", " - ")
        if match := _BOOK.fullmatch(name):
            found += _workbook(file, int(match[1]), names)
        elif (match := _FILE.match(name)) and match["domain"] in DOMAINS:
            found += _file(file, DOMAINS[match["domain"]], match["year"] or "", names)
        else:
            names.problems.add(
                file.name,
                "the file's name does not say year and domain",
                allowed="a name like 2008-09_KEI_Language.csv, with " + ", ".join(DOMAINS),
            )
    frame = pd.DataFrame(found)
    return observations(frame).assign(where=list(frame["where"]) if len(frame) else [])


def _file(file: RawFile, domain: str, year: str, names: Names) -> Iterable[dict[str, Any]]:
    """Yield the figures of one domain; the year stands in the name, or in every row."""
    rows = csv_rows(file, names.problems)
    at = next((i for i, (_, row) in enumerate(rows) if set(row) & set(_NAME_COLUMNS)), None)
    if at is None:
        if rows:
            names.problems.add(
                file.name,
                "no header found",
                allowed=" or ".join(_NAME_COLUMNS),
                remedy=EXPORT_AGAIN,
            )
        return
    header = [cell.strip() for cell in rows[at][1]]
    columns = _columns(header, f"{file.name}:{rows[at][0]}", names)
    if columns is None:
        return
    if not rows[at + 1 :]:
        names.problems.add(file.name, "the file has a header but no rows", remedy=EXPORT_AGAIN)
    for line, row in rows[at + 1 :]:
        where = f"{file.name}:{line}"
        if len(row) != len(header):
            names.problems.add(
                where,
                "the row is cut short or has a cell too many",
                value=f"{len(row)} cells",
                allowed=f"{len(header)} cells, as in the header",
                remedy=EXPORT_AGAIN,
            )
        elif not _is_statewide(row, columns):
            yield from _row(row, columns, where, domain, year, names)


def _is_statewide(row: list[str], columns: dict[str, int]) -> bool:
    """Whether a row of a file of districts is the state's."""
    if row[columns["name"]].strip() == _STATEWIDE:
        return True
    return "number" in columns and not row[columns["number"]].strip()


def _columns(header: list[str], where: str, names: Names) -> dict[str, int] | None:
    """Return where each field stands, or None after noting what is missing."""
    ends = {f"level{level}": f"Level {level}" for level in _LEVELS}
    found = {
        field: i for field, end in ends.items() for i, h in enumerate(header) if h.endswith(end)
    }
    found["name"] = next(i for i, heading in enumerate(header) if heading in _NAME_COLUMNS)
    for field, heading in (("tested", _TESTED), ("year", _YEAR), ("number", _NUMBER)):
        if heading in header:
            found[field] = header.index(heading)
    missing = [
        heading for field, heading in (*ends.items(), ("tested", _TESTED)) if field not in found
    ]
    for heading in missing:
        names.problems.add(
            where, "a column is missing", value=heading, allowed=", ".join(filter(None, header))
        )
    return None if missing else found


def _row(
    row: list[str], columns: dict[str, int], where: str, domain: str, year: str, names: Names
) -> Iterable[dict[str, Any]]:
    number = row[columns["number"]] if "number" in columns else ""
    place = _place(row[columns["name"]].strip(), number.strip(), where, names)
    printed = row[columns["year"]].strip() if "year" in columns else year
    if year and printed != year:
        names.problems.add(
            where,
            "the row and the file's name give different school years",
            value=printed,
            column=_YEAR,
            allowed=year,
        )
        return
    tested = cell_number(row[columns["tested"]].strip(), where, _TESTED, names.problems)
    if place is None or tested is None:
        return
    for level in _LEVELS:
        cell = row[columns[f"level{level}"]].strip()
        yield from _figure(cell, where, place, printed, (domain, level), tested, names)


def _figure(
    cell: object,
    where: str,
    place: Place,
    period: str,
    what: tuple[str, int],
    tested: float | None,
    names: Names,
) -> Iterable[dict[str, Any]]:
    domain, level = what
    percent = cell_number(cell, where, f"Level {level}", names.problems, missing=("",), high=100)
    empty = cell is None or cell == ""
    if percent is None and not empty:
        return
    yield {
        "where": where,
        "indicator": f"kindergarten_{domain}_level{level}_historic",
        "geo_level": place.geo_level,
        "geo_id": place.geo_id,
        "period": period,
        "dimension": "all",
        "group": "all",
        "estimate": None if percent is None else share(percent),
        "denominator": None if percent is None else tested,
        "status": "suppressed_by_source" if percent is None else "published",
        "note": _EMPTY if percent is None else "",
    }


def _place(name: str, number: str, where: str, names: Names) -> Place | None:
    """Return the district of a name, checked against its number (288, the first digits)."""
    place = names.place("district", _OTHER_NAMES.get((number, name), name), where)
    if place is None or place.geo_level == "state" or not number:
        return place
    if place.geo_id[:3] != number.zfill(3):
        names.problems.add(
            where,
            f"the district number does not belong to {place.name}",
            value=number,
            column=_NUMBER,
            allowed=place.geo_id[:3],
            remedy="Look at the publisher's report.",
        )
        return None
    return place


def _workbook(file: RawFile, year: int, names: Names) -> Iterable[dict[str, Any]]:
    """Yield the figures of the workbook: three columns per domain, below the domain's name."""
    period = f"{year}-{(year + 1) % 100:02d}"
    rows = read_sheet(file, _SHEET, names.problems)
    at = next((i for i, row in enumerate(rows) if row[0] == "DistrictName"), None)
    if not at:
        if rows:
            names.problems.add(f"{file.name}:{_SHEET}", "no header found", allowed="DistrictName")
        return
    levels = {f"Performance_Level_{level}": level for level in _LEVELS}
    titles = pd.Series(rows[at - 1], dtype="object").ffill()
    wanted = {
        i: (DOMAINS[titles[i]], levels[heading])
        for i, heading in enumerate(rows[at])
        if heading in levels and titles[i] in DOMAINS
    }
    for domain in sorted(set(DOMAINS.values()) - {domain for domain, _ in wanted.values()}):
        names.problems.add(f"{file.name}:{_SHEET}!{at}", "a domain is missing", value=domain)
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        where = f"{file.name}:{_SHEET}!{number}"
        if all(cell is None for cell in row):
            continue
        place = _place(str(row[0] or "").strip(), "", where, names)
        for i, what in wanted.items() if place else ():
            if place is not None:
                yield from _figure(row[i], where, place, period, what, None, names)
