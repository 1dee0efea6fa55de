"""Ranks that say how far they can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.margins import difference_margin

__all__ = ["Ranks", "rank_ranges"]


@dataclass(frozen=True, eq=False)
class Ranks:
    """The best and the worst rank that each place may have.

    Attributes
    ----------
    first, last : ndarray of float, shape (n,)
        From 1 for the highest figure; NaN where a figure or its margin is missing.
    tied : ndarray of int, shape (n,)
        How many others a place cannot be told apart from.
    """

    first: NDArray[np.float64]
    last: NDArray[np.float64]
    tied: NDArray[np.int64]


def rank_ranges(estimates: ArrayLike, margins: ArrayLike) -> Ranks:
    r"""Return the ranks that every place may have, given the margins of error.

    Two places differ where :math:`|x_i - x_j| > \sqrt{m_i^2 + m_j^2}`, the Census Bureau's
    test at 90 %. A place's first rank is one more than the number of places that are surely
    higher, its last rank the number of places less those that are surely lower. All others are
    ties.

    Parameters
    ----------
    estimates, margins : array_like of float, shape (n,)
        Figures and their 90 % margins of error, in one unit. NaN in either leaves the place
        out of the ranking.

    Raises
    ------
    ValueError
        If the two are not of the same length.

    Notes
    -----
    Each pair is tested by itself; among many pairs one in ten that do not differ will seem to.

    References
    ----------
    US Census Bureau, *Understanding and Using American Community Survey Data* (2020),
    chapter 7: comparing two estimates.

    Examples
    --------
    >>> ranks = rank_ranges([0.60, 0.30, 0.25, 0.05], [0.10, 0.10, 0.10, 0.03])
    >>> list(zip(ranks.first.astype(int).tolist(), ranks.last.astype(int).tolist()))
    [(1, 1), (2, 3), (2, 3), (4, 4)]
    >>> ranks.tied.tolist()
    [0, 1, 1, 0]
    """
    x, m = np.asarray(estimates, dtype=float), np.asarray(margins, dtype=float)
    if x.shape != m.shape or x.ndim != 1:
        raise ValueError(
            f"estimates have shape {x.shape} and margins {m.shape}, but are expected to be two "
            "lists of one length"
        )
    known = ~np.isnan(x) & ~np.isnan(m)
    both = known[:, None] & known[None, :]
    allowed = difference_margin(m[:, None], m[None, :])
    # The last digits of a share are rounding: a difference that equals the margin is a tie.
    higher = both & (x[None, :] - x[:, None] > allowed + 1e-12)
    lower = both & (x[:, None] - x[None, :] > allowed + 1e-12)
    first = np.where(known, 1.0 + higher.sum(axis=1), np.nan)
    last = np.where(known, known.sum() - lower.sum(axis=1), np.nan)
    tied = (both & ~higher & ~lower).sum(axis=1) - known
    return Ranks(first, last, tied.astype(np.int64))
