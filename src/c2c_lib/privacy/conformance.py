"""Disclosure control: how reference cases are put to our functions.

``python -m c2c_lib.equity.conformance`` takes the measures of this module too.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import optimize

from c2c_lib.equity.conformance import Case, NotApplicable, Recompute, Value
from c2c_lib.privacy.rules import Rules

__all__ = ["MEASURES"]

_RULES: Final = {
    "ct_num6_den20": Rules(),
    "ct_num6_den20_with_complement": Rules(minimum_complement=6),
}


def _suppression(case: Case) -> Value | NotApplicable:
    if case.field != "primary":
        return NotApplicable(f"unknown field {case.field}")
    counts = (pd.Series([float(case.inputs[key])]) for key in ("numerator", "denominator"))
    return "suppress" if _RULES[case.measure].too_small(*counts)[0] else "publish"


def _coding(case: Case) -> Value | NotApplicable:
    return NotApplicable(f"percents are shown or hidden whole, not coded as in {case.field}")


def _attack(case: Case) -> Value | NotApplicable:
    """Return what an attacker knows of a cell from sums of cells and least values."""
    kind, _, end = case.field.partition("_")
    if kind not in {"lp", "int"} or end not in {"min", "max"}:
        return NotApplicable(f"unknown field {case.field}")
    inputs: dict[str, Any] = case.inputs
    cells = list(inputs["cells"])
    sums = [[float(cell in inside) for cell in cells] for inside, _ in inputs["known"]]
    totals = [float(total) for _, total in inputs["known"]]
    aim = np.array([float(cell == inputs["target"]) for cell in cells])
    most = inputs.get("upper_bounds") or [None] * len(cells)
    bounds = optimize.Bounds(
        np.asarray(inputs["lower_bounds"], dtype=float),
        np.array([np.inf if bound is None else float(bound) for bound in most]),
    )
    found = optimize.milp(
        aim if end == "min" else -aim,
        constraints=optimize.LinearConstraint(np.array(sums), totals, totals) if sums else (),
        bounds=bounds,
        integrality=np.full(len(cells), int(kind == "int")),
    )
    unbounded = 3
    if found.status == unbounded:
        return float("inf") if end == "max" else float("-inf")
    return float("nan") if found.x is None else float(aim @ found.x)


MEASURES: Final[dict[str, Recompute]] = {
    **dict.fromkeys(_RULES, _suppression),
    "top_bottom_coding": _coding,
    "attacker_bounds": _attack,
}
"""What gives our value of a case, by the measure's name in the files."""
