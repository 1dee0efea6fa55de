"""What stands on the pages, in the tables and on the maps of the built site is one and the same."""

import csv
import json
import math
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from support.cities import EACH_CITY

pytestmark = pytest.mark.end_to_end

NAMES = ("indicator", "place", "period", "dimension", "group")
LAYERS = {"tracts": "tract_fips_2022", "tracts-2010": "tract_fips_2010", "neighborhoods": "geo_id"}


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_only_cities_with_neighborhoods_have_them(built_site: Path, site_cities: tuple[str, ...]):
    there = {
        c for c in site_cities if (built_site / c / "data" / "neighborhoods.geojson").is_file()
    }
    assert there == {"bridgeport", "stamford"} & set(site_cities)


@pytest.mark.parametrize("city", EACH_CITY)
def test_every_figure_on_a_map_is_the_one_in_the_table(built_site: Path, city: str):
    folder = built_site / city / "data"
    table = {
        (r["indicator"], r["geo_id"], r["period"], r["group"]): r
        for r in rows_of(folder / "indicators.csv")
        if r["geo_level"] in ("tract", "neighborhood")
    }
    newest: dict[tuple[str, str, str], int] = {}
    compared = 0
    for name in LAYERS:
        file = folder / f"{name}.geojson"
        if not file.is_file():
            continue
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            area = feature["properties"]
            for status in [key for key in area if key.endswith("_status")]:
                base = status.removesuffix("_status")
                indicator, group = column_of(base, table)
                row = table.get((indicator, feature["id"], area[f"{base}_period"], group))
                if row is None:
                    assert area[status] == "not_collected"
                    continue
                compared += 1
                for field in ("estimate", "numerator", "denominator", "moe90"):
                    value = area[base if field == "estimate" else f"{base}_{field}"]
                    assert (value is None) == (row[field] == "")
                    assert value is None or math.isclose(value, float(row[field]), rel_tol=0)
                assert (area[status], area[f"{base}_note"]) == (row["status"], row["note"])
                newest[indicator, feature["id"], group] = int(row["period_end"])
    assert compared > 1000
    for (indicator, code, _, group), row in table.items():
        assert int(row["period_end"]) <= newest[indicator, code, group]


def column_of(base: str, table: dict[tuple[str, str, str, str], dict[str, str]]) -> tuple[str, str]:
    """Return indicator and group of a column."""
    pairs = {(key[0], key[3]) for key in table}
    return next((i, g) for i, g in pairs if base == (i if g == "all" else f"{i}_{g}"))


@pytest.mark.parametrize("city", EACH_CITY)
def test_each_block_leads_to_exactly_the_rows_that_it_shows(built_site: Path, city: str):
    card = BeautifulSoup((built_site / city / "index.html").read_text("utf-8"), "html.parser")
    blocks = card.select("section.indicator")
    for block in blocks:
        link = block.select_one("p.source a[href^='data/rows/']")
        if link is None:
            assert not block.select("data")
            continue
        rows = rows_of(built_site / city / link["href"])
        assert {row["indicator"] for row in rows} == {block["id"]}
        named = {tuple(row[name] for name in NAMES) for row in rows}
        for element in block.select("data"):
            around = [element, *element.parents]
            key = tuple(
                next(e[f"data-{name}"] for e in around if e.get(f"data-{name}")) for name in NAMES
            )
            assert key in named
    assert len(blocks) > 10


@pytest.mark.parametrize("prefix", ["", "es/"])
def test_every_data_page_is_reached_from_the_card_and_from_the_navigation(
    built_site: Path, site_cities: tuple[str, ...], prefix: str
):
    for city in site_cities:
        card = BeautifulSoup(
            (built_site / prefix / city / "index.html").read_text("utf-8"), "html.parser"
        )
        assert card.select_one("#numbers a[href='data/index.html']")
        menu = [a["href"] for a in card.select("header ul.city a")]
        assert menu[0].endswith(f"{prefix}{city}/index.html")
        assert menu[-1].endswith(f"{prefix}{city}/data/index.html")
        data = BeautifulSoup(
            (built_site / prefix / city / "data" / "index.html").read_text("utf-8"), "html.parser"
        )
        assert data.select_one("header ul.city a[aria-current=page]")["href"].endswith(
            "/data/index.html"
        )
        assert json.loads(data.select_one("script[type='application/ld+json']").string)["name"]


def test_the_home_page_says_a_figure_of_every_city(built_site: Path, site_cities: tuple[str, ...]):
    for page in ("index.html", "es/index.html"):
        soup = BeautifulSoup((built_site / page).read_text("utf-8"), "html.parser")
        blocks = soup.select(".cities:not(.doors) > li")
        assert len(blocks) == len(site_cities)
        for block, city in zip(blocks, site_cities, strict=True):
            assert {d["data-place"] for d in block.select("data")} == {city}
            assert block.select("[data-derived=limit]")
            assert block.select_one(".quality strong")
