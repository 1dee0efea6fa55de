"""The codebook of the built site: every card leads to it, and its data lies beside the table."""

import csv
import json
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from support.cities import EACH_CITY

pytestmark = pytest.mark.end_to_end


@cache
def read(site: Path, *parts: str) -> BeautifulSoup:
    return BeautifulSoup(site.joinpath(*parts).read_text(encoding="utf-8"), "html.parser")


def test_the_page_is_there_with_an_entry_per_indicator(built_site: Path):
    soup = read(built_site, "codebook", "index.html")
    assert soup.h1.get_text() == "Codebook: what each figure means"
    assert len(soup.select("section.entry")) > 30


def test_the_front_page_leads_to_the_codebook_and_to_the_sources(built_site: Path):
    links = [link["href"] for link in read(built_site, "index.html").main.find_all("a")]
    assert {"codebook/index.html", "sources/index.html"} <= set(links)


def test_every_source_of_an_entry_leads_to_its_terms(built_site: Path):
    sources = read(built_site, "sources", "index.html")
    assert sources.find(id="left-out") is not None
    rows = {
        row.find(id=True)["id"]: row.get_text() for row in sources.select("tr:has([id^=source])")
    }
    links = read(built_site, "codebook", "index.html").select("a[href^='../sources/']")
    assert len(links) > 100
    for link in links:
        anchor = link["href"].removeprefix("../sources/index.html#")
        assert link.get_text() in rows[anchor]


@pytest.mark.parametrize("city", EACH_CITY)
def test_every_indicator_of_a_card_leads_to_its_entry(built_site: Path, city: str):
    ids = {e["id"] for e in read(built_site, "codebook", "index.html").find_all(id=True)}
    card = read(built_site, city, "index.html")
    blocks = card.select("section.indicator")
    assert len(blocks) > 10
    for block in blocks:
        link = block.select_one("p.source a[href^='../codebook/']")
        assert link["href"] == f"../codebook/index.html#{block['id']}"
        assert block["id"] in ids
    assert card.select_one("#numbers a[href='../codebook/index.html']") is not None
    assert card.select_one("#numbers a[href='data/index.html']") is not None


@pytest.mark.parametrize("city", EACH_CITY)
def test_the_data_defines_every_indicator_of_the_table(built_site: Path, city: str):
    folder = built_site / city / "data"
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    book = json.loads((folder / "codebook.json").read_text(encoding="utf-8"))["indicators"]
    assert {entry["id"] for entry in book} == {row["indicator"] for row in rows}
    for entry in book:
        own = [row for row in rows if row["indicator"] == entry["id"]]
        assert entry["figures"] == len(own)
        assert entry["figures_with_a_value"] == sum(bool(row["estimate"]) for row in own)
        assert {s["id"] for s in entry["sources"]} >= {row["source"] for row in own}
        assert all(source["terms"] and source["licence"] for source in entry["sources"])
        assert set(entry["groups"]) == {row["dimension"] for row in own}


@pytest.mark.parametrize("city", EACH_CITY)
def test_the_package_names_the_terms_of_every_source(built_site: Path, city: str):
    folder = built_site / city / "data"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        used = {row["source"] for row in csv.DictReader(stream)}
    assert {source["id"] for source in package["sources"]} == used
    assert all(source["license"] and source["terms"] for source in package["sources"])
    assert "codebook.json" in {resource["path"] for resource in package["resources"]}
