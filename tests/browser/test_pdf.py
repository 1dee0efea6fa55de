"""The PDFs of the built site, made by the system's Chromium and read back with pypdf."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from c2c_lib.errors import BuildError
from c2c_lib.params import load_cities
from c2c_lib.reporting.html_document import read_html
from c2c_lib.reporting.pdf import make_pdfs
from c2c_lib.reporting.pdf_tasks import PdfTask, pdf_tasks
from support.pdf import bookmarks, links, tags, words

pytestmark = [pytest.mark.browser, pytest.mark.end_to_end]

ADDRESS = "https://cards.example/c2c/"
CARD = PdfTask("es/norwalk/index.html", "norwalk-report-card-es-letter.pdf", "letter")
SIZES = {"letter": (612, 792), "a4": (595, 842)}


@pytest.fixture(scope="module")
def tasks(built_site: Path, site_cities: tuple[str, ...]) -> list[PdfTask]:
    """The sheets of every city and language on both papers, and one full card."""
    cities = {slug: city for slug, city in load_cities().items() if slug in site_cities}
    sheets = [
        task
        for paper in SIZES
        for task in pdf_tasks(built_site, cities, (), (), paper, only_one_page=True)
    ]
    return [CARD, *sheets]


@pytest.fixture(scope="module")
def folder(
    built_site: Path, tasks: list[PdfTask], chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    made = tmp_path_factory.mktemp("pdf") / "out"
    make_pdfs(built_site, tasks, made, chromium, ADDRESS, tables=True)
    return made


@pytest.fixture(scope="module")
def card(folder: Path) -> PdfReader:
    return PdfReader(folder / CARD.name)


def page_of(site: Path, task: PdfTask):
    return read_html((site / task.address).read_text(encoding="utf-8"))


def test_every_sheet_is_one_page_of_its_paper(
    folder: Path, tasks: list[PdfTask], site_cities: tuple[str, ...]
):
    sheets = tasks[1:]
    parts = sum(len(load_cities()[city].frame.sections) for city in site_cities)
    assert len(sheets) == (len(site_cities) + parts) * 2 * 2
    for task in sheets:
        reader = PdfReader(folder / task.name)
        assert len(reader.pages) == 1, task.name
        assert (folder / task.name).read_bytes().startswith(b"%PDF-")
        box = reader.pages[0].mediabox
        assert (box.width, box.height) == pytest.approx(SIZES[task.paper], abs=1)


def test_nothing_of_a_sheet_is_lost_on_paper(built_site: Path, folder: Path, tasks: list[PdfTask]):
    for task in tasks[1::8]:
        page = page_of(built_site, task)
        text = words(PdfReader(folder / task.name).pages[0].extract_text())
        rows = [row for row in page.all("td", "h1", "h2") if row.text]
        missing = [row.text for row in rows if words(row.text) not in text]
        assert missing == []
        assert words(page.all("footer")[0].text.rsplit("·", 1)[-1]) in text


def test_the_address_of_the_full_card_is_a_link(folder: Path):
    sheet = PdfReader(folder / "norwalk-one-page-es-letter.pdf")
    assert f"{ADDRESS}es/norwalk/" in links(sheet)


def test_the_card_has_title_language_tags_and_bookmarks(built_site: Path, card: PdfReader):
    page = page_of(built_site, CARD)
    root = card.trailer["/Root"]
    assert card.metadata.title == page.title
    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    headings = [h.text for h in page.all("h1", "h2", "h3")]
    assert len(headings) > 30
    assert bookmarks(card.outline) == headings


def test_every_picture_has_its_text_and_every_table_is_open_with_its_headers(
    built_site: Path, card: PdfReader
):
    page = page_of(built_site, CARD)
    found = tags(card.trailer["/Root"]["/StructTreeRoot"]["/K"], {})
    said = [figure.get("/Alt", "") for figure in found["/Figure"]]
    assert all(said)
    alts = [image.attributes["alt"] for image in page.all("img")]
    assert len(alts) > 10
    assert [alt for alt in alts if alt not in said] == []
    assert len(found["/Table"]) == len(page.all("table"))
    assert len(found["/TH"]) >= len(page.all("th"))


def test_without_its_tables_a_card_is_a_booklet(
    built_site: Path, card: PdfReader, chromium: str, tmp_path: Path
):
    make_pdfs(built_site, [CARD], tmp_path / "out", chromium, ADDRESS)
    booklet = PdfReader(tmp_path / "out" / CARD.name)
    assert len(booklet.pages) <= 17 < len(card.pages)
    page = page_of(built_site, CARD)
    found = tags(booklet.trailer["/Root"]["/StructTreeRoot"]["/K"], {})
    said = [figure.get("/Alt", "") for figure in found["/Figure"]]
    assert [i.attributes["alt"] for i in page.all("img") if i.attributes["alt"] not in said] == []
    assert 10 < len(found["/Table"]) < len(page.all("table"))


def test_every_page_of_the_card_has_its_number(card: PdfReader):
    count = len(card.pages)
    for number in (1, 2, count):
        assert f"{number} / {count}" in card.pages[number - 1].extract_text()


def test_links_lead_to_the_sites_address_and_never_into_this_computer(
    folder: Path, card: PdfReader, tasks: list[PdfTask], built_site: Path
):
    found = links(card)
    assert f"{ADDRESS}es/codebook/" in found
    assert {link.split(":")[0] for link in found} <= {"http", "https"}
    for task in tasks:
        content = (folder / task.name).read_bytes()
        assert b"file:" not in content
        assert str(built_site).encode() not in content


@pytest.mark.thorough
def test_a_failure_leaves_what_was_there(chromium: str, tmp_path: Path):
    site, out = tmp_path / "site", tmp_path / "out"
    site.mkdir()
    out.mkdir()
    (out / "good.pdf").write_bytes(b"yesterday's")
    (site / "good.html").write_text('<html lang="en"><title>A</title><h1>A</h1>', "utf-8")
    (site / "bad.html").write_text('<h1>B</h1><img src="gone.svg" alt="x">', "utf-8")
    (site / "long.html").write_text("<h1>C</h1>" + "<p>line</p>" * 200, "utf-8")
    good = PdfTask("good.html", "good.pdf", "letter")
    for bad, said in (
        (PdfTask("bad.html", "bad.pdf", "letter"), r"pictures do not show: gone\.svg"),
        (PdfTask("long.html", "long.pdf", "a4", one_sheet=True), "does not fit on one a4 page"),
    ):
        with pytest.raises(BuildError, match=said):
            make_pdfs(site, [good, bad], out, chromium)
        assert [path.name for path in out.iterdir()] == ["good.pdf"]
        assert (out / "good.pdf").read_bytes() == b"yesterday's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "site"]
