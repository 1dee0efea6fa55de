"""What is missing, hidden and old."""

from bs4 import BeautifulSoup

from c2c_lib.figures.unknowns import unknowns
from support.synthetic import EN, catalog
from support.world import made_up_city, made_up_findings


def lines(identifier: str, year: int = 2026) -> list[list[str]]:
    html = unknowns(made_up_city(), made_up_findings(), year, EN, catalog())
    table = BeautifulSoup(html, "html.parser").find("table", id=identifier)
    found = table.find_all("tr") if table else []
    return [[c.get_text() for c in line.find_all(["th", "td"])] for line in found]


def test_what_is_wanted_and_who_holds_it():
    outcomes = [catalog().outcome(o) for o in made_up_city().outcomes]
    assert lines("wanted")[1:] == [[o.name.en, o.wanted.en] for o in outcomes if o.wanted]


def test_hidden_groups_are_named_by_indicator():
    assert lines("hidden-groups")[1:] == [
        ["Reading well (public schools)", "Asian and Two or more races"]
    ]


def test_figures_of_five_years_ago_are_old():
    assert lines("old-figures", 2025)[1:] == [
        ["Missing school (public schools)", "2019-20"],
    ]


def test_figures_of_four_years_ago_are_not():
    assert lines("old-figures", 2024) == []


def test_nothing_old_means_no_table():
    assert lines("old-figures", 2018) == []


def test_figures_without_a_block_are_counted_and_not_listed():
    html = unknowns(made_up_city(), made_up_findings(), 2024, EN, catalog())
    text = BeautifulSoup(html, "html.parser").get_text()
    # "Babies lost" is of 2010-2014 and is not among the indicators that the city puts first.
    assert "Of these, 1 are five or more years old, and 0 hide the figure of a group." in text
