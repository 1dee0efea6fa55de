"""Trends over years: how the cases of other tools are put to our functions."""

from __future__ import annotations

from typing import Final

import numpy as np

from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.kendall_distribution import exact_p_values
from c2c_lib.equity.kendall_test import mann_kendall
from c2c_lib.equity.sen_slope import theil_sen
from c2c_lib.equity.trend_lines import annual_percent_change, linear_trend

__all__ = ["TREND_MEASURES", "recompute_trend"]

TREND_MEASURES: Final = (
    "mann_kendall",
    "kendall_tau_b",
    "theil_sen_ci",
    "ols",
    "annual_percent_change",
)
"""The measures of the files that are known here."""

_TREND_WORDS: Final = {"rising": "increasing", "falling": "decreasing"}
_TESTED_YEARS: Final = 5


def recompute_trend(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    y = np.array([np.nan if value is None else value for value in case.inputs["y"]], dtype=float)
    times = case.inputs.get("x")
    found: dict[str, object]
    if case.measure == "mann_kendall":
        found = _mann_kendall(y, 1 - float(case.options.get("alpha", 0.05)))
    elif case.measure == "kendall_tau_b":
        found = _tau_b(y)
    elif case.measure == "theil_sen_ci":
        slope = theil_sen(y, times, "normal", float(case.options.get("conf_level", 0.95)))
        found = {**slope._asdict(), "low": slope.lower, "high": slope.upper}
    elif case.measure == "annual_percent_change":
        change = annual_percent_change(y, times, level=float(case.options.get("conf_level", 0.95)))
        found = {**change._asdict(), "apc": change.percent}
    else:
        line = linear_trend(y, times, level=float(case.options.get("conf_level", 0.95)))
        found = {
            **line._asdict(),
            "slope_se": line.standard_error,
            "low": line.lower,
            "high": line.upper,
        }
    if case.field not in found:
        return NotApplicable(f"unknown field {case.field}")
    value = found[case.field]
    return value if isinstance(value, str) else float(np.asarray(value))


def _mann_kendall(y: np.ndarray, level: float) -> dict[str, object]:
    found, line = mann_kendall(y, "normal", level), theil_sen(y)
    return {
        "S": found.s,
        "var_s": found.variance,
        "z": found.z,
        "p_value": found.p_value,
        "tau": found.tau,
        "sen_slope": line.slope,
        "sen_intercept": line.intercept,
        "trend": _TREND_WORDS.get(str(found.verdict), "no trend"),
    }


def _tau_b(y: np.ndarray) -> dict[str, object]:
    tied = len(set(y.tolist())) < y.size
    found = mann_kendall(y, "normal" if tied else "exact", continuity=False)
    p_value = found.p_value
    if y.size < _TESTED_YEARS and not tied:
        # The tool gives four years a p-value; we can count their orders, but give none.
        p_value = exact_p_values(np.array([found.s]), np.ones((1, y.size), dtype=int))[0]
    return {"tau_b": found.tau_b, "p_value": p_value}
