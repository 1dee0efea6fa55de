"""The neighborhoods page: every question, one vintage per map, the same classes in all cities."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.maps.page import ADULTS, CHILDREN, HEALTH, HOMES, MONEY, RACES
from c2c_lib.reporting import neighborhoods_page
from support.figures_in_html import loose_numbers

SECTIONS = ("money", "children", "people", "adults", "homes", "health")
TRACTS, TRACTS_2010 = 33, 25
"""Of Stamford, where the two differ."""


@pytest.fixture(scope="module")
def page():
    return neighborhoods_page("stamford")


@pytest.fixture(scope="module")
def soup(page) -> BeautifulSoup:
    html = "".join(str(getattr(page, name)().html) for name in ("title", *SECTIONS))
    return BeautifulSoup(html, "html.parser")


def test_every_figure_has_its_map(soup):
    alone = (*MONEY, *CHILDREN, *ADULTS, *HOMES, *HEALTH)
    maps = soup.find_all("svg", class_="map")
    assert len(maps) == len(alone) + len(RACES)
    counts = {m["data-map"]: len(m.select(".area")) for m in maps}
    assert counts.pop("tract-life-expectancy-map") == TRACTS_2010
    assert set(counts.values()) == {TRACTS}


def test_headings_and_ids_are_in_order(page, soup):
    assert soup.h1.get_text() == f"Does it depend on where a child lives in {page.city.name}?"
    assert [s["id"] for s in soup.find_all("section", recursive=False)] == list(SECTIONS)
    assert all(h.get_text().endswith("?") for h in soup.find_all(["h2", "h3"]))
    ids = [e["id"] for e in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_every_percent_is_a_figure_or_worked_out_from_figures(soup):
    assert loose_numbers(str(soup)) == []


def test_modelled_figures_are_marked(soup):
    for name in ("adults-asthma", "adults-uninsured"):
        svg = soup.find("svg", attrs={"data-map": f"tract-{name}-map"})
        assert {a["data-quality"] for a in svg.select(".area")} == {"no_margin"}
        caption = svg.find_parent("figure").figcaption.get_text()
        assert "no margin of error" in caption


def test_dollars_are_said_to_be_dollars(soup):
    svg = soup.find("svg", attrs={"data-map": "tract-median-household-income-map"})
    assert svg["aria-label"].count("$") == 2
    assert "$" in svg.find_parent("section").p.get_text()


def test_classes_are_pooled_over_the_cities(page):
    assert neighborhoods_page("norwalk").classes == page.classes


def test_the_notebook_calls_every_section_once(project_root: Path):
    notebook = json.loads(
        (project_root / "notebooks/report/neighborhoods.ipynb").read_text(encoding="utf-8")
    )
    called = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    assert [line for cell in called[2:] for line in cell.splitlines()] == [
        f"page.{name}()" for name in SECTIONS
    ]
