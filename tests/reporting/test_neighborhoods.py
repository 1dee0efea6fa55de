"""The neighborhoods page: every question, one vintage per map, the same classes in all cities."""

import json
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.maps.page import ADULTS, CHILDREN, HEALTH, HOMES, MONEY, RACES
from c2c_lib.figures.maps.schools import MEALS, SCHOOL_FIGURES
from c2c_lib.observations import sort_observations
from c2c_lib.privacy import exposed_schools
from c2c_lib.reporting import cards, neighborhoods, neighborhoods_page
from c2c_lib.reporting.cards import publishable_for, shown_schools, site_rules, site_table
from support.figures_in_html import loose_numbers

pytestmark = pytest.mark.thorough

SECTIONS = (
    *("money", "children", "people", "adults", "homes", "health"),
    *("by_school", "apart", "elsewhere"),
)
IDS = ["schools-first", *SECTIONS[:6], "schools", "apart", "elsewhere"]
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
    counts = {m["data-map"]: len(m.select(".area")) for m in soup.find_all("svg", class_="map")}
    schools = {name for name in counts if name.startswith("school-")}
    assert schools == {f"school-{n}-map".replace("_", "-") for n in (*SCHOOL_FIGURES, MEALS)}
    counts = {name: n for name, n in counts.items() if name not in schools}
    assert 3 < counts.pop("group-child-poverty-map") < TRACTS
    assert len(counts) == len(alone) + len(RACES)
    assert counts.pop("tract-life-expectancy-map") == TRACTS_2010
    assert set(counts.values()) == {TRACTS}


def test_headings_and_ids_are_in_order(page, soup):
    assert soup.h1.get_text() == f"Does it depend on where a child lives in {page.city.name}?"
    assert [s["id"] for s in soup.find_all("section", recursive=False)] == IDS
    assert all(h.get_text().endswith("?") for h in soup.find_all("h2"))
    assert [h.get_text() for h in soup.find_all("h3") if not h.get_text().endswith("?")] == [
        "Across schools",
        "Across census tracts",
    ]
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
    other = neighborhoods_page("norwalk")
    assert other.classes == page.classes
    assert other.schools.classes == page.schools.classes


def test_the_notebook_calls_every_section_once(project_root: Path):
    notebook = json.loads(
        (project_root / "notebooks/report/neighborhoods.ipynb").read_text(encoding="utf-8")
    )
    called = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    assert [line for cell in called[2:] for line in cell.splitlines()] == [
        f"page.{name}()" for name in SECTIONS
    ]


def rows_of(soup: BeautifulSoup, identifier: str) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in soup.find(id=identifier).tbody.find_all("tr")
    ]


def test_the_schools_with_the_highest_poverty_stand_first(soup):
    first = rows_of(soup, "school-students-meal-eligible")
    # The publisher's enrollment export of 2016-17: 436 of 678 and 344 of 536 students.
    assert [row[:2] for row in first[:2]] == [
        ["Toquam Magnet School", "64.3%"],
        ["Cloonan School", "64.2%"],
    ]
    for name in SCHOOL_FIGURES:
        listed = rows_of(soup, f"school-{name}".replace("_", "-"))
        shares = [float(row[1].rstrip("%")) for row in listed if row[1].endswith("%")]
        assert shares == sorted(shares, reverse=True)
        assert len(shares) >= len(listed) - 1


@pytest.fixture(scope="module")
def bridgeport() -> BeautifulSoup:
    """The schools of the city that has the most, hidden and weak ones among them."""
    return BeautifulSoup(neighborhoods_page("bridgeport").by_school().html, "html.parser")


@pytest.mark.parametrize("city", ["bridgeport", "soup"])
def test_schools_are_drawn_as_they_are_listed_and_hidden_ones_are_hollow(city: str, request):
    html = request.getfixturevalue(city)
    for name in SCHOOL_FIGURES:
        identifier = f"school-{name}".replace("_", "-")
        svg = html.find("svg", attrs={"data-map": f"{identifier}-map"})
        listed = rows_of(html, identifier)
        marks = svg.select(".area")
        assert [m.title.get_text().split(":")[0] for m in marks] == [row[0] for row in listed]
        hollow = [m.has_attr("stroke-dasharray") for m in marks]
        assert hollow == [m["data-quality"] == "hidden" for m in marks]
        assert [row[-1] == "Not shown" for row in listed] == hollow
        entries = html.find(id=identifier).find_parent("section").select(".legend li")
        assert any("Hollow" in e.get_text() for e in entries) == any(hollow)
        for mark, row in zip(marks, listed, strict=True):
            told = mark.title.get_text()
            shown = [cell for cell in row if cell.endswith("%")]
            assert mark["data-quality"] == "hidden" or shown[-1] in told


