"""The family of inequality between groups: from tidy observations to blocks of results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray, check_choice
from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part, Words
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.feasible import MOST_HIDDEN, MOST_UNSIZED, feasible_range
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.reading import Settings, read_settings
from c2c_lib.equity.inequality.registry import MEASURES
from c2c_lib.equity.inequality.result import Inequality
from c2c_lib.equity.inequality.simulate import simulated_together
from c2c_lib.equity.lookup import unit_of
from c2c_lib.errors import Problems

__all__ = ["FAMILY", "INEQUALITY_REASONS", "INEQUALITY_VERDICTS", "blocks_of_groups"]

INEQUALITY_REASONS: Final[dict[str, str]] = {
    "no_figure": "No group has a figure.",
    "hidden_groups": "Some groups are hidden: only the range is known.",
    "hidden_size_unknown": "Some groups are hidden, and so is how many children are in them.",
    "too_many_hidden": f"More than {MOST_HIDDEN} groups are hidden, or more than {MOST_UNSIZED} "
    "whose sizes are hidden too.",
    "nothing_fits": "No figures of the hidden groups fit the published average.",
    "one_group": "There is only one group to look at.",
    "population_unknown": "It is not known how many children are in every group.",
    "no_direction": "Neither direction is better, so no group is the best.",
    "no_bound": "The measure needs figures with an upper bound, such as shares.",
    "reference_not_shown": "The reference group has no figure.",
    "not_defined": "The measure divides by a figure that is 0, or has no finite fit.",
    "precision_unknown": "The precision of a group is unknown.",
}
"""Why an estimate or its interval is missing or special, in plain words; empty otherwise."""


INEQUALITY_VERDICTS: Final[dict[str, str]] = {
    "unequal": "The groups differ by more than chance explains.",
    "within_chance": "The groups may be equal: chance alone explains such a difference.",
}
"""What the limits of a measure of inequality say, in plain words."""

_HIDDEN: Final = ("range", "drop")
_DRAWS: Final = 1000
_AT_ONCE: Final = 16_384
"""Settings that are worked on together."""


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    settings = read_settings(
        frame,
        by=call.by,
        polarity=call.polarity,
        unit=call.unit,
        order=call.option("order"),
        reference=call.option("reference"),
    )
    return [_block(settings, wanted, call)]


def blocks_of_groups(groups: Groups, wanted: Sequence[Measure], call: Call) -> list[Block]:
    """Return the block of groups made of plain arrays: settings are numbered, nothing hidden."""
    flat = groups.flat()
    size = flat.count.size
    nothing = np.full(flat.estimate.shape, np.nan)
    unknown = np.full(size, np.nan)
    no = np.zeros(flat.estimate.shape, dtype=bool)
    keys = pd.DataFrame({"setting": np.arange(size)})
    unit = Words(np.ones(size, dtype=np.int16), ("", str(call.unit or "indicator")))
    everyone = np.ones(size, dtype=bool)
    settings = Settings(keys, flat, no, nothing, nothing, unknown, unknown, unknown, everyone, unit)
    return [_block(settings, wanted, call)]


def _block(settings: Settings, wanted: Sequence[Measure], call: Call) -> Block:
    check_choice("hidden", call.option("hidden", "range"), _HIDDEN)
    measures = [MEASURES[one.name] for one in wanted]
    _check_needs(measures, settings.groups)
    return Block(settings.keys, wanted, _parts(settings, measures, call))


def _check_needs(wanted: Sequence[GroupMeasure], groups: Groups) -> None:
    problems = Problems()
    for one in wanted:
        for need, there, remedy in (
            ("order", groups.ordered, "Pass order=, from the worst-off to the best-off group."),
            ("reference", groups.reference is not None, "Pass reference=, the group's name."),
        ):
            if need in one.needs and not there:
                problems.add("measure", f"needs {need}=", value=one.name, remedy=remedy)
    problems.raise_if_any()


def _parts(settings: Settings, wanted: Sequence[GroupMeasure], call: Call) -> Iterator[Part]:
    draws = call.option("draws", _DRAWS)
    drawn = {one.name: (one.value, one.equal) for one in wanted if one.analytic is None}
    simulated: dict[str, Inequality] = {}
    if drawn:
        generator = call.option("generator")
        simulated = simulated_together(
            settings.groups, drawn, call.level, draws=draws, generator=generator
        )
    children = np.where(settings.groups.present, settings.groups.population, 0.0).sum(axis=-1)
    found_by_name = _by_formula(settings.groups, wanted, call.level) | simulated
    for one in wanted:
        found = found_by_name.pop(one.name, None)
        if found is not None:
            yield Part(one, _columns(one, found, settings, call, children))


def _by_formula(
    groups: Groups, wanted: Sequence[GroupMeasure], level: float
) -> dict[str, Inequality]:
    """Return the measures with a formula, some settings at a time, so that memory stays small."""
    analytic = [(one.name, one.analytic) for one in wanted if one.analytic is not None]
    size = groups.count.size
    fields = {name: np.empty((4, size)) for name, _ in analytic}
    for start in range(0, size, _AT_ONCE):
        rows = slice(start, min(start + _AT_ONCE, size))
        part = groups.take(rows)
        for name, function in analytic:
            for field, values in zip(fields[name], function(part, level), strict=True):
                field[rows] = values
    return {name: Inequality(*values) for name, values in fields.items()}


def _columns(
    one: GroupMeasure,
    found: Inequality,
    settings: Settings,
    call: Call,
    children: FloatArray,
) -> Columns:
    """Return the columns of one measure."""
    missing = settings.hidden.sum(axis=-1)
    partial = (missing > 0) & (call.option("hidden", "range") == "range")
    value, error, lower, upper = (np.asarray(field) for field in found)
    low: FloatArray | None = None
    high: FloatArray | None = None
    if partial.any():
        value, error, lower, upper = (
            np.where(partial, np.nan, field) for field in (value, error, lower, upper)
        )
        low, high = value.copy(), value.copy()
        rows = np.flatnonzero(partial)
        low[rows], high[rows] = _ranges(one, settings, rows)
    return Columns(
        estimate=value,
        standard_error=error,
        lower=lower,
        upper=upper,
        range_lower=low,
        range_upper=high,
        unit=unit_of(one, settings.unit),
        method=one.interval,
        verdict=_verdict(one, lower, upper),
        children=children,
        groups=settings.groups.count,
        hidden=missing,
        reason=_reasons(
            one, settings, value, ~np.isnan(error), partial, value if high is None else high
        ),
        partial=partial,
    )


def _verdict(one: GroupMeasure, lower: FloatArray, upper: FloatArray) -> Words:
    differs = (lower > one.equal) | (upper < one.equal)
    codes = np.where(np.isnan(lower), 0, np.where(differs, 1, 2)).astype(np.int16)
    return Words(codes, ("", *INEQUALITY_VERDICTS))


def _ranges(
    one: GroupMeasure, settings: Settings, rows: NDArray[np.intp]
) -> tuple[FloatArray, FloatArray]:
    sized = "populations" not in one.needs
    # Without sizes the average says nothing about figures that are not weighted, unless the
    # sizes add up to a known number.
    rest = np.where(sized & ~settings.together, np.nan, settings.rest)[rows]
    found = feasible_range(
        settings.groups.take(rows),
        one.name,
        settings.lowest[rows],
        settings.highest[rows],
        average=settings.average[rows],
        slack=settings.slack[rows],
        unsized=rest,
        together=settings.together[rows],
    )
    return np.asarray(found.lower), np.asarray(found.upper)


def _reasons(
    one: GroupMeasure,
    settings: Settings,
    value: FloatArray,
    known: NDArray[np.bool_],
    partial: NDArray[np.bool_],
    high: FloatArray | None,
) -> str | Words:
    """Return the code of the first rule that applies; 0 if none does."""
    groups, missing = settings.groups, settings.hidden.sum(axis=-1)
    plain = known & np.isfinite(value) & (groups.count > 1) & ~partial
    if plain.all():
        return ""
    weighted = "populations" in one.needs
    size = np.where(groups.present, groups.population, 0.0).sum(axis=-1)
    unsized = (settings.hidden & np.isnan(groups.population)).any(axis=-1)
    lost = weighted & unsized & np.isnan(settings.rest)
    most = np.where(unsized & ~lost, MOST_UNSIZED, MOST_HIDDEN)
    nowhere = partial & np.isnan(value if high is None else high)
    gone = np.zeros(value.shape, dtype=bool)
    if groups.reference is not None and one.name in {"mdr", "mdr_weighted", "difference", "ratio"}:
        read = not (groups.ordered and one.name in {"difference", "ratio"})
        gone = np.asarray(read & ~(groups.reference & groups.present).any(axis=-1))
    undefined = np.isnan(value)
    neutral = (groups.direction == 0) & (
        ("direction" in one.needs) | ((groups.reference is not None) | groups.ordered)
    )
    rules = [
        (missing > most) & partial & nowhere,
        partial & lost,
        nowhere & ~np.isnan(settings.average),
        partial,
        groups.count == 0,
        undefined & gone,
        undefined & weighted & ~(size > 0),
        undefined & neutral,
        undefined & ("scale" in one.needs) & np.isinf(groups.scale),
        groups.count == 1,
        undefined | np.isinf(value),
        ~known,
    ]
    words = [
        "too_many_hidden",
        "hidden_size_unknown",
        "nothing_fits",
        "hidden_groups",
        "no_figure",
        "reference_not_shown",
        "population_unknown",
        "no_direction",
        "no_bound",
        "one_group",
        "not_defined",
        "precision_unknown",
    ]
    code = {word: number for number, word in enumerate(INEQUALITY_REASONS, start=1)}
    codes = np.select(rules, [code[word] for word in words], default=0)
    return Words(codes, ("", *INEQUALITY_REASONS))


FAMILY: Final = Family(
    name="inequality",
    title="Inequality between groups",
    rows="a setting: one indicator at one place in one period, with all groups of a dimension",
    options={
        "order": "All groups from the worst-off to the best-off, for measures of ordered groups.",
        "reference": "The declared reference group, or one by dimension.",
        "hidden": "range (default): the range of what hidden groups allow; drop: leave them out.",
        "draws": "How many draws for simulated limits; 0 gives the estimates alone.",
        "generator": "A random generator or a seed; without it a fixed seed.",
    },
    reasons=INEQUALITY_REASONS,
    measures=tuple(MEASURES.values()),
    run=_run,
    example='equity.measure({"group": ["a", "b", "c"], "estimate": [0.3, 0.5, 0.6], '
    '"numerator": [60, 150, 180], "denominator": [200, 300, 300]}, "NAME", by=[], unit="share", '
    'polarity="higher_is_better", order=["a", "b", "c"], reference="c", draws=200)',
)
