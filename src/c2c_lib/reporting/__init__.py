"""From city parameters to a published site: plan, execute, render, check, publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from c2c_lib.reporting.cards import report_card
    from c2c_lib.reporting.codebook_page import codebook
    from c2c_lib.reporting.neighborhoods import neighborhoods_page

__all__ = ["codebook", "neighborhoods_page", "report_card"]


def __getattr__(name: str) -> Any:
    # Notebooks want these at once; a plan must not wait for maps and tables to import.
    if name == "report_card":
        from c2c_lib.reporting.cards import report_card  # noqa: PLC0415

        return report_card
    if name == "codebook":
        from c2c_lib.reporting.codebook_page import codebook  # noqa: PLC0415

        return codebook
    if name == "neighborhoods_page":
        from c2c_lib.reporting.neighborhoods import neighborhoods_page  # noqa: PLC0415

        return neighborhoods_page
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
