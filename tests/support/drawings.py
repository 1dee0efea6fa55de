"""What can be read off a chart: its words and type sizes as SVG, its marks as drawn axes."""

import re
from collections.abc import Callable
from types import ModuleType

import pytest
from bs4 import BeautifulSoup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

_SIZE = re.compile(r"font-size: ([\d.]+)px|font: (?:\w+ )*?([\d.]+)px")


def svg_words(svg: str) -> list[str]:
    """Return every piece of real text in an SVG."""
    return [text.get_text() for text in BeautifulSoup(svg, "html.parser").find_all("text")]


def type_sizes(svg: str) -> list[float]:
    """Return the size of every piece of text, in points at the size of the drawing."""
    sizes = []
    for text in BeautifulSoup(svg, "html.parser").find_all("text"):
        match = _SIZE.search(text.get("style", ""))
        assert match is not None, f"text without a size: {text}"
        sizes.append(float(match[1] or match[2]))
    return sizes


def svg_problems(svg: str) -> list[str]:
    """Return what no chart may have: drawn letters, small type, a date, machine fonts only."""
    problems = []
    soup = BeautifulSoup(svg, "html.parser")
    if not svg_words(svg):
        problems.append("no real text")
    if any("DejaVu" in (use.get("xlink:href") or "") for use in soup.find_all("use")):
        problems.append("letters drawn as paths")
    if min(type_sizes(svg), default=9) < 9:
        problems.append(f"type of {min(type_sizes(svg))} points")
    problems += [
        f"holds {word}" for word in ("<metadata", "dc:date", "Matplotlib v") if word in svg
    ]
    if any("system-ui" not in text.get("style", "") for text in soup.find_all("text")):
        problems.append("text in a font of the drawing machine")
    return problems


def axes_of(monkeypatch: pytest.MonkeyPatch, module: ModuleType, draw: Callable[[], str]) -> Axes:
    """Return the axes that a chart function draws, taken where it turns them into text."""
    taken: list[Figure] = []
    to_svg = module.to_svg

    def take(figure: Figure) -> str:
        taken.append(figure)
        return str(to_svg(figure))

    with monkeypatch.context() as patch:
        patch.setattr(module, "to_svg", take)
        draw()
    (figure,) = taken
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
