"""About the site: what it is, for whom, who made it, how to cite it, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.language import language as read_language
from c2c_lib.reporting.front.prose import items, page, paragraphs
from c2c_lib.reporting.project import CityInfo

__all__ = ["about_body"]


def about_body(cities: Sequence[CityInfo], language: str) -> str:
    """Return the HTML of the page, with an ``<h1>``.

    Examples
    --------
    >>> from c2c_lib.params import load_city
    >>> "Norwalk ACTS" in about_body([load_city("norwalk")], "en")
    True
    """
    say = read_language(language).text
    partners = items(
        *(
            Markup('<a href="{}">{}</a> ({})').format(
                city.partnership.website, city.partnership.name, city.name
            )
            for city in cities
        )
    )
    return page(
        say("About these report cards"),
        say(
            "A report card tells how children in a city are doing, from birth to career, for "
            "every group of children that can be shown safely."
        ),
        [
            (
                "what",
                say("What is this?"),
                paragraphs(
                    say(
                        "Partnerships of schools, families, city offices and community groups want "
                        "better and more equal outcomes for every child. To see whether it works, "
                        "they follow a short list of figures over the years and by group."
                    ),
                    say(
                        "These pages bring those figures together. They say how sure we can be of "
                        "each, and they say what cannot be seen yet. They do not say why a figure "
                        "is as it is."
                    ),
                ),
            ),
            ("whose", say("Which partnerships are shown?"), partners),
            (
                "independent",
                say("Who checks the figures?"),
                paragraphs(
                    say(
                        "Every figure is its publisher’s own and names its source. A program reads "
                        "the publishers’ files, and tests compare the pages with them, number by "
                        "number. No figure is typed in by hand and none is filled in by a guess."
                    )
                ),
            ),
            (
                "cite",
                say("How do I cite a figure?"),
                paragraphs(
                    say(
                        "Name the publisher of the figure, then this site with the edition at the "
                        "foot of the page. The address of an edition never changes."
                    ),
                    say(
                        "The figures belong to their publishers, whose terms stand in the "
                        "codebook. The software is free to use under the MIT license."
                    ),
                ),
            ),
            (
                "contact",
                say("What if a figure is wrong?"),
                paragraphs(
                    say(
                        "Please tell the partnership of the city, with the address of the page and "
                        "the figure. If it is wrong, it is corrected, and the correction stands "
                        "under {link}.",
                        link=Markup('<a href="../changes/index.html">{}</a>').format(
                            say("What changed")
                        ),
                    )
                ),
            ),
        ],
    )
