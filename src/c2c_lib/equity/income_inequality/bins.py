"""Quantiles and inequality of incomes that are published as counts in bins."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, check_choice
from c2c_lib.errors import InputError, Problem, Problems
from c2c_lib.observations.margins import Z_90

__all__ = ["BINNED_REASONS", "BinnedQuantile", "Interpolation", "quantile_from_bins", "spread_bins"]

Interpolation: TypeAlias = Literal["linear", "pareto"]

BINNED_REASONS: Final[dict[str, str]] = {
    "inside": "It lies in a bin with two ends.",
    "bottom_bin": "It lies in the lowest bin, whose lower end is a convention.",
    "top_bin": "It lies in the open top bin: all that is known is that it is at least this.",
    "no_count": "Nobody was counted.",
}
"""Where a quantile lies, in plain words."""

_POINTS: Final = 200
_LEAST_TAIL: Final = 1.5
_MOST_TAIL: Final = 20.0


class BinnedQuantile(NamedTuple):
    """A quantile of binned figures.

    Attributes
    ----------
    estimate : float
        In the unit of the bins; at the lower end of an open top bin.
    margin : float
        90 % margin of error; NaN without a sampling percentage, where the limits lie in the
        open top bin, and where so few were asked that they lie beyond all figures.
    reason : str
        A key of `BINNED_REASONS`.
    """

    estimate: float
    margin: float
    reason: str


def quantile_from_bins(
    lower: ArrayLike,
    upper: ArrayLike,
    count: ArrayLike,
    share: float = 0.5,
    *,
    interpolation: Interpolation = "linear",
    sampling_percentage: float | None = None,
    design_factor: float = 1.0,
) -> BinnedQuantile:
    r"""Return the median, or another quantile, of counts in bins.

    Parameters
    ----------
    lower, upper : array_like, shape (bins,)
        Ends of the bins from low to high, as they are to be read: 45,000 and 49,999 or
        45,000 and 50,000. The last upper end may be infinite (open top bin).
    count : array_like, shape (bins,)
        How many are in each.
    share : float
        0.5 for the median.
    interpolation : str
        Within the bin: ``linear`` (default; as if everyone were spread evenly) or ``pareto``
        (fewer towards the upper end; for bins wider than 2,500 dollars, say).
    sampling_percentage : float, optional
        Percent of all people who were asked: 12.5 for five years of the American Community
        Survey, 2.5 for one; without it there is no margin.
    design_factor : float
        Ratio of the standard error to that of a simple sample, as published for the table.

    Returns
    -------
    BinnedQuantile

    Raises
    ------
    InputError
        For bins that overlap, run backwards or do not match their counts, negative counts, a
        share outside (0, 1), or a sampling percentage outside (0, 100].

    Notes
    -----
    The standard error of the share is
    :math:`f \sqrt{\frac{100-s}{s\,n}\,q(1-q)}` with the sampling percentage s and the design
    factor f. The limits are the quantiles at q plus and minus it, read between the lower
    ends of the bins, and the margin is 1.645 times half their distance.
    Pareto: :math:`a \left(\frac{1-P_a}{1-q}\right)^{1/\theta}` with
    :math:`\theta = \ln\frac{1-P_a}{1-P_b} / \ln\frac{b}{a}`, where :math:`P_a, P_b` are the
    shares below the ends a and b.

    References
    ----------
    California State Data Center 2016, Re-calculating Medians and their Margins of Error for
    Aggregated ACS Data. US Census Bureau, PUMS Accuracy of the Data.

    Examples
    --------
    >>> found = quantile_from_bins([0, 10, 20, 50], [10, 20, 50, float("inf")], [4, 10, 30, 6],
    ...                            sampling_percentage=12.5)
    >>> found.estimate, round(found.margin, 2), found.reason
    (31.0, 15.39, 'inside')
    """
    check_choice("interpolation", interpolation, get_args(Interpolation))
    low, high, n = _checked(lower, upper, count, share, sampling_percentage)
    total = n.sum()
    if total == 0:
        return BinnedQuantile(float("nan"), float("nan"), "no_count")
    reached = np.cumsum(n)
    place = int(np.argmax(reached >= share * total))
    below, here = (reached - n)[place] / total, n[place] / total
    start, end = float(low[place]), float(high[place])
    reason = "top_bin" if np.isinf(end) else "bottom_bin" if place == 0 else "inside"
    if np.isinf(end):
        estimate = start
    elif interpolation == "pareto" and start > 0 and below + here < 1:
        tail = np.log((1 - below) / (1 - below - here)) / np.log(end / start)
        estimate = float(start * ((1 - below) / (1 - share)) ** (1 / tail))
    else:
        estimate = float(start + (end - start) * (share - below) / here)
    margin = float("nan")
    if sampling_percentage is not None:
        chance = (100 - sampling_percentage) / sampling_percentage / total * share * (1 - share)
        error = design_factor * np.sqrt(chance)
        shares = share - error, share + error
        if shares[0] > 0 and shares[1] < 1:
            ends = [_at(low, high, n, q) for q in shares]
            margin = Z_90 * (ends[1] - ends[0]) / 2
    return BinnedQuantile(estimate, margin, reason)


def spread_bins(
    lower: ArrayLike, upper: ArrayLike, count: ArrayLike
) -> tuple[FloatArray, NDArray[np.float64]]:
    r"""Return incomes and weights that stand for binned counts.

    Parameters
    ----------
    lower, upper, count : array_like, shape (bins,)
        As in `quantile_from_bins`.

    Returns
    -------
    values, weights : ndarray
        200 incomes per bin: evenly spread between two ends, along a Pareto tail in an open
        top bin. Any measure of this package takes them.

    Raises
    ------
    InputError
        As in `quantile_from_bins`.

    Notes
    -----
    The tail index is that of the two highest bins,
    :math:`\ln\frac{n_{k-1}+n_k}{n_k} / \ln\frac{a_k}{a_{k-1}}`, kept between 1.5 and 20:
    below 1 there is no mean at all. What the measures say of the top therefore rests on an
    assumption, and the more so the more people the open bin holds.

    References
    ----------
    von Hippel, Scarpino & Holas 2016, Sociological Methodology 46:212-251.

    Examples
    --------
    >>> values, weights = spread_bins([0, 10], [10, 20], [1, 3])
    >>> round(float((values * weights).sum() / weights.sum()), 6)
    12.5
    """
    low, high, n = _checked(lower, upper, count, 0.5, None)
    ranks = (np.arange(_POINTS) + 0.5) / _POINTS
    closed = np.where(np.isinf(high), low, high)
    values = low[:, None] + (closed - low)[:, None] * ranks
    if np.isinf(high[-1]):
        tail = _LEAST_TAIL
        if low.size > 1 and n[-1] > 0 and low[-2] > 0:
            tail = float(np.log((n[-2] + n[-1]) / n[-1]) / np.log(low[-1] / low[-2]))
        tail = float(np.clip(tail, _LEAST_TAIL, _MOST_TAIL))
        # Means of 200 equal slices of the tail, so that its mean is exact.
        edges = np.linspace(1.0, 0.0, _POINTS + 1) ** (1 - 1 / tail)
        values[-1] = low[-1] * tail / (tail - 1) * (edges[:-1] - edges[1:]) * _POINTS
    return values.ravel(), np.repeat(n / _POINTS, _POINTS)


def _at(low: FloatArray, high: FloatArray, n: FloatArray, share: float) -> float:
    """Return a quantile, interpolated between the lower ends of the bins; NaN in an open one."""
    reached = np.cumsum(n)
    total = reached[-1]
    place = int(np.argmax(reached >= share * total))
    ends = np.append(low[1:], high[-1])
    before = reached[place] - n[place]
    inside = (share * total - before) / n[place]
    if np.isinf(ends[place]):
        return float("nan")
    return float(low[place] + inside * (ends[place] - low[place]))


def _checked(
    lower: ArrayLike,
    upper: ArrayLike,
    count: ArrayLike,
    share: float,
    sampling_percentage: float | None,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    low, high, n = (np.asarray(v, dtype=np.float64) for v in (lower, upper, count))
    if not (low.ndim == 1 and low.shape == high.shape == n.shape and low.size):
        raise InputError(
            [
                Problem(
                    "bins",
                    "have not one lower end, upper end and count each",
                    value=f"shapes {low.shape}, {high.shape}, {n.shape}",
                    allowed="three equally long lists",
                )
            ]
        )
    problems = Problems()
    if not (low < high).all() or not (high[:-1] <= low[1:]).all():
        problems.add(
            "bins",
            "overlap or run backwards",
            value=", ".join(f"{a:g}-{b:g}" for a, b in zip(low, high, strict=True)),
            allowed="from low to high, each above the one before; only the last may be open",
        )
    if not (np.isfinite(n) & (n >= 0)).all():
        problems.add("count", "is negative or unknown", value=n.tolist(), allowed="0 or more")
    if not 0 < share < 1:
        problems.add("share", "is not between 0 and 1", value=share, allowed="0.5 for the median")
    if sampling_percentage is not None and not 0 < sampling_percentage <= 100:
        problems.add(
            "sampling_percentage",
            "is not a percentage",
            value=sampling_percentage,
            allowed="above 0, up to 100",
        )
    problems.raise_if_any()
    return low, high, n
