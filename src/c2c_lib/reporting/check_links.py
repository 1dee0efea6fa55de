"""Checks of what a page links to and loads: all of it is there, none of it is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from c2c_lib.errors import Problems
from c2c_lib.reporting.html_document import Element, HtmlDocument

__all__ = ["check_links", "check_loads"]

_LOADED: Final = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "image": "href",
    "img": "src",
    "input": "src",
    "object": "data",
    "script": "src",
    "source": "src",
    "track": "src",
    "use": "href",
    "video": "src",
}
_LOADING_LINKS: Final = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
_CSS_URL: Final = re.compile(
    r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s]+)""", re.IGNORECASE
)
_SVG_URL: Final = re.compile(r"""(?:href|src)\s*=\s*["']((?:https?:)?//[^"']+)""", re.IGNORECASE)


def check_links(
    pages: Mapping[str, HtmlDocument],
    address: str,
    site: Path,
    problems: Problems,
    outside: str = "",
) -> None:
    """Check every address on one page.

    Parameters
    ----------
    pages : mapping of str to HtmlDocument
        All pages by address, for anchors.
    address : str
        The page to check.
    site : Path
        Folder of the site.
    problems : Problems
        Where a file or anchor that is not there, an address that only works at one place on
        a web server, and anything loaded from another server are noted.
    outside : str
        The one address outside the site, relative to its root, to which a page may lead.
    """
    away = "../" * address.count("/") + outside
    for element, target, loaded in _addresses(pages[address]):
        parts = urlsplit(target)
        if parts.scheme == "data" and loaded:
            continue
        if parts.scheme or parts.netloc:
            if loaded or parts.scheme not in ("https", "http", "mailto", "tel"):
                problems.add(
                    address,
                    f"<{element.tag}> in line {element.line} loads from another server"
                    if loaded
                    else f"<{element.tag}> in line {element.line} has an unusable address",
                    value=target[:120],
                    remedy="Put the file into the site.",
                )
            continue
        if not (outside and target == away):
            _check_inside(pages, address, site, target, problems)


def _addresses(page: HtmlDocument) -> Iterator[tuple[Element, str, bool]]:
    """Yield element, address and whether a browser loads it by itself."""
    for element in page.elements:
        attributes = element.attributes
        if element.tag == "a" and "href" in attributes:
            yield element, attributes["href"], False
        elif element.tag == "link" and "href" in attributes:
            kinds = set(attributes.get("rel", "").lower().split())
            yield element, attributes["href"], bool(kinds & _LOADING_LINKS)
        elif element.tag in _LOADED and _LOADED[element.tag] in attributes:
            yield element, attributes[_LOADED[element.tag]], True
        if "srcset" in attributes:
            for part in attributes["srcset"].split(","):
                yield element, part.split()[0] if part.split() else "", True


def _check_inside(
    pages: Mapping[str, HtmlDocument], address: str, site: Path, target: str, problems: Problems
) -> None:
    parts = urlsplit(target)
    path = unquote(parts.path)
    if path.startswith("/") and Path(address).name == "404.html":
        # A server answers with this page from any folder: only this one names its own place.
        if not any(
            (site / path.split("/", n)[-1]).is_file() for n in range(1, path.count("/") + 1)
        ):
            problems.add(address, "links to a file that is not there", value=target)
        return
    if path.startswith("/"):
        problems.add(
            address,
            "an address begins at the root of the server",
            value=target,
            remedy="Write it relative to the page: the site must work from any folder.",
        )
        return
    root = site.resolve()
    file = (root / address).parent.joinpath(path).resolve() if path else root / address
    if file.is_dir():
        file = file / "index.html"
    if not file.is_relative_to(root) or not file.is_file():
        problems.add(address, "links to a file that is not there", value=target)
        return
    page = pages.get(file.relative_to(root).as_posix())
    if parts.fragment and page and unquote(parts.fragment) not in page.ids:
        problems.add(address, "links to an anchor that is not there", value=target)


def check_loads(name: str, text: str, problems: Problems) -> None:
    """Note everything that a stylesheet, a style in a page or an SVG loads from elsewhere.

    Examples
    --------
    >>> problems = Problems()
    >>> check_loads("a.css", "@import 'https://fonts.example/a.css';", problems)
    >>> print(*problems)
    a.css: loads from another server: got 'https://fonts.example/a.css'
    """
    patterns = [_CSS_URL, _SVG_URL] if name.endswith(".svg") else [_CSS_URL]
    for pattern in patterns:
        for match in pattern.finditer(text):
            problems.add(name, "loads from another server", value=match[1])
    if name.endswith(".svg") and re.search(r"<script\b", text, re.IGNORECASE):
        problems.add(name, "holds a script")
