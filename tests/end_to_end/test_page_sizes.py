"""A page is light enough for a phone on a slow line, before and after compression."""

import gzip
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.end_to_end

TEXT = 400_000
"""Bytes of a page without the pictures that stand inside it (the maps)."""
WITH_PICTURES = 1_000_000
COMPRESSED = 150_000
_PICTURE = re.compile(rb"<svg\b.*?</svg>", re.DOTALL)


def test_every_page_stays_within_the_budget(built_site: Path):
    pages = {file: file.read_bytes() for file in built_site.rglob("*.html")}
    assert len(pages) > 5
    heavy = {}
    for file, page in pages.items():
        files = sum(picture.stat().st_size for picture in _pictures(file, page))
        sizes = (len(_PICTURE.sub(b"", page)), len(page) + files, len(gzip.compress(page)))
        if any(size > most for size, most in zip(sizes, _BUDGETS, strict=True)):
            heavy[file.relative_to(built_site).as_posix()] = sizes
    assert heavy == {}


_BUDGETS = (TEXT, WITH_PICTURES, COMPRESSED)


def _pictures(file: Path, page: bytes) -> list[Path]:
    names = set(re.findall(rb'<img\b[^>]*\bsrc="([^"]+)"', page))
    return [file.parent / name.decode() for name in names]
