"""One house style for every chart, and one way to turn a chart into text."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from c2c_lib.figures.palette import GROUPS, INK, MUTED, PAPER, RULE

__all__ = ["WIDTH", "chart", "house_style", "text_width", "to_svg", "wrapped"]

WIDTH: Final = 3.75
"""Inches of every chart: what a phone of 360 CSS pixels shows with type of 12 pixels, and what
stands twice beside a table of contents on a wide screen."""
_LETTER: Final = 0.56
"""Width of a letter of the house type, on average and rather too much, in its size."""

_RC: Final[dict[str, Any]] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.8,
    "axes.prop_cycle": cycler(color=GROUPS),
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "c2c",
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.7,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style inside this block, and leave the caller's settings alone."""
    with mpl.rc_context(_RC):  # type: ignore[arg-type] # its keys are checked at run time
        yield


@contextmanager
def chart(width: float = WIDTH, height: float = 2.3) -> Iterator[tuple[Figure, Axes]]:
    """Yield an empty figure and its axes in the house style.

    Parameters
    ----------
    width, height : float
        In inches.
    """
    with house_style():
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.add_subplot()


def text_width(text: str, size: float = 10.0) -> float:
    """Return about how wide a line of text is, in inches.

    Parameters
    ----------
    size : float
        Of the type, in points.

    Examples
    --------
    >>> round(text_width("Bridgeport"), 2)
    0.78
    """
    return len(text) * size * _LETTER / 72


def wrapped(text: str, width: float, size: float = 10.0, *, hyphens: bool = False) -> str:
    """Return a text broken into lines that are about as wide as there is room, never in a word.

    Parameters
    ----------
    width : float
        In inches.
    size : float
        Of the type, in points.
    hyphens : bool, optional
        Break after a hyphen too.

    Examples
    --------
    >>> wrapped("Free or reduced-price meals", 1.4).splitlines()
    ['Free or', 'reduced-price', 'meals']
    >>> wrapped("Evidence-based decision making", 1.0, hyphens=True).splitlines()
    ['Evidence-', 'based', 'decision', 'making']
    """
    letters = max(int(width * 72 / (size * _LETTER)), 1)
    return textwrap.fill(text, letters, break_long_words=False, break_on_hyphens=hyphens)


def to_svg(figure: Figure) -> str:
    """Return a figure as SVG text: real text, no date, the same bytes every time.

    Font names of the drawing machine give way to the reader's own sans-serif font.
    """
    buffer = io.StringIO()
    with house_style():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = text.replace("'DejaVu Sans'", "system-ui, 'DejaVu Sans', Arial, sans-serif")
    return re.sub(r"\n\s*", "\n", text)
