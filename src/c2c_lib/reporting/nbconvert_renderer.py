"""Renders publishable notebooks with nbconvert's Python interface."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from c2c_lib.reporting.page import add_heading_ids
from c2c_lib.reporting.publishable import html_of

__all__ = ["render_body"]

_BODY: Final = """\
{%- for cell in nb.cells -%}
{%- if cell.cell_type == "markdown" -%}
{%- if cell.metadata.get("html") %}
{{ cell.source }}
{% else %}
{{ cell.source | markdown2html }}
{% endif -%}
{%- endif -%}
{%- endfor -%}
"""
_OURS: Final = re.compile(r"<!--c2c (\d+)-->")


@lru_cache(maxsize=1)
def _exporter() -> HTMLExporter:
    return HTMLExporter(raw_template=_BODY, exclude_anchor_links=True)


def render_body(notebook: NotebookNode) -> str:
    """Return the body of a page: prose as HTML, our own HTML as it is, headings with anchors.

    Parameters
    ----------
    notebook : NotebookNode
        From `c2c_lib.reporting.publishable.make_publishable`.

    Returns
    -------
    str
        HTML for the template's ``body``; no ``<h1>``, no code.

    Examples
    --------
    >>> from c2c_lib.reporting.publishable import page_from_html
    >>> render_body(page_from_html("<h1>T</h1><p>31 %</p>", "en").notebook).strip()
    '<p>31 %</p>'
    """
    prepared = nbformat.from_dict(notebook)
    cells: list[dict[str, Any]] = []
    ours: list[str] = []
    for cell in prepared.cells:
        own = html_of(cell.source)
        source = cell.source
        if own is not None:
            # nbconvert would read it and write it again: slow, and not to the letter.
            source = f"<!--c2c {len(ours)}-->"
            ours.append(own)
        cells.append({**cell, "source": source, "metadata": {"html": own is not None}})
    prepared = nbformat.from_dict({**prepared, "cells": cells})
    html, _ = _exporter().from_notebook_node(prepared)
    html = _OURS.sub(lambda match: ours[int(match[1])], html)
    body, _ = add_heading_ids(html)
    return body
