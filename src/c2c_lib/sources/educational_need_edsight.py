"""Who the students are, as EdSight exports it: school meals, learning English, disability.

Three title lines (report, scope, school year), a line of merged headings, then one row per
district with the students who are and who are not, and a column ``Total``. The last row,
``Total`` without a code, is the state. EdSight prints counts only; the shares are worked out
from them. Where one of the counts is hidden there is no share, and nothing is worked out from
what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from c2c_lib.catalog.periods import parse_period
from c2c_lib.sources.base import STATUS_OF_MARK, RawFile
from c2c_lib.sources.edsight import place_code
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import (
    csv_rows,
    find_places,
    note_missing_places,
    numbers,
    observations,
    read_csv,
)

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_educational_need"

_DISTRICT: Final = "District"
_CODE: Final = "District Code"
_TOTAL: Final = "Total"
_STATE: Final = "State of Connecticut"
_SCOPE: Final = "All Districts"
_HIDDEN: Final = "suppressed_by_source"


@dataclass(frozen=True)
class _Report:
    """One of the three reports: its title, what counts, and what does not."""

    indicator: str
    counted: tuple[str, ...]
    not_counted: str


_REPORTS: Final = {
    "Student Counts by District and Free/Reduced Lunch Eligibility": _Report(
        "students_meal_eligible", ("Free", "Reduced"), "Non-Subsidized"
    ),
    "Student Counts by District and English Learner Status": _Report(
        "students_english_learners", ("Yes",), "No"
    ),
    "Student Counts by District and Special Education Status": _Report(
        "students_with_disabilities", ("Yes",), "No"
    ),
}


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of the state and its districts.

    Parameters
    ----------
    files : sequence of RawFile
        One export per report and school year, named like ``enrollment__2021-22_ell.csv``.
    names : Names
        Resolves places and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.base.SourceReader`): shares worked out from the
        printed counts, with both counts.
    """
    frames = [_read_file(file, names) for file in files]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> pd.DataFrame:
    rows = csv_rows(file, names.problems)
    titles = [next((cell.strip() for cell in row if cell.strip()), "") for _, row in rows[:3]]
    report = _REPORTS.get(titles[0]) if titles else None
    if report is None or titles[1:2] != [_SCOPE]:
        if rows:
            names.problems.add(
                file.name,
                "the title is not that of this report",
                value=" / ".join(titles[:2]),
                allowed=f"{', '.join(_REPORTS)}; then {_SCOPE}",
                remedy="Move the file to the folder of its report, or export it again.",
            )
        return observations([])
    period = _period(titles[2] if len(titles) > 2 else "", file, names)
    parts = [*report.counted, report.not_counted]
    frame = read_csv(file, [_DISTRICT, _CODE, *parts, _TOTAL], names.problems)
    if period is None or frame.empty:
        return observations([])
    frame[_CODE] = frame[_CODE].map(place_code)
    of_state = (frame[_DISTRICT] == _TOTAL) & (frame[_CODE] == "")
    frame[_DISTRICT] = frame[_DISTRICT].mask(of_state, _STATE)
    places = find_places(frame, "district", _DISTRICT, file, names, _CODE)
    frame = frame.join(places, how="inner").assign(period=period)
    note_missing_places(frame, "state", file.name, names)
    return _figures(frame, report, file, names)


def _period(title: str, file: RawFile, names: Names) -> str | None:
    """Return the school year of the third title line, held against the file's name."""
    try:
        period = parse_period(title).label
    except ValueError as error:
        names.problems.add(f"{file.name}:3", str(error), value=title)
        return None
    if f"__{period}_" not in PurePosixPath(file.name).name:
        names.problems.add(
            f"{file.name}:3",
            "the title and the file's name give different school years",
            value=period,
            allowed=PurePosixPath(file.name).name,
            remedy="Find out which one is right, then rename the file or export it again.",
        )
    return period


def _figures(frame: pd.DataFrame, report: _Report, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the share of every place whose counts are printed, and say which are hidden."""
    marks = tuple(STATUS_OF_MARK)
    columns = [*report.counted, report.not_counted, _TOTAL]
    counts = pd.DataFrame(
        {c: numbers(frame, c, file, names.problems, missing=marks) for c in columns},
        index=frame.index,
    )
    counted = counts[list(report.counted)].sum(axis=1, skipna=False)
    total = counts[_TOTAL]
    in_full = counts[columns].notna().all(axis=1)
    apart = (counted > total) | (in_full & (counts[columns[:-1]].sum(axis=1) != total))
    for line in frame.index[apart]:
        names.problems.add(
            f"{file.name}:{line}",
            "the counts do not add up to the total",
            value=f"{counted[line]:g} of {total[line]:g}",
            column=_TOTAL,
            remedy="Hold it against the publisher's report; columns may have moved.",
        )
    needed = frame[[*report.counted, _TOTAL]]
    unread = counts[needed.columns].isna() & ~needed.isin(marks)
    good = ~(apart | unread.any(axis=1))
    frame, counted, total = frame[good], counted[good], total[good]
    shown = counted.notna() & (total > 0)
    return observations(
        frame[["geo_level", "geo_id", "period"]].assign(
            indicator=report.indicator,
            dimension="all",
            group="all",
            estimate=(counted / total).where(shown),
            numerator=counted.where(shown),
            denominator=total.where(shown),
            status=_status(frame, shown, [*report.counted, _TOTAL]),
        )
    )


def _status(frame: pd.DataFrame, shown: pd.Series[bool], columns: list[str]) -> list[str]:
    """Return the status of every row: that of the first mark, or that nobody is enrolled."""
    found = []
    for cells, is_shown in zip(frame[columns].to_numpy(), shown, strict=True):
        marks = [STATUS_OF_MARK[cell] for cell in cells if cell in STATUS_OF_MARK]
        hidden = _HIDDEN if _HIDDEN in marks else next(iter(marks), "not_applicable")
        found.append("published" if is_shown else hidden)
    return found
