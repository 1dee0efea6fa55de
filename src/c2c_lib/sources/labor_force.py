"""Unemployment by town: annual averages of Local Area Unemployment Statistics.

The figures come from a model that is fitted anew to a benchmark every year; the column of
the annual average names it ("AVG 2019 (B - 2019)"). The rate is taken as printed (one decimal
of a percent), with the printed annual averages of unemployed persons and of the labor force.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from c2c_lib.catalog import Place
from c2c_lib.sources.base import RawFile, share
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import note_missing_places, observations
from c2c_lib.sources.workbooks import Row, cell_number, read_sheet

__all__ = ["SOURCE", "read"]

SOURCE: Final = "ctdol_labor_force"
SHEET: Final = "LAUS File"

_HEADER: Final = ("Method", "Area Code", "Area Title", "Data Type")
_AVERAGE: Final = re.compile(r"AVG (\d{4}) \(B - \d{4}\)")
_TOWN: Final = re.compile(r"CS09(\d{5})0*")  # a town is a county subdivision of state 09
_STATE: Final = re.compile(r"ST090*")
_TITLE: Final = re.compile(r"(.+?)(?: \(consolidated\))? (?:city/|borough/)?(?:town|city), CT")
_TYPES: Final = {
    "Labor Force": "denominator",
    "Unemployment": "numerator",
    "Unemployment Rate": "estimate",
    "Employment": "",
}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the annual average of every town and the state.

    Parameters
    ----------
    files : sequence of RawFile
        Workbooks of one year each with the sheet "LAUS File".
    names : Names
        Resolves towns by title, checked against the last five digits of their code.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`); the estimate is a share.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    rows = read_sheet(file, SHEET, names.problems)
    header = _header(rows, file, names)
    if header is None:
        return observations([])
    year, average = header
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for number, row in enumerate(rows[1:], start=2):
        code, title, kind = (str(cell or "").strip() for cell in row[1:4])
        if not (_TOWN.fullmatch(code) or _STATE.fullmatch(code)):
            continue
        where = f"{file.name}:{SHEET}!{number}"
        place = _place(code, title, where, names)
        if place is None:
            continue
        if kind not in _TYPES:
            names.problems.add(
                where, "unknown label", value=kind, column="Data Type", allowed=", ".join(_TYPES)
            )
        elif column := _TYPES[kind]:
            figure = found.setdefault((place.geo_level, place.geo_id), {"where": where})
            high = 100.0 if column == "estimate" else float("inf")
            figure[column] = cell_number(
                row[average], where, f"AVG {year}", names.problems, high=high
            )
    result = observations(
        _observation(year, place, figure, names) for place, figure in found.items()
    )
    result = result.dropna(subset="estimate").reset_index(drop=True)
    note_missing_places(result, "town", file.name, names)
    return result


def _header(rows: list[Row], file: RawFile, names: Names) -> tuple[str, int] | None:
    """Return the year and the position of the annual average."""
    if not rows:
        return None
    cells = [str(cell or "").strip() for cell in rows[0]]
    averages = [(match[1], i) for i, c in enumerate(cells) if (match := _AVERAGE.fullmatch(c))]
    if tuple(cells[:4]) == _HEADER and len(averages) == 1:
        return averages[0]
    names.problems.add(
        f"{file.name}:{SHEET}!1",
        "the header is not as expected",
        value=", ".join(filter(None, cells)),
        allowed=f"{', '.join(_HEADER)}, twelve months, one column like 'AVG 2019 (B - 2019)'",
        remedy="If the layout moved, its reader must learn it.",
    )
    return None


def _place(code: str, title: str, where: str, names: Names) -> Place | None:
    town = _TITLE.fullmatch(title)
    place = names.place("town", town[1] if town else title, where)
    if place is None:
        return None
    of_state = place.geo_level == "state"
    digits = match[1] if (match := _TOWN.fullmatch(code)) else ""
    if bool(digits) != of_state and place.geo_id.endswith(digits):
        return place
    names.problems.add(
        where,
        f"the code does not belong to {place.name}",
        value=code,
        column="Area Code",
        allowed="ST0900000000000" if of_state else f"CS09{place.geo_id[-5:]}000000",
    )
    return None


def _observation(
    year: str, place: tuple[str, str], figure: dict[str, Any], names: Names
) -> dict[str, Any]:
    for label, column in _TYPES.items():
        if column and column not in figure:
            names.problems.add(figure["where"], "a row is missing for this place", value=label)
    rate, part, whole = (figure.get(c) for c in ("estimate", "numerator", "denominator"))
    if part is not None and whole is not None and part > whole:
        names.problems.add(
            figure["where"],
            "the unemployed are more than the labor force",
            value=f"{part:g} of {whole:g}",
        )
    return {
        "indicator": "unemployment_rate",
        "geo_level": place[0],
        "geo_id": place[1],
        "period": year,
        "dimension": "all",
        "group": "all",
        "estimate": None if rate is None else share(rate),
        "numerator": part,
        "denominator": whole,
        "status": "published",
    }
