"""Turns tidy observations into groups: one row of arrays per setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Unit, load_catalog
from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.gaps import POLARITIES
from c2c_lib.equity.inequality.groups import BoolArray, Groups
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.errors import InputError, Problems, did_you_mean
from c2c_lib.observations.margins import Z_90

__all__ = ["BY", "Settings", "read_settings"]

BY: Final = ("indicator", "geo_level", "geo_id", "period")
"""What names a setting, besides the dimension, unless the caller says otherwise."""

_HIDES_NOTHING: Final = ("not_applicable",)
_HALF_DIGIT: Final = 0.0005
"""Half of the last digit of a share printed in percent with one decimal."""
_SHOWN: Final = 5
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
    """

    keys: pd.DataFrame
    groups: Groups
    hidden: BoolArray
    lowest: FloatArray
    highest: FloatArray
    average: FloatArray
    slack: FloatArray


def read_settings(
    frame: pd.DataFrame,
    *,
    by: Sequence[str] | None = None,
    polarity: str | Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
    reference: str | None = None,
) -> Settings:
    """Read tidy observations; parameters and errors as in `measure`.

    Standard errors are those of the counts where these reproduce the figure (binomial;
    Jeffreys' standard deviation where no child or every child counts, so that 0 of 12 is
    not taken for certain), and those of the margins of error for surveys.
    """
    keys = _keys(frame, by)
    _check_columns(frame, keys)
    rows = frame.loc[_is_group(frame)]
    codes = rows.groupby(keys, sort=False, dropna=False).ngroup()
    setting: NDArray[np.intp] = np.asarray(codes, dtype=np.intp)
    first = np.flatnonzero(~pd.Series(setting).duplicated())
    names = rows.iloc[first][keys].reset_index(drop=True)
    column, k, marked = _columns(rows, setting, order, reference, keys)

    def spread(values: FloatArray) -> FloatArray:
        # Column by column, so that sums over the groups of many settings are fast.
        table = np.full((len(names), k), np.nan, order="F")
        table[setting, column] = values
        return table

    scale = _lookup(rows, unit, "unit", dict.fromkeys(get_args(Unit), np.inf) | COUNT_SCALES)
    figures = {name: spread(values) for name, values in _figures(rows, scale).items()}
    hidden = figures["hidden"] == 1
    low, high = (np.where(hidden, figures[end], np.nan) for end in ("lowest", "highest"))
    total = _totals(frame, names, keys)
    there = hidden | ~np.isnan(figures["estimate"])
    groups = Groups.of(
        np.where(hidden, low, figures["estimate"]),
        population=_complete(figures["population"], there, total["denominator"]),
        standard_error=figures["error"],
        polarity=_lookup(rows.iloc[first], polarity, "polarity", {w: w for w in POLARITIES}),
        scale=scale[first].astype(np.float64),
        reference=None if marked is None else spread(marked) == 1,
        survey=(figures["survey"] == 1).any(axis=-1),
    )
    groups = replace(groups, ordered=order is not None, estimate=figures["estimate"])
    average, slack = _average(groups, hidden, total, groups.scale)
    return Settings(names, groups, hidden, low, high, average, slack)


def _is_group(frame: pd.DataFrame) -> BoolArray:
    """Return the rows of groups: neither the published total, nor a group that cannot be."""
    group = np.asarray(frame["group"] != "all")
    if "status" in frame:
        none = frame["status"].isin(_HIDES_NOTHING) & frame["estimate"].isna()
        return np.asarray(group & ~np.asarray(none))
    return group


def _keys(frame: pd.DataFrame, by: Sequence[str] | None) -> list[str]:
    """Return what names a setting; the dimension too where there are several."""
    keys = [name for name in BY if name in frame] if by is None else list(by)
    if "dimension" in frame and "dimension" not in keys:
        several = len(pd.unique(frame.loc[frame["group"] != "all", "dimension"])) > 1
        if by is None or several:
            keys.append("dimension")
    return keys


def _check_columns(frame: pd.DataFrame, keys: Sequence[str]) -> None:
    problems = Problems()
    for name in dict.fromkeys([*keys, "group", "estimate"]):
        if name not in frame:
            problems.add(
                "observations",
                "lack a column",
                value=name,
                allowed=", ".join(map(str, frame.columns)),
                remedy=did_you_mean(name, map(str, frame.columns)),
            )
    problems.raise_if_any()


def _check_duplicates(rows: pd.DataFrame, pair: NDArray[np.intp], keys: Sequence[str]) -> None:
    again = pd.Series(pair).duplicated().to_numpy()
    problems = Problems()
    for where in np.flatnonzero(again)[:_SHOWN]:
        row = rows.iloc[where]
        problems.add(
            "observations",
            "have a group twice in one setting",
            value=" ".join(str(row[name]) for name in dict.fromkeys([*keys, "group"])),
            remedy="Name in by= every column that tells settings apart.",
        )
    problems.raise_if_any()


