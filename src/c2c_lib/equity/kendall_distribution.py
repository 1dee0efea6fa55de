"""The exact distribution of Kendall's S under pure chance, with and without ties."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray

__all__ = ["LARGEST_EXACT", "critical_s", "exact_p_values"]

LARGEST_EXACT: Final = 60
"""The longest series whose orders are counted; beyond it the normal score is as good."""


def exact_p_values(s: FloatArray, tie_sizes: NDArray[np.int64]) -> FloatArray:
    r"""Return the exact two-sided p-value of Kendall's S for every series.

    Parameters
    ----------
    s : ndarray of shape (m,)
        Pairs that rise minus pairs that fall.
    tie_sizes : ndarray of shape (m, n)
        For every figure, how many figures of its series have its value (itself counted);
        0 where there is no figure.

    Returns
    -------
    ndarray of shape (m,)
        :math:`P(|S| \ge |s|)` if every order of the figures is equally likely, given
        their ties; 1 for a series without figures.

    Notes
    -----
    Let T be the pairs that are not tied. With D of them falling, S = T - 2D, and the
    number of orders of a multiset with D inversions is the coefficient of :math:`q^D` in
    the Gaussian multinomial coefficient :math:`\binom{n}{t_1, t_2, \ldots}_q` (MacMahon
    1913). Without ties this is Kendall's own recurrence (Kendall 1938).

    References
    ----------
    Kendall 1938, Biometrika 30:81-93. MacMahon 1913, Amer J Math 35:281-322.

    Examples
    --------
    Ten figures without ties of which 42 of 45 pairs rise:

    >>> round(float(exact_p_values(np.array([39.0]), np.ones((1, 10), dtype=int))[0]), 8)
    0.00011519
    """
    ordered = np.sort(tie_sizes, axis=-1)
    # The same sizes of ties, column by column: sorting whole rows takes many times as long.
    which = np.zeros(len(ordered), dtype=np.int64)
    for column in ordered.T:
        which, _ = pd.factorize(which * (LARGEST_EXACT + 1) + column)
    result = np.empty(s.shape)
    for number in range(int(which.max(initial=-1)) + 1):
        mine = which == number
        pattern = ordered[np.argmax(mine)]
        sizes, repeats = np.unique(pattern[pattern > 0], return_counts=True)
        groups = tuple(
            int(size) for size, k in zip(sizes, repeats, strict=True) for _ in range(k // size)
        )
        reached, tail = _tail(groups)
        at = np.searchsorted(reached, np.abs(s[mine]) - 0.5)
        result[mine] = tail[at]
    return result


def critical_s(n: int, tail: float) -> int | None:
    """Return the smallest S with ``P(S >= s) <= tail`` for n figures without ties.

    None if even n figures in perfect order are likelier than that.

    Examples
    --------
    >>> critical_s(10, 0.025), critical_s(4, 0.025)
    (23, None)
    """
    reached, two_sided = _tail((1,) * n)
    inside = reached[(two_sided / 2 <= tail) & (reached > 0)]
    return int(inside[0]) if inside.size else None


@lru_cache(maxsize=512)
def _tail(groups: tuple[int, ...]) -> tuple[NDArray[np.int64], FloatArray]:
    """Return the sizes that S can have, rising, and the chance to reach each."""
    counts = np.ones(1)
    total = 0
    for size in groups:
        total += size
        counts = np.convolve(counts, _gaussian_binomial(total, size))
    s = np.abs(counts.size - 1 - 2 * np.arange(counts.size))
    reached = np.unique(s)
    share = counts / counts.sum()
    tail = np.array([share[s >= value].sum() for value in reached])
    return reached, np.minimum(tail, 1.0)


@lru_cache(maxsize=4096)
def _gaussian_binomial(n: int, k: int) -> FloatArray:
    """Return the coefficients of the Gaussian binomial: orders by their inversions."""
    if k in (0, n):
        return np.ones(1)
    result = np.zeros(k * (n - k) + 1)
    first, second = _gaussian_binomial(n - 1, k - 1), _gaussian_binomial(n - 1, k)
    result[: first.size] += first
    result[k : k + second.size] += second
    return result
