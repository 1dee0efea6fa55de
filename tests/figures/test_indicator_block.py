"""A block: every part in its place, all numbers from the table, and nothing that is hidden."""

import base64
from functools import cache

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.figures.indicator_block import indicator_block
from c2c_lib.findings import make_finding
from c2c_lib.params import Target
from support.drawings import svg_words
from support.examples import at_most
from support.figures_in_html import figure_problems, loose_numbers, printed
from support.synthetic import (
    EN,
    INDICATORS,
    catalog,
    city,
    figures,
    finding,
    numbers,
    row,
    table,
    words,
)

READING = INDICATORS[0]
ROWS = [
    row("2018-19", (200, 1000)),
    row("2022-23", (295, 985)),
    row("2023-24", (312, 1004)),
    row("2022-23", (46_500, 100_000), place="connecticut"),
    row("2023-24", (47_000, 100_000), place="connecticut"),
    row("2023-24", (66, 400), group="race_ethnicity/hispanic"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/asian"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/two_or_more"),
    row("2023-24", (200, 450), group="race_ethnicity/white", note="A note about this group."),
    row("2023-24", (160, 490), group="gender/female"),
    row("2023-24", (152, 514), group="gender/male"),
]


def block(*rows, target=None) -> str:
    return indicator_block(finding(*rows, target=target), EN, catalog())


def soup(*rows, **more) -> BeautifulSoup:
    return BeautifulSoup(block(*rows, **more), "html.parser")


def test_the_parts_stand_in_their_order():
    found = [
        (element.name, " ".join(element.get("class", [])))
        for element in soup(*ROWS).section.find_all(recursive=False)
    ]
    assert found == [
        ("h3", ""),
        ("p", "answer"),
        ("p", "quality quality-strong"),
        ("div", "views"),
        ("p", "source"),
    ]
    inside = [
        [(e.name, " ".join(e.get("class", []))) for e in part.find_all(recursive=False)]
        for part in soup(*ROWS).find(class_="views").find_all(recursive=False)
    ]
    assert inside == [
        [("figure", "chart"), ("details", "")],
        [("figure", "chart"), ("details", "")],
        [("div", "in-children"), ("p", "hidden-groups"), ("p", "notes")],
    ]


def test_without_a_second_chart_nothing_stands_beside_it():
    assert soup(row("2018-19", 0.2), row("2023-24", 0.3)).find(class_="views") is None
    lone = soup(row("2023-24", (312, 1004)), row("2023-24", (90, 500), group="gender/male"))
    assert lone.find(class_="views") is None


def test_question_answer_quality_and_source():
    read = soup(*ROWS)
    assert read.section["id"] == "reading_well"
    assert read.h3.get_text() == "How is reading well?"
    assert words(read.find(class_="quality")) == (
        "Strong. The range of likely values is narrow enough."
    )
    assert words(read.find(class_="source")) == (
        "Source: School report (retrieved January 2, 2026). It has limits. Small numbers are "
        "hidden. What this figure means: codebook · These rows (CSV)"
    )
    assert read.find(class_="source").a["href"] == "https://example.org/school_report"


def test_hidden_groups_and_notes_are_named_with_the_reason():
    read = soup(*ROWS)
    assert words(read.find(class_="hidden-groups")) == (
        "Not shown (the publisher hides it to protect children): Asian and Two or more races."
    )
    assert words(read.find(class_="notes")) == "White: A note about this group."


def test_a_proxy_says_what_it_stands_for():
    reading = READING.model_copy(
        update={"proxy_for": READING.name.model_copy(update={"en": "loving books"})}
    )
    found = make_finding(reading, city(), figures(ROWS))
    text = words(
        BeautifulSoup(indicator_block(found, EN, catalog()), "html.parser").find(class_="proxy")
    )
    assert text == "This is the nearest public figure for loving books."


def test_one_period_has_a_table_and_no_line():
    read = soup(row("2023-24", (312, 1004)))
    assert read.find("img") is None
    assert read.find("table", id="reading_well-years") is not None
    assert words(read.find(class_="no-groups")) == "No figures by group can be shown for this."


def test_a_finding_without_any_figure_still_says_so():
    read = soup(row("2023-24", "suppressed_by_source"))
    assert "There is no figure for Norwalk public schools" in words(read.find(class_="answer"))
    assert read.find("table") is None
    assert words(read.find(class_="source")).startswith("Source: School report")


