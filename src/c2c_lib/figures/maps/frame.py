"""From the ground to the picture: projection, scale and outlines as SVG paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from c2c_lib.geography.projection import PROJECTED_CRS

__all__ = ["WIDTH", "Frame", "svg_path"]

WIDTH: Final = 1000
"""Units of a picture's width; one is about half a pixel on a large screen."""
_TALLEST: Final = 1.25
"""Height of a picture at most, as a part of its width."""
_PADDING: Final = 0.05
_FINEST: Final = 1.5
"""Units; a corner that matters less is not drawn."""


@dataclass(frozen=True)
class Frame:
    """Where a city lies in its picture.

    Attributes
    ----------
    left, top : float
        The picture's corner in State Plane feet.
    feet : float
        Feet on the ground per unit of the picture.
    height : int
        Units of the picture's height; its width is `WIDTH` times `part`.
    width : int
        Units of the picture's width.
    """

    left: float
    top: float
    feet: float
    height: int
    width: int = WIDTH

    @classmethod
    def around(cls, outline: gpd.GeoDataFrame, width: int = WIDTH) -> Frame:
        """Return the frame that holds a city with a margin around it."""
        west, south, east, north = outline.to_crs(PROJECTED_CRS).total_bounds
        wide, high = (east - west) * (1 + 2 * _PADDING), (north - south) * (1 + 2 * _PADDING)
        feet = max(wide / width, high / (_TALLEST * width))
        height = int(np.ceil(high / feet))
        middle = ((west + east) / 2, (south + north) / 2)
        return cls(
            left=middle[0] - feet * width / 2,
            top=middle[1] + feet * height / 2,
            feet=feet,
            height=height,
            width=width,
        )

    @property
    def box(self) -> shapely.Polygon:
        """The picture's rectangle on the ground."""
        return shapely.box(
            self.left,
            self.top - self.feet * self.height,
            self.left + self.feet * self.width,
            self.top,
        )

    def place(
        self, shapes: gpd.GeoDataFrame | gpd.GeoSeries, *, coverage: bool = False
    ) -> NDArray[np.object_]:
        """Return shapes in units of the picture, y downwards, in whole units.

        Rounding moves both copies of a shared corner alike, so that neighbours still meet. Of a
        coverage the corners that no screen resolves are left out, on both sides of an edge.
        """
        flat = shapes.to_crs(PROJECTED_CRS).geometry.to_numpy()
        if coverage:
            flat = shapely.coverage_simplify(flat, _FINEST * self.feet)
        found: NDArray[np.object_] = shapely.transform(flat, self._units)
        return found

    def _units(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        units = np.column_stack([xy[:, 0] - self.left, self.top - xy[:, 1]]) / self.feet
        rounded: NDArray[np.float64] = np.round(units)
        return rounded


def svg_path(shape: shapely.Geometry) -> str:
    """Return the outline of a shape in whole units as the ``d`` of an SVG path.

    Steps are relative, which takes a third of the room, and steps of nothing are left out.

    Examples
    --------
    >>> svg_path(shapely.box(10, 20, 40, 60))
    'M40 20v40h-30v-40z'
    """
    return "".join(_line(line) for line in _lines(shape))


def _lines(shape: shapely.Geometry) -> Iterator[shapely.LineString]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield part.exterior
            yield from part.interiors
        elif part.geom_type in ("LineString", "LinearRing"):
            yield part
        elif hasattr(part, "geoms"):
            yield from _lines(part)


def _line(line: shapely.LineString) -> str:
    xy = np.round(shapely.get_coordinates(line)).astype(int)
    closed = bool((xy[0] == xy[-1]).all())
    steps = np.diff(xy, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) < (3 if closed else 1):
        return ""
    steps = steps[:-1] if closed else steps  # the way back is the z
    parts = [f"M{xy[0, 0]} {xy[0, 1]}"]
    parts += [_step(int(dx), int(dy)) for dx, dy in steps]
    return "".join(parts) + ("z" if closed else "")


def _step(dx: int, dy: int) -> str:
    if dy == 0:
        return f"h{dx}"
    if dx == 0:
        return f"v{dy}"
    return f"l{dx}{'' if dy < 0 else ' '}{dy}"
