"""What a map stands on: the city in its picture, its neighbours, the water, names and scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup
from numpy.typing import NDArray

from c2c_lib.figures.maps.frame import Frame, svg_path
from c2c_lib.figures.maps.names import TYPE_SIZE, Name, Placed, place_names
from c2c_lib.figures.palette import INK, MUTED, PAPER
from c2c_lib.language import Language, mark

__all__ = ["LAND", "WATER", "Backdrop", "Surroundings", "backdrop", "names_and_scale"]

LAND: Final = "#f1f0ec"
WATER: Final = "#dfe9ee"
_FEET_PER_MILE: Final = 5280
_MILES: Final = (0.5, 1, 2, 5, 10)
_BROAD: Final = 3000
"""Square units; a place or town that shows less has no room for its name."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What lies around and on a city, so that a resident knows where she is.

    Attributes
    ----------
    outline : GeoDataFrame
        The city, of the layer ``towns``.
    towns : GeoDataFrame
        All towns of the state; those beside the city are drawn and named.
    water : GeoDataFrame
        Of the layer ``water``.
    places : GeoDataFrame
        Neighborhoods, ZIP areas or other places with a ``name`` to be written on the map.
    """

    outline: gpd.GeoDataFrame
    towns: gpd.GeoDataFrame
    water: gpd.GeoDataFrame
    places: gpd.GeoDataFrame = field(default_factory=lambda: gpd.GeoDataFrame({"name": []}))


@dataclass(frozen=True, eq=False)
class Backdrop:
    """A city's surroundings in one picture, drawn once for all of its maps.

    Attributes
    ----------
    frame : Frame
        Where the city lies in the picture.
    city : geometry
        Its outline in units of the picture.
    context : Markup
        Water and the towns beside it, as paths.
    names : tuple of Name
        What would like to be written, the most wanted first.
    """

    frame: Frame
    city: shapely.Geometry
    context: Markup
    names: tuple[Name, ...]


@lru_cache(maxsize=32)
def backdrop(around: Surroundings, width: int) -> Backdrop:
    """Return the surroundings of a city in a picture of some width."""
    frame = Frame.around(around.outline, width)
    city = frame.place(around.outline, coverage=True)[0]
    box = shapely.box(0, 0, frame.width, frame.height)
    beside = around.towns[~around.towns["name"].isin(around.outline["name"])]
    towns = shapely.intersection(_valid(frame.place(beside)), box)
    water = shapely.intersection(_valid(frame.place(around.water)), box)
    names = [
        *_place_names(frame, around.places),
        *_town_names(shapely.difference(towns, city.buffer(2)), beside["name"]),
        *_water_names(shapely.difference(water, city), around.water["name"]),
    ]
    return Backdrop(frame, city, _context(towns, water), tuple(names))


def names_and_scale(
    back: Backdrop, language: Language, taken: Sequence[shapely.Geometry] = ()
) -> Markup:
    """Return the names that find room, and a bar of miles.

    Parameters
    ----------
    taken : sequence of geometry
        What no name may lie on, such as the circles of schools.
    """
    bar, room = _scale(back.frame, back.city, language)
    placed = place_names(back.names, back.frame.width, back.frame.height, [room, *taken], most=20)
    texts = Markup().join(map(_text, placed))
    return (
        Markup('<g class="names" pointer-events="none" text-anchor="middle">{}</g>').format(texts)
        + bar
    )


def _context(towns: NDArray[np.object_], water: NDArray[np.object_]) -> Markup:
    """Return the water and the towns beside the city as paths."""
    return Markup(
        '<path d="{}" fill="{}"/><path d="{}" fill="{}" stroke="{}" stroke-width="2"/>'
    ).format(
        "".join(svg_path(shape) for shape in water if not shape.is_empty),
        WATER,
        "".join(svg_path(shape) for shape in towns if not shape.is_empty),
        LAND,
        PAPER,
    )


def _valid(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    found: NDArray[np.object_] = shapely.make_valid(shapes)
    return found


def _place_names(frame: Frame, places: gpd.GeoDataFrame) -> list[Name]:
    """Return the names of places, the largest first."""
    if places.empty:
        return []
    found = []
    for shape, text in zip(frame.place(places), places["name"], strict=True):
        point = shape if shape.geom_type == "Point" else _middle(shape)
        found.append((shape.area, Name(text, point.x, point.y)))
    broad = [pair for pair in found if pair[0] >= _BROAD or pair[0] == 0]
    return [name for _, name in sorted(broad, key=lambda pair: (-pair[0], pair[1].text))]


def _middle(shape: shapely.Geometry) -> shapely.Point:
    """Return the middle of the widest part of a shape (the pole of inaccessibility)."""
    parts = shapely.get_parts(shape)
    largest = max(parts, key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=8)
    return shapely.Point(shapely.get_coordinates(circle)[0])


def _town_names(seen: NDArray[np.object_], names: Iterable[str]) -> list[Name]:
    """Return the names of towns on what is seen of them, the largest first."""
    found = []
    for shape, text in zip(seen, names, strict=True):
        if shape.area >= _BROAD:
            point = _middle(shape)
            found.append((shape.area, Name(text, point.x, point.y, "town", shape)))
    return [name for _, name in sorted(found, key=lambda pair: -pair[0])]


def _water_names(seen: NDArray[np.object_], names: Iterable[str]) -> list[Name]:
    found = []
    for shape, text in zip(seen, names, strict=True):
        if shape.area >= 4 * _BROAD:
            point = _middle(shape)
            found.append(Name(text, point.x, point.y, "water", shape))
    return found


def _text(placed: Placed) -> Markup:
    color = INK if placed.kind == "place" else MUTED
    # The first line stands so that the middle of all lines is at the point.
    down = [f"{0.35 - 0.525 * (len(placed.lines) - 1):.2f}em", *["1.05em"] * len(placed.lines)]
    lines = Markup().join(
        Markup('<tspan x="{:.0f}" dy="{}">{}</tspan>').format(placed.x, step, line)
        for step, line in zip(down, placed.lines, strict=False)
    )
    style = Markup(' font-style="italic"') if placed.kind != "place" else Markup()
    return Markup(
        '<text y="{y:.0f}" fill="{color}"{style} stroke="{paper}" stroke-width="5" '
        'stroke-linejoin="round" paint-order="stroke">{lines}</text>'
    ).format(y=placed.y, color=color, style=style, paper=PAPER, lines=lines)


def _scale(
    frame: Frame, city: shapely.Geometry, language: Language
) -> tuple[Markup, shapely.Geometry]:
    """Return a bar of at most a quarter of the width in the emptiest corner, and its room."""
    unit = _FEET_PER_MILE / frame.feet
    fits = [miles for miles in _MILES if miles * unit <= frame.width / 4]
    miles = fits[-1] if fits else _MILES[0]
    length, high, gap = miles * unit, TYPE_SIZE * 1.6, 22
    corners = [
        (x, y) for y in (frame.height - gap, high + gap) for x in (frame.width - gap - length, gap)
    ]
    rooms = [shapely.box(x, y - high, x + length, y + 6) for x, y in corners]
    best = max(range(len(rooms)), key=lambda i: (min(city.distance(rooms[i]), 40), -i))
    x, y = corners[best]
    message = mark("{n} mile") if miles == 1 else mark("{n} miles")
    words = language.text(message, n=f"{miles:g}")
    bar = Markup(
        '<g class="scale" pointer-events="none"><path d="M{x:.0f} {up:.0f}v10h{length:.0f}v-10" '
        'stroke="{ink}" stroke-width="3"/><text x="{middle:.0f}" y="{text:.0f}" '
        'text-anchor="middle" fill="{ink}" stroke="{paper}" stroke-width="5" '
        'paint-order="stroke">{words}</text></g>'
    ).format(
        x=x,
        up=y - 10,
        length=length,
        ink=INK,
        paper=PAPER,
        middle=x + length / 2,
        text=y - 16,
        words=words,
    )
    return bar, rooms[best]
