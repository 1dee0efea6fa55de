"""The front page of the site: what it is, one block per city, and where to start."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.reporting.project import CityInfo

__all__ = ["home_body"]


def home_body(cities: Sequence[CityInfo], language: str) -> str:
    """Return the HTML of the front page: a block for each city, and the way to the codebook.

    Parameters
    ----------
    cities : sequence of CityInfo
        The cities that have a page in this language, in order.
    language : str
        One of `c2c_lib.language.languages`.

    Examples
    --------
    >>> from c2c_lib.params import load_city
    >>> body = home_body([load_city("norwalk")], "en")
    >>> '<a href="norwalk/index.html">Norwalk report card</a>' in body
    True
    """
    words = read_language(language)
    say = words.text
    blocks = Markup("\n").join(_block(city, words) for city in cities)
    start = Markup("\n").join(
        Markup("<li>{}</li>").format(text)
        for text in (
            say("Families: begin with the three things to know at the top of a card."),
            say("Partners: look at who is being left out, and at what we cannot see yet."),
            say(
                "Researchers: each card has its table of figures to download, with a data "
                "dictionary."
            ),
        )
    )
    intro = say(
        "Each report card shows how children are doing from birth to career, for every group of "
        "children that can be shown safely, and how sure we can be of it. Every number is the "
        "publisher's own, and leads back to its source."
    )
    return Markup(
        '<h1>{}</h1>\n<p class="lead">{}</p>\n<h2>{}</h2>\n<ul class="cities">\n{}\n</ul>\n'
        "<h2>{}</h2>\n<ul>\n{}\n</ul>\n<h2>{}</h2>\n<p>{}</p>"
    ).format(
        say("How are children doing in our cities?"),
        intro,
        say("Which city?"),
        blocks,
        say("Where should I start?"),
        start,
        say("What does each figure mean?"),
        _codebook(words),
    )


def _codebook(language: Language) -> Markup:
    say = language.text
    link = Markup('<a href="{}/index.html">{}</a>')
    codebook, sources = say("codebook"), say("sources")
    return say(
        "The {codebook} says of every figure whom it counts, how it is worked out, and what it "
        "cannot tell. The list of {sources} says where the figures come from.",
        codebook=link.format("codebook", codebook),
        sources=link.format("sources", sources),
    )


def _block(city: CityInfo, language: Language) -> Markup:
    link = Markup('<a href="{}/index.html">{}</a>').format(
        city.slug, language.text("{city} report card", city=city.name)
    )
    return Markup("<li><h3>{}</h3><p>{}</p><p>{}</p></li>").format(
        link, city.partnership.name, language.of(city.frame.intro)
    )
