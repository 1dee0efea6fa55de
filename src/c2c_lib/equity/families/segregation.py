"""The family of segregation: how unevenly groups are spread over the schools of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.lookup import check_columns, key_table, numbers, row_keys
from c2c_lib.equity.segregation import (
    SEGREGATION_INDICES,
    SEGREGATION_REASONS,
    delta,
    effective_numbers,
    exposure,
    local_segregation,
    multigroup_segregation,
    two_group_segregation,
)
from c2c_lib.equity.segregation.registry import Index
from c2c_lib.equity.settings import NO_LIMITS, outer_keys, settings_of, table_of
from c2c_lib.errors import Problems

__all__ = ["FAMILY", "SEGREGATION_MISSING", "SEGREGATION_VERDICTS"]

SEGREGATION_VERDICTS: Final = {
    word: SEGREGATION_REASONS[word] for word in ("more_than_chance", "no_more_than_chance")
}
"""What the interval of an index says, in plain words."""
_SAID: Final = (*SEGREGATION_VERDICTS, "estimated")
SEGREGATION_MISSING: Final[dict[str, str]] = {
    **{k: v for k, v in SEGREGATION_REASONS.items() if k not in _SAID},
    "some_units_hidden": "Schools with a hidden count are left out.",
    **NO_LIMITS,
}
"""Why an index is missing or special, in plain words."""

_PLAIN: Final = {
    f"segregation_{name}" for name in ("local", "exposure", "delta", "effective_numbers")
}
_EVERYONE: Final = "all"
_NATS: Final = {"mutual_information", "diversity"}


def _measure(index: Index) -> Measure:
    two = index.groups == "two"
    return Measure(
        name=f"segregation_{index.name}",
        family="segregation",
        title=index.title,
        question=index.question,
        formula=index.formula,
        citation=index.citation,
        unit="nats" if index.name in _NATS else "none",
        columns=("group", "estimate"),
        needs=("counts of two groups by school" if two else "counts of groups by school",),
        scaled="unchanged",
        function=f"segregation.{'two_group' if two else 'multigroup'}_segregation",
    )


def _plain(
    name: str,
    title: str,
    question: str,
    formula: str,
    citation: str,
    function: str,
    columns: tuple[str, ...] = ("group", "estimate"),
    needs: tuple[str, ...] = ("counts of groups by school",),
    example: str = "",
) -> Measure:
    return Measure(
        name=f"segregation_{name}",
        family="segregation",
        title=title,
        question=question,
        formula=formula,
        citation=citation,
        unit={"local": "nats", "effective_numbers": "children"}.get(name, "share"),
        columns=columns,
        needs=needs,
        scaled="unchanged",
        function=function,
        example=example,
    )


class _Places(NamedTuple):
    """The schools of one setting.

    Attributes
    ----------
    setting : int
    names, groups : ndarray
        Schools with a count of every group, and the groups.
    counts : ndarray, shape (schools, groups)
    hidden : int
        Schools that are left out, because a count is hidden.
    """

    setting: int
    names: Any
    groups: Any
    counts: FloatArray
    hidden: int


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    by_row = [one for one in wanted if one.name == "segregation_effective_numbers"]
    spread = [one for one in wanted if one.name == "segregation_delta"]
    blocks = [_effective(frame, by_row, call)] if by_row else []
    blocks += [_delta(frame, spread, call)] if spread else []
    rest = [one for one in wanted if one not in by_row and one not in spread]
    if not rest:
        return blocks
    keys, places = _keys(frame, call)
    check_columns(frame, [*keys, places, "group", _counted(call)])
    chosen = _chosen(frame, call, [one.name for one in rest])
    rows = frame[frame["group"].isin(chosen)].reset_index(drop=True)
    settings = settings_of(rows, keys, [places, "group"], "a group of a school")
    found = [
        _places(rows.iloc[at], number, chosen, places, _counted(call))
        for number, at in enumerate(settings.rows)
    ]
    indices = [one for one in rest if one.name not in _PLAIN]
    if indices:
        blocks.append(Block(settings.keys, indices, _index_parts(found, indices, call)))
    for one in rest:
        if one.name == "segregation_local":
            blocks.append(_local(settings.keys, found, one, places))
        elif one.name == "segregation_exposure":
            blocks.append(_exposure(settings.keys, found, one))
    return blocks


def _keys(frame: pd.DataFrame, call: Call) -> tuple[list[str], str]:
    """Return what names a setting, and the column of the schools."""
    places = call.option("places", "geo_id")
    return outer_keys(frame, call.by, (places, "dimension", "group")), places


def _counted(call: Call) -> str:
    return str(call.option("count", "estimate"))


def _chosen(frame: pd.DataFrame, call: Call, names: Sequence[str]) -> list[str]:
    """Return the groups that are compared: two for indices of two, `all` for all others."""
    present = [str(g) for g in pd.unique(frame["group"]) if g != _EVERYONE]
    given = call.option("groups")
    chosen = present if given is None else [given] if isinstance(given, str) else list(given)
    problems = Problems()
    for group in chosen:
        if group not in present:
            problems.add("groups", "stands in no row", value=group, allowed=", ".join(present))
    if given is None and "dimension" in frame:
        kinds = pd.unique(frame.loc[frame["group"] != _EVERYONE, "dimension"])
        if len(kinds) > 1:
            problems.add(
                "observations",
                "have groups of several dimensions",
                value=", ".join(map(str, kinds)),
                remedy="Name the groups to compare in groups=, or keep one dimension.",
            )
    if len(chosen) == 1:
        chosen.append(_EVERYONE)
        if not (frame["group"] == _EVERYONE).any():
            problems.add(
                "groups",
                "are one only, and there are no rows of all children",
                value=chosen[0],
                remedy="Name two groups, or keep the rows of the group all.",
            )
    of_two = {f"segregation_{i.name}" for i in SEGREGATION_INDICES.values() if i.groups == "two"}
    if len(chosen) > 2 and of_two & {*names}:
        problems.add(
            "groups",
            "are more than two",
            value=", ".join(chosen),
            allowed="two groups, or one to compare with all others",
            remedy=f"Name them in groups= for {', '.join(sorted(of_two & {*names}))}.",
        )
    problems.raise_if_any()
    return chosen


def _places(
    rows: pd.DataFrame, setting: int, chosen: Sequence[str], places: str, count: str
) -> _Places:
    names, groups, table = table_of(rows, places, "group", numbers(rows, count))
    # A group without a row in the whole setting is not there; one without a row in a school
    # is not known there.
    order = [list(groups).index(one) for one in chosen if one in groups]
    counts, ordered = table[:, order], groups[order]
    if _EVERYONE in chosen and len(order) == 2:
        counts = np.column_stack([counts[:, 0], counts[:, 1] - counts[:, 0]])
        ordered = np.array([chosen[0], "all_others"], dtype=object)
    known = ~np.isnan(counts).any(axis=-1)
    return _Places(setting, names[known], ordered, counts[known], int((~known).sum()))


def _index_parts(
    found: Sequence[_Places], indices: Sequence[Measure], call: Call
) -> Iterator[Part]:
    options = {
        "level": call.level,
        "draws": call.option("draws", 500),
        "seed": call.option("generator", 0),
    }
    kinds = {
        one.name: SEGREGATION_INDICES[one.name.removeprefix("segregation_")] for one in indices
    }
    for one in found:
        at = np.array([one.setting], dtype=np.intp)
        for groups in ("two", "many"):
            names = {kinds[m.name].name: m for m in indices if kinds[m.name].groups == groups}
            if not names:
                continue
            counts = one.counts if one.counts.shape[1] > 1 else np.zeros((1, 2))
            if groups == "two":
                table = two_group_segregation(counts[:, 0], counts[:, 1], list(names), **options)
            else:
                table = multigroup_segregation(counts, list(names), **options)
            for row in table.itertuples(index=False):
                yield Part(names[str(row.measure)], _columns(row, one), at)


def _columns(row: Any, places: _Places) -> Columns:
    said = row.reason in _SAID
    reason = ("some_units_hidden" if places.hidden else "") if said else row.reason
    return Columns(
        estimate=np.array([row.estimate]),
        standard_error=row.standard_error,
        lower=row.lower,
        upper=row.upper,
        unit="nats" if row.measure in _NATS else "none",
        method="inverted" if SEGREGATION_INDICES[row.measure].kind == "evenness" else "simulated",
        verdict=row.reason if row.reason in SEGREGATION_VERDICTS else "",
        children=row.children,
        groups=len(places.names),
        hidden=places.hidden,
        reason=reason,
    )


def _local(keys: pd.DataFrame, found: Sequence[_Places], one: Measure, places: str) -> Block:
    table = pd.concat(
        [
            _repeated(keys, p.setting, len(p.names)).assign(**{places: p.names.astype(str)})
            for p in found
        ],
        ignore_index=True,
    )
    values = np.concatenate([local_segregation(p.counts) for p in found])
    columns = Columns(
        estimate=values,
        unit="nats",
        children=np.concatenate([p.counts.sum(axis=-1) for p in found]),
        groups=np.concatenate([np.full(len(p.names), len(p.groups)) for p in found]),
        reason=Words.of(np.where(np.isnan(values), "no_children", "no_limits"), _WORDS),
    )
    return Block(table, [one], iter([Part(one, columns)]))


def _exposure(keys: pd.DataFrame, found: Sequence[_Places], one: Measure) -> Block:
    """Return a row for every group and every group among its schoolmates."""
    tables, values, against = [], [], []
    for p in found:
        size = len(p.groups)
        tables.append(
            _repeated(keys, p.setting, size**2).assign(group=np.repeat(p.groups.astype(str), size))
        )
        values.append(exposure(p.counts).ravel())
        against.append(np.tile(p.groups.astype(str), size))
    flat = np.concatenate(values)
    codes, words = pd.factorize(np.concatenate(against))
    columns = Columns(
        estimate=flat,
        unit="share",
        against=Words(codes, list(map(str, words))),
        children=np.concatenate([np.repeat(p.counts.sum(axis=0), len(p.groups)) for p in found]),
        groups=np.concatenate([np.full(len(p.groups) ** 2, len(p.names)) for p in found]),
        hidden=np.concatenate([np.full(len(p.groups) ** 2, p.hidden) for p in found]),
        reason=Words.of(np.where(np.isnan(flat), "no_children", "no_limits"), _WORDS),
    )
    return Block(pd.concat(tables, ignore_index=True), [one], iter([Part(one, columns)]))


def _repeated(keys: pd.DataFrame, setting: int, times: int) -> pd.DataFrame:
    return keys.iloc[np.full(times, setting)].reset_index(drop=True)


def _delta(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> Block:
    """Return how far a group is gathered in few places, setting and group by setting and group."""
    places = call.option("places", "geo_id")
    keys = outer_keys(frame, call.by, (places,))
    check_columns(frame, [*keys, _counted(call), "area"])
    settings = settings_of(frame, keys)
    values, areas = numbers(frame, _counted(call)), numbers(frame, "area")
    known = ~np.isnan(values) & ~np.isnan(areas)
    found = np.array([float(delta(values[r][known[r]], areas[r][known[r]])) for r in settings.rows])
    hidden = np.array([int((~known[r]).sum()) for r in settings.rows])
    columns = Columns(
        estimate=found,
        unit="share",
        children=np.array([values[r][known[r]].sum() for r in settings.rows]),
        groups=np.array([int(known[r].sum()) for r in settings.rows]),
        hidden=hidden,
        reason=Words.of(np.where(np.isnan(found), "no_children", "no_limits"), _WORDS),
    )
    return Block(settings.keys, wanted, iter([Part(one, columns) for one in wanted]))


def _effective(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> Block:
    places = call.option("places", "geo_id")
    keys = row_keys(frame, call.by)
    outer = [name for name in keys if name != places]
    check_columns(frame, [*keys, "estimate", "moe90", "denominator"])
    settings = settings_of(frame, outer)
    found = np.full(len(frame), np.nan)
    columns = [numbers(frame, name) for name in ("estimate", "moe90", "denominator")]
    for at in settings.rows:
        found[at] = effective_numbers(*(one[at] for one in columns))
    return Block(
        key_table(frame, np.arange(len(frame)), [n for n in keys if n in frame]),
        wanted,
        iter(
            Part(
                one,
                Columns(
                    estimate=found,
                    unit="children",
                    children=columns[2],
                    reason=Words.of(
                        np.where(np.isnan(found), "unknown_counts", "no_limits"), _WORDS
                    ),
                ),
            )
            for one in wanted
        ),
    )


_WORDS: Final = tuple(SEGREGATION_MISSING)
_SCHOOLS: Final = (
    '{"geo_id": list("wxyz") * 3, "group": ["a"] * 4 + ["b"] * 4 + ["c"] * 4, '
    '"estimate": [120, 40, 25, 90, 200, 310, 90, 60, 30, 12, 260, 44]}'
)

FAMILY: Final = Family(
    name="segregation",
    title="Segregation of schools and neighborhoods",
    rows="all schools (or tracts) of a place with their groups",
    options={
        "places": "The column of the schools or tracts; default geo_id.",
        "groups": "The groups to compare, one of them with all others; default all groups.",
        "count": "The column of the numbers of children; default estimate.",
        "draws": "How many draws for the limits; default 500.",
        "generator": "A random generator or a seed; without it a fixed seed.",
    },
    reasons=SEGREGATION_MISSING,
    measures=(
        *map(_measure, SEGREGATION_INDICES.values()),
        _plain(
            "local",
            "Local segregation",
            "How far are a school's groups from those of all children?",
            "sum_m p_im ln(p_im / P_m)",
            "Alonso-Villar & Del Rio 2010, Math Soc Sci 60:30-38",
            "segregation.local_segregation",
        ),
        _plain(
            "exposure",
            "Exposure of every group to every other",
            "What are the schoolmates of the average child of each group?",
            "sum_i (c_ig / C_g)(c_ih / t_i)",
            "Bell 1954, Social Forces 32:357-364",
            "segregation.exposure",
        ),
        _plain(
            "delta",
            "Delta: concentration in space",
            "What share of the group would have to move for the same density everywhere?",
            "1/2 sum |a_i/A - s_i/S|",
            "Hoover 1941, J Econ Hist 1:10-28",
            "segregation.delta",
            columns=("estimate", "area"),
            needs=("counts by school, and areas",),
            example='equity.measure({"geo_id": ["x", "y"], "estimate": [10, 30], "area": [3, 1]}, '
            '"segregation_delta")',
        ),
        _plain(
            "effective_numbers",
            "Effective number of children asked",
            "How many children is it as if a survey had asked in each area?",
            "p (1 - p) / SE^2",
            "Korn & Graubard 1998, Survey Methodology 24:193-201",
            "segregation.effective_numbers",
            columns=("estimate", "moe90", "denominator"),
            needs=("shares of areas with margins of error",),
            example='equity.measure({"geo_id": ["x", "y"], "estimate": [0.5, 0.2], '
            '"moe90": [0.0823, 0.0823], "denominator": [1000, 500]}, '
            '"segregation_effective_numbers")',
        ),
    ),
    run=_run,
    verdicts=SEGREGATION_VERDICTS,
    by_name_only=True,
    example=f'equity.measure({_SCHOOLS}, "NAME", groups=["a", "b"], draws=100)',
)
