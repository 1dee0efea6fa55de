"""Moves circles apart that would lie on one another."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["spread"]

_ROUNDS: Final = 200
_GAP: Final = 2.0


def spread(centres: NDArray[np.float64], radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return centres moved apart until no two circles overlap.

    Parameters
    ----------
    centres : ndarray of float, shape (n, 2)
        In the unit of the radii.
    radii : ndarray of float, shape (n,)
        Radii of the circles.

    Notes
    -----
    Every round moves each overlapping pair half of the overlap each way along the line between
    them; two at one point part along a direction that their position in the list gives. The
    same input gives the same places.

    Examples
    --------
    >>> spread(np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([5.0, 5.0])).round(1).tolist()
    [[-6.0, 0.0], [6.0, 0.0]]
    """
    placed = centres.astype(float).copy()
    for _ in range(_ROUNDS):
        moved = False
        for i in range(len(placed)):
            for j in range(i + 1, len(placed)):
                apart = placed[j] - placed[i]
                distance = float(np.hypot(*apart))
                wanted = radii[i] + radii[j] + _GAP
                if distance >= wanted - 1e-6:
                    continue
                angle = 2.4 * (i + j - 1)  # the golden angle: later pairs part another way
                way = (
                    apart / distance
                    if distance > 1e-9
                    else np.array([math.cos(angle), math.sin(angle)])
                )
                step = (wanted - distance) / 2 * way
                placed[i] -= step
                placed[j] += step
                moved = True
        if not moved:
            break
    return placed
