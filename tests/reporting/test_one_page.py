from __future__ import annotations

import pytest

from c2c_lib.errors import BuildError
from c2c_lib.reporting.html_document import read_html
from c2c_lib.reporting.one_page import one_page, wants_one_page
from support.sample_card import card


def sheet(language: str = "en", html: str | None = None) -> str:
    return one_page(html or card(), "Norwalk report card 2026", language, "norwalk/index.html")


def test_the_sheet_has_the_parts_of_the_card_under_the_cards_own_headings() -> None:
    page = read_html(sheet())
    assert [h.text for h in page.all("h1", "h2")] == [
        "Norwalk report card 2026, on one page",
        "What are Norwalk's three things?",
        "How are children doing?",
        "What we cannot see yet",
    ]
    assert [e.text for e in page.all("data")] == ["16%", "40%", "46%", "40%"]
    assert page.all("p")[0].text == "By Norwalk ACTS."
    assert page.all("li")[0].text == "Good. More"
    assert page.all("li")[1].text == "Healthy babies. Yearly figures & more."


def test_a_survey_figure_has_the_range_that_its_block_gives() -> None:
    first, second, third = (
        row_.text for row_ in read_html(sheet()).all("tr") if "Outcome" not in row_.text
    )
    assert "16% in 2024 likely 12% to 19%" in first
    assert "likely" not in second
    assert third == "After school No public figure"


def test_likely_is_explained_only_where_a_figure_has_a_range() -> None:
    explained = "“Likely” is the range it would fall in 95 times in 100."
    assert explained in read_html(sheet()).text
    without = card().replace('data-derived="limit"', 'data-derived="size"')
    assert explained not in read_html(sheet(html=without)).text


def test_an_outcome_whose_indicator_has_no_block_has_no_range_and_is_no_failure() -> None:
    without = card().replace('class="indicator" id="adults"', "")
    page = read_html(sheet(html=without))
    assert "16% in 2024" in page.text
    assert "likely 12%" not in page.text
    assert "Sources: EdSight." in page.text


def test_what_is_hidden_and_old_is_counted_by_the_cards_tables() -> None:
    text = read_html(sheet()).text
    assert "In 2 figures, groups are hidden to protect children." in text
    assert "1 figure is five or more years old." in text
    spanish = read_html(sheet("es")).text
    assert "En 2 cifras se ocultan grupos para proteger a los niños." in spanish
    assert "1 cifra tiene cinco años o más." in spanish


def test_a_card_that_lacks_nothing_says_so() -> None:
    text = read_html(sheet(html=card(unknown="<p>Nothing.</p>"))).text
    assert "Nothing that was wanted is missing." in text


def test_the_ways_lead_to_the_card_and_to_the_publishers() -> None:
    links = [(a.text, a.attributes["href"]) for a in read_html(sheet()).all("a")]
    assert links == [
        ("More", "../index.html#adults"),
        ("Reading", "../index.html#reading"),
        ("Reading", "../index.html#reading"),
        ("Census", "https://x.example/Census"),
        ("EdSight", "https://x.example/EdSight"),
        ("norwalk/index.html", "../index.html"),
    ]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ('class="byline"', "who made it"),
        ('class="three-things"', "the three things to know"),
        ('id="outcomes"', "the table of outcomes"),
        ('id="unknown"', "unknown"),
    ],
)
def test_a_card_without_a_part_stops_the_build(part: str, words: str) -> None:
    with pytest.raises(BuildError, match=f"lacks {words}"):
        sheet(html=card().replace(part, ""))


def test_only_a_card_that_leads_to_its_sheet_has_one() -> None:
    assert wants_one_page(card())
    assert not wants_one_page("<p>A page of maps.</p>")
