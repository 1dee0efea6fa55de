"""Rates of small areas, raw and smoothed: empirical Bayes.

A rate of a small area jumps by chance. Empirical Bayes moves each rate towards the mean of
all areas (or of the neighbours), the further the fewer people stand behind it. That also
moves the true outlier that a report may be after, so both rates are always returned.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from c2c_lib.equity.arrays import (
    FloatArray,
    Interval,
    broadcast,
    check_choice,
    normal_quantile,
    scalar_if_single,
)
from c2c_lib.equity.gamma_quantile import gamma_quantile
from c2c_lib.errors import InputError, Problem, Problems

__all__ = [
    "SMOOTHING_REASONS",
    "Posterior",
    "Smoothed",
    "eb_standardised_rates",
    "exceedance_probability",
    "smooth_rates",
    "smoothed_interval",
]

Posterior: TypeAlias = Literal["gamma", "normal"]

SMOOTHING_REASONS: Final[dict[str, str]] = {
    "partly": "The rate is moved towards the mean, as far as its size of population calls for.",
    "all_at_mean": "The areas differ by no more than chance: the smoothed rate is the mean itself.",
    "no_population": "Nobody lives there.",
}
"""How a smoothed rate came about, in plain words."""


class Smoothed(NamedTuple):
    """Raw and smoothed rates; every field has the shape of the counts.

    Attributes
    ----------
    raw, smoothed : ndarray
        Events per person.
    prior_mean, prior_variance : ndarray
        Mean b of the rates and variance a between areas (for local smoothing, those of
        the neighbourhood).
    weight : ndarray
        How much of the raw rate is kept: 1 leaves it, 0 replaces it by the mean.
    population : ndarray
        People behind the raw rate.
    reason : ndarray of str
        A key of `SMOOTHING_REASONS`.
    """

    raw: FloatArray
    smoothed: FloatArray
    prior_mean: FloatArray
    prior_variance: FloatArray
    weight: FloatArray
    population: FloatArray
    reason: NDArray[np.str_]


def smooth_rates(
    events: ArrayLike,
    population: ArrayLike,
    *,
    neighbours: ArrayLike | None = None,
    keep_negative: bool = False,
) -> Smoothed:
    r"""Return raw and empirical Bayes rates.

    Parameters
    ----------
    events, population : array_like
        Events and people of every area along the last axis; broadcast together. NaN where
        unknown.
    neighbours : array_like of shape (k, k), optional
        Where the entry of row i and column j is not zero, area j is a neighbour of i. Each
        area is then smoothed towards the rate of itself and its neighbours (local). An
        area without neighbours keeps its raw rate. Default: towards the rate of all areas
        (global).
    keep_negative : bool
        Whether a negative estimate of the variance between areas is used as it is. Some
        tools do (it moves rates *past* the mean, or away from it); only for comparison.

    Returns
    -------
    Smoothed
        Where the areas differ by no more than chance, a is 0, every smoothed rate is the
        mean, and the reason says ``all_at_mean``. NaN where nobody lives or a count is
        unknown; such areas do not count towards the mean.

    Raises
    ------
    InputError
        For negative or infinite numbers, events without population, or neighbours of the
        wrong shape; every problem is listed.

    Notes
    -----
    Marshall's estimator by moments, with Poisson events:

    .. math:: b = \frac{\sum e_i}{\sum n_i}, \qquad
        a = \max\left(0, \frac{\sum n_i (r_i - b)^2}{\sum n_i} - \frac{b}{\bar n}\right),
        \qquad \hat\theta_i = b + \frac{a}{a + b/n_i} (r_i - b)

    The Poisson variance b/n is right for rare events. For a share near one half it is
    twice the binomial one, so that smoothing is stronger than it need be: smooth the
    rarer side (not proficient rather than proficient, if that is rarer).

    References
    ----------
    Marshall 1991, J R Stat Soc C 40:283-294. Anselin, Lozano & Koschinsky 2006, Rate
    Transformations and Smoothing.

    Examples
    --------
    >>> found = smooth_rates([9, 3, 70, 0, 8, 44], [410, 95, 1210, 60, 300, 505])
    >>> found.raw.round(3)
    array([0.022, 0.032, 0.058, 0.   , 0.027, 0.087])
    >>> found.smoothed.round(3)
    array([0.029, 0.043, 0.057, 0.035, 0.034, 0.08 ])
    """
    e, n = _checked(events, population)
    known = ~np.isnan(e)
    x, size = np.where(known, e, 0.0), np.where(known, n, 0.0)
    raw = e / np.where(known, n, np.nan)
    if neighbours is None:
        mean, scatter, average = _global_moments(x, size, raw, known)
    else:
        mean, scatter, average = _local_moments(x, size, raw, known, neighbours)
    variance = scatter - mean / average
    if not keep_negative:
        # A difference of rounding is no variance.
        variance = np.where(variance > 1e-12 * scatter, variance, 0.0)
    chance = mean / np.where(known, n, np.nan)
    whole = variance + chance
    weight = np.where(whole == 0, 0.0, variance / np.where(whole == 0, 1.0, whole))
    reason = np.select([~known, variance == 0], ["no_population", "all_at_mean"], default="partly")
    mean, variance = (np.where(known, v, np.nan) for v in (mean, variance))
    fields = (raw, mean + weight * (raw - mean), mean, variance, weight, n, reason)
    return Smoothed(*(scalar_if_single(np.asarray(field)) for field in fields))


def exceedance_probability(
    smoothed: Smoothed, threshold: ArrayLike, posterior: Posterior = "gamma"
) -> FloatArray:
    r"""Return how probable it is that the true rate of an area lies above a threshold.

    Parameters
    ----------
    smoothed : Smoothed
        From `smooth_rates`.
    threshold : array_like
        Events per person; broadcast over the areas.
    posterior : str
        ``gamma`` (default; exact if the true rates follow a Gamma distribution, never
        below 0) or ``normal``.

    Returns
    -------
    ndarray of float
        NaN where the prior variance is 0 (the areas were not told apart, so that there is
        nothing to say about one of them) and where nobody lives.

    Raises
    ------
    InputError
        For an unknown posterior, or rates smoothed with a negative variance.

    Notes
    -----
    A Gamma prior with mean b and variance a and Poisson events give the posterior
    :math:`\Gamma(b^2/a + e_i,\; b/a + n_i)`, whose mean is the smoothed rate itself. The
    normal posterior has the same mean and variance; it is the poorer choice for few events.
    Both take a and b for known, which makes them a little too sure with few areas.

    References
    ----------
    Richardson, Thomson, Best & Elliott 2004, Environ Health Perspect 112:1016-1025.
    Clayton & Kaldor 1987, Biometrics 43:671-681.

    Examples
    --------
    >>> found = smooth_rates([9, 3, 70, 0, 8, 44], [410, 95, 1210, 60, 300, 505])
    >>> exceedance_probability(found, 0.06).round(3)
    array([0.   , 0.118, 0.33 , 0.051, 0.007, 0.973])
    """
    check_choice("posterior", posterior, get_args(Posterior))
    shape, rate = _gamma(smoothed)
    (limit,) = broadcast(threshold)
    if posterior == "gamma":
        above = special.gammaincc(shape, rate * np.maximum(limit, 0.0))
        return np.asarray(scalar_if_single(np.where(limit < 0, above * 0 + 1, above)))
    spread = np.sqrt(shape) / rate
    centre = shape / rate
    return np.asarray(scalar_if_single(special.ndtr((centre - limit) / spread)))


def smoothed_interval(smoothed: Smoothed, level: float = 0.95) -> Interval:
    """Return the interval in which the true rate of an area lies, by its Gamma posterior.

    Parameters
    ----------
    smoothed : Smoothed
        From `smooth_rates`.
    level : float
        Probability as a share.

    Returns
    -------
    Interval
        Events per person; NaN where the prior variance is 0 and where nobody lives.

    Raises
    ------
    InputError
        For a level outside (0, 1), or rates smoothed with a negative variance.

    Notes
    -----
    Equal tails of the posterior described at `exceedance_probability`. The interval holds
    for areas taken together: over all areas it covers `level`, for an area that differs
    from all others less.

    Examples
    --------
    >>> found = smooth_rates([9, 3, 70, 0, 8, 44], [410, 95, 1210, 60, 300, 505])
    >>> smoothed_interval(found).upper.round(3)
    array([0.045, 0.075, 0.071, 0.067, 0.054, 0.104])
    """
    normal_quantile(level)
    shape, rate = _gamma(smoothed)
    tail = (1 - level) / 2
    return Interval(
        scalar_if_single(gamma_quantile(shape, tail) / rate),
        scalar_if_single(gamma_quantile(shape, 1 - tail) / rate),
    )


def eb_standardised_rates(events: ArrayLike, population: ArrayLike) -> FloatArray:
    r"""Return how many standard deviations each rate lies from the mean of all areas.

    Parameters
    ----------
    events, population : array_like
        As in `smooth_rates`.

    Returns
    -------
    ndarray of float
        Rates made comparable although populations differ, for maps and for Moran's I.
        NaN where nobody lives, and everywhere if there are no events at all.

    Raises
    ------
    InputError
        As in `smooth_rates`.

    Notes
    -----
    :math:`z_i = (r_i - b)/\sqrt{a + b/n_i}` with Marshall's a and b; where a is negative
    and :math:`a + b/n_i \le 0`, the chance part :math:`b/n_i` alone is used.

    References
    ----------
    Assuncao & Reis 1999, Stat Med 18:2147-2162.

    Examples
    --------
    >>> eb_standardised_rates([9, 3, 70, 0, 8, 44], [410, 95, 1210, 60, 300, 505]).round(2)
    array([-1.27, -0.65,  0.27, -1.44, -1.03,  1.52])
    """
    found = smooth_rates(events, population, keep_negative=True)
    chance = found.prior_mean / found.population
    spread = found.prior_variance + chance
    spread = np.where(spread > 0, spread, chance)
    spread = np.where(spread > 0, spread, np.nan)
    return np.asarray(scalar_if_single((found.raw - found.prior_mean) / np.sqrt(spread)))


def _checked(events: ArrayLike, population: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return events and population; both NaN where either is unknown or nobody lives."""
    e, n = broadcast(events, population)
    problems = Problems()
    for what, bad in (
        ("is negative or infinite", (e < 0) | (n < 0) | np.isinf(e) | np.isinf(n)),
        ("has events but no population", (e > 0) & (n == 0)),
    ):
        if np.any(bad):
            shown = list(zip(e[bad], n[bad], strict=True))[:5]
            value = ", ".join(f"{x:g}/{m:g}" for x, m in shown)
            problems.add("areas", what, value=value, allowed="events >= 0, population > 0, or NaN")
    if e.ndim == 0:
        problems.add("areas", "is one area", allowed="all areas along the last axis")
    problems.raise_if_any()
    known = ~np.isnan(e) & (n > 0)
    return np.where(known, e, np.nan), np.where(known, n, np.nan)


