"""The pace of change that one odd year cannot move: the Theil-Sen slope."""

from __future__ import annotations

from math import prod
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile, scalar_if_single
from c2c_lib.equity.kendall_distribution import LARGEST_EXACT, critical_s
from c2c_lib.equity.series import checked_series, checked_times, median_of_sorted

__all__ = ["SlopeMethod", "TheilSen", "theil_sen"]

SlopeMethod: TypeAlias = Literal["auto", "exact", "normal"]

_EXACT_UP_TO: Final = 10


class TheilSen(NamedTuple):
    """Theil-Sen slopes; every field has the shape of the series.

    Attributes
    ----------
    slope, lower, upper : ndarray
        Median change per unit of time and its limits, in the unit of the figures. NaN
        limits where so few years cannot give an interval at the level.
    intercept : ndarray
        Figure at time 0: median of the figures minus slope times median of their times.
    years : ndarray of int
        How many figures there are.
    """

    slope: FloatArray
    lower: FloatArray
    upper: FloatArray
    intercept: FloatArray
    years: NDArray[np.int64]


def theil_sen(
    values: ArrayLike,
    times: ArrayLike | None = None,
    method: SlopeMethod = "auto",
    level: float = 0.95,
) -> TheilSen:
    r"""Return the median slope between all pairs of years, with its interval.

    Parameters
    ----------
    values : array_like
        Figures in the order of time along the last axis; NaN where there is no figure.
    times : array_like, optional
        The year of every figure, rising; broadcast over the series. Default 0, 1, 2, ...
    method : str
        Of the interval: ``auto`` (default; exact up to ten years, normal above), ``exact``
        (up to 60 years; normal above) or ``normal``.
    level : float
        Confidence level as a share. The exact interval covers at least so often.

    Returns
    -------
    TheilSen
        NaN for fewer than two figures. The exact interval has no limits where even the
        whole range of slopes would cover less often than `level`: four years at 95 %.

    Raises
    ------
    InputError
        For a single number, infinite figures, times that do not rise or do not fit, an
        unknown method, or a level outside (0, 1).

    Notes
    -----
    :math:`b = \operatorname{median}_{i<j} (y_j - y_i)/(t_j - t_i)`. With N slopes and
    :math:`C` the largest value that S stays below or at with the probability asked for,
    the limits are the slopes of rank :math:`(N-C)/2` and, from the top, the same rank.
    The exact C comes from the distribution of Kendall's S without ties; the normal one is
    :math:`z\sqrt V` with Sen's correction for ties, and ranks are rounded. The normal
    limits are too narrow for few years (Sen gives them for large samples).

    References
    ----------
    Theil 1950, Proc Kon Ned Akad Wet A53:386-392. Sen 1968, JASA 63:1379-1389. Hollander,
    Wolfe & Chicken 2014, Nonparametric Statistical Methods, section 9.3.

    Examples
    --------
    >>> found = theil_sen([76.1, 77.0, 76.8, 78.2, 79.9, 79.5, 80.3, 82.0, 81.7, 83.4])
    >>> print(f"{found.slope:.2f} ({found.lower:.2f} to {found.upper:.2f}) a year")
    0.80 (0.68 to 0.95) a year
    """
    check_choice("method", method, get_args(SlopeMethod))
    z = normal_quantile(level)
    y = checked_series(values)
    t = checked_times(times, y)
    shape, width = y.shape[:-1], y.shape[-1]
    y, t = y.reshape(prod(shape), width), t.reshape(prod(shape), width)
    known = ~np.isnan(y)
    n = known.sum(axis=-1)
    first, second = np.triu_indices(width, 1)
    slopes = np.sort((y[:, second] - y[:, first]) / (t[:, second] - t[:, first]), axis=-1)
    pairs = n * (n - 1) // 2
    empty = np.full((y.shape[0], 1), np.nan)
    slopes = np.concatenate([slopes, empty], axis=-1)  # so that there is always one to take
    slope = median_of_sorted(slopes, pairs)
    low, high = _ranks(y, n, pairs, method, z, (1 - level) / 2)
    middle_y, middle_t = (
        median_of_sorted(np.sort(np.concatenate([v, empty], axis=-1), axis=-1), n)
        for v in (y, np.where(known, t, np.nan))
    )
    fields = (slope, _take(slopes, low), _take(slopes, high), middle_y - slope * middle_t, n)
    return TheilSen(*(scalar_if_single(np.asarray(field).reshape(shape)) for field in fields))


def _take(slopes: FloatArray, rank: FloatArray) -> FloatArray:
    """Return the slopes of the given ranks (from 0); NaN for a rank of NaN."""
    at = np.where(np.isnan(rank), slopes.shape[-1] - 1, rank).astype(np.int64)
    return np.take_along_axis(slopes, at[:, None], axis=-1)[:, 0]


def _ranks(
    y: FloatArray,
    n: NDArray[np.int64],
    pairs: NDArray[np.int64],
    method: SlopeMethod,
    z: float,
    tail: float,
) -> tuple[FloatArray, FloatArray]:
    """Return the ranks, from 0, of the slopes that are the limits; NaN for none."""
    equal = sum((y == y[:, [column]]) for column in range(y.shape[-1]))
    ties = (np.maximum(equal - np.ones(y.shape), 0) * (2 * np.asarray(equal) + 5)).sum(-1)
    reach = z * np.sqrt(np.maximum(n * (n - 1) * (2 * n + 5) - ties, 0) / 18)
    low = np.maximum(np.round((pairs - reach) / 2) - 1, 0.0)
    high = np.minimum(np.round((pairs + reach) / 2), pairs - 1.0)
    low, high = (np.where(pairs > 0, rank, np.nan) for rank in (low, high))
    largest = {"auto": _EXACT_UP_TO, "exact": LARGEST_EXACT}.get(method, 0)
    for size in np.unique(n[n <= largest]):
        critical = critical_s(int(size), tail)
        mine = n == size
        rank = np.nan if critical is None else (size * (size - 1) / 2 - critical) / 2
        low[mine], high[mine] = rank, size * (size - 1) / 2 - 1 - rank
    return low, high
