"""Makes a page smaller without taking anything from it: what cells share stands once.

Every number of a card names its row in the table of figures. Most numbers stand in tables in
which the indicator, the place or the period is the same all along, so that naming it in every
cell is a third of the page.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["compact_figures", "drop_second_ids"]

_TABLE: Final = re.compile(r"<table\b([^>]*)>(.*?)</table>", re.DOTALL)
_ROW: Final = re.compile(r"<tr\b([^>]*)>(.*?)</tr>", re.DOTALL)
_FIGURE: Final = re.compile(r"<data\b([^>]*)>")
_HEADING: Final = re.compile(
    r'(<section\b[^>]* id="[^"]+"[^>]*>\s*<h[3-6])(?P<id> id="(?P<name>[^"]+)")'
)
_NAME: Final = re.compile(r' (data-(?:indicator|place|period|dimension|group))="([^"]*)"')
_USUAL: Final = ' data-field="estimate"'


def compact_figures(html: str) -> str:
    """Return a page on which a table, or a row of it, names what all of its figures share.

    A ``<data>`` element that lacks one of the attributes ``data-indicator``, ``data-place``,
    ``data-period``, ``data-dimension`` and ``data-group`` has it from the nearest element
    around it (`c2c_lib.reporting.html_document.Element.named`), and one without ``data-field``
    shows the estimate.

    Parameters
    ----------
    html : str
        A whole page or a part of one, with attributes in double quotes.

    Examples
    --------
    >>> print(compact_figures(
    ...     '<table><tr><td><data data-place="norwalk" data-group="all">1</data></td>'
    ...     '<td><data data-place="norwalk" data-group="male">2</data></td></tr></table>'))
    <table data-place="norwalk"><tr><td><data data-group="all">1</data></td><td><data
    data-group="male">2</data></td></tr></table>
    """
    return _TABLE.sub(_table, html.replace(_USUAL, ""))


def drop_second_ids(html: str) -> str:
    """Return a page on which a heading has no id of its own where its section has one.

    Rendering gives each heading an id made of its words. Nothing leads to those of the third level
    and below, which a page has by the hundred; one that a link of the page names is kept. Those of
    the second level stay: the search leads to them.

    Examples
    --------
    >>> drop_second_ids('<section id="a"><h3 id="some-words">Some words</h3></section>')
    '<section id="a"><h3>Some words</h3></section>'
    >>> kept = '<a href="#b">B</a><section id="a"><h3 id="b">B</h3></section>'
    >>> drop_second_ids(kept) == kept
    True
    """
    wanted = set(re.findall(r'href="#([^"]+)"', html))
    return _HEADING.sub(lambda found: found[1] if found["name"] not in wanted else found[0], html)


def _table(found: re.Match[str]) -> str:
    shared = _shared(found[2])
    rows = _ROW.sub(_row, _without(found[2], shared))
    return f"<table{found[1]}{_written(shared)}>{rows}</table>"


def _row(found: re.Match[str]) -> str:
    shared = _shared(found[2])
    return f"<tr{found[1]}{_written(shared)}>{_without(found[2], shared)}</tr>"


def _shared(html: str) -> dict[str, str]:
    """Return the names that all figures of some HTML have with the same value."""
    figures = [dict(_NAME.findall(attributes)) for attributes in _FIGURE.findall(html)]
    if len(figures) < 2:
        return {}
    first, *others = figures
    return {
        name: value
        for name, value in first.items()
        if all(other.get(name) == value for other in others)
    }


def _without(html: str, names: dict[str, str]) -> str:
    """Return HTML whose figures do not say the names."""

    def bare(found: re.Match[str]) -> str:
        kept = _NAME.sub(lambda name: "" if name[1] in names else name[0], found[1])
        return f"<data{kept}>"

    return _FIGURE.sub(bare, html) if names else html


def _written(names: dict[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in names.items())
