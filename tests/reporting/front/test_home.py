import pytest
from bs4 import BeautifulSoup

from c2c_lib.params import load_cities, load_city
from c2c_lib.reporting.front.home import home_body
from c2c_lib.reporting.front.news import CityNews, News

HEADLINE = "<p>In 2023-24, 1 of 2 children did.</p>"
NEWS = News("2026", "2026-11-21", {"norwalk": CityNews(HEADLINE, figures=10, newest=2024)})


def page(language: str = "en", news: News = NEWS) -> BeautifulSoup:
    cities = list(load_cities().values())
    return BeautifulSoup(home_body(cities, language, news), "html.parser")


def test_a_city_says_its_headline_and_one_without_says_its_own_words():
    blocks = {li.h3.get_text(): li.get_text() for li in page().select(".cities:not(.doors) > li")}
    assert "1 of 2 children did." in blocks["Norwalk report card"]
    assert load_city("stamford").frame.intro.en in blocks["Stamford report card"]


def test_three_doors_lead_each_reader_to_every_city():
    doors = page().select(".doors > li")
    assert len(doors) == 3
    for door, target in zip(doors, ("#summary", "#gaps", "data/index.html"), strict=True):
        links = [a["href"] for a in door.find_all("a")]
        for city in load_cities():
            assert any(link.startswith(f"{city}/") and link.endswith(target) for link in links)


def test_what_is_new_is_the_edition_its_newest_year_and_the_changes():
    text = page().get_text(" ")
    assert "This is edition 2026, of November 21, 2026. Its newest figures are for 2024." in text
    assert page().select_one('a[href="changes/index.html"]')
    assert "newest figures" not in page(news=News("2026", "2026-11-21")).get_text()


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_light_and_its_headings_ask(language: str):
    assert len(home_body(list(load_cities().values()), language, NEWS)) < 8_000
    assert all(h2.get_text().endswith("?") for h2 in page(language).find_all("h2"))
