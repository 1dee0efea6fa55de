"""The progress pages as their readers get them: linked, complete, with true numbers."""

import csv
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from support.cities import EACH_CITY

pytestmark = pytest.mark.end_to_end

SECTIONS = [
    "What is reported?",
    "What do the numbers show?",
    "How far do the counts go?",
    "How much depends on the rules?",
    "What do the checks rest on?",
    "Do things get better month by month?",
    "How far is it to the targets?",
    "What can we not say yet?",
]
KEY = ("indicator", "place", "period", "dimension", "group")


def page(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("city", EACH_CITY)
def test_every_city_has_its_page_with_every_section(built_site, city):
    soup = page(built_site / city / "progress" / "index.html")
    assert soup.h1.get_text() == f"Are we keeping our promises in {city.capitalize()}?"
    headings = [heading.get_text(" ", strip=True) for heading in soup.find_all("h2")]
    assert [s for s in SECTIONS if s not in headings] == []


def _named(element, name):
    """Return an attribute of a figure, or of the row or table that names it for all of its own."""
    return element.get(name) or element.find_parent(attrs={name: True})[name]


@pytest.mark.parametrize("city", EACH_CITY)
def test_every_figure_of_the_page_is_in_the_downloads(built_site, city):
    with (built_site / city / "data" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = {tuple(row[name] for name in KEY): row for row in csv.DictReader(file)}
    elements = page(built_site / city / "progress" / "index.html").find_all("data")
    assert len(elements) > 10
    for element in elements:
        row = rows[tuple(_named(element, f"data-{name}") for name in KEY)]
        shown = float(element.get_text().rstrip("%").replace(",", ""))
        scale = 100 if row["unit"] == "share" else 1
        half_digit = 0.5 * 10 ** -int(element["data-digits"])
        assert abs(shown - float(row["estimate"]) * scale) <= half_digit + 1e-9


@pytest.mark.parametrize("city", EACH_CITY)
def test_the_card_tells_it_in_short_and_leads_there(built_site, city):
    section = page(built_site / city / "index.html").find(id="promises")
    assert section.h2.get_text() == "Are we keeping our promises?"
    assert "4 needed" in section.get_text()
    assert section.find("a", href="progress/index.html") is not None


def test_the_cities_stand_side_by_side(built_site, site_cities):
    soup = page(built_site / "progress-compared" / "index.html")
    links = {a["href"] for a in soup.main.find_all("a")}
    assert {f"../{city}/progress/index.html" for city in site_cities} <= links
    assert "You may not compare:" in soup.get_text()
