"""Straight trends: weighted least squares, by segment, and as percent change per year."""

from __future__ import annotations

from math import prod
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile, scalar_if_single
from c2c_lib.equity.series import checked_series, checked_times, trend_verdict
from c2c_lib.errors import InputError, Problem

__all__ = [
    "AnnualPercentChange",
    "Dispersion",
    "Segment",
    "TrendLine",
    "annual_percent_change",
    "linear_trend",
    "segmented_trend",
]

Dispersion: TypeAlias = Literal["estimated", "known"]

_ROUNDING: Final = 1e-12
"""A slope or residual below this share of the figures is rounding, not change."""


class TrendLine(NamedTuple):
    """Least-squares trends; every field has the shape of the series.

    Attributes
    ----------
    slope, standard_error, lower, upper : ndarray
        Change per unit of time, in the unit of the figures.
    p_value : ndarray
        Two-sided, of no change.
    intercept : ndarray
        Height of the line at time 0.
    dispersion : ndarray
        Without standard errors the residual variance; with them how many times larger
        the scatter around the line is than they explain (near 1: a line fits).
    years : ndarray of int
        How many figures were used.
    verdict : ndarray of str
        A key of `TREND_REASONS`.
    """

    slope: FloatArray
    standard_error: FloatArray
    lower: FloatArray
    upper: FloatArray
    p_value: FloatArray
    intercept: FloatArray
    dispersion: FloatArray
    years: NDArray[np.int64]
    verdict: NDArray[np.str_]


class Segment(NamedTuple):
    """The trend between two breaks of a series; `first` and `last` are its times."""

    first: float
    last: float
    trend: TrendLine


class AnnualPercentChange(NamedTuple):
    """Relative change per year; every field has the shape of the series.

    Attributes
    ----------
    percent, lower, upper : ndarray
        In percent of the year before: 2.0 is two percent a year.
    p_value : ndarray
        Two-sided, of no change.
    years : ndarray of int
        How many figures were used.
    verdict : ndarray of str
        A key of `TREND_REASONS`; ``not_defined`` where a figure is zero or negative.
    """

    percent: FloatArray
    lower: FloatArray
    upper: FloatArray
    p_value: FloatArray
    years: NDArray[np.int64]
    verdict: NDArray[np.str_]


def linear_trend(
    values: ArrayLike,
    times: ArrayLike | None = None,
    *,
    se: ArrayLike | None = None,
    dispersion: Dispersion = "estimated",
    level: float = 0.95,
) -> TrendLine:
    r"""Fit a straight line through each series, years weighted by their precision.

    Parameters
    ----------
    values : array_like
        Figures in the order of time along the last axis; NaN where there is no figure.
    times : array_like, optional
        The year of every figure, rising; broadcast over the series. Default 0, 1, 2, ...
    se : array_like, optional
        Standard errors of the figures. A year without one is left out of a weighted fit,
        since nothing says how much it weighs. Default: all years weigh the same.
    dispersion : str
        ``estimated`` (default): the scatter around the line tells the precision, with
        Student's t and n - 2 degrees of freedom; right whether or not the standard errors
        explain all of the scatter. ``known``: the standard errors alone, with the normal
        distribution; right only if nothing but sampling moves figures off the line.
    level : float
        Confidence level as a share.

    Returns
    -------
    TrendLine
        ``too_few_years`` and no precision below three figures (two with ``known``).

    Raises
    ------
    InputError
        For standard errors that are zero, negative or infinite, ``known`` without
        standard errors, and as in `theil_sen` for figures and times.

    Notes
    -----
    With weights :math:`w_i = 1/s_i^2` and weighted means,
    :math:`b = \frac{\sum w_i (t_i - \bar t)(y_i - \bar y)}{\sum w_i (t_i - \bar t)^2}`
    and :math:`SE(b) = \sqrt{\phi / \sum w_i (t_i - \bar t)^2}` with :math:`\phi = 1` if
    known, else :math:`\sum w_i e_i^2 / (n-2)`.

    A share of exactly 0 or 1 has a Wald error of zero and would outweigh everything; give
    the half width of its Wilson interval divided by 1.96 instead.

    References
    ----------
    Kim, Fay, Feuer & Midthune 2000, Stat Med 19:335-351. Draper & Smith 1998, Applied
    Regression Analysis, chapters 1 and 9.

    Examples
    --------
    >>> found = linear_trend([33, 31, 32, 29, 28, 28, 25, 24])
    >>> print(f"{found.slope:.3f} ({found.lower:.3f} to {found.upper:.3f})", found.verdict)
    -1.262 (-1.593 to -0.931) falling
    """
    check_choice("dispersion", dispersion, get_args(Dispersion))
    y = checked_series(values)
    errors = _checked_errors(se, y, dispersion)
    y = np.broadcast_to(y, errors.shape) if errors.ndim > y.ndim else y
    t = checked_times(times, y)
    shape, width = y.shape[:-1], y.shape[-1]
    rows, t, s = (a.reshape(prod(shape), width) for a in (y, t, np.broadcast_to(errors, y.shape)))
    known = ~np.isnan(rows) & ~np.isnan(s)
    n = known.sum(axis=-1)
    fit = _fit(np.where(known, rows, 0.0), t, np.where(known, 1 / s**2, 0.0))
    slope, intercept, spread, residual = fit
    freedom = np.where(n > 2, n - 2, np.nan)
    phi = residual / freedom
    if dispersion == "known":
        error, quantile = np.sqrt(1 / spread), np.full(n.shape, normal_quantile(level))
    else:
        error = np.sqrt(phi / spread)
        normal_quantile(level)  # checks the level
        quantile = special.stdtrit(freedom, (1 + level) / 2)
    p_value = _p_value(slope, error, freedom, dispersion)
    too_few = np.isnan(error)
    verdict = trend_verdict(slope, p_value, too_few, level)
    half = quantile * error
    fields = (slope, error, slope - half, slope + half, p_value, intercept, phi, n, verdict)
    return TrendLine(*(scalar_if_single(np.asarray(field).reshape(shape)) for field in fields))


