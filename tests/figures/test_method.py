"""How the card was made: its rules with their numbers, its sources, its downloads."""

from bs4 import BeautifulSoup

from c2c_lib.figures.method import get_the_numbers, how_we_made_this
from c2c_lib.privacy import Rules
from support.synthetic import EN, catalog, finding, row, words
from support.world import made_up_city, made_up_findings


def method(findings=None, others=(), rules=None) -> str:
    return how_we_made_this(
        made_up_city(),
        made_up_findings() if findings is None else findings,
        others,
        rules or Rules(),
        EN,
        catalog(),
    )


def test_the_rule_for_hiding_has_the_numbers_of_the_city():
    text = words(method(rules=Rules(minimum_numerator=7, minimum_denominator=25)))
    assert "fewer than 7 children are counted or fewer than 25 are in the group" in text


def test_the_baseline_is_that_of_the_city():
    assert "It is 2018-19, or the last year before it" in words(method())


def test_every_source_has_its_periods():
    soup = BeautifulSoup(method(), "html.parser")
    lines = [[c.get_text() for c in line.find_all(["th", "td"])] for line in soup.find_all("tr")]
    assert lines == [
        ["Source", "Publisher", "Periods", "Retrieved", "Terms"],
        [
            "Title of school_report",
            "The publisher",
            "2010-2014 to 2023-24",
            "Jan 2, 2026",
            "CC0-1.0",
        ],
        ["Title of survey", "The publisher", "2023", "Jan 2, 2026", "CC0-1.0"],
    ]


def test_figures_outside_the_findings_count_too():
    found = finding(row("2022", 0.3, indicator="at_work", moe90=0.25))
    soup = BeautifulSoup(method({}, found.series), "html.parser")
    assert [line.td.get_text() for line in soup.tbody.find_all("tr")] == ["The publisher"]


def test_the_downloads_and_how_to_cite_them():
    soup = BeautifulSoup(get_the_numbers(made_up_city(), "2026", EN), "html.parser")
    assert [a["href"] for a in soup.find_all("a")] == [
        "data/index.html",
        "data/indicators.xlsx",
        "data/indicators.csv",
        "../codebook/index.html",
    ]
    assert "Cite as: Norwalk ACTS, Norwalk report card 2026, made with c2c." in words(soup)
