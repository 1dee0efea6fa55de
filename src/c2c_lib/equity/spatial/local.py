"""Where on the map neighbours are alike: local Moran, Getis and Ord's Gi and Gi*."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, special

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.small_areas import eb_standardised_rates
from c2c_lib.equity.spatial.false_discovery import false_discovery
from c2c_lib.equity.spatial.moran import checked_areas
from c2c_lib.equity.spatial.neighbours import Neighbours, Style
from c2c_lib.equity.spatial.permutation import check_permutations, conditional_p_values

__all__ = [
    "CLUSTER_WORDS",
    "LOCAL_REASONS",
    "LocalStatistic",
    "getis_ord",
    "local_moran",
    "local_moran_of_rates",
]

LOCAL_REASONS: Final[dict[str, str]] = {
    "tested": "It has an estimate and a test.",
    "no_figure": "There is no figure.",
    "island": "No neighbour has a figure to compare with.",
    "too_few_areas": "Fewer than four areas have a figure.",
    "no_variation": "All areas have the same figure.",
}
"""What became of an area, in plain words."""

CLUSTER_WORDS: Final[dict[str, str]] = {
    "high_high": "High, among neighbours that are high.",
    "low_low": "Low, among neighbours that are low.",
    "high_low": "High, although its neighbours are low.",
    "low_high": "Low, although its neighbours are high.",
    "hot": "The area and its neighbours are high.",
    "cold": "The area and its neighbours are low.",
    "not_distinct": "No more than chance could bring.",
    "": "Not tested.",
}
"""What an area is, in plain words."""

_FEWEST_AREAS: Final = 4


class LocalStatistic(NamedTuple):
    """A statistic of every area; every field has one value per area, NaN where not tested.

    Attributes
    ----------
    estimate : ndarray
        The statistic itself.
    expected, variance : ndarray
        If the figures of the others lay at random.
    z, p_value : ndarray
        Standardised, and its two-sided p-value by the normal distribution.
    p_permutation : ndarray
        Two-sided, from dealing out the figures of the others at random; NaN without
        permutations.
    adjusted : ndarray
        The p-value adjusted for the number of areas (false discovery rate), of
        `p_permutation` where there is one, else of `p_value`.
    cluster : ndarray of str
        A key of `CLUSTER_WORDS`: distinct where `adjusted` is at most `alpha`.
    reason : ndarray of str
        A key of `LOCAL_REASONS`.
    """

    estimate: FloatArray
    expected: FloatArray
    variance: FloatArray
    z: FloatArray
    p_value: FloatArray
    p_permutation: FloatArray
    adjusted: FloatArray
    cluster: NDArray[np.str_]
    reason: NDArray[np.str_]


def local_moran(
    values: ArrayLike,
    neighbours: Neighbours,
    *,
    style: Style = "row",
    permutations: int = 9999,
    seed: int | np.random.Generator = 0,
    alpha: float = 0.05,
) -> LocalStatistic:
    r"""Return local Moran's I of every area.

    Parameters
    ----------
    values : array_like, shape (k,)
        One figure per area, in the order of ``neighbours.ids``; NaN where unknown.
    neighbours : Neighbours
    style : {"row", "binary"}
        How neighbours are weighted.
    permutations : int
        How many deals to compare with; 0 for none. With 100 areas 999 are too few: the
        smallest p-value that they can give, 0.002, does not survive the adjustment.
    seed : int or numpy Generator
        Makes the permutations repeatable; no other random state is touched.
    alpha : float
        The share of false finds that is accepted.

    Returns
    -------
    LocalStatistic
        Positive where an area is like its neighbours.

    Raises
    ------
    InputError
        As in `moran`.

    Notes
    -----
    :math:`I_i = \frac{z_i}{m_2} \sum_j w_{ij} z_j` with :math:`m_2 = \sum z^2 / n`, as in R's
    spdep; PySAL's esda divides by :math:`\sum z^2/(n-1)`, which makes every value smaller by
    the factor (n-1)/n. Expectation and variance are those of the area's own value among
    randomly placed others:

    .. math:: E = -\frac{z_i^2 w_i}{(n-1) m_2}, \qquad V = \left(\frac{z_i}{m_2}\right)^2
        \frac{n}{n-2} \left(w_{i(2)} - \frac{w_i^2}{n-1}\right)
        \left(m_2 - \frac{z_i^2}{n-1}\right)

    References
    ----------
    Anselin 1995, Geogr Anal 27:93-115. Sokal, Oden & Thomson 1998, Geogr Anal 30:331-354.

    Examples
    --------
    >>> near = Neighbours.from_pairs([(i, i + 1) for i in range(11)], range(12))
    >>> found = local_moran([9, 9, 8, 9, 1, 2, 1, 2, 1, 1, 2, 1], near, permutations=999)
    >>> found.estimate[:3].round(2)
    array([2.17, 1.96, 1.75])
    """
    check_permutations(permutations)
    y, known = checked_areas(values, neighbours)
    part, y_known = neighbours.only(known), y[known]
    n = y_known.size
    reason = _reasons(known, part.counts > 0, y_known)
    if not (reason == "tested").any():
        return _nothing(reason)
    z = y_known - y_known.mean()
    m2 = (z**2).mean()
    weights = part.weights(style)
    lagged = np.asarray(weights @ z)
    sums = np.asarray(weights.sum(axis=1)).ravel()
    squares = np.asarray(weights.multiply(weights).sum(axis=1)).ravel()
    estimate = z / m2 * lagged
    expected = -(z**2) * sums / ((n - 1) * m2)
    variance = (z / m2) ** 2 * n / (n - 2) * (squares - sums**2 / (n - 1)) * (m2 - z**2 / (n - 1))
    p_permutation = np.full(n, np.nan)
    if permutations:
        generator = np.random.default_rng(seed)
        p_permutation = conditional_p_values(z, weights, permutations, generator)
    word = np.char.add(np.where(z > 0, "high_", "low_"), np.where(lagged > 0, "high", "low"))
    return _filled(reason, known, estimate, expected, variance, p_permutation, word, alpha)


def local_moran_of_rates(
    events: ArrayLike,
    population: ArrayLike,
    neighbours: Neighbours,
    *,
    style: Style = "row",
    permutations: int = 9999,
    seed: int | np.random.Generator = 0,
    alpha: float = 0.05,
) -> LocalStatistic:
    """Return local Moran's I of rates, made comparable although populations differ.

    Parameters
    ----------
    events, population : array_like, shape (k,)
        Events and people of every area; NaN where unknown.
    neighbours, style, permutations, seed, alpha
        As in `local_moran`.

    Returns
    -------
    LocalStatistic
        Of the empirical Bayes standardised rates (see `moran_of_rates`).

    Raises
    ------
    InputError
        As in `local_moran` and `smooth_rates`.

    References
    ----------
    Assuncao & Reis 1999, Stat Med 18:2147-2162.

    Examples
    --------
    >>> near = Neighbours.from_pairs([(i, i + 1) for i in range(5)], range(6))
    >>> found = local_moran_of_rates([9, 3, 70, 0, 8, 44], [410, 95, 1210, 60, 300, 505], near,
    ...                              permutations=0)
    >>> found.cluster.tolist()[:2]
    ['not_distinct', 'not_distinct']
    """
    rates = eb_standardised_rates(events, population)
    return local_moran(
        rates, neighbours, style=style, permutations=permutations, seed=seed, alpha=alpha
    )


def getis_ord(
    values: ArrayLike,
    neighbours: Neighbours,
    *,
    own: bool = True,
    style: Style = "binary",
    permutations: int = 0,
    seed: int | np.random.Generator = 0,
    alpha: float = 0.05,
) -> LocalStatistic:
    r"""Return Getis and Ord's Gi* (or Gi) of every area: hot and cold spots.

    Parameters
    ----------
    values : array_like, shape (k,)
        One figure per area, in the order of ``neighbours.ids``; NaN where unknown.
    neighbours : Neighbours
    own : bool
        Whether an area counts among its own neighbours: Gi* (default), or Gi.
    style : {"binary", "row"}
        How neighbours are weighted.
    permutations : int
        How many deals to compare with; 0 (default) for none: the standardised form has a
        test of its own, which is poor for few neighbours and skew figures.
    seed : int or numpy Generator
        Makes the permutations repeatable; no other random state is touched.
    alpha : float
        The share of false finds that is accepted.

    Returns
    -------
    LocalStatistic
        The estimate is the weighted sum over the neighbours; `z` is what is usually mapped.
        With Gi* an area without neighbours is still compared with the rest.

    Raises
    ------
    InputError
        As in `moran`.

    Notes
    -----
    .. math:: z = \frac{\sum_j w_{ij} y_j - W_i \bar y}
        {s \sqrt{(m S_{1i} - W_i^2)/(m-1)}}, \qquad W_i = \sum_j w_{ij},
        \quad S_{1i} = \sum_j w_{ij}^2

    over all m = n areas for Gi*, and over the m = n - 1 others for Gi, which has its own mean
    and standard deviation for every area.

    References
    ----------
    Getis & Ord 1992, Geogr Anal 24:189-206. Ord & Getis 1995, Geogr Anal 27:286-306.

    Examples
    --------
    >>> near = Neighbours.from_pairs([(i, i + 1) for i in range(11)], range(12))
    >>> found = getis_ord([9, 9, 8, 9, 1, 2, 1, 2, 1, 1, 2, 1], near)
    >>> found.z[:3].round(2)
    array([2.18, 2.64, 2.64])
    """
    check_permutations(permutations)
    y, known = checked_areas(values, neighbours)
    part, x = neighbours.only(known), y[known]
    n = x.size
    reason = _reasons(known, (part.counts > 0) | own, x)
    if not (reason == "tested").any():
        return _nothing(reason)
    weights = part.weights(style, own=own)
    total, square = x.sum(), (x**2).sum()
    if own:
        areas, mean, spread = n, np.full(n, x.mean()), np.full(n, x.var())
    else:
        areas, mean = n - 1, (total - x) / (n - 1)
        spread = np.maximum((square - x**2) / (n - 1) - mean**2, 0.0)
        # What is left of equal values after rounding is no variance.
        spread = np.where(spread > 1e-12 * square / n, spread, np.nan)
    sums = np.asarray(weights.sum(axis=1)).ravel()
    squares = np.asarray(weights.multiply(weights).sum(axis=1)).ravel()
    variance = spread * (areas * squares - sums**2) / (areas - 1)
    estimate, expected = np.asarray(weights @ x), sums * mean
    p_permutation = np.full(n, np.nan)
    if permutations:
        # The own value stays in its place; only those of the others are dealt out.
        others = sparse.csr_array(weights - sparse.diags_array(weights.diagonal()))
        others.eliminate_zeros()
        generator = np.random.default_rng(seed)
        p_permutation = conditional_p_values(x, others, permutations, generator)
    word = np.where(estimate > expected, "hot", "cold")
    return _filled(reason, known, estimate, expected, variance, p_permutation, word, alpha)


def _reasons(
    known: NDArray[np.bool_], linked: NDArray[np.bool_], y: FloatArray
) -> NDArray[np.str_]:
    """Return the reason of every area; `linked` and `y` are those of the known ones."""
    reason = np.where(known, "tested", "no_figure").astype("<U16")
    if y.size < _FEWEST_AREAS:
        reason[known] = "too_few_areas"
    elif (y == y[0]).all():
        reason[known] = "no_variation"
    else:
        reason[np.flatnonzero(known)[~linked]] = "island"
    return reason


def _nothing(reason: NDArray[np.str_]) -> LocalStatistic:
    empty = np.full(reason.shape, np.nan)
    words = np.full(reason.shape, "")
    return LocalStatistic(empty, empty, empty, empty, empty, empty, empty, words, reason)


def _filled(
    reason: NDArray[np.str_],
    known: NDArray[np.bool_],
    estimate: FloatArray,
    expected: FloatArray,
    variance: FloatArray,
    p_permutation: FloatArray,
    word: NDArray[np.str_],
    alpha: float,
) -> LocalStatistic:
    """Return the results of the known areas in the places of all of them."""
    tested = reason == "tested"

    def spread_out(values: FloatArray) -> FloatArray:
        out = np.full(known.shape, np.nan)
        out[known] = values
        return np.where(tested, out, np.nan)

    z = (estimate - expected) / np.sqrt(np.where(variance > 0, variance, np.nan))
    p_value = spread_out(2 * special.ndtr(-np.abs(z)))
    by_deals = spread_out(p_permutation)
    adjusted = false_discovery(np.where(np.isnan(by_deals), p_value, by_deals))
    words = np.full(known.shape, "", dtype="<U12")
    words[known] = word
    words = np.select(
        [~tested | np.isnan(adjusted), adjusted > alpha], ["", "not_distinct"], default=words
    )
    return LocalStatistic(
        spread_out(estimate),
        spread_out(expected),
        spread_out(variance),
        spread_out(z),
        p_value,
        by_deals,
        adjusted,
        words,
        reason,
    )
