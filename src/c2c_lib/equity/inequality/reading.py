"""Turns tidy observations into groups: one row of arrays per setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import load_catalog
from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.family import Words
from c2c_lib.equity.group_excess import POLARITIES
from c2c_lib.equity.inequality.groups import BoolArray, Groups
from c2c_lib.equity.lookup import (
    UNITS,
    check_columns,
    check_once,
    codes_of,
    kept,
    key_table,
    looked_up,
    numbers,
    setting_keys,
    words_by_row,
)
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.equity.precision import standard_errors
from c2c_lib.errors import Problems, did_you_mean

__all__ = ["Settings", "read_settings"]

_HIDES_NOTHING: Final = ("not_applicable",)
_HALF_DIGIT: Final = 0.0005
"""Half of the last digit of a share printed in percent with one decimal."""
_SAME_CHILDREN: Final = 0.005
"""Groups hold everyone if their sizes add up to the total within half a percent."""


@dataclass(frozen=True, eq=False)
class Settings:
    """What was read: one row per setting in every field.

    Attributes
    ----------
    keys : DataFrame
        The columns that name the settings.
    groups : Groups
        With NaN where a figure is hidden or there is no group.
    hidden : ndarray of bool, shape (settings, k)
    lowest, highest : ndarray, shape (settings, k)
        Interval of each hidden figure; NaN where nothing is hidden.
    average, slack : ndarray, shape (settings,)
        The published average where it says something about the hidden groups, else NaN.
    rest : ndarray, shape (settings,)
        Children in the groups of unknown size, all together; NaN where unknown.
    together : ndarray of bool, shape (settings,)
        Whether they are exactly so many, because the groups make up everyone, or at most.
    unit : Words
        Unit of the figures of every setting.
    """

    keys: pd.DataFrame
    groups: Groups
    hidden: BoolArray
    lowest: FloatArray
    highest: FloatArray
    average: FloatArray
    slack: FloatArray
    rest: FloatArray
    together: BoolArray
    unit: Words


def read_settings(
    frame: pd.DataFrame,
    *,
    by: Sequence[str] | None = None,
    polarity: str | Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
    reference: str | Mapping[str, str] | None = None,
) -> Settings:
    """Read tidy observations; parameters and errors as in `measure`.

    Standard errors are those of the counts where these reproduce the figure (binomial;
    Jeffreys' standard deviation where no child or every child counts, so that 0 of 12 is
    not taken for certain), and those of the margins of error for surveys.
    """
    keys = setting_keys(frame, by)
    check_columns(frame, [*keys, "group", "estimate"])
    rows = kept(frame, _is_group(frame))
    setting, first = codes_of(rows, keys)
    names = key_table(rows, first, keys)
    column, k, marked = _columns(rows, setting, order, reference, keys)

    def spread(values: FloatArray) -> FloatArray:
        # Column by column, so that sums over the groups of many settings are fast.
        table = np.full((len(names), k), np.nan, order="F")
        table[setting, column] = values
        return table

    scale = looked_up(rows, unit, "unit", dict.fromkeys(UNITS, np.inf) | COUNT_SCALES)
    figures = {name: spread(values) for name, values in _figures(rows, scale).items()}
    hidden = figures["hidden"] == 1
    low, high = (np.where(hidden, figures[end], np.nan) for end in ("lowest", "highest"))
    total = _totals(frame, names, keys)
    there = hidden | ~np.isnan(figures["estimate"])
    population, rest = _complete(figures["population"], there, total["denominator"])
    groups = Groups.of(
        np.where(hidden, low, figures["estimate"]),
        population=population,
        standard_error=figures["error"],
        polarity=looked_up(rows.iloc[first], polarity, "polarity", {w: w for w in POLARITIES}),
        scale=scale[first].astype(np.float64),
        reference=None if marked is None else spread(marked) == 1,
        survey=(figures["survey"] == 1).any(axis=-1),
    )
    groups = replace(groups, ordered=order is not None, estimate=figures["estimate"])
    together = _make_up_everyone(rows, first)
    average, slack = _average(groups, hidden, total, rest, together)
    words = Words(*words_by_row(rows.iloc[first], unit, "unit"))
    return Settings(names, groups, hidden, low, high, average, slack, rest, together, words)


def _is_group(frame: pd.DataFrame) -> BoolArray:
    """Return the rows of groups: neither the published total, nor a group that cannot be."""
    group = np.asarray(frame["group"] != "all")
    if "status" in frame:
        none = frame["status"].isin(_HIDES_NOTHING) & frame["estimate"].isna()
        return np.asarray(group & ~np.asarray(none))
    return group


def _columns(
    rows: pd.DataFrame,
    setting: NDArray[np.intp],
    order: Sequence[str] | None,
    reference: str | Mapping[str, str] | None,
    keys: Sequence[str],
) -> tuple[NDArray[np.intp], int, FloatArray | None]:
    """Return the position of every row in its setting, how many there are, the reference."""
    group, found = pd.factorize(rows["group"])
    present = [str(word) for word in found]
    _check_groups(present, order, reference)
    check_once(rows, setting * max(len(present), 1) + group, [*keys, "group"])
    marked = None if reference is None else _marks(rows, reference)
    if order is None:
        counted = pd.Series(setting).groupby(setting, sort=False).cumcount()
        running: NDArray[np.intp] = np.asarray(counted, dtype=np.intp)
        return running, int(running.max(initial=0)) + 1, marked
    place = np.array([list(order).index(word) for word in present], dtype=np.intp)
    return place[group] if present else group, len(order), marked


def _marks(rows: pd.DataFrame, reference: str | Mapping[str, str]) -> FloatArray:
    """Return 1 at the rows of the reference group: one for all, or one for each dimension."""
    if isinstance(reference, str):
        return np.asarray(rows["group"] == reference, dtype=float)
    check_columns(rows, ["dimension"])
    return np.asarray(rows["group"] == rows["dimension"].map(reference), dtype=float)


def _check_groups(
    present: list[str], order: Sequence[str] | None, reference: str | Mapping[str, str] | None
) -> None:
    problems = Problems()
    named = [reference] if isinstance(reference, str) else list((reference or {}).values())
    for one in named if present else []:
        if one not in present:
            problems.add(
                "reference",
                "is no group of the observations",
                value=one,
                allowed=", ".join(present),
                remedy=did_you_mean(one, present),
            )
    for word in present if order is not None else []:
        if word not in (order or []):
            problems.add(
                "order",
                "lacks a group of the observations",
                value=word,
                allowed="every group, from the worst-off to the best-off",
                remedy="Leave the rows of other dimensions out of the frame.",
            )
    if order is not None and len(set(order)) < len(order):
        problems.add("order", "names a group twice", value=", ".join(order))
    problems.raise_if_any()


def _figures(rows: pd.DataFrame, scale: FloatArray) -> dict[str, FloatArray]:
    """Return what is known about every row."""
    value = {
        name: numbers(rows, name)
        for name in ("estimate", "numerator", "denominator", "moe90", "lowest", "highest")
    }
    figures = Measured.of(
        value["estimate"],
        numerator=value["numerator"],
        denominator=value["denominator"],
        moe90=value["moe90"],
    )
    hidden = np.isnan(value["estimate"])
    lowest = np.where(np.isnan(value["lowest"]), 0.0, value["lowest"])
    open_end = np.where(np.isinf(scale), np.nan, scale)
    return {
        "estimate": value["estimate"],
        "population": value["denominator"],
        "error": standard_errors(figures, scale),
        "survey": figures.by_margins().astype(float),
        "hidden": hidden.astype(float),
        "lowest": lowest,
        "highest": np.where(np.isnan(value["highest"]), open_end, value["highest"]),
    }


def _totals(frame: pd.DataFrame, names: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return figure and size of all children of every setting; NaN where there is no row."""
    wanted = ["estimate", "denominator"]
    shared = [name for name in keys if name not in {"dimension", "group"}]
    everyone = frame.loc[(frame["group"] == "all").to_numpy()]
    if "denominator" not in everyone:
        everyone = everyone.assign(denominator=np.nan)
    if everyone.empty or not shared:
        return pd.DataFrame(np.nan, index=names.index, columns=wanted)
    everyone = everyone[[*shared, *wanted]].drop_duplicates(shared, keep=False)
    return names[shared].merge(everyone, on=shared, how="left", validate="m:1")[wanted]


