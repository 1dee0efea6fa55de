"""Schools as points, sized by their students; only figures that passed the privacy gate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup
from numpy.typing import NDArray

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.maps.areas import Area, areas_of
from c2c_lib.figures.maps.drawing import OUTLINE
from c2c_lib.figures.maps.frame import WIDTH, Frame
from c2c_lib.figures.palette import PAPER
from c2c_lib.geography.projection import PROJECTED_CRS
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation, observations_of
from c2c_lib.privacy import Publishable

__all__ = ["SchoolMarks", "school_marks", "school_observations", "size_key", "spread"]

_ENROLLMENT: Final = "enrollment"
_RADIUS: Final = (9.0, 30.0)
"""Units of the smallest and the largest circle."""
_STUDENTS: Final = 2000
"""Students of the largest circle; a larger school is not drawn larger."""
_SHOWN: Final = 0.6
"""Pixels of a unit on a large screen."""
_ROUNDS: Final = 200
_GAP: Final = 2.0
_CORNERS: Final = 8
"""Corners of a quarter of a circle."""


@dataclass(frozen=True, eq=False)
class SchoolMarks:
    """Circles of a city's schools, ready for `draw_map`.

    Attributes
    ----------
    shapes : GeoSeries
        One circle per school; its area goes with the number of students.
    areas : tuple of Area
        What each shows, in the same order.
    """

    shapes: gpd.GeoSeries
    areas: tuple[Area, ...]


def school_observations(
    table: Publishable, indicator: Indicator, codes: Sequence[str], catalog: Catalog
) -> list[Observation]:
    """Return the newest figures for all students of some schools.

    Parameters
    ----------
    table : Publishable
        From `c2c_lib.privacy.publishable`; a table that has not passed the gate is refused.
    codes : sequence of str
        The schools' codes.

    Raises
    ------
    TypeError
        If `table` is anything else than a `Publishable`.
    """
    if not isinstance(table, Publishable):
        raise TypeError(
            f"table is a {type(table).__name__}, but school figures are drawn only from a "
            "Publishable, which c2c_lib.privacy.publishable makes"
        )
    frame = table.frame
    frame = frame[
        (frame["indicator"] == indicator.id)
        & (frame["geo_level"] == "school")
        & (frame["dimension"] == "all")
        & frame["geo_id"].isin(list(codes))
    ]
    frame = frame[frame["period_end"] == frame["period_end"].max()]
    return observations_of(frame, {(p.geo_level, p.geo_id): p.place for p in catalog.places})


def school_marks(
    table: Publishable,
    indicator: Indicator,
    schools: gpd.GeoDataFrame,
    outline: gpd.GeoDataFrame,
    language: Language,
    catalog: Catalog,
) -> SchoolMarks:
    """Return circles for the schools of which the indicator says something.

    Parameters
    ----------
    table : Publishable
        The store after the privacy gate.
    schools : GeoDataFrame
        Of the layer ``schools``, one city's part.
    outline : GeoDataFrame
        The city.

    Notes
    -----
    A school whose enrollment is not in the table, or hidden, gets the smallest circle. Circles
    that would lie on one another (three schools share a building in Bridgeport) are moved
    apart just so far that none hides another.
    """
    found = school_observations(table, indicator, list(schools["geo_id"]), catalog)
    told = {o.geo_id for o in found}
    here = schools[schools["geo_id"].isin(told)].sort_values("geo_id", ignore_index=True)
    sizes = {
        o.geo_id: o.value
        for o in school_observations(
            table, catalog.indicator(_ENROLLMENT), list(here["geo_id"]), catalog
        )
        if o.shown
    }
    radii = np.array([_radius(sizes.get(code)) for code in here["geo_id"]])
    frame = Frame.around(outline, WIDTH)
    points = here.to_crs(PROJECTED_CRS).geometry
    centres = spread(np.column_stack([points.x, points.y]) / frame.feet, radii)
    circles = shapely.buffer(
        shapely.points(centres * frame.feet), radii * frame.feet, quad_segs=_CORNERS
    )
    names = dict(zip(here["geo_id"], here["name"], strict=True))
    areas = areas_of(names, found, indicator, language, catalog)
    return SchoolMarks(gpd.GeoSeries(circles, crs=PROJECTED_CRS), tuple(areas))


def size_key(language: Language) -> list[Markup]:
    """Return what the sizes of circles mean, as items of a legend."""
    items = []
    for students in (250, 1000):
        radius = _radius(students)
        side = 2 * radius + 4
        circle = Markup(
            '<svg class="swatch" viewBox="0 0 {s:.0f} {s:.0f}" width="{w:.0f}" height="{w:.0f}" '
            'aria-hidden="true"><circle cx="{m:.0f}" cy="{m:.0f}" r="{r:.0f}" fill="{paper}" '
            'stroke="{ink}" stroke-width="2"/></svg>'
        ).format(s=side, w=side * _SHOWN, m=side / 2, r=radius, paper=PAPER, ink=OUTLINE)
        words = language.text("{count} students", count=language.number(students))
        items.append(Markup("<li>{} {}</li>").format(circle, words))
    return items


def _radius(students: float | None) -> float:
    least, most = _RADIUS
    return least if students is None else max(least, most * min(1, math.sqrt(students / _STUDENTS)))


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
