"""Between-group variance, its root, and its root relative to the average."""

from __future__ import annotations

import numpy as np

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.result import Inequality, normal_limits
from c2c_lib.equity.inequality.simulate import Seed, simulated

__all__ = [
    "between_group_deviation",
    "between_group_variance",
    "coefficient_between_groups",
    "coefficient_value",
    "deviation_value",
    "variance_error",
    "variance_value",
]


def variance_value(groups: Groups) -> FloatArray:
    """Return the between-group variance without its precision."""
    p, y = groups.shares, groups.filled(0.0)
    mean = (p * y).sum(axis=-1, keepdims=True)
    return groups.known_if((p * (y - mean) ** 2).sum(axis=-1))


def deviation_value(groups: Groups) -> FloatArray:
    """Return the between-group standard deviation without its precision."""
    return np.asarray(np.sqrt(variance_value(groups)))


def coefficient_value(groups: Groups) -> FloatArray:
    """Return the coefficient of variation between groups without its precision."""
    mean = groups.mean
    return np.asarray(100 * deviation_value(groups) / np.where(mean == 0, np.nan, mean))


def between_group_variance(groups: Groups, level: float = 0.95) -> Inequality:
    r"""Return the between-group variance (BGV).

    Parameters
    ----------
    groups : Groups
        With populations; standard errors for the interval.
    level : float
        Confidence level as a share.

    Returns
    -------
    Inequality
        In the *square* of the indicator's unit. 0 for one group or equal groups; NaN where
        a population is unknown or all are 0. The lower limit may be below 0.

    Notes
    -----
    .. math:: BGV = \sum_j p_j (y_j - \mu)^2, \qquad
       SE = \sqrt{4 \sum p_j^2 s_j^2 (y_j-\mu)^2 + 2 \big[(\sum p_j^2 s_j^2)^2 -
       \sum p_j^4 s_j^4 + \sum p_j^2 (1-p_j)^2 s_j^4\big]}

    the exact standard error of a quadratic form of independent normal estimates, evaluated
    at the estimates; limits :math:`BGV \pm z\,SE`.

    References
    ----------
    Ahn et al. 2018, JCO Clin Cancer Inform 2:1-19. Schlotheuber & Hosseinpoor 2022.

    Examples
    --------
    >>> groups = Groups.of([30, 50], population=[100, 300], standard_error=[4, 3], scale=100)
    >>> round(float(between_group_variance(groups).estimate), 6)
    75.0
    """
    return normal_limits(variance_value(groups), variance_error(groups), level)


def variance_error(groups: Groups) -> FloatArray:
    """Return the standard error of the between-group variance."""
    p, y = groups.shares, groups.filled(0.0)
    s = np.where(groups.present, groups.standard_error, 0.0)
    away = y - groups.mean[..., None]
    inner = (p * s) ** 2
    square = (
        4 * (inner * away**2).sum(axis=-1)
        + 2 * inner.sum(axis=-1) ** 2
        + 2 * (inner * s**2 * ((1 - p) ** 2 - p**2)).sum(axis=-1)
    )
    error = np.sqrt(np.maximum(square, 0.0))
    return np.asarray(np.where(groups.count == 1, 0.0, error))


def between_group_deviation(
    groups: Groups, level: float = 0.95, *, draws: int = 1000, generator: Seed = None
) -> Inequality:
    r"""Return the between-group standard deviation, :math:`BGSD = \sqrt{BGV}`.

    Parameters
    ----------
    groups, level
        As in `between_group_variance`.
    draws, generator
        As in `simulated`, which gives standard error and limits.

    Returns
    -------
    Inequality
        In the unit of the indicator; 0 for one group or equal groups.

    References
    ----------
    Schlotheuber & Hosseinpoor 2022; interval: Li, Dragomir & Luta 2024.

    Examples
    --------
    >>> groups = Groups.of([30, 50], population=[100, 300], scale=100)
    >>> round(float(between_group_deviation(groups).estimate), 3)
    8.66
    """
    return simulated(groups, deviation_value, level, draws=draws, generator=generator)


def coefficient_between_groups(
    groups: Groups, level: float = 0.95, *, draws: int = 1000, generator: Seed = None
) -> Inequality:
    r"""Return the coefficient of variation, :math:`COV = 100 \sqrt{BGV} / \mu`.

    Parameters
    ----------
    groups, level, draws, generator
        As in `between_group_deviation`.

    Returns
    -------
    Inequality
        In percent of the setting average; NaN where that is 0.

    References
    ----------
    As in `between_group_deviation`.

    Examples
    --------
    >>> groups = Groups.of([30, 50], population=[100, 300], scale=100)
    >>> round(float(coefficient_between_groups(groups).estimate), 3)
    19.245
    """
    return simulated(groups, coefficient_value, level, draws=draws, generator=generator)
