"""The way from a figure on a card to its entry in the codebook."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

__all__ = ["CODEBOOK", "SOURCES", "codebook_link", "source_anchor"]

CODEBOOK: Final = "../codebook/index.html"
"""The way from a city's front page to the codebook."""
SOURCES: Final = "../sources/index.html"
"""The way from the codebook to the page of sources."""


def codebook_link(indicator: str, words: Markup | str) -> Markup:
    """Return a link from a city's front page to an indicator's entry in the codebook.

    Examples
    --------
    >>> str(codebook_link("suspension", "More"))
    '<a href="../codebook/index.html#suspension">More</a>'
    """
    return Markup('<a href="{}#{}">{}</a>').format(CODEBOOK, indicator, words)


def source_anchor(source: str) -> str:
    """Return the anchor of a source on the page of sources.

    Examples
    --------
    >>> source_anchor("acs_tracts")
    'source-acs_tracts'
    """
    return f"source-{source}"
