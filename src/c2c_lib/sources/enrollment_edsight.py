"""October enrollment by race and ethnicity or by gender, as EdSight exports it, with the total.

Three title lines (report, scope, school year), a line of merged headings, then one row per
district with a column per group and a column ``Total``. The last row, ``Total`` without a
code, is the state. Exports by race have today's groups from 2010-11 on; those by gender tell
girls from boys in every year.

A hidden group is never worked out: the total is the one that is printed. Where groups are
printed they are held against it, so that a column that moved does not go unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from c2c_lib.catalog.periods import parse_period
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import place_code
from c2c_lib.sources.names import Names
from c2c_lib.sources.student_counts import note_uneven_sums, student_counts
from c2c_lib.sources.tables import csv_rows, find_places, note_missing_places, read_csv

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_enrollment"

_TITLE: Final = "Student Counts by District and "
_SCOPE: Final = "All Districts"
_DIMENSIONS: Final = {"Race": "race_ethnicity", "Gender": "gender"}
"""What the end of the title says the columns tell apart."""
_DISTRICT: Final = "District"
_CODE: Final = "District Code"
_TOTAL: Final = "Total"
_STATE: Final = "State of Connecticut"
_KEYS: Final = ("where", "geo_level", "geo_id", "period")


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports: all students and every group, of the state and its districts.

    Parameters
    ----------
    files : sequence of RawFile
        One export per school year and dimension, named like ``enrollment__2021-22_race.csv``.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``enrollment``: students as estimate and as numerator.
    """
    tables = [_read_file(file, names) for file in files]
    table = pd.concat([_no_rows(), *tables], ignore_index=True)
    return student_counts(table, "count", names.problems).assign(indicator="enrollment")


def _no_rows() -> pd.DataFrame:
    columns = (*_KEYS, "dimension", "group", "value")
    return pd.DataFrame({column: pd.Series([], dtype="str") for column in columns})


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    """Return one row per district and group, with the cell as printed in ``value``."""
    rows = csv_rows(file, names.problems)
    at = next((i for i, (_, row) in enumerate(rows) if row[0].strip() == _DISTRICT), None)
    if at is None:
        if rows:
            names.problems.add(
                file.name,
                "no header line, so the file is cut off or is another report",
                allowed=f"a line that starts with {_DISTRICT}",
                remedy="Export the report again.",
            )
        return _no_rows()
    dimension = _dimension(rows[:at], file, names)
    if dimension is None:
        return _no_rows()
    period = _period(rows[2], file, names)
    number, header = rows[at]
    groups = _groups(header[2:], dimension, f"{file.name}:{number}", names)
    frame = read_csv(file, [_DISTRICT, _CODE, *groups, _TOTAL], names.problems)
    if period is None or frame.empty:
        return _no_rows()
    return _long(frame.assign(period=period), groups, dimension, file, names)


def _long(
    frame: pd.DataFrame, groups: dict[str, str], dimension: str, file: RawFile, names: Names
) -> pd.DataFrame:
    """Put the groups of a district, which stand beside each other, below each other."""
    frame[_CODE] = frame[_CODE].map(place_code)
    frame[_DISTRICT] = frame[_DISTRICT].mask(
        (frame[_DISTRICT] == _TOTAL) & (frame[_CODE] == ""), _STATE
    )
    places = find_places(frame, "district", _DISTRICT, file, names, _CODE)
    note_uneven_sums(frame, list(groups), _TOTAL, file.name, names.problems)
    frame = frame.join(places, how="inner")
    frame["where"] = [f"{file.name}:{line}" for line in frame.index]
    note_missing_places(frame, "state", file.name, names)
    found = [
        frame[list(_KEYS)].assign(
            dimension="all" if group == "all" else dimension, group=group, value=frame[heading]
        )
        for heading, group in {_TOTAL: "all", **groups}.items()
    ]
    return pd.concat(found, ignore_index=True)


def _dimension(lines: Sequence[tuple[int, list[str]]], file: RawFile, names: Names) -> str | None:
    """Return what the title says the columns tell apart, or None if it is another report's."""
    titles = [next((cell.strip() for cell in row if cell.strip()), "") for _, row in lines]
    report, scope = (*titles, "", "")[:2]
    dimension = _DIMENSIONS.get(report.removeprefix(_TITLE))
    if dimension is None or scope != _SCOPE or len(titles) < 3:
        names.problems.add(
            file.name,
            "the title is not that of this report",
            value=" / ".join(titles[:3]),
            allowed=f"{_TITLE}{' or '.join(_DIMENSIONS)} / {_SCOPE} / 2021-22",
            remedy="Move the file to the folder of its report, or export it again.",
        )
        return None
    return dimension


def _period(line: tuple[int, list[str]], file: RawFile, names: Names) -> str | None:
    """Return the school year of the third title line, held against the file's name."""
    printed = next(cell.strip() for cell in line[1] if cell.strip())
    where = f"{file.name}:{line[0]}"
    try:
        period = parse_period(printed).label
    except ValueError as error:
        names.problems.add(where, str(error), value=printed)
        return None
    if f"__{period}_" not in PurePosixPath(file.name).name:
        names.problems.add(
            where,
            "the title and the file's name give different school years",
            value=period,
            allowed=PurePosixPath(file.name).name,
            remedy="Find out which one is right, then rename the file or export it again.",
        )
    return period


def _groups(headings: Sequence[str], dimension: str, where: str, names: Names) -> dict[str, str]:
    """Return the group id of every column between the code and the total."""
    found = {}
    for heading in (cell.strip() for cell in headings):
        if heading not in (_TOTAL, ""):
            group = names.group(dimension, heading, where)
            if group is not None:
                found[heading] = group
    return found
