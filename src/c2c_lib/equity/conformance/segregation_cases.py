"""Segregation: how the cases of other tools are put to our functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.segregation import many_groups, two_groups

__all__ = ["SEGREGATION_MEASURES", "recompute_segregation"]

_TWO: Final[dict[str, Callable[..., FloatArray]]] = {
    "dissimilarity": two_groups.dissimilarity,
    "gini_segregation": two_groups.gini_segregation,
    "entropy_H": two_groups.entropy_index,
    "isolation": two_groups.isolation,
    "interaction": two_groups.interaction,
    "correlation_ratio_eta2": two_groups.correlation_ratio,
    "atkinson_seg_b05": two_groups.atkinson_segregation,
    "minmax": two_groups.minmax,
    # The tool approximates the integrals by a thousand thresholds.
    "concentration_profile": partial(two_groups.concentration_profile, thresholds=1000),
}
_MANY: Final[dict[str, Callable[[FloatArray], FloatArray]]] = {
    "mutual_information_M": many_groups.mutual_information,
    "mutual_information_H": many_groups.information_theory,
    "MultiDissim": many_groups.multigroup_dissimilarity,
    "MultiGini": many_groups.multigroup_gini,
    "MultiInfoTheory": many_groups.information_theory,
    "MultiDiversity": many_groups.diversity,
    "MultiDivergence": many_groups.mutual_information,
    "MultiNormExposure": many_groups.normalised_exposure,
    "MultiRelativeDiversity": many_groups.relative_diversity,
    "MultiSquaredCoefVar": many_groups.squared_coefficient_of_variation,
    "SimpsonsConcentration": many_groups.simpson_concentration,
    "SimpsonsInteraction": many_groups.simpson_interaction,
}

SEGREGATION_MEASURES: Final = (*_TWO, *_MANY, "exposure", "local_segregation")
"""The measures of the files that are known here."""


def recompute_segregation(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    inputs = case.inputs
    if "counts_by_group" not in inputs:
        group = np.asarray(inputs["group"], dtype=float)
        return _of_two(case, group, np.asarray(inputs["total"], dtype=float) - group)
    counts = np.array(list(inputs["counts_by_group"].values()), dtype=float).T
    unit = _logarithm(case)
    if case.measure in _TWO and case.measure != "isolation":
        return _of_two(case, counts[:, 0], counts[:, 1])
    if case.measure == "isolation":
        place = _place(inputs, "groups", inputs["group"])
        return float(many_groups.exposure(counts)[place, place])
    if case.measure == "exposure":
        places = [_place(inputs, "groups", inputs[key]) for key in ("of", "to")]
        return float(many_groups.exposure(counts)[places[0], places[1]])
    if case.measure == "local_segregation":
        place = _place(inputs, "units", inputs["unit"])
        return float(many_groups.local_segregation(counts)[place]) / unit
    per_log = case.measure in {"mutual_information_M", "MultiDiversity", "MultiDivergence"}
    return float(_MANY[case.measure](counts)) / (unit if per_log else 1.0)


def _of_two(case: Case, group: FloatArray, other: FloatArray) -> float:
    function = _TWO[case.measure]
    if case.measure == "atkinson_seg_b05":
        function = partial(function, b=float(case.options.get("b", 0.5)))
    return float(function(group, other))


def _place(inputs: dict[str, Any], names: str, name: str) -> int:
    listed: list[str] = inputs[names]
    return listed.index(name)


def _logarithm(case: Case) -> float:
    """Return the nats of one unit of the logarithm's base."""
    base = case.options.get("base", "e")
    return 1.0 if base == "e" else float(np.log(float(base)))
