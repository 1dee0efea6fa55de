"""Every card and sheet of the site as Quarto's Typst sets it: nothing lost, nothing untagged."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from c2c_lib.params import load_cities
from c2c_lib.paths import project_root
from c2c_lib.reporting.paper_page import PaperPage, paper_page
from c2c_lib.reporting.pdf_tasks import PdfTask, pdf_tasks
from c2c_lib.reporting.quarto import find_quarto
from c2c_lib.reporting.typst_pdf import make_pdfs
from support.pdf import bookmarks, tags, words
from support.quarto import tools

ADDRESS = "https://cards.example/c2c/"
MOST_PAGES = 14
"""Of a card without the tables behind its charts, on Letter."""


@pytest.fixture(scope="module")
def tasks(built_site: Path) -> list[PdfTask]:
    return pdf_tasks(built_site, load_cities(), (), (), "letter")


@pytest.fixture(scope="module")
def made(
    built_site: Path, tasks: list[PdfTask], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, PdfReader]:
    """What Quarto makes, or, where it is not installed, the same Pandoc and Typst."""
    folder = tmp_path_factory.mktemp("typst")
    program = folder / "quarto"
    program.write_text(tools(), encoding="utf-8")
    program.chmod(0o755)
    templates = project_root() / "reports/templates"
    files = make_pdfs(
        built_site, tasks, folder / "out", find_quarto() or str(program), ADDRESS,
        templates=templates,
    )  # fmt: skip
    return {file.name: PdfReader(file) for file in files}


@pytest.fixture(scope="module")
def pages(built_site: Path, tasks: list[PdfTask]) -> dict[str, PaperPage]:
    def page(task: PdfTask) -> PaperPage:
        html = (built_site / task.address).read_text(encoding="utf-8")
        return paper_page(html, task.address, address=ADDRESS)

    return {task.name: page(task) for task in tasks}


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d.,]*\d|\d", text))


def text_of(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def plain(page: PaperPage) -> str:
    return re.sub(r"<[^>]*>", " ", page.body).replace("&amp;", "&")


def test_a_card_is_a_booklet_and_a_sheet_is_one_page(
    made: dict[str, PdfReader], tasks: list[PdfTask]
) -> None:
    long = {
        task.name: count
        for task in tasks
        if (count := len(made[task.name].pages)) > (1 if task.one_sheet else MOST_PAGES)
    }
    assert long == {}
    assert len(tasks) > 40


def test_every_number_of_the_page_is_on_paper(
    made: dict[str, PdfReader], pages: dict[str, PaperPage]
) -> None:
    # Reading a PDF back is slow: the Spanish ones, which are the longer.
    lost = {
        name: missing
        for name, page in pages.items()
        if page.language == "es"
        and (missing := numbers(plain(page)) - numbers(text_of(made[name])))
    }
    assert lost == {}


def test_every_picture_with_words_has_them(
    made: dict[str, PdfReader], pages: dict[str, PaperPage]
) -> None:
    for name, page in pages.items():
        found = tags(made[name].trailer["/Root"]["/StructTreeRoot"], {})
        said = Counter(str(f["/Alt"]) for f in found.get("/Figure", []) if "/Alt" in f)
        alts = re.findall(r'<img[^>]* alt="([^"]+)"|<img alt="([^"]+)"', page.body)
        wanted = Counter(unescaped(one or other) for one, other in alts)
        assert wanted - said == Counter(), name
        assert said - wanted == Counter(), name


def unescaped(text: str) -> str:
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&")


def test_title_language_and_bookmarks_are_those_of_the_page(
    made: dict[str, PdfReader], pages: dict[str, PaperPage]
) -> None:
    for name, page in pages.items():
        root = made[name].trailer["/Root"]
        assert str(root["/Lang"]).split("-")[0] == page.language, name
        metadata = made[name].metadata
        assert metadata is not None
        assert metadata.title == page.title, name
        assert b"<pdfuaid:part>1<" in root["/Metadata"].get_data(), name
        headings = [
            words(unescaped(re.sub(r"<[^>]*>", "", heading)))
            for heading in re.findall(r"<h[1-4][^>]*>(.*?)</h[1-4]>", page.body, re.DOTALL)
        ]
        assert [words(mark) for mark in bookmarks(made[name].outline)] == headings, name
