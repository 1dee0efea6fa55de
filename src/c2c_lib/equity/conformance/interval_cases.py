"""Intervals of proportions, differences and ratios, margins of error, reliability."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np

from c2c_lib.equity.conformance.cases import Case
from c2c_lib.equity.differences import (
    DifferenceMethod,
    RatioMethod,
    difference_interval,
    ratio_interval,
)
from c2c_lib.equity.margins import (
    coefficient_of_variation,
    product_margin,
    proportion_margin,
    ratio_margin,
    standard_error,
    sum_margin,
)
from c2c_lib.equity.measured import Measured
from c2c_lib.equity.proportions import ProportionMethod, proportion_interval
from c2c_lib.equity.reliability import nchs_proportion_standard, quality_of

__all__ = ["INTERVAL_MEASURES", "in_our_words", "recompute_interval"]

_PROPORTIONS: Final[dict[str, ProportionMethod]] = {
    "agresti-coull": "agresti_coull",
    "clopper_pearson": "clopper_pearson",
    "exact": "clopper_pearson",
    "jeffreys": "jeffreys",
    "mid_p": "mid_p",
    "wilson": "wilson",
    "wilson_fpc": "wilson",
}
_DIFFERENCES: Final[dict[str, DifferenceMethod]] = {
    "newcombe_hybrid_score": "newcombe",
    "diff:newcomb": "newcombe",
    "difference:newcombe_hybrid_score": "newcombe",
    "agresti_caffo": "agresti_caffo",
    "diff:agresti-caffo": "agresti_caffo",
    "difference:agresti_caffo": "agresti_caffo",
    "diff:score": "miettinen_nurminen",
    # PropCIs::diffscoreci carries the factor N/(N-1), so it is Miettinen-Nurminen.
    "miettinen_nurminen_type_score": "miettinen_nurminen",
    # The printed limits of 7/34 against 1/34 are those without the factor.
    "difference:miettinen_nurminen": "mee",
}
_RATIOS: Final[dict[str, RatioMethod]] = {
    "katz_log": "katz",
    "ratio:log": "katz",
    "ratio:katz_log": "katz",
    "koopman_score": "koopman",
    # The printed limits of 7/34 against 1/34 are those with the factor N/(N-1).
    "ratio:koopman_score": "miettinen_nurminen",
    "ratio:score": "miettinen_nurminen",
    "ratio:log-adjusted": "katz_adjusted",
    "ratio:adjusted_log": "katz_adjusted",
}
_MARGINS: Final = ("moe_sum", "moe_proportion", "moe_ratio", "moe_product", "se_from_moe")
_RELIABILITY: Final = ("nchs_proportion_standard", "cv_from_moe")
_LIMITS: Final = ("lower", "upper")

INTERVAL_MEASURES: Final = (
    *_PROPORTIONS,
    *_DIFFERENCES,
    *_RATIOS,
    *_MARGINS,
    *_RELIABILITY,
)
"""The measures of the files that are known here."""


def in_our_words(case: Case) -> Case:
    """Return the case with its expected value put as we put it, where conventions differ.

    The tools let Agresti-Coull limits leave [0, 1], we stop there; the file says why a
    share is suppressed or reviewed, we give that beside the word.
    """
    if case.measure == "agresti-coull":
        return replace(case, expected=repr(float(np.clip(float(case.expected), 0.0, 1.0))))
    if case.measure == "nchs_proportion_standard" and case.field == "status":
        if case.expected.startswith("suppress"):
            return replace(case, expected="suppress")
        if case.expected.endswith("review"):
            return replace(case, expected="review")
    return case


def recompute_interval(case: Case) -> float | str:
    """Return our value of a case, or in words why there is none."""
    if case.measure in _PROPORTIONS:
        return _proportion(case)
    if case.measure in _MARGINS:
        return _margin(case)
    if case.measure in _RELIABILITY:
        return _reliability(case)
    return _two_proportions(case)


def _proportion(case: Case) -> float | str:
    if case.field not in _LIMITS:
        return f"unknown field {case.field}"
    found = proportion_interval(
        case.inputs["x"],
        case.inputs["n"],
        _PROPORTIONS[case.measure],
        case.options.get("conf_level", 0.95),
        population=case.inputs.get("N"),
    )
    return float(getattr(found, case.field))


def _two_proportions(case: Case) -> float | str:
    x1, n1, x2, n2 = (float(case.inputs[key]) for key in ("x1", "n1", "x2", "n2"))
    level = float(case.options.get("conf_level", 0.95))
    if case.measure in _DIFFERENCES:
        found = difference_interval(x1, n1, x2, n2, _DIFFERENCES[case.measure], level)
    else:
        found = ratio_interval(x1, n1, x2, n2, _RATIOS[case.measure], level)
    if case.field in _LIMITS:
        return float(getattr(found, case.field))
    if case.field == "estimate":
        return x1 / n1 - x2 / n2 if case.measure in _DIFFERENCES else (x1 / n1) / (x2 / n2)
    return f"unknown field {case.field}"


def _margin(case: Case) -> float | str:
    inputs = case.inputs
    values: dict[str, Any]
    if case.measure == "moe_sum":
        estimates, margins = np.transpose(inputs["pairs"])
        if "none" in str(case.options.get("zero_rule", "")) and (estimates == 0).sum() > 1:
            return "sums without the zero rule are not offered"
        margin, total = sum_margin(estimates, margins), estimates.sum()
        values = {
            "estimate": total,
            "moe": margin,
            "se": standard_error(margin),
            "cv_pct": 100 * coefficient_of_variation(total, margin),
        }
    elif case.measure == "se_from_moe":
        values = {"se": standard_error(inputs["moe"])}
    elif case.measure == "moe_product":
        (a, m_a), (b, m_b) = inputs["a"], inputs["b"]
        values = {"estimate": a * b, "moe": product_margin(a, m_a, b, m_b)}
    else:
        function = proportion_margin if case.measure == "moe_proportion" else ratio_margin
        (x, m_x), (y, m_y) = inputs["num"], inputs["den"]
        values = {"estimate": x / y, "moe": function(x, m_x, y, m_y)}
    return float(values[case.field]) if case.field in values else f"unknown field {case.field}"


def _reliability(case: Case) -> float | str:
    if case.measure == "nchs_proportion_standard":
        x, n = case.inputs["x"], case.inputs["n"]
        if case.options.get("deff", 1) != 1:
            return "design effects other than 1 are not offered"
        if case.field == "cp_width":
            lower, upper = proportion_interval(x, n, "clopper_pearson")
            return float(upper - lower)
        return str(nchs_proportion_standard(x, n))
    estimate, moe = case.inputs["estimate"], case.inputs["moe"]
    if case.field == "cv_pct":
        return float(100 * coefficient_of_variation(estimate, moe))
    words = {"strong": "high", "use_with_care": "medium", "too_weak": "low"}
    found = quality_of(Measured.of(estimate, moe90=moe), unit="count")
    return words[str(found.word)]
