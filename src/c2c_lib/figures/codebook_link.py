"""The way from a figure on a card to its entry in the codebook."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

__all__ = ["CODEBOOK", "codebook_link"]

CODEBOOK: Final = "../codebook/index.html"
"""The way from a city's front page to the codebook."""


def codebook_link(indicator: str, words: Markup | str) -> Markup:
    """Return a link from a city's front page to an indicator's entry in the codebook.

    Examples
    --------
    >>> str(codebook_link("suspension", "More"))
    '<a href="../codebook/index.html#suspension">More</a>'
    """
    return Markup('<a href="{}#{}">{}</a>').format(CODEBOOK, indicator, words)
