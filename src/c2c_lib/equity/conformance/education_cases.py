"""Gaps and disproportionality in schools: how reference cases are put to our functions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.education import (
    chronically_absent,
    cohort_graduation_rate,
    proficiency_gap,
)
from c2c_lib.equity.idea import idea_risk_ratio
from c2c_lib.equity.level_gap import v_statistic
from c2c_lib.equity.risk_ratios import disproportionality, weighted_risk_ratio

__all__ = ["EDUCATION_MEASURES", "education_in_our_words", "recompute_education"]

_GAPS: Final = {
    ("gap_pp", "gap_pp"): ("points", 100),
    ("gap_pp", "se_pp"): ("points_se", 100),
    ("gap_probit", "probit_gap_sd"): ("probit", 1),
    ("gap_logit", "logit_gap"): ("logit", 1),
    ("cohens_h", "h"): ("cohens_h", 1),
    ("relative_risk", "rr"): ("ratio", 1),
}
_LEVELS: Final = {
    "pac": "probability_trapezoid",
    "V": "v_trapezoid",
    "mean_probit_gap": "mean_probit_gap",
}
_DISPROPORTION: Final = ("composition", "composition_index", "risk_ratio")
_COHORT: Final = ("acgr", "cohort_graduation_rate", "adjusted_cohort_graduation_rate")
_ABSENCE: Final = {"chronically_absent": True, "not_chronically_absent": False}

EDUCATION_MEASURES: Final = (
    *dict.fromkeys(measure for measure, _ in _GAPS),
    *_DISPROPORTION,
    *_COHORT,
    "weighted_risk_ratio",
    "idea_risk_ratio",
    "v_statistic_trapezoid",
    "probit_gap_mean_cuts",
    "chronic_absence_flag",
)
"""The measures of the files that are known here."""


def education_in_our_words(case: Case) -> Case:
    """Return the case with room for the last digit of a double.

    ``100 * (a - b)`` and ``100 * a - 100 * b`` differ there, and differences of nearly
    equal shares keep fewer digits than the shares.
    """
    return replace(case, tolerance=f"{case.tolerance} or abs 1e-12")


def recompute_education(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    if case.measure == "idea_risk_ratio":
        found: dict[str, Any] = idea_risk_ratio(**case.inputs, **case.options)._asdict()
        if case.field == "status":
            return str(found["status"])
    elif case.measure == "chronic_absence_flag":
        return _absent(case)
    elif case.measure in _COHORT:
        return _graduation(case)
    elif case.measure in {"v_statistic_trapezoid", "probit_gap_mean_cuts"}:
        # The second group is ahead where the value is positive.
        inputs = case.inputs
        levels = v_statistic(inputs["counts_b_low_to_high"], inputs["counts_a_low_to_high"])
        found = {field: getattr(levels, name) for field, name in _LEVELS.items()}
    elif case.measure == "weighted_risk_ratio" or case.measure in _DISPROPORTION:
        found = _of_group(case)
    else:
        found = _gap(case)
    if case.field not in found:
        return NotApplicable(f"unknown field {case.field}")
    return float(found[case.field])


def _absent(case: Case) -> Value:
    inputs, least = case.inputs, case.options.get("min_membership", 10)
    days = inputs["days_absent"], inputs["days_membership"]
    word = str(chronically_absent(*days, minimum_days=least))
    return _ABSENCE.get(word, f"excluded_if_min_{least}_days")


def _of_group(case: Case) -> dict[str, Any]:
    inputs = case.inputs
    place = inputs["groups"].index(inputs["group"])
    outcome, enrolled = inputs["outcome"], inputs["enrolled"]
    if case.measure == "weighted_risk_ratio":
        rates = weighted_risk_ratio(outcome, enrolled, inputs["state_share"])
        return {"weighted_risk_ratio": rates[place]}
    found = {
        name: values[place]
        for name, values in disproportionality(outcome, enrolled)._asdict().items()
    }
    return {**found, "composition_difference_pp": 100 * found["composition_difference"]}


def _gap(case: Case) -> dict[str, Any]:
    inputs = case.inputs
    gap = proficiency_gap(
        inputs["p_ref"],
        inputs["p_focal"],
        reference_n=inputs.get("n_ref"),
        focal_n=inputs.get("n_focal"),
    )
    return {
        field: unit * getattr(gap, name)
        for (measure, field), (name, unit) in _GAPS.items()
        if measure == case.measure
    }


def _graduation(case: Case) -> Value | NotApplicable:
    """Return the cohort rate; what each count is, its name says in one word or another."""
    words = {
        "graduates": ("grad", "diploma"),
        "transferred_out": ("out",),
        "emigrated": ("emigr",),
        "deceased": ("decea", "died", "death"),
        "first_time_ninth": ("first", "ninth", "9"),
        "transferred_in": ("in",),
    }
    counts: dict[str, Any] = {}
    for key, value in case.inputs.items():
        role = next((r for r, parts in words.items() if any(p in key.lower() for p in parts)), None)
        if role is None or role in counts:
            return NotApplicable(f"unknown count {key}")
        counts[role] = value
    if missing := {"graduates", "first_time_ninth"} - counts.keys():
        return NotApplicable(f"no count of {', '.join(sorted(missing))}")
    found = cohort_graduation_rate(**counts)
    if any(word in case.field for word in ("cohort", "denominator")):
        return float(found.cohort)
    percent = any(word in case.field for word in ("pct", "percent"))
    return float(found.rate) * (100 if percent else 1)
