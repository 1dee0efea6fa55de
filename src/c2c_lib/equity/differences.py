"""Intervals of the difference and of the ratio of two independent proportions.

Every method is vectorised and answers for every table of counts: the score limits are
found by halving, which cannot fail to bracket a root as general root finders can.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import (
    FloatArray,
    Interval,
    check_choice,
    checked_counts,
    normal_quantile,
    scalar_if_single,
)
from c2c_lib.equity.bisection import passing_point
from c2c_lib.equity.proportions import proportion_interval

__all__ = ["DifferenceMethod", "RatioMethod", "difference_interval", "ratio_interval"]

DifferenceMethod: TypeAlias = Literal[
    "newcombe", "miettinen_nurminen", "mee", "agresti_caffo", "wald"
]
RatioMethod: TypeAlias = Literal["katz", "katz_adjusted", "koopman", "miettinen_nurminen"]

_LOG_LIMIT: Final = 60.0
"""Ratios are searched between exp(-60) and exp(60), far beyond any count of children."""


def difference_interval(
    count1: ArrayLike,
    nobs1: ArrayLike,
    count2: ArrayLike,
    nobs2: ArrayLike,
    method: DifferenceMethod = "newcombe",
    level: float = 0.95,
) -> Interval:
    r"""Return the interval of ``count1 / nobs1 - count2 / nobs2``.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : array_like
        Counts of two groups that share no child; broadcast together, NaN where unknown.
    method : str
        ``newcombe`` (default; method 10: Wilson limits squared and added),
        ``miettinen_nurminen`` (score with the factor N/(N-1)), ``mee`` (score without it)
        or ``agresti_caffo`` (one success and one failure added to each group). ``wald`` is
        there to check what others published with it; it covers too little.
    level : float
        Confidence level as a share.

    Returns
    -------
    Interval
        Shares within [-1, 1] (0.05 is five points); NaN where a count is unknown.

    Raises
    ------
    InputError
        For counts that are negative or above their number of observations, an unknown
        method, or a level outside (0, 1).

    Notes
    -----
    Newcombe: :math:`\hat d - \sqrt{(p_1-l_1)^2+(u_2-p_2)^2}` to
    :math:`\hat d + \sqrt{(u_1-p_1)^2+(p_2-l_2)^2}` with the Wilson limits l, u.
    Score: the differences d at which
    :math:`|\hat d - d| \le z \sqrt{\lambda (\tilde p_1\tilde q_1/n_1 + \tilde p_2\tilde
    q_2/n_2)}` with the likelihood-maximising :math:`\tilde p_1 = \tilde p_2 + d`.

    References
    ----------
    Newcombe 1998, Stat Med 17:873-890. Miettinen & Nurminen 1985, Stat Med 4:213-226.
    Mee 1984, Biometrics 40:1175. Agresti & Caffo 2000, Am Stat 54:280-288.

    Examples
    --------
    >>> low, high = difference_interval(56, 70, 48, 80)
    >>> print(f"{low:.4f} {high:.4f}")
    0.0524 0.3339
    """
    check_choice("method", method, get_args(DifferenceMethod))
    z = normal_quantile(level)
    x1, n1, x2, n2 = checked_counts(first=(count1, nobs1), second=(count2, nobs2))
    if method == "newcombe":
        limits = _newcombe(x1, n1, x2, n2, level)
    elif method in {"agresti_caffo", "wald"}:
        limits = _wald(x1, n1, x2, n2, z, added=1.0 if method == "agresti_caffo" else 0.0)
    else:
        factor = _score_factor(n1, n2, corrected=method == "miettinen_nurminen")
        limits = _score_difference(x1, n1, x2, n2, z, factor)
    return Interval(
        scalar_if_single(np.clip(limits.lower, -1.0, 1.0)),
        scalar_if_single(np.clip(limits.upper, -1.0, 1.0)),
    )


def ratio_interval(
    count1: ArrayLike,
    nobs1: ArrayLike,
    count2: ArrayLike,
    nobs2: ArrayLike,
    method: RatioMethod = "katz",
    level: float = 0.95,
) -> Interval:
    r"""Return the interval of ``(count1 / nobs1) / (count2 / nobs2)``.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : array_like
        Counts of two groups that share no child; broadcast together, NaN where unknown.
    method : str
        ``katz`` (default; log method, and Koopman where it is not defined: at a zero
        count, and where both groups are complete), ``katz_adjusted`` (half a child added
        everywhere, Walter 1975), ``koopman`` (score) or ``miettinen_nurminen`` (score
        with the factor N/(N-1)).
    level : float
        Confidence level as a share.

    Returns
    -------
    Interval
        From 0 to infinity: the lower limit is 0 if ``count1`` is 0, the upper limit is
        infinite if ``count2`` is 0 (except with ``katz_adjusted``, whose interval has no
        width where both groups are complete). NaN where a count is unknown.

    Raises
    ------
    InputError
        As in `difference_interval`.

    Notes
    -----
    Katz: :math:`\exp(\log R \pm z\sqrt{1/x_1 - 1/n_1 + 1/x_2 - 1/n_2})`.
    Score: the ratios :math:`\theta` at which
    :math:`|\hat p_1 - \theta\hat p_2| \le z \sqrt{\lambda (\tilde p_1\tilde q_1/n_1 +
    \theta^2\tilde p_2\tilde q_2/n_2)}` with the likelihood-maximising
    :math:`\tilde p_1 = \theta\tilde p_2`.

    References
    ----------
    Katz et al. 1978, Biometrics 34:469-474. Koopman 1984, Biometrics 40:513-517.
    Miettinen & Nurminen 1985, Stat Med 4:213-226.

    Examples
    --------
    >>> low, high = ratio_interval(56, 70, 48, 80)
    >>> print(f"{low:.4f} {high:.4f}")
    1.0766 1.6512
    >>> ratio_interval(10, 10, 0, 20).upper
    np.float64(inf)
    """
    check_choice("method", method, get_args(RatioMethod))
    z = normal_quantile(level)
    x1, n1, x2, n2 = checked_counts(first=(count1, nobs1), second=(count2, nobs2))
    if method == "katz":
        undefined = (x1 == 0) | (x2 == 0) | ((x1 == n1) & (x2 == n2))
        log = _log_ratio(x1, n1, x2, n2, z)
        limits = log
        if undefined.any():
            score = _score_ratio(x1, n1, x2, n2, z, np.ones_like(n1))
            limits = Interval(
                np.where(undefined, score.lower, log.lower),
                np.where(undefined, score.upper, log.upper),
            )
    elif method == "katz_adjusted":
        limits = _log_ratio(x1 + 0.5, n1 + 0.5, x2 + 0.5, n2 + 0.5, z)
    else:
        factor = _score_factor(n1, n2, corrected=method == "miettinen_nurminen")
        limits = _score_ratio(x1, n1, x2, n2, z, factor)
    return Interval(scalar_if_single(limits.lower), scalar_if_single(limits.upper))


def _newcombe(
    x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray, level: float
) -> Interval:
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = (
        proportion_interval(x1, n1, level=level),
        proportion_interval(x2, n2, level=level),
    )
    return Interval(p1 - p2 - np.hypot(p1 - l1, u2 - p2), p1 - p2 + np.hypot(u1 - p1, p2 - l2))


def _wald(
    x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray, z: float, *, added: float
) -> Interval:
    """Return Wald's limits after adding so many children to each side of each group."""
    m1, m2 = n1 + 2 * added, n2 + 2 * added
    p1, p2 = (x1 + added) / m1, (x2 + added) / m2
    half = z * np.sqrt(p1 * (1 - p1) / m1 + p2 * (1 - p2) / m2)
    return Interval(p1 - p2 - half, p1 - p2 + half)


