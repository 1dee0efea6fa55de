"""PDFs in a published copy: beside their cards, linked only where they are, never stale."""

import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from c2c_lib.errors import InputError
from c2c_lib.reporting.checksums import check_checksums
from c2c_lib.reporting.copy_site import copy_site

CARD = '<p class="paper"><a href="one-page/index.html">On one page</a></p>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "_site"
    for name in ("", "norwalk/", "norwalk/one-page/", "es/norwalk/", "stamford/"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        page = folder / name / "index.html"
        page.write_text(CARD, encoding="utf-8")
        os.utime(page, (1000, 1000))
    return folder


@pytest.fixture
def pdfs(tmp_path: Path) -> Path:
    folder = tmp_path / "_pdf"
    folder.mkdir()
    for name in ("norwalk-one-page-en-letter", "norwalk-report-card-es-a4"):
        file = folder / f"{name}.pdf"
        file.write_bytes(b"%PDF-1.4" + b"0" * 2_340_000)
        os.utime(file, (2000, 2000))
    (folder / "minutes.pdf").write_bytes(b"%PDF")
    return folder


def links(page: Path) -> list[tuple[str, str]]:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    return [(a["href"], a.get_text()) for a in soup.select(".paper a")]


def test_a_card_leads_to_its_own_pdfs_and_no_other_card_does(site, pdfs, tmp_path):
    target = tmp_path / "public"
    assert copy_site(site, target, pdfs) == 7
    assert links(target / "norwalk/index.html")[1:] == [
        ("pdf/norwalk-one-page-en-letter.pdf", "One page as a PDF (Letter, 2.3 MB)")
    ]
    assert links(target / "es/norwalk/index.html")[1:] == [
        ("pdf/norwalk-report-card-es-a4.pdf", "Todo el informe en PDF (A4, 2.3 MB)")
    ]
    assert len(links(target / "stamford/index.html")) == 1
    assert (target / "norwalk/pdf/norwalk-one-page-en-letter.pdf").is_file()
    assert not list(target.rglob("minutes.pdf"))
    assert check_checksums(target) == []
    assert links(site / "norwalk/index.html") == [("one-page/index.html", "On one page")]


def test_the_pdf_of_a_part_stands_beside_the_way_to_its_sheet(site, pdfs, tmp_path):
    sheet = site / "norwalk/one-page/early-years/index.html"
    sheet.parent.mkdir()
    way = '<li>Early <a href="one-page/early-years/index.html">On one page</a></li>'
    for page in (sheet, site / "norwalk/index.html"):
        page.write_text(f"{CARD}<ul>{way}</ul>", encoding="utf-8")
        os.utime(page, (1000, 1000))
    printed = pdfs / "norwalk-one-page-early-years-en-a4.pdf"
    printed.write_bytes(b"%PDF-1.4" + b"0" * 160_000)
    os.utime(printed, (2000, 2000))
    copy_site(site, tmp_path / "public", pdfs)
    card = (tmp_path / "public/norwalk/index.html").read_text(encoding="utf-8")
    link = f'<a href="pdf/{printed.name}">PDF (A4, 0.2 MB)</a>'
    assert way.replace("</a>", f"</a> · {link}") in card
    assert len(links(tmp_path / "public/norwalk/index.html")) == 2


def test_without_pdfs_no_card_leads_to_one(site, tmp_path):
    copy_site(site, tmp_path / "public")
    assert len(links(tmp_path / "public/norwalk/index.html")) == 1


def test_what_is_older_than_its_page_or_of_no_page_is_refused_with_all_problems(
    site, pdfs, tmp_path
):
    os.utime(site / "norwalk/one-page/index.html", (3000, 3000))
    (pdfs / "danbury-one-page-en-a4.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError) as caught:
        copy_site(site, tmp_path / "public", pdfs)
    said = str(caught.value)
    assert "was printed before its page was built" in said
    assert "danbury-one-page-en-a4.pdf" in said
    assert not (tmp_path / "public").exists()


def test_a_folder_without_pdfs_is_refused(site, tmp_path):
    with pytest.raises(InputError, match="holds no PDF of a report card"):
        copy_site(site, tmp_path / "public", tmp_path / "nothing")
