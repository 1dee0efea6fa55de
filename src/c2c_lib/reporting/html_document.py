"""Reads a page the way a checker needs it: headings, links, pictures, figures and text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

__all__ = ["Element", "HtmlDocument", "read_html"]

_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_NOT_TEXT: Final = frozenset({"script", "style", "title", "template"})
# fmt: off
_BLOCKS: Final = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
# fmt: on


@dataclass
class Element:
    """One element of a page.

    Attributes
    ----------
    tag : str
        In small letters.
    attributes : dict of str to str
        Values with entities resolved; an attribute without a value is an empty string.
    line : int
        Line in the file, from 1.
    text : str
        All text within it, white space collapsed.
    start, end : int
        Where its content begins and ends in the page's text.
    around : mapping of str to str
        The ``data-`` attributes of the elements around it; of one name, the nearest.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    start: int = 0
    end: int = 0
    around: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> str | None:
        """Return a ``data-`` attribute of the element, or of the nearest one that has it."""
        return self.attributes.get(name, self.around.get(name))


@dataclass
class HtmlDocument:
    """A page as a list of elements, in order.

    Attributes
    ----------
    elements : list of Element
        Every element.
    text : str
        Everything that is read aloud or seen, without ``<title>``, scripts and styles.
    """

    elements: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> list[Element]:
        """Return the elements with one of the tags, in order."""
        return [element for element in self.elements if element.tag in tags]

    def with_attribute(self, name: str) -> list[Element]:
        """Return the elements that carry an attribute, in order."""
        return [element for element in self.elements if name in element.attributes]

    @property
    def title(self) -> str:
        """Text of ``<title>``; empty if there is none."""
        return next((element.text for element in self.all("title")), "")

    @property
    def language(self) -> str:
        """The page's ``lang``; empty if it does not say."""
        return next((e.attributes.get("lang", "") for e in self.all("html")), "")

    @property
    def ids(self) -> list[str]:
        """Every id, as often as it stands there."""
        return [element.attributes["id"] for element in self.with_attribute("id")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = HtmlDocument()
        self._open: list[tuple[Element, list[str]]] = []
        self._around: list[Mapping[str, str]] = [{}]
        self._pieces: list[str] = []
        self._length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()
        attributes = {name: value or "" for name, value in attrs}
        line, at, around = self.getpos()[0], self._length, self._around[-1]
        element = Element(tag, attributes, line, start=at, end=at, around=around)
        self.document.elements.append(element)
        if tag not in _VOID:
            self._open.append((element, []))
            own = {name: value for name, value in attributes.items() if name.startswith("data-")}
            self._around.append({**around, **own} if own else around)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {element.tag for element, _ in self._open}:
            return
        while self._open:
            element, pieces = self._open.pop()
            self._around.pop()
            element.text = " ".join("".join(pieces).split())
            element.end = self._length
            if element.tag == tag:
                break
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        for _, pieces in self._open:
            pieces.append(data)
        if not any(element.tag in _NOT_TEXT for element, _ in self._open):
            self._add(data)

    def _break(self) -> None:
        for _, pieces in self._open:
            pieces.append(" ")
        self._add("\n")

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def finish(self) -> HtmlDocument:
        self.close()
        while self._open:
            self.handle_endtag(self._open[-1][0].tag)
        self.document.text = "".join(self._pieces)
        return self.document


def read_html(html: str) -> HtmlDocument:
    """Read a page.

    Parameters
    ----------
    html : str
        A whole page or a part of one.

    Examples
    --------
    >>> page = read_html('<html lang="en"><title>T</title><h1 id="a">One <b>two</b></h1></html>')
    >>> page.language, page.title, page.all("h1")[0].text, page.ids
    ('en', 'T', 'One two', ['a'])
    """
    reader = _Reader()
    reader.feed(html)
    return reader.finish()
