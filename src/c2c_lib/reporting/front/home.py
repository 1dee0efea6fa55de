"""The front page of the site: what each city's card says first, and where to start."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.reporting.front.news import CityNews, News
from c2c_lib.reporting.front.prose import items, paragraphs
from c2c_lib.reporting.project import CityInfo

__all__ = ["home_body"]

_NO_NEWS = CityNews()


def home_body(cities: Sequence[CityInfo], language: str, news: News) -> str:
    """Return the HTML of the front page: a headline per city, three doors, and what is new.

    Parameters
    ----------
    cities : sequence of CityInfo
        The cities that have a page in this language, in order.
    language : str
        One of `c2c_lib.language.languages`.
    news : News
        What stands first on each city's card; it is made from findings, never written here.

    Examples
    --------
    >>> from c2c_lib.params import load_city
    >>> body = home_body([load_city("norwalk")], "en", News("2026", "2026-11-21"))
    >>> '<a href="norwalk/index.html">Norwalk report card</a>' in body
    True
    """
    words = read_language(language)
    say = words.text
    blocks = Markup("\n").join(
        _block(city, news.cities.get(city.slug, _NO_NEWS), words) for city in cities
    )
    intro = say(
        "Each report card shows how children are doing from birth to career, for every group of "
        "children that can be shown safely, and how sure we can be of it. Every number is the "
        "publisher's own, and leads back to its source."
    )
    return Markup(
        '<h1>{}</h1>\n<p class="lead">{}</p>\n<h2>{}</h2>\n<ul class="cities">\n{}\n</ul>\n'
        '<h2>{}</h2>\n<ul class="cities doors">\n{}\n</ul>\n<h2>{}</h2>\n{}\n<h2>{}</h2>\n<p>{}</p>'
    ).format(
        say("How are children doing in our cities?"),
        intro,
        say("Which city?"),
        blocks,
        say("Where should I start?"),
        _doors(cities, words),
        say("What is new?"),
        _new(news, words),
        say("What does each figure mean?"),
        _codebook(words),
    )


def _block(city: CityInfo, news: CityNews, language: Language) -> Markup:
    say = language.text
    link = Markup('<a href="{}/index.html">{}</a>').format(
        city.slug, say("{city} report card", city=city.name)
    )
    intro = Markup("<p>{}</p>").format(language.of(city.frame.intro))
    said = Markup(news.headline) or intro  # noqa: S704 - it was escaped when it was made
    return Markup('<li><h3>{}</h3><p class="byline">{}</p>{}</li>').format(
        link, city.partnership.name, said
    )


def _doors(cities: Sequence[CityInfo], language: Language) -> Markup:
    say = language.text
    families = [_to(f"{c.slug}/index.html#summary", c.name) for c in cities]
    compare, methods = say("Compare the cities"), say("How we made this")
    partners = [
        *(_to(f"{c.slug}/index.html#gaps", c.name) for c in cities),
        _to("compare/index.html", compare),
    ]
    researchers = [
        *(_to(f"{c.slug}/data/index.html", c.name) for c in cities),
        _to("methods/index.html", methods),
    ]
    doors = (
        (
            say("I am a parent or caregiver"),
            say("Begin with the three things to know about your city."),
            families,
        ),
        (
            say("I work with children, or decide for them"),
            say("Look at who is being left out, and at what we cannot see yet."),
            partners,
        ),
        (
            say("I work with data"),
            say("Get every figure as a table, a workbook or a map, with its meaning and terms."),
            researchers,
        ),
    )
    return Markup("\n").join(
        Markup("<li><h3>{}</h3><p>{}</p>{}</li>").format(title, text, items(*links))
        for title, text, links in doors
    )


def _to(address: str, words: Markup | str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)


def _new(news: News, language: Language) -> Markup:
    say = language.text
    texts = [
        say(
            "This is edition {edition}, of {date}.",
            edition=news.edition,
            date=language.date(news.date),
        )
    ]
    newest = max((city.newest for city in news.cities.values()), default=0)
    if newest:
        texts.append(
            say(
                "Its newest figures are for {year}. Others are older: some are published "
                "later, and some newer ones are not in our table yet.",
                year=newest,
            )
        )
    changed = say("What changed, and corrections")
    return paragraphs(Markup(" ").join(texts), _to("changes/index.html", changed))


def _codebook(language: Language) -> Markup:
    say = language.text
    codebook, sources = say("codebook"), say("sources")
    return say(
        "The {codebook} says of every figure whom it counts, how it is worked out, and what it "
        "cannot tell. The list of {sources} says where the figures come from.",
        codebook=_to("codebook/index.html", codebook),
        sources=_to("sources/index.html", sources),
    )
