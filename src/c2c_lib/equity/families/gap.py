"""The family of gaps: every group against its reference, on every usual scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from c2c_lib.equity.arrays import FloatArray, normal_quantile, pieces
from c2c_lib.equity.comparisons import Comparison, compare
from c2c_lib.equity.education import proficiency_gap
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.lookup import (
    check_columns,
    key_table,
    numbers,
    row_keys,
    unit_of,
    words_by_row,
)
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.equity.pairs import Pairs, pairs_of, side
from c2c_lib.equity.precision import taken, units_of

__all__ = ["FAMILY", "GAP_REASONS", "GAP_VERDICTS", "verdict_of"]

GAP_REASONS: Final[dict[str, str]] = {
    "group_not_shown": "The group has no figure.",
    "reference_not_shown": "The group that it is compared with has no figure.",
    "precision_unknown": "Neither counts nor a margin of error tell how precise the figures are.",
    "no_direction": "Neither direction is better, so a gap is no number of children.",
    "not_a_share": "Only a share or a rate of children is a number of children.",
    "not_defined": "The calculation does not exist for these figures.",
}
"""Why a gap or its interval is missing, in plain words."""

GAP_VERDICTS: Final[dict[str, str]] = {
    "about_the_same": "The difference is smaller than the margin of error, or than a point.",
    "ahead": "The group does better than the one it is compared with.",
    "behind": "The group does less well than the one it is compared with.",
    "higher": "The group's figure is higher; neither direction is better.",
    "lower": "The group's figure is lower; neither direction is better.",
}
"""What the interval of a gap says, in plain words."""

_SIGN: Final = {"higher_is_better": 1.0, "lower_is_better": -1.0, "neutral": 0.0}
_DUST: Final = 1e-9
_COLUMNS: Final = ("dimension", "group", "estimate")

_MEASURES: Final = (
    Measure(
        name="gap",
        family="gaps",
        function="compare",
        title="Gap",
        question="How far is the group from the one it is compared with?",
        formula="y_group - y_ref, limits of each side squared and added",
        citation="Newcombe 1998, Stat Med 17:873-890; Zou & Donner 2008, Stat Med 27:1693-1702",
        unit="indicator",
        columns=_COLUMNS,
        scaled="times c",
        shifted="unchanged",
    ),
    Measure(
        name="gap_ratio",
        family="gaps",
        function="ratio_interval",
        title="Ratio to the reference",
        question="How many times the reference's figure is the group's?",
        formula="y_group / y_ref",
        citation="Katz et al. 1978, Biometrics 34:469-474; Koopman 1984, Biometrics 40:513-517",
        unit="ratio",
        columns=_COLUMNS,
        scaled="unchanged",
        equal=1.0,
    ),
    Measure(
        name="excess",
        family="gaps",
        function="excess",
        title="Children in the gap",
        question="How many more children would have to do well for the group to be level?",
        formula="n (y_ref - y_group)",
        citation="Walter 1978, Biometrics 34:487-498",
        unit="children",
        columns=(*_COLUMNS, "denominator"),
        needs=("direction",),
        scaled="times c",
        shifted="unchanged",
    ),
    Measure(
        name="probit_gap",
        family="gaps",
        function="proficiency_gap",
        title="Gap in standard deviations (probit)",
        question="How many standard deviations is the group from the reference, if scores are "
        "normal?",
        formula="Phi^-1(p_group) - Phi^-1(p_ref)",
        citation="Ho 2008, Educ Researcher 37:351-360",
        unit="deviations",
        columns=(*_COLUMNS, "denominator"),
        needs=("scale",),
    ),
)


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = row_keys(frame, call.by)
    check_columns(frame, [*keys, *_COLUMNS])
    pairs = pairs_of(frame, keys, call.option("reference", "all"))
    table = key_table(frame, pairs.group, keys)
    named = table if "indicator" in table else frame.take(pairs.group)
    asked = (call.unit, "unit"), (call.polarity, "polarity")
    # One byte each: a table can have millions of pairs.
    kinds = [words_by_row(named, given, what) for given, what in asked]
    unit, polarity = (Words(codes.astype(np.int8), words) for codes, words in kinds)
    return [Block(table, wanted, _parts(frame, pairs, wanted, (unit, polarity), call.level))]


def _parts(
    frame: pd.DataFrame,
    pairs: Pairs,
    wanted: Sequence[Measure],
    kinds: tuple[Words, Words],
    level: float,
) -> Iterator[Part]:
    """Yield every measure of some pairs at a time; `kinds` are their units and polarities."""
    figures = Measured.from_frame(frame)
    (units, unit_words), (poles, pole_words) = kinds
    sign_of = np.array([_SIGN[word] for word in pole_words])
    ends = [numbers(frame, name) if name in frame else None for name in ("lowest", "highest")]
    for rows in pieces(len(pairs.group)):
        some = pairs.some(rows)
        unit = Words(units[rows], unit_words)
        low, high = (np.nan if end is None else end[some.group] for end in ends)
        sides = _Sides(
            side(figures, some.group),
            side(figures, some.reference),
            sign_of[poles[rows]],
            np.array([COUNT_SCALES.get(word, np.inf) for word in unit_words])[units[rows]],
            level,
        )
        found = _compared(sides.groups, sides.others, some, unit, level)
        for one in wanted:
            columns = _columns(one, found, sides, unit, (low, high))
            yield Part(one, replace(columns, against=some.named), rows)


class _Sides(NamedTuple):
    """Groups and their references, which way is good, and what a share of everyone is."""

    groups: Measured
    others: Measured
    sign: FloatArray
    scale: FloatArray
    level: float

    def hidden_within(self, low: FloatArray | float, high: FloatArray | float) -> list[FloatArray]:
        """Return between what ends a hidden figure lies, by itself or by its unit."""
        top = np.where(np.isnan(high), self.scale, high)
        return [np.where(np.isnan(low), 0.0, low), np.where(np.isinf(top), np.nan, top)]


def _columns(
    one: Measure,
    found: Comparison,
    sides: _Sides,
    unit: Words,
    ends: tuple[FloatArray | float, FloatArray | float],
) -> Columns:
    groups, others = sides.groups, sides.others
    missing = np.select([np.isnan(groups.estimate), np.isnan(others.estimate)], [1, 2], default=0)
    partial = missing == 1
    columns = _CALCULATIONS[one.name](found, sides)
    reason = np.where(missing > 0, missing, columns.pop("reason", 0))
    columns["reason"] = Words(
        np.where((reason == 0) & np.isnan(columns["lower"]), 3, reason), ("", *GAP_REASONS)
    )
    if partial.any():
        spans = [_span(one.name, end, sides) for end in sides.hidden_within(*ends)]
        value = columns["estimate"]
        columns["range_lower"] = np.where(partial, np.fmin(*spans), value)
        columns["range_upper"] = np.where(partial, np.fmax(*spans), value)
    return Columns(
        **columns,
        unit=unit_of(one, unit),
        children=groups.denominator,
        hidden=partial.astype(np.int8),
        partial=partial,
    )


def _compared(
    groups: Measured, others: Measured, pairs: Pairs, unit: Words, level: float
) -> Comparison:
    """Compare rows unit by unit, those against all children apart from the others."""
    fields = [np.full(len(pairs.group), np.nan) for _ in range(6)]
    basis = np.full(len(pairs.group), "none", dtype="<U7")
    error = np.full(len(pairs.group), np.nan)
    both = np.asarray(unit.codes) * 2 + pairs.nested
    kinds = [f"{word} {nested}" for word in unit.words for nested in (0, 1)]
    for kind, rows in units_of(both, kinds):
        word, nested = kind.split()
        found = compare(
            taken(groups, rows), taken(others, rows), unit=word, level=level, nested=nested == "1"
        )
        for field, values in zip(fields, found[:6], strict=True):
            field[rows] = values
        basis[rows], error[rows] = found.basis, found.standard_error
    return Comparison._make([*fields, basis, error])


def _span(name: str, end: FloatArray, sides: _Sides) -> FloatArray:
    """Return the measure at one end of what a hidden figure can be."""
    reference, sign, scale = sides.others.estimate, sides.sign, sides.scale
    with np.errstate(divide="ignore", invalid="ignore"):
        if name == "gap":
            return end - reference
        if name == "gap_ratio":
            return end / np.where(reference == 0, np.nan, reference)
        if name == "excess":
            counts = np.where(np.isinf(scale) | (sign == 0), np.nan, sides.groups.denominator)
            return sign * counts * (reference - end) / scale
    return np.full(reference.shape, np.nan)


def verdict_of(
    difference: FloatArray,
    low: FloatArray,
    high: FloatArray,
    sign: FloatArray,
    smallest: FloatArray | float,
) -> Words:
    """Return what the limits of a difference say, one of `GAP_VERDICTS`.

    Parameters
    ----------
    difference, low, high : ndarray
        Of the group from its reference.
    sign : ndarray
        1 where higher is better, -1 where lower is, 0 where neither is.
    smallest : ndarray or float
        Differences below it are about the same, however sure.
    """
    same = ((low <= 0) & (high >= 0)) | (np.abs(difference) < smallest - _DUST)
    good = sign * difference
    codes = np.select(
        [np.isnan(low), same, good > 0, good < 0, difference > 0], [0, 1, 2, 3, 4], default=5
    )
    return Words(codes.astype(np.int16), ("", *GAP_VERDICTS))


def _gap(found: Comparison, sides: _Sides) -> dict[str, Any]:
    smallest = np.where(sides.scale == 1.0, 0.01, 0.0)
    return {
        "estimate": found.difference,
        "standard_error": found.standard_error,
        "lower": found.lower,
        "upper": found.upper,
        "method": _basis(found),
        "verdict": verdict_of(found.difference, found.lower, found.upper, sides.sign, smallest),
    }


def _basis(found: Comparison) -> Words:
    return Words.of(found.basis, ("counts", "margins", "mixed"))


def _ratio(found: Comparison, sides: _Sides) -> dict[str, Any]:
    usable = (found.ratio_lower > 0) & np.isfinite(found.ratio_upper)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = np.log(found.ratio_upper / found.ratio_lower) / (2 * normal_quantile(sides.level))
        error = np.where(usable, found.ratio * width, np.nan)
    limits = found.ratio_lower - 1, found.ratio_upper - 1
    return {
        "estimate": found.ratio,
        "standard_error": error,
        "lower": found.ratio_lower,
        "upper": found.ratio_upper,
        "method": _basis(found),
        "verdict": verdict_of(found.ratio - 1, *limits, sides.sign, 0.0),
        "reason": np.where(np.isnan(found.ratio), 6, 0),
    }


def _excess(found: Comparison, sides: _Sides) -> dict[str, Any]:
    sign, uncounted = sides.sign, np.isinf(sides.scale)
    children = -sign * sides.groups.denominator / sides.scale
    factor = np.where(uncounted | (sign == 0), np.nan, children)
    ends = factor * found.lower, factor * found.upper
    return {
        "estimate": factor * found.difference,
        "standard_error": np.abs(factor) * found.standard_error,
        "lower": np.fmin(*ends),
        "upper": np.fmax(*ends),
        "method": _basis(found),
        "verdict": verdict_of(found.difference, found.lower, found.upper, sign, 0.0),
        "reason": np.select([sign == 0, uncounted, np.isnan(factor)], [4, 5, 3], default=0),
    }


def _probit(_found: Comparison, sides: _Sides) -> dict[str, Any]:
    groups, others, share = sides.groups, sides.others, sides.scale == 1.0
    p, q = (np.where(share, v.estimate, np.nan) for v in (groups, others))
    counted = groups.by_counts("share") & others.by_counts("share")
    n, m = (np.where(counted, v.denominator, np.nan) for v in (groups, others))
    gap = proficiency_gap(p, q, reference_n=n, focal_n=m, level=sides.level)
    return {
        "estimate": np.asarray(gap.probit),
        "standard_error": np.asarray(gap.probit_se),
        "lower": np.asarray(gap.probit_lower),
        "upper": np.asarray(gap.probit_upper),
        "method": "delta method",
        "verdict": verdict_of(gap.probit, gap.probit_lower, gap.probit_upper, sides.sign, 0.0),
        "reason": np.select([~share, np.isnan(gap.probit)], [5, 6], default=0),
    }


_CALCULATIONS: Final[dict[str, Callable[[Comparison, _Sides], dict[str, Any]]]] = {
    "gap": _gap,
    "gap_ratio": _ratio,
    "excess": _excess,
    "probit_gap": _probit,
}

FAMILY: Final = Family(
    name="gaps",
    title="Gaps to a reference",
    rows="a group that is compared with its reference",
    options={
        "reference": "all (default), a group of the same dimension, or a mapping from dimension "
        "to group."
    },
    reasons=GAP_REASONS,
    measures=_MEASURES,
    run=_run,
    example='equity.measure({"dimension": ["all", "gender", "gender"], "group": ["all", "f", "m"], '
    '"estimate": [0.7, 0.8, 0.6], "numerator": [280, 160, 120], "denominator": [400, 200, 200]}, '
    '"NAME", by=[], unit="share", polarity="higher_is_better")',
)
