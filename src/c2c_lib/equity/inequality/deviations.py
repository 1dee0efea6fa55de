"""Mean absolute deviations: from the average, the best group, the reference group."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality
from c2c_lib.equity.inequality.simulate import Seed, simulated
from c2c_lib.equity.inequality.sources import SCHLOTHEUBER

__all__ = [
    "ENTRIES",
    "from_best",
    "from_best_value",
    "from_mean",
    "from_mean_value",
    "from_reference",
    "from_reference_value",
    "relative_from_mean",
    "relative_from_mean_value",
]


def from_mean_value(groups: Groups, *, weighted: bool) -> FloatArray:
    """Return the mean deviation from the average without its precision."""
    return _mean_deviation(groups, groups.mean, weighted=weighted)


def relative_from_mean_value(groups: Groups, *, weighted: bool) -> FloatArray:
    """Return the mean relative deviation from the average without its precision."""
    mean = groups.mean
    relative = from_mean_value(groups, weighted=weighted) / np.where(mean == 0, np.nan, mean)
    return np.asarray(100 * relative)


def from_best_value(groups: Groups, *, weighted: bool) -> FloatArray:
    """Return the mean deviation from the best group without its precision."""
    best = groups.at(groups.estimate, groups.best)
    return groups.directed(_mean_deviation(groups, best, weighted=weighted))


def from_reference_value(groups: Groups, *, weighted: bool) -> FloatArray:
    """Return the mean deviation from the reference group without its precision."""
    marks = groups.needs_reference("mdr")
    there = np.broadcast_to(marks, groups.estimate.shape)
    position = np.argmax(there, axis=-1)
    reference = np.where(there.any(axis=-1), groups.at(groups.estimate, position), np.nan)
    return _mean_deviation(groups, reference, weighted=weighted)


def _mean_deviation(groups: Groups, centre: FloatArray, *, weighted: bool) -> FloatArray:
    away = np.where(groups.present, np.abs(groups.filled(0.0) - centre[..., None]), 0.0)
    if weighted:
        return groups.known_if((groups.shares * away).sum(axis=-1))
    return groups.known_if(
        np.where(np.isnan(centre), np.nan, away.sum(axis=-1) / np.maximum(groups.count, 1))
    )


def from_mean(
    groups: Groups,
    level: float = 0.95,
    *,
    weighted: bool = True,
    draws: int = 1000,
    generator: Seed = None,
) -> Inequality:
    r"""Return the mean difference from the setting average (MDM).

    Parameters
    ----------
    groups : Groups
        With populations: the average is weighted in both forms.
    level : float
        Confidence level as a share.
    weighted : bool
        Whether every child (True) or every group (False) counts the same.
    draws, generator
        As in `simulated`, which gives standard error and limits.

    Returns
    -------
    Inequality
        In the unit of the indicator. 0 for one group or equal groups; NaN where a
        population is unknown.

    Notes
    -----
    Weighted :math:`\sum_j p_j |y_j - \mu|`, unweighted :math:`\frac1k \sum_j |y_j - \mu|`.

    References
    ----------
    WHO 2024, Inequality monitoring, annex; Schlotheuber & Hosseinpoor 2022. Interval: Li,
    Dragomir & Luta 2024, Int J Environ Res Public Health 21:208.

    Examples
    --------
    >>> groups = Groups.of([30, 50], population=[100, 300], scale=100)
    >>> float(from_mean(groups).estimate), float(from_mean(groups, weighted=False).estimate)
    (7.5, 10.0)
    """
    value = partial(from_mean_value, weighted=weighted)
    return simulated(groups, value, level, draws=draws, generator=generator)


def relative_from_mean(
    groups: Groups,
    level: float = 0.95,
    *,
    weighted: bool = True,
    draws: int = 1000,
    generator: Seed = None,
) -> Inequality:
    r"""Return the index of disparity from the average (IDIS): MDM in percent of the average.

    Parameters
    ----------
    groups, level, weighted, draws, generator
        As in `from_mean`.

    Returns
    -------
    Inequality
        In percent; NaN where the average is 0 or a population is unknown.

    Notes
    -----
    Weighted :math:`100 \sum_j p_j |y_j - \mu| / \mu`, unweighted
    :math:`\frac{100}{k} \sum_j |y_j - \mu| / \mu`. The average is worked out anew in every
    draw.

    References
    ----------
    As in `from_mean`. Pearcy & Keppel 2002, Public Health Rep 117:273-280.

    Examples
    --------
    >>> groups = Groups.of([30, 50], population=[100, 300], scale=100)
    >>> round(float(relative_from_mean(groups).estimate), 3)
    16.667
    """
    value = partial(relative_from_mean_value, weighted=weighted)
    return simulated(groups, value, level, draws=draws, generator=generator)


def from_best(
    groups: Groups,
    level: float = 0.95,
    *,
    weighted: bool = True,
    draws: int = 1000,
    generator: Seed = None,
) -> Inequality:
    r"""Return the mean difference from the best group (MDB).

    Parameters
    ----------
    groups, level, weighted, draws, generator
        As in `from_mean`; the unweighted form needs no populations.

    Returns
    -------
    Inequality
        In the unit of the indicator; 0 for one group or equal groups; NaN for neutral
        indicators.

    Notes
    -----
    Weighted :math:`\sum_j p_j |y_j - y_{best}|`, unweighted
    :math:`\frac1k \sum_j |y_j - y_{best}|`, where the best figure is the highest or, if
    lower is better, the lowest. The best group is chosen anew in every draw.

    References
    ----------
    As in `from_mean`.

    Examples
    --------
    >>> groups = Groups.of([30, 50], population=[100, 300], scale=100)
    >>> float(from_best(groups).estimate), float(from_best(groups, weighted=False).estimate)
    (5.0, 10.0)
    """
    value = partial(from_best_value, weighted=weighted)
    return simulated(groups, value, level, draws=draws, generator=generator)


def from_reference(
    groups: Groups,
    level: float = 0.95,
    *,
    weighted: bool = True,
    draws: int = 1000,
    generator: Seed = None,
) -> Inequality:
    r"""Return the mean difference from the declared reference group (MDR).

    Parameters
    ----------
    groups, level, weighted, draws, generator
        As in `from_mean`; a reference must be declared.

    Returns
    -------
    Inequality
        In the unit of the indicator; NaN where the reference has no figure.

    Raises
    ------
    InputError
        If no reference was declared.

    Notes
    -----
    Weighted :math:`\sum_j p_j |y_j - y_{ref}|`, unweighted
    :math:`\frac1k \sum_j |y_j - y_{ref}|`.

    References
    ----------
    As in `from_mean`.

    Examples
    --------
    >>> groups = Groups.of([30, 50], population=[100, 300], reference=[1, 0], scale=100)
    >>> float(from_reference(groups).estimate)
    15.0
    """
    value = partial(from_reference_value, weighted=weighted)
    return simulated(groups, value, level, draws=draws, generator=generator)


ENTRIES: Final = (
    GroupMeasure(
        name="idis",
        title="Index of disparity from the average (IDIS), every group alike",
        question="How far from the average is the average group, in percent of the average?",
        formula="100/k sum |y_j - mu| / mu",
        citation=SCHLOTHEUBER,
        unit="percent",
        columns=("group", "estimate", "denominator"),
        needs=("populations",),
        scaled="unchanged",
        value=partial(relative_from_mean_value, weighted=False),
    ),
    GroupMeasure(
        name="idis_weighted",
        title="Index of disparity from the average (IDIS), every child alike",
        question="How far from the average is the average child's group, in percent of it?",
        formula="100 sum p_j |y_j - mu| / mu",
        citation=SCHLOTHEUBER,
        unit="percent",
        columns=("group", "estimate", "denominator"),
        needs=("populations",),
        scaled="unchanged",
        value=partial(relative_from_mean_value, weighted=True),
    ),
    GroupMeasure(
        name="mdm",
        title="Mean difference from the average (MDM), every group alike",
        question="How far from the average is the average group?",
        formula="1/k sum |y_j - mu|",
        citation=SCHLOTHEUBER,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("populations",),
        scaled="times c",
        shifted="unchanged",
        value=partial(from_mean_value, weighted=False),
    ),
    GroupMeasure(
        name="mdm_weighted",
        title="Mean difference from the average (MDM), every child alike",
        question="How far from the average is the average child's group?",
        formula="sum p_j |y_j - mu|",
        citation=SCHLOTHEUBER,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("populations",),
        scaled="times c",
        shifted="unchanged",
        value=partial(from_mean_value, weighted=True),
    ),
    GroupMeasure(
        name="mdb",
        title="Mean difference from the best group (MDB), every group alike",
        question="How far from the best group is the average group?",
        formula="1/k sum |y_j - y_best|",
        citation=SCHLOTHEUBER,
        unit="indicator",
        needs=("direction",),
        scaled="times c",
        shifted="unchanged",
        value=partial(from_best_value, weighted=False),
    ),
    GroupMeasure(
        name="mdb_weighted",
        title="Mean difference from the best group (MDB), every child alike",
        question="How far from the best group is the average child's group?",
        formula="sum p_j |y_j - y_best|",
        citation=SCHLOTHEUBER,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("direction", "populations"),
        scaled="times c",
        shifted="unchanged",
        value=partial(from_best_value, weighted=True),
    ),
    GroupMeasure(
        name="mdr",
        title="Mean difference from the reference group (MDR), every group alike",
        question="How far from the reference group is the average group?",
        formula="1/k sum |y_j - y_ref|",
        citation=SCHLOTHEUBER,
        unit="indicator",
        needs=("reference",),
        scaled="times c",
        shifted="unchanged",
        value=partial(from_reference_value, weighted=False),
    ),
    GroupMeasure(
        name="mdr_weighted",
        title="Mean difference from the reference group (MDR), every child alike",
        question="How far from the reference group is the average child's group?",
        formula="sum p_j |y_j - y_ref|",
        citation=SCHLOTHEUBER,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("reference", "populations"),
        scaled="times c",
        shifted="unchanged",
        value=partial(from_reference_value, weighted=True),
    ),
)
