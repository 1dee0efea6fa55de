"""The partnerships' own rules: how reference cases are put to our functions."""

from __future__ import annotations

from typing import Any, Final

from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.gap_change import gap_change_between
from c2c_lib.equity.measured import Measured
from c2c_lib.equity.proof_points import (
    DIRECTIONS,
    MissingRule,
    direction_since_baseline,
    proof_point,
)

__all__ = ["PARTNERSHIP_MEASURES", "recompute_partnership"]

PARTNERSHIP_MEASURES: Final = ("direction", "proof_point_share", "disparity_gap_change")
"""The measures of the files that are known here."""

_CLASSES: Final = {
    "reduced": "gap_reduced",
    "eliminated": "gap_eliminated_or_reversed",
    "never_behind": "gap_eliminated_or_reversed",
    "widened": "gap_widened",
    "about_the_same": "gap_unchanged",
}


def recompute_partnership(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    if case.measure == "direction":
        found: dict[str, Any] = {"status": _direction(case)}
    elif case.measure == "proof_point_share":
        found = _share(case)
    else:
        found = _gap(case)
    if case.field not in found:
        return NotApplicable(f"unknown field {case.field}")
    value = found[case.field]
    return value if isinstance(value, str | bool) else float(value)


def _polarity(case: Case) -> str:
    return "higher_is_better" if case.inputs.get("favourable", True) else "lower_is_better"


def _direction(case: Case) -> str:
    inputs = case.inputs
    words = direction_since_baseline(
        inputs["baseline"],
        inputs["current"],
        polarity=_polarity(case),
        tolerance=float(case.options.get("tolerance", 0.0)),
    )
    return str(words)


def _share(case: Case) -> dict[str, Any]:
    words = [word if word in DIRECTIONS else "no_data" for word in case.inputs["statuses"]]
    against = "against" in str(case.options.get("missing", ""))
    missing: MissingRule = "counted_against" if against else "excluded"
    threshold = float(case.options.get("threshold", 0.6))
    strict = proof_point(words, threshold=threshold, missing=missing)
    loose = proof_point(
        words, wording="maintained_or_improved", threshold=threshold, missing=missing
    )
    return {
        "share_improved": strict.share_improved,
        "share_maintained_or_improved": strict.share_maintained_or_improved,
        "meets_60_improved": strict.met,
        "meets_60_maintained_or_improved": loose.met,
    }


def _gap(case: Case) -> dict[str, Any]:
    figures = [Measured.of(case.inputs[key]) for key in ("ref0", "focal0", "ref1", "focal1")]
    found = gap_change_between(*figures, polarity=_polarity(case))
    word = _CLASSES.get(str(found.verdict), str(found.verdict))
    return {
        "gap_change_pp": found.size_change,
        "class": word + " by_leveling_down" * bool(found.levelling_down),
    }
