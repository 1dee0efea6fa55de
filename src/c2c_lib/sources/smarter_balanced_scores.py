"""Smarter Balanced average scale scores by race and ethnicity, EdSight, to 2021-22.

One table of all grades, subjects, groups and districts, with a pair of columns for every
year: students with scored tests and their average score. A year is printed as the fall in
which it begins. There is no row of the state and none of all students. A count beside a
hidden score stays out: it is the size of a group that the state hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from c2c_lib.catalog.periods import school_year
from c2c_lib.errors import did_you_mean
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_figures import read_averages
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.names import Names
from c2c_lib.sources.smarter_balanced import SCALE, SCORES
from c2c_lib.sources.tables import EXPORT_AGAIN, csv_rows, find_places, note_unknown, observations

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_scale_scores"

_KEYS: Final = ("Grade", "Subject", "Race/Ethnicity", "District")
_COUNT: Final = "Total Number with Scored Tests"
_SCORE: Final = "Average VSS"
_LAYOUT: Final = Layout("", {_COUNT: "denominator", _SCORE: "score"}, required=("score",))
_GRADES: Final = {str(grade): f"grade_{grade}" for grade in range(3, 9)}
_SUBJECTS: Final = ("ELA", "Math")

Pairs = dict[str, tuple[int, int]]
"""Where the count and the score of each school year stand."""


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the tables.

    Parameters
    ----------
    files : sequence of RawFile
        With a line of years, a line of measures and a line with the names of the first
        columns above the rows.
    names : Names
        Resolves districts by name, and groups.

    Returns
    -------
    DataFrame
        Observations of ``grade3_ela_scale_score`` and its like, with the scored tests as
        denominator.
    """
    frames = [figures for file in files for figures in _read_file(file, names)]
    return pd.concat(frames, ignore_index=True) if frames else observations([])


def _read_file(file: RawFile, names: Names) -> Iterator[pd.DataFrame]:
    """Yield the figures of each school year."""
    rows = csv_rows(file, names.problems)
    pairs = _pairs(rows[:3], file, names) if rows else {}
    if not pairs:
        return
    body = _body(rows[3:], len(_KEYS) + 2 * len(pairs), file, names)
    for period, (count, score) in pairs.items():
        table = body.assign(period=period, denominator=body[count], score=body[score])
        yield read_averages(table, _LAYOUT, names.problems, "score", SCALE)


def _pairs(head: Sequence[tuple[int, list[str]]], file: RawFile, names: Names) -> Pairs:
    """Return where each year's figures stand; none if the three lines are not as expected."""
    lines = [[cell.strip() for cell in row] for _, row in head]
    if len(lines) < 3 or tuple(lines[2][:4]) != _KEYS or len({len(line) for line in lines}) > 1:
        names.problems.add(
            file.name,
            "the lines above the figures are not those of this report",
            value=", ".join(filter(None, lines[-1])) if lines else "",
            allowed=f"a line of years, a line of measures, and {', '.join(_KEYS)}",
            remedy=EXPORT_AGAIN,
        )
        return {}
    years, measures = lines[0][4:], lines[1][4:]
    pairs: Pairs = {}
    for at in range(0, len(years), 2):
        year, found = years[at : at + 2], measures[at : at + 2]
        right = len(set(year)) == 1 and bool(re.fullmatch(r"20\d\d", year[0]))
        period = school_year(int(year[0])) if right else ""
        if right and found == [_COUNT, _SCORE] and period not in pairs:
            pairs[period] = (4 + at, 5 + at)
        else:
            names.problems.add(
                f"{file.name}:{head[0][0]}",
                "a pair of columns is not one year's count and score",
                value=", ".join([*year, *found]),
                allowed=f"2021, 2021, {_COUNT}, {_SCORE}, each year once",
                remedy=did_you_mean(found[-1], [_COUNT, _SCORE]) or EXPORT_AGAIN,
            )
    return pairs if 2 * len(pairs) == len(years) else {}


def _body(
    rows: Sequence[tuple[int, list[str]]], width: int, file: RawFile, names: Names
) -> pd.DataFrame:
    """Return the rows whose place, grade, subject and group are known, with their keys."""
    for line, row in rows:
        if len(row) != width:
            names.problems.add(
                f"{file.name}:{line}",
                "the row is cut short or has a cell too many",
                value=f"{len(row)} cells",
                allowed=f"{width} cells, as in the header",
                remedy=EXPORT_AGAIN,
            )
    if not rows:
        names.problems.add(file.name, "the file has a header but no rows", remedy=EXPORT_AGAIN)
    whole = [(line, row) for line, row in rows if len(row) == width]
    body = pd.DataFrame(
        [[cell.strip() for cell in row] for _, row in whole],
        index=pd.Index([line for line, _ in whole], dtype="int64"),
        columns=[*_KEYS, *range(4, width)],
        dtype="str",
    )
    note_unknown(body, "Grade", _GRADES, file, names.problems)
    note_unknown(body, "Subject", _SUBJECTS, file, names.problems)
    groups = {
        label: names.group("race_ethnicity", label, f"{file.name}:{line}")
        for line, label in body["Race/Ethnicity"].drop_duplicates().items()
    }
    tests = zip(body["Grade"].map(_GRADES), body["Subject"], strict=True)
    body["indicator"] = pd.Series([SCORES.get(test) for test in tests], body.index, dtype="str")
    body["group"] = body["Race/Ethnicity"].map(groups).astype("str")
    body["dimension"] = "race_ethnicity"
    body["where"] = [f"{file.name}:{line}" for line in body.index]
    known = body[body["indicator"].notna() & body["group"].notna()]
    places = find_places(known, "district", "District", file, names)
    return known.join(places, how="inner").reset_index(drop=True)
