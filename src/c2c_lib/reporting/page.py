"""The frame of every page: one Jinja template around the rendered body."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from c2c_lib.errors import BuildError, InputError, Problem
from c2c_lib.language import Language, review_of
from c2c_lib.language import language as read_language
from c2c_lib.reporting.html_document import read_html
from c2c_lib.reporting.project import DEFAULT_LANGUAGE

__all__ = [
    "Link",
    "PageContext",
    "PageTemplate",
    "SiteContext",
    "add_heading_ids",
    "build_date",
    "first_paragraph",
]

_HEADING = re.compile(r"<h([2-6])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r"""\sid=(["'])(.*?)\1""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>.*?</p>", re.DOTALL | re.IGNORECASE)
_DESCRIPTION_LENGTH = 160


@dataclass(frozen=True)
class Link:
    """A link in the frame of a page: words and address, relative to that page."""

    text: str
    href: str


@dataclass(frozen=True)
class PageContext:
    """What the template knows of one page, as ``page``.

    Attributes
    ----------
    title : str
        For ``<h1>`` and, with the name of the site, for ``<title>``.
    language : str
        For ``<html lang>``.
    description : str
        For ``<meta name="description">``.
    address : str
        Relative to the root of the site.
    city, city_name : str
        Slug and name; both empty on a page about all cities.
    contents : tuple of Link
        The headings of level 2, with their anchors.
    languages : tuple of (str, str)
        The same page in other languages: language, and address relative to this page.
    base : str
        The place of the site on its server, on the page for missing addresses alone.
    dataset : str
        JSON-LD that describes the downloads of the page; empty where it has none.
    city_pages : tuple of (str, str)
        The pages of its city in its language: name (the last folder of the address), and
        address relative to the root of the site.
    """

    title: str
    language: str
    description: str
    address: str
    city: str = ""
    city_name: str = ""
    contents: tuple[Link, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    base: str = ""
    dataset: str = ""
    city_pages: tuple[tuple[str, str], ...] = ()

    @property
    def root(self) -> str:
        """The way from the page to the root of the site: ``../`` for each folder.

        A server answers with the page on missing addresses from any folder, so that page
        alone names the root by its place on the server.

        Examples
        --------
        >>> PageContext("T", "es", "", "es/norwalk/index.html").root
        '../../'
        """
        return self.base or "../" * self.address.count("/")

    @property
    def folder(self) -> str:
        """The folder of the page's language below the root of the site: empty, or ``es/``."""
        return "" if self.language == DEFAULT_LANGUAGE else f"{self.language}/"

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """Every language of this page with the way to it, and the one for all other readers.

        Examples
        --------
        >>> page = PageContext("T", "es", "", "es/norwalk/index.html",
        ...                    languages=(("en", "../../norwalk/index.html"),))
        >>> page.alternates
        (('es', 'index.html'), ('en', '../../norwalk/index.html'),
         ('x-default', '../../norwalk/index.html'))
        """
        if not self.languages:
            return ()
        every = ((self.language, self.address.rsplit("/", 1)[-1]), *self.languages)
        default = dict(every).get(DEFAULT_LANGUAGE, every[0][1])
        return (*every, ("x-default", default))


@dataclass(frozen=True)
class SiteContext:
    """What the template knows of the site, as ``site``.

    Attributes
    ----------
    cities : tuple of (slug, name)
        The cities that have pages, in order.
    version : str
        Of this library.
    data : str
        First digits of the fingerprint of the tidy table.
    built : str
        Date on which the pages were made, in ISO form.
    edition : str
        Label of the edition.
    date : str
        Date of the edition, in ISO form.
    kept : bool
        Whether this is an edition that is kept for good, not the newest site.
    pages : frozenset of str
        Names of the pages about all cities that are there.
    """

    cities: tuple[tuple[str, str], ...]
    version: str
    data: str
    built: str
    edition: str
    date: str
    kept: bool = False
    pages: frozenset[str] = frozenset()


def build_date() -> str:
    """Return today's date (UTC) in ISO form; ``SOURCE_DATE_EPOCH`` fixes it.

    Examples
    --------
    >>> len(build_date())
    10
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.fromtimestamp(int(fixed), dt.UTC) if fixed else dt.datetime.now(dt.UTC)
    return now.date().isoformat()


class PageTemplate:
    """The project's page template, compiled once.

    The template is given ``page`` (`PageContext`), ``site`` (`SiteContext`), ``root`` (the
    way to the root of the site) and ``body`` (HTML without an ``<h1>``). It must print
    ``<h1>{{ page.title }}</h1>`` itself. Its words are ``text("...")`` in English, which stands
    in the message catalogues; ``date(...)`` writes a date in the page's language,
    ``own_name(language)`` is what a link to another language says, and ``translated`` says
    who has reviewed the page's translation (empty in the language it was written in). A name
    that it uses and that does not exist is an error, never an empty place on the page.

    Parameters
    ----------
    file : Path
        ``page.html.j2``; templates beside it can be included.

    Raises
    ------
    InputError
        If the file is missing or does not compile.
    """

    def __init__(self, file: Path) -> None:
        environment = Environment(
            loader=FileSystemLoader(file.parent),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        try:
            self._template = environment.get_template(file.name)
        except TemplateError as error:
            raise InputError(
                [Problem(where=file.name, what=f"the page template cannot be used: {error}")]
            ) from error

    def render(self, page: PageContext, site: SiteContext, body: str) -> str:
        """Return the whole page.

        Raises
        ------
        BuildError
            If the template uses a name that it is not given.
        MissingMessageError
            If its words are not in the catalogue of the page's language.
        """
        language = read_language(page.language)
        try:
            return self._template.render(
                page=page,
                site=site,
                root=page.root,
                text=language.text,
                date=language.date,
                own_name=_own_name,
                translated=_translated(language),
                body=Markup(body),  # noqa: S704 - the body is HTML that we rendered
            )
        except TemplateError as error:
            raise BuildError(f"the page template failed for {page.address}: {error}") from error


def _own_name(code: str) -> Markup:
    """Return what a link to the pages of a language says, in that language."""
    # Translators: the name of your own language, for a link to its pages: "En español".
    return read_language(code).text("In English")


def _translated(language: Language) -> Markup:
    """Return who has reviewed a translation; empty for the language the site is written in."""
    if language.code == DEFAULT_LANGUAGE:
        return Markup()
    review = review_of(language.code)
    if review is None:
        return language.text("This translation has not yet been reviewed by a person.")
    said = language.text(
        "Translation reviewed by {person}, {date}.",
        person=review.by,
        date=language.date(review.day),
    )
    if review.since:
        said += " " + language.text("Some words were changed after that.")
    return said


def _anchor(text: str) -> str:
    """Return the anchor that Pandoc gives a heading, so that both renderers agree."""
    letters = "".join(
        c for c in text.lower() if c in "_-. " or unicodedata.category(c)[0] in ("L", "N", "M")
    )
    dashed = re.sub(r"\s+", "-", letters.strip())
    first = next((i for i, c in enumerate(dashed) if c.isalpha()), None)
    return "section" if first is None else dashed[first:]


def add_heading_ids(body: str) -> tuple[str, tuple[Link, ...]]:
    """Give every heading an anchor; return the body and the contents of level 2.

    A heading that has an id keeps it. Anchors follow Pandoc's rule.

    Examples
    --------
    >>> body, contents = add_heading_ids("<h2>Who is left out?</h2>")
    >>> body
    '<h2 id="who-is-left-out">Who is left out?</h2>'
    >>> contents
    (Link(text='Who is left out?', href='#who-is-left-out'),)
    """
    taken = {match[2] for match in _ID.finditer(body)}
    contents: list[Link] = []

    def replaced(match: re.Match[str]) -> str:
        level, attributes, inner = match[1], match[2], match[3]
        words = " ".join(read_html(_TAG.sub("", inner)).text.split())
        given = _ID.search(attributes)
        anchor = given[2] if given else _unused(_anchor(words), taken)
        taken.add(anchor)
        if level == "2":
            contents.append(Link(words, f"#{anchor}"))
        own = "" if given else f' id="{anchor}"'
        return f"<h{level}{own}{attributes}>{inner}</h{level}>"

    return _HEADING.sub(replaced, body), tuple(contents)


def _unused(anchor: str, taken: set[str]) -> str:
    if anchor not in taken:
        return anchor
    number = 1
    while f"{anchor}-{number}" in taken:
        number += 1
    return f"{anchor}-{number}"


def first_paragraph(body: str) -> str:
    """Return the first paragraph as a description of at most 160 characters.

    Examples
    --------
    >>> first_paragraph("<h2>A</h2><p>Children of <b>Norwalk</b>.</p><p>More.</p>")
    'Children of Norwalk.'
    """
    read = (read_html(match[0]).text for match in _PARAGRAPH.finditer(body))
    text = next((words for each in read if (words := " ".join(each.split()))), "")
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return text[: _DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def relative(address: str, start: str) -> str:
    """Return the way from one page to another, both relative to the root of the site.

    Examples
    --------
    >>> relative("es/norwalk/index.html", "norwalk/index.html")
    '../es/norwalk/index.html'
    """
    folder = start.split("/")[:-1]
    target = address.split("/")
    shared = 0
    while shared < min(len(folder), len(target) - 1) and folder[shared] == target[shared]:
        shared += 1
    return "/".join([".."] * (len(folder) - shared) + target[shared:])


def language_links(
    address: str, addresses: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Return (language, way to it) for the same page in other languages."""
    return tuple((language, relative(other, address)) for language, other in addresses)
