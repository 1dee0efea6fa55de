"""The accessibility statement: what is done, how it is tested, what is known to be missing."""

from __future__ import annotations

from collections.abc import Sequence

from c2c_lib.language import language as read_language
from c2c_lib.reporting.front.prose import items, page, paragraphs
from c2c_lib.reporting.project import CityInfo

__all__ = ["accessibility_body"]


def accessibility_body(cities: Sequence[CityInfo], language: str) -> str:  # noqa: ARG001 - as every front page
    """Return the HTML of the page, with an ``<h1>``."""
    say = read_language(language).text
    return page(
        say("Can everyone use these pages?"),
        say(
            "These pages are made to meet the Web Content Accessibility Guidelines 2.2 at level "
            "AA, and to be read on a phone, on paper, by ear and by keyboard."
        ),
        [
            (
                "done",
                say("What have we done?"),
                items(
                    say("Every chart has a text that says what it shows, and a table beside it."),
                    say("No meaning rests on color alone. Charts can be told apart in gray."),
                    say("Everything can be read without a mouse, without scripts and offline."),
                    say("Text can be made four times as large. Pages follow your dark setting."),
                    say("Headings ask a question, and a list of them stands at the top."),
                    say(
                        "Each page can be printed, with the tables that you open. There is a "
                        "sheet of one page, too."
                    ),
                ),
            ),
            (
                "tested",
                say("How is it tested?"),
                paragraphs(
                    say(
                        "Each version is tested by machine, page by page: with the rules of "
                        "axe-core and with rules of our own for what those do not see, such as "
                        "whether a sentence, a chart’s text and its table give the same number."
                    ),
                    say(
                        "Machines find about half of what stands in a reader’s way. No test with "
                        "people who use a screen reader has been reported for this edition yet."
                    ),
                ),
            ),
            (
                "known",
                say("What do we know is not good enough?"),
                items(
                    say("Wide tables scroll sideways on a phone."),
                    say("Publishers’ own sites, to which we link, may be harder to use."),
                ),
            ),
            (
                "help",
                say("What if something stands in your way?"),
                paragraphs(
                    say(
                        "Please tell the partnership of the city which page it was and what you "
                        "use to read it. Every figure is also in the downloads of each report "
                        "card, as a plain table."
                    )
                ),
            ),
        ],
    )
