"""Kindergarten Entrance Inventory: how much support kindergartners need, by domain.

Teachers rate every entering child in six domains. Level 3 means minimal support is
needed, level 1 substantial support. The workbook gives shares from 0 to 1, rounded to three
decimals in some years and not rounded in others; they are kept as printed. It gives no counts
and no student groups. ``*`` is a share that the state hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from c2c_lib.catalog import Place, parse_period
from c2c_lib.errors import did_you_mean
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import note_missing_places, observations
from c2c_lib.sources.workbooks import Row, cell_number, read_sheet

__all__ = ["SOURCE", "read"]

SOURCE: Final = "csde_kindergarten_inventory"
SHEET: Final = "KEI Data - All Years"
LAST_ROW: Final = "End of Sheet"
HIDDEN: Final = ("*",)

_DOMAINS: Final = {
    "CR": "creative",
    "LA": "language",
    "LI": "literacy",
    "NU": "numeracy",
    "PR": "personal_social",
    "PH": "physical_motor",
}
_FIGURES: Final = {
    f"{code}_PCT{level}": f"kindergarten_{domain}_level{level}"
    for code, domain in _DOMAINS.items()
    for level in (3, 1)
}
_COLUMNS: Final = ("Year", "Dist_Num", "districtname", *_FIGURES)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the workbook into one observation per domain, level, district and school year.

    Parameters
    ----------
    files : sequence of RawFile
        Workbooks with the sheet "KEI Data - All Years"; its header stands below a title.
    names : Names
        Resolves districts; the district number is the first three digits of their code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`).
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    rows = read_sheet(file, SHEET, names.problems)
    at, columns = _header(rows, file, names)
    if not columns:
        return observations([])
    found = []
    finished = False
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        finished = finished or row[columns["Year"]] == LAST_ROW
        if not finished and any(cell is not None for cell in row):
            found.extend(_figures(row, columns, f"{file.name}:{SHEET}!{number}", names))
    if not finished:
        names.problems.add(
            f"{file.name}:{SHEET}",
            f"the sheet is cut short: no row says {LAST_ROW!r}",
            remedy="Export the report again.",
        )
    frame = observations(found)
    note_missing_places(frame, "state", file.name, names)
    return frame


def _header(rows: list[Row], file: RawFile, names: Names) -> tuple[int, dict[str, int]]:
    """Return where the header stands, and the position of every column that is wanted."""
    for at, row in enumerate(rows[:10]):
        if "Dist_Num" in row:
            missing = [column for column in _COLUMNS if column not in row]
            for column in missing:
                names.problems.add(
                    f"{file.name}:{SHEET}!{at + 1}",
                    "a column is missing",
                    value=column,
                    allowed=", ".join(str(cell) for cell in row if cell is not None),
                    remedy=did_you_mean(column, [str(cell) for cell in row]),
                )
            return at, {} if missing else {column: row.index(column) for column in _COLUMNS}
    if rows:
        names.problems.add(
            f"{file.name}:{SHEET}",
            "no header found in the first ten rows",
            allowed=", ".join(_COLUMNS),
        )
    return 0, {}


def _figures(row: Row, columns: dict[str, int], where: str, names: Names) -> list[dict[str, Any]]:
    year = str(row[columns["Year"]] or "").strip()
    place = _place(row[columns["districtname"]], row[columns["Dist_Num"]], where, names)
    try:
        parse_period(year)
    except ValueError as error:
        names.problems.add(where, str(error), value=year, column="Year")
        return []
    if place is None:
        return []
    found = []
    for column, indicator in _FIGURES.items():
        cell = row[columns[column]]
        estimate = cell_number(cell, where, column, names.problems, missing=HIDDEN, high=1.0)
        hidden = isinstance(cell, str) and cell.strip() in HIDDEN
        if estimate is None and not hidden:
            continue
        found.append(
            {
                "indicator": indicator,
                "geo_level": place.geo_level,
                "geo_id": place.geo_id,
                "period": year,
                "dimension": "all",
                "group": "all",
                "estimate": estimate,
                "status": "suppressed_by_source" if hidden else "published",
            }
        )
    return found


def _place(name: object, number: object, where: str, names: Names) -> Place | None:
    """Return the district of a name, checked against its number (text "015" or 103)."""
    place = names.place("district", str(name or ""), where)
    if place is None or place.geo_level == "state":
        return place
    digits = str(number or "").strip().zfill(3)
    if not place.geo_id.startswith(digits) or len(digits) != 3:
        names.problems.add(
            where,
            f"the district number does not belong to {place.name}",
            value=digits,
            column="Dist_Num",
            allowed=place.geo_id[:3],
            remedy="Look at the publisher's report; add a new name to places.csv.",
        )
        return None
    return place
