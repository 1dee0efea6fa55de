"""Run charts and control charts: how the cases of other tools are put to our functions."""

from __future__ import annotations

from typing import Any, Final

from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.control_chart import (
    individuals_chart,
    proportion_chart,
    proportion_prime_chart,
)
from c2c_lib.equity.run_chart import anhoej_limits, run_chart_of

__all__ = ["CHART_MEASURES", "recompute_chart"]

CHART_MEASURES: Final = (
    "anhoej_limits",
    "anhoej_rules",
    "i_chart",
    "p_chart",
    "p_prime_chart",
    "pp_chart",
)
"""The measures of the files that are known here."""


def recompute_chart(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    inputs, options = case.inputs, case.options
    found: dict[str, Any]
    if case.measure == "anhoej_limits":
        limits = anhoej_limits(inputs["n_useful"])
        found = {
            "longest_run_max": limits.longest_run,
            "n_crossings_min": limits.fewest_crossings,
        }
    elif case.measure == "anhoej_rules":
        found = _run_chart(case)
    elif case.measure == "i_chart":
        screened = bool(options.get("screened", options.get("screenedmr", False)))
        chart = individuals_chart(inputs["y"], screened=screened)
        found = {
            "CL": chart.centre[0],
            "aLCL": chart.lower[0],
            "aUCL": chart.upper[0],
            "sigma_signal": chart.outside.sum(),
        }
    else:
        function = proportion_chart if case.measure == "p_chart" else proportion_prime_chart
        chart = function(inputs["x"], inputs["n"])
        point = int(inputs["point"]) - 1
        found = {
            "cl": chart.centre[point],
            "CL": chart.centre[point],
            "lcl": chart.lower[point],
            "ucl": chart.upper[point],
            "sigma_signal": chart.outside[point],
        }
    if case.field not in found:
        return NotApplicable(f"unknown field {case.field}")
    return float(found[case.field])


def _run_chart(case: Case) -> dict[str, Any]:
    centre = case.options.get("centre", "median")
    found = run_chart_of(case.inputs["y"], centre=None if centre == "median" else float(centre))
    return {
        "n_obs": found.points,
        "n_useful": found.useful,
        "longest_run": found.longest_run,
        "longest_run_max": found.longest_run_limit,
        "n_crossings": found.crossings,
        "n_crossings_min": found.crossings_limit,
        "runs_signal": found.signal,
        "CL": found.centre,
    }
