"""October enrollment by school, EdSight: one column per group; and the state's cross tabulations.

An export of schools has a row per school and a column per group, with the total last. Only
the export of all students gives the total that is kept. A cross tabulation of the state (race by
gender, grade by gender ...) gives its last row and its last column, which are the state's
figures by one dimension; the cells inside cross two dimensions and are not read.

The share of students who qualify for school meals is worked out from the counts of one row,
and only where the state prints all of them: where one is hidden the share is hidden too,
even if the rest would give it, because it would give the hidden count as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from c2c_lib.catalog.periods import parse_period
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import place_code
from c2c_lib.sources.grades_offered import grades_offered, is_directory, mark_not_offered
from c2c_lib.sources.names import Names
from c2c_lib.sources.school_exports import Schools
from c2c_lib.sources.student_counts import note_uneven_sums, student_counts
from c2c_lib.sources.tables import EXPORT_AGAIN, csv_rows, read_csv

__all__ = ["SOURCE", "meal_eligible_share", "read"]

SOURCE: Final = "edsight_enrollment_schools"

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "economic_status": {"Non-Subsidized": "not_eligible"},
    "english_learner": {"Yes": "english_learner", "No": "not_english_learner"},
    "disability": {"Yes": "with_disabilities", "No": "without_disabilities"},
}
_DIMENSIONS: Final = {
    "Year": "all",
    "English Learner Status": "english_learner",
    "Free/Reduced Lunch Eligibility": "economic_status",
    "Gender": "gender",
    "Grade": "grade",
    "Race": "race_ethnicity",
    "Special Education Status": "disability",
}
"""What a title says the rows or columns tell apart."""

_TITLE: Final = re.compile(r"Student Counts by (?P<rows>.+?) and (?P<columns>.+)")
_SCHOOL: Final = ("District", "District Code", "School", "School Code")
_TOTAL: Final = "Total"
_COUNT: Final = "Count"
_KEYS: Final = ("where", "geo_level", "geo_id", "period", "dimension", "group", "value")
_MEALS: Final = ("free_meals", "reduced_meals", "not_eligible")


class _Titles(NamedTuple):
    """What the three title lines of an export say."""

    rows: str
    columns: str
    period: str


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports of schools and the cross tabulations of the state.

    Parameters
    ----------
    files : sequence of RawFile
        Named like ``enrollment__2016-17_all-schools_race.csv``; directories of schools
        (`c2c_lib.sources.grades_offered`) among them tell which grades a school does not have.
    names : Names
        Resolves places and groups and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations of ``enrollment`` (students as estimate and as numerator) and of
        ``students_meal_eligible`` with its counts.
    """
    nothing = pd.DataFrame({name: pd.Series([], dtype="str") for name in _KEYS})
    schools = Schools(names.catalog, names.problems)
    offered = grades_offered([file for file in files if is_directory(file)], names)
    exports = [file for file in files if not is_directory(file)]
    table = pd.concat(
        [nothing, *(_read_file(file, names, schools) for file in exports)], ignore_index=True
    )
    counts = student_counts(table, "a column of counts", names.problems)
    counts = mark_not_offered(counts, offered)
    return pd.concat(
        [
            counts.assign(indicator="enrollment"),
            meal_eligible_share(counts).assign(indicator="students_meal_eligible"),
        ],
        ignore_index=True,
    )


def meal_eligible_share(counts: pd.DataFrame) -> pd.DataFrame:
    """Return which share of students qualifies for free or reduced-price meals.

    Parameters
    ----------
    counts : DataFrame
        Observations of students by ``economic_status``, each with its status.

    Returns
    -------
    DataFrame
        One row of all students per place and period that has the three groups: free and
        reduced-price meals as numerator, all three groups as denominator. A group that is
        hidden hides the share; where nobody is enrolled it does not apply.

    Examples
    --------
    >>> row = {"where": "f:2", "geo_level": "school", "geo_id": "1", "period": "2016-17"}
    >>> counts = pd.DataFrame([
    ...     {**row, "group": group, "dimension": "economic_status", "estimate": number,
    ...      "status": "published"}
    ...     for group, number in [("free_meals", 30), ("reduced_meals", 15), ("not_eligible", 55)]
    ... ])
    >>> meal_eligible_share(counts)[["estimate", "numerator", "denominator"]].values.tolist()
    [[0.45, 45.0, 100.0]]
    """
    meals = counts[counts["dimension"].eq("economic_status") & counts["group"].isin(_MEALS)]
    place = ["geo_level", "geo_id", "period"]
    once = meals.drop_duplicates([*place, "group"])
    where = once.groupby(place, sort=True)["where"].first()
    free, reduced, paid = (
        once[once["group"].eq(group)].set_index(place)["estimate"].reindex(where.index)
        for group in _MEALS
    )
    eligible = free + reduced
    total = eligible + paid
    empty = total.eq(0)
    total = total.mask(empty)
    status = np.select([empty, total.isna()], ["not_applicable", "suppressed_by_source"], "")
    return pd.DataFrame(
        {
            "where": where,
            "dimension": "all",
            "group": "all",
            "estimate": eligible / total,
            "numerator": eligible.where(total.notna()),
            "denominator": total,
            "status": np.where(status == "", "published", status),
        },
        index=where.index,
    ).reset_index()


