"""Where falling functions pass a bound, for many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from c2c_lib.equity.arrays import FloatArray

__all__ = ["passing_point"]

_BISECTIONS: Final = 80


def passing_point(
    low: FloatArray,
    high: FloatArray,
    statistic: Callable[[FloatArray], FloatArray],
    bound: float,
) -> FloatArray:
    """Return where a falling statistic passes `bound`, between `low` and `high`.

    Halving cannot fail to bracket a root as general root finders can.

    Examples
    --------
    >>> passing_point(np.zeros(2), np.ones(2), lambda x: 1 - x, 0.25).round(6)
    array([0.75, 0.75])
    """
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        above = statistic(middle) > bound
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2
