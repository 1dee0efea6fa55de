"""Intervals of proportions, differences and ratios, margins of error, reliability."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np

from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
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
    relative_change_margin,
    standard_error,
    sum_margin,
)
from c2c_lib.equity.measured import Measured
from c2c_lib.equity.odds_ratios import (
    OddsRatioMethod,
    ProportionTest,
    odds_ratio_interval,
    two_proportion_test,
)
from c2c_lib.equity.proportions import ProportionMethod, proportion_interval
from c2c_lib.equity.reliability import nchs_proportion_standard, quality_of

__all__ = ["INTERVAL_MEASURES", "in_our_words", "recompute_interval"]

_PROPORTIONS: Final[dict[str, ProportionMethod]] = {
    "agresti-coull": "agresti_coull",
    "clopper_pearson": "clopper_pearson",
    "exact": "clopper_pearson",
    "jeffreys": "jeffreys",
    "asymptotic": "wald",
    "mid_p": "mid_p",
    "wald": "wald",
    "wald_cc": "wald_continuity",
    "wilson_cc": "wilson_continuity",
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
    "diff:wald": "wald",
    "difference:wald": "wald",
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
_ODDS: Final[dict[str, OddsRatioMethod]] = {
    "odds-ratio:logit": "woolf",
    "odds_ratio:woolf_logit": "woolf",
    "odds-ratio:logit-adjusted": "gart",
    "odds_ratio:gart_adjusted_logit": "gart",
    "odds-ratio:logit-smoothed": "independence_smoothed",
    "odds_ratio:independence_smoothed_logit": "independence_smoothed",
    "odds-ratio:score": "score",
    "odds_ratio:score": "score",
}
_TESTS: Final = ("pooled_z", "fisher_exact")
_CHANGES: Final = ("moe_percent_change", "moe_pct_change", "moe_change", "percent_change")
_MARGINS: Final = (
    "moe_sum",
    "moe_proportion",
    "moe_ratio",
    "moe_product",
    "se_from_moe",
    *_CHANGES,
)
_RELIABILITY: Final = ("nchs_proportion_standard", "cv_from_moe")
_LIMITS: Final = ("lower", "upper")
_ON_UNIT: Final = {
    "agresti-coull": 0.0,
    "asymptotic": 0.0,
    "wald": 0.0,
    "wald_cc": 0.0,
    "diff:wald": -1.0,
    "diff:agresti-caffo": -1.0,
    "agresti_caffo": -1.0,
    "difference:wald": -1.0,
    "difference:agresti_caffo": -1.0,
}
"""Methods whose limits the tools let leave the values that are possible, and the least one."""

INTERVAL_MEASURES: Final = (
    *_PROPORTIONS,
    *_DIFFERENCES,
    *_RATIOS,
    *_ODDS,
    *_TESTS,
    *_MARGINS,
    *_RELIABILITY,
)
"""The measures of the files that are known here."""


def in_our_words(case: Case) -> Case:
    """Return the case with its expected value put as we put it, where conventions differ.

    The tools let the limits of simple methods leave what a share or a difference can be, we
    stop there; the file says why a share is suppressed or reviewed, we give that beside the
    word.
    """
    if case.measure in _ON_UNIT and case.field in _LIMITS:
        least = _ON_UNIT[case.measure]
        if not least <= float(case.expected) <= 1:
            return replace(case, expected=repr(float(np.clip(float(case.expected), least, 1.0))))
    if case.measure == "nchs_proportion_standard" and case.field == "status":
        if case.expected.startswith("suppress"):
            return replace(case, expected="suppress")
        if case.expected.endswith("review"):
            return replace(case, expected="review")
    return case


def recompute_interval(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    if case.measure in _PROPORTIONS:
        return _proportion(case)
    if case.measure in _MARGINS:
        return _margin(case)
    if case.measure in _RELIABILITY:
        return _reliability(case)
    return _two_proportions(case)


def _proportion(case: Case) -> Value | NotApplicable:
    if case.field not in _LIMITS:
        return NotApplicable(f"unknown field {case.field}")
    method, x, n = _PROPORTIONS[case.measure], case.inputs["x"], case.inputs["n"]
    if method == "wilson_continuity" and case.tool.startswith("R") and 2 * x == n:
        # prop.test takes the correction from its test of one half, and drops it there.
        method = "wilson"
    found = proportion_interval(
        x,
        n,
        method,
        case.options.get("conf_level", 0.95),
        population=case.inputs.get("N"),
    )
    return float(getattr(found, case.field))


def _two_proportions(case: Case) -> Value | NotApplicable:
    x1, n1, x2, n2 = (float(case.inputs[key]) for key in ("x1", "n1", "x2", "n2"))
    level = float(case.options.get("conf_level", 0.95))
    if case.measure in _TESTS:
        return _test(case, x1, n1, x2, n2)
    if case.measure in _ODDS:
        found = odds_ratio_interval(x1, n1, x2, n2, _ODDS[case.measure], level)
    elif case.measure in _DIFFERENCES:
        found = difference_interval(x1, n1, x2, n2, _DIFFERENCES[case.measure], level)
    else:
        found = ratio_interval(x1, n1, x2, n2, _RATIOS[case.measure], level)
    if case.field in _LIMITS:
        return float(getattr(found, case.field))
    if case.field == "estimate" and case.measure not in _ODDS:
        return float(
            np.subtract(x1 / n1, x2 / n2)
            if case.measure in _DIFFERENCES
            else np.divide(x1 / n1, x2 / n2)
        )
    return NotApplicable(f"unknown field {case.field}")


def _test(case: Case, x1: float, n1: float, x2: float, n2: float) -> Value | NotApplicable:
    method: ProportionTest = "fisher" if case.measure == "fisher_exact" else "pooled"
    found = two_proportion_test(x1, n1, x2, n2, method)
    values = {"z2": found.statistic, "statistic": found.statistic, "p_value": found.p_value}
    if case.field not in values:
        return NotApplicable(f"unknown field {case.field}")
    return float(values[case.field])


def _margin(case: Case) -> Value | NotApplicable:
    inputs = case.inputs
    values: dict[str, Any]
    if case.measure == "moe_sum":
        estimates, margins = np.transpose(inputs["pairs"])
        ruled = "none" not in str(case.options.get("zero_rule", ""))
        margin, total = sum_margin(estimates, margins, zero_rule=ruled), estimates.sum()
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
    elif case.measure in _CHANGES:
        # The earlier estimate comes first.
        (x, m_x), (y, m_y) = inputs.values()
        factor = 1.0 if case.field.startswith("share") else 100.0
        change = factor * relative_change_margin(x, m_x, y, m_y)
        values = {"estimate": factor * (y - x) / x, "moe": change}
    else:
        function = proportion_margin if case.measure == "moe_proportion" else ratio_margin
        (x, m_x), (y, m_y) = inputs["num"], inputs["den"]
        values = {"estimate": x / y, "moe": function(x, m_x, y, m_y)}
    if case.field not in values:
        return NotApplicable(f"unknown field {case.field}")
    return float(values[case.field])


def _reliability(case: Case) -> Value | NotApplicable:
    if case.measure == "nchs_proportion_standard":
        x, n = case.inputs["x"], case.inputs["n"]
        effect = float(case.options.get("deff", 1))
        if case.field == "cp_width":
            size = n / max(effect, 1.0)
            lower, upper = proportion_interval(x / n * size, size, "clopper_pearson")
            return float(upper - lower)
        return str(nchs_proportion_standard(x, n, design_effect=effect))
    estimate, moe = case.inputs["estimate"], case.inputs["moe"]
    if case.field == "cv_pct":
        return float(100 * coefficient_of_variation(estimate, moe))
    words = {"strong": "high", "use_with_care": "medium", "too_weak": "low"}
    found = quality_of(Measured.of(estimate, moe90=moe), unit="count")
    return words[str(found.word)]
