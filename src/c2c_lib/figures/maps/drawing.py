"""A map as inline SVG: light, sharp at any size, one element per area that can be focused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup
from numpy.typing import NDArray

from c2c_lib.figures.maps.areas import Area
from c2c_lib.figures.maps.backdrop import Surroundings, backdrop, names_and_scale
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.frame import WIDTH, svg_path
from c2c_lib.figures.palette import INK, PAPER
from c2c_lib.language import Language

__all__ = ["DASHES", "HIDDEN", "OUTLINE", "draw_map", "fill_of", "pattern", "pattern_id"]

OUTLINE: Final = "#4a4a4a"
HIDDEN: Final = "#e4e4e4"
DASHES: Final = "6 5"
"""Of the edge of a mark without a figure."""
_DOTS: Final = "#4a4a4a"
_EDGE: Final = "#8d949c"
_TYPE: Final = 25
"""Units of the usual size of names; a stylesheet enlarges them on a phone."""


def draw_map(
    name: str,
    shapes: gpd.GeoSeries,
    areas: Sequence[Area],
    classes: MapClasses,
    around: Surroundings,
    language: Language,
    *,
    alt: str,
    described_by: str = "",
    named: bool = True,
    points: bool = False,
    order: Sequence[int] | None = None,
    width: int = WIDTH,
) -> Markup:
    """Return the areas of one city as inline SVG.

    Parameters
    ----------
    name : str
        Unique on the page; ids within the picture begin with it.
    shapes : GeoSeries
        One shape per area, in the order of `areas`; a coverage.
    areas : sequence of Area
        From `areas_of`.
    classes : MapClasses
        The same on all maps that are compared.
    around : Surroundings
        Neighbouring towns, water and names.
    alt : str
        Kind of picture, place, figure, period and range, 40 to 300 characters.
    described_by : str
        Id of the table that says the same.
    named : bool
        Whether names and the scale are written on it; not on small multiples.
    points : bool
        Whether the shapes are marks on the city (circles of schools) and not parts of it.
        What is hidden is then hollow with a dashed edge instead of dotted.
    order : sequence of int, optional
        Positions of the areas in the order of the table beneath; default from the highest
        figure to the lowest.
    width : int
        Units; small multiples need fewer.

    Returns
    -------
    Markup
        ``<svg>`` without scripts and styles. Every area is a ``<path class="area">`` with its
        words as ``<title>``, in the order of the table, so that a screen reader and the
        arrow keys of ``assets/map.js`` go through them in that order.

    Raises
    ------
    ValueError
        If there is nothing to draw, or the alternative text is too short or too long.
    """
    if not 40 <= len(alt) <= 300:
        raise ValueError(
            f"alternative text of {name} has {len(alt)} characters, but is expected to have "
            f"40 to 300: {alt!r}"
        )
    if not len(areas) or len(areas) != len(shapes):
        raise ValueError(f"{name} has {len(areas)} areas and {len(shapes)} shapes to draw")
    back = backdrop(around, width)
    flat = back.frame.place(shapes, coverage=not points)
    parts = [
        _defs(name, areas, classes, points=points),
        back.context,
        *([_ground(back.city)] if points else []),
        _areas(name, flat, areas, classes, order, points=points),
        *([] if points else [_edges(flat, back.city)]),
        *([names_and_scale(back, language, list(flat) if points else ())] if named else []),
    ]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {w} {h}" role="group" '
        'aria-label="{alt}"{by} data-map="{name}" font-family="system-ui, sans-serif" '
        'font-size="{size}" fill="none">{parts}<path class="ring" d="" stroke="{ink}" '
        'stroke-width="5" pointer-events="none"/></svg>'
    ).format(
        w=width,
        h=back.frame.height,
        alt=alt,
        by=Markup(' aria-describedby="{}"').format(described_by) if described_by else "",
        name=name,
        size=_TYPE,
        ink=INK,
        parts=Markup("\n").join(p for p in parts if p),
    )


def pattern_id(name: str, kind: str) -> str:
    """Return the id of a pattern within a picture: of a class that is weak, or of hidden."""
    return f"{name}-{kind}"


def fill_of(name: str, area: Area, classes: MapClasses) -> str:
    """Return the fill of one area: a class, its hatch, the dots, or nothing."""
    if area.quality == "missing":
        return PAPER
    if area.quality == "hidden":
        return f"url(#{pattern_id(name, 'hidden')})"
    number = int(classes.class_of(area.value))
    if area.quality == "too_weak":
        return f"url(#{pattern_id(name, f'weak{number}')})"
    return classes.colors[number]


def pattern(identifier: str, kind: str, color: str = "") -> Markup:
    """Return a pattern: stripes of a class on white for weak, dots on grey for hidden.

    The stripes let half of the paper through, so that a figure that cannot be trusted is also
    paler than one that can.
    """
    if kind == "hidden":
        return Markup(
            '<pattern id="{id}" width="14" height="14" patternUnits="userSpaceOnUse">'
            '<rect width="14" height="14" fill="{back}"/>'
            '<circle cx="4" cy="4" r="2.2" fill="{dots}"/>'
            '<circle cx="11" cy="11" r="2.2" fill="{dots}"/></pattern>'
        ).format(id=identifier, back=HIDDEN, dots=_DOTS)
    return Markup(
        '<pattern id="{id}" width="12" height="12" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="12" height="12" fill="{paper}"/>'
        '<rect width="4.5" height="12" fill="{color}"/></pattern>'
    ).format(id=identifier, paper=PAPER, color=color)


def _defs(name: str, areas: Sequence[Area], classes: MapClasses, *, points: bool) -> Markup:
    """Return the patterns that are on the map."""
    weak = sorted({int(classes.class_of(a.value)) for a in areas if a.quality == "too_weak"})
    found = [
        pattern(pattern_id(name, f"weak{number}"), "weak", classes.colors[number])
        for number in weak
    ]
    if not points and any(area.quality == "hidden" for area in areas):
        found.append(pattern(pattern_id(name, "hidden"), "hidden"))
    return Markup("<defs>{}</defs>").format(Markup().join(found)) if found else Markup()


def _ground(city: shapely.Geometry) -> Markup:
    """Return the land of the city, on which marks stand."""
    return Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="3"/>').format(
        svg_path(city), PAPER, OUTLINE
    )


def _areas(
    name: str,
    flat: NDArray[np.object_],
    areas: Sequence[Area],
    classes: MapClasses,
    order: Sequence[int] | None,
    *,
    points: bool,
) -> Markup:
    if order is None:
        order = sorted(range(len(areas)), key=lambda i: _rank(areas[i]))
    return Markup("\n").join(
        Markup(
            '<path class="area" role="img" tabindex="-1" data-id="{id}" data-quality="{quality}" '
            'data-derived="area" d="{d}" fill="{fill}" fill-rule="evenodd"{stroke}>'
            "<title>{words}</title></path>"
        ).format(
            id=areas[i].id,
            quality=areas[i].quality,
            d=svg_path(flat[i]),
            fill=PAPER if _hollow(areas[i], points) else fill_of(name, areas[i], classes),
            words=areas[i].words,
            stroke=_mark_edge(hollow=_hollow(areas[i], points)) if points else "",
        )
        for i in order
    )


def _hollow(area: Area, points: bool) -> bool:  # one of two facts
    return points and not area.shown


def _mark_edge(*, hollow: bool) -> Markup:
    dashes = Markup(' stroke-dasharray="{}"').format(DASHES) if hollow else Markup()
    return Markup(' stroke="{}" stroke-width="{}"{}').format(OUTLINE, 3 if hollow else 2, dashes)


def _rank(area: Area) -> tuple[bool, float, str]:
    return (not area.shown, -area.value if area.shown else 0.0, area.id)


def _edges(flat: NDArray[np.object_], city: shapely.Geometry) -> Markup:
    """Return every edge once: white between areas, dark around the city."""
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(flat)))
    inner = shapely.difference(lines, shapely.boundary(city).buffer(1.5))
    return Markup(
        '<g pointer-events="none"><path d="{inner}" stroke="{grey}" stroke-width="3.4"/>'
        '<path d="{inner}" stroke="{paper}" stroke-width="2"/>'
        '<path d="{outer}" stroke="{ink}" stroke-width="3"/></g>'
    ).format(
        inner=svg_path(shapely.line_merge(inner)) if not inner.is_empty else "",
        outer=svg_path(city),
        grey=_EDGE,
        paper=PAPER,
        ink=OUTLINE,
    )
