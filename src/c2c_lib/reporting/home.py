"""The front page of the site: what it is, one block per city, and where to start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from c2c_lib.reporting.project import CityInfo

__all__ = ["home_body"]

_WORDS: Final = {
    "en": {
        "title": "How are children doing in our cities?",
        "intro": "Each report card shows how children are doing from birth to career, for every "
        "group of children that can be shown safely, and how sure we can be of it. Every number "
        "is the publisher's own, and leads back to its source.",
        "cities": "Which city?",
        "card": "{city} report card",
        "start": "Where should I start?",
        "families": "Families: begin with the three things to know at the top of a card.",
        "partners": "Partners: look at who is being left out, and at what we cannot see yet.",
        "researchers": "Researchers: each card has its table of figures to download, with a data "
        "dictionary.",
        "meaning": "What does each figure mean?",
        "codebook": "The {codebook} says of every figure whom it counts, how it is worked out, "
        "and what it cannot tell. The list of {sources} says where the figures come from.",
        "codebook_link": "codebook",
        "sources_link": "sources",
    },
    "es": {
        "title": "¿Cómo están los niños en nuestras ciudades?",
        "intro": "Cada informe muestra cómo están los niños desde el nacimiento hasta el empleo, "
        "para cada grupo que se puede mostrar sin riesgo, y qué tan seguros podemos estar. Cada "
        "número es del editor y lleva a su fuente.",
        "cities": "¿Qué ciudad?",
        "card": "Informe de {city}",
        "start": "¿Por dónde empiezo?",
        "families": "Familias: empiecen con las tres cosas que debe saber, al inicio del informe.",
        "partners": "Socios: vean a quiénes estamos dejando atrás y lo que aún no podemos ver.",
        "researchers": "Investigadores: cada informe tiene su tabla de cifras para descargar, con "
        "un diccionario de datos.",
        "meaning": "¿Qué significa cada cifra?",
        "codebook": "El {codebook} dice de cada cifra a quiénes cuenta, cómo se calcula y qué no "
        "puede decir. La lista de {sources} dice de dónde vienen las cifras.",
        "codebook_link": "libro de códigos",
        "sources_link": "fuentes",
    },
}


def home_body(cities: Sequence[CityInfo], language: str) -> str:
    """Return the HTML of the front page: a block for each city, and the way to the codebook.

    Parameters
    ----------
    cities : sequence of CityInfo
        The cities that have a page in this language, in order.
    language : str
        ``en`` or ``es``.

    Examples
    --------
    >>> from c2c_lib.params import load_city
    >>> body = home_body([load_city("norwalk")], "en")
    >>> '<a href="norwalk/index.html">Norwalk report card</a>' in body
    True
    """
    words = _WORDS[language]
    blocks = Markup("\n").join(_block(city, language) for city in cities)
    start = Markup("\n").join(
        Markup("<li>{}</li>").format(words[who]) for who in ("families", "partners", "researchers")
    )
    return Markup(
        '<h1>{}</h1>\n<p class="lead">{}</p>\n<h2>{}</h2>\n<ul class="cities">\n{}\n</ul>\n'
        "<h2>{}</h2>\n<ul>\n{}\n</ul>\n<h2>{}</h2>\n<p>{}</p>"
    ).format(
        words["title"],
        words["intro"],
        words["cities"],
        blocks,
        words["start"],
        start,
        words["meaning"],
        _codebook(words),
    )


def _codebook(words: Mapping[str, str]) -> Markup:
    link = Markup('<a href="{}/index.html">{}</a>')
    return Markup(words["codebook"]).format(  # noqa: S704 - words of our own
        codebook=link.format("codebook", words["codebook_link"]),
        sources=link.format("sources", words["sources_link"]),
    )


def _block(city: CityInfo, language: str) -> Markup:
    link = Markup('<a href="{}/index.html">{}</a>').format(
        city.slug, _WORDS[language]["card"].format(city=city.name)
    )
    return Markup("<li><h3>{}</h3><p>{}</p><p>{}</p></li>").format(
        link, city.partnership.name, city.frame.intro[language]
    )