def segmented_trend(
    values: ArrayLike,
    times: ArrayLike,
    breaks: ArrayLike,
    *,
    se: ArrayLike | None = None,
    dispersion: Dispersion = "estimated",
    level: float = 0.95,
) -> tuple[Segment, ...]:
    """Fit a line of its own between the breaks of a series.

    Parameters
    ----------
    values, times, se, dispersion, level
        As in `linear_trend`; all series share their times.
    breaks : array_like
        The first time of each new segment: where a test, a definition or a count changed.
        No figure before a break is compared with one after it.

    Returns
    -------
    tuple of Segment
        In the order of time. A segment may have too few years for a trend; it says so.

    Raises
    ------
    InputError
        As in `linear_trend`; for times that differ between series; and for a break that
        leaves no figure's time on one of its sides.

    Examples
    --------
    >>> before, after = segmented_trend([40, 41, 42, 43, 30, 30.5, 32, 32.4],
    ...                                 range(2011, 2019), breaks=[2015])
    >>> print(f"{before.trend.slope:.2f}, then {after.trend.slope:.2f} from {after.first:.0f}")
    1.00, then 0.87 from 2015
    """
    y = checked_series(values)
    t = np.asarray(times, dtype=np.float64)
    edges = np.unique(np.asarray(breaks, dtype=np.float64))
    if t.ndim == 1:
        checked_times(t, y)
    part = np.searchsorted(edges, t, side="right")
    present = set(part.tolist()) if t.ndim == 1 else set()
    if present != set(range(edges.size + 1)):
        raise InputError(
            [
                Problem(
                    where="breaks",
                    what="do not cut the times into segments",
                    value=", ".join(f"{edge:g}" for edge in edges),
                    allowed="first times of segments, each with a time before and after it; "
                    "one list of times for all series",
                )
            ]
        )
    errors = None if se is None else np.broadcast_to(np.asarray(se, dtype=np.float64), y.shape)
    segments = []
    for number in range(edges.size + 1):
        inside = part == number
        trend = linear_trend(
            y[..., inside],
            t[inside],
            se=None if errors is None else errors[..., inside],
            dispersion=dispersion,
            level=level,
        )
        segments.append(Segment(float(t[inside][0]), float(t[inside][-1]), trend))
    return tuple(segments)