def _log_ratio(
    x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray, z: float
) -> Interval:
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log(x1 / n1) - np.log(x2 / n2)
        half = z * np.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
        return Interval(np.exp(centre - half), np.exp(centre + half))


def _score_factor(n1: FloatArray, n2: FloatArray, *, corrected: bool) -> FloatArray:
    total = n1 + n2
    return total / (total - 1) if corrected else np.ones_like(total)


def _score_difference(
    x1: FloatArray,
    n1: FloatArray,
    x2: FloatArray,
    n2: FloatArray,
    z: float,
    factor: FloatArray,
) -> Interval:
    observed = x1 / n1 - x2 / n2

    def statistic(difference: FloatArray) -> FloatArray:
        p2 = _constrained_p2(x1, n1, x2, n2, difference)
        p1 = p2 + difference
        variance = factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        return _standardised(observed - difference, variance)

    lower = passing_point(np.full_like(observed, -1.0), observed, statistic, z)
    upper = passing_point(observed, np.full_like(observed, 1.0), statistic, -z)
    unknown = np.isnan(observed)
    return Interval(np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper))


def _standardised(distance: FloatArray, variance: FloatArray) -> FloatArray:
    """Return distance / standard error; without variance any distance is infinitely far."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = distance / np.sqrt(np.maximum(variance, 0.0))
    return np.where(distance == 0, 0.0, ratio)


def _constrained_p2(
    x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray, difference: FloatArray
) -> FloatArray:
    """Return the likelihood-maximising p2 given p1 = p2 + difference.

    The closed form of the cubic (Miettinen & Nurminen 1985, appendix I); rounding is
    kept within the values that the difference allows.
    """
    d, total, events = difference, n1 + n2, x1 + x2
    b = ((n1 + 2 * n2) * d - total - events) / (3 * total)
    c = ((n2 * d - total - 2 * x2) * d + events) / (3 * total)
    a = x2 * d * (1 - d) / (2 * total)
    q = b**3 - 1.5 * b * c + a
    p = np.copysign(np.sqrt(np.maximum(b**2 - c, 0.0)), q)
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = np.clip(q / p**3, -1.0, 1.0)
    angle = (np.pi + np.arccos(np.where(p == 0, 1.0, cosine))) / 3
    root = 2 * p * np.cos(angle) - b
    return np.clip(root, np.maximum(0.0, -d), np.minimum(1.0, 1.0 - d))


def _score_ratio(
    x1: FloatArray,
    n1: FloatArray,
    x2: FloatArray,
    n2: FloatArray,
    z: float,
    factor: FloatArray,
) -> Interval:
    def statistic(log_ratio: FloatArray) -> FloatArray:
        ratio = np.exp(log_ratio)
        # p2 of the largest likelihood given p1 = ratio * p2: the smaller root of
        # N r p^2 - (n1 r + x1 + n2 + x2 r) p + (x1 + x2), in its stable form.
        b = n1 * ratio + x1 + n2 + x2 * ratio
        root = np.sqrt(np.maximum(b**2 - 4 * (n1 + n2) * ratio * (x1 + x2), 0.0))
        p2 = np.clip(2 * (x1 + x2) / (b + root), 0.0, np.minimum(1.0, 1.0 / ratio))
        p1 = ratio * p2
        variance = factor * (p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2)
        return _standardised(x1 / n1 - ratio * x2 / n2, variance)

    unknown = np.isnan(x1) | np.isnan(x2)
    ends = np.full(x1.shape, _LOG_LIMIT)
    lower = np.where(x1 == 0, 0.0, np.exp(passing_point(-ends, ends, statistic, z)))
    upper = np.where(x2 == 0, np.inf, np.exp(passing_point(-ends, ends, statistic, -z)))
    return Interval(np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper))