def test_groups_that_must_not_be_compared_carry_the_reason_and_no_gap():
    rows = [
        row("2023-24", (312, 1004), indicator="reading_anew"),
        row("2023-24", (90, 500), indicator="reading_anew", group="economic_status/free_meals"),
    ]
    read = soup(*rows)
    assert words(read.find(class_="caution")) == (
        "Do not compare the groups of “Family income (school meals)”. All meals are free here."
    )
    assert "Not compared" in words(read.find(id="reading_anew-groups"))
    assert read.find(attrs={"data-derived": "gap"}) is None
    assert "18%" not in read.find("img")["alt"]


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        [row("2018-19", 0.2), row("2023-24", 0.315), row("2023-24", 0.285, group="gender/male")],
        [
            row("2014-2018", (700, 1000), indicator="at_work", moe90=0.0333),
            row("2019-2023", (755, 1000), indicator="at_work", moe90=0.0145),
        ],
        [
            row("2005-2009", (109, 10_000), indicator="babies_lost"),
            row("2010-2014", (57, 10_000), indicator="babies_lost"),
            row("2010-2014", (30, 3_000), indicator="babies_lost", group="race_ethnicity/black"),
        ],
        [
            row("2018-19", 45.5, indicator="test_score"),
            row("2023-24", 46.75, indicator="test_score"),
        ],
    ],
    ids=["counts", "shares", "survey", "rates", "index"],
)
def test_every_figure_is_its_row_rounded_half_up(rows):
    html = block(*rows)
    assert BeautifulSoup(html, "html.parser").find("data") is not None
    assert figure_problems(html, table(rows), catalog()) == []
    assert loose_numbers(html) == []


def test_the_words_of_a_chart_hold_no_number_that_its_table_lacks():
    read = soup(*ROWS)
    for picture in read.find_all("img"):
        table_figures = read.find(id=picture["aria-describedby"]).find_all("data")
        whole = {f"{printed(d['value'], 0, scale=100)}%" for d in table_figures}
        said = [number for number in numbers(picture["alt"]) if number.endswith("%")]
        assert len(said) >= 2
        assert set(said) <= whole


def test_answer_alt_text_and_table_give_the_same_newest_figure():
    read = soup(*ROWS)
    answer = read.find(class_="answer").find("data", attrs={"data-field": "estimate"})
    assert answer.get_text() == "31%"
    assert "31% in 2023-24" in read.img["alt"]
    in_table = read.find(id="reading_well-years").tbody.tr.find("data")
    assert in_table["value"] == answer["value"]
    assert in_table.get_text() == "31.1%"


def test_each_chart_is_described_by_a_table_that_is_there():
    read = soup(*ROWS)
    assert [read.find("table", id=p["aria-describedby"]) is not None for p in read("img")] == [
        True,
        True,
    ]


def test_a_target_is_explained_under_the_chart():
    target = Target(indicator="reading_well", value=0.6, by="2030", source="A plan")
    assert "The dashed line is the partnership’s own target for 2030." in words(
        soup(*ROWS, target=target).figcaption
    )
    assert "dashed" not in words(soup(*ROWS).figcaption)


FEW = at_most(20, in_short=5)
"""Each example draws a block with its charts."""
COUNTS = st.tuples(st.integers(0, 19), st.integers(0, 19)).map(lambda pair: tuple(sorted(pair)))


def small_world(asian, islander) -> list[dict]:
    """Two groups of fewer than 20 children each among 1,004."""
    return [
        row("2018-19", (200, 1000)),
        row("2023-24", (312, 1004)),
        row("2023-24", (120, 400), group="race_ethnicity/hispanic"),
        row("2023-24", (180, 550), group="race_ethnicity/white"),
        row("2023-24", (asian[0], max(asian[1], 1)), group="race_ethnicity/asian"),
        row("2023-24", (islander[0], max(islander[1], 1)), group="race_ethnicity/pacific_islander"),
    ]


@cache
def some_block() -> str:
    return block(*small_world((1, 7), (3, 11)))


@settings(max_examples=FEW)
@given(COUNTS, COUNTS)
def test_what_is_hidden_leaves_no_trace_at_all(asian, islander):
    """Whatever the hidden numbers are, not one character of the page depends on them."""
    html = block(*small_world(asian, islander))
    assert html == some_block()
    read = BeautifulSoup(html, "html.parser")
    shown = {element["data-group"] for element in read.find_all("data")}
    assert not shown & {"asian", "pacific_islander"}


@settings(max_examples=FEW)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=3, max_size=5),
    st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_no_hidden_figure_is_shown_in_random_small_tables(cells, by_publisher):
    groups = ["american_indian", "asian", "black", "hispanic", "white"]
    counts = [(min(x, n), n) for x, n in cells]
    rows = [row("2023-24", (sum(x for x, _ in counts) + 9, sum(n for _, n in counts) + 30))]
    for group, count, hides in zip(groups, counts, by_publisher, strict=False):
        cell = "suppressed_by_source" if hides else count
        rows.append(row("2023-24", cell, group=f"race_ethnicity/{group}"))
    world = figures(rows)
    found = make_finding(READING, city(), world)
    html = indicator_block(found, EN, catalog())
    read = BeautifulSoup(html, "html.parser")
    hidden = [o for o in world.rows(READING, "norwalk") if not o.shown]
    for observation in hidden:
        assert not read.find_all("data", attrs={"data-group": observation.group})
        name = catalog().group("race_ethnicity", observation.group).name.en
        for picture in read.find_all("img"):
            assert name not in picture["alt"]
            svg = base64.b64decode(picture["src"].split(",")[1]).decode()
            assert name not in svg_words(svg)
        for line in read.find_all("tr"):
            if line.th.get_text() == name:
                assert not any(c.isdigit() for c in words(line).replace("2023-24", ""))
