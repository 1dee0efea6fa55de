"""Between-group inequality: how the cases of other tools are put to our functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Final

import numpy as np

from c2c_lib.equity.conformance.cases import Case, NotApplicable
from c2c_lib.equity.inequality import MEASURES, Groups, Inequality, simulated
from c2c_lib.equity.inequality.concentration import (
    absolute_concentration,
    relative_concentration,
)
from c2c_lib.equity.inequality.slope import Link, SlopeVariance, relative_index, slope_index

__all__ = ["INEQUALITY_MEASURES", "numeric_derivative", "recompute_inequality"]

_NAMES: Final = {
    "d": "difference",
    "r": "ratio",
    "bgv": "bgv",
    "bgsd": "bgsd",
    "covar": "cov",
    "cov": "cov",
    "mld": "mld",
    "ti": "theil",
    "theil": "theil",
    "idisu": "idis",
    "idisw": "idis_weighted",
    "mdmu": "mdm",
    "mdmw": "mdm_weighted",
    "mdbu": "mdb",
    "mdbw": "mdb_weighted",
    "mdru": "mdr",
    "mdrw": "mdr_weighted",
    "par": "par",
    "parisk": "par",
    "paf": "paf",
    "hp_mrd": "mrd",
    "hp_mrr": "mrr",
    "hp_srd": "srd",
    "hp_srr": "srr",
    "hp_idisp2010": "index_of_disparity",
}
_FITTED: Final = ("aci", "rci", "sii", "rii")

INEQUALITY_MEASURES: Final = (*_NAMES, *_FITTED)
"""The measures of the files that are known here."""

_DRAWS: Final = 2000
_FIELDS: Final = {"se": 1, "se_log": 1, "lowerci": 2, "lower": 2, "upperci": 3, "upper": 3}
_ON_LOG_SCALE: Final = ("r", "rii")


def numeric_derivative(case: Case) -> bool:
    """Whether the tool worked the value out with a numerical derivative.

    R's marginaleffects takes the slopes of SII and RII by finite differences, so that its
    standard errors and limits are right to about six digits.
    """
    return case.measure in {"sii", "rii"} and case.field in _FIELDS


def recompute_inequality(case: Case) -> float | NotApplicable:
    """Return our value of a case, or why there is none."""
    if "est" not in case.inputs:
        return NotApplicable("individual records, which the case does not hold")
    if case.field not in _FIELDS and case.field not in {"estimate", case.measure, "parisk"}:
        return NotApplicable(f"unknown field {case.field}")
    draws = 0 if case.field in {"estimate", case.measure} else _DRAWS
    texts = (json.dumps(part, sort_keys=True) for part in (case.inputs, case.options))
    found = _found(case.measure, *texts, draws)
    value = float(found[_FIELDS.get(case.field, 0)])
    if case.field == "se_log" or (case.field == "se" and case.measure in _ON_LOG_SCALE):
        value /= abs(float(found.estimate))
    return value


@lru_cache(maxsize=256)
def _found(measure: str, inputs: str, options: str, draws: int) -> Inequality:
    """Return all fields of a case at once: its rows, one per field, ask for them in turn."""
    case = Case("", measure, json.loads(inputs), json.loads(options), "", "", "", "", "")
    return _fitted(case) if measure in _FITTED else _plain(case, draws)


def _level(case: Case) -> float:
    return float(_one(case.options.get("conf_level", 0.95)))


def _one(value: Any) -> Any:
    """Return the first of a list, or the value: R writes every scalar as a list."""
    return value[0] if isinstance(value, list) else value


def _arrays(case: Case) -> dict[str, Any]:
    """Return the keywords of `Groups.of`."""
    inputs = case.inputs
    favourable = _one(inputs.get("favourable", inputs.get("fav", 1)))
    ordered = _one(inputs.get("ordered", 0))
    reference = inputs.get("reference_subgroup", inputs.get("ref"))
    declared = _one(case.options.get("reference_subgroup", True))
    if ordered or not declared or reference is None or not any(reference):
        reference = None
    order = inputs.get("subgroup_order") or list(range(len(inputs["est"])))
    return {
        "estimate": np.asarray(inputs["est"], dtype=float),
        "population": np.asarray(inputs["pop"], dtype=float),
        "standard_error": np.asarray(inputs.get("se", np.nan), dtype=float),
        "polarity": "higher_is_better" if favourable else "lower_is_better",
        "scale": float(_one(inputs.get("scale", 100.0))),
        "order": order if ordered else None,
        "reference": None if reference is None else np.asarray(reference, dtype=float) == 1,
    }


def _plain(case: Case, draws: int) -> Inequality:
    measure = MEASURES[_NAMES[case.measure]]
    groups = Groups.of(**_arrays(case))
    if measure.analytic is not None:
        return measure.analytic(groups, _level(case))
    return simulated(groups, measure.value, _level(case), draws=draws, limits="quantiles")


def _fitted(case: Case) -> Inequality:
    if case.measure in {"aci", "rci"}:
        return _concentration(case)
    return _slope(case)


def _concentration(case: Case) -> Inequality:
    """ACI and RCI with the convenient regression, after moving figures to their bounds."""
    arrays = _arrays(case)
    if "lmin" in case.options:
        low, high = float(_one(case.options["lmin"])), float(_one(case.options["lmax"]))
        arrays |= {"estimate": (arrays["estimate"] - low) / (high - low), "scale": 1.0}
    groups, level = Groups.of(**arrays), _level(case)
    if case.measure == "aci":
        return absolute_concentration(groups, level, variance="regression")
    return relative_concentration(
        groups,
        level,
        correction=_one(case.options.get("method", "none")),
        variance="regression",
    )


def _slope(case: Case) -> Inequality:
    """SII and RII; the tools round the populations up, and the counts of the logit fit."""
    arrays, options = _arrays(case), case.options
    link: Link = "logit"
    if options.get("link") == "identity" or _one(options.get("linear", False)):
        link = "linear"
    variance: SlopeVariance = "model" if options.get("vcov") == "model" else "hc1"
    scale = float(options.get("scale", arrays["scale"]))
    whole = np.ceil(arrays["population"])
    groups = Groups.of(**{**arrays, "scale": max(scale, arrays["scale"]), "population": whole})
    if options.get("link") == "identity":
        # Ranked by the rounded populations, weighted by the exact ones.
        exact = Groups.of(**arrays)
        groups = replace(exact, rank=groups.ridits)
    elif link == "logit":
        counts = np.round(groups.estimate / scale * groups.population)
        figures = counts / groups.population * scale
        groups = replace(groups, estimate=figures, scale=np.asarray(scale))
    function: Callable[..., Inequality] = slope_index if case.measure == "sii" else relative_index
    return partial(function, link=link, variance=variance)(groups, _level(case))
