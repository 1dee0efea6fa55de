"""Simplifies shapes together, so that neighbours keep the same edge, and checks the result."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from c2c_lib.errors import Problems
from c2c_lib.geography.projection import GEOGRAPHIC_CRS, METRES_PER_FOOT, PROJECTED_CRS

__all__ = [
    "DECIMALS",
    "SIMPLIFIED",
    "TOLERANCE_M",
    "check_coverage",
    "only_areas",
    "rounded",
    "simplified",
    "square_metres",
]

TOLERANCE_M: Final = 15.0
"""Corners that matter less than this are dropped; two pixels of a city map 1280 wide."""
DECIMALS: Final = 5
"""Of a degree: about one metre, far below what the Bureau's 1:500,000 shapes resolve."""
SIMPLIFIED: Final = f"shared edges kept, {TOLERANCE_M:g} m, {DECIMALS} decimals of a degree"

Shapes = NDArray[Any]


def simplified(shapes: gpd.GeoSeries, where: str) -> Shapes:
    """Return projected shapes with fewer corners (Visvalingam and Whyatt's effective area).

    Parameters
    ----------
    shapes : GeoSeries
        Projected to State Plane feet; neighbours meet edge by edge.
    where : str
        Their file, for the error.

    Raises
    ------
    InputError
        If they overlap or their edges do not meet.
    """
    found = shapes.to_numpy()
    if not shapely.coverage_is_valid(found):
        problems = Problems()
        problems.add(where, "neighbouring shapes do not meet edge by edge")
        problems.raise_if_any()
    thin: Shapes = shapely.coverage_simplify(found, TOLERANCE_M / METRES_PER_FOOT)
    return thin


def rounded(shapes: Shapes, decimals: int = DECIMALS) -> gpd.GeoSeries:
    """Return projected shapes in degrees with few decimals, corners in a fixed order.

    Rounding moves both copies of a shared corner alike, so that no gap opens.
    """
    degrees = gpd.GeoSeries(shapes, crs=PROJECTED_CRS).to_crs(GEOGRAPHIC_CRS)
    return degrees.transform(lambda xy: np.round(xy, decimals)).normalize()


def only_areas(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return shapes without the lines and points that a collection holds beside its areas."""
    return shapes.map(_areas)


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    # Twice: the parts of a collection may have parts themselves.
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all([part for part in parts if part.area > 0])


def square_metres(shapes: gpd.GeoSeries) -> pd.Series[int]:
    """Return the areas of projected shapes, in whole square metres."""
    area: pd.Series[int] = (shapes.area * METRES_PER_FOOT**2).round().astype("int64")
    return area


def check_coverage(frame: gpd.GeoDataFrame, names: str, where: str) -> None:
    """Look for what simplifying and rounding could have broken.

    Parameters
    ----------
    names : str
        The column that names a shape.

    Raises
    ------
    InputError
        With every shape that is empty or not valid, or if shapes overlap.
    """
    problems = Problems()
    for name in frame.loc[~frame.is_valid | frame.is_empty, names]:
        problems.add(where, "a shape is broken after simplifying", value=name)
    if not shapely.coverage_is_valid(frame.geometry.to_numpy()):
        problems.add(where, "shapes no longer meet edge by edge after simplifying")
    problems.raise_if_any()
