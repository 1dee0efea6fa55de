"""Moran's I: whether neighbours are alike, over the whole map."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, special

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.small_areas import eb_standardised_rates
from c2c_lib.equity.spatial.neighbours import Neighbours, Style
from c2c_lib.equity.spatial.permutation import check_permutations, shuffled, two_sided
from c2c_lib.errors import InputError, Problem

__all__ = ["MORAN_REASONS", "Moran", "checked_areas", "moran", "moran_of_rates"]

MORAN_REASONS: Final[dict[str, str]] = {
    "tested": "It has an estimate and a test.",
    "too_few_areas": "Fewer than four areas have a figure and a neighbour.",
    "no_variation": "All areas have the same figure.",
}
"""What became of Moran's I, in plain words."""

_FEWEST_AREAS: Final = 4


class Moran(NamedTuple):
    """Result of `moran`.

    Attributes
    ----------
    estimate : float
        Near 1 where neighbours are alike, near `expected` at random, below it where they differ.
    expected : float
        Under randomness: -1/(n-1).
    variance, z, p_value : float
        Under randomisation (the figures are given, their places random), two-sided by the
        normal distribution.
    variance_normal : float
        Under normality (the figures are drawn from one normal distribution).
    p_permutation : float
        Two-sided, from random orders of the figures; NaN without permutations.
    areas : int
        How many take part: those with a figure and a neighbour that has one.
    islands : tuple
        Ids of areas with a figure that take no part, because no neighbour has one.
    reason : str
        A key of `MORAN_REASONS`.
    """

    estimate: float
    expected: float
    variance: float
    z: float
    p_value: float
    variance_normal: float
    p_permutation: float
    areas: int
    islands: tuple[object, ...]
    reason: str


def moran(
    values: ArrayLike,
    neighbours: Neighbours,
    *,
    style: Style = "row",
    permutations: int = 0,
    seed: int | np.random.Generator = 0,
) -> Moran:
    r"""Return Moran's I with its tests.

    Parameters
    ----------
    values : array_like, shape (k,)
        One figure per area, in the order of ``neighbours.ids``; NaN where unknown.
    neighbours : Neighbours
    style : {"row", "binary"}
        How neighbours are weighted.
    permutations : int
        How many random orders to compare with; 0 (default) for none.
    seed : int or numpy Generator
        Makes the permutations repeatable; no other random state is touched.

    Returns
    -------
    Moran
        Areas without a figure and islands are left out, so that n is the number of areas
        that can be compared (PySAL keeps islands and with them a smaller I).

    Raises
    ------
    InputError
        For figures that are infinite or not one per area, an unknown style, or 1 to 98
        permutations.

    Notes
    -----
    .. math:: I = \frac{n}{S_0} \frac{\sum_{ij} w_{ij} z_i z_j}{\sum_i z_i^2}, \qquad
        z_i = y_i - \bar y, \quad S_0 = \sum_{ij} w_{ij}

    For rates of areas with unequal populations use `moran_of_rates`: their variance alone
    makes a plain I unreliable.

    References
    ----------
    Moran 1950, Biometrika 37:17-23. Cliff & Ord 1981, Spatial Processes, chapters 1 and 2.

    Examples
    --------
    >>> near = Neighbours.from_pairs([(i, i + 1) for i in range(7)], range(8))
    >>> found = moran([1, 2, 3, 4, 5, 6, 7, 8], near)
    >>> round(found.estimate, 3), round(found.z, 2)
    (0.833, 2.72)
    """
    check_permutations(permutations)
    y, known = checked_areas(values, neighbours)
    part = neighbours.only(known)
    linked = part.counts > 0
    islands = tuple(area for area, here in zip(part.ids, linked, strict=True) if not here)
    if not linked.all():
        y, part = y[known][linked], part.only(linked)
    else:
        y = y[known]
    n = y.size
    z = y - y.mean() if n else y
    square = float((z**2).sum())
    reason = "too_few_areas" if n < _FEWEST_AREAS else "tested"
    if reason == "tested" and square <= 1e-24 * float((y**2).sum()):
        reason = "no_variation"
    if reason != "tested":
        nan = float("nan")
        return Moran(nan, nan, nan, nan, nan, nan, nan, n, islands, reason)
    weights = part.weights(style)
    estimate = _index(z[None], weights, square)[0]
    expected = -1 / (n - 1)
    random, normal = _variances(z, weights)
    score = (estimate - expected) / np.sqrt(random)
    p_permutation = float("nan")
    if permutations:
        at_least = at_most = 0
        for block in shuffled(z, permutations, np.random.default_rng(seed)):
            drawn = _index(block, weights, square)
            at_least += int((drawn >= estimate - 1e-12).sum())
            at_most += int((drawn <= estimate + 1e-12).sum())
        p_permutation = float(two_sided(np.array(at_least), np.array(at_most), permutations))
    return Moran(
        float(estimate),
        expected,
        random,
        float(score),
        float(2 * special.ndtr(-abs(score))),
        normal,
        p_permutation,
        n,
        islands,
        "tested",
    )