def _columns(
    rows: pd.DataFrame,
    setting: NDArray[np.intp],
    order: Sequence[str] | None,
    reference: str | None,
    keys: Sequence[str],
) -> tuple[NDArray[np.intp], int, FloatArray | None]:
    """Return the position of every row in its setting, how many there are, the reference."""
    group, found = pd.factorize(rows["group"])
    present = [str(word) for word in found]
    _check_groups(present, order, reference)
    _check_duplicates(rows, setting * max(len(present), 1) + group, keys)
    marked = None if reference is None else (np.array(present) == reference)[group].astype(float)
    if order is None:
        counted = pd.Series(setting).groupby(setting, sort=False).cumcount()
        running: NDArray[np.intp] = np.asarray(counted, dtype=np.intp)
        return running, int(running.max(initial=0)) + 1, marked
    place = np.array([list(order).index(word) for word in present], dtype=np.intp)
    return place[group] if present else group, len(order), marked


def _check_groups(present: list[str], order: Sequence[str] | None, reference: str | None) -> None:
    problems = Problems()
    if reference is not None and present and reference not in present:
        problems.add(
            "reference",
            "is no group of the observations",
            value=reference,
            allowed=", ".join(present),
            remedy=did_you_mean(reference, present),
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


def _lookup(
    rows: pd.DataFrame,
    given: str | Mapping[str, str] | None,
    what: str,
    meanings: Mapping[str, object],
) -> NDArray[Any]:
    """Return what the polarity or the unit of every row means: given, or from the catalog."""
    problems = Problems()
    if isinstance(given, str):
        codes, words = np.zeros(len(rows), dtype=np.intp), [given]
    elif "indicator" not in rows:
        problems.add(what, "must be given", remedy="There is no column indicator to look it up.")
        raise InputError(problems)
    else:
        codes, names = pd.factorize(rows["indicator"])
        entries = load_catalog().indicators if given is None else {}
        known = given or {name: str(getattr(entry, what)) for name, entry in entries.items()}
        for name in names:
            if name not in known:
                problems.add(
                    what,
                    "is not known of an indicator",
                    value=name,
                    allowed="an indicator of the catalog" if given is None else ", ".join(known),
                    remedy=f"Pass {what}= as a word, or by indicator.",
                )
        problems.raise_if_any()
        words = [known[name] for name in names]
    for word in words:
        if word not in meanings:
            problems.add(
                what,
                "is not known",
                value=word,
                allowed=", ".join(meanings),
                remedy=did_you_mean(word, meanings),
            )
    problems.raise_if_any()
    return np.array([meanings[word] for word in words] or [np.nan])[codes]


def _figures(rows: pd.DataFrame, scale: FloatArray) -> dict[str, FloatArray]:
    """Return what is known about every row."""
    value = {
        name: rows[name].to_numpy(dtype=float) if name in rows else np.full(len(rows), np.nan)
        for name in ("estimate", "numerator", "denominator", "moe90", "lowest", "highest")
    }
    figures = Measured.of(
        value["estimate"],
        numerator=value["numerator"],
        denominator=value["denominator"],
        moe90=value["moe90"],
    )
    counted = np.zeros(len(rows), dtype=bool)
    for unit, value_of_all in COUNT_SCALES.items():
        counted |= figures.by_counts(unit) & (scale == value_of_all)
    surveyed = figures.by_margins()
    n = np.where(counted, figures.denominator, np.nan)
    p = np.where(counted, figures.numerator, np.nan) / n
    edge = (p <= 0) | (p >= 1)
    middle = (n * p + 0.5) / (n + 1)
    square = np.where(edge, middle * (1 - middle) / (n + 2), p * (1 - p) / n)
    error = np.where(counted, scale * np.sqrt(square), np.nan)
    hidden = np.isnan(value["estimate"])
    lowest = np.where(np.isnan(value["lowest"]), 0.0, value["lowest"])
    open_end = np.where(np.isinf(scale), np.nan, scale)
    return {
        "estimate": value["estimate"],
        "population": value["denominator"],
        "error": np.where(surveyed, value["moe90"] / Z_90, error),
        "survey": surveyed.astype(float),
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


def _complete(population: FloatArray, groups: BoolArray, total: pd.Series) -> FloatArray:
    """Fill in the size of one group from the total where it is the only one unknown."""
    unknown = groups & np.isnan(population)
    everyone = total.to_numpy(dtype=float)
    rest = everyone - np.where(groups & ~unknown, population, 0.0).sum(axis=-1)
    fills = unknown & (unknown.sum(axis=-1) == 1)[:, None] & (rest >= 0)[:, None]
    return np.where(fills, rest[:, None], population)


def _average(
    groups: Groups, hidden: BoolArray, total: pd.DataFrame, bound: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the published average where the groups hold everyone, and how far it may be off."""
    average, everyone = (total[name].to_numpy(dtype=float) for name in ("estimate", "denominator"))
    there = hidden | groups.present
    size = np.where(there, groups.population, 0.0).sum(axis=-1)
    shown = np.where(groups.present, groups.population, 0.0).sum(axis=-1)
    whole = np.isnan(everyone) | (np.abs(size - everyone) <= _SAME_CHILDREN * everyone)
    use = hidden.any(axis=-1) & ~np.isnan(average) & whole & (size > 0) & np.isfinite(bound)
    half = _HALF_DIGIT * np.where(np.isinf(bound), 0.0, bound)
    with np.errstate(divide="ignore", invalid="ignore"):
        slack = half * (1 + shown / size)
    return np.where(use, average, np.nan), np.where(use, slack, np.nan)
