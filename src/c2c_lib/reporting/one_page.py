"""The report card on one sheet of paper, made of the pieces of the card itself.

Nothing is computed here: every figure, sentence and source is taken from the card's own HTML, so
that the sheet cannot say anything else than the card.
"""

from __future__ import annotations

import html as html_entities
import re
from typing import Final

from markupsafe import Markup

from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.reporting.card_parts import ANSWER, BYLINE, block, found, publishers
from c2c_lib.reporting.plan import page_address

__all__ = ["ONE_PAGE", "one_page", "sheet_address", "wants_one_page"]

ONE_PAGE: Final = "one_page"
"""Name of the page; a card that has one leads to it by `LINK`."""
LINK: Final = "one-page/index.html"
_CARD: Final = "../index.html"

_THINGS: Final = re.compile(r'<ol class="three-things">.*?</ol>', re.DOTALL)
_OUTCOMES: Final = re.compile(
    r'<div\b[^>]*><table\b[^>]*\bid="outcomes".*?</table></div>', re.DOTALL
)
_HEADING: Final = r'<section id="{}"><h2\b[^>]*>(.*?)</h2>'
_TABLE: Final = r'<table\b[^>]*\bid="{}".*?</table>'
_LIMIT: Final = re.compile(r'<span data-derived="limit">.*?</span>')
_ROW: Final = re.compile(r"<tr\b[^>]*>(?:(?!</tr>).)*<td.*?</tr>", re.DOTALL)
_CELLS: Final = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_NUMBER: Final = re.compile(r'(<td class="number"[^>]*>.*?)</td>', re.DOTALL)
_RANGE: Final = '<span class="range">'
_INDICATOR: Final = re.compile(r'\bdata-indicator="(\w+)"')
_WITHIN: Final = re.compile(r'href="#')


def sheet_address(city: str, language: str, part: str = "") -> str:
    """Return the address of a city's sheet, or of that of one part of its frame.

    Examples
    --------
    >>> sheet_address("norwalk", "en")
    'norwalk/one-page/index.html'
    >>> sheet_address("norwalk", "es", "early-years")
    'es/norwalk/one-page/early-years/index.html'
    """
    address = page_address(ONE_PAGE, city, language)
    return address.replace("index.html", f"{part}/index.html") if part else address


def wants_one_page(card: str) -> bool:
    """Return whether a card leads to its sheet, and so must have one.

    Examples
    --------
    >>> wants_one_page('<p><a href="one-page/index.html">On one page</a></p>')
    True
    """
    return f'href="{LINK}"' in card


def one_page(card: str, title: str, language: str, address: str) -> str:
    """Return the HTML of the sheet, with an ``<h1>``.

    It has the three things to know, the newest figure of every outcome's first indicator with
    its range, quality and widest gap, what cannot be seen yet, the sources, and where the full
    card is.

    Parameters
    ----------
    card : str
        The card's body, as HTML.
    title : str
        The card's title.
    language : str
        Two letters.
    address : str
        Where the card is to be read, in words for paper.

    Raises
    ------
    BuildError
        If the card lacks a part that the sheet is made of.
    """
    spoken = read_language(language)
    say = spoken.text
    body = [
        Markup("<h1>{}</h1>").format(say("{title}, on one page", title=title)),
        found(BYLINE, card, "who made it"),
        _section(card, "summary", found(_THINGS, card, "the three things to know")),
        _section(card, "continuum", _outcomes(card, spoken)),
        _section(card, "unknown", _unknown(card, spoken)),
        Markup('<p class="source">{}</p>').format(
            say("Sources: {list}.", list=Markup("; ").join(_sources(card)))
        ),
        Markup('<p class="whole-card">{}</p>').format(
            say(
                "The full card has every figure by group, with charts and sources: {address}",
                address=Markup('<a href="{}">{}</a>').format(_CARD, address),
            )
        ),
    ]
    return Markup('{}\n<div class="one-page">\n{}\n</div>').format(
        body[0],
        Markup(_WITHIN.sub(f'href="{_CARD}#', Markup("\n").join(body[1:]))),  # noqa: S704
    )


def _section(card: str, name: str, body: Markup) -> Markup:
    """Return a section under the heading that the card's own section of that name has."""
    part = found(re.compile(_HEADING.format(name), re.DOTALL), card, name)
    heading = re.sub(r"<[^>]+>", "", str(part))
    return Markup('<section id="{}"><h2>{}</h2>\n{}</section>').format(
        name, html_entities.unescape(heading), body
    )


def _outcomes(card: str, language: Language) -> Markup:
    """Return the card's table of outcomes, each survey figure with its range."""
    table = found(_OUTCOMES, card, "the table of outcomes")
    whole = _ROW.sub(lambda row: _with_range(row[0], card, language), table)
    noted = [language.text("Quality says how far you may trust a figure.")]
    if _RANGE in whole:
        noted.append(language.text("“Likely” is the range it would fall in 95 times in 100."))
    noted.append(
        language.text("The widest gap is that between all and the group with the worst figure.")
    )
    notes = Markup(" ").join(noted)
    return Markup('{}<p class="notes">{}</p>').format(Markup(whole), notes)  # noqa: S704


def _with_range(row: str, card: str, language: Language) -> str:
    indicator = _INDICATOR.search(row)
    if indicator is None:
        return row
    answer = ANSWER.search(block(indicator[1], card))
    limits = _LIMIT.findall(answer[0])[:2] if answer else []
    if len(limits) < 2:
        return row
    low, high = (Markup(limit) for limit in limits)  # noqa: S704 - HTML that we made
    said = language.text("likely {low} to {high}", low=low, high=high)
    range_words = f" {_RANGE}{said}</span>"
    return _NUMBER.sub(lambda cell: f"{cell[1]}{range_words}</td>", row, count=1)


def _unknown(card: str, language: Language) -> Markup:
    """Return what is wanted, and how much is hidden or old, by the card's own tables."""
    wanted = [
        Markup("<li><strong>{}.</strong> {}</li>").format(*map(Markup, _CELLS.findall(row)[:2]))
        for row in _rows("wanted", card)
    ]
    parts = [Markup("<ul>{}</ul>").format(Markup("").join(wanted))] if wanted else []
    hidden, old = len(_rows("hidden-groups", card)), len(_rows("old-figures", card))
    said = []
    if hidden:
        said.append(
            language.plural(
                "In {count} figure, groups are hidden to protect children.",
                "In {count} figures, groups are hidden to protect children.",
                hidden,
            )
        )
    if old:
        said.append(
            language.plural(
                "In all, {count} figure is five or more years old.",
                "In all, {count} figures are five or more years old.",
                old,
            )
        )
    if said:
        parts.append(Markup("<p>{}</p>").format(Markup(" ").join(said)))
    if not parts:
        parts.append(
            Markup("<p>{}</p>").format(language.text("Nothing that was wanted is missing."))
        )
    return Markup("\n").join(parts)


def _rows(table: str, card: str) -> list[str]:
    part = re.search(_TABLE.format(table), card, re.DOTALL)
    return _ROW.findall(part[0]) if part else []


def _sources(card: str) -> list[Markup]:
    """Return the publishers' links of the indicators in the table."""
    table = found(_OUTCOMES, card, "the table of outcomes")
    indicators = dict.fromkeys(_INDICATOR.findall(table))
    return publishers(block(indicator, card) for indicator in indicators)
