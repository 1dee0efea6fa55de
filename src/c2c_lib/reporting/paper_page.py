"""A page of the site as it goes to paper: what a screen only needs is left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from c2c_lib.errors import BuildError
from c2c_lib.reporting.pdf_files import BEHIND_CHARTS

__all__ = ["PaperPage", "paper_page"]

_ONLY_ON_SCREENS: Final = (
    "nav, .contents, .paper, .find, .map-say, .one-page .three-things a:last-child"
)
_BEHIND: Final = ", ".join(f"{part} details" for part in BEHIND_CHARTS)
_SMALL: Final = (
    ".frame, .context, .wanted, .hidden-groups, .no-groups, .proxy, .group-notes, .source, .notes"
)
_WIDE: Final = "#gaps .scroll:has(#widest-gaps)"
_SIDE_BY_SIDE: Final = ".one-page .three-things, .one-page > section > ul"
# Pandoc gives these a label of their own; a link to another place would lead nowhere.
_PLACES: Final = re.compile(r"section|div|figure|table|span|h[1-6]")
_SVG: Final = re.compile(r"<svg\b[^>]*>.*?</svg>", re.DOTALL)
_NAMESPACE: Final = 'xmlns="http://www.w3.org/2000/svg"'
_SWATCH: Final = 14


@dataclass(frozen=True)
class PaperPage:
    """A page, ready to be converted.

    Attributes
    ----------
    title : str
        Its heading.
    description, language : str
        As the page says.
    body : str
        HTML of its main part; pictures are named by the keys of `drawn` and `files`.
    sheet : bool
        Whether it is made for one page.
    columns : int
        How many columns its text flows through.
    drawn : mapping of str to str
        SVG that stood in the page, by file name.
    files : mapping of str to str
        Paths below the site of the other pictures, by file name.
    """

    title: str
    description: str
    language: str
    body: str
    sheet: bool
    columns: int
    drawn: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def paper_page(html: str, page: str, *, address: str = "", tables: bool = False) -> PaperPage:
    """Return what of a page goes to paper.

    Parameters
    ----------
    html : str
        A page of the built site.
    page : str
        Its path below the root of the site.
    address : str
        Where the site is read; links to its other pages lead there. Without one they are plain
        words.
    tables : bool
        Whether the tables behind the charts go along.

    Raises
    ------
    BuildError
        If the page has no ``main``.

    Examples
    --------
    >>> made = paper_page(
    ...     '<html lang="en"><main><h1>A card</h1><nav>Ways</nav>'
    ...     '<a href="../words/#share">share</a></main></html>',
    ...     "norwalk/index.html", address="https://cards.example/")
    >>> made.title, made.body
    ('A card', '<main><h1>A card</h1><a href="https://cards.example/words/#share">share</a></main>')
    """
    drawn: dict[str, str] = {}
    soup = BeautifulSoup(_SVG.sub(lambda found: _drawn(found[0], drawn), html), "html.parser")
    main = soup.find("main")
    if not isinstance(main, Tag):
        raise BuildError(f"{page} has no main part to print")
    _leave_out(main, tables=tables)
    files = _pictures(main, page, drawn)
    _links(main, page, address)
    _set_apart(soup, main)
    heading, described = main.find("h1"), soup.find("meta", attrs={"name": "description"})
    root = soup.find("html")
    sheet = main.select_one(".one-page") is not None
    return PaperPage(
        title=heading.get_text(" ", strip=True) if heading else page,
        description=str(described["content"]) if isinstance(described, Tag) else "",
        language=str(root.get("lang", "en")) if isinstance(root, Tag) else "en",
        body=str(main),
        sheet=sheet,
        columns=3 if main.select_one(".meeting") else 1 if sheet else 2,
        drawn=drawn,
        files=files,
    )


def _drawn(svg: str, drawn: dict[str, str]) -> str:
    """Put a drawing of the page aside, before a parser of HTML makes its names small."""
    opening = svg[: svg.index(">")]
    if _NAMESPACE not in opening:
        svg = svg.replace("<svg", f"<svg {_NAMESPACE}", 1)
    words = re.search(r'\saria-label="([^"]*)"', opening)
    width = re.search(r'\swidth="(\d+)"', opening)
    name = f"drawn-{len(drawn) + 1}.svg"
    drawn[name] = svg
    size = width[1] if width else "" if words else str(_SWATCH)
    return f'<img src="{name}" alt="{words[1] if words else ""}" width="{size}">'


def _leave_out(main: Tag, *, tables: bool) -> None:
    for part in main.select(_ONLY_ON_SCREENS if tables else f"{_ONLY_ON_SCREENS}, {_BEHIND}"):
        part.decompose()
    for summary in main.select("summary"):
        summary.decompose()


def _pictures(main: Tag, page: str, drawn: Mapping[str, str]) -> dict[str, str]:
    files: dict[str, str] = {}
    for picture in main.select("img"):
        source = str(picture["src"])
        if source in drawn:
            continue
        name = f"file-{len(files) + 1}{posixpath.splitext(source)[1]}"
        files[name] = posixpath.normpath(posixpath.join(posixpath.dirname(page), unescape(source)))
        picture["src"] = name
    return files


def _links(main: Tag, page: str, address: str) -> None:
    places = {str(part["id"]) for part in main.find_all(_PLACES, id=True)}
    for link in main.select("a"):
        target = str(link.get("href", ""))
        if target.startswith("#"):
            if target[1:] not in places:
                link.unwrap()
        elif urlsplit(target).scheme in {"http", "https", "mailto"}:
            if link.find_parent(class_="source"):
                link.insert_after(f" ({target})")
        elif address and target:
            there = urljoin(urljoin(address, page), target)
            link["href"] = re.sub(r"index\.html(?=#|$)", "", there)
        else:
            link.unwrap()


def _set_apart(soup: BeautifulSoup, main: Tag) -> None:
    """Give the parts that look otherwise a box of their own; of others Pandoc forgets the class."""
    for name, chosen in (
        ("small", _SMALL),
        ("answer", ".answer"),
        ("beside", _SIDE_BY_SIDE),
        ("across", _WIDE),
    ):
        for part in main.select(chosen):
            part.wrap(soup.new_tag("div", attrs={"class": name}))
    # A table of many columns takes the whole width, together with the heading above it.
    for part in main.select("#continuum"):
        part.name, part["class"] = "div", "across"
