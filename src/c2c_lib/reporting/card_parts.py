"""Finds the parts of a report card in its HTML, for pages that are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from c2c_lib.errors import BuildError

__all__ = ["ANSWER", "BYLINE", "block", "found", "publishers"]

BYLINE: Final = re.compile(r'<p class="byline">.*?</p>', re.DOTALL)
ANSWER: Final = re.compile(r'<p class="answer">.*?</p>', re.DOTALL)
_BLOCK: Final = r'<section class="indicator" id="{}">.*?</section>'
_SOURCE: Final = re.compile(r'<p class="source">.*?</p>', re.DOTALL)
_PUBLISHER: Final = re.compile(r'<a href="https?:[^"]*">.*?</a>')


def found(pattern: re.Pattern[str], html: str, what: str) -> Markup:
    """Return a part that a card must have.

    Raises
    ------
    BuildError
        If the card lacks it.
    """
    match = pattern.search(html)
    if match is None:
        raise BuildError(f"the card cannot be put on one page: it lacks {what}")
    return Markup(match[0])  # noqa: S704 - HTML that we made


def block(indicator: str, card: str) -> str:
    """Return an indicator's block; empty for one that the city does not put first."""
    match = re.search(_BLOCK.format(re.escape(indicator)), card, re.DOTALL)
    return match[0] if match else ""


def publishers(blocks: Iterable[str]) -> list[Markup]:
    """Return the links of blocks to their publishers, each once, in the blocks' order."""
    links: dict[str, None] = {}
    for each in blocks:
        source = _SOURCE.search(each)
        links.update(dict.fromkeys(_PUBLISHER.findall(source[0]) if source else []))
    return [Markup(link) for link in links]  # noqa: S704 - HTML that we made
