"""October enrollment by race and ethnicity, as EdSight exports it, with the total of all.

Three title lines (report, scope, school year), a line of merged headings, then one row per
district with a column per group and a column ``Total``. The last row, ``Total`` without a
code, is the state. Only exports from 2010-11 on have today's groups.

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
from c2c_lib.sources.student_counts import student_counts
from c2c_lib.sources.tables import csv_rows, find_places, note_missing_places, read_csv

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_enrollment"

_TITLES: Final = ("Student Counts by District and Race", "All Districts")
_DISTRICT: Final = "District"
_CODE: Final = "District Code"
_TOTAL: Final = "Total"
_STATE: Final = "State of Connecticut"
_DIMENSION: Final = "race_ethnicity"
_KEYS: Final = ("where", "geo_level", "geo_id", "period")


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports: all students and every group, of the state and its districts.

    Parameters
    ----------
    files : sequence of RawFile
        One export per school year, named like ``enrollment__2021-22_race.csv``.
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
    period = _period(rows[:at], file, names)
    number, header = rows[at]
    groups = _groups(header[2:], f"{file.name}:{number}", names)
    frame = read_csv(file, [_DISTRICT, _CODE, *groups, _TOTAL], names.problems)
    if period is None or frame.empty:
        return _no_rows()
    return _long(frame, groups, period, file, names)


def _long(
    frame: pd.DataFrame, groups: dict[str, str], period: str, file: RawFile, names: Names
) -> pd.DataFrame:
    """Put the groups of a district, which stand beside each other, below each other."""
    frame[_CODE] = frame[_CODE].map(place_code)
    frame[_DISTRICT] = frame[_DISTRICT].mask(
        (frame[_DISTRICT] == _TOTAL) & (frame[_CODE] == ""), _STATE
    )
    places = find_places(frame, "district", _DISTRICT, file, names, _CODE)
    _check_sums(frame, list(groups), file, names)
    frame = frame.join(places, how="inner").assign(period=period)
    frame["where"] = [f"{file.name}:{line}" for line in frame.index]
    note_missing_places(frame, "state", file.name, names)
    found = [
        frame[list(_KEYS)].assign(
            dimension="all" if group == "all" else _DIMENSION, group=group, value=frame[heading]
        )
        for heading, group in {_TOTAL: "all", **groups}.items()
    ]
    return pd.concat(found, ignore_index=True)


def _period(lines: Sequence[tuple[int, list[str]]], file: RawFile, names: Names) -> str | None:
    """Return the school year of the title lines, held against the file's name."""
    titles = [next((cell.strip() for cell in row if cell.strip()), "") for _, row in lines]
    if tuple(titles[:2]) != _TITLES or len(titles) < 3:
        names.problems.add(
            file.name,
            "the title is not that of this report",
            value=" / ".join(titles[:3]),
            allowed=f"{' / '.join(_TITLES)} / 2021-22",
            remedy="Move the file to the folder of its report, or export it again.",
        )
        return None
    where = f"{file.name}:{lines[2][0]}"
    try:
        period = parse_period(titles[2]).label
    except ValueError as error:
        names.problems.add(where, str(error), value=titles[2])
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


def _groups(headings: Sequence[str], where: str, names: Names) -> dict[str, str]:
    """Return the group id of every column between the code and the total."""
    found = {}
    for heading in (cell.strip() for cell in headings):
        if heading not in (_TOTAL, ""):
            group = names.group(_DIMENSION, heading, where)
            if group is not None:
                found[heading] = group
    return found


def _check_sums(frame: pd.DataFrame, groups: list[str], file: RawFile, names: Names) -> None:
    """Note rows whose groups are more than the total, or, all printed, not as many."""
    counts = frame[[*groups, _TOTAL]].apply(
        lambda cells: pd.to_numeric(cells.str.replace(",", ""), errors="coerce")
    )
    shown, total = counts[groups].sum(axis=1), counts[_TOTAL]
    in_full = counts[groups].notna().all(axis=1)
    for line in frame.index[(shown > total) | (in_full & (shown < total))]:
        names.problems.add(
            f"{file.name}:{line}",
            "the groups do not add up to the total",
            value=f"{shown[line]:g} of {total[line]:g}",
            column=_TOTAL,
            remedy="Hold it against the publisher's report; columns may have moved.",
        )
