"""The page to find things: an index from A to Z of everything that the site speaks of.

The list is the whole index. It reads by itself; where scripts run, ``assets/search.js`` looks
through it, on a server as from a folder, and nothing else is loaded. What readers call things
otherwise stands with each entry, unseen, in all languages: whoever opens the page of the other
language finds things too.
"""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final

from markupsafe import Markup

from c2c_lib.language import Language, mark
from c2c_lib.language import language as read_language
from c2c_lib.language.order import sorted_as
from c2c_lib.reporting.one_page import ONE_PAGE
from c2c_lib.reporting.page import PageContext, relative
from c2c_lib.reporting.plan import NOT_FOUND, page_address
from c2c_lib.reporting.search_words import search_words

__all__ = ["SEARCH", "Entry", "entries_of", "search_body"]

SEARCH: Final = "search"
"""Name of the page."""

_KINDS: Final = {
    "indicator": mark("Figure"),
    "question": mark("Question"),
    "word": mark("Word"),
    "groups": mark("Groups of children"),
    "school": mark("School"),
    "area": mark("Neighborhood"),
    "page": mark("Page"),
    "part": mark("Part of a page"),
}
_DEFINED: Final = re.compile(
    r'<section class="entry" id="([^"]+)"><h3\b[^>]*>(.*?)</h3>\s*<dl>\s*'
    r"<dt>.*?</dt><dd>(.*?)</dd>",
    re.DOTALL,
)
_ASKED: Final = re.compile(
    r'<section class="indicator" id="([^"]+)"><h3\b[^>]*>(.*?)</h3>', re.DOTALL
)
_WORD: Final = re.compile(r'<div id="([^"]+)"><dt>(.*?)</dt><dd>(.*?)</dd></div>', re.DOTALL)
_GROUP_TABLE: Final = re.compile(r'<table\b[^>]*\bid="group-words".*?</table>', re.DOTALL)
_GROUPS: Final = re.compile(r'<th scope="row">(.*?)</th><td>(.*?)</td>', re.DOTALL)
_HEADING: Final = re.compile(
    r'(?:<section\b[^>]*\bid="([^"]+)"[^>]*>\s*)?<h2\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>',
    re.DOTALL,
)
_TABLE: Final = re.compile(r'<table id="((?:school|tract)-[^"]+)".*?</table>', re.DOTALL)
_ROW: Final = re.compile(r'<tr\b[^>]*>\s*<th scope="row">(.*?)</th>.*?</tr>', re.DOTALL)
_PLACE: Final = re.compile(r'data-place="[^"]*-(school|tract)-')
_AREA: Final = re.compile(r"(.*?)\s*\((.+)\)")
_SUBHEADING: Final = re.compile(r"<h3\b[^>]*>(.*?)</h3>", re.DOTALL)
_PARAGRAPH: Final = re.compile(r"<p\b([^>]*)>(.*?)</p>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")
_LENGTH: Final = 160


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    Attributes
    ----------
    title : str
        What it is called.
    kind : str
        What kind of thing: ``indicator``, ``question``, ``word``, ``groups``, ``school``,
        ``area``, ``page`` or ``part``.
    ways : tuple of (str, str)
        Where it stands: the words of the link, and the address relative to the root of the
        site. The first is the main one.
    text : str
        What it is, in a sentence; may be empty.
    key : str
        What entries of one thing have in common, wherever they stand.
    known_as : tuple of str
        Keys of `search_words` under which readers' own words for it stand.
    """

    title: str
    kind: str
    ways: tuple[tuple[str, str], ...]
    text: str = ""
    key: str = ""
    known_as: tuple[str, ...] = ()


def search_body(pages: Sequence[tuple[PageContext, str]], language: str) -> str:
    """Return the HTML of the page, with an ``<h1>``.

    Parameters
    ----------
    pages : sequence of (PageContext, str)
        Every other page of the language, with its body.
    language : str
        Two letters.

    Examples
    --------
    >>> page = PageContext("Privacy", "en", "No child can be found.", "privacy/index.html")
    >>> '<a href="../privacy/index.html">Privacy</a>' in search_body([(page, "")], "en")
    True
    """
    spoken = read_language(language)
    say = spoken.text
    address = page_address(SEARCH, "", language)
    found = sorted(entries_of(pages), key=lambda entry: (sorted_as(entry.title), entry.ways))
    letters = [
        Markup('<section id="{}"><h2>{}</h2>\n<ul>\n{}\n</ul></section>').format(
            f"letter-{letter.lower()}" if letter.isalpha() else "letter-0",
            letter,
            Markup("\n").join(_item(entry, address, spoken) for entry in entries),
        )
        for letter, entries in groupby(found, key=lambda entry: _letter(entry.title))
    ]
    return Markup('<h1>{}</h1>\n<p class="lead">{}</p>\n{}\n<div class="az">\n{}\n</div>').format(
        say("Find a figure, a question or a word"),
        say("Everything these pages speak of, from A to Z, with the way to it."),
        _form(spoken),
        Markup("\n").join(letters),
    )


def _form(language: Language) -> Markup:
    """Return the box, which stays hidden until a script can answer it."""
    say = language.text
    return Markup(
        '<form class="find" role="search" hidden data-none="{}" data-one="{}" data-many="{}" '
        'data-more="{}" data-like="{}"><label for="find-words">{}</label>\n'
        '<input type="search" id="find-words" name="q" autocomplete="off" spellcheck="false" '
        'aria-describedby="find-how">\n<p id="find-how" class="notes">{}</p>\n'
        '<p class="find-say" role="status"></p>\n<ul class="find-list"></ul></form>'
    ).format(
        say("Nothing has all of these words. Try fewer, or the beginning of a word."),
        say("1 place found."),
        # Translators: keep the sign #: the number takes its place.
        say("# places found, the nearest first."),
        # Translators: keep the sign #: the number takes its place.
        say("# places found; these are the nearest 40."),
        # Translators: keep the sign #: the number takes its place.
        say("No place has these words as they are. Places with words like them: #."),
        say("What are you looking for?"),
        say("Type the beginning of a word or of several. Arrow keys go through what is found."),
    )


def _item(entry: Entry, address: str, language: Language) -> Markup:
    ways = [(words, relative(way, address)) for words, way in entry.ways]
    (_, main), *others = ways
    lines = [
        Markup('<a href="{}">{}</a> <span class="kind">{}</span>').format(
            main, entry.title, language.text(_KINDS[entry.kind])
        )
    ]
    if entry.text:
        lines.append(Markup("<p>{}</p>").format(entry.text))
    if others:
        links = [Markup('<a href="{}">{}</a>').format(way, words) for words, way in ways]
        lines.append(
            Markup('<p class="ways">{} {}</p>').format(
                language.text("It stands in:"), Markup(" · ").join(links)
            )
        )
    further = _further_words(entry, language.code)
    also = Markup(' data-also="{}"').format("; ".join(further)) if further else Markup()
    return Markup("<li{}>{}</li>").format(also, Markup("").join(lines))


def _further_words(entry: Entry, spoken: str) -> list[str]:
    """Return what readers call it, in the language of the page and then in the others.

    An analyst knows an indicator by its id, which no sentence says.
    """
    known = search_words()
    told = [known[key] for key in entry.known_as if key in known]
    languages = sorted({code for words in told for code in words}, key=lambda c: (c != spoken, c))
    words = [word for code in languages for by in told for word in by.get(code, ())]
    identifier = [entry.key] if entry.kind == "indicator" else []
    return list(dict.fromkeys([*words, *identifier]))


def entries_of(pages: Iterable[tuple[PageContext, str]]) -> list[Entry]:
    """Return everything that can be found on some pages; one thing on many pages is one entry.

    An indicator is one entry, defined in the codebook, with the ways to it on every page that
    asks about it; so is a question that several cities' pages ask.
    """
    kept: dict[tuple[str, str], Entry] = {}
    for entry in (entry for page, body in pages for entry in _entries(page, body)):
        # A page that is about a question, and the parts of others that ask it, are one thing.
        kind = "asked" if entry.kind in ("page", "part", "question") else entry.kind
        place = (kind, entry.key or entry.title.casefold())
        there = kept.get(place)
        kept[place] = entry if there is None else _together(there, entry)
    return [_said(entry) for entry in kept.values()]


def _together(first: Entry, second: Entry) -> Entry:
    known = tuple(dict.fromkeys((*first.known_as, *second.known_as)))
    first, second = (replace(entry, known_as=known) for entry in (first, second))
    if first.kind != "indicator":
        named = second if second.kind == "page" and first.kind != "page" else first
        asked = first if named is second else second
        text = named.text if asked.text in ("", named.text) or named.kind == "page" else ""
        return replace(named, ways=(*named.ways, *asked.ways), text=text)
    # What defines an indicator names it; the question that pages ask about it stands before.
    named, asked = (first, second) if first.text or not second.text else (second, first)
    ways = (*named.ways, *asked.ways)
    if not named.text or asked.title in named.text:
        return replace(named, ways=ways)
    return replace(named, ways=ways, text=f"{asked.title} {named.text}")


def _said(entry: Entry) -> Entry:
    return replace(entry, ways=tuple(dict.fromkeys(entry.ways)))


def _entries(page: PageContext, body: str) -> Iterator[Entry]:
    if page.address.endswith(f"{NOT_FOUND}.html"):
        return
    here = page.city_name or page.title
    sheet = f"/{ONE_PAGE.replace('_', '-')}/" in f"/{page.address}"
    known = () if sheet else (PurePosixPath(page.address).parent.name.replace("-", "_"),)
    yield Entry(page.title, "page", ((here, page.address),), _first(body), known_as=known)
    if sheet:
        return  # all of it stands in the card
    for anchor, title, text in _DEFINED.findall(body):
        way = (page.title, f"{page.address}#{anchor}")
        yield Entry(_plain(title), "indicator", (way,), _short(_plain(text)), anchor, (anchor,))
    for anchor, question in _ASKED.findall(body):
        way = (here, f"{page.address}#{anchor}")
        yield Entry(_plain(question), "indicator", (way,), "", anchor, (anchor,))
    for anchor, word, text in _WORD.findall(body):
        way = (page.title, f"{page.address}#{anchor}")
        yield Entry(_plain(word), "word", (way,), _short(_plain(text)))
    for table in _GROUP_TABLE.findall(body):
        for told_by, groups in _GROUPS.findall(table):
            way = (page.title, f"{page.address}#group-words")
            yield Entry(_plain(told_by), "groups", (way,), _plain(groups))
    headings = list(_HEADING.finditer(body))
    ends = [*(heading.start() for heading in headings[1:]), len(body)]
    for heading, end in zip(headings, ends, strict=False):
        part = body[heading.end() : end]
        way, title = (here, f"{page.address}#{heading[2]}"), _plain(heading[3])
        kind = "question" if title.endswith("?") else "part"
        known = (heading[1],) if heading[1] and page.city else ()
        yield Entry(title, kind, (way,), _first(part), known_as=known)
    yield from _places(page, body)


def _places(page: PageContext, body: str) -> Iterator[Entry]:
    """Return the schools, with every table that has a figure of theirs, and the neighborhoods."""
    areas: set[str] = set()
    for table in _TABLE.finditer(body):
        asked = [_plain(question) for question in _SUBHEADING.findall(body, 0, table.start())]
        address = f"{page.address}#{table[1]}"
        for row in _ROW.finditer(table[0]):
            place, name = _PLACE.search(row[0]), _plain(row[1])
            if place is None:
                continue
            area = _AREA.fullmatch(name)
            if place[1] == "school":
                way = (asked[-1] if asked else page.title, address)
                key = f"{page.city} {name}"
                yield Entry(name, "school", (way,), page.city_name or "", key)
            elif area and area[2] not in areas and not any(map(str.isdigit, area[2])):
                areas.add(area[2])  # the first map of it leads to the others
                way, key = (page.city_name or page.title, address), f"{page.city} {area[2]}"
                yield Entry(area[2], "area", (way,), page.city_name or "", key)


def _first(html: str) -> str:
    """Return the first paragraph but for that on who made it and when; none if it has figures.

    A sentence with figures belongs where its source stands.
    """
    said = next((p for a, p in _PARAGRAPH.findall(html) if "byline" not in a), "")
    return "" if "<data" in said else _short(_plain(said))


def _plain(html: str) -> str:
    return " ".join(html_entities.unescape(_TAG.sub("", html)).split())


def _short(text: str) -> str:
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _letter(title: str) -> str:
    first = sorted_as(title)[:1]
    return first.upper() if first.isalpha() else "0–9"
