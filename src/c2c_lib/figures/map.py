"""One static map of a city: shares by census tract in classes that all cities share."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import geopandas as gpd
import mapclassify
import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from c2c_lib.figures.palette import INK, PAPER
from c2c_lib.figures.style import house_style, to_svg
from c2c_lib.geography.projection import PROJECTED_CRS

__all__ = ["CLASS_COLORS", "MapText", "choropleth", "class_labels", "map_classes", "map_svg"]

CLASS_COLORS: Final = ("#c6dcef", "#8fbcdf", "#5596c8", "#2b6aa5", "#0c3b6e")
"""One hue, light to dark; the lightest stands out from white paper at 1.4 to 1."""
OUTLINE: Final = "#4a4a4a"
NOT_SHOWN: Final = "#dcdcdc"
DOTS: Final = "#4a4a4a"

WEAK_HATCH: Final = "////"
NOT_SHOWN_HATCH: Final = "...."

_DARK_FROM: Final = 3
"""First class on which the hatch is white instead of dark."""

WIDTH: Final = 4.4
"""Inches. On a phone of 360 pixels the drawing is about as wide as the screen, so that the
type stays readable; on a large screen it is scaled up."""
_PAD: Final = 0.08
_LINE: Final = 0.21
_SWATCH: Final = (0.30, 0.155)
_RIGHT: Final = 0.40
"""Where the right column of the legend begins, as a share of the width."""
_CHARACTER: Final = 0.083
"""Inches of one character of the widest usual sans serif, so that no line is cut off."""
_GAP: Final = 0.4
_PATH: Final = re.compile(r' d="[^"]*"')
_DECIMALS: Final = re.compile(r"\d+\.\d{3,}")
_FEET_PER_MILE: Final = 5280
_MILES: Final = (0.5, 1, 2, 5, 10)


@dataclass(frozen=True)
class MapText:
    """The words on a map, in one language.

    Attributes
    ----------
    title : str
        What the colours show, with the period.
    first, between, last : str
        Templates of the class labels, with ``{low}`` and ``{high}`` in whole percent.
    weak : str
        What the hatch means.
    not_shown : str
        What the dots mean.
    mile, miles : str
        Templates of the scale, with ``{n}``.
    """

    title: str
    first: str
    between: str
    last: str
    weak: str
    not_shown: str
    mile: str
    miles: str


def map_classes(values: Sequence[float] | npt.NDArray[np.float64], k: int = 5) -> tuple[float, ...]:
    """Return the breaks between the classes that all maps of one indicator share.

    Parameters
    ----------
    values : sequence of float
        Shares of every tract of every city on the page, pooled; NaN does not count.
    k : int
        Number of classes, 2 to 5.

    Returns
    -------
    tuple of float
        Up to ``k - 1`` ascending breaks; a value equal to a break is in the upper class.
        Quantiles of the pooled values (`mapclassify.Quantiles`), moved to the nearest half
        percent, so that a class holds exactly the shares that print as its whole percents.
        Breaks that fall together are one, and there are fewer classes.

    Raises
    ------
    ValueError
        If `k` is out of range, a value is not a share, or fewer than `k` values differ.

    Examples
    --------
    >>> map_classes([0.02, 0.05, 0.11, 0.16, 0.21, 0.27, 0.33, 0.38, 0.46, 0.60])
    (0.095, 0.195, 0.295, 0.395)
    """
    pooled = np.asarray(values, dtype=float)
    pooled = pooled[~np.isnan(pooled)]
    if not 2 <= k <= len(CLASS_COLORS):
        raise ValueError(f"k is {k}, but is expected to be from 2 to {len(CLASS_COLORS)}")
    if ((pooled < 0) | (pooled > 1)).any():
        outside = pooled[(pooled < 0) | (pooled > 1)]
        raise ValueError(f"values hold {outside[0]:g}, but are expected to be shares from 0 to 1")
    distinct = len(np.unique(pooled))
    if distinct < k:
        raise ValueError(f"{k} classes need {k} different values, but there are {distinct}")
    edges = mapclassify.Quantiles(pooled, k=k).bins[:-1]
    halves = sorted({math.floor(round(100 * edge, 6)) + 0.5 for edge in edges})
    return tuple(half / 100 for half in halves)


def class_labels(breaks: Sequence[float], text: MapText) -> list[str]:
    """Return one label per class, lowest first, in whole percents without overlap.

    Examples
    --------
    >>> text = MapText("", "{high} % or less", "{low} to {high} %", "{low} % or more", *[""] * 4)
    >>> class_labels((0.095, 0.245), text)
    ['9 % or less', '10 to 24 %', '25 % or more']
    """
    lows = [math.ceil(100 * edge - 1e-9) for edge in breaks]
    labels = [text.first.format(high=lows[0] - 1)]
    labels += [text.between.format(low=low, high=above - 1) for low, above in pairwise(lows)]
    return [*labels, text.last.format(low=lows[-1])]


def choropleth(
    tracts: gpd.GeoDataFrame,
    outline: gpd.GeoDataFrame,
    breaks: Sequence[float],
    text: MapText,
    *,
    width: float = WIDTH,
) -> Figure:
    """Draw the shares of one city's tracts.

    Parameters
    ----------
    tracts : GeoDataFrame
        One row per tract with ``estimate`` (a share), ``status`` and ``quality``, as
        `c2c_lib.geography.join_figures` returns them. A tract without an estimate is drawn
        as not shown; one whose quality or status is ``too_weak`` is hatched.
    outline : GeoDataFrame
        The city, of the layer ``towns``.
    breaks : sequence of float
        From `map_classes` over all cities: up to four, ascending. The legend lists every
        class, also one that this city does not have.
    text : MapText
        The words.
    width : float
        Inches; the height follows from the shape of the city.

    Returns
    -------
    Figure
        Not registered with pyplot; write it with `map_svg`. Projected to Connecticut State
        Plane (EPSG:2234), with a legend and a scale in miles. It has no title and no place
        names: these are text on the page.

    Raises
    ------
    ValueError
        If a column is missing, there is nothing to draw, or the breaks are not ascending.
    """
    _check(tracts, breaks)
    tracts, outline = tracts.to_crs(PROJECTED_CRS), outline.to_crs(PROJECTED_CRS)
    shown = tracts[tracts["estimate"].notna()]
    hidden = tracts[tracts["estimate"].isna()]
    classes = np.searchsorted(breaks, shown["estimate"].to_numpy(), side="right")
    weak = ((shown["quality"] == "too_weak") | (shown["status"] == "too_weak")).to_numpy()
    entries = [
        *([("weak", text.weak)] if weak.any() else []),
        *([("not_shown", text.not_shown)] if len(hidden) else []),
    ]
    labels = class_labels(breaks, text)
    with house_style():
        figure, axes, legend = _frame(
            outline, width, _legend_lines(labels, entries, text.title, width)
        )
        for number, color in enumerate(_ramp(len(labels))):
            _fill(axes, shown[(classes == number) & ~weak], CLASS_COLORS[color])
            hatched = shown[(classes == number) & weak]
            _fill(axes, hatched, CLASS_COLORS[color], WEAK_HATCH, _hatch_ink(color))
        _fill(axes, hidden, NOT_SHOWN, NOT_SHOWN_HATCH, DOTS)
        _edges(axes, tracts, outline)
        _legend(legend, labels, entries, text.title)
        _scale(axes, outline, text)
    return figure


def map_svg(figure: Figure) -> str:
    """Return a map as SVG text; the same map gives the same characters.

    Parameters
    ----------
    figure : Figure
        From `choropleth`.

    Returns
    -------
    str
        Without a date, a creator and random ids.
    """
    return _PATH.sub(_short, to_svg(figure))


def _short(path: re.Match[str]) -> str:
    """Round the coordinates of one path to a hundredth of a point, which no screen resolves."""
    return _DECIMALS.sub(lambda number: f"{float(number[0]):.2f}", path[0])


def _check(tracts: gpd.GeoDataFrame, breaks: Sequence[float]) -> None:
    missing = [c for c in ("estimate", "status", "quality") if c not in tracts]
    if missing:
        raise ValueError(f"tracts lack {missing}; put figures on them with join_figures first")
    if tracts.empty:
        raise ValueError("tracts hold no row, so there is nothing to draw")
    ascending = all(low < high for low, high in pairwise(breaks))
    if not 1 <= len(breaks) < len(CLASS_COLORS) or not ascending:
        raise ValueError(
            f"breaks are {tuple(breaks)}, but are expected to be 1 to {len(CLASS_COLORS) - 1} "
            "ascending shares, as map_classes returns them"
        )


def _ramp(classes: int) -> npt.NDArray[np.int64]:
    """Return which colours to take when there are fewer classes than colours."""
    return np.linspace(0, len(CLASS_COLORS) - 1, classes).round().astype(np.int64)


def _hatch_ink(color: int) -> str:
    return PAPER if color >= _DARK_FROM else INK


def _frame(outline: gpd.GeoDataFrame, width: float, lines: float) -> tuple[Figure, Axes, Axes]:
    """Return a figure with the map above and the legend below, sized in inches."""
    left, bottom, right, top = outline.total_bounds
    inner = width - 2 * _PAD
    map_height = min(inner * (top - bottom) / (right - left), 1.15 * inner) + 2 * _PAD
    legend_height = lines * _LINE + 2 * _PAD
    height = map_height + legend_height
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0, legend_height / height, 1, map_height / height))
    # Feet per inch of paper, so that the limits fill the axes and need no adjusting.
    feet = max((right - left) / inner, (top - bottom) / (map_height - 2 * _PAD))
    x, y = (left + right) / 2, (bottom + top) / 2
    axes.set(
        xlim=(x - feet * width / 2, x + feet * width / 2),
        ylim=(y - feet * map_height / 2, y + feet * map_height / 2),
    )
    axes.set_axis_off()
    legend = figure.add_axes((0, 0, 1, legend_height / height))
    legend.set(xlim=(0, width), ylim=(legend_height, 0))
    legend.set_axis_off()
    return figure, axes, legend


def _fill(axes: Axes, shapes: gpd.GeoDataFrame, color: str, hatch: str = "", ink: str = "") -> None:
    """Fill shapes; the edge colour is the colour of the hatch, the edge itself has no width."""
    if len(shapes):
        shapes.plot(
            ax=axes,
            facecolor=color,
            edgecolor=ink or "none",
            linewidth=0,
            hatch=hatch or None,
            aspect=None,
        )


def _edges(axes: Axes, tracts: gpd.GeoDataFrame, outline: gpd.GeoDataFrame) -> None:
    """Draw every edge between tracts once, in white over the hatch, then the city's outline."""
    inner = tracts.boundary.union_all().difference(outline.boundary.union_all())
    if not inner.is_empty:
        lines = gpd.GeoSeries([shapely.line_merge(inner)])
        lines.plot(ax=axes, color=PAPER, linewidth=1.1, aspect=None)
    outline.boundary.plot(ax=axes, color=OUTLINE, linewidth=1.4, aspect=None)


