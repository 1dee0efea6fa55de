"""Concentration indices: how a figure leans towards the better-off groups."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from c2c_lib.equity.arrays import FloatArray, check_choice
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality, normal_limits
from c2c_lib.equity.inequality.sources import KAKWANI

__all__ = [
    "ENTRIES",
    "Correction",
    "absolute_concentration",
    "absolute_concentration_value",
    "relative_concentration",
    "relative_concentration_value",
]

Correction: TypeAlias = Literal["none", "wagstaff", "erreygers"]
IndexVariance: TypeAlias = Literal["errors", "regression"]


def absolute_concentration_value(groups: Groups) -> FloatArray:
    """Return the absolute concentration index without its precision."""
    groups.needs_order("aci")
    centred = groups.filled(0.0) - groups.mean[..., None]
    rank = _centred_rank(groups)
    return groups.known_if(2 * (groups.shares * centred * rank).sum(axis=-1))


def relative_concentration_value(groups: Groups, *, correction: Correction = "none") -> FloatArray:
    """Return the relative concentration index without its precision."""
    return np.asarray(absolute_concentration_value(groups) * _factor(groups, correction))


def absolute_concentration(
    groups: Groups, level: float = 0.95, *, variance: IndexVariance = "errors"
) -> Inequality:
    r"""Return the absolute concentration index (ACI).

    Parameters
    ----------
    groups : Groups
        Ordered, with populations.
    level : float
        Confidence level as a share.
    variance : {"errors", "regression"}
        What the standard error rests on: the standard errors of the groups (default, the
        delta method), or the scatter of the groups around the line of the convenient
        regression, which needs no standard errors but at least three groups, and measures
        lack of fit rather than chance.

    Returns
    -------
    Inequality
        In the unit of the indicator; above 0 where the better-off groups have the higher
        figures. 0 for one group or equal groups.

    Raises
    ------
    InputError
        If the groups are not ordered, or the variance is not known.

    Notes
    -----
    With ridits :math:`R_j` (cumulative share less half of the own share, from the
    worst-off)

    .. math:: ACI = 2 \sum_j p_j (y_j - \mu)(R_j - \tfrac12), \qquad
       SE = \sqrt{\sum_j \big(2 p_j (R_j - \tfrac12) s_j\big)^2}

    which is exact, because the index is linear in the figures. The regression is
    :math:`2 \sigma_R^2 y_j = \alpha + \beta R_j` with weights :math:`n_j`, so that
    :math:`\beta = ACI`.

    References
    ----------
    Kakwani, Wagstaff & van Doorslaer 1997, J Econometrics 77:87-103. Ahn et al. 2019, Stat
    Med 38:62-73.

    Examples
    --------
    >>> groups = Groups.of([30, 40, 50], population=[100, 100, 100], order=[1, 2, 3],
    ...                    standard_error=[3, 3, 3], scale=100)
    >>> found = absolute_concentration(groups)
    >>> print(f"{found.estimate:.3f} ({found.standard_error:.3f})")
    4.444 (0.943)
    """
    check_choice("variance", variance, get_args(IndexVariance))
    value = absolute_concentration_value(groups)
    if variance == "regression":
        return normal_limits(value, _regression_error(groups), level)
    return normal_limits(value, _delta_error(groups, _slopes(groups)), level)


def relative_concentration(
    groups: Groups,
    level: float = 0.95,
    *,
    correction: Correction = "none",
    variance: IndexVariance = "errors",
) -> Inequality:
    r"""Return the relative concentration index (RCI), plain or corrected for its bounds.

    Parameters
    ----------
    groups, level, variance
        As in `absolute_concentration`.
    correction : {"none", "wagstaff", "erreygers"}
        For figures with an upper bound b (the scale of the groups): Wagstaff's index can
        always reach -1 and 1, Erreygers's gives the mirrored value for the complement.

    Returns
    -------
    Inequality
        Without unit. NaN where the average is 0, or where it is the bound (Wagstaff), or
        where a correction is asked for and there is no bound.

    Raises
    ------
    InputError
        As in `absolute_concentration`, or if the correction is not known.

    Notes
    -----
    :math:`RCI = ACI / \mu`, Wagstaff :math:`ACI\,b / (\mu (b - \mu))`, Erreygers
    :math:`4\,ACI / b`. The delta method takes into account that the average is estimated
    too; the regression takes it for fixed, as is the convention.

    References
    ----------
    Wagstaff 2005, Health Econ 14:429-432. Erreygers 2009, J Health Econ 28:504-515.

    Examples
    --------
    >>> groups = Groups.of([30, 40, 50], population=[100, 100, 100], order=[1, 2, 3],
    ...                    standard_error=[3, 3, 3], scale=100)
    >>> [round(float(relative_concentration(groups, correction=c).estimate), 4)
    ...  for c in ("none", "wagstaff", "erreygers")]
    [0.1111, 0.1852, 0.1778]
    """
    check_choice("correction", correction, get_args(Correction))
    check_choice("variance", variance, get_args(IndexVariance))
    factor = _factor(groups, correction)
    absolute = absolute_concentration_value(groups)
    if variance == "regression":
        error = np.abs(factor) * _regression_error(groups)
    else:
        change = _factor_slope(groups, correction)
        slopes = (
            _slopes(groups) * factor[..., None] + groups.shares * (absolute * change)[..., None]
        )
        error = _delta_error(groups, slopes)
    return normal_limits(absolute * factor, error, level)


def _centred_rank(groups: Groups) -> FloatArray:
    """Return the ridits less their mean, which is 1/2 where the setting ranks itself."""
    rank = groups.ridits
    return np.asarray(rank - (groups.shares * rank).sum(axis=-1, keepdims=True))


def _factor(groups: Groups, correction: Correction) -> FloatArray:
    """Return what the absolute index is multiplied by."""
    mean, bound = groups.mean, np.where(np.isinf(groups.scale), np.nan, groups.scale)
    mean = np.where(mean == 0, np.nan, mean)
    if correction == "none":
        return np.asarray(1 / mean)
    if correction == "erreygers":
        return np.asarray(4 / bound + 0 * groups.mean)
    return np.asarray(bound / (mean * np.where(bound == mean, np.nan, bound - mean)))


def _factor_slope(groups: Groups, correction: Correction) -> FloatArray:
    """Return the derivative of the factor with respect to the average."""
    factor, mean = _factor(groups, correction), groups.mean
    if correction == "none":
        return -(factor**2)
    if correction == "erreygers":
        return 0.0 * factor
    bound = np.where(np.isinf(groups.scale), np.nan, groups.scale)
    return np.asarray(-(factor**2) * (bound - 2 * mean) / bound)


def _slopes(groups: Groups) -> FloatArray:
    """Return the derivative of the absolute index with respect to each figure."""
    groups.needs_order("aci")
    return np.asarray(2 * groups.shares * _centred_rank(groups))


def _delta_error(groups: Groups, slopes: FloatArray) -> FloatArray:
    terms = np.where(groups.present, slopes * groups.standard_error, 0.0)
    error = np.sqrt((terms**2).sum(axis=-1))
    return np.where(groups.count == 1, 0.0 * groups.mean, error)


def _regression_error(groups: Groups) -> FloatArray:
    """Return the standard error of the slope of the convenient regression."""
    groups.needs_order("aci")
    p, rank = groups.shares, _centred_rank(groups)
    spread = (p * rank**2).sum(axis=-1, keepdims=True)
    away = groups.filled(0.0) - groups.mean[..., None]
    index = absolute_concentration_value(groups)[..., None]
    residual = 2 * spread * away - index * rank
    free = groups.count - 2
    with np.errstate(divide="ignore", invalid="ignore"):
        square = (p * residual**2).sum(axis=-1) / np.where(free > 0, free, np.nan)
        return np.asarray(np.sqrt(square / spread[..., 0]))


ENTRIES: Final = (
    GroupMeasure(
        name="aci",
        title="Absolute concentration index (ACI)",
        question="How strongly does the figure lean towards the better-off groups?",
        formula="2 sum p_j (y_j - mu)(rank_j - 1/2)",
        citation=KAKWANI,
        unit="indicator",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations"),
        scaled="times c",
        shifted="unchanged",
        value=absolute_concentration_value,
        analytic=absolute_concentration,
        range_by="corners",
    ),
    GroupMeasure(
        name="rci",
        title="Relative concentration index (RCI)",
        question="How strongly does the figure lean towards the better-off groups, "
        "relative to the average?",
        formula="ACI / mu",
        citation=KAKWANI,
        unit="none",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations"),
        scaled="unchanged",
        value=relative_concentration_value,
        analytic=relative_concentration,
        range_by="corners",
    ),
    GroupMeasure(
        name="rci_wagstaff",
        title="Relative concentration index, Wagstaff",
        question="How strongly does the figure lean towards the better-off groups, "
        "relative to the average?",
        formula="ACI b / (mu (b - mu))",
        citation="Wagstaff 2005, Health Econ 14:429-432",
        unit="none",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations", "scale"),
        value=partial(relative_concentration_value, correction="wagstaff"),
        analytic=partial(relative_concentration, correction="wagstaff"),
        range_by="search",
    ),
    GroupMeasure(
        name="rci_erreygers",
        title="Relative concentration index, Erreygers",
        question="How strongly does the figure lean towards the better-off groups, "
        "relative to the average?",
        formula="4 ACI / b",
        citation="Erreygers 2009, J Health Econ 28:504-515",
        unit="none",
        columns=("group", "estimate", "denominator"),
        needs=("order", "populations", "scale"),
        scaled="times c",
        shifted="unchanged",
        value=partial(relative_concentration_value, correction="erreygers"),
        analytic=partial(relative_concentration, correction="erreygers"),
        range_by="corners",
    ),
)
