"""One part of a city's frame on one sheet: what it takes from the card, and nothing else."""

import pytest

from c2c_lib.errors import BuildError
from c2c_lib.reporting.html_document import HtmlDocument, read_html
from c2c_lib.reporting.part_sheet import part_sheet, parts_of
from support.sample_card import block, figure

TITLE = "Norwalk report card 2026"
WANTED = '<p class="wanted"><strong>What we cannot see yet:</strong> What children say.</p>'


def chart(name: str) -> str:
    return (
        f'<figure class="chart"><img src="assets/{name}.svg" data-figure="{name}" alt="Of {name}." '
        f'aria-describedby="{name}-table" /><figcaption><strong>About {name}.</strong> And more '
        "words.</figcaption></figure>"
    )


def indicator(name: str, charts: int = 2) -> str:
    drawn = "".join(chart(f"{name}-{kind}") for kind in ("trend", "groups")[:charts])
    whole = block(name, f"It was {figure(name, '46%')}.", f"source of {name}")
    quality = '<p class="quality quality-strong"><strong>Strong.</strong> Narrow.</p>'
    return whole.replace('<p class="source">', f'{quality}{drawn}<table></table><p class="source">')


def outcome(name: str, *indicators: str) -> str:
    return (
        f'<section class="outcome" id="{name}"><h2 id="x-{name}">Is {name} well?</h2>'
        f"<p>Context.</p>{''.join(indicators)}{WANTED}</section>"
    )


def card(*sections: str) -> str:
    items = "".join(
        f"<li><strong>{name}.</strong> {name} for all &amp; each.<ul>{links}</ul>"
        f'<a href="one-page/{slug}/index.html">{name} on one page</a></li>'
        for name, slug, links in (
            ("Early Years", "early-years", '<li><a href="#reading">Reading</a>: Better.</li>'),
            (
                "Work & Play",
                "work",
                '<li><a href="#jobs">Jobs</a>: Same.</li><li><a href="#play">Play</a>: None.</li>',
            ),
        )
    ).replace("Work & Play", "Work &amp; Play")
    return (
        '<p class="byline">By Norwalk ACTS.</p><p class="paper">'
        '<a href="one-page/index.html">All of it</a></p>'
        + "".join(sections)
        + f'<section id="partners"><ul class="partners">{items}</ul></section>'
    )


CARD = card(
    outcome("reading", indicator("grade3"), indicator("grade4", charts=1)),
    outcome("jobs", indicator("adults")),
    outcome("play"),
)


def sheet(part: str, html: str = CARD, language: str = "en") -> HtmlDocument:
    return read_html(part_sheet(html, part, TITLE, language, "norwalk/"))


def test_the_card_names_its_parts():
    assert parts_of(CARD) == ["early-years", "work"]
    assert parts_of('<a href="one-page/index.html">All</a>') == []


def test_a_sheet_has_its_own_outcomes_only_in_the_words_of_the_card():
    page = sheet("early-years")
    assert [h.text for h in page.all("h1", "h2", "h3")] == [
        "Norwalk report card 2026: Early Years, on one page",
        "Is reading well?",
        "How many?",
        "How many?",
    ]
    assert [d.named("data-indicator") for d in page.all("data")] == ["grade3", "grade4"]
    assert "Early Years for all & each." in page.text
    assert "What children say." in page.text
    assert page.all("table") == []


def test_names_with_an_ampersand_and_outcomes_without_figures_are_no_failure():
    page = sheet("work")
    assert page.all("h1")[0].text == "Norwalk report card 2026: Work & Play, on one page"
    assert [h.text for h in page.all("h2")] == ["Is jobs well?", "Is play well?"]


def test_charts_are_those_of_the_card_with_text_and_the_first_words_of_the_caption():
    images = sheet("early-years").all("img")
    assert [image.attributes["src"] for image in images] == [
        f"../../assets/{name}.svg" for name in ("grade3-trend", "grade3-groups", "grade4-trend")
    ]
    assert all(image.attributes["alt"].startswith("Of ") for image in images)
    # The table that describes them stands in the card.
    assert not any("aria-describedby" in image.attributes for image in images)
    captions = [caption.text for caption in sheet("early-years").all("figcaption")]
    assert captions[0] == "About grade3-trend."


def test_many_indicators_have_one_chart_for_each_outcome_that_of_the_groups():
    many = card(
        outcome("jobs", *(indicator(f"i{n}") for n in range(4))),
        outcome("play", *(indicator(f"j{n}") for n in range(2))),
    )
    page = sheet("work", many)
    assert [image.attributes["data-figure"] for image in page.all("img")] == [
        "i0-groups",
        "j0-groups",
    ]
    assert len(page.all("h3")) == 6


def test_sources_are_named_once_and_ways_lead_to_the_card():
    twice = card(outcome("reading", indicator("grade3"), indicator("grade3b")), outcome("play"))
    page = sheet("early-years", twice.replace("source of grade3b", "source of grade3"))
    links = [(a.attributes["href"], a.text) for a in page.all("a")]
    assert links == [
        ("https://x.example/source of grade3", "source of grade3"),
        ("../../index.html", "norwalk/"),
    ]


def test_a_sheet_speaks_the_language_of_the_card():
    assert "en una página" in sheet("early-years", language="es").all("h1")[0].text


@pytest.mark.parametrize(
    ("html", "part", "lacks"),
    [
        (CARD, "nothing", "does not name 'nothing'"),
        (CARD.replace('id="reading"', 'id="other"'), "early-years", "lacks the outcome 'reading'"),
        (CARD.replace("byline", "by"), "early-years", "lacks who made it"),
    ],
)
def test_a_card_without_the_parts_is_refused(html: str, part: str, lacks: str):
    with pytest.raises(BuildError, match=lacks):
        sheet(part, html)
