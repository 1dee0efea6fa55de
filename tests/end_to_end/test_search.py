"""The index of the built site: whole, light, and with every way leading somewhere."""

import gzip
import re
from pathlib import Path

import pytest

from c2c_lib.reporting.html_document import read_html

pytestmark = pytest.mark.end_to_end

BUDGET = 60_000
"""Bytes of the whole index, compressed."""


@pytest.mark.parametrize("folder", ["", "es/"])
def test_every_question_word_and_page_can_be_found(
    built_site: Path, site_cities: tuple[str, ...], folder: str
):
    root = built_site / folder
    text = (root / "search/index.html").read_text(encoding="utf-8")
    assert len(gzip.compress(text.encode())) < BUDGET
    links = {link.attributes["href"] for link in read_html(text).all("a")}
    wanted = set()
    for slug in site_cities:
        card = (root / slug / "index.html").read_text(encoding="utf-8")
        wanted |= {f"../{slug}/index.html", f"../{slug}/one-page/index.html"}
        asked = re.findall(r'<section class="indicator" id="([^"]+)"', card)
        assert len(asked) > 10
        wanted |= {f"../{slug}/index.html#{name}" for name in asked}
    codebook = (root / "codebook/index.html").read_text(encoding="utf-8")
    defined = re.findall(r'<section class="entry" id="([^"]+)"', codebook)
    assert len(defined) > 100
    wanted |= {f"../codebook/index.html#{name}" for name in defined}
    words = (root / "words/index.html").read_text(encoding="utf-8")
    wanted |= {f"../words/index.html#{name}" for name in re.findall(r'id="(word-[^"]+)"', words)}
    wanted |= {f"../{name}/index.html" for name in ("methods", "privacy", "compare", "changes")}
    assert wanted - links == set()


def test_every_page_leads_to_the_index(built_site: Path):
    for page in ("index.html", "norwalk/index.html", "es/words/index.html"):
        text = (built_site / page).read_text(encoding="utf-8")
        assert 'search/index.html">' in text
        assert ("search.js" in text) is False
    assert "search.js" in (built_site / "es/search/index.html").read_text(encoding="utf-8")
