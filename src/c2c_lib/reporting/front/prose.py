"""The frame that the pages of prose have in common."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from c2c_lib.figures.table import Cell

__all__ = ["items", "page", "paragraphs"]


def paragraphs(*texts: Cell) -> Markup:
    """Return texts as paragraphs.

    Examples
    --------
    >>> str(paragraphs("One.", "A & B."))
    '<p>One.</p><p>A &amp; B.</p>'
    """
    return Markup("").join(Markup("<p>{}</p>").format(text) for text in texts)


def items(*texts: Cell) -> Markup:
    """Return texts as a list.

    Examples
    --------
    >>> str(items("One", "Two"))
    '<ul><li>One</li><li>Two</li></ul>'
    """
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(text) for text in texts)
    )


def page(title: Cell, lead: Cell, sections: Iterable[tuple[str, Cell, Markup]]) -> str:
    """Return a page: its title, what it is in a sentence, and its sections.

    Parameters
    ----------
    sections : iterable of (str, str, Markup)
        Anchor, heading and body of each.
    """
    parts = [
        Markup('<section id="{}"><h2>{}</h2>\n{}</section>').format(anchor, heading, body)
        for anchor, heading, body in sections
    ]
    return Markup('<h1>{}</h1>\n<p class="lead">{}</p>\n{}').format(
        title, lead, Markup("\n").join(parts)
    )
