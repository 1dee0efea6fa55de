"""What sums over neighbours would be if the figures lay at random.

PySAL's `esda` seeds the one random state that all of NumPy shares, and folds its pseudo p-values
to one side; here every call has its own generator, and p-values are two-sided.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.errors import InputError, Problem

__all__ = ["check_permutations", "conditional_p_values", "shuffled", "two_sided"]

_AT_ONCE: Final = 4_000_000
_FEWEST: Final = 99


def check_permutations(permutations: int) -> None:
    """Raise `InputError` if there are too few permutations to say anything (0 is none)."""
    if permutations and permutations < _FEWEST:
        raise InputError(
            [
                Problem(
                    "permutations",
                    "are too few",
                    value=str(permutations),
                    allowed=f"0 for none, or {_FEWEST} and more",
                )
            ]
        )


def two_sided(at_least: FloatArray, at_most: FloatArray, draws: int) -> FloatArray:
    """Return two-sided p-values from how many draws were as high, and as low, as observed."""
    return np.minimum(1.0, 2 * (np.minimum(at_least, at_most) + 1) / (draws + 1))


def shuffled(
    values: FloatArray, draws: int, generator: np.random.Generator
) -> Iterator[FloatArray]:
    """Yield blocks of shape (some, n) of the values in random order, `draws` in all."""
    step = max(1, _AT_ONCE // values.size)
    for first in range(0, draws, step):
        block = np.broadcast_to(values, (min(step, draws - first), values.size))
        yield generator.permuted(block, axis=1)


def conditional_p_values(
    values: FloatArray,
    weights: sparse.csr_array,
    draws: int,
    generator: np.random.Generator,
) -> FloatArray:
    """Return p-values of each area's weighted sum over its neighbours.

    The area keeps its own value while the values of all others are dealt out to its
    neighbours at random, without replacement. All areas use the same deals, which makes
    their p-values depend on each other a little, and each of them no less right.

    Parameters
    ----------
    values : ndarray, shape (n,)
    weights : csr_array, shape (n, n)
        Without the diagonal.
    draws : int
    generator : numpy Generator

    Returns
    -------
    ndarray, shape (n,)
        NaN for areas without neighbours.
    """
    size = values.size
    counts = np.diff(weights.indptr)
    most = int(counts.max(initial=0))
    observed = np.asarray(weights @ values)
    at_least, at_most = np.zeros(size), np.zeros(size)
    room = 1e-12 * (np.abs(values).max() if size else 0.0)
    step = max(1, _AT_ONCE // max(size, 1))
    for first in range(0, draws, step):
        dealt = _deals(size - 1, most, min(step, draws - first), generator)
        for area in np.flatnonzero(counts):
            inside = slice(weights.indptr[area], weights.indptr[area + 1])
            chosen = dealt[:, : counts[area]]
            others = values[chosen + (chosen >= area)]
            sums = others @ weights.data[inside]
            at_least[area] += (sums >= observed[area] - room).sum()
            at_most[area] += (sums <= observed[area] + room).sum()
    found = two_sided(at_least, at_most, draws)
    return np.where(counts > 0, found, np.nan)


def _deals(size: int, most: int, draws: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Return `draws` rows of the first `most` of numbers 0 to size - 1 in random order."""
    numbers = np.broadcast_to(np.arange(size), (draws, size))
    if most >= size:
        return generator.permuted(numbers, axis=1)
    keys = generator.random((draws, size))
    picked = np.argpartition(keys, most, axis=1)[:, :most]
    # The partition leaves the picked ones in no particular order: neither random nor sorted.
    return generator.permuted(picked, axis=1)
