"""Colours with a meaning, measured for contrast and for colour blindness."""

from __future__ import annotations

from typing import Final

__all__ = ["GROUPS", "HIGHLIGHT", "INK", "MUTED", "PAPER", "RULE", "contrast"]

PAPER: Final = "#ffffff"
INK: Final = "#1c2430"
"""Text and axes; 15.6:1 on paper."""
MUTED: Final = "#5b6573"
"""Everything that is context: the state, notes, axes; 5.9:1 on paper."""
RULE: Final = "#8a93a0"
"""Lines that divide or guide; at least 3:1 on paper."""
HIGHLIGHT: Final = "#0b4f9c"
"""The one highlight: this city; 8:1 on paper."""
GROUPS: Final = ("#0022BB", "#E86100", "#4488AA", "#660044", "#444400", "#886868")
"""Up to six series that must be told apart.

At least 3.4:1 on white, and a CIEDE2000 distance of at least 18 between any two under
protanopia, deuteranopia and tritanopia (Machado 2009).
"""


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two colours, from 1 to 21.

    Parameters
    ----------
    first, second : str
        ``#rrggbb``.

    Raises
    ------
    ValueError
        If a colour is not six hexadecimal digits after ``#``.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance".

    Examples
    --------
    >>> round(contrast("#ffffff", "#000000"), 1)
    21.0
    """
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"colour is {colour!r}, but is expected to look like '#0b4f9c'")
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
