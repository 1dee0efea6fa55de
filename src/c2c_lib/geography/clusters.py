"""Whether neighbouring areas of a city are alike in a figure, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.spatial import Neighbours, local_moran, moran

__all__ = ["ALPHA", "FEWEST_AREAS", "Clusters", "Pattern", "find_clusters"]

Pattern = Literal["clustered", "scattered", "chance", "too_few"]

FEWEST_AREAS: Final = 20
"""Areas below which a test says too little to be reported."""
ALPHA: Final = 0.05
_PERMUTATIONS: Final = 9999


@dataclass(frozen=True, eq=False)
class Clusters:
    """Whether and where neighbours are alike.

    Attributes
    ----------
    pattern : {"clustered", "scattered", "chance", "too_few"}
        Neighbours are alike; they differ; no more than chance would bring; there are too few
        areas with a figure to say.
    moran, p_value : float
        Moran's I and its p-value from random orders; NaN for ``too_few``.
    areas : int
        How many take part.
    where : ndarray of str, shape (k,)
        Of every area, in the order given, a key of `c2c_lib.equity.spatial.CLUSTER_WORDS`:
        ``high_high``, ``low_low``, ``high_low``, ``low_high``, ``not_distinct``, or empty.
    """

    pattern: Pattern
    moran: float
    p_value: float
    areas: int
    where: NDArray[np.str_]

    @property
    def distinct(self) -> NDArray[np.bool_]:
        """Which areas stand out among their neighbours."""
        return ~np.isin(self.where, ["not_distinct", ""])


def find_clusters(
    values: ArrayLike, shapes: gpd.GeoSeries | gpd.GeoDataFrame, codes: Sequence[str]
) -> Clusters:
    """Return whether areas that touch are alike, and which stand out.

    Parameters
    ----------
    values : array_like of float, shape (k,)
        One figure per area; NaN where there is none.
    shapes : GeoSeries or GeoDataFrame
        The areas in the same order, with common edges.
    codes : sequence of str
        Their codes, each once.

    Notes
    -----
    Areas are neighbours if they touch (queen), each neighbour of an area weighing the same.
    Moran's I is put to 9,999 random orders of the figures at a level of 5 %. Areas that stand
    out are those whose local I does, with the share of false ones among them held to 5 %
    (Benjamini and Hochberg); they are looked for only where the whole is clustered.

    Figures of a survey enter as they are: their margins of error hide patterns rather than
    make them, so that ``chance`` does not mean that there is no pattern.

    Examples
    --------
    >>> from shapely import box
    >>> squares = gpd.GeoSeries([box(x, y, x + 1, y + 1) for x in range(6) for y in range(5)])
    >>> west_is_high = [10.0 - x + y / 9 for x in range(6) for y in range(5)]
    >>> found = find_clusters(west_is_high, squares, [str(i) for i in range(30)])
    >>> found.pattern, str(found.where[2]), str(found.where[27])
    ('clustered', 'high_high', 'low_low')
    >>> find_clusters(west_is_high[:10], squares[:10], [str(i) for i in range(10)]).pattern
    'too_few'
    """
    y = np.asarray(values, dtype=float)
    nothing = np.full(y.shape, "", dtype="U12")
    known = int((~np.isnan(y)).sum())
    if known < FEWEST_AREAS:
        return Clusters("too_few", float("nan"), float("nan"), known, nothing)
    near = Neighbours.from_shapes(gpd.GeoSeries(shapes.geometry.to_numpy(), index=list(codes)))
    whole = moran(y, near, permutations=_PERMUTATIONS)
    if whole.reason != "tested" or whole.areas < FEWEST_AREAS:
        return Clusters("too_few", float("nan"), float("nan"), whole.areas, nothing)
    pattern: Pattern = "chance"
    where = nothing
    if whole.p_permutation <= ALPHA:
        pattern = "clustered" if whole.estimate > whole.expected else "scattered"
        where = local_moran(y, near, permutations=_PERMUTATIONS, alpha=ALPHA).cluster
    return Clusters(pattern, whole.estimate, whole.p_permutation, whole.areas, where)
