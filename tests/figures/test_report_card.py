"""The four real cards: structure, alternative texts, numbers and secrets."""

import base64
import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from c2c_lib.errors import InputError
from c2c_lib.figures.report_card import Edition
from c2c_lib.reporting.cards import site_table
from support.drawings import cut_texts, svg_problems, svg_words
from support.figures_in_html import figure_problems, loose_numbers
from support.synthetic import words

NOT_QUESTIONS = {"What we cannot see yet", "Get the numbers", "How we made this"}
PLACEHOLDERS = re.compile(
    r"\bimages?\b|\bpicture\b|\.svg|no description|^(chart|graph|plot)\b", re.IGNORECASE
)


def svg_of(picture) -> str:
    return base64.b64decode(picture["src"].split(",")[1]).decode()


def test_one_first_heading_and_no_level_is_skipped(built):
    levels = [int(h.name[1]) for h in built.soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_headings_are_questions(built):
    headings = [words(h) for h in built.soup.find_all(["h2", "h3"])]
    assert len(headings) > 20
    assert [h for h in headings if not h.endswith("?") and h not in NOT_QUESTIONS] == []


def test_the_title_says_who_and_when_in_words(built):
    city = built.card.city
    byline = words(built.soup.find(class_="byline"))
    day = date.fromisoformat(built.card.edition.date)
    assert words(built.soup.h1) == f"{city.name} report card {built.card.edition.label}"
    assert city.partnership.name in byline
    assert f"{day:%B} {day.day}, {day.year}" in byline


def test_ids_are_unique_and_every_link_inside_leads_somewhere(built):
    ids = Counter(element["id"] for element in built.soup.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []
    inside = [a["href"] for a in built.soup.find_all("a") if a["href"].startswith("#")]
    assert len(inside) > 15
    assert [link for link in inside if link[1:] not in ids] == []
    named = [
        name
        for attribute in ("aria-describedby", "aria-labelledby")
        for element in built.soup.find_all(attrs={attribute: True})
        for name in element[attribute].split()
    ]
    assert [name for name in named if name not in ids] == []


def test_every_outcome_of_the_frame_has_its_section(built):
    for outcome in built.card.city.outcomes:
        section = built.soup.find("section", id=outcome)
        assert words(section.h2) == built.card.catalog.outcome(outcome).question.en


def test_alternative_texts_say_what_is_there(built):
    pictures = built.soup.find_all("img")
    assert len(pictures) > 15
    names = [i.name.en for i in built.card.catalog.indicators.values()]
    problems = []
    for picture in pictures:
        alt = picture["alt"]
        if not 40 <= len(alt) <= 300:
            problems.append(f"{len(alt)} characters: {alt}")
        if built.card.city.name not in alt:
            problems.append(f"no place: {alt}")
        if not any(name in alt for name in names):
            problems.append(f"no indicator: {alt}")
        if not re.search(r"\b(?:19|20)\d\d\b", alt):
            problems.append(f"no year: {alt}")
        if PLACEHOLDERS.search(alt):
            problems.append(f"placeholder: {alt}")
        if not re.search(r"\d+%|\d\.\d|too weak", alt):
            problems.append(f"no figure: {alt}")
    assert problems == []


def test_no_alternative_text_stands_twice(built):
    texts = Counter(picture["alt"] for picture in built.soup.find_all("img"))
    files = Counter(picture["data-figure"] for picture in built.soup.find_all("img"))
    assert [text for text, times in (texts + files).items() if times > 1] == []


def test_every_figure_is_its_row_rounded_half_up(built):
    table = site_table(built.card.rules).frame
    assert len(built.soup.find_all("data")) > 500
    assert figure_problems(built.html, table, built.card.catalog) == []


def test_every_percent_is_a_figure_or_worked_out_from_figures(built):
    # The rules of the card and the publishers' limits speak of percents that are no figures.
    assert [t for t in loose_numbers(built.html) if "95 percent" not in t] == []


def test_every_chart_has_a_caption_and_is_real_text(built):
    for picture in built.soup.find_all("img"):
        svg = svg_of(picture)
        assert svg_problems(svg) == [], picture["data-figure"]
        assert words(picture.find_parent("figure").figcaption)


def test_no_hidden_figure_is_on_the_page_or_in_a_chart(built):
    findings = built.card.findings.values()
    shown = {
        (
            e["data-indicator"],
            e["data-place"],
            e["data-period"],
            e["data-dimension"],
            e["data-group"],
        )
        for e in built.soup.find_all("data")
    }
    hidden = [
        o
        for f in findings
        for o in (*f.series, *f.state_series, *(g.observation for s in f.gap_sets for g in s.gaps))
        if not o.shown
    ]
    assert hidden
    assert [
        o.key
        for o in hidden
        if (o.indicator, o.place, o.period.label, o.dimension, o.group) in shown
    ] == []


def test_no_words_are_cut_in_the_charts(built):
    assert len(built.charts) > 15
    for figure in built.charts:
        (axes,) = figure.axes
        assert cut_texts(axes) == [], [text.get_text() for text in axes.texts]


def test_hidden_groups_are_not_in_the_group_charts(built):
    for found in built.card.findings.values():
        picture = built.soup.find("img", attrs={"data-figure": f"{built.slug}-{found.id}-groups"})
        if picture is None:
            continue
        hidden = {g.group.name.en for s in found.gap_sets for g in s.hidden}
        shown = {g.group.name.en for s in found.gap_sets for g in s.shown}
        assert not (hidden - shown) & set(svg_words(svg_of(picture)))


def test_nothing_half_made_is_on_the_page(built):
    text = built.soup.get_text(" ")
    assert re.findall(r"\bnan\b|\bNone\b|<NA>|\{\w+\}|\bTODO\b", text) == []


def test_every_table_has_a_caption_and_full_headings(built):
    for table in built.soup.find_all("table"):
        assert words(table.caption)
        assert all(words(th) and th.get("scope") in ("col", "row") for th in table.find_all("th"))
        assert all(words(td) for td in table.find_all("td"))


def test_one_indicator_can_be_shown_alone(built):
    block = built.card.indicator("graduation_4yr")
    assert block.html in built.html


def test_an_unknown_indicator_names_near_ones(built):
    with pytest.raises(InputError, match="graduation_4yr"):
        built.card.indicator("graduation_4y")


def test_an_edition_knows_its_year():
    assert Edition("2026", "2026-11-21").year == 2026
