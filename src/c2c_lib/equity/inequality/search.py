"""A pattern search inside a region: the smallest value of a measure, without slopes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from c2c_lib.equity.arrays import FloatArray

__all__ = ["Around", "optimum"]

Around: TypeAlias = Callable[[FloatArray, FloatArray, np.random.Generator], FloatArray]
"""Places to try around points, given how far to reach: (points, places, coordinates)."""

_ROUNDS: Final = 45
_STARTS: Final = 4
_WORTH: Final = 1e-7
_SMALLEST_REACH: Final = 1e-8


def optimum(
    value: Callable[[FloatArray], FloatArray], starts: FloatArray, around: Around, *, sign: float
) -> float:
    """Return the smallest value of sign times a function.

    Parameters
    ----------
    value : callable
        Takes points along the last axis; NaN counts as no value.
    starts : ndarray, shape (points, coordinates)
        Points of the region; the best few are gone on from.
    around : callable
        Returns places of the region around each point.
    sign : float
        1 for the smallest value, -1 for the largest (of which minus is returned).

    References
    ----------
    Torczon 1997, SIAM J Optim 7:1-25 (pattern search).

    Examples
    --------
    >>> def steps(points, reach, random):
    ...     return points[:, None, :] + reach[:, None, None] * np.array([[-1.0], [1.0]])
    >>> round(optimum(lambda p: (p[..., 0] - 3) ** 2 + 2, np.array([[0.0]]), steps, sign=1), 6)
    2.0
    """

    def objective(points: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            found = sign * value(points)
        return np.where(np.isnan(found), np.inf, found)

    reached = objective(starts)
    order = np.argsort(reached, kind="stable")[:_STARTS]
    points, reached = starts[order], reached[order]
    random = np.random.default_rng(starts.shape[-1])
    reach = np.ones(len(points))
    rows = np.arange(len(points))
    for _ in range(_ROUNDS):
        tried = around(points, reach, random)
        values = objective(tried)
        chosen = np.argmin(values, axis=-1)
        lower = values[rows, chosen]
        better = lower < reached
        # A step that hardly helps calls for smaller ones.
        reach = np.where(lower < reached - _WORTH * np.abs(reached), reach, reach / 2)
        points = np.where(better[:, None], tried[rows, chosen], points)
        reached = np.where(better, lower, reached)
        if (reach < _SMALLEST_REACH).all():
            break
    return float(reached.min())
