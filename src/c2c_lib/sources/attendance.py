"""Attendance rates by student group and district, state open data, release of June 2023.

The rate is days attended out of days enrolled, so it is also the share of students in school
on an average day. It is not chronic absence. A pair of columns for every school year gives
students and rate; both cells are empty where the group is too small. The newest year is
counted to the month of the release only, which its figures say in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from c2c_lib.catalog.periods import parse_period
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import (
    EXPORT_AGAIN,
    csv_rows,
    find_places,
    numbers,
    observations,
    read_csv,
)

__all__ = ["SOURCE", "TO_DATE", "read", "read_attendance"]

SOURCE: Final = "csde_attendance"

TO_DATE: Final = "Counted from the start of the school year to the month of the release."

_CODE, _NAME, _CATEGORY, _GROUP = "District code", "District name", "Category", "Student group"
_ABOUT: Final = ("Reporting period", "Date update", "Update date")
_STATE_CODE: Final = "00000CT"
_YEAR_COLUMN: Final = re.compile(
    r"(?P<first>\d{4})-\d{2}(?P<last>\d{2}) (?P<what>student count|attendance rate)"
    r"(?P<to_date> - year to date)?"
)
_GROUPS: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("", "All Students"): ("all", "all"),
    ("Homelessness", "Students Experiencing Homelessness"): ("homelessness", "homeless"),
    ("Students With Disabilities", "Students With Disabilities"): (
        "disability",
        "with_disabilities",
    ),
    ("Free/Reduced Lunch", "Free Meal Eligible"): ("economic_status", "free_meals"),
    ("Free/Reduced Lunch", "Reduced Price Meal Eligible"): ("economic_status", "reduced_meals"),
    ("Free/Reduced Lunch", "Free/Reduced Price Meal Eligible"): (
        "economic_status",
        "free_or_reduced_meals",
    ),
    ("English Learners", "English Learners"): ("english_learner", "english_learner"),
    ("Race/Ethnicity", "Black or African American"): ("race_ethnicity", "black"),
    ("Race/Ethnicity", "Hispanic/Latino of any race"): ("race_ethnicity", "hispanic"),
    ("Race/Ethnicity", "White"): ("race_ethnicity", "white"),
    ("High Needs", "Students With High Needs"): ("high_needs", "high_needs"),
    ("High Needs", "Students Without High Needs"): ("high_needs", "not_high_needs"),
}
_LEFT_OUT: Final = (("Race/Ethnicity", "All other races"),)
"""Several races in one group, which is no group of the catalog."""


class _Year(NamedTuple):
    """The two columns of a school year."""

    period: str
    students: str
    rate: str
    to_date: bool


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the release.

    Parameters
    ----------
    files : sequence of RawFile
        With codes that may have lost their leading zeros.
    names : Names
        Resolves districts by name and code.

    Returns
    -------
    DataFrame
        Observations of ``attendance_rate`` with the students of the group as denominator.
    """
    return read_attendance(files, names)


