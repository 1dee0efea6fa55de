"""The maps of the four cities: light, complete, with classes in common."""

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.maps.backdrop import backdrop
from c2c_lib.figures.maps.classes import map_classes
from c2c_lib.figures.maps.drawing import draw_map
from c2c_lib.figures.maps.multiples import Panel, small_multiples
from c2c_lib.figures.maps.place_map import place_map
from c2c_lib.figures.maps.schools import school_marks, school_observations
from c2c_lib.geography import layer
from c2c_lib.reporting import report_card
from c2c_lib.reporting.cards import publishable_for, site_rules
from c2c_lib.reporting.grounds import (
    neighborhood_ground,
    surroundings,
    tract_2010_ground,
    tract_ground,
)
from support.cities import EACH_CITY

pytestmark = pytest.mark.thorough

CITIES = {"bridgeport": 38, "stamford": 33, "norwalk": 22, "waterbury": 28}
RACES = ("residents_asian", "residents_black", "residents_hispanic", "residents_white")


@pytest.fixture(scope="module", params=EACH_CITY)
def card(request: pytest.FixtureRequest):
    return report_card(request.param)


def test_a_map_is_light_and_has_every_tract(card):
    soup = BeautifulSoup(card.neighborhood_map().html, "html.parser")
    assert len(str(soup.svg).encode()) < 40_000
    assert len(soup.svg.select(".area")) == CITIES[card.city.slug]
    assert len(soup.tbody.find_all("tr")) == CITIES[card.city.slug]
    names = [n.get_text() for n in soup.svg.select(".names text")]
    assert 3 <= len(names) <= 20


def test_the_card_also_maps_absence_by_school_and_leads_to_more(card):
    soup = BeautifulSoup(card.neighborhood_map().html, "html.parser")
    _, schools = soup.find_all("svg", class_="map")
    assert schools["data-map"] == "school-chronic-absence-map"
    assert schools["aria-describedby"] == soup.find(id="school-chronic-absence")["id"]
    assert len(schools.select(".area")) > 20
    assert soup.find("a", href="neighborhoods/index.html")


def test_names_of_neighbours_and_the_water_are_on_it():
    ground = tract_ground("bridgeport")
    names = {name.text: name.kind for name in backdrop(ground.around, 1000).names}
    assert {"Fairfield": "town", "Stratford": "town", "Long Island Sound": "water"}.items() <= (
        names.items()
    )
    assert names["Black Rock"] == "place"
    assert "Bridgeport" not in names


def test_small_multiples_share_one_legend(card):
    catalog, town = card.catalog, card.city.places.town
    panels = [
        Panel(catalog.indicator(i), card.figures.tracts(catalog.indicator(i), town)) for i in RACES
    ]
    classes = map_classes([o.value for p in panels for o in p.observations if o.shown])
    html = small_multiples(
        "race",
        card.city,
        "Share of residents",
        panels,
        tract_ground(card.city.slug),
        classes,
        card.language,
        catalog,
    )
    soup = BeautifulSoup(html, "html.parser")
    assert len(soup.find_all("svg", class_="map")) == len(RACES)
    assert len(soup.select(".legend")) == 1
    ids = [e["id"] for e in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(html) < 5 * 25_000


def test_life_expectancy_stands_on_the_tracts_of_its_time(card):
    indicator = card.catalog.indicator("life_expectancy")
    found = card.figures.tracts(indicator, card.city.places.town)
    values = [o.value for o in found if o.shown]
    html = place_map(
        card.city,
        indicator,
        found,
        tract_2010_ground(card.city.slug),
        map_classes(values, indicator.unit),
        card.language,
        card.catalog,
    )
    soup = BeautifulSoup(html, "html.parser")
    # GEO_README: 37 of 38, 25 of 25, 21 of 22 and 27 of 28 tracts have a figure.
    expected = {"bridgeport": 37, "stamford": 25, "norwalk": 21, "waterbury": 27}
    assert len(soup.select('.area:not([data-quality="missing"])')) == expected[card.city.slug]
    with pytest.raises(ValueError, match="find no area"):
        place_map(
            card.city,
            indicator,
            found,
            tract_ground(card.city.slug),
            map_classes(values, indicator.unit),
            card.language,
            card.catalog,
        )


@pytest.mark.parametrize("city", ["bridgeport", "stamford"])
def test_neighborhoods_are_thirteen(city: str):
    assert len(neighborhood_ground(city).names) == 13


def test_schools_come_only_from_a_gated_table(card):
    table, indicator = publishable_for(site_rules()), card.catalog.indicator("chronic_absence")
    schools, outline = layer("schools", card.city.slug), layer("towns", card.city.slug)
    with pytest.raises(TypeError, match="only from a Publishable"):
        school_observations(table.frame, indicator, list(schools["geo_id"]), card.catalog)
    marks = school_marks(table, indicator, schools, outline, card.language, card.catalog)
    assert len(marks.areas) == len(marks.shapes) > 10
    circles = marks.shapes
    overlaps = [
        (i, j)
        for i, first in enumerate(circles)
        for j, second in enumerate(circles)
        if i < j and first.intersects(second)
    ]
    assert overlaps == []
    values = [a.value for a in marks.areas if a.shown]
    svg = draw_map(
        "schools",
        marks.shapes,
        marks.areas,
        map_classes(values),
        surroundings(card.city.slug),
        card.language,
        alt="Map of the schools of a city by chronic absence, newest year.",
        points=True,
    )
    assert svg.count('class="area"') == len(marks.areas)
    assert len(svg) < 40_000
