"""What surrounds children and what partners do: on the real cards."""

from bs4 import BeautifulSoup

from c2c_lib.figures.more_table import is_recent, more_table
from support.synthetic import EN, finding, row
from support.world import made_up_city


def test_every_topic_has_a_table_with_units_and_nothing_stands_twice(built):
    soup = built.soup
    topics = built.card.catalog.topics.values()
    tables = {t.id: soup.find("table", id=f"topic-{t.id}") for t in topics}
    assert all(tables.values())
    assert {t.find_parent("section")["id"] for t in tables.values()} == {"children", "surroundings"}
    income = built.soup.select("[id^=topic-income]")
    assert any("$" in table.get_text(" ") for table in income)
    elsewhere = soup.select("section.outcome table[id$=-more] data")
    assert {d["data-indicator"] for d in elsewhere} & built.card.catalog.in_topics == set()


def test_a_chart_of_conditions_shows_the_shares_of_its_table(built):
    charts = built.soup.select(".topic img")
    assert charts
    for chart in charts:
        table = built.soup.find("table", id=chart["aria-describedby"])
        printed = {data.get_text() for data in table.find_all("data")}
        assert all(text.endswith("%") for text in printed)
        # A survey's figure has its likely range beneath it.
        assert table.select(".range") or "asked" not in chart.parent.figcaption.get_text()


def test_a_figure_with_a_block_of_its_own_is_led_to(built):
    for link in built.soup.select("#surroundings table a[href^='#']"):
        assert built.soup.find(id=link["href"][1:]) is not None


def test_every_initiative_names_its_outcomes_and_how_they_moved(built):
    section = built.soup.find(id="partners")
    city = built.card.city
    assert section.h2.get_text() == "What are partners doing about it?"
    items = section.select("ul.partners > li")
    assert [i.strong.get_text() for i in items] == [f"{s.name.en}." for s in city.frame.sections]
    links = [a["href"][1:] for i in items for a in i.select("a[href^='#']")]
    assert sorted(links) == sorted(city.outcomes)
    sheets = [a["href"] for i in items for a in i.select("a[href^='one-page/']")]
    parts = [s.id.replace("_", "-") for s in city.frame.sections]
    assert sheets == [f"one-page/{part}/index.html" for part in parts]
    assert all(
        li.get_text().rstrip(".").split(": ", 1)[1] for i in items for li in i.find_all("li")
    )


def test_a_table_of_nothing_is_no_table():
    assert more_table("t", "More", made_up_city(), [], EN) == ""


def test_figures_of_ten_years_ago_are_left_to_the_downloads():
    found = finding(row("2013-14", (312, 1004)))
    assert is_recent(found, 2023)
    assert not is_recent(found, 2024)


def test_what_is_hidden_and_old_is_listed_for_the_figures_of_the_card_only(built):
    put_first = {*built.card.city.core, *built.card.city.contributing}
    rows = BeautifulSoup(built.html, "html.parser").select("#old-figures tbody tr")
    assert 0 < len(rows) <= len(put_first)
