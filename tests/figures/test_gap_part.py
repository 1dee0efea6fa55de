"""Groups on a page: the words, the order, the gaps, and what is left out."""

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.gap_part import gap_alt, gap_caption, gap_part, gap_table
from support.synthetic import EN, catalog, finding, row, words

ROWS = [
    row("2023-24", (500, 1000)),
    row("2023-24", (120, 400), group="race_ethnicity/hispanic"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/asian"),
    row("2023-24", "suppressed_by_source", group="race_ethnicity/pacific_islander"),
    row("2023-24", (300, 450), group="race_ethnicity/white"),
    row("2023-24", (250, 500), group="gender/female"),
]


def test_the_words_give_all_and_how_far_groups_lie_apart():
    found = finding(*ROWS)
    assert gap_alt(found, found.gap_sets, EN) == (
        "Dot chart of Reading well by group, Norwalk public schools, 2023-24: all 50%; from "
        "Hispanic 30% to White 67%."
    )


def test_a_group_that_is_too_weak_is_not_in_the_words():
    found = finding(*ROWS, row("2023-24", (6, 25), group="race_ethnicity/american_indian"))
    assert "American Indian" not in gap_alt(found, found.gap_sets, EN)
    assert "24.0%" in words(gap_table(found, found.gap_sets, EN, catalog()))


def test_a_figure_of_all_that_is_too_weak_is_not_in_the_words_either():
    found = finding(
        row("2023", 0.3, indicator="at_work", moe90=0.25),
        row("2023", 0.2, indicator="at_work", moe90=0.25, group="gender/female"),
    )
    assert gap_alt(found, found.gap_sets, EN) == (
        "Dot chart of At work by group, the city of Norwalk, 2023: the figures are too weak to "
        "act on."
    )


def test_groups_that_must_not_be_compared_are_not_compared_in_words():
    found = finding(
        row("2023-24", (500, 1000), indicator="reading_anew"),
        row("2023-24", (90, 500), indicator="reading_anew", group="economic_status/free_meals"),
    )
    assert gap_alt(found, found.gap_sets, EN) == (
        "Dot chart of Reading anew by group, Norwalk public schools, 2023-24: all 50%."
    )


def test_one_group_stands_alone():
    found = finding(ROWS[0], ROWS[-1])
    assert gap_alt(found, found.gap_sets, EN).endswith(": all 50%; Female 50%.")


def cells(*rows) -> list[list[str]]:
    found = finding(*rows)
    soup = BeautifulSoup(gap_table(found, found.gap_sets, EN, catalog()), "html.parser")
    return [[c.get_text() for c in line.find_all(["th", "td"])] for line in soup.find_all("tr")]


def test_the_table_has_every_group_shown_or_not():
    why = "Not shown (the publisher hides it to protect children)"
    assert cells(*ROWS) == [
        ["Group", "Period", "Figure, %", "Counted", "Gap to all", "Ratio to all"],
        ["All, by Race and ethnicity", "2023-24", "50.0%", "500 of 1,000", *["Reference"] * 2],
        ["Asian", "2023-24", why, "No count", "Not compared", "Not compared"],
        ["Hispanic", "2023-24", "30.0%", "120 of 400", "−20.0 points", "0.60"],
        ["Pacific Islander", "2023-24", why, "No count", "Not compared", "Not compared"],
        ["White", "2023-24", "66.7%", "300 of 450", "+16.7 points", "1.33"],
        ["All, by Gender", "2023-24", "50.0%", "500 of 1,000", *["Reference"] * 2],
        ["Female", "2023-24", "50.0%", "250 of 500", "0.0 points not clear", "1.00"],
    ]


def test_the_table_says_how_sure_a_surveys_figures_are_and_which_gaps_chance_could_make():
    # 0.0823 is 1.645 standard errors; the range of 95 in 100 is 1.96 of them, so 0.098.
    everyone, group = cells(
        row("2019-2023", (750, 1000), indicator="at_work", moe90=0.0165),
        row(
            "2019-2023",
            (80, 100),
            indicator="at_work",
            moe90=0.0823,
            group="race_ethnicity/asian",
        ),
    )[1:]
    assert everyone[2] == "75.0% likely 73.0% to 77.0%"
    assert group[2] == "80.0% likely 70.2% to 89.8%"
    assert group[4] == "+5.0 points not clear"


def test_gaps_of_rates_are_not_in_points():
    table = cells(
        row("2023", (80, 10_000), indicator="babies_lost"),
        row("2023", (40, 2_000), indicator="babies_lost", group="race_ethnicity/black"),
    )
    assert table[2] == ["Black", "2023", "20.0", "40 of 2,000", "+12.0 in 1,000", "2.50"]


@pytest.mark.parametrize(
    ("rows", "open_dot", "line"),
    [
        (ROWS[:1] + ROWS[1:5], False, True),
        (ROWS, True, True),
        ([row("2023-24", 0.5), row("2023-24", 0.6, group="gender/male")], False, False),
    ],
)
def test_the_caption_names_what_is_drawn_and_nothing_else(rows, open_dot, line):
    found = finding(*rows)
    caption = words(gap_caption(found, found.gap_sets, EN))
    assert caption.startswith(
        "By group, compared with all third graders in Norwalk public schools (the diamond)."
    )
    assert ("An open dot" in caption) is open_dot
    assert ("The line through a mark" in caption) is line


@pytest.mark.parametrize(
    ("cells", "said", "unsaid"),
    [
        ([(500, 1000), (150, 400)], "n says how many were counted.", "≈"),
        ([(500, 1000), 0.4], "n says how many were counted.", "≈"),
        ([0.5, 0.4], "", "n says"),
    ],
)
def test_the_caption_says_what_the_number_at_the_end_of_a_row_is(cells, said, unsaid):
    groups = ["all/all", "race_ethnicity/hispanic"]
    rows = [row("2023-24", cell, group=group) for cell, group in zip(cells, groups, strict=True)]
    found = finding(*rows)
    caption = words(gap_caption(found, found.gap_sets, EN))
    assert said in caption
    assert unsaid not in caption


def test_the_number_of_a_survey_is_no_count_of_those_who_were_asked():
    rows = [
        row("2019-2023", (n, 1000), indicator="at_work", moe90=0.05, group=group)
        for n, group in ((300, "all/all"), (150, "race_ethnicity/hispanic"))
    ]
    found = finding(*rows)
    caption = words(gap_caption(found, found.gap_sets, EN))
    assert "≈ says about how many there are, not how many were asked." in caption


def test_without_groups_there_is_one_sentence():
    assert words(gap_part(finding(ROWS[0]), EN, catalog())) == (
        "No figures by group can be shown for this."
    )


def test_two_lenses_that_disagree_are_told_with_both_numbers():
    found = finding(
        row("2021-22", (200, 1000), indicator="missing_school"),
        row("2021-22", (200, 500), indicator="missing_school", group="race_ethnicity/black"),
        row("2023-24", (50, 1000), indicator="missing_school"),
        row("2023-24", (75, 500), indicator="missing_school", group="race_ethnicity/black"),
    )
    assert (
        "Two ways to measure this gap disagree. Black: since 2021-22 the gap to all got smaller by "
        "subtraction, from 20.0 points to 10.0 points, and larger as a ratio, from 2.00 to 3.00. "
        "Both are true: say which one you mean."
    ) in words(gap_part(found, EN, catalog()))
