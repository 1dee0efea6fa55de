"""How children are protected in these figures, and readers on these pages."""

from __future__ import annotations

from collections.abc import Sequence

from c2c_lib.language import language as read_language
from c2c_lib.reporting.front.prose import items, page, paragraphs
from c2c_lib.reporting.project import CityInfo

__all__ = ["privacy_body"]


def privacy_body(cities: Sequence[CityInfo], language: str) -> str:  # noqa: ARG001 - as every front page
    """Return the HTML of the page, with an ``<h1>``; the numbers are those of the site's rules."""
    from c2c_lib.reporting.cards import site_rules  # noqa: PLC0415 - it imports maps and tables

    say = read_language(language).text
    rules = site_rules()
    return page(
        say("How are children protected?"),
        say("Behind every data point is a child. No figure here may point to one."),
        [
            (
                "rules",
                say("When do we not show a figure?"),
                items(
                    say(
                        "Where fewer than {count} children are counted.",
                        count=rules.minimum_numerator,
                    ),
                    say(
                        "Where fewer than {count} children are in the group.",
                        count=rules.minimum_denominator,
                    ),
                    say("Where somebody could work out such a figure from others that we show."),
                    say(
                        "Where a school, or the few children in no school, could be worked out "
                        "from the district and its other schools. We then hide further schools."
                    ),
                    say("Where its publisher hides it. What a publisher hides stays hidden."),
                ),
            ),
            (
                "how",
                say("How do we make sure?"),
                paragraphs(
                    say(
                        "Every page, chart, map and download is made from one table that has "
                        "passed these rules, and from nothing else. After each build a program "
                        "reads the finished pages and downloads and tries to work out what is "
                        "hidden. If it can, nothing is published."
                    ),
                    say("A hidden figure is not a zero. Each place where one is missing says why."),
                    say(
                        "These rules are those of the state’s own public reports. They are not a "
                        "promise that any law or agreement is met; a partnership may set stricter "
                        "ones, and the strictest then holds for all pages."
                    ),
                ),
            ),
            (
                "source",
                say("Do you hold records of individual children?"),
                paragraphs(
                    say(
                        "No. Every figure here was counted and published by somebody else before "
                        "it reached us. No record of any child is on this site."
                    )
                ),
            ),
            (
                "readers",
                say("What do these pages know about you?"),
                paragraphs(
                    say(
                        "Nothing. They set no cookie, count no visit and load nothing from "
                        "anywhere else. Whoever runs the web server may keep a log of visits, as "
                        "for any page; ask them."
                    )
                ),
            ),
        ],
    )
