"""Which areas touch, and along how long an edge."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from c2c_lib.geography.projection import PROJECTED_CRS

__all__ = ["Adjacency", "adjacency"]


@dataclass(frozen=True, eq=False)
class Adjacency:
    """Areas and perimeters of shapes, and the length of the edge that each two share.

    Attributes
    ----------
    area, perimeter : ndarray of float, shape (n,)
        In square feet and feet.
    shared : ndarray of float, shape (n, n)
        Length of the common edge in feet; 0 where two shapes do not touch or only at a corner.
    linked : ndarray of bool, shape (n, n)
        Which two count as neighbours: those with a common edge, and for each group of shapes
        that no edge joins to the rest (islands) the nearest pair.
    """

    area: NDArray[np.float64]
    perimeter: NDArray[np.float64]
    shared: NDArray[np.float64]
    linked: NDArray[np.bool_]


def adjacency(shapes: gpd.GeoDataFrame) -> Adjacency:
    """Return how shapes touch (rook contiguity: edges count, corners do not).

    Parameters
    ----------
    shapes : GeoDataFrame
        A valid coverage, in any coordinate system.

    Examples
    --------
    >>> squares = gpd.GeoDataFrame(
    ...     geometry=[shapely.box(x, y, x + 9, y + 9) for x, y in [(0, 0), (9, 0), (9, 9)]],
    ...     crs=PROJECTED_CRS)
    >>> adjacency(squares).shared.tolist()
    [[0.0, 9.0, 0.0], [9.0, 0.0, 9.0], [0.0, 9.0, 0.0]]
    """
    flat = shapes.to_crs(PROJECTED_CRS).geometry.to_numpy()
    count = len(flat)
    shared = np.zeros((count, count))
    first, second = shapely.STRtree(flat).query(flat, predicate="intersects")
    pairs = first < second
    for i, j in zip(first[pairs], second[pairs], strict=True):
        length = shapely.length(shapely.intersection(flat[i], flat[j]))
        # Two areas of a coverage meet in lines and points; a corner has no length.
        shared[i, j] = shared[j, i] = length
    linked = shared > 0
    _join_islands(flat, linked)
    return Adjacency(shapely.area(flat), shapely.length(flat), shared, linked)


def _join_islands(flat: NDArray[np.object_], linked: NDArray[np.bool_]) -> None:
    """Link each group of shapes that stands apart to the nearest shape of another group."""
    while True:
        group = _groups(linked)
        if len(flat) == 0 or group.max() == 0:
            return
        inside = np.flatnonzero(group == group.max())
        outside = np.flatnonzero(group != group.max())
        distance = shapely.distance(flat[inside][:, None], flat[outside][None, :])
        i, j = np.unravel_index(np.argmin(distance), distance.shape)
        linked[inside[i], outside[j]] = linked[outside[j], inside[i]] = True


def _groups(linked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of each shape's connected group, from 0 in the order of the shapes."""
    group = np.full(len(linked), -1, dtype=np.int64)
    for start in range(len(linked)):
        if group[start] >= 0:
            continue
        number, waiting = group.max() + 1, [start]
        while waiting:
            here = waiting.pop()
            if group[here] < 0:
                group[here] = number
                waiting += [int(n) for n in np.flatnonzero(linked[here] & (group < 0))]
    return group
