"""The cards on one page: each says what its card says, and nothing else."""

from pathlib import Path

import pytest

from c2c_lib.params import load_cities
from c2c_lib.reporting.html_document import Element, HtmlDocument, read_html
from support.cities import FIRST

pytestmark = pytest.mark.end_to_end

KEY = ("indicator", "place", "period", "dimension", "group", "field")
CARDS = [
    pytest.param(f"{folder}{slug}", marks=[] if slug == FIRST else [pytest.mark.thorough])
    for slug, city in load_cities().items()
    for folder in ("", "es/")
    if folder.strip("/") in ("", *city.languages)
]


def read(file: Path) -> HtmlDocument:
    return read_html(file.read_text(encoding="utf-8"))


def said(page: HtmlDocument) -> set[tuple[str | None, ...]]:
    """Return every figure of a page as it is printed, with what it is a figure of."""
    return {(*(e.named(f"data-{k}") for k in KEY), e.text) for e in page.all("data")}


def derived(page: HtmlDocument) -> set[tuple[str, str]]:
    return {(e.attributes["data-derived"], e.text) for e in page.with_attribute("data-derived")}


def within(page: HtmlDocument, element: Element, *tags: str) -> list[Element]:
    """Return what lies in an element of a page, in order."""
    return [e for e in page.all(*tags) if element.start <= e.start and e.end <= element.end]


@pytest.mark.parametrize("card", CARDS)
def test_a_sheet_says_what_its_card_says_and_nothing_else(built_site: Path, card: str):
    whole, sheet = (read(built_site / card / name / "index.html") for name in ("", "one-page"))
    assert len(said(sheet)) > 15
    assert said(sheet) <= said(whole)
    assert derived(sheet) <= derived(whole)
    sources = {e.text for e in whole.all("a")}
    assert {e.text for e in sheet.all("a") if "http" in e.attributes["href"]} <= sources
    rows = []
    for page in (whole, sheet):
        (table,) = (e for e in page.all("table") if e.attributes.get("id") == "outcomes")
        cells = [
            [cell.text for cell in within(page, row, "th", "td")]
            for row in within(page, table, "tr")
        ]
        rows.append(cells)
    assert len(rows[0]) > 10
    # Every outcome with its quality and gap; one cell may say more: a survey figure's range.
    for ours, theirs in zip(rows[1], rows[0], strict=True):
        assert [*ours[:2], *ours[3:]] == [*theirs[:2], *theirs[3:]]
        assert ours[2].startswith(theirs[2])


@pytest.mark.parametrize("card", CARDS)
def test_each_part_of_the_frame_has_a_sheet_that_says_what_the_card_says(
    built_site: Path, card: str
):
    whole = read(built_site / card / "index.html")
    frame = load_cities()[card.rsplit("/", 1)[-1]].frame.sections
    sheets = {p.parent.name: read(p) for p in (built_site / card / "one-page").glob("*/index.html")}
    assert sorted(sheets) == sorted(part.id.replace("_", "-") for part in frame)
    shown: list[str] = []
    for sheet in sheets.values():
        assert said(sheet) <= said(whole)
        assert derived(sheet) <= derived(whole)
        shown += [h.text for h in sheet.all("h3")]
        assert {i.attributes["alt"] for i in sheet.all("img")} <= {
            i.attributes["alt"] for i in whole.all("img")
        }
        for image in sheet.all("img"):
            folder = built_site / card / "one-page" / next(iter(sheets))
            assert (folder / image.attributes["src"]).is_file()
    # Between them, the sheets show every indicator that the card puts first, each once.
    first = [
        h.text
        for block in whole.all("section")
        if block.attributes.get("class") == "indicator"
        for h in within(whole, block, "h3")
    ]
    assert sorted(shown) == sorted(first)
