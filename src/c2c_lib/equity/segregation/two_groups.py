"""Segregation indices of two groups: pure formulas on counts, vectorised.

Every function takes the counts of the *two groups*, never a group and a total: giving one
group for the total is the commonest mistake with PySAL's `segregation`, and here it cannot
be made. Leading axes are settings or simulated tables; the last axis runs over the units
(schools, tracts). Units without children count nothing. An index is NaN where a group has no
children at all (0/0).

PySAL's `segregation` gives the same numbers for one table at a time, but no intervals, and brings
numba and LLVM with it; the formulas are tested against it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.errors import InputError, Problem

__all__ = [
    "atkinson_segregation",
    "concentration_profile",
    "correlation_ratio",
    "delta",
    "dissimilarity",
    "entropy_index",
    "gini_segregation",
    "interaction",
    "isolation",
    "minmax",
]


def dissimilarity(group: ArrayLike, other: ArrayLike) -> FloatArray:
    r"""Return the share of either group that would have to move for even shares.

    Notes
    -----
    :math:`D = \frac12 \sum_i |a_i/A - b_i/B|`

    References
    ----------
    Duncan & Duncan 1955, Am Sociol Rev 20:210-217.

    Examples
    --------
    >>> float(dissimilarity([10, 30], [30, 10]))
    0.5
    """
    a, b = _shares(group), _shares(other)
    return np.asarray(np.abs(a - b).sum(axis=-1) / 2)


def gini_segregation(group: ArrayLike, other: ArrayLike) -> FloatArray:
    r"""Return the Gini index of segregation: the area under the segregation curve, doubled.

    Notes
    -----
    :math:`G = \sum_{ij} t_i t_j |p_i - p_j| / (2 T^2 P (1 - P))`, worked out from the sorted
    shares in order of n log n.

    References
    ----------
    Massey & Denton 1988, Social Forces 67:281-315.

    Examples
    --------
    >>> float(gini_segregation([10, 30], [30, 10]))
    0.5
    """
    a, b = _counts(group), _counts(other)
    order = np.argsort(_part(a, a + b), axis=-1, kind="stable")
    a, b = (np.take_along_axis(x, order, axis=-1) for x in (_shares(a), _shares(b)))
    below = np.cumsum(b, axis=-1) - b / 2
    return np.asarray(np.maximum(2 * (a * below).sum(axis=-1) - 1, 0.0))


def entropy_index(group: ArrayLike, other: ArrayLike) -> FloatArray:
    r"""Return Theil's H: how much less diverse the units are than all together.

    Notes
    -----
    :math:`H = \sum_i t_i (E - E_i) / (T E)` with the entropy
    :math:`E = -P \ln P - (1 - P) \ln(1 - P)`; the base of the logarithm cancels.

    References
    ----------
    Theil & Finizza 1971, J Math Sociol 1:187-194.

    Examples
    --------
    >>> round(float(entropy_index([10, 30], [30, 10])), 4)
    0.1887
    """
    a, b = _counts(group), _counts(other)
    t = a + b
    p, whole = _part(a, t), _overall(a, b)
    entropy, of_units = (
        special.entr(whole) + special.entr(1 - whole),
        special.entr(p) + (special.entr(1 - p)),
    )
    inside = (_shares(t) * of_units).sum(axis=-1)
    return np.asarray(1 - inside / np.where(entropy > 0, entropy, np.nan))


def isolation(group: ArrayLike, other: ArrayLike) -> FloatArray:
    r"""Return the share of the own group among the schoolmates of its average child.

    Notes
    -----
    :math:`{}_xP_x^* = \sum_i (a_i/A)(a_i/t_i)`. It depends on how many there are of the group.

    References
    ----------
    Bell 1954, Social Forces 32:357-364. Massey & Denton 1988.

    Examples
    --------
    >>> float(isolation([10, 30], [30, 10]))
    0.625
    """
    a, b = _counts(group), _counts(other)
    return np.asarray((_shares(a) * _part(a, a + b)).sum(axis=-1))


def interaction(group: ArrayLike, other: ArrayLike) -> FloatArray:
    r"""Return the share of the other group among the schoolmates of the group's average child.

    Notes
    -----
    :math:`{}_xP_y^* = \sum_i (a_i/A)(b_i/t_i)`; with two groups it is 1 less the isolation.

    References
    ----------
    Bell 1954, Social Forces 32:357-364.

    Examples
    --------
    >>> float(interaction([10, 30], [30, 10]))
    0.375
    """
    a, b = _counts(group), _counts(other)
    return np.asarray((_shares(a) * _part(b, a + b)).sum(axis=-1))


def correlation_ratio(group: ArrayLike, other: ArrayLike) -> FloatArray:
    r"""Return eta squared: isolation beyond the group's share of all children.

    Notes
    -----
    :math:`\eta^2 = ({}_xP_x^* - P) / (1 - P)`, also called the variance ratio.

    References
    ----------
    Massey & Denton 1988; James & Taeuber 1985, Sociol Methodol 15:1-32.

    Examples
    --------
    >>> float(correlation_ratio([10, 30], [30, 10]))
    0.25
    """
    a, b = _counts(group), _counts(other)
    whole = _overall(a, b)
    return np.asarray((isolation(a, b) - whole) / np.where(whole < 1, 1 - whole, np.nan))


def atkinson_segregation(group: ArrayLike, other: ArrayLike, b: float = 0.5) -> FloatArray:
    r"""Return Atkinson's index of segregation.

    Parameters
    ----------
    group, other : array_like
        Counts.
    b : float
        Between 0 and 1. Below 1/2 units where the group is rare count more, above it units where
        it is frequent.

    Raises
    ------
    InputError
        If `b` is not between 0 and 1.

    Notes
    -----
    :math:`A = 1 - \frac{P}{1-P} \left|\frac{1}{P T} \sum_i (1-p_i)^{1-b} p_i^b t_i
    \right|^{1/(1-b)}`

    References
    ----------
    Atkinson 1970; James & Taeuber 1985; Massey & Denton 1988.

    Examples
    --------
    >>> round(float(atkinson_segregation([10, 30], [30, 10])), 4)
    0.25
    """
    if not 0 < b < 1:
        raise InputError(
            [Problem("b", "is not a weight", value=str(b), allowed="above 0, below 1")]
        )
    x, y = _counts(group), _counts(other)
    share, rest = _shares(x), _shares(y)
    # With the shares of the two groups P and T cancel: A = 1 - (sum s^b r^(1-b))^(1/(1-b)).
    common = (share**b * rest ** (1 - b)).sum(axis=-1)
    return np.asarray(1 - common ** (1 / (1 - b)))


def minmax(group: ArrayLike, other: ArrayLike) -> FloatArray:
    r"""Return the min-max index: one less the overlap of the two distributions.

    Notes
    -----
    :math:`1 - \sum_i \min(a_i/A, b_i/B) / \sum_i \max(a_i/A, b_i/B)`, which is
    :math:`2D/(1+D)`.

    References
    ----------
    O'Sullivan & Wong 2007, Geogr Anal 39:147-168.

    Examples
    --------
    >>> round(float(minmax([10, 30], [30, 10])), 4)
    0.6667
    """
    a, b = _shares(group), _shares(other)
    return np.asarray(1 - np.minimum(a, b).sum(axis=-1) / np.maximum(a, b).sum(axis=-1))


def concentration_profile(
    group: ArrayLike, other: ArrayLike, thresholds: int | None = None
) -> FloatArray:
    r"""Return the index of the concentration profile.

    Parameters
    ----------
    group, other : array_like
        Counts.
    thresholds : int, optional
        Approximate the integrals by so many evenly spaced thresholds, as PySAL does (1000);
        default is exact. The approximation is off by about one over their number: it gives
        0.002 for perfectly even units.

    Raises
    ------
    InputError
        If there are fewer than two thresholds.

    Notes
    -----
    :math:`R = [P - \int_0^P v(t)\,dt + \int_P^1 v(t)\,dt] / (1 - P)` with the share
    :math:`v(t)` of the group that lives in units where it makes up at least t.

    References
    ----------
    Hong & Sadahiro 2014, J Geogr Syst 16:211-231.

    Examples
    --------
    >>> float(concentration_profile([10, 30], [30, 10]))
    0.5
    """
    a, b = _counts(group), _counts(other)
    whole = _overall(a, b)
    share, p = _shares(a), _part(a, a + b)
    if thresholds is None:
        below = (share * np.minimum(p, whole[..., None])).sum(axis=-1)
        above = (share * np.maximum(p - whole[..., None], 0.0)).sum(axis=-1)
    else:
        if thresholds < 2:
            raise InputError(
                [Problem("thresholds", "are too few", value=str(thresholds), allowed="2 or more")]
            )
        grid = np.linspace(0, 1, thresholds)
        curve = (share[..., None, :] * (p[..., None, :] >= grid[:, None])).sum(axis=-1)
        low = grid < whole[..., None]
        below = np.where(low, curve, 0.0).sum(axis=-1) / thresholds
        above = np.where(low, 0.0, curve).sum(axis=-1) / thresholds
    return np.asarray((whole - below + above) / np.where(whole < 1, 1 - whole, np.nan))


def delta(group: ArrayLike, area: ArrayLike) -> FloatArray:
    r"""Return the share of the group that would have to move for an even density.

    Parameters
    ----------
    group : array_like
        Counts of the group.
    area : array_like
        Area of each unit, in any unit.

    Notes
    -----
    :math:`\delta = \frac12 \sum_i |a_i/A - s_i/S|`: a measure of concentration in space, not
    of unevenness between groups.

    References
    ----------
    Hoover 1941, J Econ Hist 1:10-28. Massey & Denton 1988.

    Examples
    --------
    >>> float(delta([10, 30], [3, 1]))
    0.5
    """
    return np.asarray(np.abs(_shares(group) - _shares(area)).sum(axis=-1) / 2)


def _counts(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _shares(values: ArrayLike) -> FloatArray:
    """Return each unit's part of all; NaN where there is nothing to share."""
    counts = _counts(values)
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray(counts / np.where(total > 0, total, np.nan))


def _part(a: FloatArray, t: FloatArray) -> FloatArray:
    """Return the group's part of each unit; 0 in units without children."""
    return np.asarray(a / np.where(t > 0, t, 1.0))


def _overall(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the group's part of all; NaN where either group has no children."""
    x, y = a.sum(axis=-1), b.sum(axis=-1)
    return np.asarray(np.where((x > 0) & (y > 0), x, np.nan) / np.where(x + y > 0, x + y, np.nan))