def _wrapped(label: str, room: float) -> list[str]:
    return textwrap.wrap(label, max(10, int(room / _CHARACTER)))


def _right_room(width: float) -> float:
    return width * (1 - _RIGHT) - _SWATCH[0] - 0.08 - _PAD


def _title_room(width: float) -> float:
    return 0.9 * (width - 2 * _PAD)  # bold type is a tenth wider


def _legend_lines(
    labels: Sequence[str], entries: Sequence[tuple[str, str]], title: str, width: float
) -> float:
    """Return the height of the legend in lines: its title and the longer of its columns."""
    patterns = sum(len(_wrapped(label, _right_room(width))) + _GAP for _, label in entries)
    return len(_wrapped(title, _title_room(width))) + 0.15 + max(len(labels), patterns)


def _legend(
    axes: Axes, labels: Sequence[str], entries: Sequence[tuple[str, str]], title: str
) -> None:
    """Write the classes on the left and what the patterns mean on the right."""
    width = axes.get_xlim()[1]
    heading = _wrapped(title, _title_room(width))
    for row, line in enumerate(heading):
        axes.text(_PAD, _PAD + row * _LINE, line, va="top", fontweight="bold")
    start = _PAD + (len(heading) + 0.15) * _LINE
    for row, (color, label) in enumerate(zip(_ramp(len(labels)), labels, strict=True)):
        _swatch(axes, _PAD, start + row * _LINE, CLASS_COLORS[color])
        _line(axes, _PAD, start + row * _LINE, label)
    x, y = _RIGHT * width, start
    for kind, label in entries:
        if kind == "weak":
            _swatch(axes, x, y, CLASS_COLORS[0], WEAK_HATCH, INK, part=(0, 0.5))
            _swatch(axes, x, y, CLASS_COLORS[-1], WEAK_HATCH, PAPER, part=(0.5, 1))
        else:
            _swatch(axes, x, y, NOT_SHOWN, NOT_SHOWN_HATCH, DOTS)
        lines = _wrapped(label, _right_room(width))
        for row, line in enumerate(lines):
            _line(axes, x, y + row * _LINE, line)
        y += (len(lines) + _GAP) * _LINE