def moran_of_rates(
    events: ArrayLike,
    population: ArrayLike,
    neighbours: Neighbours,
    *,
    style: Style = "row",
    permutations: int = 999,
    seed: int | np.random.Generator = 0,
) -> Moran:
    """Return Moran's I of rates, made comparable although populations differ.

    Parameters
    ----------
    events, population : array_like, shape (k,)
        Events and people of every area; NaN where unknown.
    neighbours, style, seed
        As in `moran`.
    permutations : int
        As in `moran`; default 999. The permutation test is the one to read.

    Returns
    -------
    Moran
        Of the empirical Bayes standardised rates.

    Raises
    ------
    InputError
        As in `moran` and `smooth_rates`.

    References
    ----------
    Assuncao & Reis 1999, Stat Med 18:2147-2162.

    Examples
    --------
    >>> near = Neighbours.from_pairs([(i, i + 1) for i in range(5)], range(6))
    >>> found = moran_of_rates([9, 3, 70, 0, 8, 44], [410, 95, 1210, 60, 300, 505], near)
    >>> found.areas, round(found.estimate, 2)
    (6, -0.27)
    """
    rates = eb_standardised_rates(events, population)
    return moran(rates, neighbours, style=style, permutations=permutations, seed=seed)


def checked_areas(
    values: ArrayLike, neighbours: Neighbours
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return the figures and which of them are known."""
    y = np.asarray(values, dtype=np.float64)
    if y.shape != (len(neighbours.ids),):
        raise InputError(
            [
                Problem(
                    "values",
                    "are not one per area",
                    value=f"shape {y.shape}",
                    allowed=f"({len(neighbours.ids)},), in the order of neighbours.ids",
                )
            ]
        )
    if np.isinf(y).any():
        raise InputError(
            [Problem("values", "are infinite", allowed="numbers, or NaN where unknown")]
        )
    return y, ~np.isnan(y)


def _index(z: FloatArray, weights: sparse.csr_array, square: float) -> FloatArray:
    """Return I of every row of deviations."""
    lagged = np.asarray((weights @ z.T).T)
    return np.asarray(z.shape[-1] / weights.sum() * (z * lagged).sum(axis=-1) / square)


def _variances(z: FloatArray, weights: sparse.csr_array) -> tuple[float, float]:
    """Return the variance of I under randomisation and under normality (Cliff & Ord)."""
    n = z.size
    s0 = float(weights.sum())
    both = weights + weights.T
    s1 = float((both.multiply(both)).sum()) / 2
    sums = np.asarray(weights.sum(axis=1)).ravel() + np.asarray(weights.sum(axis=0)).ravel()
    s2 = float((sums**2).sum())
    kurtosis = float((z**4).mean() / (z**2).mean() ** 2)
    expected = 1 / (n - 1) ** 2
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    random = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - expected
    return random, normal
