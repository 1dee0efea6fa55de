"""The picture of the change of every outcome since the baseline, good to the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from c2c_lib.figures.palette import HIGHLIGHT, INK, MUTED, PAPER, RULE
from c2c_lib.figures.style import WIDTH, house_style, to_svg, wrapped
from c2c_lib.figures.ticks import whole_ticks
from c2c_lib.language import Language
from c2c_lib.theory_of_action.outcome_change import OutcomeChange

__all__ = ["changes_chart"]

_SIZE: Final = 10.0
"""Points of the type."""
_TEXT: Final = 0.165
_MARKS: Final = 0.2
_SPACE: Final = 0.08
_AXIS: Final = 0.5
"""Inches of a line of text, of the marks under it, of the space under those, and of the axis."""
_LEAST: Final = 0.05
"""The axis reaches at least so far to both sides."""


def changes_chart(changes: Sequence[OutcomeChange], language: Language) -> str:
    """Return the picture as SVG: a name over each dot, and a bar for the range of likely values.

    An outcome whose figures do not tell how it changed, or are no shares, has its name alone,
    which says so.
    """
    names = [wrapped(_name(change, language), WIDTH - 0.2, _SIZE) for change in changes]
    heights = [
        _TEXT * (1 + name.count("\n")) + _SPACE + _MARKS * _drawn(change)
        for name, change in zip(names, changes, strict=True)
    ]
    total = sum(heights)
    with house_style():
        drawing = Figure(figsize=(WIDTH, total + _AXIS), layout="constrained")
        axes = drawing.add_subplot()
        axes.axvline(0, color=INK, linewidth=1)
        reach = _LEAST
        for number, (name, change) in enumerate(zip(names, changes, strict=True)):
            top = total - sum(heights[:number])
            _write(axes, name, top, muted=not _drawn(change))
            reach = max(reach, _draw(axes, change, top - heights[number] + _SPACE + _MARKS / 2))
        axes.set_xlim(-reach * 1.1, reach * 1.1)
        axes.set_ylim(0, total)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(whole_ticks("share", reach * 1.1))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value * 100)))
        axes.set_xlabel(str(language.text("points; better to the right")))
        axes.grid(axis="x", color=RULE, alpha=0.25, linewidth=0.8)
        axes.set_axisbelow(True)
        return to_svg(drawing)


def _drawn(change: OutcomeChange) -> bool:
    is_share = change.indicator is not None and change.indicator.unit == "share"
    return is_share and change.difference is not None and change.verdict != "not_enough_data"


def _name(change: OutcomeChange, language: Language) -> str:
    name = language.of(change.outcome.name)
    return name if _drawn(change) else str(language.text("{name}: not enough data", name=name))


def _write(axes: Axes, name: str, top: float, *, muted: bool) -> None:
    written = axes.text(
        0,
        top,
        name,
        transform=axes.get_yaxis_transform(),
        va="top",
        fontsize=_SIZE,
        color=MUTED if muted else INK,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
    )
    written.set_in_layout(False)  # it is wrapped to fit; the axis keeps its width


def _draw(axes: Axes, change: OutcomeChange, y: float) -> float:
    """Draw one change; return how far it reaches from zero."""
    if change.difference is None or not _drawn(change):
        return 0.0
    good = 1 if change.indicator and change.indicator.polarity == "higher_is_better" else -1
    value = good * change.difference
    ends = [value]
    if change.interval is not None:
        ends += [good * change.interval.low, good * change.interval.high]
        axes.hlines(y, min(ends), max(ends), color=HIGHLIGHT, linewidth=1.6)
    clear = change.verdict in ("improved", "slipped")
    axes.plot(
        value,
        y,
        linestyle="none",
        marker="o",
        markersize=7.5,
        markerfacecolor=HIGHLIGHT if clear else PAPER,
        markeredgecolor=HIGHLIGHT,
        zorder=3,
    )
    return max(map(abs, ends))
