"""The home page's line about a city is made from its findings, with count and uncertainty."""

from types import MappingProxyType

from bs4 import BeautifulSoup

from c2c_lib.figures.headline import headline
from support.synthetic import EN, finding, row, words
from support.world import made_up_city, made_up_findings


def said(findings) -> tuple[str, BeautifulSoup]:
    soup = BeautifulSoup(headline(made_up_city(), findings, EN), "html.parser")
    return words(soup), soup


def only(*found):
    return MappingProxyType({f.id: f for f in found})


def test_it_is_the_best_news_with_its_count_and_the_range_of_the_change():
    text, soup = said(made_up_findings())
    assert text.startswith(
        "In 2023-24, 312 of 1,004 third graders in Norwalk public schools (31%) met the reading "
        "standard. That is 11 points more than in 2018-19 (20%), which is better. The change is "
        "likely between "
    )
    low, high = (span.get_text() for span in soup.select("[data-derived=limit]"))
    # 312/1004 - 200/1000 = 11.1 points, give or take 3.8 (Newcombe)
    assert (low, high) == ("7 points", "15 points")
    assert soup.select_one(".quality-strong strong").get_text() == "Strong."
    assert soup.a["href"] == "norwalk/index.html#reading_well"
    assert len(soup.select("data[data-indicator]")) == 4


def test_without_news_it_is_the_widest_gap():
    findings = {k: f for k, f in made_up_findings().items() if k == "missing_school"}
    text, soup = said(MappingProxyType(findings))
    # 0.7 x (100/300 - 80/700) = 15.3 points: the group is 300 of the 1,000. Its error is
    # 0.7 x 1.96 x sqrt(0.333 x 0.667 / 300 + 0.114 x 0.886 / 700) = 4.1 points.
    assert "a gap of 15 points. The gap is likely between 11 points and 19 points." in text
    assert soup.a["href"] == "norwalk/index.html#missing_school"


def test_without_either_it_is_the_first_strong_figure():
    text, _ = said(only(finding(row("2023-24", (312, 1004)))))
    assert text.startswith("In 2023-24, 312 of 1,004 third graders")
    assert "more than in" not in text


def test_where_no_figure_is_strong_nothing_is_said():
    assert headline(made_up_city(), only(finding(row("2023-24", (9, 25)))), EN) == ""
    assert headline(made_up_city(), MappingProxyType({}), EN) == ""
