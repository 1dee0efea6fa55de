"""The page that a web server shows for an address that is not there."""

from __future__ import annotations

from collections.abc import Sequence

from c2c_lib.language import language as read_language
from c2c_lib.reporting.front.prose import page, paragraphs
from c2c_lib.reporting.project import CityInfo

__all__ = ["not_found_body"]


def not_found_body(cities: Sequence[CityInfo], language: str) -> str:  # noqa: ARG001 - as every front page
    """Return the HTML of the page, with an ``<h1>``."""
    say = read_language(language).text
    return page(
        say("This page is not here"),
        say("The address may have a typing error, or the page may have moved."),
        [
            (
                "next",
                say("What can I do?"),
                paragraphs(
                    say("Choose a city or a page above or below."),
                    say(
                        "An older edition keeps its own address, with “editions” and the year "
                        "in it."
                    ),
                ),
            )
        ],
    )
