"""One part of a city's own frame on one sheet: an initiative, a driver, a direction, an outcome.

It is for the table of a meeting. As on the sheet of the whole card, nothing is computed here:
questions, answers and charts are the card's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from c2c_lib.errors import BuildError
from c2c_lib.language import language as read_language
from c2c_lib.reporting.card_parts import ANSWER, BYLINE, found, publishers

__all__ = ["part_sheet", "parts_of"]

_CARD: Final = "../../"
_ALL_CHARTS: Final = 5
"""Most indicators that one sheet of paper has room for with both of their charts."""
_LINK: Final = re.compile(r'<a href="one-page/([a-z0-9-]+)/index\.html">')
_ITEM: Final = "<li><strong>"
_NAME: Final = re.compile(r"<strong>(.*?)\.</strong>\s*(.*?)<ul>", re.DOTALL)
_OUTCOME: Final = re.compile(r'href="#([\w-]+)"')
_SECTION: Final = r'<section class="outcome" id="{}">.*?(?=<section (?:class="outcome" )?id=|\Z)'
_HEADING: Final = re.compile(r"<h2\b[^>]*>.*?</h2>", re.DOTALL)
_WANTED: Final = re.compile(r'<p class="wanted">.*?</p>', re.DOTALL)
_BLOCK: Final = re.compile(r'<section class="indicator" id="[\w-]+">.*?</section>', re.DOTALL)
_QUESTION: Final = re.compile(r"<h3\b[^>]*>.*?</h3>", re.DOTALL)
_QUALITY: Final = re.compile(r'<p class="quality.*?</p>', re.DOTALL)
_FIGURE: Final = re.compile(
    r'<figure class="chart">(<img .*?>)<figcaption>(<strong>.*?</strong>).*?</figure>', re.DOTALL
)
_DESCRIBED: Final = re.compile(r' aria-describedby="[^"]*"')
_PICTURE: Final = re.compile(r'src="(?!data:|https?:)')
_WITHIN: Final = re.compile(r'href="#')


@dataclass(frozen=True)
class _Part:
    name: str
    sentence: str
    outcomes: tuple[str, ...]


def parts_of(card: str) -> list[str]:
    """Return the parts that a card leads to a sheet of, by the last folder of their addresses.

    Examples
    --------
    >>> parts_of('<a href="one-page/index.html">All</a> <a href="one-page/early-years/index.html">'
    ...     'Early years</a>')
    ['early-years']
    """
    return list(dict.fromkeys(_LINK.findall(card)))


def part_sheet(card: str, part: str, title: str, language: str, address: str) -> str:
    """Return the HTML of the sheet of one part of the frame, with an ``<h1>``.

    For each outcome of the part it has the question and, for each indicator put first, the
    answer with its quality, how it moved and how groups differ; what cannot be seen yet; the
    sources, and where the full card is. Where there are many, the first has a chart.

    Parameters
    ----------
    card : str
        The card's body, as HTML.
    part : str
        One of `parts_of` the card.
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
    say = read_language(language).text
    about = _about(part, card)
    sections = [_section(outcome, card) for outcome in about.outcomes]
    blocks = [block for section in sections for block in _BLOCK.findall(section)]
    sources = publishers(blocks)
    roomy = len(blocks) <= _ALL_CHARTS
    body = [
        found(BYLINE, card, "who made it"),
        Markup('<p class="lead">{}</p>').format(Markup(about.sentence)),  # noqa: S704
        Markup('<div class="meeting">{}</div>').format(
            Markup("\n").join(_outcome(section, roomy=roomy) for section in sections)
        ),
    ]
    if sources:
        listed = say("Sources: {list}.", list=Markup("; ").join(sources))
        body.append(Markup('<p class="source">{}</p>').format(listed))
    body.append(
        Markup('<p class="whole-card">{}</p>').format(
            say(
                "The full card has every figure by group, with charts and sources: {address}",
                address=Markup('<a href="{}index.html">{}</a>').format(_CARD, address),
            )
        )
    )
    inner = _WITHIN.sub(f'href="{_CARD}index.html#', Markup("\n").join(body))
    heading = say("{title}: {part}, on one page", title=title, part=Markup(about.name))  # noqa: S704
    return f'<h1>{heading}</h1>\n<div class="one-page">\n{inner}\n</div>'


def _about(part: str, card: str) -> _Part:
    """Return what the card's list of partners' work says about a part."""
    link = card.find(f'<a href="one-page/{part}/index.html">')
    item = card[card.rfind(_ITEM, 0, link) : link] if link >= 0 else ""
    named = _NAME.search(item)
    if named is None:
        raise BuildError(f"the card cannot be put on one page: it does not name {part!r}")
    return _Part(named[1], named[2].strip(), tuple(_OUTCOME.findall(item)))


def _section(outcome: str, card: str) -> str:
    pattern = re.compile(_SECTION.format(re.escape(outcome)), re.DOTALL)
    return str(found(pattern, card, f"the outcome {outcome!r}"))


def _outcome(section: str, *, roomy: bool) -> Markup:
    """Return an outcome: its question, the indicators put first, what is wanted.

    If there is no room for all charts, the first indicator has that of its groups: the answers
    say in words how figures moved.
    """
    question = _HEADING.search(section)
    wanted = _WANTED.search(section)
    pieces = [
        question[0] if question else "",
        *(
            _indicator(block, 2 if roomy else int(place == 0))
            for place, block in enumerate(_BLOCK.findall(section))
        ),
        wanted[0] if wanted else "",
    ]
    return Markup("<section>{}</section>").format(Markup("\n".join(pieces)))  # noqa: S704


def _indicator(block: str, charts: int) -> str:
    """Return an indicator with the last of its charts, each over the first words of its caption."""
    texts = [p.search(block) for p in (_QUESTION, ANSWER, _QUALITY)]
    figures = [
        f'<figure class="chart">{_moved(picture)}<figcaption>{caption}</figcaption></figure>'
        for picture, caption in _FIGURE.findall(block)[::-1][:charts][::-1]
    ]
    inner = "\n".join([*(text[0] for text in texts if text), *figures])
    return f'<div class="indicator">{inner}</div>'


def _moved(picture: str) -> str:
    """Return a picture of the card as it is named from the folder of the sheet."""
    return _PICTURE.sub(f'src="{_CARD}', _DESCRIBED.sub("", picture))
