"""The family of margins of error of surveys, and of the standards of reliability."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words, entries_of
from c2c_lib.equity.income_inequality import BINNED_REASONS, quantile_from_bins
from c2c_lib.equity.lookup import (
    check_columns,
    key_table,
    numbers,
    row_keys,
    unit_of,
    words_by_row,
)
from c2c_lib.equity.margins import (
    coefficient_of_variation,
    difference_margin,
    margin_interval,
    product_margin,
    proportion_margin,
    ratio_margin,
    relative_change_margin,
    standard_error,
    sum_margin,
)
from c2c_lib.equity.reliability import nchs_proportion_standard
from c2c_lib.equity.settings import NO_LIMITS, outer_keys, settings_of

__all__ = ["FAMILY", "STANDARD_VERDICTS", "SURVEY_REASONS"]

STANDARD_VERDICTS: Final[dict[str, str]] = {
    "present": "By the national standard it may be shown.",
    "review": "It is exactly 0 or 100 %, so the national standard asks for a second look.",
    "suppress": "By the national standard it is too weak to be shown.",
}
"""What the standard says, in plain words."""
SURVEY_REASONS: Final[dict[str, str]] = {
    "unknown": "A figure or its margin of error is not shown, or the calculation does not exist.",
    "no_sample": "Too few people were asked for a margin of error, or it is not said how many.",
    **{k: v for k, v in BINNED_REASONS.items() if k != "inside"},
    **NO_LIMITS,
}
"""Why a value or its interval is missing or special, in plain words."""

_WORDS: Final = tuple(SURVEY_REASONS)
_HANDBOOK: Final = "US Census Bureau 2020, ACS General Handbook, chapter 8"


_measure: Final = entries_of(
    "survey",
    citation=_HANDBOOK,
    unit="indicator",
    columns=("estimate", "moe90"),
    scaled="times c",
)


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = row_keys(frame, call.by)
    for one in wanted:
        check_columns(frame, [*keys, *one.columns])
    by_row = [one for one in wanted if one.name not in _BY_SETTING]
    blocks = []
    if by_row:
        table = key_table(frame, np.arange(len(frame)), keys)
        blocks.append(Block(table, by_row, _of_rows(frame, by_row, call)))
    return blocks + [_BY_SETTING[m.name](frame, m, call) for m in wanted if m not in by_row]


def _of_rows(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> Iterator[Part]:
    unit = Words(*words_by_row(frame, call.unit, "unit"))
    for one in wanted:
        given = [numbers(frame, name) for name in one.columns]
        columns: dict[str, Any] = {"unit": unit_of(one, unit)}
        if one.name == "interval_of_margin":
            columns |= _interval(given[0], given[1], unit, call)
        elif one.name == "nchs_standard":
            columns |= _standard(given[0], given[1])
        else:
            columns["estimate"] = np.asarray(_FUNCTIONS[one.name](*given), dtype=float)
        missing = np.isnan(columns["estimate"])
        silent = "" if one.name == "interval_of_margin" else "no_limits"
        reason = Words.of(np.where(missing, "unknown", silent), _WORDS)
        yield Part(one, Columns(**columns, reason=reason))


def _interval(value: FloatArray, margin: FloatArray, unit: Words, call: Call) -> dict[str, Any]:
    """Return estimates with their limits; a share stays within 0 and 1."""
    shares = np.array([word == "share" for word in unit.words])[unit.codes]
    limits = margin_interval(value, margin, call.level)
    low, high = np.asarray(limits.lower), np.asarray(limits.upper)
    return {
        "estimate": np.where(np.isnan(low), np.nan, value),
        "standard_error": np.asarray(standard_error(margin)),
        "lower": np.where(shares, np.maximum(low, 0.0), low),
        "upper": np.where(shares, np.minimum(high, 1.0), high),
        "method": "margin of error",
    }


def _standard(x: FloatArray, n: FloatArray) -> dict[str, Any]:
    words = np.asarray(nchs_proportion_standard(x, n))
    return {
        "estimate": np.where(words == "", np.nan, x / np.where(n > 0, n, np.nan)),
        "verdict": Words.of(words, tuple(STANDARD_VERDICTS)),
        "children": n,
    }


def _sums(frame: pd.DataFrame, one: Measure, call: Call) -> Block:
    """Return the margin of the sum of all rows of a setting but its published total."""
    parts = frame
    if "group" in frame and (frame["group"] != "all").any():
        parts = frame[frame["group"] != "all"].reset_index(drop=True)
    settings = settings_of(parts, outer_keys(parts, call.by, ("group",)))
    value, margin = numbers(parts, "estimate"), numbers(parts, "moe90")
    found = np.array([float(sum_margin(value[r], margin[r])) for r in settings.rows])
    named = parts.iloc[settings.first].reset_index(drop=True)
    columns = Columns(
        estimate=found,
        unit=unit_of(one, Words(*words_by_row(named, call.unit, "unit"))),
        groups=np.array([len(r) for r in settings.rows]),
        reason=Words.of(np.where(np.isnan(found), "unknown", "no_limits"), _WORDS),
    )
    return Block(settings.keys, [one], iter([Part(one, columns)]))


def _quantiles(frame: pd.DataFrame, one: Measure, call: Call) -> Block:
    settings = settings_of(frame, outer_keys(frame, call.by, ()))
    given = [numbers(frame, name) for name in ("lower", "upper", "count")]
    found = np.full((4, len(settings.rows)), np.nan)
    reason = np.full(len(settings.rows), "", dtype="<U10")
    options = {
        word: value
        for word in ("interpolation", "sampling_percentage", "design_factor")
        if (value := call.option(word)) is not None
    }
    for number, rows in enumerate(settings.rows):
        at = rows[np.argsort(given[0][rows], kind="stable")]
        lower, upper, count = (values[at] for values in given)
        result = quantile_from_bins(lower, upper, count, call.option("quantile", 0.5), **options)
        limits = margin_interval(result.estimate, result.margin, call.level)
        error = float(standard_error(result.margin))
        found[:, number] = result.estimate, error, float(limits.lower), float(limits.upper)
        if result.reason != "inside":
            reason[number] = result.reason
        elif np.isnan(result.margin):
            reason[number] = "no_sample"
    named = frame.iloc[settings.first].reset_index(drop=True)
    columns = Columns(
        estimate=found[0],
        standard_error=found[1],
        lower=found[2],
        upper=found[3],
        unit=unit_of(one, Words(*words_by_row(named, call.unit, "unit"))),
        method="margin of error",
        children=np.array([given[2][r].sum() for r in settings.rows]),
        reason=Words.of(reason, _WORDS),
    )
    return Block(settings.keys, [one], iter([Part(one, columns)]))


_FUNCTIONS: Final[dict[str, Callable[..., FloatArray]]] = {
    "standard_error_of_margin": standard_error,
    "margin_of_difference": difference_margin,
    "margin_of_proportion": proportion_margin,
    "margin_of_ratio": ratio_margin,
    "margin_of_product": product_margin,
    "margin_of_relative_change": relative_change_margin,
    "coefficient_of_variation": coefficient_of_variation,
}
_BY_SETTING: Final[dict[str, Callable[[pd.DataFrame, Measure, Call], Block]]] = {
    "margin_of_sum": _sums,
    "quantile_of_bins": _quantiles,
}

FAMILY: Final = Family(
    name="survey",
    title="Margins of error and reliability of survey estimates",
    rows="one estimate of a survey, or several that one is made of",
    options={
        "quantile": "For quantile_of_bins: which one, as a share; default 0.5, the median.",
        "interpolation": "For quantile_of_bins: linear (default) or pareto.",
        "sampling_percentage": "For quantile_of_bins: percent of all people who were asked.",
        "design_factor": "For quantile_of_bins: of the survey; default 1.",
    },
    reasons=SURVEY_REASONS,
    measures=(
        _measure(
            "standard_error_of_margin",
            "Standard error from a margin of error",
            "What is the standard error behind a published margin?",
            "m / 1.645",
            "standard_error",
            columns=("moe90",),
            example='equity.measure({"moe90": [99234]}, "NAME", unit="count")',
        ),
        _measure(
            "interval_of_margin",
            "Interval from a margin of error",
            "Within what limits does an estimate with a published margin lie?",
            "y -+ z / 1.645 m",
            "margin_interval",
            example='equity.measure({"estimate": [0.18], "moe90": [0.05]}, "NAME")',
        ),
        _measure(
            "margin_of_sum",
            "Margin of error of a sum",
            "How sure is a sum of estimates?",
            "sqrt",
            "sum_margin",
            example='equity.measure({"estimate": [120, 0, 0], "moe90": [40, 11, 15]}, '
            '"NAME", unit="count")',
        ),
        _measure(
            "margin_of_difference",
            "Margin of error of a difference",
            "How sure is the difference of two estimates?",
            "sqrt",
            "difference_margin",
            columns=("first_margin", "second_margin"),
            example='equity.measure({"first_margin": [3.0], "second_margin": [4.0]}, "NAME")',
        ),
        _measure(
            "margin_of_proportion",
            "Margin of error of a proportion",
            "How sure is the share that one estimate is of another?",
            "sqrt",
            "proportion_margin",
            unit="share",
            scaled="unchanged",
            columns=("numerator", "numerator_margin", "denominator", "denominator_margin"),
            example='equity.measure({"numerator": [40], "numerator_margin": [9], '
            '"denominator": [200], "denominator_margin": [30]}, "NAME")',
        ),
        _measure(
            "margin_of_ratio",
            "Margin of error of a ratio",
            "How sure is the ratio of two estimates, neither of them part of the other?",
            "sqrt",
            "ratio_margin",
            unit="ratio",
            scaled="unchanged",
            columns=("numerator", "numerator_margin", "denominator", "denominator_margin"),
            example='equity.measure({"numerator": [226840], "numerator_margin": [5556], '
            '"denominator": [203119], "denominator_margin": [5070]}, "NAME")',
        ),
        _measure(
            "margin_of_product",
            "Margin of error of a product",
            "How sure is the product of two estimates?",
            "sqrt",
            "product_margin",
            columns=("first", "first_margin", "second", "second_margin"),
            scaled="changes",
            example='equity.measure({"first": [1200], "first_margin": [180], '
            '"second": [0.35], "second_margin": [0.06]}, "NAME")',
        ),
        _measure(
            "margin_of_relative_change",
            "Margin of error of a relative change",
            "How sure is the change from one estimate to another, as a share of the first?",
            "that of the ratio y_2 / y_1",
            "relative_change_margin",
            unit="share",
            scaled="unchanged",
            columns=("earlier", "earlier_margin", "later", "later_margin"),
            example='equity.measure({"earlier": [2000], "earlier_margin": [150], '
            '"later": [2400], "later_margin": [180]}, "NAME")',
        ),
        _measure(
            "quantile_of_bins",
            "Median and other quantiles from bins",
            "What is the median of figures of which only counts in bins are published?",
            "linear or Pareto within the bin; SE of 50 % by design factor and sampling share",
            "income_inequality.quantile_from_bins",
            citation="California State Data Center 2016, Re-calculating medians and their margins "
            "of error; US Census Bureau, PUMS Accuracy of the Data",
            columns=("lower", "upper", "count"),
            needs=("counts in bins",),
            example='equity.measure({"lower": [0, 10, 20, 50], "upper": '
            '[10, 20, 50, float("inf")], "count": [4, 10, 30, 6]}, "NAME")',
        ),
        _measure(
            "coefficient_of_variation",
            "Coefficient of variation of an estimate",
            "How large is the standard error beside the estimate?",
            "SE / |y|",
            "coefficient_of_variation",
            unit="share",
            scaled="unchanged",
            example='equity.measure({"estimate": [1500], "moe90": [900]}, "NAME", unit="count")',
        ),
        _measure(
            "nchs_standard",
            "Standard of the National Center for Health Statistics",
            "May a proportion be shown, by the national standard?",
            "n < 30, width of Clopper-Pearson >= 0.30, or > 0.05 and > 130 % of p: suppress",
            "nchs_proportion_standard",
            citation="Parker et al. 2017, Vital Health Stat 2(175); Korn & Graubard 1998, Survey "
            "Methodology 24:193-201",
            unit="none",
            scaled="changes",
            columns=("numerator", "denominator"),
            example='equity.measure({"numerator": [10, 10, 0], "denominator": [40, 29, 120]}, '
            '"NAME")',
        ),
    ),
    run=_run,
    verdicts=STANDARD_VERDICTS,
    by_name_only=True,
)
