"""A page is light enough for a phone on a slow line, before and after compression."""

import gzip
from pathlib import Path

import pytest

pytestmark = pytest.mark.end_to_end

PLAIN = 400_000
COMPRESSED = 150_000


def test_every_page_stays_within_the_budget(built_site: Path):
    pages = {file: file.read_bytes() for file in built_site.rglob("*.html")}
    assert len(pages) > 5
    sizes = {file: (len(page), len(gzip.compress(page))) for file, page in pages.items()}
    heavy = {
        file.relative_to(built_site).as_posix(): size
        for file, size in sizes.items()
        if size[0] > PLAIN or size[1] > COMPRESSED
    }
    assert heavy == {}
