"""The family of disproportionality: every group against all other children."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from c2c_lib.equity.arrays import FloatArray, normal_quantile
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.grid import Grid, grid_of
from c2c_lib.equity.idea import RISK_RATIO_STATUSES, idea_risk_ratio
from c2c_lib.equity.lookup import (
    check_columns,
    codes_of,
    kept,
    key_table,
    numbers,
    row_keys,
    setting_keys,
)
from c2c_lib.equity.risk_ratios import (
    Disproportionality,
    disproportionality,
    incident_rates,
    weighted_risk_ratio,
)
from c2c_lib.errors import Problems

__all__ = ["DISPROPORTION_REASONS", "DISPROPORTION_VERDICTS", "FAMILY"]

DISPROPORTION_REASONS: Final[dict[str, str]] = {
    "not_shown": "A number that decides is not shown.",
    "precision_unknown": "No interval is known for this measure.",
    **{k: v for k, v in RISK_RATIO_STATUSES.items() if k.startswith("not_calculated")},
    "alternate_risk_ratio": RISK_RATIO_STATUSES["alternate_risk_ratio"],
}
"""Why a measure of disproportionality is missing or special, in plain words."""

DISPROPORTION_VERDICTS: Final[dict[str, str]] = {
    "about_the_same": "The difference is smaller than the margin of error.",
    "more_often": "It happens to the group more often than to other children.",
    "less_often": "It happens to the group less often than to other children.",
}
"""What the interval of a risk ratio says, in plain words."""

_COLUMNS: Final = ("group", "numerator", "denominator")
_IDC: Final = "IDEA Data Center 2014, Methods for Assessing Racial/Ethnic Disproportionality"
_BOLLMER: Final = "Bollmer et al. 2007, J Spec Educ 41:186-198"


def _measure(name: str, title: str, question: str, formula: str, **more: Any) -> Measure:
    given = {"citation": _IDC, "unit": "ratio", "equal": 1.0, "scaled": "unchanged", **more}
    return Measure(
        name=name,
        family="disproportionality",
        title=title,
        question=question,
        formula=formula,
        columns=_COLUMNS,
        **given,
    )


_MEASURES: Final = (
    _measure(
        "risk",
        "Risk",
        "To what share of the group's children does it happen?",
        "x_i / n_i",
        function="disproportionality",
        unit="share",
        equal=0.0,
        scaled="times c",
        shifted="plus c",
    ),
    _measure(
        "risk_ratio",
        "Risk ratio",
        "How many times as often as to all other children does it happen to the group?",
        "(x_i / n_i) / ((X - x_i) / (N - n_i))",
        function="disproportionality",
    ),
    _measure(
        "composition_index",
        "Composition index",
        "How large is the group's share of those it happens to, beside its share of all?",
        "(x_i / X) / (n_i / N)",
        function="disproportionality",
    ),
    _measure(
        "composition_difference",
        "Composition difference",
        "By how many points does the group's share of those it happens to pass its share of all?",
        "x_i / X - n_i / N",
        function="disproportionality",
        unit="share",
        equal=0.0,
    ),
    _measure(
        "weighted_risk_ratio",
        "Weighted risk ratio",
        "How many times as often, if the district were made up like the state?",
        "(1 - p_i) R_i / sum over j not i of p_j R_j, p the shares of the state",
        function="weighted_risk_ratio",
        citation=_BOLLMER,
        needs=("state",),
    ),
    _measure(
        "idea_risk_ratio",
        "IDEA risk ratio",
        "How many times as often, by the federal rule with its smallest numbers?",
        "risk ratio, or alternate risk ratio against the state, by 34 CFR 300.647",
        function="idea_risk_ratio",
        citation="34 CFR 300.646 and 300.647",
    ),
    _measure(
        "incident_rate_ratio",
        "Incident rate ratio",
        "How many times as many incidents for each child as among all other children?",
        "(x_i / n_i) / ((X - x_i) / (N - n_i)), Poisson",
        function="incident_rates",
        citation="Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 14",
    ),
)


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    keys = setting_keys(frame, call.by)
    check_columns(frame, [*keys, *_COLUMNS])
    here = np.asarray(frame["group"] != "all")
    if "status" in frame:
        none = (frame["status"] == "not_applicable") & frame["numerator"].isna()
        here = here & ~np.asarray(none)
    rows = kept(frame, here)
    grid = grid_of(rows, keys, ["group"], "a group")
    names = [*keys, *(n for n in row_keys(frame, call.by) if n not in keys)]
    table = key_table(rows, np.arange(len(rows)), names)
    return [Block(table, wanted, _parts(frame, grid, wanted, call))]


def _parts(
    frame: pd.DataFrame, whole: Grid, wanted: Sequence[Measure], call: Call
) -> Iterator[Part]:
    """Yield every measure of some settings at a time."""
    published = _published(frame, whole)
    for grid, where in whole.parts():
        for one, columns in _of_settings(grid, published, wanted, call):
            yield Part(one, columns, where)


def _of_settings(
    grid: Grid, published: pd.DataFrame | None, wanted: Sequence[Measure], call: Call
) -> Iterator[tuple[Measure, Columns]]:
    x, n = grid.numbers("numerator"), grid.numbers("denominator")
    there = grid.there
    # A place without a group has no children; a hidden one is unknown.
    x, n = np.where(there, x, 0.0), np.where(there, n, 0.0)
    total = _everyone(grid, published, x, n)
    hidden = (there & (np.isnan(x) | np.isnan(n))).sum(axis=-1, keepdims=True)
    common: dict[str, Any] = {
        "children": grid.by_row(n),
        "groups": grid.by_row(there.sum(axis=-1, keepdims=True) - hidden).astype(np.int32),
        "hidden": grid.by_row(hidden).astype(np.int32),
    }
    found = None
    if _PLAIN & {one.name for one in wanted}:
        found = disproportionality(
            x, n, total_outcome=total[0], total_enrolled=total[1], level=call.level
        )
    for one in wanted:
        columns = _values(one.name, x, n, total, found, grid, call)
        reason = columns.pop("reason", None)
        if reason is None:
            lower = columns.get("lower", np.full(grid.size, np.nan))
            reason = np.select([np.isnan(columns["estimate"]), np.isnan(lower)], [1, 2], default=0)
        verdict = _verdict(one, columns.get("lower"), columns.get("upper"))
        words = Words(reason, ("", *DISPROPORTION_REASONS))
        yield one, Columns(**columns, unit=one.unit, verdict=verdict, reason=words, **common)


_PLAIN: Final = {"risk", "risk_ratio", "composition_index", "composition_difference"}
"""What `disproportionality` works out together."""


def _published(frame: pd.DataFrame, grid: Grid) -> pd.DataFrame | None:
    """Return the published totals, each setting once; None where there are none."""
    shared = [name for name in grid.keys.columns if name not in {"dimension", "group"}]
    rows = frame.loc[np.asarray(frame["group"] == "all"), [*shared, "numerator", "denominator"]]
    if rows.empty or not shared:
        return None
    return rows.drop_duplicates(shared, keep=False)


def _everyone(
    grid: Grid, published: pd.DataFrame | None, x: FloatArray, n: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the published totals of every setting, or the sum of the groups."""
    sums = x.sum(axis=-1), n.sum(axis=-1)
    if published is None:
        return sums
    shared = [name for name in grid.keys.columns if name not in {"dimension", "group"}]
    totals = grid.keys[shared].merge(published, on=shared, how="left")
    known = (totals[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    first, second = (np.where(np.isnan(a), b, a) for a, b in zip(known, sums, strict=True))
    return first, second


def _values(
    name: str,
    x: FloatArray,
    n: FloatArray,
    total: tuple[FloatArray, FloatArray],
    found: Disproportionality | None,
    grid: Grid,
    call: Call,
) -> dict[str, Any]:
    if name == "weighted_risk_ratio":
        shares = _state(grid, call, "denominator")
        whole = np.nansum(shares, axis=-1, keepdims=True)
        weights = np.nan_to_num(shares) / np.where(whole > 0, whole, np.nan)
        return {"estimate": grid.by_row(weighted_risk_ratio(x, n, weights))}
    if name == "incident_rate_ratio":
        rates = incident_rates(
            x, n, total_incidents=total[0], total_enrolled=total[1], level=call.level
        )
        return _ratio(rates.rate_ratio, rates.lower, rates.upper, grid, call, "Poisson")
    if name == "idea_risk_ratio":
        return _idea(x, n, total, grid, call)
    assert found is not None  # noqa: S101 - `_parts` worked it out for all the other names
    if name == "risk_ratio":
        return _ratio(found.risk_ratio, found.lower, found.upper, grid, call, "Katz")
    field = {"composition_index": found.composition_index, "risk": found.risk}
    return {"estimate": grid.by_row(field.get(name, found.composition_difference))}


def _ratio(
    ratio: FloatArray, low: FloatArray, high: FloatArray, grid: Grid, call: Call, method: str
) -> dict[str, Any]:
    usable = (low > 0) & np.isfinite(high)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = np.log(high / low) / (2 * normal_quantile(call.level))
        error = np.where(usable, ratio * width, np.nan)
    return {
        "estimate": grid.by_row(ratio),
        "standard_error": grid.by_row(error),
        "lower": grid.by_row(low),
        "upper": grid.by_row(high),
        "method": method,
    }


def _idea(
    x: FloatArray, n: FloatArray, total: tuple[FloatArray, FloatArray], grid: Grid, call: Call
) -> dict[str, Any]:
    state: dict[str, FloatArray] = {}
    if call.option("state") is not None:
        for name, column in (("outcome", "numerator"), ("n", "denominator")):
            own = _state(grid, call, column)
            state[f"state_other_{name}"] = np.nansum(own, axis=-1, keepdims=True) - own
    found = idea_risk_ratio(
        x,
        n,
        total[0][:, None] - x,
        total[1][:, None] - n,
        min_cell=call.option("min_cell", 10),
        min_n=call.option("min_n", 30),
        level=call.level,
        **state,
    )
    columns = _ratio(found.ratio, found.lower, found.upper, grid, call, "Katz")
    status = np.asarray(found.status)[grid.setting, grid.column]
    return columns | {"reason": Words.of(status, tuple(DISPROPORTION_REASONS)).codes}


def _state(grid: Grid, call: Call, column: str) -> FloatArray:
    """Return a number of the state for every group of every setting; NaN where there is none."""
    state = call.option("state")
    problems = Problems()
    if not isinstance(state, pd.DataFrame):
        problems.add(
            "measure",
            "needs state=",
            value="weighted_risk_ratio",
            remedy="Pass the tidy observations of the state: the same indicator and groups.",
        )
        problems.raise_if_any()
    keys = [n for n in [*grid.keys.columns, "group"] if n not in {"geo_level", "geo_id", "place"}]
    check_columns(state, [*keys, column])
    rows = state.loc[np.asarray(state["group"] != "all"), [*keys, column]]
    setting, _ = codes_of(rows, keys)
    if len(set(setting.tolist())) < len(rows):
        problems.add("state", "has a group twice", allowed="one row for each of " + ", ".join(keys))
        problems.raise_if_any()
    joined = grid.rows(keys).merge(rows, on=keys, how="left", validate="m:1")
    return grid.spread(numbers(joined, column))


def _verdict(one: Measure, low: FloatArray | None, high: FloatArray | None) -> str | Words:
    if low is None or high is None:
        return ""
    codes = np.select([np.isnan(low), low > one.equal, high < one.equal], [0, 2, 3], default=1)
    return Words(codes.astype(np.int16), ("", *DISPROPORTION_VERDICTS))


FAMILY: Final = Family(
    name="disproportionality",
    title="Disproportionality",
    rows="a group, compared with all other children",
    options={
        "state": "Tidy observations of the state, for weighted and alternate risk ratios.",
        "min_cell": "Smallest number with the outcome, for the IDEA risk ratio; default 10.",
        "min_n": "Smallest number of children, for the IDEA risk ratio; default 30.",
    },
    reasons=DISPROPORTION_REASONS,
    measures=_MEASURES,
    run=_run,
    example='equity.measure({"group": ["a", "b", "c"], "estimate": [0.15, 0.05, 0.03], '
    '"numerator": [30, 20, 10], "denominator": [200, 400, 300]}, "NAME", by=[], '
    'state=pd.DataFrame({"group": ["a", "b", "c"], "numerator": [300, 250, 400], '
    '"denominator": [2000, 5000, 13000]}))',
)
