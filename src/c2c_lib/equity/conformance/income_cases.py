"""Income inequality and medians of bins: how the cases of other tools are put to ours."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.income_inequality import (
    atkinson,
    generalised_entropy,
    gini,
    quantile_from_bins,
    theil_decomposition,
)

__all__ = ["INCOME_MEASURES", "recompute_income"]

INCOME_MEASURES: Final = (
    "gini",
    "generalised_entropy_0",
    "generalised_entropy_1",
    "generalised_entropy_2",
    "atkinson",
    "theil_T",
    "theil_decomposition",
    "median_from_bins",
)
"""The measures of the files that are known here."""


def recompute_income(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    inputs, options = case.inputs, case.options
    if case.measure == "median_from_bins":
        return _median(case)
    values = inputs["y"] if "y" in inputs else inputs["x"]
    weights = inputs.get("w")
    if case.measure == "theil_decomposition":
        parts = theil_decomposition(values, inputs["group"], weights)._asdict()
        if case.field not in parts:
            return NotApplicable(f"unknown field {case.field}")
        return float(parts[case.field])
    if case.measure == "gini":
        return float(gini(values, weights))
    if case.measure == "atkinson":
        return float(atkinson(values, weights, float(options.get("epsilon", 0.5))))
    alpha = options.get("alpha", case.measure.rpartition("_")[2])
    return float(generalised_entropy(values, weights, 1.0 if alpha == "T" else float(alpha)))


def _median(case: Case) -> Value | NotApplicable:
    lower, upper, count = np.transpose(case.inputs["bins"])
    options: dict[str, Any] = {
        name: float(case.options[name])
        for name in ("sampling_percentage", "design_factor")
        if case.options.get(name) is not None
    }
    found = quantile_from_bins(lower, upper, count, **options)
    values = {"median": found.estimate, "moe": found.margin, "se": found.margin / 1.645}
    if case.field not in values:
        return NotApplicable(f"unknown field {case.field}")
    return values[case.field]