def _read_file(file: RawFile, names: Names, schools: Schools) -> pd.DataFrame:
    """Return one row per place and group, with the cell as printed in ``value``."""
    rows = csv_rows(file, names.problems)
    nothing = pd.DataFrame({name: pd.Series([], dtype="str") for name in _KEYS})
    if not rows:
        return nothing
    titles = _titles([row for _, row in rows[:3]], file, names)
    if titles is None:
        return nothing
    first = "District" if titles.rows == "School" else titles.rows
    at = next((i for i, (_, row) in enumerate(rows) if row[0].strip() == first), None)
    if at is None:
        names.problems.add(
            file.name,
            "no header line, so the file is cut off or is another report",
            allowed=f"a line that starts with {first}",
            remedy=EXPORT_AGAIN,
        )
        return nothing
    number, header = rows[at]
    spot = f"{file.name}:{number}"
    if titles.rows == "School":
        groups = _groups(header[len(_SCHOOL) :], titles.columns, spot, names)
        return _of_schools(file, groups, titles, names, schools)
    groups = _groups(header[1:], titles.columns, spot, names)
    return _of_the_state(file, groups, titles, names)


def _titles(rows: Sequence[Sequence[str]], file: RawFile, names: Names) -> _Titles | None:
    """Return what the title lines say, or None if they are not those of this report."""
    lines = [row[0].strip() for row in rows]
    match = _TITLE.fullmatch(lines[0])
    scopes = ("All Districts, All Schools",)
    if match and match["rows"] != "School":
        scopes = ("State of Connecticut",)
    known = match and match["columns"] in _DIMENSIONS
    if match is None or not known or len(lines) < 3 or lines[1] not in scopes:
        names.problems.add(
            file.name,
            "the title is not that of this report",
            value=" / ".join(lines),
            allowed=f"Student Counts by School and {'|'.join(_DIMENSIONS)} / {scopes[0]} / 2016-17",
            remedy="Move the file to the folder of its report, or export it again.",
        )
        return None
    try:
        period = parse_period(lines[2]).label
    except ValueError as error:
        names.problems.add(file.name, str(error), value=lines[2])
        return None
    if f"__{period}_" not in PurePosixPath(file.name).name:
        names.problems.add(
            file.name,
            "the title and the file's name give different school years",
            value=period,
            allowed=PurePosixPath(file.name).name,
            remedy="Find out which one is right, then rename the file or export it again.",
        )
    return _Titles(match["rows"], match["columns"], period)


def _groups(headings: Sequence[str], title: str, where: str, names: Names) -> dict[str, str]:
    """Return the group id of every column of counts; the total of all students among them."""
    dimension = _DIMENSIONS[title]
    if dimension == "all":
        return {_COUNT: "all"}
    found = {}
    for heading in (cell.strip() for cell in headings):
        if heading not in (_TOTAL, ""):
            group = names.group(dimension, heading, where, LABELS.get(dimension))
            if group is not None:
                found[heading] = group
    return found


def _of_schools(
    file: RawFile, groups: Mapping[str, str], titles: _Titles, names: Names, schools: Schools
) -> pd.DataFrame:
    """Put the groups of a school, which stand beside each other, below each other."""
    dimension = _DIMENSIONS[titles.columns]
    extra = [] if dimension == "all" else [_TOTAL]
    frame = read_csv(file, [*_SCHOOL, *groups, *extra], names.problems)
    if extra:
        note_uneven_sums(frame, list(groups), _TOTAL, file.name, names.problems)
    frame["where"] = [f"{file.name}:{line}" for line in frame.index]
    ids: list[str | None] = []
    for where, *cells in frame[["where", *_SCHOOL]].itertuples(index=False, name=None):
        district, code, school, school_code = cells
        parent = names.place("district", district, where, place_code(code) or None)
        known = parent and schools.find(
            parent.geo_id, school, place_code(school_code), titles.period, where
        )
        ids.append(known.geo_id if known else None)
    codes = pd.Series(ids, frame.index, dtype="str")
    frame = frame.assign(geo_level="school", geo_id=codes, period=titles.period)
    return _long(frame[frame["geo_id"].notna()], groups, dimension)


def _of_the_state(
    file: RawFile, groups: Mapping[str, str], titles: _Titles, names: Names
) -> pd.DataFrame:
    """Return the totals of a cross tabulation: its last row and its last column."""
    frame = read_csv(file, [titles.rows, *groups, _TOTAL], names.problems)
    note_uneven_sums(frame, list(groups), _TOTAL, file.name, names.problems)
    frame["where"] = [f"{file.name}:{line}" for line in frame.index]
    frame = frame.assign(geo_level="state", geo_id="09", period=titles.period)
    last = frame[frame[titles.rows] == _TOTAL]
    if last.empty and not frame.empty:
        names.problems.add(
            file.name, "the row Total is missing, so the file is cut off", remedy=EXPORT_AGAIN
        )
    rows = frame[frame[titles.rows] != _TOTAL]
    dimension = _DIMENSIONS[titles.rows]
    found = [
        names.group(dimension, label, where)
        for label, where in zip(rows[titles.rows], rows["where"], strict=True)
    ]
    groups_of_rows = pd.Series(found, rows.index, dtype="str")
    by_row = rows.assign(dimension=dimension, group=groups_of_rows, value=rows[_TOTAL])
    return pd.concat(
        [
            by_row.loc[by_row["group"].notna(), list(_KEYS)],
            _long(last, groups, _DIMENSIONS[titles.columns]),
            _long(last, {_TOTAL: "all"}, "all"),
        ],
        ignore_index=True,
    )


def _long(frame: pd.DataFrame, groups: Mapping[str, str], dimension: str) -> pd.DataFrame:
    parts = [
        frame.assign(dimension=dimension, group=group, value=frame[heading])[list(_KEYS)]
        for heading, group in groups.items()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(_KEYS))
