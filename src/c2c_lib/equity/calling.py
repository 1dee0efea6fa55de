"""One way to call every measure: tidy observations or plain arrays in, a tidy frame out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from c2c_lib.equity.arrays import normal_quantile
from c2c_lib.equity.family import Block, Call, Family, Measure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.table import FAMILY as INEQUALITY
from c2c_lib.equity.inequality.table import blocks_of_groups
from c2c_lib.equity.measures import (
    FAMILIES,
    MEASURES,
    find_family,
    find_measure,
)
from c2c_lib.equity.result_table import assembled
from c2c_lib.errors import Problems, did_you_mean
from c2c_lib.language import language as read_language

__all__ = ["Observations", "change", "gaps", "measure", "summary", "trend"]

Observations = pd.DataFrame | Mapping[str, Any] | Groups

_ALL = "all"
_OPTIONS = {
    *("order", "reference", "state", "target", "target_year", "threshold", "neighbours", "breaks")
}
"""What a measure needs that is an option of the call."""


def measure(
    data: Observations,
    name: str | Sequence[str],
    *,
    by: Sequence[str] | None = None,
    polarity: str | Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] | None = None,
    level: float = 0.95,
    **options: Any,
) -> pd.DataFrame:
    """Return measures for every setting, group, area or series of the observations.

    Parameters
    ----------
    data : DataFrame, mapping of arrays, or Groups
        Tidy observations, with the columns that the measures read (`measures_table` says
        which); a mapping from column to array or number, which becomes such a frame; or
        `Groups`, made of arrays of any shape, for measures of inequality.

        Rows of the group ``all`` are the published total. A row without an estimate is a
        hidden group, known to lie from ``lowest`` to ``highest`` if there are such columns and
        otherwise within the bounds of its unit; rows ``not_applicable`` are no groups.
    name : str or sequence of str
        Measures of the registry (`MEASURES`), the name of a family for all of it, or ``all``
        for every measure that the columns and options allow, but for other ways to the same
        figure and what needs more than a report has (`Family.by_name_only`).
    by : sequence of str, optional
        The columns that name a setting; default is indicator, place and period. Where a
        measure is of groups, areas or series, dimension, group or area are added, and the
        period is left out of what names a series. Not for `Groups`.
    polarity, unit : str or mapping from indicator to str, optional
        As in the catalog, which is asked where they are not given.
    level : float
        Confidence level as a share.
    **options
        What only some families read: `c2c_lib.equity.measures.FAMILIES` lists them with
        their meaning. For inequality ``order``, ``reference``, ``hidden``, ``draws`` and
        ``generator``; for gaps ``reference``; for change ``baseline`` and ``minimum``; for
        trends ``weighted``, ``target`` and ``target_year``; for single figures
        ``interval``; for disproportionality ``state``, ``min_cell`` and ``min_n``; for areas
        ``threshold``; for attendance ``minimum_days``; for segregation ``places``, ``groups``
        and ``count``; for maps ``neighbours``; for intervals of two groups ``reference``.

    Returns
    -------
    DataFrame
        One row per measure and setting (group, area, series): the columns that name it, then
        `RESULT_COLUMNS`. No value is missing without a word: ``status`` says what there is
        (`RESULT_STATUSES`) and ``reason`` why something is missing or special. Words are
        categories.

    Raises
    ------
    InputError
        For unknown measures or options, missing columns, a row twice in one setting, a group
        without a place in the order, an unknown reference, polarity or unit, and a measure
        that needs an option that was not given.

    Notes
    -----
    The ranges of inequality measures with hidden groups hold the published average fixed,
    within the rounding of printed figures, where the groups make up everyone; see
    `feasible_range`. Change and trend compare nothing across a break of the catalog, and no
    pooled periods that share years.

    Ranges are worked out from published figures alone, as any reader could. A narrow one
    still tells what its publisher hid: results go to the public only through `c2c_lib.privacy`.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "indicator": "graduation_4yr", "geo_level": "district", "geo_id": "0150011",
    ...     "period": "2018-19", "dimension": ["all", "gender", "gender"],
    ...     "group": ["all", "female", "male"], "estimate": [0.7, 0.8, 0.6],
    ...     "numerator": [280.0, 160.0, 120.0], "denominator": [400.0, 200.0, 200.0]})
    >>> found = measure(frame, ["difference", "theil"])
    >>> found[["measure", "estimate", "lower", "upper", "verdict"]].round(3)
          measure  estimate  lower   upper  verdict
    0  difference     0.200  0.112   0.288  unequal
    1       theil    10.239  0.891  19.587  unequal

    Plain arrays:

    >>> found = measure({"numerator": [4, 60], "denominator": [10, 100], "estimate": [0.4, 0.6]},
    ...                 "figure", unit="share")
    >>> found[["estimate", "lower", "upper"]].round(2)
       estimate  lower  upper
    0       0.4   0.17   0.69
    1       0.6   0.50   0.69
    """
    normal_quantile(level)
    call = Call(by=by, polarity=polarity, unit=unit, level=level, options=options)
    _check_options(options)
    if isinstance(data, Groups):
        wanted = _wanted(name, lambda one: _groups_allow(one, data))
        return assembled(_groups_blocks(data, wanted, call))
    frame = data if isinstance(data, pd.DataFrame) else _frame(data)
    wanted = _wanted(name, lambda one: _allows(one, frame, call))
    blocks: list[Block] = []
    for family, measures in _by_family(wanted):
        blocks += family.run(frame, measures, call)
    return assembled(blocks)


def gaps(
    data: pd.DataFrame | Mapping[str, Any],
    *,
    reference: str | Mapping[str, str] = "all",
    measures: Sequence[str] = ("gap", "gap_ratio", "excess"),
    **options: Any,
) -> pd.DataFrame:
    """Return how far every group is from its reference, and how many children that is.

    Parameters
    ----------
    data, **options
        As in `measure`: ``by``, ``polarity``, ``unit``, ``level``.
    reference : str or mapping from dimension to group
        ``all`` (default), or a group of the same dimension.
    measures : sequence of str
        Of the family ``gaps``.

    Returns
    -------
    DataFrame
        As `measure`; a positive ``gap`` is a group above its reference, a positive
        ``excess`` children who would have to do better for the group to be level.

    Raises
    ------
    InputError
        As in `measure`.

    Examples
    --------
    >>> found = gaps({"dimension": ["all", "gender", "gender"], "group": ["all", "f", "m"],
    ...               "estimate": [0.7, 0.8, 0.6], "numerator": [280, 160, 120],
    ...               "denominator": [400, 200, 200]},
    ...              by=[], unit="share", polarity="higher_is_better")
    >>> found[["group", "measure", "estimate", "lower", "upper", "verdict"]].round(3)
      group    measure  estimate   lower   upper verdict
    0     f        gap     0.100   0.055   0.143   ahead
    1     m        gap    -0.100  -0.143  -0.055  behind
    2     f  gap_ratio     1.143   1.077   1.207   ahead
    3     m  gap_ratio     0.857   0.793   0.923  behind
    4     f     excess   -20.000 -28.508 -11.067   ahead
    5     m     excess    20.000  11.067  28.508  behind
    """
    return measure(data, measures, reference=reference, **options)


def change(
    data: pd.DataFrame | Mapping[str, Any],
    *,
    baseline: str | None = None,
    measures: Sequence[str] = ("change",),
    **options: Any,
) -> pd.DataFrame:
    """Return the change of every series since its baseline, across no break.

    Parameters
    ----------
    data, **options
        As in `measure`; with ``gap_change`` among the measures also ``reference``.
    baseline : str, optional
        A period. The newest comparable figure that is not younger is taken; without a
        baseline, and where there is none, the first comparable one.
    measures : sequence of str
        ``change`` and ``gap_change``.

    Returns
    -------
    DataFrame
        As `measure`: ``since`` is the earlier period, ``period`` the later one.

    Raises
    ------
    InputError
        As in `measure`.

    Examples
    --------
    >>> found = change({"period": ["2014-15", "2018-19"], "estimate": [0.47, 0.53],
    ...                 "numerator": [470, 530], "denominator": [1000, 1000]},
    ...                unit="share", polarity="higher_is_better")
    >>> found[["period", "since", "estimate", "lower", "upper", "verdict"]].round(3)
        period    since  estimate  lower  upper   verdict
    0  2018-19  2014-15      0.06  0.016  0.104  improved
    """
    return measure(data, measures, baseline=baseline, **options)


def trend(
    data: pd.DataFrame | Mapping[str, Any],
    *,
    measures: Sequence[str] = ("trend_test", "pace"),
    **options: Any,
) -> pd.DataFrame:
    """Return whether and how fast every series rises or falls, within its newest segment.

    Parameters
    ----------
    data, **options
        As in `measure`; with targets also ``target`` and ``target_year``.
    measures : sequence of str
        Of the family ``trend``.

    Returns
    -------
    DataFrame
        As `measure`: ``since`` is the first period used, ``periods`` how many were.

    Raises
    ------
    InputError
        As in `measure`.

    Examples
    --------
    >>> found = trend({"period": [str(year) for year in range(2012, 2020)],
    ...                "estimate": [0.33, 0.31, 0.32, 0.29, 0.28, 0.28, 0.25, 0.24]}, unit="share")
    >>> found[["measure", "estimate", "since", "periods", "verdict"]].round(4)
          measure  estimate since  periods  verdict
    0  trend_test   -0.8929  2012        8  falling
    1        pace   -0.0127  2012        8  falling
    """
    return measure(data, measures, **options)


def summary(
    data: Observations,
    name: str | Sequence[str] = _ALL,
    *,
    language: str = "en",
    **options: Any,
) -> pd.DataFrame:
    """Return every measure that the data allow, each with what it answers.

    Parameters
    ----------
    data, **options
        As in `measure`.
    name : str or sequence of str
        Measures, a family, or ``all`` (default).
    language : {"en", "es"}
        Of titles and questions.

    Returns
    -------
    DataFrame
        As `measure`, with ``title`` and ``question`` of each measure beside its name; the
        rows of one setting stand together.

    Raises
    ------
    InputError
        As in `measure`.

    Examples
    --------
    >>> groups = Groups.of([0.31, 0.66], population=[3500, 2200])
    >>> summary(groups, ["difference", "mdb_weighted"], draws=0)[["title", "estimate"]].round(3)
                                                   title  estimate
    0                                     Difference (D)     0.350
    1  Mean difference from the best group (MDB), eve...     0.215
    """
    say = read_language(language, domain="measures")
    table = measure(data, name, **options)
    keys = list(table.columns[: table.columns.get_loc("measure")])
    if keys:
        setting = table.groupby(keys, sort=False, dropna=False).ngroup()
        table = table.iloc[np.argsort(setting.to_numpy(), kind="stable")].reset_index(drop=True)
    for offset, column in enumerate(("title", "question"), start=1):
        words = {one: str(say.text(getattr(found, column))) for one, found in MEASURES.items()}
        spoken = table["measure"].astype("str").map(words)
        table.insert(len(keys) + offset, column, spoken)
    return table


def _frame(data: Mapping[str, Any]) -> pd.DataFrame:
    """Return plain arrays as a frame; a single number stands in every row."""
    if all(np.ndim(values) == 0 for values in data.values()):
        return pd.DataFrame({name: [values] for name, values in data.items()})
    return pd.DataFrame({name: values for name, values in data.items() if values is not None})


def _wanted(name: str | Sequence[str], allowed: Any) -> list[Measure]:
    if name == _ALL:
        usual = [family for family in FAMILIES.values() if not family.by_name_only]
        return [one for family in usual for one in family.measures if allowed(one)]
    if isinstance(name, str) and name in FAMILIES and name not in MEASURES:
        family = find_family(name)
        return [one for one in family.measures if allowed(one)]
    names = [name] if isinstance(name, str) else list(name)
    return [find_measure(one) for one in dict.fromkeys(names)]


def _allows(one: Measure, frame: pd.DataFrame, call: Call) -> bool:
    """Whether the observations have the columns of a measure, and the options it needs."""
    given = {key for key, value in call.options.items() if value is not None}
    if "target" in frame:
        given.add("target")
    needs = _OPTIONS & {*one.needs}
    if not set(one.columns) <= {*frame.columns} or not needs <= given:
        return False
    return one.family not in {"trend", "change"} or len(pd.unique(frame["period"])) > 1


def _groups_allow(one: Measure, groups: Groups) -> bool:
    lacking = set() if groups.ordered else {"order"}
    lacking |= set() if groups.reference is not None else {"reference"}
    return one.family == INEQUALITY.name and not lacking & {*one.needs}


def _groups_blocks(groups: Groups, wanted: Iterable[Measure], call: Call) -> list[Block]:
    measures, problems = list(wanted), Problems()
    for one in measures:
        if one.family != INEQUALITY.name:
            problems.add(
                "measure",
                "is not worked out from Groups",
                value=one.name,
                remedy="Pass a frame or a mapping of arrays.",
            )
    problems.raise_if_any()
    return blocks_of_groups(groups, measures, call)


def _by_family(wanted: Sequence[Measure]) -> list[tuple[Family, list[Measure]]]:
    names = dict.fromkeys(one.family for one in wanted)
    return [(FAMILIES[name], [one for one in wanted if one.family == name]) for name in names]


def _check_options(options: Mapping[str, Any]) -> None:
    known = sorted({word for family in FAMILIES.values() for word in family.options})
    problems = Problems()
    for word in options:
        if word not in known:
            problems.add(
                "options",
                "is not known",
                value=word,
                allowed=", ".join(["by", "polarity", "unit", "level", *known]),
                remedy=did_you_mean(word, known),
            )
    problems.raise_if_any()
