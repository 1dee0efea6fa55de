"""The front page of the site: one link per city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from c2c_lib.reporting.project import CityInfo

__all__ = ["home_body"]

_TITLE: Final = {
    "en": "How are children doing in our cities?",
    "es": "¿Cómo están los niños en nuestras ciudades?",
}
_INTRO: Final = {
    "en": "Each report card shows how children are doing from birth to career, for every group "
    "of children that can be shown safely, and how sure we can be of it.",
    "es": "Cada informe muestra cómo están los niños desde el nacimiento hasta el empleo, para "
    "cada grupo que se puede mostrar sin riesgo, y qué tan seguros podemos estar.",
}
_HEADING: Final = {"en": "Which city?", "es": "¿Qué ciudad?"}
_LINK: Final = {"en": "{city} report card", "es": "Informe de {city}"}


def home_body(cities: Sequence[CityInfo], language: str) -> str:
    """Return the HTML of the front page, with an ``<h1>`` and a link to each city's page.

    Parameters
    ----------
    cities : sequence of CityInfo
        The cities that have a page in this language, in order.
    language : str
        ``en`` or ``es``.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> city = SimpleNamespace(slug="norwalk", name="Norwalk", languages=["en"])
    >>> '<a href="norwalk/index.html">Norwalk report card</a>' in home_body([city], "en")
    True
    """
    links = Markup("\n").join(
        Markup('<li><a href="{}/index.html">{}</a></li>').format(
            city.slug, _LINK[language].format(city=city.name)
        )
        for city in cities
    )
    return Markup("<h1>{}</h1>\n<p>{}</p>\n<h2>{}</h2>\n<ul>\n{}\n</ul>").format(
        _TITLE[language], _INTRO[language], _HEADING[language], links
    )
