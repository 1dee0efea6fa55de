"""The widest gaps side by side: which are chosen, in which order, and what is said of them."""

from types import MappingProxyType

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures import gaps_overview as module
from c2c_lib.figures.gaps_overview import widest_gaps, widest_gaps_section
from support.drawings import axes_of, cut_texts, svg_problems, svg_words
from support.figures_in_html import figure_problems, loose_numbers
from support.synthetic import EN, catalog, table, words
from support.world import made_up_city, made_up_findings, rows


def section() -> str:
    return widest_gaps_section(made_up_city(), made_up_findings(), EN)


def test_the_widest_gap_of_each_dimension_widest_first():
    # 33.33 against 18 percent; 16.5 against 31.08 percent.
    found = widest_gaps(made_up_city(), made_up_findings())
    assert [(f.id, g.group.id) for f, _, g in found] == [
        ("missing_school", "with_disabilities"),
        ("reading_well", "hispanic"),
    ]
    assert [round(abs(g.difference) * 100, 1) for _, _, g in found] == [15.3, 14.6]


def test_a_group_that_fares_better_is_no_gap_of_someone_left_out():
    chosen = {g.group.id for _, _, g in widest_gaps(made_up_city(), made_up_findings())}
    assert "white" not in chosen


def test_chart_words_and_table_agree():
    soup = BeautifulSoup(section(), "html.parser")
    assert soup.img["alt"] == (
        "Dot chart of the widest gaps in Norwalk, each group against all. The widest: Missing "
        "school (public schools), 2019-20: With disabilities 33%, all 18%."
    )
    assert soup.img["aria-describedby"] == soup.table["id"] == "widest-gaps"
    lines = [
        [cell.get_text() for cell in line.find_all(["th", "td"])] for line in soup.find_all("tr")
    ]
    assert lines == [
        ["Indicator", "Group", "Period", "Group, %", "All, %", "Gap", "Ratio"],
        [
            "Missing school (public schools)",
            "With disabilities",
            "2019-20",
            "33.3%",
            "18.0%",
            "15 points",
            "1.85",
        ],
        [
            "Reading well (public schools)",
            "Hispanic",
            "2023-24",
            "16.5%",
            "31.1%",
            "15 points",
            "0.53",
        ],
    ]
    assert [a["href"] for a in soup.find_all("a")] == ["#missing_school", "#reading_well"]


def test_every_figure_is_its_row():
    assert figure_problems(section(), table(rows()), catalog()) == []
    assert loose_numbers(section()) == []


def test_without_gaps_a_sentence_says_so():
    assert words(widest_gaps_section(made_up_city(), MappingProxyType({}), EN)) == (
        "No gap between groups is larger than chance alone could make."
    )


@pytest.fixture
def axes():
    found = widest_gaps(made_up_city(), made_up_findings())
    return axes_of(module, lambda: module._chart(found, EN))


def test_dots_and_diamonds_stand_at_their_figures_on_an_axis_from_zero(axes):
    assert axes.get_xlim()[0] == 0
    at = {(line.get_marker(), line.get_ydata()[0]): line.get_xdata()[0] for line in axes.lines}
    assert at == pytest.approx(
        {("D", 1): 0.18, ("o", 1): 1 / 3, ("D", 0): 312 / 1004, ("o", 0): 0.165}
    )


def test_nothing_is_cut_at_the_edge(axes):
    assert cut_texts(axes) == []


def test_the_drawing_is_real_text_and_the_same_twice():
    found = widest_gaps(made_up_city(), made_up_findings())
    svg = module._chart(found, EN)
    assert svg_problems(svg) == []
    assert "Missing school: With disabilities" in svg_words(svg)
    assert svg == module._chart(found, EN)
