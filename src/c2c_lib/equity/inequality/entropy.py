"""Mean log deviation and Theil index: inequality as lost entropy."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import special

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.equality import proven_unequal
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality, normal_limits
from c2c_lib.equity.inequality.sources import AHN
from c2c_lib.equity.inequality.variance import variance_error

__all__ = ["ENTRIES", "mean_log_deviation", "mean_log_deviation_value", "theil", "theil_value"]

_PER_THOUSAND = 1000.0


def mean_log_deviation_value(groups: Groups) -> FloatArray:
    """Return the mean log deviation without its precision."""
    p, r = groups.shares, _relative(groups)
    with np.errstate(divide="ignore"):
        logs = np.where(p > 0, np.log(np.where(p > 0, r, 1.0)), 0.0)
    value = -_PER_THOUSAND * (np.where(p > 0, p, 0.0) * logs).sum(axis=-1) + 0.0
    return groups.known_if(np.where(np.isnan(groups.mean), np.nan, value))


def theil_value(groups: Groups) -> FloatArray:
    """Return the Theil index without its precision."""
    p, r = groups.shares, _relative(groups)
    return groups.known_if(_PER_THOUSAND * (p * special.xlogy(r, r)).sum(axis=-1))


def mean_log_deviation(groups: Groups, level: float = 0.95) -> Inequality:
    r"""Return the mean log deviation (MLD), times 1,000.

    Parameters
    ----------
    groups : Groups
        With populations; standard errors for the interval.
    level : float
        Confidence level as a share.

    Returns
    -------
    Inequality
        Without unit, times 1,000. 0 for one group or equal groups; *infinite* where a group
        that has children has the figure 0 (choose Theil's index there); NaN where the
        average is 0 or a population unknown.

    Notes
    -----
    .. math:: MLD = 1000 \sum_j p_j (-\ln r_j), \quad r_j = y_j / \mu, \qquad
       SE = 1000 \sqrt{\sum_j (p_j s_j / \mu)^2 (1 - 1/r_j)^2}

    Estimate *and* standard error are on the scale times 1,000, so that the limits are
    :math:`MLD \pm z\,SE`.

    The formula is the first term of the delta method, which vanishes where the figures are
    equal and would call equality certain. Where Cochran's test does not tell the figures
    apart, the standard error is that of the second term, :math:`1000\,BGV / (2 \mu^2)`
    (see `between_group_variance`), if it is larger.

    References
    ----------
    Ahn et al. 2018, JCO Clin Cancer Inform 2:1-19. Theil 1967, Economics and information
    theory.

    Examples
    --------
    >>> groups = Groups.of([0.3, 0.5], population=[100, 300], standard_error=[0.04, 0.03])
    >>> found = mean_log_deviation(groups)
    >>> print(f"{found.estimate:.2f} ({found.standard_error:.2f})")
    22.35 (12.18)
    """
    p, r = groups.shares, _relative(groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(p > 0, 1 - 1 / r, 0.0)
        terms = np.where(p > 0, p * _relative_error(groups) * slope, 0.0)
        error = _PER_THOUSAND * np.sqrt((terms**2).sum(axis=-1))
    error = _near_equality(groups, error, level)
    return normal_limits(mean_log_deviation_value(groups), error, level)


def theil(groups: Groups, level: float = 0.95) -> Inequality:
    r"""Return the Theil index (TI), times 1,000.

    Parameters
    ----------
    groups, level
        As in `mean_log_deviation`.

    Returns
    -------
    Inequality
        Without unit, times 1,000. 0 for one group or equal groups; a figure of 0 counts as
        :math:`0 \ln 0 = 0`; NaN where the average is 0 or a population unknown. The limits
        are NaN where a figure is 0, because the formula's slope is infinite there.

    Notes
    -----
    .. math:: TI = 1000 \sum_j p_j r_j \ln r_j, \qquad
       SE = 1000 \sqrt{\sum_j (p_j s_j / \mu)^2 \big(1 + \ln r_j -
       \sum_i p_i r_i (1 + \ln r_i)\big)^2}

    Estimate and standard error are both on the scale times 1,000. Near equality the
    standard error is that of the second term, as in `mean_log_deviation`.

    References
    ----------
    As in `mean_log_deviation`.

    Examples
    --------
    >>> groups = Groups.of([0.3, 0.5], population=[100, 300], standard_error=[0.04, 0.03])
    >>> found = theil(groups)
    >>> print(f"{found.estimate:.2f} ({found.standard_error:.2f})")
    20.22 (10.37)
    """
    p, r = groups.shares, _relative(groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(r)
        middle = (p * (r + special.xlogy(r, r))).sum(axis=-1, keepdims=True)
        terms = np.where(p > 0, p * _relative_error(groups) * (1 + logs - middle), 0.0)
        error = _PER_THOUSAND * np.sqrt((terms**2).sum(axis=-1))
    error = _near_equality(groups, error, level)
    return normal_limits(theil_value(groups), error, level)


def _relative(groups: Groups) -> FloatArray:
    """Return each figure through the average; 1 where there is no group."""
    mean = groups.mean[..., None]
    r = groups.filled(0.0) / np.where(mean == 0, np.nan, mean)
    return np.where(groups.present, r, 1.0)


def _near_equality(groups: Groups, error: FloatArray, level: float) -> FloatArray:
    """Return the error of the second term where the first one says too little."""
    mean = np.where(groups.mean == 0, np.nan, groups.mean)
    second = _PER_THOUSAND * variance_error(groups) / (2 * mean**2)
    unclear = ~proven_unequal(groups, level) & (second > error)
    return np.where(groups.count == 1, 0.0, np.where(unclear, second, error))


def _relative_error(groups: Groups) -> FloatArray:
    mean = groups.mean[..., None]
    return np.asarray(groups.standard_error / np.where(mean == 0, np.nan, mean))


ENTRIES: Final = (
    GroupMeasure(
        name="mld",
        title="Mean log deviation (MLD)",
        question="How unequal are the groups relative to the average, low figures counting most?",
        formula="1000 sum p_j (-ln(y_j / mu))",
        citation=AHN,
        unit="thousandths",
        columns=("group", "estimate", "denominator"),
        needs=("populations",),
        scaled="unchanged",
        value=mean_log_deviation_value,
        analytic=mean_log_deviation,
    ),
    GroupMeasure(
        name="theil",
        title="Theil index (TI)",
        question="How unequal are the groups relative to the average, high figures counting most?",
        formula="1000 sum p_j (y_j / mu) ln(y_j / mu)",
        citation=AHN,
        unit="thousandths",
        columns=("group", "estimate", "denominator"),
        needs=("populations",),
        scaled="unchanged",
        value=theil_value,
        analytic=theil,
    ),
)
