"""The measures of Healthy People: extremes, and the best group against the others."""

from __future__ import annotations

from typing import Final

import numpy as np

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality
from c2c_lib.equity.inequality.simulate import Seed, simulated
from c2c_lib.equity.inequality.sources import PEARCY, TALIH

__all__ = [
    "ENTRIES",
    "index_of_disparity",
    "index_of_disparity_value",
    "maximal_difference",
    "maximal_difference_value",
    "maximal_ratio",
    "maximal_ratio_value",
    "summary_difference",
    "summary_difference_value",
    "summary_ratio",
    "summary_ratio_value",
]


def maximal_difference_value(groups: Groups) -> FloatArray:
    """Return the maximal rate difference without its precision."""
    y = groups.estimate
    return groups.known_if(groups.at(y, groups.highest) - groups.at(y, groups.lowest))


def maximal_ratio_value(groups: Groups) -> FloatArray:
    """Return the maximal rate ratio without its precision."""
    y = groups.estimate
    with np.errstate(divide="ignore", invalid="ignore"):
        return groups.known_if(groups.at(y, groups.highest) / groups.at(y, groups.lowest))


def summary_difference_value(groups: Groups) -> FloatArray:
    """Return the summary rate difference without its precision."""
    best, others = _best_and_others(groups)
    return np.asarray(np.abs(best - others))


