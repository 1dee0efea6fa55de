"""Control charts: which points of a monthly figure lie outside what is usual for it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, checked_counts, scalar_if_single
from c2c_lib.equity.series import DUST, checked_series
from c2c_lib.errors import InputError, Problem

__all__ = ["ControlChart", "individuals_chart", "proportion_chart", "proportion_prime_chart"]

_D2: Final = 1.128
"""Expected range of two standard normal values, as printed in the tables."""

_D4: Final = 3.267
"""Moving ranges above so many times their mean are screened out (Nelson 1982)."""

_LIMITS: Final = 3.0


class ControlChart(NamedTuple):
    """A control chart; `sigma_z` has the shape of the series, the rest that of the points.

    Attributes
    ----------
    centre, lower, upper : ndarray
        Centre line and limits in the unit of the figures.
    outside : ndarray of bool
        Whether the point lies beyond a limit.
    sigma_z : ndarray
        How many times the points vary more than the limits' own model says; 1 except
        for p-prime charts.
    """

    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    outside: NDArray[np.bool_]
    sigma_z: FloatArray


def individuals_chart(
    values: ArrayLike,
    *,
    baseline: int | None = None,
    screened: bool = False,
    minimum: float = -np.inf,
    maximum: float = np.inf,
) -> ControlChart:
    r"""Return the I chart of series of figures.

    Parameters
    ----------
    values : array_like
        Figures in the order of time along the last axis; NaN where there is no figure.
    baseline : int, optional
        Take centre and limits from so many first points and hold them.
    screened : bool
        Whether moving ranges above 3.267 times their mean are left out before the limits
        are drawn, so that one outlier does not widen them.
    minimum, maximum : float
        What the figure cannot go below or above; limits stop there.

    Returns
    -------
    ControlChart
        Limits of NaN without two neighbouring points.

    Raises
    ------
    InputError
        For a single number, infinite figures, or a baseline that is not in the series.

    Notes
    -----
    :math:`\bar y \pm 3\,\overline{MR}/1.128`, MR the distances of neighbouring points; a
    gap in the series has no moving range. Use it where the counts are unknown; for shares
    with counts `proportion_chart` and `proportion_prime_chart` are better.

    References
    ----------
    Montgomery 2013, Introduction to Statistical Quality Control, 6.4. Nelson 1982, J Qual
    Technol 14:172-173.

    Examples
    --------
    >>> chart = individuals_chart([50, 50, 51, 49, 50, 50, 52, 48, 50, 51, 49, 50])
    >>> print(f"{chart.lower[0]:.2f} to {chart.upper[0]:.2f}", chart.outside.sum())
    46.13 to 53.87 0
    """
    y = checked_series(values)
    part = y[..., : _baseline(baseline, y)]
    centre = _mean(part)
    half = _LIMITS * _mean_range(part, screened=screened) / _D2
    lower = np.maximum(centre - half, minimum)
    upper = np.minimum(centre + half, maximum)
    return _chart(y, centre[..., None], lower[..., None], upper[..., None], np.ones(y.shape[:-1]))


def proportion_chart(
    count: ArrayLike, nobs: ArrayLike, *, baseline: int | None = None
) -> ControlChart:
    r"""Return the p chart of shares with their counts.

    Parameters
    ----------
    count, nobs : array_like
        Children counted and out of how many, in the order of time along the last axis;
        NaN where unknown.
    baseline : int, optional
        Take the centre from so many first points and hold it.

    Returns
    -------
    ControlChart
        Shares; limits differ from point to point and stop at 0 and 1. NaN limits where a
        count is unknown or `nobs` is 0.

    Raises
    ------
    InputError
        For counts below 0 or above `nobs`, single numbers, or a baseline that is not in
        the series.

    Notes
    -----
    :math:`\bar p \pm 3\sqrt{\bar p(1-\bar p)/n_i}` with :math:`\bar p = \sum x/\sum n`. It
    takes children for independent and the risk for constant. With thousands of children
    the limits become so narrow that almost every month lies outside; use
    `proportion_prime_chart` there.

    References
    ----------
    Montgomery 2013, Introduction to Statistical Quality Control, 7.2.

    Examples
    --------
    >>> chart = proportion_chart([22, 25, 27, 21, 24, 19, 26, 28, 30, 41, 20, 23],
    ...                          [120, 118, 131, 125, 119, 122, 127, 130, 121, 117, 126, 124])
    >>> chart.outside.nonzero()[0].tolist()
    [9]
    """
    x, n, pooled, error = _binomial(count, nobs, baseline)
    return _proportion_limits(x / n, pooled, error, np.ones(x.shape[:-1]))


def proportion_prime_chart(
    count: ArrayLike, nobs: ArrayLike, *, baseline: int | None = None, screened: bool = False
) -> ControlChart:
    r"""Return Laney's p-prime chart of shares with their counts.

    Parameters
    ----------
    count, nobs, baseline
        As in `proportion_chart`; the baseline also holds the variation.
    screened : bool
        As in `individuals_chart`.

    Returns
    -------
    ControlChart
        As in `proportion_chart`, with :math:`\sigma_z` (1 if chance explains all of the
        variation; more if months differ by more than chance, less if by less).

    Raises
    ------
    InputError
        As in `proportion_chart`.

    Notes
    -----
    :math:`\bar p \pm 3\,\sigma_z\sqrt{\bar p(1-\bar p)/n_i}`, where :math:`\sigma_z =
    \overline{MR}/1.128` of :math:`z_i = (p_i - \bar p)/\sqrt{\bar p(1-\bar p)/n_i}`. Where
    no or all children were counted in every month, nothing varies and the limits are the
    centre line.

    References
    ----------
    Laney 2002, Qual Eng 14:531-537.

    Examples
    --------
    >>> chart = proportion_prime_chart([910, 880, 935, 900, 925, 890],
    ...                                [10000, 10000, 10000, 10000, 10000, 10000])
    >>> print(f"{chart.sigma_z:.2f}")
    1.11
    """
    x, n, pooled, error = _binomial(count, nobs, baseline)
    p = x / n
    flat = error == 0
    z = np.where(flat, np.where(np.isnan(p), np.nan, 0.0), (p - pooled) / np.where(flat, 1, error))
    sigma_z = _mean_range(z[..., : _baseline(baseline, x)], screened=screened) / _D2
    return _proportion_limits(p, pooled, error, sigma_z)


def _binomial(
    count: ArrayLike, nobs: ArrayLike, baseline: int | None
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return counts, the pooled share with a last axis of 1, and each point's error."""
    x, n = checked_counts(points=(count, nobs))
    checked_series(x, "count")
    first = _baseline(baseline, x)
    total = np.nansum(n[..., :first], axis=-1)
    pooled = np.nansum(x[..., :first], axis=-1) / np.where(total > 0, total, np.nan)
    pooled = pooled[..., None]
    return x, n, pooled, np.sqrt(pooled * (1 - pooled) / n)