def annual_percent_change(
    values: ArrayLike,
    times: ArrayLike | None = None,
    *,
    se: ArrayLike | None = None,
    dispersion: Dispersion = "estimated",
    level: float = 0.95,
) -> AnnualPercentChange:
    r"""Return the constant relative change per year that fits a series best.

    Parameters
    ----------
    values, times, se, dispersion, level
        As in `linear_trend`; a standard error becomes se / value on the log scale.

    Returns
    -------
    AnnualPercentChange
        All NaN, and ``not_defined``, for a series with a zero or negative figure: its
        logarithm does not exist, and leaving the year out would hide the lowest figures.

    Raises
    ------
    InputError
        As in `linear_trend`.

    Notes
    -----
    :math:`APC = 100(e^b - 1)`, b the slope of the logarithms (NCI Joinpoint without
    joinpoints). It depends on the side: a share of 90 % that rises by one percent a year
    is a share of 10 % that falls by nine.

    References
    ----------
    Kim, Fay, Feuer & Midthune 2000, Stat Med 19:335-351.

    Examples
    --------
    >>> found = annual_percent_change([33, 31, 32, 29, 28, 28, 25, 24])
    >>> print(f"{found.percent:.2f} ({found.lower:.2f} to {found.upper:.2f}) % a year")
    -4.36 (-5.51 to -3.18) % a year
    """
    y = checked_series(values)
    undefined = np.asarray((y <= 0).any(axis=-1))
    usable = np.where(undefined[..., None], np.nan, y)
    errors = None
    if se is not None:
        given = _checked_errors(se, y, dispersion)
        usable, given = np.broadcast_arrays(usable, given)
        undefined = np.broadcast_to(undefined, usable.shape[:-1])
        errors = given / usable
    line = linear_trend(np.log(usable), times, se=errors, dispersion=dispersion, level=level)
    percents = (100 * np.expm1(v) for v in (line.slope, line.lower, line.upper))
    verdict = np.where(undefined, "not_defined", line.verdict)
    fields = (*percents, line.p_value, line.years, verdict)
    return AnnualPercentChange(*(scalar_if_single(np.asarray(field)) for field in fields))


def _checked_errors(se: ArrayLike | None, y: FloatArray, dispersion: Dispersion) -> FloatArray:
    """Return standard errors of the shape of the figures, ones where none are given."""
    problem = ""
    errors = np.ones_like(y) if se is None else np.asarray(se, dtype=np.float64)
    if se is None and dispersion == "known":
        problem = "is needed when the dispersion is taken for known"
    elif ((errors <= 0) | np.isinf(errors)).any():
        bad = errors[(errors <= 0) | np.isinf(errors)]
        problem = "has values that are not a precision: " + ", ".join(f"{v:g}" for v in bad[:5])
    if problem:
        raise InputError(
            [
                Problem(
                    where="se",
                    what=problem,
                    allowed="standard errors above 0, or NaN where unknown",
                    remedy="For a share of 0 or 1 use the half width of its Wilson interval "
                    "divided by 1.96.",
                )
            ]
        )
    return np.broadcast_to(errors, np.broadcast_shapes(errors.shape, y.shape))


def _fit(
    y: FloatArray, t: FloatArray, w: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return slope, intercept, weighted spread of the times, weighted residual squares."""
    total = w.sum(axis=-1)
    total = np.where(total > 0, total, np.nan)
    mean_t, mean_y = (w * t).sum(-1) / total, (w * y).sum(-1) / total
    dt, dy = t - mean_t[:, None], y - mean_y[:, None]
    spread = (w * dt**2).sum(-1)
    spread = np.where(((w > 0).sum(-1) > 1) & (spread > 0), spread, np.nan)
    slope = (w * dt * dy).sum(-1) / spread
    scale = np.max(np.abs(y) * (w > 0), axis=-1, initial=0.0)
    length = np.max(np.abs(dt) * (w > 0), axis=-1, initial=0.0)
    slope = np.where(np.abs(slope) * length <= _ROUNDING * scale, 0.0, slope)
    left = np.where(w > 0, dy - slope[:, None] * dt, 0.0)
    left = np.where(np.abs(left) <= _ROUNDING * scale[:, None], 0.0, left)
    return slope, mean_y - slope * mean_t, spread, (w * left**2).sum(-1)


def _p_value(
    slope: FloatArray, error: FloatArray, freedom: FloatArray, dispersion: Dispersion
) -> FloatArray:
    """Return the two-sided p-value; a perfect line has 0, a perfectly flat one 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        score = -np.abs(slope) / error
    tail = special.ndtr(score) if dispersion == "known" else special.stdtr(freedom, score)
    p_value = np.where(error == 0, np.where(slope == 0, 1.0, 0.0), 2 * tail)
    return np.where(np.isnan(error), np.nan, p_value)
