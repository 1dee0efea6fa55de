"""What of a page goes to paper, and what stays on the screen."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from c2c_lib.errors import BuildError
from c2c_lib.reporting.paper_page import PaperPage, paper_page

PAGE = "norwalk/index.html"
FRAME = (
    '<html lang="es"><head><title>Informe – c2c</title>'
    '<meta name="description" content="Lo que &amp; cómo"></head><body>'
    '<header>Menu</header><main id="main"><h1>Informe de <span>Norwalk</span></h1>{}</main>'
    "<footer>Pie</footer></body></html>"
)


def made(body: str, **options: object) -> PaperPage:
    return paper_page(FRAME.format(body), PAGE, **options)  # type: ignore[arg-type]


def body_of(page: PaperPage) -> BeautifulSoup:
    return BeautifulSoup(page.body, "html.parser")


def test_a_page_says_what_it_is() -> None:
    page = made("<p>31 %</p>")
    assert (page.title, page.language) == ("Informe de Norwalk", "es")
    assert page.description == "Lo que & cómo"
    assert "Menu" not in page.body
    assert "Pie" not in page.body


def test_what_a_screen_only_needs_is_left_out() -> None:
    page = made(
        '<nav class="contents">On this page</nav><p class="paper">PDF</p><p class="find">Find</p>'
        '<div class="over-time"><details><summary>All years</summary><p>table A</p></details></div>'
        '<section id="gaps"><details><summary>More</summary><p>table B</p></details></section>'
    )
    assert body_of(page).get_text(" ", strip=True) == "Informe de Norwalk table B"


def test_tables_behind_charts_go_along_when_asked_for() -> None:
    behind = '<div class="groups"><details><summary>All</summary><p>table A</p></details></div>'
    assert "table A" not in made(behind).body
    assert "table A" in made(behind, tables=True).body


def test_drawings_become_pictures_with_their_words() -> None:
    page = made(
        '<figure><svg class="map" role="group" aria-label="Map of Norwalk &amp; its tracts" '
        'viewBox="0 0 10 20"><defs><linearGradient id="a"/></defs><title>No</title></svg></figure>'
        '<svg class="swatch" aria-hidden="true" width="16" height="16"><rect/></svg>'
    )
    first, second = body_of(page).select("img")
    assert first["alt"] == "Map of Norwalk & its tracts"
    assert second["alt"] == ""
    drawing = page.drawn[str(first["src"])]
    # Names in SVG have capitals, which a parser of HTML would lose.
    assert "viewBox" in drawing
    assert "linearGradient" in drawing
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_charts_are_found_below_the_site() -> None:
    page = made(
        '<img src="assets/a-trend.svg" alt="A" width="360"><img src="../assets/b.svg" alt="B">'
    )
    names = [str(picture["src"]) for picture in body_of(page).select("img")]
    assert [page.files[name] for name in names] == ["norwalk/assets/a-trend.svg", "assets/b.svg"]


LINKS = (
    '<section id="gaps"><a href="#gaps">gaps</a> <a href="#gone">gone</a> '
    '<a href="../words/index.html#share">words</a> <a href="https://ct.gov/x">state</a>'
    '<p class="source"><a href="https://ct.gov/y">Report</a></p></section>'
)


def test_ways_to_other_pages_lead_to_the_address_of_the_site() -> None:
    page = made(LINKS, address="https://cards.example/c2c/")
    assert [link["href"] for link in body_of(page).select("a")] == [
        "#gaps",
        "https://cards.example/c2c/words/#share",
        "https://ct.gov/x",
        "https://ct.gov/y",
    ]


def test_without_an_address_they_are_plain_words() -> None:
    page = made(LINKS)
    assert [link["href"] for link in body_of(page).select("a")] == [
        "#gaps",
        "https://ct.gov/x",
        "https://ct.gov/y",
    ]
    text = " ".join(body_of(page).get_text().split())
    # A source's address is printed: nobody can press on paper.
    assert text == "Informe de Norwalkgaps gone words stateReport (https://ct.gov/y)"


def test_a_card_has_two_columns_a_sheet_one_and_a_part_of_a_frame_three() -> None:
    sheet = '<div class="one-page">{}</div>'
    pages = [made(""), made(sheet.format("")), made(sheet.format('<div class="meeting"></div>'))]
    assert [(page.sheet, page.columns) for page in pages] == [(False, 2), (True, 1), (True, 3)]


def test_parts_that_look_otherwise_have_a_box_of_their_own() -> None:
    page = made(
        '<p class="answer">31 %</p><p class="source">State</p>'
        '<section id="continuum"><h2>All?</h2><table></table></section>'
        '<div class="one-page"><ol class="three-things"><li>A <a href="#a">More</a></li></ol></div>'
    )
    boxes = {str(box["class"]): box.get_text() for box in body_of(page).select("div[class]")}
    assert {"['answer']", "['small']", "['across']", "['beside']"} <= set(boxes)
    assert boxes["['across']"] == "All?"
    assert boxes["['beside']"].strip() == "A"


def test_a_page_without_a_main_part_is_refused() -> None:
    with pytest.raises(BuildError, match=r"norwalk/index\.html has no main part"):
        paper_page("<p>A</p>", PAGE)
