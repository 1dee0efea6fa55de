"""What can be read off a chart: its words and type sizes as SVG, its marks as drawn axes."""

import contextlib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import WIDTH

_SIZE = re.compile(r"font-size: ([\d.]+)px|font: (?:\w+ )*?([\d.]+)px")
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"


@lru_cache(maxsize=64)
def _read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def _texts(svg: str) -> list[ET.Element]:
    return list(_read(svg).iter(f"{_SVG}text"))


def svg_words(svg: str) -> list[str]:
    """Return every piece of real text in an SVG."""
    return ["".join(text.itertext()) for text in _texts(svg)]


def type_sizes(svg: str) -> list[float]:
    """Return the size of every piece of text, in points at the size of the drawing."""
    sizes = []
    for text in _texts(svg):
        match = _SIZE.search(text.get("style", ""))
        assert match is not None, f"text without a size: {''.join(text.itertext())}"
        sizes.append(float(match[1] or match[2]))
    return sizes


COLOURS = frozenset({HIGHLIGHT, INK, MUTED, PAPER, RULE, "#000000"})


def svg_problems(svg: str) -> list[str]:
    """Return what no chart may have: drawn letters, small type, a date, machine fonts only."""
    problems = []
    if not svg_words(svg):
        problems.append("no real text")
    if any("DejaVu" in use.get(_LINK, "") for use in _read(svg).iter(f"{_SVG}use")):
        problems.append("letters drawn as paths")
    if min(type_sizes(svg), default=10) < 10:  # twelve pixels on a phone
        problems.append(f"type of {min(type_sizes(svg))} points")
    width = float(_read(svg).get("width", "").removesuffix("pt")) / 72
    if width > WIDTH:
        problems.append(f"{width} inches wide: on a phone its type is small")
    problems += [
        f"holds {word}" for word in ("<metadata", "dc:date", "Matplotlib v") if word in svg
    ]
    # One highlight, greys and paper: no colour stands for a group of children.
    strange = {found.lower() for found in re.findall(r"#[0-9a-fA-F]{6}\b", svg)} - COLOURS
    if strange:
        problems.append(f"colours without a meaning: {sorted(strange)}")
    if any("system-ui" not in text.get("style", "") for text in _texts(svg)):
        problems.append("text in a font of the drawing machine")
    return problems


@contextlib.contextmanager
def drawn_by(*modules: ModuleType) -> Iterator[list[Figure]]:
    """Collect the figures that these modules draw in this block, where they become text."""
    drawn: list[Figure] = []

    def taking(to_svg: Callable[[Figure], str]) -> Callable[[Figure], str]:
        def take(figure: Figure) -> str:
            drawn.append(figure)
            return to_svg(figure)

        return take

    with pytest.MonkeyPatch.context() as patch:
        for module in modules:
            patch.setattr(module, "to_svg", taking(module.to_svg))
        yield drawn


def axes_of(module: ModuleType, draw: Callable[[], str]) -> Axes:
    """Return the axes that a chart function draws."""
    with drawn_by(module) as drawn:
        draw()
    (figure,) = drawn
    return figure.axes[0]


def cut_texts(axes: Axes) -> list[str]:
    """Return the words of a chart that reach beyond its edges."""
    figure = axes.figure
    figure.canvas.draw()
    width, height = figure.bbox.size
    texts = [*axes.texts]
    for axis in (axes.xaxis, axes.yaxis):
        low, high = axis.get_view_interval()
        ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
        texts += [tick.label1 for tick in ticks]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]
    return [
        words
        for words, box in boxes
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]


def overlapping_texts(axes: Axes) -> list[tuple[str, str]]:
    """Return pairs of words in a chart that lie over each other, in part or wholly."""
    axes.figure.canvas.draw()
    boxes = [(t.get_text(), t.get_window_extent()) for t in axes.texts if t.get_text()]
    return [
        (words, others)
        for number, (words, box) in enumerate(boxes)
        for others, other in boxes[number + 1 :]
        if min(box.x1, other.x1) > max(box.x0, other.x0) + 1
        and min(box.y1, other.y1) > max(box.y0, other.y0) + 1
    ]
