"""Community Wellbeing Survey 2018: answers by city, as long tables (DataHaven).

One file per place, named by it, with one row per question, group of adults and answer. Rows that
begin with "Summary" repeat sums and are passed over. Age, education, income and children in the
home are left out, as the catalog has no such groups of adults, and so is a group of people that
is named by what they are not.
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
from c2c_lib.sources.tables import note_unknown, numbers, observations, read_csv

__all__ = ["SOURCE", "read"]

SOURCE: Final = "datahaven_wellbeing_2018"

_FILE: Final = re.compile(r"([a-z-]+)_(\d{4})_cws_data\.csv")
_COLUMNS: Final = ("code", "category", "group", "response", "value", "year")
_DIMENSIONS: Final = {"Total": "all", "Gender": "gender", "Race/Ethnicity": "race_ethnicity"}
_LEFT_OUT: Final = ("Age", "Education", "Income", "With children")
_LABELS: Final = {"Latino": "hispanic", "Total": "all"}
_NO_GROUP: Final = ("Not white",)
_SUMMARY: Final = "Summary:"


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the questions of `c2c_lib.sources.survey_questions`, of every place and group.

    Parameters
    ----------
    files : sequence of RawFile
        Named by place and year, such as ``norwalk_2018_cws_data.csv``.
    names : Names
        Resolves towns and groups.

    Returns
    -------
    DataFrame
        Observations of ``adults_*``, without margins of error.
    """
    found = [figure for file in files for figure in _read_file(file, names)]
    return observations(found)


def _read_file(file: RawFile, names: Names) -> Iterable[dict[str, Any]]:
    match = _FILE.fullmatch(PurePosixPath(file.name).name)
    slug = match[1] if match else ""
    place = next(
        (p for p in names.catalog.places if p.place == slug and p.geo_level in ("town", "state")),
        None,
    )
    if match is None or place is None:
        names.problems.add(
            file.name,
            "the file's name does not say which place it is about",
            value=slug,
            allowed="a name like norwalk_2018_cws_data.csv",
        )
        return
    year = match[2]
    frame = read_csv(file, _COLUMNS, names.problems)
    note_unknown(frame, "category", (*_DIMENSIONS, *_LEFT_OUT), file, names.problems)
    note_unknown(frame, "year", (year,), file, names.problems)
    frame = frame[
        frame["code"].isin(list(QUESTIONS))
        & frame["category"].isin(list(_DIMENSIONS))
        & ~frame["group"].isin(_NO_GROUP)
        & (frame["year"] == year)
        & ~frame["response"].str.startswith(_SUMMARY)
    ]
    frame = frame.assign(share=numbers(frame, "value", file, names.problems, high=1.0))
    for key, rows in frame.groupby(["code", "category", "group"], sort=False):
        code, category, label = map(str, key)
        dimension = _DIMENSIONS[category]
        where = f"{file.name}:{rows.index[0]}"
        group = names.group(dimension, label, where, _LABELS)
        if group is not None and _whole(rows, QUESTIONS[code], file, names):
            yield _figure(rows, QUESTIONS[code], place, year, (dimension, group))


def _whole(rows: pd.DataFrame, question: Question, file: RawFile, names: Names) -> bool:
    """Whether every answer that counts stands there once, and every other is known."""
    note_unknown(rows, "response", (*question.counted, *question.others), file, names.problems)
    answers = list(rows["response"])
    good = all(answers.count(answer) == 1 for answer in question.counted)
    if not good:
        names.problems.add(
            f"{file.name}:{rows.index[0]}",
            f"an answer is missing or stands twice for {question.indicator}",
            value=", ".join(answers),
            allowed=", ".join(question.counted),
        )
    return good and bool(rows["share"].notna().all())


def _figure(
    rows: pd.DataFrame, question: Question, place: Place, year: str, group: tuple[str, str]
) -> dict[str, Any]:
    counted = rows.loc[rows["response"].isin(question.counted), "share"]
    estimate, note = summed(counted.tolist())
    return {
        "indicator": question.indicator,
        "geo_level": place.geo_level,
        "geo_id": place.geo_id,
        "period": year,
        "dimension": group[0],
        "group": group[1],
        "estimate": estimate,
        "status": "published",
        "note": note,
    }