def _complete(
    population: FloatArray, groups: BoolArray, total: pd.Series
) -> tuple[FloatArray, FloatArray]:
    """Fill in the size of one group from the total where it is the only one unknown.

    Where several are unknown, what the total leaves them together is returned beside.
    """
    unknown = groups & np.isnan(population)
    everyone = total.to_numpy(dtype=float)
    rest = everyone - np.where(groups & ~unknown, population, 0.0).sum(axis=-1)
    rest = np.where(rest >= 0, rest, np.nan)
    several = unknown.sum(axis=-1)
    fills = unknown & (several == 1)[:, None] & ~np.isnan(rest)[:, None]
    filled = np.where(fills, rest[:, None], population)
    return filled, np.where(several > 1, rest, np.nan)


def _make_up_everyone(rows: pd.DataFrame, first: NDArray[np.intp]) -> BoolArray:
    """Return whether the groups of each setting are all children, each once, by the catalog."""
    if "dimension" not in rows:
        return np.zeros(len(first), dtype=bool)
    whole = {one.id for one in load_catalog().dimensions.values() if one.partition}
    return np.asarray(rows["dimension"].iloc[first].isin(whole))


def _average(
    groups: Groups, hidden: BoolArray, total: pd.DataFrame, rest: FloatArray, together: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Return the published average where the groups hold everyone, and how far it may be off."""
    average, everyone = (total[name].to_numpy(dtype=float) for name in ("estimate", "denominator"))
    there, bound = hidden | groups.present, groups.scale
    unsized = there & np.isnan(groups.population)
    size = np.where(there & ~unsized, groups.population, 0.0).sum(axis=-1)
    size = np.where(unsized.any(axis=-1), np.where(together, size + rest, np.nan), size)
    shown = np.where(groups.present, groups.population, 0.0).sum(axis=-1)
    whole = np.isnan(everyone) | (np.abs(size - everyone) <= _SAME_CHILDREN * everyone)
    use = hidden.any(axis=-1) & ~np.isnan(average) & whole & (size > 0) & np.isfinite(bound)
    half = _HALF_DIGIT * np.where(np.isinf(bound), 0.0, bound)
    with np.errstate(divide="ignore", invalid="ignore"):
        slack = half * (1 + shown / size)
    return np.where(use, average, np.nan), np.where(use, slack, np.nan)
