"""The picture of gateways by pillars: one mark for what is reported, one for what numbers show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, Wedge

from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import WIDTH, house_style, to_svg, wrapped
from c2c_lib.language import Language
from c2c_lib.theory_of_action.evidence import ProgressEvidence
from c2c_lib.theory_of_action.framework import Benchmark

__all__ = ["gateways_chart"]

_REPORTED: Final = {
    "met": 1.0,
    "in_progress": 0.5,
    "described": 0.5,
    "intended": 0.25,
    "not_met": 0.0,
    None: 0.0,
}
"""How much of a circle is filled, by the status of what is reported."""

_SHOWN: Final = {"shown": 1.0, "in_part": 0.5, "not_shown": 0.0}
"""How much of a square is filled, by what the numbers show."""

_SIZE: Final = 10.0
"""Points of the type."""
_TEXT: Final = 0.17
_STEP: Final = 0.23
_RADIUS: Final = 0.085
_SPACE: Final = 0.1
_MOST: Final = 4
"""Inches of a line of text, from mark to mark, of a mark's radius and of the space around a row;
and how many marks stand in a line."""


@dataclass(frozen=True)
class _Mark:
    """A circle or a square: how much of it is filled, and whether it is crossed."""

    square: bool
    filled: float
    crossed: bool = False


_Cell: TypeAlias = list[list[_Mark | None]]
"""Lines of marks; none where a gateway asks nothing of a pillar."""


def gateways_chart(evidence: ProgressEvidence, language: Language) -> str:
    """Return the picture as SVG: a row for each gateway, a column for each pillar.

    Each benchmark has a circle, filled by what is reported on it, and under the circle a square,
    filled by what the numbers show, where numbers can speak to it.
    """
    framework = evidence.framework
    heads = [
        wrapped(language.of(pillar.name), WIDTH / len(framework.pillars), _SIZE, hyphens=True)
        for pillar in framework.pillars
    ]
    rows = [
        [_lines(framework.of(gateway.id, pillar.id), evidence) for pillar in framework.pillars]
        for gateway in framework.gateways
    ]
    top = _TEXT * max(1 + head.count("\n") for head in heads) + _SPACE
    heights = [2 * _SPACE + _TEXT + _STEP * max(1, *map(len, row)) for row in rows]
    with house_style():
        drawing = Figure(figsize=(WIDTH, top + sum(heights)))
        axes = drawing.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(top + sum(heights), 0))
        axes.axis("off")
        columns = _columns(axes, heads, top - _SPACE, rows)
        for number, (gateway, row) in enumerate(zip(framework.gateways, rows, strict=True)):
            y = top + sum(heights[:number])
            axes.plot([0, WIDTH], [y, y], color=RULE, linewidth=0.6)
            name = language.of(gateway.name)
            axes.text(0, y + _SPACE, name, va="top", fontsize=_SIZE, fontweight="bold")
            for left, lines in zip(columns, row, strict=True):
                _draw(axes, lines, left, y + _SPACE + _TEXT + _STEP / 2)
        return to_svg(drawing)


def _columns(
    axes: Axes, heads: Sequence[str], foot: float, rows: Sequence[Sequence[_Cell]]
) -> list[float]:
    """Write the heads of the columns; return where each begins, with equal space between them."""
    written = [axes.text(0, foot, head, va="bottom", fontsize=_SIZE, color=INK) for head in heads]
    widths = [
        max(
            text.get_window_extent().width / axes.figure.dpi,
            _STEP * max(len(line) for row in rows for line in (row[number] or [[]])),
        )
        for number, text in enumerate(written)
    ]
    between = (WIDTH - sum(widths)) / (len(widths) - 1)
    lefts = [sum(widths[:number]) + between * number for number in range(len(widths))]
    for text, left in zip(written, lefts, strict=True):
        text.set_x(left)
    return lefts


def _lines(benchmarks: Sequence[Benchmark], evidence: ProgressEvidence) -> _Cell:
    """Return the marks of a cell by line: circles, then the squares that belong under them."""
    lines: _Cell = []
    for start in range(0, len(benchmarks), _MOST):
        some = benchmarks[start : start + _MOST]
        lines.append([_circle(benchmark, evidence) for benchmark in some])
        squares = [_square(benchmark, evidence) for benchmark in some]
        if any(squares):
            lines.append(squares)
    return lines


def _circle(benchmark: Benchmark, evidence: ProgressEvidence) -> _Mark:
    entry = evidence.progress.entry(benchmark.id)
    status = None if entry is None else entry.status
    return _Mark(square=False, filled=_REPORTED[status], crossed=status == "not_met")


def _square(benchmark: Benchmark, evidence: ProgressEvidence) -> _Mark | None:
    if benchmark.check is None:
        return None
    return _Mark(square=True, filled=_SHOWN[evidence.checks[benchmark.check].shown])


def _draw(axes: Axes, lines: _Cell, left: float, top: float) -> None:
    """Draw the marks of a cell, or a dash where a gateway asks nothing of a pillar."""
    if not lines:
        axes.text(left, top, "–", va="center", color=MUTED)
    for number, line in enumerate(lines):
        for place, mark in enumerate(line):
            if mark is not None:
                x = left + _RADIUS + 0.02 + _STEP * place
                (_draw_square if mark.square else _draw_circle)(axes, x, top + _STEP * number, mark)


def _draw_circle(axes: Axes, x: float, y: float, mark: _Mark) -> None:
    axes.add_patch(
        Wedge((x, y), _RADIUS, 0, 360, facecolor=PAPER, edgecolor=HIGHLIGHT, linewidth=1.2)
    )
    if mark.filled:
        top = -90  # the axis points down
        axes.add_patch(Wedge((x, y), _RADIUS, top - 360 * mark.filled, top, facecolor=HIGHLIGHT))
    if mark.crossed:
        axes.plot(x, y, "x", color=HIGHLIGHT, markersize=5)


def _draw_square(axes: Axes, x: float, y: float, mark: _Mark) -> None:
    side = 2 * _RADIUS * 0.92
    corner = (x - side / 2, y - side / 2)
    axes.add_patch(Rectangle(corner, side, side, facecolor=PAPER, edgecolor=INK, linewidth=1.2))
    axes.add_patch(Rectangle(corner, side * mark.filled, side, facecolor=INK, edgecolor="none"))
