"""The family of areas and their neighbours: patterns of a map, as a whole and area by area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words, entries_of
from c2c_lib.equity.lookup import check_columns, numbers
from c2c_lib.equity.settings import NO_LIMITS, Settings, needed, outer_keys, settings_of
from c2c_lib.equity.small_areas import (
    SMOOTHING_REASONS,
    eb_standardised_rates,
    smooth_rates,
    smoothed_interval,
)
from c2c_lib.equity.spatial import (
    CLUSTER_WORDS,
    LOCAL_REASONS,
    MORAN_REASONS,
    Neighbours,
    false_discovery,
    getis_ord,
    local_moran,
    local_moran_of_rates,
    moran,
    moran_of_rates,
)
from c2c_lib.errors import InputError, Problem

__all__ = ["FAMILY", "MAP_REASONS", "MAP_VERDICTS"]

MAP_VERDICTS: Final[dict[str, str]] = {
    "alike": "Neighbouring areas are more alike than chance would make them.",
    "unlike": "Neighbouring areas differ more than chance would make them.",
    "no_pattern": "The map has no more of a pattern than chance would make.",
}
"""What the test of a whole map says, in plain words."""

MAP_REASONS: Final[dict[str, str]] = {
    **{k: v for k, v in (MORAN_REASONS | LOCAL_REASONS).items() if k != "tested"},
    **{k: v for k, v in SMOOTHING_REASONS.items() if k not in {"smoothed", "partly"}},
    "not_shown": "The figure of the area is not shown.",
    **NO_LIMITS,
}
"""Why a statistic of areas is missing or has no interval, in plain words."""

_WORDS: Final = tuple(MAP_REASONS)
_RATES: Final = ("geo_id", "numerator", "denominator")
_ASSUNCAO: Final = "Assuncao & Reis 1999, Stat Med 18:2147-2162"
_GETIS: Final = "Getis & Ord 1992, Geogr Anal 24:189-206; Ord & Getis 1995, Geogr Anal 27:286-306"


_measure: Final = entries_of(
    "spatial",
    unit="none",
    columns=("geo_id", "estimate"),
    needs=("neighbours",),
    scaled="unchanged",
    shifted="unchanged",
)


class _Map(NamedTuple):
    """The areas of one setting.

    Attributes
    ----------
    rows : ndarray of int
        Their rows.
    at : ndarray of int
        The place of each among the areas that have neighbours.
    neighbours : Neighbours
    """

    rows: NDArray[np.intp]
    at: NDArray[np.intp]
    neighbours: Neighbours

    def values(self, column: FloatArray) -> FloatArray:
        """Return a column in the order of the neighbours; NaN for areas without a row."""
        found = np.full(len(self.neighbours.ids), np.nan)
        found[self.at] = column[self.rows]
        return found


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    blocks = []
    tests = [one for one in wanted if one.name == "false_discovery"]
    for one in wanted:
        check_columns(frame, one.columns)
    if tests:
        settings = settings_of(frame, outer_keys(frame, call.by, ("geo_id", "group")))
        blocks.append(_of_tests(frame, settings, tests))
    areas = [one for one in wanted if one not in tests]
    if not areas:
        return blocks
    keys = outer_keys(frame, call.by, ("geo_id",))
    settings = settings_of(frame, keys, ["geo_id"], "an area")
    whole = [one for one in areas if one.name in _WHOLE]
    local = [one for one in areas if one.name not in _WHOLE]
    near = _neighbours(areas, call)
    maps = [_map(frame, rows, near) for rows in settings.rows]
    if whole:
        blocks.append(Block(settings.keys, whole, _of_maps(frame, maps, whole, call)))
    if local:
        names = frame[[*keys, "geo_id"]].reset_index(drop=True)
        blocks.append(Block(names, local, _of_areas(frame, maps, local, call)))
    return blocks


def _neighbours(wanted: Sequence[Measure], call: Call) -> Neighbours | None:
    """Return who is whose neighbour; nothing where no measure asks."""
    asking = [one.name for one in wanted if "neighbours" in one.needs]
    if not asking:
        return None
    near = needed(call, "neighbours", asking[0], "Pass a Neighbours, of shapes or of pairs.")
    if not isinstance(near, Neighbours):
        raise InputError(
            [
                Problem(
                    "neighbours",
                    "are no Neighbours",
                    value=type(near).__name__,
                    remedy="Make them with equity.spatial.Neighbours.from_shapes or from_pairs.",
                )
            ]
        )
    return near


def _map(frame: pd.DataFrame, rows: NDArray[np.intp], near: Neighbours | None) -> _Map:
    areas = frame["geo_id"].to_numpy()[rows]
    near = Neighbours.from_pairs([], list(areas)) if near is None else near
    place = {name: number for number, name in enumerate(near.ids)}
    lacking = [str(area) for area in areas if area not in place]
    if lacking:
        raise InputError(
            [
                Problem(
                    "geo_id",
                    "is not among the areas with neighbours",
                    value=", ".join(lacking[:5]),
                    remedy="Make the neighbours of all areas, or leave these rows out.",
                )
            ]
        )
    return _Map(rows, np.array([place[area] for area in areas], dtype=np.intp), near)


def _draws(call: Call, usual: int) -> dict[str, Any]:
    return {"permutations": call.option("draws", usual), "seed": call.option("generator", 0)}


def _of_maps(
    frame: pd.DataFrame, maps: Sequence[_Map], wanted: Sequence[Measure], call: Call
) -> Iterator[Part]:
    estimate, x, n = (numbers(frame, name) for name in ("estimate", "numerator", "denominator"))
    for number, one in enumerate(maps):
        for measure in wanted:
            if measure.name == "moran":
                found = moran(one.values(estimate), one.neighbours, **_draws(call, 0))
            else:
                found = moran_of_rates(
                    one.values(x), one.values(n), one.neighbours, **_draws(call, 999)
                )
            drawn = not np.isnan(found.p_permutation)
            chance = found.p_permutation if drawn else found.p_value
            verdict = "alike" if found.estimate > found.expected else "unlike"
            if not chance <= 1 - call.level:
                verdict = "no_pattern"
            tested = found.reason == "tested"
            columns = Columns(
                estimate=np.array([found.estimate]),
                standard_error=float(np.sqrt(found.variance)),
                unit="none",
                method="random orders" if drawn else "normal, under randomisation",
                verdict=verdict if tested else "",
                groups=found.areas,
                hidden=len(one.rows) - found.areas,
                reason="no_limits" if tested else found.reason,
            )
            yield Part(measure, columns, np.array([number], dtype=np.intp))


def _of_areas(
    frame: pd.DataFrame, maps: Sequence[_Map], wanted: Sequence[Measure], call: Call
) -> Iterator[Part]:
    estimate, x, n = (numbers(frame, name) for name in ("estimate", "numerator", "denominator"))
    for one in maps:
        events, people = one.values(x), one.values(n)
        for measure in wanted:
            if measure.name in {"local_smoothed_rate", "standardised_rate"}:
                columns = _rates(measure.name, one, events, people, call)
            else:
                columns = _local(measure.name, one, (one.values(estimate), events, people), call)
            yield Part(measure, columns, one.rows)


def _rates(name: str, one: _Map, events: FloatArray, people: FloatArray, call: Call) -> Columns:
    at = one.at
    reason = np.where(np.isnan(events) | np.isnan(people), "not_shown", "no_limits")[at]
    if name == "standardised_rate":
        value = np.asarray(eb_standardised_rates(events, people))[at]
        reason = np.where(np.isnan(value) & (reason == "no_limits"), "no_population", reason)
        return Columns(
            estimate=value,
            unit="deviations",
            children=people[at],
            groups=int((~np.isnan(events)).sum()),
            reason=Words.of(reason, _WORDS),
        )
    found = smooth_rates(events, people, neighbours=one.neighbours.links.toarray())
    lower, upper = smoothed_interval(found, call.level)
    value = np.asarray(found.smoothed)[at]
    why = np.asarray(found.reason)[at]
    why = np.where(reason == "not_shown", reason, why)
    return Columns(
        estimate=value,
        lower=np.asarray(lower)[at],
        upper=np.asarray(upper)[at],
        unit="share",
        method="Gamma posterior",
        children=people[at],
        groups=int((~np.isnan(events)).sum()),
        reason=Words.of(why, _WORDS),
    )


def _local(
    name: str, one: _Map, columns: tuple[FloatArray, FloatArray, FloatArray], call: Call
) -> Columns:
    values, events, people = columns
    alpha: dict[str, Any] = {"alpha": 1 - call.level}
    if name == "local_moran":
        found = local_moran(values, one.neighbours, **_draws(call, 9999), **alpha)
    elif name == "local_moran_of_rates":
        found = local_moran_of_rates(events, people, one.neighbours, **_draws(call, 9999), **alpha)
    else:
        found = getis_ord(values, one.neighbours, own=name == "gi_star", **_draws(call, 0), **alpha)
    at = one.at
    tested = found.reason[at] == "tested"
    value = found.estimate[at] if name.startswith("local") else found.z[at]
    shown = ~np.isnan(value)
    return Columns(
        estimate=value,
        standard_error=np.sqrt(found.variance[at]) if name.startswith("local") else np.nan,
        unit="none" if name.startswith("local") else "deviations",
        method="false discovery rate",
        verdict=Words.of(np.where(tested, found.cluster[at], ""), tuple(CLUSTER_WORDS)),
        children=people[at],
        groups=int(shown.sum()),
        hidden=int((~shown).sum()),
        reason=Words.of(np.where(tested, "no_limits", found.reason[at]), _WORDS),
    )


def _of_tests(frame: pd.DataFrame, settings: Settings, wanted: Sequence[Measure]) -> Block:
    """Return every p-value as the rate of false finds down to it, setting by setting."""
    given = numbers(frame, "p_value")
    found = np.full(len(frame), np.nan)
    for rows in settings.rows:
        known = rows[~np.isnan(given[rows])]
        found[known] = false_discovery(given[known])
    keys = [name for name in frame if name not in {"p_value", "estimate"}]
    reason = Words.of(np.where(np.isnan(found), "not_shown", "no_limits"), _WORDS)
    columns = Columns(estimate=found, unit="share", reason=reason)
    table = frame[keys].reset_index(drop=True)
    return Block(table, wanted, iter([Part(one, columns) for one in wanted]))


_WHOLE: Final = {"moran", "moran_of_rates"}
_NEAR: Final = "equity.spatial.Neighbours.from_pairs([(i, i + 1) for i in range(11)], range(12))"
_AREAS: Final = (
    '{"geo_id": range(12), "estimate": [9, 9, 8, 9, 1, 2, 1, 2, 1, 1, 2, 1], '
    '"numerator": [9, 3, 70, 0, 8, 44, 5, 2, 31, 12, 6, 9], '
    '"denominator": [410, 95, 1210, 60, 300, 505, 200, 80, 700, 420, 150, 330]}'
)

FAMILY: Final = Family(
    name="spatial",
    title="Areas and their neighbours",
    rows="all areas of a map, or one of them",
    options={
        "neighbours": "Which areas are neighbours: an equity.spatial.Neighbours.",
        "draws": "How many random orders to compare with; without it as each function has it.",
        "generator": "A random generator or a seed; without it a fixed seed.",
    },
    reasons=MAP_REASONS,
    measures=(
        _measure(
            "moran",
            "Moran's I",
            "Are neighbouring areas alike, over the whole map?",
            "n / S0 sum_ij w_ij z_i z_j / sum z_i^2",
            "spatial.moran",
            citation="Moran 1950, Biometrika 37:17-23; Cliff & Ord 1981, Spatial Processes",
        ),
        _measure(
            "moran_of_rates",
            "Moran's I of rates",
            "Are the rates of neighbouring areas alike, populations allowed for?",
            "Moran's I of (r_i - b) / sqrt(a + b / n_i)",
            "spatial.moran_of_rates",
            citation=_ASSUNCAO,
            columns=_RATES,
            shifted="changes",
        ),
        _measure(
            "local_moran",
            "Local Moran's I",
            "Which areas are like their neighbours, and which unlike?",
            "z_i / m2 sum_j w_ij z_j; false discovery rate controlled",
            "spatial.local_moran",
            citation="Anselin 1995, Geogr Anal 27:93-115",
        ),
        _measure(
            "local_moran_of_rates",
            "Local Moran's I of rates",
            "Which areas have rates like their neighbours, populations allowed for?",
            "local Moran's I of (r_i - b) / sqrt(a + b / n_i)",
            "spatial.local_moran_of_rates",
            citation=_ASSUNCAO,
            columns=_RATES,
            shifted="changes",
        ),
        _measure(
            "gi_star",
            "Getis and Ord's Gi*",
            "Where are hot and cold spots, the area itself included?",
            "(sum_j w_ij y_j - W_i mean) / (s sqrt((n S_1i - W_i^2) / (n - 1)))",
            "spatial.getis_ord",
            citation=_GETIS,
        ),
        _measure(
            "gi",
            "Getis and Ord's Gi",
            "Where are hot and cold spots around an area, without itself?",
            "as Gi*, over the others only",
            "spatial.getis_ord",
            citation=_GETIS,
        ),
        _measure(
            "local_smoothed_rate",
            "Rate smoothed towards its neighbourhood",
            "What is the area's rate likely to be, beside its neighbours?",
            "b_i + a_i / (a_i + b_i / n_i) (r_i - b_i), a and b of the neighbourhood",
            "smooth_rates",
            citation="Marshall 1991, J R Stat Soc C 40:283-294",
            columns=_RATES,
            unit="share",
            scaled="changes",
            shifted="changes",
        ),
        _measure(
            "standardised_rate",
            "Standardised rate (empirical Bayes)",
            "How many standard deviations is the area's rate from the mean of all?",
            "(r_i - b) / sqrt(a + b / n_i)",
            "eb_standardised_rates",
            citation=_ASSUNCAO,
            columns=_RATES,
            needs=("all areas at once",),
            unit="deviations",
            scaled="changes",
            shifted="changes",
        ),
        _measure(
            "false_discovery",
            "False discovery rate",
            "How many of the finds of many tests may be false?",
            "min over j >= i of p_(j) m / j",
            "spatial.false_discovery",
            citation="Benjamini & Hochberg 1995, J R Stat Soc B 57:289-300",
            columns=("p_value",),
            needs=("p-values of many tests",),
            example='equity.measure({"p_value": [0.001, 0.02, 0.03, 0.4]}, "false_discovery")',
            unit="share",
            scaled="changes",
            shifted="changes",
        ),
    ),
    run=_run,
    verdicts={**MAP_VERDICTS, **{k: v for k, v in CLUSTER_WORDS.items() if k}},
    by_name_only=True,
    example=f'equity.measure({_AREAS}, "NAME", neighbours={_NEAR}, draws=199)',
)
