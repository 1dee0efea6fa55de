"""Run charts: has a monthly figure shifted, by the Anhoej rules."""

from __future__ import annotations

from math import prod
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from c2c_lib.equity.arrays import FloatArray, scalar_if_single
from c2c_lib.equity.series import checked_series, median_of_sorted
from c2c_lib.errors import InputError, Problem

__all__ = ["AnhoejLimits", "RunChart", "anhoej_limits", "run_chart_of"]

_FEWEST_POINTS: Final = 10
_ON_THE_CENTRE: Final = 1e-12


class AnhoejLimits(NamedTuple):
    """What chance allows; both have the shape of the numbers of useful points.

    Attributes
    ----------
    longest_run : ndarray
        A longer run on one side of the centre is a signal.
    fewest_crossings : ndarray
        Fewer crossings of the centre are a signal.
    """

    longest_run: FloatArray
    fewest_crossings: FloatArray


class RunChart(NamedTuple):
    """A run chart; every field has the shape of the series.

    Attributes
    ----------
    centre : ndarray
        The centre line in the unit of the figures.
    points, useful : ndarray of int
        Known figures, and those of them that do not lie on the centre line.
    longest_run, crossings : ndarray of int
        Most useful points in a row on one side, and how often the side changes.
    longest_run_limit, crossings_limit : ndarray
        As in `AnhoejLimits`; NaN without useful points.
    signal : ndarray of bool
        Whether the run is longer, or the crossings are fewer, than chance allows.
    verdict : ndarray of str
        ``shifted``, ``stable``, or ``too_few_points`` below ten useful points.
    """

    centre: FloatArray
    points: NDArray[np.int64]
    useful: NDArray[np.int64]
    longest_run: NDArray[np.int64]
    crossings: NDArray[np.int64]
    longest_run_limit: FloatArray
    crossings_limit: FloatArray
    signal: NDArray[np.bool_]
    verdict: NDArray[np.str_]


def anhoej_limits(useful: ArrayLike) -> AnhoejLimits:
    r"""Return the limits of the Anhoej rules for numbers of useful points.

    Parameters
    ----------
    useful : array_like
        How many points do not lie on the centre line.

    Returns
    -------
    AnhoejLimits
        NaN for 0 points.

    Raises
    ------
    InputError
        For numbers that are negative or not whole.

    Notes
    -----
    Longest run: :math:`\mathrm{round}(\log_2 n) + 3` (Schilling 2012). Crossings: the
    lower 5 % quantile of the binomial distribution of n - 1 trials at one half (Chen
    2010).

    References
    ----------
    Anhoej & Olesen 2014, PLoS ONE 9:e113825. Anhoej 2015, PLoS ONE 10:e0121349.

    Examples
    --------
    >>> anhoej_limits([10, 20, 24])
    AnhoejLimits(longest_run=array([6., 7., 8.]), fewest_crossings=array([2., 6., 8.]))
    """
    n = np.asarray(useful, dtype=np.float64)
    if ((n < 0) | (n != np.floor(n))).any():
        raise InputError(
            [Problem("useful", "is not a number of points", value=str(n), allowed="0, 1, 2, ...")]
        )
    some = np.where(n > 0, n, np.nan)
    return AnhoejLimits(
        scalar_if_single(np.round(np.log2(some)) + 3),
        scalar_if_single(np.asarray(stats.binom.ppf(0.05, some - 1, 0.5))),
    )


def run_chart_of(
    values: ArrayLike, *, centre: ArrayLike | None = None, baseline: int | None = None
) -> RunChart:
    """Look for a shift in series of figures.

    Parameters
    ----------
    values : array_like
        Figures in the order of time along the last axis; NaN where there is no figure.
    centre : array_like, optional
        Centre line of every series, for example a target. Default: the median.
    baseline : int, optional
        Take the median of so many first points only, so that a shift after them shows at
        its full size.

    Returns
    -------
    RunChart
        Points on the centre line are not useful: they neither lengthen a run nor break
        it. Signals are given for any number of points; the verdict waits for ten useful
        ones, so yearly figures rarely qualify.

    Raises
    ------
    InputError
        For a single number, infinite figures, a baseline without points in it, or a
        baseline beside a centre.

    Notes
    -----
    The two rules are used together; each alone is weaker. The older rules of five points
    in a trend or of too many runs are left out: the first is "virtually useless" (Anhoej
    & Olesen 2014). A run chart tells that something changed, not when, nor why.

    References
    ----------
    Anhoej & Olesen 2014, PLoS ONE 9:e113825.

    Examples
    --------
    >>> found = run_chart_of([52, 49, 51, 50, 53, 48, 50, 51, 49, 52,
    ...                    58, 57, 59, 60, 58, 57, 61, 59, 58, 60])
    >>> print(found.longest_run, found.crossings, found.verdict)
    10 1 shifted
    """
    y = checked_series(values)
    shape, width = y.shape[:-1], y.shape[-1]
    rows = y.reshape(prod(shape), width)
    middle = _centre(rows, centre, baseline, shape)
    distance = rows - middle[:, None]
    on_line = np.abs(distance) <= _ON_THE_CENTRE * np.abs(middle)[:, None]
    side = np.where(np.isnan(distance) | on_line, 0.0, np.sign(distance))
    longest, crossings = _runs(side)
    useful = (side != 0).sum(axis=-1)
    limits = anhoej_limits(useful)
    signal = (longest > limits.longest_run) | (crossings < limits.fewest_crossings)
    verdict = np.select(
        [useful < _FEWEST_POINTS, signal], ["too_few_points", "shifted"], default="stable"
    )
    points = (~np.isnan(rows)).sum(axis=-1)
    fields = (middle, points, useful, longest, crossings, *limits, signal, verdict)
    return RunChart(*(scalar_if_single(np.asarray(field).reshape(shape)) for field in fields))


def _centre(
    rows: FloatArray, centre: ArrayLike | None, baseline: int | None, shape: tuple[int, ...]
) -> FloatArray:
    if centre is not None and baseline is None:
        return np.broadcast_to(np.asarray(centre, dtype=np.float64), shape).reshape(len(rows))
    if baseline is not None and (centre is not None or not 0 < baseline <= rows.shape[-1]):
        raise InputError(
            [
                Problem(
                    where="baseline",
                    what="cannot be used",
                    value=str(baseline),
                    allowed=f"1 to {rows.shape[-1]} first points, and no centre beside it",
                )
            ]
        )
    part = rows[:, :baseline]
    padded = np.concatenate([part, np.full((len(rows), 1), np.nan)], axis=-1)
    return median_of_sorted(np.sort(padded, axis=-1), (~np.isnan(part)).sum(axis=-1))


def _runs(side: FloatArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the longest run and the crossings of every row; side 0 is passed over."""
    run, longest, crossings = (np.zeros(len(side), dtype=np.int64) for _ in range(3))
    last = np.zeros(len(side))
    for now in side.T:
        useful = now != 0
        same = now == last
        crossings += useful & ~same & (last != 0)
        run = np.where(useful, np.where(same, run + 1, 1), run)
        longest = np.maximum(longest, run)
        last = np.where(useful, now, last)
    return longest, crossings
