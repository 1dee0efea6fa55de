"""Turns links to pages that a build leaves out into plain words, so that no link leads nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from typing import Final

__all__ = ["without_links_to"]

_LINK: Final = re.compile(r'<a\b[^>]*\bhref="([^"#]*)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)


def without_links_to(left_out: Collection[str], html: str, address: str) -> str:
    """Return a page in which links to some other pages are only their words.

    Parameters
    ----------
    left_out : collection of str
        Addresses relative to the root of the site, that of a folder with its ``index.html``.
    html : str
        The page.
    address : str
        Its own address.

    Examples
    --------
    >>> page = 'See <a href="../compare/index.html#x">the cities</a>, <a href="data/a.csv">CSV</a>.'
    >>> without_links_to({"compare/index.html"}, page, "norwalk/index.html")
    'See the cities, <a href="data/a.csv">CSV</a>.'
    """
    if not left_out:
        return html
    folder = posixpath.dirname(address)

    def plain(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[1])) if link[1] else ""
        return link[2] if target in left_out else link[0]

    return _LINK.sub(plain, html)
