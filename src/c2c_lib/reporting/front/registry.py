"""Which pages no notebook makes, by the name in their address."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from c2c_lib.reporting.front.news import News
from c2c_lib.reporting.plan import NOT_FOUND
from c2c_lib.reporting.project import CityInfo

__all__ = ["FRONT_PAGES", "FrontPage"]

FrontPage = Callable[[Sequence[CityInfo], str, News], str]
"""Takes the cities of a language, the language and what is new; returns HTML with an ``<h1>``."""


def _from(module: str) -> FrontPage:
    """Return the page of a module beside this one, which is imported when the page is made.

    Most read tables, for which a build with nothing to do shall not wait.
    """

    def body(cities: Sequence[CityInfo], language: str, news: News) -> str:  # noqa: ARG001 - as every front page
        return str(_body_of(module)(cities, language))

    return body


def _home(cities: Sequence[CityInfo], language: str, news: News) -> str:
    return str(_body_of("home")(cities, language, news))


def _body_of(module: str) -> Callable[..., object]:
    found: Callable[..., object] = getattr(
        importlib.import_module(f"c2c_lib.reporting.front.{module}"), f"{module}_body"
    )
    return found


FRONT_PAGES: Final[Mapping[str, FrontPage]] = {
    "": _home,
    **{name: _from(name) for name in ("methods", "words", "about", "accessibility", "privacy")},
    NOT_FOUND: _from("not_found"),
}
