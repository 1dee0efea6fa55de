"""What every page has in common: its frame, its order for the keyboard, its foot."""

from collections import Counter
from pathlib import Path

import pytest

from c2c_lib.reporting.html_document import Element, HtmlDocument, read_html
from support.cities import EACH_CITY

pytestmark = pytest.mark.end_to_end

FOCUSABLE = ("a", "button", "input", "select", "textarea", "summary")


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, HtmlDocument]:
    found = {
        file.relative_to(built_site).as_posix(): read_html(file.read_text(encoding="utf-8"))
        for file in sorted(built_site.rglob("*.html"))
    }
    assert len(found) > 20
    return found


def takes_focus(element: Element) -> bool:
    return element.tag in FOCUSABLE or element.attributes.get("tabindex", "-1") != "-1"


def test_the_first_stop_of_the_keyboard_skips_to_the_report(pages):
    for name, page in pages.items():
        first = next(element for element in page.elements if takes_focus(element))
        assert (first.tag, first.attributes["href"]) == ("a", "#main"), name
        (main,) = page.all("main")
        assert main.attributes["id"] == "main", name


def test_each_landmark_stands_once(pages):
    for name, page in pages.items():
        counts = Counter(e.tag for e in page.all("header", "main", "footer"))
        assert counts == {"header": 1, "main": 1, "footer": 1}, name
        labels = [nav.attributes.get("aria-label", "") for nav in page.all("nav")]
        assert all(labels), name
        assert len(set(labels)) == len(labels), name


def test_only_what_scrolls_or_answers_keys_is_a_stop_of_the_keyboard(pages):
    for name, page in pages.items():
        for element in page.with_attribute("tabindex"):
            value = element.attributes["tabindex"]
            assert value in ("0", "-1"), (name, element)
            if value == "0":
                region = element.attributes.get("role") == "region"
                named = {"aria-label", "aria-labelledby"} & set(element.attributes)
                on_map = element.tag in ("path", "circle", "g")
                assert (region and named) or on_map, (name, element)


def test_no_cell_stands_for_a_title_and_no_heading_is_empty(pages):
    for name, page in pages.items():
        spans = [cell for cell in page.all("td") if "colspan" in cell.attributes]
        assert spans == [], name
        assert all(cell.text for cell in page.all("th")), name


def test_titles_are_unique_in_their_language(pages):
    titles = Counter((page.language, page.title) for page in pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_the_foot_says_edition_date_version_data_terms_and_where_to_write(pages):
    for name, page in pages.items():
        (foot,) = page.all("footer")
        english = page.language == "en"
        for words in (
            ("Edition", "Built", "Software c2c", "Data", "MIT license")
            if english
            else ("Edición", "Creado", "Programa c2c", "Datos", "licencia MIT")
        ):
            assert words in foot.text, (name, words)
        ways = {
            link.attributes["href"].rsplit("/", 1)[-1]
            for link in page.all("a")
            if foot.start <= link.start < foot.end
        }
        assert {"index.html#cite", "index.html#contact"} <= ways, name


@pytest.mark.parametrize("city", EACH_CITY)
def test_who_made_it_when_and_a_list_of_contents_stand_before_the_first_section(pages, city):
    page = pages[f"{city}/index.html"]
    first = next(e for e in page.all("section"))
    before = [e for e in page.elements if e.end <= first.start]
    assert any(e.attributes.get("class") == "byline" and "Edition" in e.text for e in before)
    assert any(e.attributes.get("class") == "contents" for e in before)
