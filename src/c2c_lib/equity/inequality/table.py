"""One way to call every measure: tidy observations in, a tidy frame out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile
from c2c_lib.equity.inequality.feasible import MOST_HIDDEN, feasible_range
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.reading import Settings, read_settings
from c2c_lib.equity.inequality.registry import MEASURES, Measure, find_measure
from c2c_lib.equity.inequality.result import Inequality
from c2c_lib.equity.inequality.simulate import Seed, simulated_together
from c2c_lib.errors import Problems

__all__ = ["INEQUALITY_COLUMNS", "INEQUALITY_REASONS", "measure", "summary"]

INEQUALITY_COLUMNS: Final = (
    "measure",
    "estimate",
    "standard_error",
    "lower",
    "upper",
    "interval",
    "range_lower",
    "range_upper",
    "groups",
    "hidden",
    "reason",
)
"""The columns of `measure` after those that name the setting, in order."""

INEQUALITY_REASONS: Final[dict[str, str]] = {
    "no_figure": "No group has a figure.",
    "hidden_groups": "Some groups are hidden: only the range is known.",
    "hidden_size_unknown": "Some groups are hidden, and so is how many children are in them.",
    "too_many_hidden": f"More than {MOST_HIDDEN} groups are hidden.",
    "one_group": "There is only one group to look at.",
    "population_unknown": "It is not known how many children are in every group.",
    "no_direction": "Neither direction is better, so no group is the best.",
    "no_bound": "The measure needs figures with an upper bound, such as shares.",
    "reference_not_shown": "The reference group has no figure.",
    "not_defined": "The measure divides by a figure that is 0, or has no finite fit.",
    "precision_unknown": "The precision of a group is unknown.",
}
"""Why an estimate or its interval is missing or special, in plain words; empty otherwise."""

_HIDDEN: Final = ("range", "drop")
_INTERVALS: Final = ("none", "analytic", "simulated")


def measure(
    data: pd.DataFrame | Groups,
    name: str | Sequence[str],
    *,
    by: Sequence[str] | None = None,
    polarity: str | Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
    reference: str | None = None,
    hidden: str = "range",
    level: float = 0.95,
    draws: int = 1000,
    generator: Seed = None,
) -> pd.DataFrame:
    """Return measures of inequality for every setting.

    Parameters
    ----------
    data : DataFrame or Groups
        Tidy observations with at least ``group`` and ``estimate``; ``denominator`` gives
        the populations, ``numerator`` or ``moe90`` the precision. Rows of the group ``all``
        are the published total and no group. A row without an estimate is a hidden group,
        known to lie from ``lowest`` to ``highest`` if there are such columns and otherwise
        within the bounds of its unit; rows ``not_applicable`` are no groups. Or `Groups`,
        made of plain arrays.
    name : str or sequence of str
        Measures of the registry (`MEASURES`).
    by : sequence of str, optional
        The columns that name a setting; default is indicator, place and period. The
        dimension is added where the frame has several. Not for `Groups`.
    polarity, unit : str or mapping from indicator to str, optional
        As in the catalog, which is asked where they are not given.
    order : sequence of str, optional
        All groups from the worst-off to the best-off, for ordered groups.
    reference : str, optional
        The declared reference group.
    hidden : {"range", "drop"}
        With ``range`` (default) a setting with hidden groups has no estimate but the range
        of values that the measure can have; with ``drop`` the measure is that of the groups
        shown, which leaves the smallest communities out.
    level : float
        Confidence level as a share.
    draws : int
        How many draws for simulated intervals; 0 gives the estimates alone.
    generator : Generator or int, optional
        As in `simulated`.

    Returns
    -------
    DataFrame
        One row per measure and setting: the columns of `by`, then `INEQUALITY_COLUMNS`.
        ``interval`` says how the limits were made (``analytic``, ``simulated``, ``none``),
        ``groups`` how many groups have a figure, ``hidden`` how many are hidden. Where none
        are hidden the range is the estimate itself. ``reason`` is a key of
        `INEQUALITY_REASONS` or empty.

    Raises
    ------
    InputError
        For an unknown measure, missing columns, a group twice in one setting, a group
        without a place in the order, an unknown reference, polarity or unit; and for a
        measure that needs an order or a reference that was not given.

    Notes
    -----
    The ranges hold the published average fixed, within the rounding of printed figures,
    where the groups' sizes add up to the total; see `feasible_range`.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "indicator": "graduation_4yr", "geo_level": "district", "geo_id": "0150011",
    ...     "period": "2018-19", "dimension": ["all", "gender", "gender"],
    ...     "group": ["all", "female", "male"], "estimate": [0.7, 0.8, 0.6],
    ...     "numerator": [280.0, 160.0, 120.0], "denominator": [400.0, 200.0, 200.0]})
    >>> found = measure(frame, ["difference", "theil"])
    >>> found[["measure", "estimate", "lower", "upper"]].round(3)
          measure  estimate  lower   upper
    0  difference     0.200  0.112   0.288
    1       theil    10.239  0.891  19.587
    """
    normal_quantile(level)
    check_choice("hidden", hidden, _HIDDEN)
    names = [name] if isinstance(name, str) else list(name)
    wanted = [find_measure(one) for one in names]
    if isinstance(data, Groups):
        settings = _of_groups(data)
    else:
        settings = read_settings(
            data, by=by, polarity=polarity, unit=unit, order=order, reference=reference
        )
    _check_needs(wanted, settings.groups)
    found = _results(wanted, settings.groups, level, draws, generator)
    parts = [
        _columns_of(one, found[one.name], settings, hidden=hidden, draws=draws) for one in wanted
    ]
    return _assembled(settings.keys, names, parts)


def summary(
    data: pd.DataFrame | Groups,
    names: Sequence[str] | None = None,
    *,
    by: Sequence[str] | None = None,
    polarity: str | Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
    reference: str | None = None,
    hidden: str = "range",
    level: float = 0.95,
    draws: int = 1000,
    generator: Seed = None,
) -> pd.DataFrame:
    """Return all measures that the data allow, each with what it answers.

    Parameters
    ----------
    data, by, polarity, unit, order, reference, hidden, level, draws, generator
        As in `measure`.
    names : sequence of str, optional
        Which measures; default is every one that needs no order or reference beyond those
        given.

    Returns
    -------
    DataFrame
        As `measure`, with ``title``, ``question`` and ``unit`` of each measure beside its
        name; settings in the order of the data, the measures of one setting together.

    Raises
    ------
    InputError
        As in `measure`.

    Examples
    --------
    >>> groups = Groups.of([0.31, 0.66], population=[3500, 2200])
    >>> found = summary(groups, ["difference", "mdb_weighted"], draws=0)
    >>> found[["title", "estimate", "unit"]].round(3)
                                               title  estimate       unit
    0                                 Difference (D)     0.350  indicator
    1  Mean difference from the best group (MDB), ...    0.215  indicator
    """
    given = data if isinstance(data, Groups) else None
    ordered = order is not None if given is None else given.ordered
    referred = reference is not None if given is None else given.reference is not None
    if names is None:
        lacking = set() if ordered else {"order"}
        lacking |= set() if referred else {"reference"}
        names = [one.name for one in MEASURES.values() if not lacking & set(one.needs)]
    table = measure(
        data,
        names,
        by=by,
        polarity=polarity,
        unit=unit,
        order=order,
        reference=reference,
        hidden=hidden,
        level=level,
        draws=draws,
        generator=generator,
    )
    size = len(table) // max(len(names), 1)
    together = np.arange(len(table)).reshape(len(names), size).T.ravel()
    table = table.iloc[together].reset_index(drop=True)
    where = table.columns.get_loc("measure")
    for offset, column in enumerate(("title", "question", "unit"), start=1):
        words = {one: getattr(MEASURES[one], column) for one in names}
        table.insert(int(where) + offset, column, table["measure"].map(words))  # type: ignore[arg-type]
    return table


def _of_groups(groups: Groups) -> Settings:
    """Return settings that are numbered, with nothing hidden."""
    flat = groups.flat()
    size = flat.count.size
    nothing = np.full(flat.estimate.shape, np.nan)
    unknown = np.full(size, np.nan)
    keys = pd.DataFrame({"setting": np.arange(size)})
    no = np.zeros(flat.estimate.shape, dtype=bool)
    return Settings(keys, flat, no, nothing, nothing, unknown, unknown)


def _check_needs(wanted: Sequence[Measure], groups: Groups) -> None:
    problems = Problems()
    for one in wanted:
        for need, there, remedy in (
            ("order", groups.ordered, "Pass order=, from the worst-off to the best-off group."),
            ("reference", groups.reference is not None, "Pass reference=, the group's name."),
        ):
            if need in one.needs and not there:
                problems.add("measure", f"needs {need}=", value=one.name, remedy=remedy)
    problems.raise_if_any()


def _results(
    wanted: Sequence[Measure], groups: Groups, level: float, draws: int, generator: Seed
) -> dict[str, Inequality]:
    found: dict[str, Inequality] = {
        one.name: one.analytic(groups, level) for one in wanted if one.analytic is not None
    }
    drawn = {one.name: (one.value, one.equal) for one in wanted if one.analytic is None}
    if drawn:
        found |= simulated_together(groups, drawn, level, draws=draws, generator=generator)
    return found


def _columns_of(
    one: Measure, found: Inequality, settings: Settings, *, hidden: str, draws: int
) -> dict[str, NDArray[Any]]:
    """Return the columns of one measure; text as codes."""
    groups = settings.groups
    missing = settings.hidden.sum(axis=-1)
    partial = (missing > 0) & (hidden == "range")
    value, error, lower, upper = (np.where(partial, np.nan, field) for field in found)
    low, high = value, value
    rows = np.flatnonzero(partial)
    if rows.size:
        low, high = value.copy(), value.copy()
        low[rows], high[rows] = _ranges(one, settings, rows)
    known = ~np.isnan(error)
    made = _INTERVALS.index(one.interval) if one.interval == "analytic" or draws > 0 else 0
    return {
        "estimate": value,
        "standard_error": error,
        "lower": lower,
        "upper": upper,
        "interval": np.where(known, made, 0),
        "range_lower": low,
        "range_upper": high,
        "groups": groups.count,
        "hidden": missing,
        "reason": _reasons(one, settings, value, known, partial),
    }


def _assembled(
    keys: pd.DataFrame, names: Sequence[str], parts: Sequence[dict[str, NDArray[Any]]]
) -> pd.DataFrame:
    """Return one frame of all measures, spelling the words out."""
    columns = [*keys.columns, *INEQUALITY_COLUMNS]
    if not parts:
        return pd.DataFrame(columns=columns)
    table = pd.concat([keys] * len(parts), ignore_index=True)
    texts = {"interval": list(_INTERVALS), "reason": ["", *INEQUALITY_REASONS]}
    nothing = np.zeros(len(keys), dtype=np.intp)
    number = [nothing + which for which in range(len(names))]
    whole: dict[str, Any] = {"measure": _spelled(names, number)}
    for column in parts[0]:
        values = [part[column] for part in parts]
        if column in texts:
            whole[column] = _spelled(texts[column], values)
        else:
            whole[column] = np.concatenate(values)
    return pd.concat([table, pd.DataFrame(whole, copy=False)], axis=1)[columns]


def _spelled(
    words: Sequence[str], codes: Sequence[NDArray[np.intp]]
) -> pd.api.extensions.ExtensionArray:
    """Return words by their codes as one column of text; constant stretches cost nothing."""
    chunks = []
    for code in codes:
        if len(code) and (code == code[0]).all():
            word = pa.scalar(words[int(code[0])], pa.large_string())
            chunks.append(pa.repeat(word, len(code)))
        else:
            chunks.append(pa.array(words, pa.large_string()).take(pa.array(code)))
    column: pd.api.extensions.ExtensionArray = pd.array(
        pa.chunked_array(chunks, pa.large_string()), dtype="str"
    )
    return column


def _ranges(
    one: Measure, settings: Settings, rows: NDArray[np.intp]
) -> tuple[FloatArray, FloatArray]:
    found = feasible_range(
        settings.groups.take(rows),
        one.name,
        settings.lowest[rows],
        settings.highest[rows],
        average=settings.average[rows],
        slack=settings.slack[rows],
    )
    return found.lower, found.upper


def _reasons(
    one: Measure,
    settings: Settings,
    value: FloatArray,
    known: NDArray[np.bool_],
    partial: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """Return the code of the first rule that applies; 0 if none does."""
    groups, missing = settings.groups, settings.hidden.sum(axis=-1)
    plain = known & np.isfinite(value) & (groups.count > 1) & ~partial
    if plain.all():
        return np.zeros(value.shape, dtype=np.intp)
    weighted = "populations" in one.needs
    size = np.where(groups.present, groups.population, 0.0).sum(axis=-1)
    lost = weighted & (settings.hidden & np.isnan(groups.population)).any(axis=-1)
    gone = np.zeros(value.shape, dtype=bool)
    if groups.reference is not None and one.name in {"mdr", "mdr_weighted", "difference", "ratio"}:
        read = not (groups.ordered and one.name in {"difference", "ratio"})
        gone = np.asarray(read & ~(groups.reference & groups.present).any(axis=-1))
    undefined = np.isnan(value)
    neutral = (groups.direction == 0) & (
        ("direction" in one.needs) | ((groups.reference is not None) | groups.ordered)
    )
    rules = [
        (missing > MOST_HIDDEN) & partial,
        partial & lost,
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
    return np.select(rules, [code[word] for word in words], default=0)
