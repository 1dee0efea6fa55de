"""Whether two builds of a site say the same."""

from __future__ import annotations

import filecmp
from pathlib import Path

from c2c_lib.reporting.html_document import HtmlDocument, read_html


def content(page: HtmlDocument) -> dict[str, object]:
    """Return all that a reader gets of a page, and all that finds a figure in it."""
    return {
        "language": page.language,
        "title": page.title,
        "headings": [(e.tag, e.attributes.get("id"), e.text) for e in page.all("h1", "h2", "h3")],
        "ways": [(e.attributes.get("href"), e.text) for e in page.all("a")],
        "loaded": [e.attributes for e in page.all("link", "script", "img", "meta")],
        "figures": [(e.attributes, e.around, e.text) for e in page.all("data")],
        "text": page.text.split(),
    }


def differences(ours: Path, theirs: Path) -> list[str]:
    """Return the files that only one of two sites has, or that are not the same in both.

    Of a page all that a reader gets of it must be the same, of other files every byte.
    """
    one, other = (
        {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        for site in (ours, theirs)
    )
    return sorted(one ^ other) + [
        name for name in sorted(one & other) if not _same(ours / name, theirs / name)
    ]


def _same(one: Path, other: Path) -> bool:
    if one.suffix != ".html":
        return filecmp.cmp(one, other, shallow=False)
    pages = [content(read_html(file.read_text(encoding="utf-8"))) for file in (one, other)]
    return pages[0] == pages[1]