def _global_moments(
    x: FloatArray, size: FloatArray, raw: FloatArray, known: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return mean rate, weighted scatter and mean population, with a last axis of 1."""
    total = size.sum(axis=-1, keepdims=True)
    total = np.where(total > 0, total, np.nan)
    mean = x.sum(axis=-1, keepdims=True) / total
    square = np.where(known, raw - mean, 0.0) ** 2
    scatter = (size * square).sum(axis=-1, keepdims=True) / total
    return mean, scatter, total / known.sum(axis=-1, keepdims=True)


def _local_moments(
    x: FloatArray,
    size: FloatArray,
    raw: FloatArray,
    known: NDArray[np.bool_],
    neighbours: ArrayLike,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    near = np.asarray(neighbours)
    areas = x.shape[-1]
    if near.shape != (areas, areas):
        raise InputError(
            [
                Problem(
                    where="neighbours",
                    what="has the wrong shape",
                    value=str(near.shape),
                    allowed=f"({areas}, {areas}), a row and a column per area",
                )
            ]
        )
    inside = ((near != 0) | np.eye(areas, dtype=bool)).astype(np.float64)
    total = size @ inside.T
    total = np.where(total > 0, total, np.nan)
    mean = (x @ inside.T) / total
    rate = np.where(known, raw, 0.0)
    # sum of n (r - m)^2 over the neighbourhood, m differing from area to area
    apart = (rate[..., None, :] - mean[..., :, None]) ** 2
    scatter = (inside * size[..., None, :] * apart).sum(axis=-1) / total
    return mean, scatter, total / (known.astype(np.float64) @ inside.T)


def _gamma(smoothed: Smoothed) -> tuple[FloatArray, FloatArray]:
    """Return shape and rate of the Gamma posteriors; NaN where there is no prior variance."""
    a, b, n = (
        np.asarray(v) for v in (smoothed.prior_variance, smoothed.prior_mean, smoothed.population)
    )
    if (a < 0).any():
        raise InputError(
            [
                Problem(
                    where="smoothed",
                    what="has a negative variance between areas",
                    remedy="Smooth without keep_negative.",
                )
            ]
        )
    spread = np.where(a > 0, a, np.nan)
    return b**2 / spread + smoothed.raw * n, b / spread + n