def test_elsewhere_schools_are_listed_by_their_figure(bridgeport):
    assert "free or reduced-price meals" not in str(bridgeport)
    shares = [float(r[1][:-1]) for r in rows_of(bridgeport, "school-chronic-absence")]
    assert shares == sorted(shares, reverse=True)


def test_no_school_on_any_page_is_given_away():
    rules, catalog = site_rules(), load_catalog()
    shown, gated, table = shown_schools(), publishable_for(rules).frame, site_table(rules).frame
    # What stands on pages, and of all other schools what their publisher shows.
    others = gated[(gated["geo_level"] == "school") & ~shown.rows_of(gated)]
    known = sort_observations(pd.concat([table, others], ignore_index=True))
    assert exposed_schools(known, shown, rules, catalog).empty
    assert not exposed_schools(gated, shown, rules, catalog).empty
    on_pages = table[table["geo_level"] == "school"]
    assert set(on_pages["group"]) == {"all"}
    assert on_pages.groupby("indicator")["period"].nunique().eq(1).all()
    both = on_pages.pivot_table(
        index="geo_id", columns="indicator", values="status", aggfunc="first"
    )
    hidden = both[both["enrollment"] != "published"]
    assert not hidden["students_meal_eligible"].eq("published").any()


def test_what_stands_out_is_said_in_the_table_and_on_the_map(soup):
    column = [row[-1] for row in rows_of(soup, "tract-median-household-income")]
    standing_out = [cell for cell in column if cell not in ("Not distinct", "Not tested")]
    section = soup.find(id="tract-median-household-income").find_parent("section")
    assert f"{len(standing_out)} area stands out" in section.find(class_="clusters").get_text()
    words = [a.title.get_text() for a in section.select(".area")]
    assert [w.split("; ")[-1] for w in words if "neighbors" in w] == standing_out
    assert len(words) == TRACTS
    # Not so for a model's figures, which are made from poverty and race.
    assert soup.find(id="health").find(class_="clusters") is None


def test_groups_of_tracts_hold_every_tract_once(page, soup):
    rows = rows_of(soup, "group-child-poverty")
    tracts = [number for row in rows for number in row[1].split(", ")]
    assert sorted(tracts) == sorted(page.tracts.shapes["number"])
    assert not any("Too weak" in row[-1] for row in rows)


def test_how_far_children_are_apart_is_a_number_with_its_range(page, soup):
    for spread in (s for s in page.spreads() if s.reported):
        assert spread.lower <= spread.corrected <= spread.upper
        assert spread.corrected <= spread.estimate
    rows = {row[0]: row for row in rows_of(soup, "apart-school")}
    low, high = (int(end) for end in rows["Hispanic"][2].split(" to "))
    assert low <= int(rows["Hispanic"][1]) <= high
    assert "Of every 100 of them" in soup.find(id="apart").get_text()


def test_figures_that_may_not_be_passed_on_are_linked(soup):
    links = [a["href"] for a in soup.find(id="elsewhere").find_all("a")]
    assert links == ["https://www.diversitydatakids.org", "https://www.opportunityatlas.org"]
    assert soup.find(id="elsewhere").find("svg") is None


def test_a_page_without_figures_by_area_says_so(monkeypatch):
    everything = cards.load_observations()
    inside = everything["geo_level"].isin(["tract", "neighborhood", "school"])
    cached = [
        value
        for module in (cards, neighborhoods)
        for value in vars(module).values()
        if hasattr(value, "cache_clear")
    ]
    monkeypatch.setattr(cards, "load_observations", everything[~inside].copy)
    try:
        for kept in cached:
            kept.cache_clear()
        page = neighborhoods_page("norwalk")
        html = {name: BeautifulSoup(str(getattr(page, name)().html), "html.parser")
                for name in ("title", *SECTIONS)}  # fmt: skip
    finally:
        monkeypatch.undo()
        for kept in cached:
            kept.cache_clear()
    for name in ("money", "children", "people", "adults", "homes", "health"):
        assert "There are no figures by census tract for Norwalk." in html[name].get_text(), name
        assert not html[name].find_all("svg"), name
    assert not html["by_school"].find_all("svg")
