"""Reads of a PDF what a test needs."""

from __future__ import annotations

import re
import unicodedata

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def tags(node, found: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Sort the elements in a PDF's tree of tags by their kind."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for child in node:
            tags(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.setdefault(node["/S"], []).append(node)
        tags(node.get("/K", []), found)
    return found


def bookmarks(outline: list) -> list[str]:
    found = []
    for entry in outline:
        found += bookmarks(entry) if isinstance(entry, list) else [entry.title]
    return found


def links(reader: PdfReader) -> set[str]:
    notes = [n.get_object() for page in reader.pages for n in page.get("/Annots", [])]
    return {n["/A"]["/URI"] for n in notes if "/URI" in n.get("/A", {})}


def words(text: str) -> str:
    """Return a text without spaces and ligatures, neither of which paper has as the page has."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
