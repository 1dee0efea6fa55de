"""Which pages no notebook makes, by the name in their address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from c2c_lib.reporting.front.about import about_body
from c2c_lib.reporting.front.accessibility import accessibility_body
from c2c_lib.reporting.front.home import home_body
from c2c_lib.reporting.front.methods import methods_body
from c2c_lib.reporting.front.not_found import not_found_body
from c2c_lib.reporting.front.privacy import privacy_body
from c2c_lib.reporting.front.words import words_body
from c2c_lib.reporting.plan import NOT_FOUND
from c2c_lib.reporting.project import CityInfo

__all__ = ["FRONT_PAGES", "FrontPage"]

FrontPage = Callable[[Sequence[CityInfo], str], str]
"""Takes the cities of a language and the language; returns HTML with an ``<h1>``."""

FRONT_PAGES: Final[Mapping[str, FrontPage]] = {
    "": home_body,
    "methods": methods_body,
    "words": words_body,
    "about": about_body,
    "accessibility": accessibility_body,
    "privacy": privacy_body,
    NOT_FOUND: not_found_body,
}
