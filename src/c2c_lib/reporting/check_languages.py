"""Checks that a page and its twins in other languages know each other and show the same figures."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from c2c_lib.errors import Problems
from c2c_lib.reporting.html_document import HtmlDocument
from c2c_lib.reporting.project import DEFAULT_LANGUAGE

__all__ = ["check_languages"]

_OTHERS: Final = "x-default"
_FIGURE: Final = (
    "indicator",
    "place",
    "period",
    "dimension",
    "group",
    "field",
    "digits",
)


def check_languages(pages: Mapping[str, HtmlDocument], address: str, problems: Problems) -> None:
    """Check one page against the same page in every other language of the site.

    Parameters
    ----------
    pages : mapping of str to HtmlDocument
        All pages by address.
    address : str
        The page to check.
    problems : Problems
        Where a link to another language that is missing, wrong or not returned is noted, a
        language that a reader cannot switch to, and figures that the two pages do not share.
    """
    page = pages[address]
    links = dict(_alternates(page, address))
    if not links:
        for other, document in pages.items():
            if address in dict(_alternates(document, other)).values():
                problems.add(address, "does not link back to its translation", value=other)
        return
    default = links.get(DEFAULT_LANGUAGE, address)
    if links.pop(_OTHERS, "") != default:
        problems.add(address, f"{_OTHERS} is not {default}")
    if links.pop(page.language, "") != address:
        problems.add(address, "does not name itself among its languages", value=page.language)
    switches = {element.attributes.get("hreflang") for element in page.all("a")}
    for code, other in links.items():
        if code not in switches:
            problems.add(address, "has no link that a reader can follow to", value=code)
        _check_twin(pages, address, code, other, problems)


def _check_twin(
    pages: Mapping[str, HtmlDocument], address: str, code: str, other: str, problems: Problems
) -> None:
    """Check one translation of a page: it is there, links back, and shows the same figures."""
    page, twin = pages[address], pages.get(other)
    if twin is None:
        problems.add(address, "its translation is not there", value=other)
    elif twin.language != code:
        problems.add(address, f"{other} is not in {code}", value=twin.language)
    elif (page.language, address) not in _alternates(twin, other):
        problems.add(other, "does not link back to its translation", value=address)
    else:
        here, there = _figures(page), _figures(twin)
        for figure in sorted((here - there) + (there - here))[:1]:
            problems.add(address, f"shows other figures than {other}", value="/".join(figure))


def _alternates(page: HtmlDocument, address: str) -> Iterator[tuple[str, str]]:
    """Yield language and address of every link to the page in another language."""
    for link in page.all("link"):
        attributes = link.attributes
        if "alternate" in attributes.get("rel", "").split() and "hreflang" in attributes:
            way = posixpath.join(posixpath.dirname(address), attributes.get("href", ""))
            yield attributes["hreflang"], posixpath.normpath(way)


def _figures(page: HtmlDocument) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple(element.named(f"data-{name}") or "" for name in _FIGURE)
        for element in page.all("data")
    )