def _line(axes: Axes, x: float, y: float, text: str) -> None:
    """Write one line beside a swatch that stands at a point."""
    axes.text(x + _SWATCH[0] + 0.08, y + 0.86 * _SWATCH[1], text, va="baseline")


def _swatch(
    axes: Axes,
    x: float,
    y: float,
    color: str,
    hatch: str = "",
    ink: str = "none",
    part: tuple[float, float] = (0, 1),
) -> None:
    width, height = _SWATCH
    corner, size = (x + part[0] * width, y), (part[1] - part[0]) * width
    axes.add_patch(
        Rectangle(
            corner, size, height, facecolor=color, edgecolor=ink, linewidth=0, hatch=hatch or None
        )
    )
    axes.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor=OUTLINE, linewidth=0.6))


def _scale(axes: Axes, outline: gpd.GeoDataFrame, text: MapText) -> None:
    """Draw a bar of at most a quarter of the width in the emptier lower corner."""
    left, right = axes.get_xlim()
    bottom = axes.get_ylim()[0]
    fits = [miles for miles in _MILES if miles * _FEET_PER_MILE <= (right - left) / 4]
    miles = fits[-1] if fits else _MILES[0]
    length, step = miles * _FEET_PER_MILE, (right - left) / 100
    y = bottom + 2 * step
    city = outline.union_all()
    x = max(
        (right - 2 * step - length, left + 2 * step),
        key=lambda start: city.distance(shapely.box(start, y, start + length, y + 7 * step)),
    )
    axes.plot([x, x, x + length, x + length], [y + step, y, y, y + step], color=INK, linewidth=1.2)
    label = (text.mile if miles == 1 else text.miles).format(n=f"{miles:g}")
    axes.text(x + length / 2, y + 1.6 * step, label, ha="center", va="bottom", fontsize=9.5)
