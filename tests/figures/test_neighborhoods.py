"""The map and its table: what may be told apart, what is hatched, what is hidden."""

import geopandas as gpd
from bs4 import BeautifulSoup
from shapely.geometry import box

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.neighborhoods import neighborhoods_section
from c2c_lib.findings import Figures
from c2c_lib.privacy import Rules, publishable
from support.synthetic import EN, numbers, row, table, words
from support.world import made_up_city

CATALOG = load_catalog()
POVERTY = CATALOG.indicator("child_poverty")
TRACTS = [
    p for p in CATALOG.places if p.geo_level == "tract" and p.parent == made_up_city().places.town
][:4]


def tract(number: int, cell, moe90=None) -> dict:
    place = TRACTS[number]
    values = row("2019-2023", cell, indicator="at_work", moe90=moe90)
    return values | {
        "indicator": POVERTY.id,
        "geo_level": "tract",
        "geo_id": place.geo_id,
        "source": POVERTY.sources[0],
    }


ROWS = [
    tract(0, (100, 1000), 0.02),
    tract(1, (400, 1000), 0.04),
    tract(2, (20, 1000), 0.03),
    tract(3, "suppressed_by_source"),
]


def section(*rows: dict) -> BeautifulSoup:
    figures = Figures(publishable(table(rows), Rules(), CATALOG), CATALOG)
    shown = figures.tracts(POVERTY, made_up_city().places.town)
    shapes = gpd.GeoDataFrame(
        {
            "estimate": [o.estimate for o in shown],
            "status": [o.status for o in shown],
            "quality": ["too_weak" if o.estimate == 0.02 else "strong" for o in shown],
        },
        geometry=[box(-73.4 + 0.01 * i, 41.1, -73.39 + 0.01 * i, 41.11) for i in range(len(shown))],
        crs="EPSG:4269",
    )
    outline = gpd.GeoDataFrame(geometry=[box(-73.4, 41.1, -73.36, 41.11)], crs="EPSG:4269")
    html = neighborhoods_section(
        made_up_city(), POVERTY, shown, shapes, outline, (0.095, 0.295), EN, CATALOG
    )
    return BeautifulSoup(html, "html.parser")


def test_only_tracts_that_can_be_acted_on_are_in_the_sentence():
    assert words(section(*ROWS).p) == (
        "Where the figure is strong enough to act on, the share runs from 10% to 40%. In 1 of 4 "
        "census tracts in Norwalk, the margin of error is very wide. Those figures are too weak to "
        "act on, so do not rank or single them out."
    )


def test_the_words_of_the_map_give_the_same_numbers():
    soup = section(*ROWS)
    assert soup.img["alt"] == (
        "Map of Norwalk by census tract: Children in poverty, 2019-2023. 4 tracts; from 10% to 40% "
        "where it is strong enough to act on; too weak to act on: 1."
    )
    assert {n for n in numbers(soup.img["alt"]) if "%" in n} <= set(numbers(words(soup.p)))


def test_the_caption_names_only_what_is_drawn():
    caption = words(section(*ROWS).figcaption)
    assert "Hatched tracts are too weak to act on. Dotted tracts are not shown." in caption
    plain = words(section(*ROWS[:2]).figcaption)
    assert plain.endswith("The classes are the same for all cities.")


def test_the_table_runs_from_highest_to_lowest_with_hidden_tracts_last():
    # A margin of 2.0 is a coefficient of variation of 12.2 % of 10 %, of 4.0 one of 6 % of 40 %.
    lines = [
        [c.get_text() for c in line.find_all(["th", "td"])][1:]
        for line in section(*ROWS).tbody.find_all("tr")
    ]
    why = "Not shown (the publisher hides small numbers of children)"
    assert lines == [
        ["40.0%", "4.0", "400 of 1,000", "Strong"],
        ["10.0%", "2.0", "100 of 1,000", "Use with care"],
        ["2.0%", "3.0", "20 of 1,000", "Too weak to act on"],
        [why, "Not shown", "Not shown", "Not shown"],
    ]


def test_nothing_weak_means_no_warning():
    assert "too weak" not in words(section(*ROWS[:2]).p)


def test_where_every_tract_is_weak_no_range_is_given():
    soup = section(ROWS[2])
    assert numbers(words(soup.p)) == ["1", "1"]
    assert "%" not in soup.img["alt"]


def test_a_city_without_tracts_says_so():
    html = neighborhoods_section(
        made_up_city(), POVERTY, (), gpd.GeoDataFrame(), gpd.GeoDataFrame(), (0.1,), EN, CATALOG
    )
    assert words(html) == "There are no figures by census tract for Norwalk."


def test_the_map_is_described_by_its_table():
    soup = section(*ROWS)
    assert soup.img["aria-describedby"] == soup.table["id"] == "tracts"
