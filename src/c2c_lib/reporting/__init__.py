"""From city parameters to a published site: plan, execute, render, check, publish."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from c2c_lib.reporting.cards import report_card
    from c2c_lib.reporting.changes import changes_page
    from c2c_lib.reporting.codebook_page import codebook
    from c2c_lib.reporting.compare import compare_cities, outcome_page
    from c2c_lib.reporting.neighborhoods import neighborhoods_page
    from c2c_lib.reporting.progress_page import city_progress, compared_progress

__all__ = [
    "changes_page",
    "city_progress",
    "codebook",
    "compare_cities",
    "compared_progress",
    "neighborhoods_page",
    "outcome_page",
    "report_card",
]

_HOMES: Final = {
    "changes_page": "changes",
    "city_progress": "progress_page",
    "codebook": "codebook_page",
    "compare_cities": "compare",
    "compared_progress": "progress_page",
    "neighborhoods_page": "neighborhoods",
    "outcome_page": "compare",
    "report_card": "cards",
}


def __getattr__(name: str) -> Any:
    # Notebooks want these at once; a plan must not wait for maps and tables to import.
    if name in _HOMES:
        return getattr(importlib.import_module(f"c2c_lib.reporting.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
