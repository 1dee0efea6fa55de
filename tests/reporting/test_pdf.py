"""What goes wrong on the way to a PDF; what a PDF holds is tested with a real browser."""

from __future__ import annotations

import sys

import pytest

from c2c_lib.errors import BuildError
from c2c_lib.reporting.pdf import make_pdfs
from c2c_lib.reporting.pdf_files import page_count
from c2c_lib.reporting.pdf_tasks import PdfTask

TASK = PdfTask("index.html", "a.pdf", "letter")


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<h1>A</h1>", encoding="utf-8")
    return tmp_path / "site"


def test_pages_are_counted_and_lists_of_pages_are_not():
    pdf = b"<</Type /Pages /Count 2>> <</Type /Page /A 1>> <</Type/Page>> <</Type /PageLabel>>"
    assert page_count(pdf) == 2


def test_a_browser_that_ends_at_once_is_told_with_its_last_words(tmp_path, site):
    browser = tmp_path / "browser"
    browser.write_text(
        f"#!{sys.executable}\nimport sys; sys.exit('no display, no luck')\n", encoding="utf-8"
    )
    browser.chmod(0o755)
    with pytest.raises(BuildError, match=r"did not start[\s\S]*no display, no luck"):
        make_pdfs(site, [TASK], tmp_path / "out", str(browser))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["browser", "site"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path, site):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BuildError, match="could not be written to out"):
        make_pdfs(site, [TASK], tmp_path / "file" / "out", "none")
