"""Segregation and diversity of many groups: pure formulas on counts, vectorised.

`counts` has units along the second-to-last axis and groups along the last; leading axes are
settings or simulated tables. Units and groups without children count nothing. Logarithms are
natural. An index is NaN where fewer than two groups have children (0/0).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from c2c_lib.equity.arrays import FloatArray

__all__ = [
    "diversity",
    "exposure",
    "information_theory",
    "local_segregation",
    "multigroup_dissimilarity",
    "multigroup_gini",
    "mutual_information",
    "normalised_exposure",
    "relative_diversity",
    "simpson_concentration",
    "simpson_interaction",
    "squared_coefficient_of_variation",
]


def multigroup_dissimilarity(counts: ArrayLike) -> FloatArray:
    r"""Return the dissimilarity index of many groups.

    Notes
    -----
    :math:`D = \sum_m \sum_i t_i |p_{im} - P_m| / (2 T I)` with Simpson's interaction
    :math:`I = \sum_m P_m (1 - P_m)`.

    References
    ----------
    Morgan 1975; Reardon & Firebaugh 2002, Sociol Methodol 32:33-67.

    Examples
    --------
    >>> float(multigroup_dissimilarity([[10, 30], [30, 10]]))
    0.5
    """
    share, p, whole = _parts(counts)
    apart = np.abs(p - whole[..., None, :]).sum(axis=-1)
    return np.asarray((share * apart).sum(axis=-1) / (2 * _interaction(whole)))


def multigroup_gini(counts: ArrayLike) -> FloatArray:
    r"""Return the Gini index of segregation of many groups.

    Notes
    -----
    :math:`G = \sum_m \sum_{ij} t_i t_j |p_{im} - p_{jm}| / (2 T^2 I)`

    References
    ----------
    Reardon & Firebaugh 2002.

    Examples
    --------
    >>> float(multigroup_gini([[10, 30], [30, 10]]))
    0.5
    """
    share, p, whole = _parts(counts)
    weight = np.broadcast_to(share[..., None], p.shape)
    order = np.argsort(p, axis=-2, kind="stable")
    p, weight = (np.take_along_axis(x, order, axis=-2) for x in (p, weight))
    rank = np.cumsum(weight, axis=-2) - weight / 2
    # sum_ij w_i w_j |p_i - p_j| = 4 sum_i w_i p_i (rank_i - 1/2)
    apart = 4 * (weight * p * (rank - 0.5)).sum(axis=(-2, -1))
    return np.asarray(np.maximum(apart, 0.0) / (2 * _interaction(whole)))


def diversity(counts: ArrayLike) -> FloatArray:
    r"""Return the entropy of all children over the groups, :math:`-\sum_m P_m \ln P_m`.

    References
    ----------
    Shannon 1948; Theil 1972, Statistical Decomposition Analysis.

    Examples
    --------
    >>> round(float(diversity([[10, 30], [30, 10]])), 4)
    0.6931
    """
    return np.asarray(special.entr(_parts(counts)[2]).sum(axis=-1))


def mutual_information(counts: ArrayLike) -> FloatArray:
    r"""Return M: what the unit tells about the group of a child, in nats.

    Notes
    -----
    :math:`M = \sum_i \frac{t_i}{T} \sum_m p_{im} \ln (p_{im} / P_m)`, also called the
    divergence index. It falls apart exactly into parts of units or of groups.

    References
    ----------
    Theil & Finizza 1971; Mora & Ruiz-Castillo 2011, Sociol Methodol 41:159-194. Roberto 2016.

    Examples
    --------
    >>> round(float(mutual_information([[10, 30], [30, 10]])), 4)
    0.1308
    """
    share, p, whole = _parts(counts)
    return np.asarray(np.maximum((share * _divergence(p, whole)).sum(axis=-1), 0.0))


def information_theory(counts: ArrayLike) -> FloatArray:
    r"""Return Theil's H of many groups, :math:`H = M / E`; free of the logarithm's base.

    References
    ----------
    Theil 1972; Reardon & Firebaugh 2002.

    Examples
    --------
    >>> round(float(information_theory([[10, 30], [30, 10]])), 4)
    0.1887
    """
    entropy = diversity(counts)
    return np.asarray(mutual_information(counts) / np.where(entropy > 0, entropy, np.nan))


def local_segregation(counts: ArrayLike) -> FloatArray:
    r"""Return how far each unit's groups are from those of all, in nats.

    Returns
    -------
    ndarray, shape (..., units)
        :math:`\sum_m p_{im} \ln(p_{im}/P_m)`, never negative; weighted by the units' shares
        of children it adds up to M. NaN in units without children.

    References
    ----------
    Alonso-Villar & Del Rio 2010, Math Soc Sci 60:30-38.

    Examples
    --------
    >>> local_segregation([[10, 30], [30, 10], [0, 0]]).round(4)
    array([0.1308, 0.1308,    nan])
    """
    share, p, whole = _parts(counts)
    found = np.maximum(_divergence(p, whole), 0.0)
    return np.asarray(np.where(share > 0, found, np.nan))


def exposure(counts: ArrayLike) -> FloatArray:
    r"""Return the make-up of the schoolmates of the average child of each group.

    Returns
    -------
    ndarray, shape (..., groups, groups)
        Row: whose schoolmates; column: the share of this group among them. The diagonal is
        isolation. NaN in rows of groups without children.

    Notes
    -----
    :math:`{}_gP_h^* = \sum_i (c_{ig} / C_g)(c_{ih} / t_i)`. Rows add up to 1.

    References
    ----------
    Bell 1954, Social Forces 32:357-364.

    Examples
    --------
    >>> exposure([[10, 30], [30, 10]])
    array([[0.625, 0.375],
           [0.375, 0.625]])
    """
    c = np.asarray(counts, dtype=np.float64)
    total = c.sum(axis=-2, keepdims=True)
    _, p, _ = _parts(c)
    share = c / np.where(total > 0, total, np.nan)
    return np.asarray(np.swapaxes(share, -1, -2) @ p)


def normalised_exposure(counts: ArrayLike) -> FloatArray:
    r"""Return the normalised exposure index of many groups.

    Notes
    -----
    :math:`P^* = \sum_m \sum_i t_i (p_{im} - P_m)^2 / (T (1 - P_m))`: the eta squared of the
    groups, weighted by their shares.

    References
    ----------
    James 1986, Sociol Methodol; Reardon & Firebaugh 2002.

    Examples
    --------
    >>> float(normalised_exposure([[10, 30], [30, 10]]))
    0.25
    """
    share, p, whole = _parts(counts)
    square = (share[..., None] * (p - whole[..., None, :]) ** 2).sum(axis=-2)
    found = (square / np.where(whole < 1, 1 - whole, np.nan)).sum(axis=-1)
    return np.asarray(np.where(np.isnan(_interaction(whole)), np.nan, found))


def relative_diversity(counts: ArrayLike) -> FloatArray:
    r"""Return how much less two children of a unit differ than two of all.

    Notes
    -----
    :math:`R = \sum_m \sum_i t_i (p_{im} - P_m)^2 / (T I)`

    References
    ----------
    Goodman & Kruskal 1954; Reardon 1998; Reardon & Firebaugh 2002.

    Examples
    --------
    >>> float(relative_diversity([[10, 30], [30, 10]]))
    0.25
    """
    share, p, whole = _parts(counts)
    square = ((p - whole[..., None, :]) ** 2).sum(axis=-1)
    return np.asarray((share * square).sum(axis=-1) / _interaction(whole))


def squared_coefficient_of_variation(counts: ArrayLike) -> FloatArray:
    r"""Return the squared coefficient of variation index of many groups.

    Notes
    -----
    :math:`C = \sum_m \sum_i t_i (p_{im} - P_m)^2 / (T (k - 1) P_m)` over the k groups that
    have children.

    References
    ----------
    Reardon & Firebaugh 2002.

    Examples
    --------
    >>> float(squared_coefficient_of_variation([[10, 30], [30, 10]]))
    0.25
    """
    share, p, whole = _parts(counts)
    square = (share[..., None] * (p - whole[..., None, :]) ** 2).sum(axis=-2)
    here = whole > 0
    groups = here.sum(axis=-1)
    found = (np.where(here, square, 0.0) / np.where(here, whole, 1.0)).sum(axis=-1)
    return np.asarray(found / np.where(groups > 1, groups - 1, np.nan))


def simpson_concentration(counts: ArrayLike) -> FloatArray:
    r"""Return how probable it is that two children are of one group, :math:`\sum_m P_m^2`.

    A measure of diversity of all, not of segregation between units.

    References
    ----------
    Simpson 1949, Nature 163:688.

    Examples
    --------
    >>> float(simpson_concentration([[10, 30], [30, 10]]))
    0.5
    """
    return np.asarray((_parts(counts)[2] ** 2).sum(axis=-1))


def simpson_interaction(counts: ArrayLike) -> FloatArray:
    r"""Return how probable it is that two children are of two groups, :math:`1 - \sum P_m^2`.

    Examples
    --------
    >>> float(simpson_interaction([[10, 30], [30, 10]]))
    0.5
    """
    return np.asarray(1 - simpson_concentration(counts))


def _parts(counts: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the units' shares of all, the groups' parts of each unit, and of all."""
    c = np.asarray(counts, dtype=np.float64)
    t = c.sum(axis=-1)
    total = t.sum(axis=-1)
    known = np.where(total > 0, total, np.nan)
    p = c / np.where(t > 0, t, 1.0)[..., None]
    return t / known[..., None], p, c.sum(axis=-2) / known[..., None]


def _interaction(whole: FloatArray) -> FloatArray:
    found = (whole * (1 - whole)).sum(axis=-1)
    return np.asarray(np.where(found > 0, found, np.nan))


def _divergence(p: FloatArray, whole: FloatArray) -> FloatArray:
    return np.asarray(special.rel_entr(p, whole[..., None, :]).sum(axis=-1))
