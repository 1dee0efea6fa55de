"""The change since the baseline in a few words."""

import pytest

from c2c_lib.figures.change import change_sentence, change_words
from support.synthetic import EN, finding, row, words


def pair(before, after, indicator: str = "reading_well"):
    return [row("2018-19", before, indicator=indicator), row("2023-24", after, indicator=indicator)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (pair((200, 1000), (312, 1004)), "Better: 11 points more than in 2018-19"),
        (pair((312, 1004), (200, 1000)), "Worse: 11 points less than in 2018-19"),
        (
            pair((100, 1000), (180, 1000), "missing_school"),
            "Worse: 8 points more than in 2018-19",
        ),
        (
            pair((180, 1000), (100, 1000), "missing_school"),
            "Better: 8 points less than in 2018-19",
        ),
        (pair((30, 100), (33, 100)), "About the same as in 2018-19"),
        (pair(10_000.0, 11_500.0, "pupils"), "1,500 more than in 2018-19"),
        (pair(11_500.0, 10_000.0, "pupils"), "1,500 less than in 2018-19"),
        ([row("2023-24", (312, 1004))], "First figure"),
        (
            [
                row("2018-19", 0.3, indicator="reading_anew"),
                row("2020-21", 0.5, indicator="reading_anew"),
            ],
            "Not comparable",
        ),
    ],
)
def test_the_change_in_a_few_words(rows, expected):
    assert words(change_words(finding(*rows), EN)) == expected


def test_a_difference_says_that_it_is_worked_out():
    assert 'data-derived="difference"' in change_words(finding(*pair((200, 1000), (312, 1004))), EN)


def test_without_a_latest_figure_there_is_no_sentence():
    assert change_sentence(finding(row("2023-24", "suppressed_by_source")), EN) == ""


def test_a_difference_agrees_with_the_printed_figures_or_has_a_tenth():
    # 50.4 % and 41.5 % are printed as 50 and 42: nobody is to read 9 and work out 8.
    found = finding(*pair((4_150, 10_000), (5_040, 10_000)))
    assert "That is 8.9 points more than in 2018-19 (42%)" in words(change_sentence(found, EN))
    found = finding(*pair((4_150, 10_000), (5_090, 10_000)))
    assert "That is 9 points more than in 2018-19 (42%)" in words(change_sentence(found, EN))
