"""The family of gaps over several levels of achievement: Ho and Reardon's V."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.equity.families.gap import verdict_of
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.level_gap import V_REASONS, v_statistic
from c2c_lib.equity.lookup import (
    cells_of,
    check_columns,
    check_once,
    codes_of,
    key_table,
    row_keys,
)
from c2c_lib.equity.pairs import check_reference
from c2c_lib.errors import Problems

__all__ = ["FAMILY"]

_V: Final = Measure(
    name="v_statistic",
    family="levels",
    function="v_statistic",
    title="Ho and Reardon's V",
    question="How many standard deviations is the group behind the reference, over all levels?",
    formula="sqrt(2) Phi^-1(P(score of the reference > score of the group))",
    citation="Ho & Reardon 2012, J Educ Behav Stat 37:489-517",
    unit="deviations",
    columns=("group", "level", "numerator"),
    needs=("reference",),
)


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = [n for n in row_keys(frame, call.by) if n != "group"]
    check_columns(frame, [*keys, *_V.columns])
    reference = call.option("reference")
    problems = Problems()
    if not isinstance(reference, str):
        problems.add("measure", "needs reference=", value=_V.name, remedy="Name the group.")
        problems.raise_if_any()
    check_reference(frame, reference)
    cell = [*keys, "group", "level"]
    check_once(frame, cells_of(frame, cell), cell, "a level")
    named = frame if keys else frame.assign(setting="all")
    keys = keys or ["setting"]
    counts = named.pivot_table(
        index=[*keys, "group"],
        columns="level",
        values="numerator",
        sort=False,
        observed=True,
        aggfunc="sum",
        min_count=1,
    )
    counts = counts[sorted(counts.columns)].dropna(how="all")
    table = counts.index.to_frame(index=False)
    setting, _ = codes_of(table, keys)
    students = counts.to_numpy(dtype=float)
    is_reference = np.asarray(table["group"] == reference)
    at = np.full(int(setting.max(initial=0)) + 1, -1, dtype=np.intp)
    at[setting[is_reference]] = np.flatnonzero(is_reference)
    rows = np.flatnonzero(~is_reference)
    found = np.full((4, len(rows)), np.nan)
    reason = np.zeros(len(rows), dtype=np.int16)
    reasons = ("", *(word for word in V_REASONS if word != "fitted"), "not_shown")
    for number, row in enumerate(rows):
        pair = students[at[setting[row]]], students[row]
        if at[setting[row]] < 0 or np.isnan(pair).any():
            reason[number] = reasons.index("not_shown")
            continue
        one = v_statistic(*pair, level=call.level)
        found[:, number] = one[:4]
        reason[number] = 0 if one.reason == "fitted" else reasons.index(one.reason)
    columns = Columns(
        estimate=found[0],
        standard_error=found[1],
        lower=found[2],
        upper=found[3],
        unit=_V.unit,
        method="maximum likelihood",
        against=reference,
        verdict=verdict_of(-found[0], -found[3], -found[2], np.ones(len(rows)), 0.0),
        children=students[rows].sum(axis=-1),
        reason=Words(reason, reasons),
    )
    return [Block(key_table(table, rows, [*keys, "group"]), wanted, iter([Part(_V, columns)]))]


FAMILY: Final = Family(
    name="levels",
    title="Gaps over several levels of achievement",
    rows="a group that is compared with its reference",
    options={"reference": "The group that the others are compared with."},
    reasons={**V_REASONS, "not_shown": "The students by level are not shown."},
    measures=(_V,),
    run=_run,
    example='equity.measure({"group": ["a"] * 4 + ["b"] * 4, "level": [1, 2, 3, 4] * 2, '
    '"numerator": [20, 30, 30, 20, 40, 30, 20, 10]}, "NAME", by=[], reference="a")',
)
