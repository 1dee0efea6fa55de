"""The editions that are kept for good, each with its address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from c2c_lib.language import language as read_language
from c2c_lib.reporting.editions import KeptEdition
from c2c_lib.reporting.front.prose import items, page, paragraphs
from c2c_lib.reporting.project import DEFAULT_LANGUAGE, CityInfo

__all__ = ["editions_body"]


def editions_body(kept: Sequence[KeptEdition], cities: Sequence[CityInfo], language: str) -> str:  # noqa: ARG001 - as every front page
    """Return the HTML of the page, with an ``<h1>`` and a link to each kept edition."""
    spoken = read_language(language)
    say = spoken.text
    up = "" if language == DEFAULT_LANGUAGE else "../../editions/"
    links = [
        Markup('<a href="{}{}/index.html">{}</a>').format(
            up,
            edition.folder.name,
            say(
                "Edition {edition}, {date}",
                edition=edition.label,
                date=spoken.date(date.fromisoformat(edition.date)),
            ),
        )
        for edition in kept
    ]
    return page(
        say("Which editions are there?"),
        say("Each edition keeps its own address and never changes, so that it can be cited."),
        [
            ("list", say("All editions, the newest first"), items(*links)),
            (
                "changes",
                say("What is different now?"),
                paragraphs(
                    Markup('<a href="../changes/index.html">{}</a>').format(
                        say("What changed, and corrections")
                    )
                ),
            ),
        ],
    )
