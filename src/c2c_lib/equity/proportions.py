"""Confidence intervals of one proportion, vectorised.

A full count of students has no sampling error. An interval around it is meant in the
superpopulation sense: how far could the same schools, with children like these, have come
out by chance alone? Say so beside the figure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from c2c_lib.equity.arrays import (
    FloatArray,
    Interval,
    broadcast,
    check_choice,
    checked_counts,
    normal_quantile,
    scalar_if_single,
)
from c2c_lib.errors import InputError, Problem

__all__ = ["ProportionMethod", "proportion_interval"]

ProportionMethod: TypeAlias = Literal[
    "wilson",
    "agresti_coull",
    "jeffreys",
    "clopper_pearson",
    "mid_p",
    "wilson_continuity",
    "wald",
    "wald_continuity",
]

_BISECTIONS: Final = 60
"""Halvings of [0, 1]: more than a double can resolve."""


def proportion_interval(
    count: ArrayLike,
    nobs: ArrayLike,
    method: ProportionMethod = "wilson",
    level: float = 0.95,
    *,
    population: ArrayLike | None = None,
) -> Interval:
    r"""Return the confidence interval of ``count / nobs``.

    Parameters
    ----------
    count, nobs : array_like
        Children counted, and out of how many; broadcast together. NaN where unknown.
    method : str
        ``wilson`` (default; score interval, good coverage at every n), ``agresti_coull``
        (simple, never shorter than Wilson), ``jeffreys`` (equal-tailed Beta(x+½, n-x+½)
        with the lower end 0 at x = 0 and the upper end 1 at x = n), ``clopper_pearson``
        (never covers less than `level`, so it is wide), ``mid_p`` (Clopper-Pearson with
        half the probability of the observed count) or ``wilson_continuity`` (Wilson with
        half a child of continuity correction, nearly as wide as Clopper-Pearson). ``wald``
        and ``wald_continuity`` are there to check what others published with them; they
        cover far too little near 0 and 1 and should not be published.
    level : float
        Confidence level as a share.
    population : array_like, optional
        Size of the finite population of which `nobs` is a sample; only with ``wilson``.
        The number of observations becomes :math:`n (N-1) / (N-n)`; at ``nobs ==
        population`` everything is known and the interval has no width.

    Returns
    -------
    Interval
        Shares within [0, 1]; NaN where the count is unknown or ``nobs`` is 0.

    Raises
    ------
    InputError
        For counts below 0 or above `nobs`, an unknown method, a level outside (0, 1), or
        a population smaller than the sample.

    Notes
    -----
    Wilson: :math:`\frac{x + z^2/2 \pm z\sqrt{n\hat p\hat q + z^2/4}}{n + z^2}`.
    Limits are clipped to [0, 1], which matters for Agresti-Coull and Wald only.

    References
    ----------
    Wilson 1927, JASA 22:209. Newcombe 1998, Stat Med 17:857-872. Brown, Cai & DasGupta
    2001, Stat Sci 16:101-133.

    Examples
    --------
    >>> low, high = proportion_interval(81, 263)
    >>> print(f"{low:.4f} {high:.4f}")
    0.2553 0.3662
    >>> proportion_interval([0, 5, 10], 10).lower.round(3)
    array([0.   , 0.237, 0.722])
    """
    check_choice("method", method, get_args(ProportionMethod))
    z = normal_quantile(level)
    if population is not None and method != "wilson":
        raise InputError(
            [
                Problem(
                    where="population",
                    what="is only defined for the method wilson",
                    value=method,
                    remedy="Leave out population, or use method='wilson'.",
                )
            ]
        )
    x, n = checked_counts(proportion=(count, nobs))
    if population is not None:
        x, n, size = np.broadcast_arrays(x, n, *broadcast(population))
        lower, upper = _finite_wilson(x, n, size, z)
    else:
        lower, upper = _METHODS[method](x, n, z, (1 - level) / 2)
    return Interval(
        scalar_if_single(np.clip(lower, 0.0, 1.0)), scalar_if_single(np.clip(upper, 0.0, 1.0))
    )


def _ends(x: FloatArray, n: FloatArray, lower: FloatArray, upper: FloatArray) -> Interval:
    """At no and at all children the interval ends exactly at 0 and at 1."""
    return Interval(np.where(x == 0, 0.0, lower), np.where(x == n, 1.0, upper))


def _wilson(x: FloatArray, n: FloatArray, z: float, _tail: float) -> Interval:
    centre = (x + z**2 / 2) / (n + z**2)
    half = z * np.sqrt(x * (n - x) / n + z**2 / 4) / (n + z**2)
    return _ends(x, n, centre - half, centre + half)


def _finite_wilson(x: FloatArray, n: FloatArray, size: FloatArray, z: float) -> Interval:
    bad = n > size
    if bad.any():
        shown = list(zip(size[bad], n[bad], strict=True))[:5]
        raise InputError(
            [
                Problem(
                    where="population",
                    what="is smaller than the number of observations",
                    value=", ".join(f"{s:g} < {m:g}" for s, m in shown),
                    allowed="population >= nobs",
                )
            ]
        )
    census = n == size
    # A census has infinitely many effective observations; it is filled in afterwards.
    effective = n * (size - 1) / np.where(census, np.nan, size - n)
    lower, upper = _wilson(x / n * effective, effective, z, 0.0)
    return Interval(np.where(census, x / n, lower), np.where(census, x / n, upper))


def _wilson_continuity(x: FloatArray, n: FloatArray, z: float, _tail: float) -> Interval:
    below, above = np.maximum(x - 0.5, 0.0), np.minimum(x + 0.5, n)
    lower, upper = _wilson(below, n, z, 0.0).lower, _wilson(above, n, z, 0.0).upper
    return _ends(x, n, lower, upper)


def _wald(x: FloatArray, n: FloatArray, z: float, _tail: float) -> Interval:
    half = z * np.sqrt(x * (n - x) / n) / n
    return Interval(x / n - half, x / n + half)


def _wald_continuity(x: FloatArray, n: FloatArray, z: float, _tail: float) -> Interval:
    lower, upper = _wald(x, n, z, 0.0)
    return Interval(lower - 0.5 / n, upper + 0.5 / n)


def _agresti_coull(x: FloatArray, n: FloatArray, z: float, _tail: float) -> Interval:
    trials = n + z**2
    centre = (x + z**2 / 2) / trials
    half = z * np.sqrt(centre * (1 - centre) / trials)
    return Interval(centre - half, centre + half)


def _jeffreys(x: FloatArray, n: FloatArray, _z: float, tail: float) -> Interval:
    lower = special.betaincinv(x + 0.5, n - x + 0.5, tail)
    upper = special.betainccinv(x + 0.5, n - x + 0.5, tail)
    return _ends(x, n, lower, upper)


def _clopper_pearson(x: FloatArray, n: FloatArray, _z: float, tail: float) -> Interval:
    inside_low, inside_high = np.maximum(x, 0.5), np.minimum(x, n - 0.5)
    lower = special.betaincinv(inside_low, n - inside_low + 1, tail)
    upper = special.betainccinv(inside_high + 1, n - inside_high, tail)
    return _ends(x, n, lower, upper)


def _mid_p(x: FloatArray, n: FloatArray, _z: float, tail: float) -> Interval:
    return _ends(x, n, _mid_p_root(x, n, tail), 1 - _mid_p_root(n - x, n, tail))


def _mid_p_root(x: FloatArray, n: FloatArray, tail: float) -> FloatArray:
    """Return p with ``P(X > x) + P(X = x) / 2 = tail``; it rises with p, so halve."""
    low, high = np.zeros_like(x), np.ones_like(x)
    at_least = np.maximum(x, 0.5)  # x = 0 is replaced by the end 0 afterwards
    more_than = np.maximum(n - x, np.finfo(float).tiny)
    for _ in range(_BISECTIONS):
        p = (low + high) / 2
        above = np.where(x < n, special.betainc(x + 1, more_than, p), 0.0)
        probability = (special.betainc(at_least, n - at_least + 1, p) + above) / 2
        too_high = probability > tail
        low, high = np.where(too_high, low, p), np.where(too_high, p, high)
    return np.where(np.isnan(x), np.nan, (low + high) / 2)


_METHODS: Final[dict[str, Callable[[FloatArray, FloatArray, float, float], Interval]]] = {
    "wilson": _wilson,
    "agresti_coull": _agresti_coull,
    "jeffreys": _jeffreys,
    "clopper_pearson": _clopper_pearson,
    "mid_p": _mid_p,
    "wilson_continuity": _wilson_continuity,
    "wald": _wald,
    "wald_continuity": _wald_continuity,
}