def _proportion_limits(
    p: FloatArray, pooled: FloatArray, error: FloatArray, sigma_z: FloatArray
) -> ControlChart:
    half = _LIMITS * sigma_z[..., None] * error
    lower, upper = np.maximum(pooled - half, 0.0), np.minimum(pooled + half, 1.0)
    return _chart(p, pooled, lower, upper, sigma_z)


def _chart(
    y: FloatArray, centre: FloatArray, lower: FloatArray, upper: FloatArray, sigma_z: FloatArray
) -> ControlChart:
    dust = DUST * np.abs(centre)
    outside = (y > upper + dust) | (y < lower - dust)
    middle, low, high = (np.broadcast_to(line, y.shape).copy() for line in (centre, lower, upper))
    return ControlChart(middle, low, high, outside, scalar_if_single(np.asarray(sigma_z)))


def _baseline(baseline: int | None, values: FloatArray) -> int:
    length = values.shape[-1]
    if baseline is not None and not 1 < baseline <= length:
        raise InputError(
            [
                Problem(
                    where="baseline",
                    what="is not in the series",
                    value=str(baseline),
                    allowed=f"2 to {length} first points",
                )
            ]
        )
    return length if baseline is None else baseline


def _mean(values: FloatArray) -> FloatArray:
    """Return the mean of the known values along the last axis; NaN for none."""
    number = (~np.isnan(values)).sum(axis=-1)
    return np.asarray(np.nansum(values, axis=-1) / np.where(number > 0, number, np.nan))


def _mean_range(values: FloatArray, *, screened: bool) -> FloatArray:
    """Return the mean distance of neighbouring values."""
    ranges = np.abs(np.diff(values, axis=-1))
    mean = _mean(ranges)
    if not screened:
        return mean
    return _mean(np.where(ranges > _D4 * mean[..., None], np.nan, ranges))
