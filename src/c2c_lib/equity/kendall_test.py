"""Whether figures rise or fall over the years: the Mann-Kendall test.

The test asks in how many pairs of years the later figure is the higher one. It needs no
straight line, is not thrown off by one odd year, and has an exact answer for few years.
"""

from __future__ import annotations

from math import prod
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile, scalar_if_single
from c2c_lib.equity.kendall_distribution import LARGEST_EXACT, exact_p_values
from c2c_lib.equity.sen_slope import theil_sen
from c2c_lib.equity.series import checked_series, trend_verdict
from c2c_lib.errors import InputError, Problem

__all__ = ["TrendMethod", "TrendTest", "mann_kendall"]

TrendMethod: TypeAlias = Literal["auto", "exact", "normal", "hamed_rao"]

_EXACT_UP_TO: Final = 10
_FEWEST_YEARS: Final = 5
_NOISE_LEVEL: Final = 0.95
"""Autocorrelations inside this two-sided band around zero are taken for noise."""


class TrendTest(NamedTuple):
    """Result of the Mann-Kendall test; every field has the shape of the series.

    Attributes
    ----------
    years : ndarray of int
        How many figures there are.
    s : ndarray
        Pairs of years in which the later figure is higher, minus those in which it is lower.
    variance, z : ndarray
        Variance of S under chance, corrected for ties (and for serial correlation where
        asked for), and the standard normal score.
    p_value : ndarray
        Two-sided; NaN where there are too few years.
    tau, tau_b : ndarray
        S as a share of all pairs, and of the pairs that are not tied (Kendall's tau-b).
    verdict : ndarray of str
        A key of `TREND_REASONS`: ``rising``, ``falling``, ``no_clear_trend``,
        ``too_few_years`` or ``not_defined``.
    method : ndarray of str
        How the p-value was found: ``exact``, ``normal``, ``hamed_rao``, or ``none``.
    """

    years: NDArray[np.int64]
    s: FloatArray
    variance: FloatArray
    z: FloatArray
    p_value: FloatArray
    tau: FloatArray
    tau_b: FloatArray
    verdict: NDArray[np.str_]
    method: NDArray[np.str_]


def mann_kendall(
    values: ArrayLike,
    method: TrendMethod = "auto",
    level: float = 0.95,
    *,
    continuity: bool = True,
    lags: int | None = 3,
) -> TrendTest:
    r"""Test whether series rise or fall.

    Parameters
    ----------
    values : array_like
        Figures in the order of time along the last axis; any unit, and the years need not
        be evenly spaced. NaN where there is no figure.
    method : str
        ``auto`` (default; exact up to ten years, normal above), ``exact`` (every order of
        the figures counted, given their ties; up to 60 years), ``normal``, or
        ``hamed_rao`` (normal, with the variance corrected for serial correlation: use it
        for ten and more figures of which each resembles the one before).
    level : float
        Confidence level at which a trend counts as clear.
    continuity : bool
        Whether the normal score moves S one step towards zero. Kendall's tau as printed
        by most software does not.
    lags : int, optional
        How many lags ``hamed_rao`` looks at. None takes all, as the first paper does; far
        lags are mostly noise, which brings back false alarms.

    Returns
    -------
    TrendTest
        ``too_few_years`` and no p-value where four or fewer figures are known, or where
        even a perfect order of so few would not reach `level`. With ``normal`` the
        p-value is given all the same, because it was asked for by name; the verdict
        stays. A series of equal figures has S = 0 and p = 1.

    Raises
    ------
    InputError
        For a single number, infinite figures, an unknown method, a level outside (0, 1),
        more than 60 figures with ``exact``, or fewer than one lag.

    Notes
    -----
    .. math:: S = \sum_{i<j} \operatorname{sign}(y_j - y_i), \qquad
        V = \frac{n(n-1)(2n+5) - \sum_t t(t-1)(2t+5)}{18}, \qquad
        z = \frac{S - \operatorname{sign}(S)}{\sqrt V}

    with t the size of every group of equal figures. Hamed and Rao multiply V by
    :math:`1 + \frac{2}{n(n-1)(n-2)} \sum_k (n-k)(n-k-1)(n-k-2) \rho_k`, where
    :math:`\rho_k` is the autocorrelation at lag k of the ranks after Sen's slope has been
    taken out, left out where it lies within :math:`\pm 1.96/\sqrt n`. Strong negative
    autocorrelation can make the factor zero or less; the verdict is then ``not_defined``.
    The correction lowers false alarms and does not remove them: if every figure carries
    half of the one before, about one in nine series of 60 without trend still looks
    like one (one in four without the correction).

    Equal means equal to the last digit: round figures to the digits in which they are
    published before testing them.

    References
    ----------
    Mann 1945, Econometrica 13:245-259. Kendall 1975, Rank Correlation Methods. Hamed &
    Rao 1998, J Hydrology 204:182-196. Rao, Hamed & Chen 2003, Nonstationarities in
    Hydrologic and Environmental Time Series (three lags).

    Examples
    --------
    >>> found = mann_kendall([76.1, 77.0, 76.8, 78.2, 79.9, 79.5, 80.3, 82.0, 81.7, 83.4])
    >>> print(found.s, f"{found.p_value:.6f}", found.verdict, found.method)
    39.0 0.000115 rising exact
    >>> str(mann_kendall([40.0, 41.5, 43.0, 44.5]).verdict)
    'too_few_years'
    """
    check_choice("method", method, get_args(TrendMethod))
    normal_quantile(level)
    y = checked_series(values)
    shape, rows = y.shape[:-1], y.reshape(prod(y.shape[:-1]), y.shape[-1])
    n = (~np.isnan(rows)).sum(axis=-1)
    ties = _tie_sizes(rows)
    s = _pair_signs(rows)
    variance = (n * (n - 1) * (2 * n + 5) - ((ties - 1) * (2 * ties + 5) * (ties > 0)).sum(-1)) / 18
    if method == "hamed_rao":
        variance = variance * _hamed_rao_factor(rows, lags)
    z = _score(s, variance, continuity=continuity)
    p_value = np.where(s == 0, np.where(np.isnan(z), np.nan, 1.0), 2 * special.ndtr(-np.abs(z)))
    exact = _exactly(n, method)
    p_value[exact] = exact_p_values(s[exact], ties[exact])
    too_few = (n < _FEWEST_YEARS) | (2 / special.factorial(n) > 1 - level)
    if method != "normal":
        p_value = np.where(too_few, np.nan, p_value)
    pairs = n * (n - 1) / 2
    untied = pairs - ((ties - 1) * (ties > 0)).sum(-1) / 2
    used = np.where(exact, "exact", "hamed_rao" if method == "hamed_rao" else "normal")
    fields = (
        n,
        s,
        variance,
        z,
        p_value,
        s / np.where(pairs > 0, pairs, np.nan),
        s / np.where(untied > 0, np.sqrt(pairs * untied), np.nan),
        trend_verdict(s, p_value, too_few, level),
        np.where(np.isnan(p_value), "none", used),
    )
    return TrendTest(*(scalar_if_single(np.asarray(field).reshape(shape)) for field in fields))


