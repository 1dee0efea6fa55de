"""A piece of a report that shows itself in a notebook and stands on a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Section"]


@dataclass(frozen=True)
class Section:
    """HTML of one part of a report; JupyterLab shows it as it will stand on the page."""

    html: Markup

    def _repr_html_(self) -> str:
        return str(self.html)

    def __str__(self) -> str:
        return str(self.html.striptags())
