"""One outcome: its question, the city's words for it, blocks first and the rest in a table."""

from bs4 import BeautifulSoup

from c2c_lib.figures.outcome import outcome_section
from support.figures_in_html import figure_problems, loose_numbers
from support.synthetic import EN, catalog, table, words
from support.world import made_up_city, made_up_findings, rows


def section(outcome: str = "early_grade_reading") -> BeautifulSoup:
    html = outcome_section(outcome, made_up_city(), made_up_findings(), EN, catalog(), year=2021)
    return BeautifulSoup(html, "html.parser")


def test_question_and_blocks_in_the_order_of_the_city():
    read = section()
    assert read.section["id"] == "early_grade_reading"
    assert read.h2.get_text() == catalog().outcome("early_grade_reading").question.en
    assert [block["id"] for block in read.find_all("section", class_="indicator")] == [
        "reading_well",
        "missing_school",
        "at_work",
    ]


def test_the_other_indicators_stand_in_one_table_with_their_units():
    read = section().find(id="early_grade_reading-more")
    lines = [[c.get_text() for c in line.find_all(["th", "td"])] for line in read.find_all("tr")]
    assert lines == [
        ["Indicator", "Period", "Norwalk", "Connecticut"],
        ["Babies lost (all residents)", "2010-2014", "5.7 in 1,000", "No figure"],
        ["Test score (public schools)", "2023-24", "46.7 of 100 points", "No figure"],
    ]


def test_an_initiative_has_its_sentence_once():
    first = words(section("infant_health").find(class_="frame"))
    second = words(section("early_grade_reading").find(class_="frame"))
    assert second == "Prenatal to 3rd Grade"
    assert first.startswith("Prenatal to 3rd Grade: ")


def test_an_outcome_without_figures_says_what_is_wanted():
    read = section("out_of_school_time")
    wanted = catalog().outcome("out_of_school_time").wanted
    assert read.find("section", class_="indicator") is None
    assert read.find("table") is None
    assert words(read.find(class_="wanted")) == f"What we cannot see yet: {wanted.en}"


def test_every_figure_is_its_row():
    html = str(section())
    assert figure_problems(html, table(rows()), catalog()) == []
    assert loose_numbers(html) == []
