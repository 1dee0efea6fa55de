"""One house style for every chart, and one way to turn a chart into text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from c2c_lib.figures.palette import INK, MUTED, PAPER, RULE

__all__ = ["chart", "house_style", "to_svg"]

_RC: Final[dict[str, Any]] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.8,
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
def chart(width: float = 4.8, height: float = 2.6) -> Iterator[tuple[Figure, Axes]]:
    """Yield an empty figure and its axes in the house style.

    Parameters
    ----------
    width, height : float
        In inches. A phone shows 4.8 inches at three quarters of the size, a large screen at
        five quarters, so that the type stays readable on both.
    """
    with house_style():
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.add_subplot()


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