def read_attendance(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read any release; `read` and the earlier release share it."""
    frames = [figures for file in files for figures in _read_file(file, names)]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> Iterator[pd.DataFrame]:
    """Yield the figures of each school year."""
    rows = csv_rows(file, names.problems)
    if not rows:
        return
    years = _years([cell.strip() for cell in rows[0][1]], f"{file.name}:{rows[0][0]}", names)
    columns = [column for year in years for column in (year.students, year.rate)]
    if not columns:
        return
    frame = read_csv(file, (_CODE, _NAME, _CATEGORY, _GROUP, *columns), names.problems)
    groups = _groups(frame, file, names)
    codes = frame[_CODE].mask(frame[_CODE].eq(_STATE_CODE), "0").str.zfill(7)
    frame = frame.assign(**{_CODE: codes}).join(groups, how="inner")
    frame = frame.join(find_places(frame, "district", _NAME, file, names, _CODE), how="inner")
    for year in years:
        yield _figures(frame, year, file, names)


def _years(header: Sequence[str], where: str, names: Names) -> list[_Year]:
    """Return the years that the header gives; note unknown and single columns."""
    found: dict[str, dict[str, str]] = {}
    to_date: set[str] = set()
    for heading in header:
        match = _YEAR_COLUMN.fullmatch(heading)
        if match is not None:
            period = f"{match['first']}-{match['last']}"
            try:
                parse_period(period)
            except ValueError as error:
                names.problems.add(where, str(error), value=heading)
                continue
            found.setdefault(period, {})[match["what"]] = heading
            to_date |= {period} if match["to_date"] else set()
        elif heading not in (_CODE, _NAME, _CATEGORY, _GROUP, *_ABOUT):
            names.problems.add(
                where,
                "unknown column",
                value=heading,
                allowed="2021-2022 student count, 2021-2022 attendance rate",
                remedy="Look at the publisher's report.",
            )
    years = []
    for period, columns in found.items():
        if len(columns) == 2:
            count, rate = columns["student count"], columns["attendance rate"]
            years.append(_Year(period, count, rate, period in to_date))
        else:
            names.problems.add(
                where,
                "a school year has only one of its two columns",
                value=", ".join(columns.values()),
                remedy=EXPORT_AGAIN,
            )
    if not found:
        names.problems.add(
            where,
            "no column of a school year, so the file is another report",
            allowed="2021-2022 student count, 2021-2022 attendance rate",
            remedy=EXPORT_AGAIN,
        )
    return years


def _groups(frame: pd.DataFrame, file: RawFile, names: Names) -> pd.DataFrame:
    """Return dimension and group of the rows that have one; note what is unknown."""
    pairs = list(zip(frame[_CATEGORY], frame[_GROUP], strict=True))
    for line, pair in zip(frame.index, pairs, strict=True):
        if pair not in _GROUPS and pair not in _LEFT_OUT:
            names.problems.add(
                f"{file.name}:{line}",
                "unknown student group",
                value=": ".join(filter(None, pair)),
                column=f"{_CATEGORY}, {_GROUP}",
                allowed="; ".join(": ".join(filter(None, known)) for known in _GROUPS),
                remedy="Look at the publisher's report.",
            )
    known = [pair in _GROUPS for pair in pairs]
    return pd.DataFrame(
        [_GROUPS[pair] for pair in pairs if pair in _GROUPS],
        columns=["dimension", "group"],
        index=frame.index[known],
        dtype="str",
    )


def _figures(frame: pd.DataFrame, year: _Year, file: RawFile, names: Names) -> pd.DataFrame:
    """Return the observations of one school year; an empty rate is hidden, with its count."""
    rates = numbers(frame, year.rate, file, names.problems, missing=("",), high=1.0)
    counts = numbers(frame, year.students, file, names.problems, missing=("",))
    hidden = frame[year.rate].eq("")
    wrong = counts.notna() & counts.ne(counts.round())
    uncounted = ~hidden & counts.isna() & frame[year.students].eq("")
    for rows, what in (
        (wrong, "the number of students is not a whole number"),
        (uncounted, "a rate stands without its number of students"),
    ):
        for line in frame.index[rows]:
            names.problems.add(
                f"{file.name}:{line}",
                what,
                value=frame.loc[line, year.students],
                column=year.students,
                remedy="Look at the publisher's report.",
            )
    figures = pd.DataFrame(
        {
            "where": [f"{file.name}:{line}" for line in frame.index],
            "indicator": "attendance_rate",
            "geo_level": frame["geo_level"],
            "geo_id": frame["geo_id"],
            "period": year.period,
            "dimension": frame["dimension"],
            "group": frame["group"],
            "estimate": rates,
            "denominator": counts.mask(hidden),
            "status": np.where(hidden, "suppressed_by_source", "published"),
            "note": np.where(~hidden & year.to_date, TO_DATE, ""),
        }
    )
    return figures[(hidden | (rates.notna() & counts.notna())) & ~wrong]