def _pair_signs(rows: FloatArray) -> FloatArray:
    s = np.zeros(rows.shape[0])
    for lag in range(1, rows.shape[-1]):
        s += np.nansum(np.sign(rows[:, lag:] - rows[:, :-lag]), axis=-1)
    return s


def _tie_sizes(rows: FloatArray) -> NDArray[np.int64]:
    """Return for every figure how many are equal to it, itself counted; 0 for NaN."""
    sizes = np.zeros(rows.shape, dtype=np.int64)
    for column in range(rows.shape[-1]):
        sizes += rows == rows[:, [column]]
    return sizes


def _score(s: FloatArray, variance: FloatArray, *, continuity: bool) -> FloatArray:
    step = np.sign(s) if continuity else np.zeros_like(s)
    spread = np.sqrt(np.where(variance > 0, variance, np.nan))
    return np.where((s == 0) & (variance == 0), 0.0, (s - step) / spread)


def _exactly(n: NDArray[np.int64], method: TrendMethod) -> NDArray[np.bool_]:
    if method == "exact" and (n > LARGEST_EXACT).any():
        raise InputError(
            [
                Problem(
                    where="values",
                    what="has too many figures to count their orders",
                    value=str(int(n.max())),
                    allowed=f"up to {LARGEST_EXACT} with method='exact'",
                    remedy="Use method='normal', which is accurate for so many.",
                )
            ]
        )
    largest = {"auto": _EXACT_UP_TO, "exact": LARGEST_EXACT}.get(method, -1)
    return np.asarray(n <= largest)


def _hamed_rao_factor(rows: FloatArray, lags: int | None) -> FloatArray:
    if lags is not None and lags < 1:
        raise InputError(
            [Problem("lags", "is not a number of lags", value=str(lags), allowed="1 or more")]
        )
    slope = np.asarray(theil_sen(rows).slope)
    flat = rows - slope[:, None] * np.arange(rows.shape[-1])
    return np.array([_one_factor(series[~np.isnan(series)], lags) for series in flat])


def _one_factor(flat: FloatArray, largest: int | None) -> float:
    """Return by how much serial correlation multiplies the variance of S."""
    n = flat.size
    if n < _FEWEST_YEARS:
        return np.nan
    ranks = stats.rankdata(flat)
    ranks -= ranks.mean()
    total = float(ranks @ ranks)
    if total == 0:
        return 1.0
    lags = np.arange(1, n if largest is None else min(n, largest + 1))
    rho = np.array([ranks[k:] @ ranks[:-k] for k in lags]) / total
    rho = np.where(np.abs(rho) > normal_quantile(_NOISE_LEVEL) / np.sqrt(n), rho, 0.0)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    return float(1 + 2 / (n * (n - 1) * (n - 2)) * (weights @ rho))
