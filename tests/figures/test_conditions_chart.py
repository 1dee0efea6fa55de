"""Shares of a place beside the state's: what is drawn where, and what is said of it."""

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures import conditions_chart as module
from c2c_lib.figures.conditions_chart import conditions_chart, conditions_figure
from support.drawings import axes_of, cut_texts, svg_problems, svg_words
from support.synthetic import EN, finding, row

READING = finding(row("2023-24", (312, 1004)), row("2023-24", (470, 1000), place="connecticut"))
WORK = finding(row("2023", 0.75, indicator="at_work", moe90=0.0234))


def test_place_and_state_stand_at_their_shares_and_a_survey_has_its_range():
    axes = axes_of(module, lambda: conditions_chart([READING, WORK], "Norwalk", EN))
    (dots,) = [c for c in axes.collections if len(c.get_offsets()) == 3]
    assert sorted(dots.get_offsets()[:, 0]) == pytest.approx([312 / 1004, 0.47, 0.75])
    (line,) = [c.get_segments()[0] for c in axes.collections if c is not dots]
    # 0.0234 is 1.645 standard errors; the range of 95 in 100 is 1.96 of them.
    assert line[:, 0] == pytest.approx(
        [0.75 - 0.0234 * 1.96 / 1.645, 0.75 + 0.0234 * 1.96 / 1.645], abs=1e-4
    )
    assert axes.get_xlim()[0] <= 0 < 0.75 < axes.get_xlim()[1]


def test_figures_stand_under_the_names_of_place_and_state():
    words = svg_words(conditions_chart([READING, WORK], "Norwalk", EN))
    figures = words[words.index("Norwalk") :]
    assert figures == ["Norwalk", "31%", "75%", "Connecticut", "47%", "–"]


def test_the_drawing_is_real_text_the_same_twice_and_not_cut():
    def drawn() -> str:
        return conditions_chart([READING, WORK], "Norwalk", EN)

    assert svg_problems(drawn()) == []
    assert drawn() == drawn()
    assert cut_texts(axes_of(module, drawn)) == []


@pytest.mark.parametrize(
    "found",
    [
        finding(row("2018-19", 2391, indicator="scale_score")),
        finding(row("2023-24", "suppressed_by_source")),
    ],
)
def test_what_is_no_share_or_has_no_figure_is_refused(found):
    with pytest.raises(ValueError, match="choose shares that have a headline"):
        conditions_chart([READING, found], "Norwalk", EN)


def test_the_words_name_the_figures_furthest_apart():
    html = conditions_figure("Reading", [READING, WORK], "norwalk", "norwalk-r", "r", EN)
    soup = BeautifulSoup(html, "html.parser")
    assert soup.img["alt"] == (
        "Dot chart of shares, Norwalk and Connecticut: Reading, 2023 to 2023-24. Furthest apart: "
        "Reading well, 31% in Norwalk and 47% in Connecticut."
    )
    assert "if all had been asked" in soup.figcaption.get_text()


def test_figures_that_print_the_same_are_not_called_apart():
    alike = finding(row("2023-24", (312, 1004)), row("2023-24", (311, 1000), place="connecticut"))
    html = conditions_figure("Reading and writing", [alike], "norwalk", "norwalk-r", "r", EN)
    soup = BeautifulSoup(html, "html.parser")
    assert soup.img["alt"].endswith("Reading and writing, 2023-24. Reading well: 31% in Norwalk.")
    assert "asked" not in soup.figcaption.get_text()
