"""Puts printed PDFs into a copy of the site, and links to them that stand only where they are."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from c2c_lib.errors import Problems
from c2c_lib.language import Language
from c2c_lib.language import language as read_language
from c2c_lib.reporting.one_page import sheet_address
from c2c_lib.reporting.plan import page_address

__all__ = ["PDF_FOLDER", "add_pdfs"]

PDF_FOLDER: Final = "pdf"
"""Beside the card of a city and language."""
_CARD: Final = "report_card"
_NAME: Final = re.compile(
    r"(?P<city>[a-z0-9-]+?)-(?P<kind>report-card|one-page)(?:-(?P<part>[a-z0-9-]+))?"
    r"-(?P<language>[a-z]{2,3})-(?P<paper>a4|letter)\.pdf"
)
_PAPER: Final = re.compile(r'(<p class="paper">.*?)(</p>)', re.DOTALL)
_PAPERS: Final = {"a4": "A4", "letter": "Letter"}


@dataclass(frozen=True, order=True)
class _Printed:
    """A PDF and the page that it was printed from."""

    language: str
    city: str
    kind: str
    part: str
    paper: str
    file: Path

    @property
    def card(self) -> str:
        return page_address(_CARD, self.city, self.language)

    @property
    def page(self) -> str:
        return (
            self.card
            if self.kind == "report-card"
            else sheet_address(self.city, self.language, self.part)
        )


def add_pdfs(site: Path, folder: Path) -> int:
    """Copy a folder's PDFs into a site, beside their cards, and lead to them from there.

    Parameters
    ----------
    site : Path
        A copy of a built site; its cards are changed.
    folder : Path
        Where `c2c pdf` has put the PDFs.

    Returns
    -------
    int
        How many PDFs were added.

    Raises
    ------
    InputError
        If there is none, or one is of a page that is not on the site or was built after it was
        printed: paper and page would tell two different things. All problems at once; the site
        is then as it was.
    """
    found = _printed(folder)
    problems = Problems()
    if not found:
        problems.add(folder.name, "holds no PDF of a report card", remedy="Run `c2c pdf` first.")
    for pdf in found:
        page = site / pdf.page
        if not page.is_file() or not _PAPER.search((site / pdf.card).read_text(encoding="utf-8")):
            problems.add(pdf.file.name, "is of a page that is not on the site", value=pdf.page)
        elif pdf.file.stat().st_mtime < page.stat().st_mtime:
            problems.add(
                pdf.file.name,
                "was printed before its page was built",
                value=pdf.page,
                remedy="Run `c2c pdf` again.",
            )
    problems.raise_if_any()
    for card in dict.fromkeys(pdf.card for pdf in found):
        _add(site / card, [pdf for pdf in found if pdf.card == card])
    return len(found)


def _printed(folder: Path) -> list[_Printed]:
    files = sorted(folder.glob("*.pdf")) if folder.is_dir() else []
    return sorted(
        _Printed(
            match["language"],
            match["city"],
            match["kind"],
            match["part"] or "",
            match["paper"],
            file,
        )
        for file in files
        if (match := _NAME.fullmatch(file.name))
    )


def _add(card: Path, pdfs: list[_Printed]) -> None:
    """Copy PDFs beside their card and lead to each: from the top, or from what it is a part of."""
    target = card.parent / PDF_FOLDER
    target.mkdir(exist_ok=True)
    html = card.read_text(encoding="utf-8")
    top = ""
    for pdf in pdfs:
        shutil.copy2(pdf.file, target / pdf.file.name)
        said = _words(pdf, read_language(pdf.language))
        link = str(Markup(' · <a href="{}/{}">{}</a>').format(PDF_FOLDER, pdf.file.name, said))
        if pdf.part:
            start, sheet, rest = html.partition(f'<a href="one-page/{pdf.part}/index.html">')
            words, end, rest = rest.partition("</a>")
            html = start + sheet + words + end + (link if sheet else "") + rest
        else:
            top += link
    added = _PAPER.sub(lambda match: match[1] + top + match[2], html, count=1)
    card.write_text(added, encoding="utf-8")


def _words(pdf: _Printed, language: Language) -> Markup:
    size = language.number(max(pdf.file.stat().st_size / 1e6, 0.1), 1)
    if pdf.part:
        return language.text("PDF ({paper}, {size} MB)", paper=_PAPERS[pdf.paper], size=size)
    if pdf.kind == "one-page":
        return language.text(
            "One page as a PDF ({paper}, {size} MB)", paper=_PAPERS[pdf.paper], size=size
        )
    return language.text(
        "The whole card as a PDF ({paper}, {size} MB)", paper=_PAPERS[pdf.paper], size=size
    )
