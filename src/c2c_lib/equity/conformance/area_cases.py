"""Small areas and space: how the cases of other tools are put to our functions."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np

from c2c_lib.equity.conformance.cases import Case, NotApplicable, Value
from c2c_lib.equity.small_areas import eb_standardised_rates, smooth_rates
from c2c_lib.equity.spatial import Neighbours, getis_ord, local_moran, moran
from c2c_lib.equity.spatial.neighbours import Style

__all__ = ["AREA_MEASURES", "recompute_area"]

AREA_MEASURES: Final = (
    "eb_global",
    "eb_spatial",
    "spatial_rate",
    "eb_standardized_rate",
    "moran_I",
    "local_moran_Ii",
    "getis_ord_gi_z",
    "getis_ord_gi_star_z",
)
"""The measures of the files that are known here."""

_STYLES: Final[dict[str, Style]] = {"W": "row", "B": "binary"}


def recompute_area(case: Case) -> Value | NotApplicable:
    """Return our value of a case, or why there is none."""
    if case.measure in {"eb_global", "eb_spatial", "spatial_rate", "eb_standardized_rate"}:
        return _rates(case)
    near = _near(case)
    if isinstance(near, NotApplicable):
        return near
    values, style = case.inputs["values"], _STYLES[case.options.get("style", "W")]
    found: dict[str, Any]
    if case.measure == "moran_I":
        whole = moran(values, near, style=style)
        found = {
            "I": whole.estimate,
            "expectation": whole.expected,
            "variance_randomisation": whole.variance,
            "variance_normality": whole.variance_normal,
            "z": whole.z,
            "p_value": whole.p_value,
        }
        return _field(found, case)
    place = int(case.inputs["i"]) - 1
    if case.measure == "local_moran_Ii":
        local = local_moran(values, near, style=style, permutations=0)
        factor = 1.0
        if "n-1" in str(case.options.get("m2", "")).replace(" ", "") or "esda" in case.tool:
            factor = (len(near.ids) - 1) / len(near.ids)
        found = {"Ii": factor * local.estimate[place], "E": local.expected[place]}
    else:
        own = bool(case.options.get("self", case.measure == "getis_ord_gi_star_z"))
        local = getis_ord(values, near, own=own, style=style)
        found = {}
    return _field({**found, "z": local.z[place], "p_value": local.p_value[place]}, case)


def _field(found: dict[str, Any], case: Case) -> Value | NotApplicable:
    if case.field not in found:
        return NotApplicable(f"unknown field {case.field}")
    return float(found[case.field])


def _near(case: Case) -> Neighbours | NotApplicable:
    """Return who is whose neighbour: lists that count areas from 1, or a named lattice."""
    if lists := case.inputs.get("neighbors"):
        # R writes an area without neighbours as the list of 0.
        return Neighbours.from_lists(
            {
                area: [j for j in (near if isinstance(near, list) else [near]) if j]
                for area, near in enumerate(lists, start=1)
            }
        )
    lattice = re.fullmatch(r"lat2W\((\d+), ?(\d+)\) ?(rook|queen)?", case.inputs.get("grid", ""))
    if not lattice:
        return NotApplicable("neighbours that the case does not hold")
    rows, columns = int(lattice[1]), int(lattice[2])
    steps = [(0, 1), (1, 0)]
    if lattice[3] == "queen":
        steps += [(1, 1), (1, -1)]
    cells = [(i, j) for i in range(rows) for j in range(columns)]
    pairs = [((i, j), (i + a, j + b)) for i, j in cells for a, b in steps]
    return Neighbours.from_pairs([pair for pair in pairs if pair[1] in set(cells)], cells)


def _rates(case: Case) -> Value | NotApplicable:
    events, people = case.inputs["cases"], case.inputs["pop"]
    # One of the tools counts areas from 1, the other from 0 and keeps a negative variance.
    pysal = case.tool.startswith("PySAL")
    place = int(case.inputs.get("area", 1)) - (not pysal)
    if case.measure == "eb_standardized_rate":
        return float(eb_standardised_rates(events, people)[place])
    if case.measure == "eb_global":
        found = smooth_rates(events, people, keep_negative=pysal)
    else:
        near = _near(case)
        if isinstance(near, NotApplicable):
            return near
        found = smooth_rates(events, people, neighbours=np.asarray(near))
    values = {
        "prior_a_between_variance": found.prior_variance,
        "prior_mean_b": found.prior_mean,
        "raw_rate": found.raw,
        "eb_rate": found.smoothed,
        "rate": found.prior_mean if case.measure == "spatial_rate" else found.smoothed,
    }
    if case.field not in values:
        return NotApplicable(f"unknown field {case.field}")
    return float(values[case.field][place])
