"""Population attributable risk and fraction: what if all did as well as the best group."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality, normal_limits
from c2c_lib.equity.inequality.sources import WALTER

__all__ = [
    "ENTRIES",
    "attributable_fraction",
    "attributable_fraction_value",
    "attributable_risk",
    "attributable_risk_value",
]


def attributable_risk_value(groups: Groups) -> FloatArray:
    """Return the population attributable risk without its precision."""
    mean = groups.mean
    gain = groups.at(groups.estimate, _goal(groups)) - mean
    better = gain * groups.direction > 0
    return groups.directed(groups.known_if(np.where(better, gain, 0.0 * gain)))


def attributable_fraction_value(groups: Groups) -> FloatArray:
    """Return the population attributable fraction without its precision."""
    mean = groups.mean
    return np.asarray(100 * attributable_risk_value(groups) / np.where(mean == 0, np.nan, mean))


def attributable_risk(groups: Groups, level: float = 0.95) -> Inequality:
    r"""Return the population attributable risk (PAR).

    Parameters
    ----------
    groups : Groups
        With populations. The goal is the best-off group of ordered groups, otherwise the
        group with the best figure; a declared reference does not change it.
    level : float
        Confidence level as a share.

    Returns
    -------
    Inequality
        By how much the setting average would move if every group did as well as the goal,
        in the unit of the indicator: 0 or more where higher is better, 0 or less where
        lower is better, and 0 where the goal is worse than the average. NaN for neutral
        indicators and where a population is unknown.

    Notes
    -----
    :math:`PAR = y_{goal} - \mu`. Its standard error is :math:`\mu` times that of the
    fraction (see `attributable_fraction`); limits :math:`PAR \pm z\,SE`, also where PAR was
    set to 0.

    References
    ----------
    Walter 1978, Biometrics 34:487-498. WHO 2024, Inequality monitoring, annex.

    Examples
    --------
    >>> groups = Groups.of([0.3, 0.5], population=[100, 300])
    >>> round(float(attributable_risk(groups).estimate), 3)
    0.05
    """
    error = groups.mean * _fraction_error(groups)
    return normal_limits(attributable_risk_value(groups), error, level)


def attributable_fraction(groups: Groups, level: float = 0.95) -> Inequality:
    r"""Return the population attributable fraction (PAF): PAR in percent of the average.

    Parameters
    ----------
    groups, level
        As in `attributable_risk`.

    Returns
    -------
    Inequality
        In percent, standard error and limits too; NaN where the average is 0.

    Notes
    -----
    :math:`PAF = 100 (y_{goal} - \mu) / \mu`. With c children counted in the goal group, d
    others in it, a children counted and b others outside, and N in all, Walter's standard
    error is

    .. math:: SE = 100 \sqrt{\frac{c N (a d (N - c) + b c^2)}{(a + c)^3 (c + d)^3}}

    It rests on the counts, as if the children were a simple sample, and is not defined
    where the goal group has none counted. For survey estimates (`Groups.survey`), whose
    counts say nothing about precision, the standard error is the delta method's,
    :math:`\frac{100}{\mu} \sqrt{\sum_j (1[j = goal] - p_j\,y_{goal}/\mu)^2 s_j^2}`. A
    figure without a bound (scale infinite) has no counts either.

    References
    ----------
    As in `attributable_risk`.

    Examples
    --------
    >>> groups = Groups.of([0.3, 0.5], population=[100, 300])
    >>> found = attributable_fraction(groups)
    >>> print(f"{found.estimate:.1f} % ({found.lower:.1f} to {found.upper:.1f})")
    11.1 % (4.8 to 17.4)
    """
    error = 100 * _fraction_error(groups)
    return normal_limits(attributable_fraction_value(groups), error, level)


def _goal(groups: Groups) -> NDArray[np.intp]:
    return groups.top if groups.ordered else groups.best


def _fraction_error(groups: Groups) -> FloatArray:
    """Return the standard error of the fraction, as a proportion."""
    error = np.where(
        groups.survey | np.isinf(groups.scale), _delta_error(groups), _walter_error(groups)
    )
    return np.where(groups.count == 1, 0.0 * groups.mean, error)


def _walter_error(groups: Groups) -> FloatArray:
    goal = _goal(groups)
    n = np.where(groups.present, groups.population, 0.0)
    counted = groups.filled(0.0) / groups.scale[..., None] * n
    total = n.sum(axis=-1)
    c = groups.at(counted, goal)
    inside = groups.at(n, goal)
    d = inside - c
    a = counted.sum(axis=-1) - c
    b = total - a - inside
    with np.errstate(divide="ignore", invalid="ignore"):
        square = c * total * (a * d * (total - c) + b * c**2) / ((a + c) ** 3 * inside**3)
        return np.where(c > 0, np.sqrt(np.maximum(square, 0.0)), np.nan)


def _delta_error(groups: Groups) -> FloatArray:
    goal = _goal(groups)
    mean = np.where(groups.mean == 0, np.nan, groups.mean)
    ratio = (groups.at(groups.estimate, goal) / mean)[..., None]
    chosen = np.arange(groups.estimate.shape[-1]) == goal[..., None]
    slope = chosen - ratio * groups.shares
    terms = np.where(groups.present, slope * groups.standard_error, 0.0)
    return np.asarray(np.sqrt((terms**2).sum(axis=-1)) / mean)


ENTRIES: Final = (
    GroupMeasure(
        name="par",
        title="Population attributable risk (PAR)",
        question="How much would the average move if every group did as well as the best?",
        formula="y_best - mu (0 if the best-off group is worse than the average)",
        citation=WALTER,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("populations", "direction"),
        scaled="times c",
        shifted="unchanged",
        value=attributable_risk_value,
        analytic=attributable_risk,
        range_by="search",
    ),
    GroupMeasure(
        name="paf",
        title="Population attributable fraction (PAF)",
        question="By what percent would the average move if every group did as well as the best?",
        formula="100 (y_best - mu) / mu",
        citation=WALTER,
        unit="percent",
        columns=("group", "estimate", "denominator"),
        needs=("populations", "direction"),
        scaled="unchanged",
        value=attributable_fraction_value,
        analytic=attributable_fraction,
        range_by="search",
    ),
)
