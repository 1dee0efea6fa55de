"""The families of counts of students: graduation of a cohort, chronic absence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.education import chronically_absent, cohort_graduation_rate
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.lookup import check_columns, codes_of, key_table, numbers, row_keys
from c2c_lib.equity.proportions import proportion_interval

__all__ = ["ATTENDANCE", "COHORT", "RECORD_REASONS"]

RECORD_REASONS: Final[dict[str, str]] = {
    "no_students": "There is no student to count, or a number is unknown."
}
"""Why a rate of students is missing, in plain words."""

_COHORT: Final = Measure(
    name="cohort_graduation",
    family="cohort",
    function="cohort_graduation_rate",
    title="Adjusted cohort graduation rate",
    question="What share of the students who began together graduated in time?",
    formula="graduates / (first-time ninth graders + in - out - emigrated - deceased)",
    citation="Every Student Succeeds Act, section 8101(25); 34 CFR 200.19(b)(1)",
    unit="share",
    columns=("graduates", "first_time_ninth"),
)
_ABSENCE: Final = Measure(
    name="chronic_absence",
    family="attendance",
    function="chronic_absence_rate",
    title="Chronic absence",
    question="What share of students missed a tenth of their school days or more?",
    formula="students with 10 x days absent >= days enrolled, as a share of those judged",
    citation="Connecticut General Statutes, section 10-198c",
    unit="share",
    columns=("days_absent", "days_enrolled"),
)
_MOVES: Final = ("transferred_in", "transferred_out", "emigrated", "deceased")


def _error(rate: FloatArray, size: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(rate * (1 - rate) / np.where(size > 0, size, np.nan)))


def _run_cohort(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = row_keys(frame, call.by)
    check_columns(frame, [*keys, *_COHORT.columns])
    moves = {name: numbers(frame, name) for name in _MOVES if name in frame}
    found = cohort_graduation_rate(
        numbers(frame, "graduates"), numbers(frame, "first_time_ninth"), **moves, level=call.level
    )
    rate, size = np.asarray(found.rate), np.asarray(found.cohort)
    columns = Columns(
        estimate=rate,
        standard_error=_error(rate, size),
        lower=np.asarray(found.lower),
        upper=np.asarray(found.upper),
        unit="share",
        method="wilson",
        children=size,
        reason=Words(np.isnan(rate).astype(np.int16), ("", *RECORD_REASONS)),
    )
    table = key_table(frame, np.arange(len(frame)), keys)
    return [Block(table, wanted, iter([Part(_COHORT, columns)]))]


def _run_attendance(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = row_keys(frame, call.by)
    check_columns(frame, [*keys, *_ABSENCE.columns])
    words = chronically_absent(
        numbers(frame, "days_absent"),
        numbers(frame, "days_enrolled"),
        minimum_days=call.option("minimum_days", 10),
    )
    if keys:
        setting, first = codes_of(frame, keys)
        table = key_table(frame, first, keys)
    else:
        setting, table = np.zeros(len(frame), dtype=np.intp), pd.DataFrame({"setting": [0]})
    counts = {
        word: np.bincount(setting[np.atleast_1d(words) == word], minlength=len(table))
        for word in ("chronically_absent", "not_chronically_absent")
    }
    absent = counts["chronically_absent"].astype(float)
    judged: FloatArray = absent + counts["not_chronically_absent"].astype(float)
    rate = absent / np.where(judged > 0, judged, np.nan)
    limits = proportion_interval(absent, judged, level=call.level)
    columns = Columns(
        estimate=rate,
        standard_error=_error(rate, judged),
        lower=np.asarray(limits.lower),
        upper=np.asarray(limits.upper),
        unit="share",
        method="wilson",
        children=judged,
        hidden=np.bincount(setting, minlength=len(table)) - judged.astype(int),
        reason=Words(np.isnan(rate).astype(np.int16), ("", *RECORD_REASONS)),
    )
    return [Block(table, wanted, iter([Part(_ABSENCE, columns)]))]


COHORT: Final = Family(
    name="cohort",
    title="Graduation of a cohort",
    rows="a cohort of students, by counts in columns",
    options={},
    reasons=RECORD_REASONS,
    measures=(_COHORT,),
    run=_run_cohort,
    example='equity.measure({"graduates": [180], "first_time_ninth": [210], "transferred_in": [8], '
    '"transferred_out": [14]}, "NAME", by=[])',
)
ATTENDANCE: Final = Family(
    name="attendance",
    title="Chronic absence from records of students",
    rows="all students of one setting; one record per student, hidden counts those left out",
    options={"minimum_days": "Students enrolled for fewer days are not judged; default 10."},
    reasons=RECORD_REASONS,
    measures=(_ABSENCE,),
    run=_run_attendance,
    example='equity.measure({"days_absent": [18, 2, 30], "days_enrolled": [180, 180, 170]}, '
    '"NAME", by=[])',
)
