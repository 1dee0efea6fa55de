"""Community Wellbeing Survey 2021: tables of answers by city, as workbooks (DataHaven).

One workbook per place. Every question is a block: its words, a line of kinds of groups, a line of
groups, the code (``Q62``), weighted totals, then one line per answer. Traps:

- The first column of a *city's* workbook is the state and the second the city; the state's own
  workbook begins with ``Total``. The state is read from its own workbook only.
- A question that only part of the state was asked has the state's column alone, or no groups;
  a city then has no figure.
- Weighted totals are not numbers of people asked.

Age, education, income and children in the home are left out, as the catalog has no such groups
of adults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import pandas as pd

from c2c_lib.catalog import Place
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.survey_questions import QUESTIONS, Question, summed
from c2c_lib.sources.tables import EXPORT_AGAIN, observations
from c2c_lib.sources.workbooks import Row, cell_number, read_sheet

__all__ = ["SOURCE", "read"]

SOURCE: Final = "datahaven_wellbeing_2021"

_FILE: Final = re.compile(r"DataHaven(\d{4})_([A-Za-z]+)_Crosstabs\.xlsx")
_STATE: Final = "CT"
_TOTAL: Final = "Total"
_WEIGHTED: Final = "Weighted Total:"
_GROUPS: Final = {
    "M": ("gender", "male"),
    "F": ("gender", "female"),
    "White": ("race_ethnicity", "white"),
    "Black/Afr Amer": ("race_ethnicity", "black"),
    "Hispanic": ("race_ethnicity", "hispanic"),
}
_LEFT_OUT: Final = (
    *("18-34", "35-49", "50-64", "65+"),
    *("Wealthy", "Suburban", "Rural", "Urban Periphery", "Urban Core"),
    *("High School or less", "Some college or Associate's", "Bachelor's or higher"),
    *("<$30K", "$30K-$100K", "$100K+", "No", "Yes"),
)


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the questions of `c2c_lib.sources.survey_questions`, of every place and group.

    Parameters
    ----------
    files : sequence of RawFile
        Named by year and place, such as ``DataHaven2021_Norwalk_Crosstabs.xlsx``.
    names : Names
        Resolves towns.

    Returns
    -------
    DataFrame
        Observations of ``adults_*``, without margins of error.
    """
    return observations([figure for file in files for figure in _read_file(file, names)])


def _read_file(file: RawFile, names: Names) -> Iterable[dict[str, Any]]:
    match = _FILE.fullmatch(PurePosixPath(file.name).name)
    if match is None:
        names.problems.add(
            file.name,
            "the file's name does not say year and place",
            allowed="a name like DataHaven2021_Norwalk_Crosstabs.xlsx",
        )
        return
    place = names.place("town", match[2], file.name)
    if place is None:
        return
    sheet = _STATE if place.geo_level == "state" else match[2]
    rows = read_sheet(file, sheet, names.problems)
    codes = {row[0]: at for at, row in enumerate(rows) if row[0] in QUESTIONS}
    if rows and not codes:
        names.problems.add(
            f"{file.name}:{sheet}",
            "no question is found",
            allowed=", ".join(QUESTIONS),
            remedy=EXPORT_AGAIN,
        )
    for code, at in codes.items():
        where = f"{file.name}:{sheet}!{at + 1}"
        columns = _columns(rows[at - 1], place, where, names)
        answers = _answers(rows, at, where, names)
        yield from _figures(QUESTIONS[code], place, match[1], columns, answers, where, names)


def _columns(row: Row, place: Place, where: str, names: Names) -> dict[int, tuple[str, str]]:
    """Return dimension and group of the columns that are wanted; note unknown headings."""
    whole = _TOTAL if place.geo_level == "state" else place.name
    known = {whole: ("all", "all"), **_GROUPS}
    found = {}
    for at, cell in enumerate(row):
        heading = str(cell or "").strip()
        if heading in known:
            found[at] = known[heading]
        elif heading and heading not in _LEFT_OUT and heading != _STATE:
            names.problems.add(
                where, "unknown group", value=heading, allowed=", ".join((*known, *_LEFT_OUT))
            )
    # Without the place itself the groups would be those of somebody else.
    return found if ("all", "all") in found.values() else {}


def _answers(rows: list[Row], at: int, where: str, names: Names) -> dict[str, tuple[int, Row]]:
    """Return the lines of answers below the code, each with its number."""
    if at + 1 >= len(rows) or rows[at + 1][0] != _WEIGHTED:
        names.problems.add(where, "no weighted totals below the code", allowed=_WEIGHTED)
        return {}
    found = {}
    for number, row in enumerate(rows[at + 2 :], start=at + 3):
        if not isinstance(row[0], str) or row[0].startswith("*") or row[1] is None:
            break
        found[row[0].strip()] = (number, row)
    return found


def _figures(
    question: Question,
    place: Place,
    year: str,
    columns: dict[int, tuple[str, str]],
    answers: dict[str, tuple[int, Row]],
    where: str,
    names: Names,
) -> Iterable[dict[str, Any]]:
    unknown = sorted(answers.keys() - {*question.counted, *question.others})
    missing = [answer for answer in question.counted if answer not in answers]
    for what, values in (("unknown answer", unknown), ("an answer is missing", missing)):
        for value in values:
            names.problems.add(
                where, what, value=value, allowed=", ".join((*question.counted, *question.others))
            )
    if missing or unknown:
        return
    book = where.partition("!")[0]
    for at, (dimension, group) in columns.items():
        shares = [
            cell_number(row[at], f"{book}!{number}", answer, names.problems, high=1.0)
            for answer in question.counted
            for number, row in (answers[answer],)
        ]
        known = [value for value in shares if value is not None]
        if len(known) == len(shares):
            estimate, note = summed(known)
            yield {
                "indicator": question.indicator,
                "geo_level": place.geo_level,
                "geo_id": place.geo_id,
                "period": year,
                "dimension": dimension,
                "group": group,
                "estimate": estimate,
                "status": "published",
                "note": note,
            }
