"""From city parameters to a published site: plan, execute, render, check, publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from c2c_lib.reporting.cards import report_card
    from c2c_lib.reporting.codebook_page import codebook
    from c2c_lib.reporting.progress_page import city_progress, compared_progress

__all__ = ["city_progress", "codebook", "compared_progress", "report_card"]


def __getattr__(name: str) -> Any:
    # Notebooks want these at once; a plan must not wait for maps and tables to import.
    if name == "report_card":
        from c2c_lib.reporting.cards import report_card  # noqa: PLC0415

        return report_card
    if name == "codebook":
        from c2c_lib.reporting.codebook_page import codebook  # noqa: PLC0415

        return codebook
    if name == "city_progress":
        from c2c_lib.reporting.progress_page import city_progress  # noqa: PLC0415

        return city_progress
    if name == "compared_progress":
        from c2c_lib.reporting.progress_page import compared_progress  # noqa: PLC0415

        return compared_progress
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
