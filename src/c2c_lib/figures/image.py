"""A chart on a page: image, alternative text, caption, and the table that says the same."""

from __future__ import annotations

import base64
import re

from markupsafe import Markup

__all__ = ["image"]

_SIZE = re.compile(
    r'<svg[^>]*?width="([\d.]+)pt"[^>]*?height="([\d.]+)pt"|'
    r'<svg[^>]*?height="([\d.]+)pt"[^>]*?width="([\d.]+)pt"',
    re.DOTALL,
)


def image(svg: str, name: str, alt: str, caption: Markup | str, described_by: str = "") -> Markup:
    """Return a ``<figure>`` with the chart inside it, so that a notebook is self-contained.

    The publishing step moves the image into a file named after `name`.

    Parameters
    ----------
    svg : str
        From `c2c_lib.figures.style.to_svg`.
    name : str
        Unique on the site: ``{city}-{indicator}-{kind}``.
    alt : str
        40 to 300 characters: kind of chart, place, indicator, years, main value, comparison.
    described_by : str
        Id of the table that holds the same numbers.

    Raises
    ------
    ValueError
        If the alternative text is shorter or longer than that, or the SVG has no size.
    """
    if not 40 <= len(alt) <= 300:
        raise ValueError(
            f"alternative text of {name} has {len(alt)} characters, but is expected to have "
            f"40 to 300: {alt!r}"
        )
    width, height = _pixels(svg)
    source = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    describes = Markup(' aria-describedby="{}"').format(described_by) if described_by else Markup()
    return Markup(
        '<figure class="chart"><img src="{src}" data-figure="{name}" alt="{alt}" width="{w}" '
        'height="{h}"{by} />'
        "<figcaption>{caption}</figcaption></figure>"
    ).format(src=source, name=name, alt=alt, w=width, h=height, by=describes, caption=caption)


def _pixels(svg: str) -> tuple[int, int]:
    """Return the size of an SVG in CSS pixels (96 to the inch; a point is 1/72 inch)."""
    match = _SIZE.search(svg)
    if match is None:
        raise ValueError("the SVG text has no width and height in points")
    width, height = (match[1], match[2]) if match[1] else (match[4], match[3])
    return round(float(width) * 96 / 72), round(float(height) * 96 / 72)
