"""Intervals of odds ratios, and tests of two proportions, vectorised.

Other studies print odds ratios and p-values; these functions let a figure stand beside
theirs. For our own pages the difference and the ratio say the same in words that families
use.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from c2c_lib.equity.arrays import (
    FloatArray,
    Interval,
    check_choice,
    checked_counts,
    normal_quantile,
    scalar_if_single,
)
from c2c_lib.equity.bisection import passing_point

__all__ = [
    "OddsRatioMethod",
    "ProportionTest",
    "TwoProportionTest",
    "odds_ratio_interval",
    "two_proportion_test",
]

OddsRatioMethod: TypeAlias = Literal["woolf", "gart", "independence_smoothed", "score"]
ProportionTest: TypeAlias = Literal["pooled", "fisher"]

_LOG_LIMIT: Final = 60.0


class TwoProportionTest(NamedTuple):
    """Result of `two_proportion_test`; every field has the shape of the counts.

    Attributes
    ----------
    statistic : ndarray
        Pearson's chi-squared with one degree of freedom (the square of the pooled z); NaN
        for Fisher's test, which has none.
    p_value : ndarray
        Two-sided.
    """

    statistic: FloatArray
    p_value: FloatArray


def odds_ratio_interval(
    count1: ArrayLike,
    nobs1: ArrayLike,
    count2: ArrayLike,
    nobs2: ArrayLike,
    method: OddsRatioMethod = "independence_smoothed",
    level: float = 0.95,
) -> Interval:
    r"""Return the interval of the odds ratio of two groups.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : array_like
        Counts of two groups that share no child; broadcast together, NaN where unknown.
    method : str
        ``independence_smoothed`` (default; Agresti 1999: two children added in all, spread
        as if group and outcome were independent), ``gart`` (half a child added to each
        cell), ``woolf`` (the plain logit interval) or ``score`` (with the factor N/(N-1)).
    level : float
        Confidence level as a share.

    Returns
    -------
    Interval
        From 0 to infinity. Where a cell of the table is zero, ``woolf`` says nothing: 0 to
        infinity; ``score`` is one-sided. NaN where a count is unknown, and where all or none
        of the children of both groups were counted (there is no odds ratio).

    Raises
    ------
    InputError
        For counts that are negative or above their number of observations, an unknown
        method, or a level outside (0, 1).

    Notes
    -----
    Logit: :math:`\exp(\log \hat\theta \pm z \sqrt{\sum 1/x_{ij}})` over the four cells.
    Score: the odds ratios :math:`\theta` at which
    :math:`|x_1 - n_1 \tilde p_1| \le z \sqrt{\lambda / (1/(n_1\tilde p_1\tilde q_1) +
    1/(n_2\tilde p_2\tilde q_2))}`, :math:`\lambda = N / (N - 1)`, with the
    likelihood-maximising :math:`\tilde p` given :math:`\theta`.

    References
    ----------
    Woolf 1955, Ann Hum Genet 19:251-253. Gart 1966, J R Stat Soc B 28:164-179. Agresti
    1999, Biometrics 55:597-602. Miettinen & Nurminen 1985, Stat Med 4:213-226. Fagerland,
    Lydersen & Laake 2015, Stat Methods Med Res 24:224-254.

    Examples
    --------
    >>> for method in ("woolf", "gart", "independence_smoothed"):  # Fagerland: 7/34, 1/34
    ...     low, high = odds_ratio_interval(7, 34, 1, 34, method)
    ...     print(f"{low:.2f} {high:.0f}")
    0.99 74
    0.98 38
    0.99 60
    """
    check_choice("method", method, get_args(OddsRatioMethod))
    z = normal_quantile(level)
    x1, n1, x2, n2 = checked_counts(first=(count1, nobs1), second=(count2, nobs2))
    events, total = x1 + x2, n1 + n2
    nothing = np.isnan(events) | (events == 0) | (events == total)
    if method == "score":
        lower, upper = _score(x1, n1, x2, n2, z)
    else:
        cells = np.stack([x1, n1 - x1, x2, n2 - x2])
        added = np.zeros_like(cells)
        if method == "gart":
            added += 0.5
        elif method == "independence_smoothed":
            rows = np.stack([n1, n1, n2, n2])
            columns = np.stack([events, total - events, events, total - events])
            added = 2 * rows * columns / total**2
        lower, upper = _logit(cells + added, z)
    return Interval(
        scalar_if_single(np.where(nothing, np.nan, lower)),
        scalar_if_single(np.where(nothing, np.nan, upper)),
    )


def two_proportion_test(
    count1: ArrayLike,
    nobs1: ArrayLike,
    count2: ArrayLike,
    nobs2: ArrayLike,
    method: ProportionTest = "pooled",
) -> TwoProportionTest:
    r"""Test whether two groups could have the same share.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : array_like
        Counts of two groups that share no child; broadcast together, NaN where unknown.
    method : str
        ``pooled`` (default; Pearson's chi-squared without continuity correction) or
        ``fisher`` (exact; adds up all tables that are no more likely than this one).

    Returns
    -------
    TwoProportionTest
        NaN where a count is unknown. Where all or none of the children were counted the
        statistic is undefined (NaN), and Fisher's p-value is 1.

    Raises
    ------
    InputError
        As in `odds_ratio_interval`, without a level.

    Notes
    -----
    :math:`\chi^2 = (\hat p_1 - \hat p_2)^2 / (\bar p \bar q (1/n_1 + 1/n_2))` with
    the share :math:`\bar p` of both groups together. A p-value says nothing about the size of
    a gap: give `difference_interval` beside it.

    Examples
    --------
    >>> found = two_proportion_test(9, 10, 3, 10)
    >>> print(f"{found.statistic:.2f} {found.p_value:.4f}")
    7.50 0.0062
    >>> print(f"{two_proportion_test(9, 10, 3, 10, 'fisher').p_value:.4f}")
    0.0198
    """
    check_choice("method", method, get_args(ProportionTest))
    x1, n1, x2, n2 = checked_counts(first=(count1, nobs1), second=(count2, nobs2))
    if method == "fisher":
        # Object arrays of Python floats would keep no shape: go through them flat.
        flat = np.array([_fisher(*table) for table in zip(*_flat(x1, n1, x2, n2), strict=True)])
        p_value = flat.reshape(x1.shape)
        return TwoProportionTest(
            scalar_if_single(np.full(x1.shape, np.nan)), scalar_if_single(p_value)
        )
    pooled = (x1 + x2) / (n1 + n2)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    square = (x1 / n1 - x2 / n2) ** 2 / np.where(variance > 0, variance, np.nan)
    return TwoProportionTest(scalar_if_single(square), scalar_if_single(stats.chi2.sf(square, 1)))


def _flat(*arrays: FloatArray) -> list[list[float]]:
    return [array.ravel().tolist() for array in arrays]


def _fisher(x1: float, n1: float, x2: float, n2: float) -> float:
    if np.isnan([x1, x2]).any():
        return float("nan")
    return float(stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]])[1])


def _logit(cells: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    empty = (cells <= 0).any(axis=0)
    a, b, c, d = np.where(empty, 1.0, cells)
    centre = np.log(a * d / (b * c))
    half = z * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return np.where(empty, 0.0, np.exp(centre - half)), np.where(
        empty, np.inf, np.exp(centre + half)
    )


def _score(
    x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray, z: float
) -> tuple[FloatArray, FloatArray]:
    events, total = x1 + x2, n1 + n2
    factor = total / (total - 1)

    def statistic(log_ratio: FloatArray) -> FloatArray:
        """Return the standardised distance, which falls as the odds ratio rises."""
        ratio = np.exp(log_ratio)
        # p2 of the largest likelihood: n2 (t-1) p^2 + (n1 t + n2 - (t-1) events) p - events = 0,
        # by the form of its root that stays exact where t is near 1.
        a, b = n2 * (ratio - 1), n1 * ratio + n2 - (ratio - 1) * events
        p2 = 2 * events / (b + np.sqrt(np.maximum(b**2 + 4 * a * events, 0.0)))
        p2 = np.clip(p2, 0.0, 1.0)
        p1 = ratio * p2 / (1 + (ratio - 1) * p2)
        inner = 1 / (n1 * p1 * (1 - p1)) + 1 / (n2 * p2 * (1 - p2))
        return np.asarray((x1 - n1 * p1) * np.sqrt(inner / factor))

    ends = np.full(x1.shape, _LOG_LIMIT)
    with np.errstate(all="ignore"):
        lower, upper = (np.exp(passing_point(-ends, ends, statistic, at)) for at in (z, -z))
    least, most = (x1 == 0) | (x2 == n2), (x2 == 0) | (x1 == n1)
    return np.where(least, 0.0, lower), np.where(most, np.inf, upper)