def summary_ratio_value(groups: Groups) -> FloatArray:
    """Return the summary rate ratio without its precision."""
    best, others = _best_and_others(groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(groups.direction < 0, others / best, best / others)


def index_of_disparity_value(groups: Groups) -> FloatArray:
    """Return the index of disparity without its precision."""
    best, others = _best_and_others(groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(100 * np.abs(others - best) / best)


def maximal_difference(
    groups: Groups, level: float = 0.95, *, draws: int = 1000, generator: Seed = None
) -> Inequality:
    r"""Return the maximal rate difference (MRD), :math:`\max_j y_j - \min_j y_j`.

    Parameters
    ----------
    groups : Groups
        Ordered or not; without populations.
    level : float
        Confidence level as a share.
    draws, generator
        As in `simulated`; the extremes are chosen anew in every draw.

    Returns
    -------
    Inequality
        In the unit of the indicator; 0 for one group or equal groups.

    References
    ----------
    Talih & Huang 2016, Measuring progress toward target attainment and the elimination of
    health disparities in Healthy People 2020, NCHS Statistical Notes 27. Interval: Li,
    Dragomir & Luta 2024.

    Examples
    --------
    >>> float(maximal_difference(Groups.of([30, 50, 42], scale=100)).estimate)
    20.0
    """
    return simulated(groups, maximal_difference_value, level, draws=draws, generator=generator)


def maximal_ratio(
    groups: Groups, level: float = 0.95, *, draws: int = 1000, generator: Seed = None
) -> Inequality:
    r"""Return the maximal rate ratio (MRR), :math:`\max_j y_j / \min_j y_j`.

    Parameters
    ----------
    groups, level, draws, generator
        As in `maximal_difference`.

    Returns
    -------
    Inequality
        Without unit, 1 or more; infinite where only the lowest figure is 0, NaN where all
        are.

    References
    ----------
    As in `maximal_difference`.

    Examples
    --------
    >>> round(float(maximal_ratio(Groups.of([30, 50, 42], scale=100)).estimate), 3)
    1.667
    """
    return simulated(
        groups, maximal_ratio_value, level, floor=1.0, draws=draws, generator=generator
    )


def summary_difference(
    groups: Groups, level: float = 0.95, *, draws: int = 1000, generator: Seed = None
) -> Inequality:
    r"""Return the summary rate difference (SRD): the best group against the mean of the others.

    Parameters
    ----------
    groups, level, draws, generator
        As in `maximal_difference`; needs a direction and at least two groups.

    Returns
    -------
    Inequality
        In the unit of the indicator, 0 or more; NaN with one group and for neutral
        indicators.

    Notes
    -----
    :math:`|y_{best} - \frac{1}{k-1}\sum_{j \ne best} y_j|`. Every group counts the same:
    the mean of the others is *not* weighted by population.

    References
    ----------
    As in `maximal_difference`.

    Examples
    --------
    >>> float(summary_difference(Groups.of([30, 50, 42], scale=100)).estimate)
    14.0
    """
    return simulated(groups, summary_difference_value, level, draws=draws, generator=generator)


def summary_ratio(
    groups: Groups, level: float = 0.95, *, draws: int = 1000, generator: Seed = None
) -> Inequality:
    r"""Return the summary rate ratio (SRR): the best group against the mean of the others.

    Parameters
    ----------
    groups, level, draws, generator
        As in `summary_difference`.

    Returns
    -------
    Inequality
        Without unit, 1 or more: best through others where higher is better, others through
        best where lower is better. Infinite where only the divisor is 0.

    References
    ----------
    As in `maximal_difference`.

    Examples
    --------
    >>> round(float(summary_ratio(Groups.of([30, 50, 42], scale=100)).estimate), 3)
    1.389
    """
    return simulated(
        groups, summary_ratio_value, level, floor=1.0, draws=draws, generator=generator
    )


def index_of_disparity(
    groups: Groups, level: float = 0.95, *, draws: int = 1000, generator: Seed = None
) -> Inequality:
    r"""Return the index of disparity: the mean gap of the others, in percent of the best.

    Parameters
    ----------
    groups, level, draws, generator
        As in `summary_difference`.

    Returns
    -------
    Inequality
        In percent; NaN with one group and for neutral indicators, infinite where only the
        best figure is 0.

    Notes
    -----
    :math:`\frac{100}{k-1} \sum_{j \ne best} |y_j - y_{best}| / y_{best}`, which is
    100 (SRR - 1) where lower is better and 100 (1 - 1/SRR) where higher is better.

    References
    ----------
    Pearcy & Keppel 2002, Public Health Rep 117:273-280.

    Examples
    --------
    >>> float(index_of_disparity(Groups.of([30, 50, 42], scale=100)).estimate)
    28.0
    """
    return simulated(groups, index_of_disparity_value, level, draws=draws, generator=generator)


def _best_and_others(groups: Groups) -> tuple[FloatArray, FloatArray]:
    best = groups.at(groups.estimate, groups.best)
    rest = groups.filled(0.0).sum(axis=-1) - best
    others = rest / np.where(groups.count > 1, groups.count - 1, np.nan)
    return groups.directed(best), others


ENTRIES: Final = (
    GroupMeasure(
        name="mrd",
        title="Maximal rate difference (MRD)",
        question="How far apart are the highest and the lowest group?",
        formula="max y_j - min y_j",
        citation=TALIH,
        unit="indicator",
        scaled="times c",
        shifted="unchanged",
        value=maximal_difference_value,
    ),
    GroupMeasure(
        name="mrr",
        title="Maximal rate ratio (MRR)",
        question="How many times is the highest group's figure the lowest's?",
        formula="max y_j / min y_j",
        citation=TALIH,
        unit="ratio",
        scaled="unchanged",
        equal=1.0,
        value=maximal_ratio_value,
    ),
    GroupMeasure(
        name="srd",
        title="Summary rate difference (SRD)",
        question="How far is the best group ahead of the mean of the others?",
        formula="|y_best - mean of the other k-1|",
        citation=TALIH,
        unit="indicator",
        needs=("direction",),
        scaled="times c",
        shifted="unchanged",
        value=summary_difference_value,
    ),
    GroupMeasure(
        name="srr",
        title="Summary rate ratio (SRR)",
        question="How many times better is the best group than the mean of the others?",
        formula="y_best / mean of the other k-1, or its inverse, so that it is 1 or more",
        citation=TALIH,
        unit="ratio",
        needs=("direction",),
        scaled="unchanged",
        equal=1.0,
        value=summary_ratio_value,
    ),
    GroupMeasure(
        name="index_of_disparity",
        title="Index of disparity (Pearcy & Keppel)",
        question="How far are the other groups from the best, in percent of the best?",
        formula="100/(k-1) sum |y_j - y_best| / y_best",
        citation=PEARCY,
        unit="percent",
        needs=("direction",),
        scaled="unchanged",
        value=index_of_disparity_value,
    ),
)
