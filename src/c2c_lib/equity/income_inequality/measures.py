"""Inequality of incomes, one value per household or person: pure formulas, vectorised.

PySAL's `inequality` has most of these for whole arrays without weights and without
intervals; weights and many settings at once are what reports need, so the formulas stand here
and are tested against it and against R's IC2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from c2c_lib.equity.arrays import FloatArray, broadcast, scalar_if_single
from c2c_lib.errors import InputError, Problem, Problems

__all__ = [
    "TheilParts",
    "atkinson",
    "generalised_entropy",
    "gini",
    "palma_ratio",
    "percentile_ratio",
    "theil_decomposition",
    "weighted_quantile",
]

_TOP, _BOTTOM = 0.1, 0.4
_SHOWN = 5


class TheilParts(NamedTuple):
    """Theil's T and its parts; ``total = between + within``.

    Attributes
    ----------
    between : float
        Inequality that would be left if everyone had the mean of the own group.
    within : float
        Inequality within the groups, weighted by their shares of all income.
    total : float
        Theil's T of all.
    """

    between: float
    within: float
    total: float


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    r"""Return the Gini coefficient: 0 if all have the same, near 1 if one has everything.

    Parameters
    ----------
    values : array_like, shape (..., n)
        Incomes, not negative; NaN is left out. Leading axes are settings.
    weights : array_like, optional
        How many people each value stands for; broadcast against `values`. Default 1.

    Returns
    -------
    ndarray of float, shape (...)
        NaN where there is no one, or no income at all (0/0).

    Raises
    ------
    InputError
        For negative or infinite incomes or weights.

    Notes
    -----
    :math:`G = 2 \operatorname{cov}(y, F) / \mu` with the mid-ranks F of the weighted
    distribution: the form of a whole population. In a sample of n it is too small by about
    the factor :math:`(n-1)/n`.

    References
    ----------
    Lerman & Yitzhaki 1989, J Econometrics 42:43-47.

    Examples
    --------
    >>> round(float(gini([5, 5, 5, 5, 100])), 4)
    0.6333
    >>> round(float(gini([5, 100], [4, 1])), 4)
    0.6333
    """
    y, p = checked_incomes(values, weights)
    order = np.argsort(y, axis=-1, kind="stable")
    y, p = (np.take_along_axis(a, order, axis=-1) for a in (y, p))
    rank = np.cumsum(p, axis=-1) - p / 2
    mean = _mean(y, p)
    return np.asarray(scalar_if_single(2 * (p * y * (rank - 0.5)).sum(axis=-1) / mean))


def generalised_entropy(
    values: ArrayLike, weights: ArrayLike | None = None, alpha: float = 1.0
) -> FloatArray:
    r"""Return the generalised entropy index GE(alpha).

    Parameters
    ----------
    values, weights : array_like
        As in `gini`.
    alpha : float
        What differences count most: 0 (mean log deviation) those at the bottom, 1
        (default; Theil's T) all alike, 2 (half the squared coefficient of variation) those
        at the top.

    Returns
    -------
    ndarray of float, shape (...)
        With `alpha` of 0 or less infinite where someone has no income. NaN as in `gini`.

    Raises
    ------
    InputError
        As in `gini`.

    Notes
    -----
    .. math:: GE(\alpha) = \frac{1}{\alpha(\alpha-1)}
        \left[\sum_i p_i \left(\frac{y_i}{\mu}\right)^\alpha - 1\right]

    with its limits :math:`GE(0) = -\sum p_i \ln(y_i/\mu)` and
    :math:`GE(1) = \sum p_i (y_i/\mu) \ln(y_i/\mu)`, where 0 ln 0 = 0.

    References
    ----------
    Shorrocks 1980, Econometrica 48:613-625. Theil 1967, Economics and Information Theory.

    Examples
    --------
    >>> [round(float(generalised_entropy([5, 5, 5, 5, 100], alpha=a)), 4) for a in (0, 1, 2)]
    [0.9695, 0.9278, 1.2535]
    """
    y, p = checked_incomes(values, weights)
    mean = _mean(y, p)
    ratio = y / mean[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        if alpha == 0:
            inner = np.where(p > 0, -np.log(ratio), 0.0)
            found = (p * np.where(p > 0, inner, 0.0)).sum(axis=-1)
        elif alpha == 1:
            found = (p * special.xlogy(ratio, ratio)).sum(axis=-1)
        else:
            power = np.where(p > 0, ratio**alpha, 0.0)
            found = ((p * power).sum(axis=-1) - 1) / (alpha * (alpha - 1))
    # The index is not negative: what is below zero is rounding.
    found = np.where(np.isnan(mean), np.nan, np.maximum(found, 0.0))
    return np.asarray(scalar_if_single(found))


def atkinson(
    values: ArrayLike, weights: ArrayLike | None = None, epsilon: float = 0.5
) -> FloatArray:
    r"""Return Atkinson's index: the share of all income that equality would be worth giving up.

    Parameters
    ----------
    values, weights : array_like
        As in `gini`.
    epsilon : float
        Aversion to inequality, not negative; the larger, the more the bottom counts.

    Returns
    -------
    ndarray of float, shape (...)
        From 0 to 1; 1 where someone has no income and `epsilon` is 1 or more.

    Raises
    ------
    InputError
        As in `gini`, and for a negative `epsilon`.

    Notes
    -----
    :math:`A = 1 - \frac1\mu \left(\sum p_i y_i^{1-\epsilon}\right)^{1/(1-\epsilon)}`, and
    :math:`1 - \exp(\sum p_i \ln y_i)/\mu` for :math:`\epsilon = 1`.

    References
    ----------
    Atkinson 1970, J Econ Theory 2:244-263.

    Examples
    --------
    >>> [round(float(atkinson([5, 5, 5, 5, 100], epsilon=e)), 4) for e in (0.5, 1, 2)]
    [0.4019, 0.6207, 0.7428]
    """
    if not epsilon >= 0:
        raise InputError(
            [Problem("epsilon", "is not an aversion", value=str(epsilon), allowed="0 or more")]
        )
    y, p = checked_incomes(values, weights)
    mean = _mean(y, p)
    ratio = y / mean[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        if epsilon == 1:
            logs = np.where(p > 0, np.log(ratio), 0.0)
            level = np.exp((p * logs).sum(axis=-1))
        else:
            powers = np.where(p > 0, ratio ** (1 - epsilon), 0.0)
            level = (p * powers).sum(axis=-1) ** (1 / (1 - epsilon))
    found = np.where(np.isnan(mean), np.nan, np.clip(1 - level, 0.0, 1.0))
    return np.asarray(scalar_if_single(found))


def weighted_quantile(
    values: ArrayLike, share: float, weights: ArrayLike | None = None
) -> FloatArray:
    """Return the value below which a share of the people lies.

    Parameters
    ----------
    values, weights : array_like
        As in `gini`.
    share : float
        From 0 to 1.

    Returns
    -------
    ndarray of float, shape (...)
        The smallest value at which the cumulative share exceeds `share`; where it equals
        it exactly, the mean of that value and the next. NaN where there is no one.

    Raises
    ------
    InputError
        As in `gini`, and for a share outside 0 to 1.

    References
    ----------
    Hyndman & Fan 1996, Am Stat 50:361-365, definition 2.

    Examples
    --------
    >>> float(weighted_quantile([1, 2, 3, 4], 0.5)), float(weighted_quantile([1, 9], 0.5, [3, 1]))
    (2.5, 1.0)
    """
    if not 0 <= share <= 1:
        raise InputError([Problem("share", "is not a share", value=str(share), allowed="0 to 1")])
    y, p = checked_incomes(values, weights)
    if not y.shape[-1]:
        return np.asarray(scalar_if_single(np.full(y.shape[:-1], np.nan)))
    shown = np.where(p > 0, y, np.inf)
    order = np.argsort(shown, axis=-1, kind="stable")
    shown, p = (np.take_along_axis(a, order, axis=-1) for a in (shown, p))
    reached = np.cumsum(p, axis=-1)
    room = 1e-12
    last = np.maximum((p > 0).sum(axis=-1) - 1, 0)
    low = np.minimum((reached < share - room).sum(axis=-1), last)
    high = np.minimum((reached <= share + room).sum(axis=-1), last)
    picked = [np.take_along_axis(shown, at[..., None], axis=-1)[..., 0] for at in (low, high)]
    found = np.where(np.isnan(p).any(axis=-1), np.nan, (picked[0] + picked[1]) / 2)
    return np.asarray(scalar_if_single(found))


def percentile_ratio(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    upper: float = 0.9,
    lower: float = 0.1,
) -> FloatArray:
    """Return how many times the income at the upper rank is that at the lower (90/10).

    Parameters
    ----------
    values, weights : array_like
        As in `gini`.
    upper, lower : float
        Ranks as shares.

    Returns
    -------
    ndarray of float, shape (...)
        Infinite where the lower one is 0; NaN where both are, and where there is no one.

    Raises
    ------
    InputError
        As in `weighted_quantile`.

    Examples
    --------
    >>> float(percentile_ratio(range(1, 101)))
    8.619047619047619
    """
    high = weighted_quantile(values, upper, weights)
    return _ratio(high, weighted_quantile(values, lower, weights))


def palma_ratio(values: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """Return the income of the top tenth over that of the bottom four tenths.

    Parameters
    ----------
    values, weights : array_like
        As in `gini`.

    Returns
    -------
    ndarray of float, shape (...)
        Someone at the border between two tenths is divided between them. Infinite where
        the bottom has nothing; NaN as in `gini`.

    Raises
    ------
    InputError
        As in `gini`.

    References
    ----------
    Cobham & Sumner 2013, Is it all about the tails? The Palma measure of income inequality.

    Examples
    --------
    >>> round(float(palma_ratio([1] * 10)), 6)
    0.25
    """
    y, p = checked_incomes(values, weights)
    order = np.argsort(y, axis=-1, kind="stable")
    y, p = (np.take_along_axis(a, order, axis=-1) for a in (y, p))
    reached = np.cumsum(p, axis=-1)
    before = reached - p
    mean = _mean(y, p)
    bottom = (np.clip(_BOTTOM - before, 0.0, p) * y).sum(axis=-1)
    top = (np.clip(reached - (1 - _TOP), 0.0, p) * y).sum(axis=-1)
    return _ratio(np.where(np.isnan(mean), np.nan, top), bottom)


def theil_decomposition(
    values: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None
) -> TheilParts:
    r"""Return how much of Theil's T lies between groups and how much within them.

    Parameters
    ----------
    values, weights : array_like, shape (n,)
        As in `gini`, of one setting.
    groups : array_like, shape (n,)
        The group of each value.

    Returns
    -------
    TheilParts
        NaN as in `gini`.

    Raises
    ------
    InputError
        As in `gini`, and if there is not one group per value.

    Notes
    -----
    :math:`T = \sum_g s_g \ln(s_g / p_g) + \sum_g s_g T_g` with the shares
    :math:`s_g` of all income and :math:`p_g` of all people. Neither part can be negative; a
    group without income adds nothing (PySAL's decomposition gave negative parts for it).

    References
    ----------
    Theil 1967; Shorrocks 1984, Econometrica 52:1369-1385.

    Examples
    --------
    >>> parts = theil_decomposition([10, 20, 40, 50], ["a", "a", "b", "b"])
    >>> round(parts.between, 4), round(parts.within, 4)
    (0.1308, 0.0188)
    """
    y, p = checked_incomes(values, weights)
    labels = np.asarray(groups)
    if y.ndim != 1 or labels.shape != y.shape:
        raise InputError(
            [
                Problem(
                    "groups",
                    "are not one per value",
                    value=str(labels.shape),
                    allowed=f"shape {y.shape[-1:]}, as the values of one setting",
                )
            ]
        )
    mean = _mean(y, p)
    found, place = np.unique(labels, return_inverse=True)
    people = np.bincount(place, p, minlength=found.size)
    income = np.bincount(place, p * y, minlength=found.size) / mean
    within = [generalised_entropy(y[place == g], p[place == g]) for g in range(found.size)]
    inside = float(np.nansum(income * np.array(within)))
    between = float((special.xlogy(income, income) - special.xlogy(income, people)).sum())
    if np.isnan(mean):
        return TheilParts(float("nan"), float("nan"), float("nan"))
    return TheilParts(max(between, 0.0), inside, max(between, 0.0) + inside)


def checked_incomes(
    values: ArrayLike, weights: ArrayLike | None
) -> tuple[FloatArray, NDArray[np.float64]]:
    """Return incomes and population shares (0 where unknown) of one shape."""
    y, w = broadcast(values, 1.0 if weights is None else weights)
    problems = Problems()
    if y.ndim == 0:
        problems.add("values", "is a single number", allowed="all incomes along the last axis")
    for name, data in (("values", y), ("weights", w)):
        bad = (data < 0) | np.isinf(data)
        if bad.any():
            problems.add(
                name,
                "is negative or infinite",
                value=", ".join(f"{one:g}" for one in data[bad][:_SHOWN]),
                allowed="0 or more, or NaN where unknown",
                remedy="Say how losses are meant: set them to 0, or leave them out.",
            )
    problems.raise_if_any()
    known = ~np.isnan(y) & ~np.isnan(w)
    w = np.where(known, w, 0.0)
    total = w.sum(axis=-1, keepdims=True)
    return np.where(known, y, 0.0), w / np.where(total > 0, total, np.nan)


def _mean(y: FloatArray, p: FloatArray) -> FloatArray:
    mean = (p * y).sum(axis=-1)
    return np.asarray(np.where(mean > 0, mean, np.nan))


def _ratio(top: FloatArray, bottom: FloatArray) -> FloatArray:
    top, bottom = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(scalar_if_single(np.asarray(top / bottom)))
