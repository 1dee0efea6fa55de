"""Every form of every sentence, against text written by hand."""

from dataclasses import replace

import pytest

from c2c_lib.catalog import Localized
from c2c_lib.figures.sentences import answer, gap_sentence, group_words, no_figure
from support.synthetic import EN, finding, row, words


def said(*rows) -> str:
    return words(answer(finding(*rows), EN))


def test_a_share_with_counts_that_improved():
    assert said(
        row("2018-19", (200, 1000)),
        row("2023-24", (312, 1004)),
        row("2023-24", (47_000, 100_000), place="connecticut"),
    ) == (
        "In 2023-24, 312 of 1,004 third graders in Norwalk public schools (31%) met the reading "
        "standard. That is 11 points more than in 2018-19 (20%), which is better. "
        "Connecticut: 47%."
    )


def test_a_share_with_counts_that_slipped():
    assert said(row("2018-19", (312, 1004)), row("2023-24", (200, 1000))) == (
        "In 2023-24, 200 of 1,000 third graders in Norwalk public schools (20%) met the reading "
        "standard. That is 11 points less than in 2018-19 (31%), which is worse."
    )


def test_more_is_worse_where_lower_is_better():
    rows = [
        row("2018-19", (100, 1000), indicator="missing_school"),
        row("2023-24", (180, 1000), indicator="missing_school"),
    ]
    assert "That is 8 points more than in 2018-19 (10%), which is worse." in said(*rows)


def test_less_is_better_where_lower_is_better():
    rows = [
        row("2018-19", (180, 1000), indicator="missing_school"),
        row("2023-24", (100, 1000), indicator="missing_school"),
    ]
    assert "That is 8 points less than in 2018-19 (18%), which is better." in said(*rows)


def test_a_change_within_chance_is_about_the_same():
    # 30 of 100 and 33 of 100: the 95 % interval of 3 points runs from about -10 to +16.
    assert (
        "That is about the same as in 2018-19 (30%); the difference is smaller than chance alone "
        "could make."
    ) in said(row("2018-19", (30, 100)), row("2023-24", (33, 100)))


def test_a_sure_but_tiny_change_is_not_blamed_on_chance():
    # 0.6 points among 400,000 are beyond chance (standard error 0.1 point), and do not matter.
    text = said(row("2018-19", (120_000, 400_000)), row("2023-24", (122_400, 400_000)))
    assert "about the same as in 2018-19 (30%); the difference is less than 1 point." in text
    assert "chance" not in text


def test_without_counts_the_share_is_said_in_tenths_and_chance_is_not_ruled_out():
    assert said(row("2018-19", 0.22), row("2023-24", 0.31)) == (
        "In 2023-24, about 3 in 10 third graders in Norwalk public schools (31%) met the reading "
        "standard. That is 9 points more than in 2018-19 (22%), which is better. Without counts, "
        "chance cannot be ruled out."
    )


def test_without_counts_a_small_change_is_about_the_same():
    assert "That is about the same as in 2018-19 (31%)." in said(
        row("2018-19", 0.308), row("2023-24", 0.314)
    )


def test_a_survey_says_about_and_gives_its_range():
    # 90 % margin of 2 points: 95 % limits are 1.96 / 1.645 times as far, 2.4 points.
    assert said(
        row("2019-2023", (7_500, 10_000), indicator="at_work", moe90=0.02),
        row("2014-2018", (7_000, 10_000), indicator="at_work", moe90=0.02),
    ) == (
        "In 2019-2023, about 7,500 of 10,000 residents in the city of Norwalk (75%) were working. "
        "If all had been asked, the figure would likely be between 73% and 77%. That is 5 points "
        "more than in 2014-2018 (70%), which is better."
    )


def test_a_survey_without_counts_says_tenths():
    assert said(row("2023", 0.71, indicator="at_work", moe90=0.02)).startswith(
        "In 2023, about 7 in 10 residents in the city of Norwalk (71%) were working."
    )


def test_the_range_stops_at_nothing_and_at_all():
    text = said(row("2023", 0.985, indicator="at_work", moe90=0.02))
    assert "between 96% and 100%." in text


def test_a_rate_per_thousand_keeps_its_decimal_and_its_unit():
    assert said(
        row("2005-2009", (109, 10_000), indicator="babies_lost"),
        row("2010-2014", (57, 10_000), indicator="babies_lost"),
        row("2010-2014", (51, 10_000), indicator="babies_lost", place="connecticut"),
    ) == (
        "In 2010-2014, 5.7 of every 1,000 babies in the city of Norwalk died in their first year. "
        "That is 5.2 in 1,000 less than in 2005-2009 (10.9), which is better. Connecticut: "
        "5.1 in 1,000."
    )


def test_an_index_is_in_points_of_one_hundred():
    assert said(
        row("2018-19", 45.5, indicator="test_score"), row("2023-24", 46.7, indicator="test_score")
    ) == (
        "In 2023-24, students in Norwalk public schools scored 46.7 of 100 points on the index. "
        "That is 1.2 points more than in 2018-19 (45.5), which is better. Without counts, chance "
        "cannot be ruled out."
    )


def test_a_score_is_in_points_of_its_own_scale():
    assert said(
        row("2018-19", 2361, indicator="scale_score"),
        row("2023-24", 2347, indicator="scale_score"),
        row("2023-24", 2400, indicator="scale_score", place="connecticut"),
    ) == (
        "In 2023-24, third graders in Norwalk public schools scored 2,347 points on average. "
        "That is about the same as in 2018-19 (2,361). Connecticut: 2,400 points."
    )


def test_a_count_is_a_number_of_people_and_has_no_better():
    text = said(
        row("2018-19", 10_000, indicator="pupils"), row("2023-24", 11_500, indicator="pupils")
    )
    assert text == (
        "In 2023-24, 11,500 students in Norwalk public schools were enrolled. That is 1,500 more "
        "than in 2018-19 (10,000)."
    )


def test_the_first_figure_says_that_there_is_no_earlier_one():
    assert said(row("2023-24", (300, 1000))).endswith(
        "There is no earlier figure to compare it with."
    )


def test_across_a_break_nothing_is_compared_and_the_reason_is_given():
    text = said(
        row("2018-19", (300, 1000), indicator="reading_anew"),
        row("2020-21", (500, 1000), indicator="reading_anew"),
    )
    assert text.endswith("It cannot be compared with earlier years. A new test began in 2021.")
    assert "30%" not in text
    assert "20 points" not in text


def test_a_year_cut_short_does_not_speak_for_the_city():
    text = said(
        row("2018-19", (300, 1000), indicator="reading_anew"),
        row("2019-20", (900, 1000), indicator="reading_anew"),
    )
    assert text.startswith("In 2018-19, 300 of 1,000")
    assert "90%" not in text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [row("2023-24", (9, 25))],
            (
                "Too few people stand behind the figure for Norwalk public schools to act on it. "
                "It is in the report card’s table."
            ),
        ),
        (
            [row("2023", 0.3, indicator="at_work", moe90=0.25)],
            (
                "The survey reached too few people in the city of Norwalk to say. The report "
                "card’s table has the figure and its margin of error."
            ),
        ),
        (
            [row("2023", 0.3, indicator="at_work", moe90=0.25) | {"status": "too_weak"}],
            "The survey reached too few people in the city of Norwalk to say.",
        ),
        (
            [row("2023-24", "suppressed_by_source")],
            "There is no figure for Norwalk public schools that may be shown.",
        ),
        (
            [row("2023-24", (3, 100))],
            "There is no figure for Norwalk public schools that may be shown.",
        ),
    ],
    ids=["too few children", "wide survey", "marked too weak", "publisher hides", "we hide"],
)
def test_what_is_weak_or_hidden_is_not_in_the_sentence(rows, expected):
    assert said(*rows) == expected


def test_no_figure_says_so_without_any_row_of_the_city():
    found = finding(row("2023-24", (300, 1000), place="connecticut"))
    assert words(no_figure(found, EN)) == (
        "There is no figure for Norwalk public schools that may be shown."
    )


def gap_of(group: str, *rows):
    found = finding(*rows)
    ((gaps, gap),) = [
        (gaps, gap)
        for gaps in found.gap_sets
        for gap in gaps.gaps
        if gap.observation.group == group
    ]
    return found, gaps, gap


def test_a_gap_gives_the_count_of_the_group_the_reference_and_points():
    found, gaps, gap = gap_of(
        "hispanic",
        row("2023-24", (500, 1000)),
        row("2023-24", (120, 400), group="race_ethnicity/hispanic"),
        row("2023-24", (380, 600), group="race_ethnicity/white"),
    )
    assert words(gap_sentence(found, gaps, gap, EN)) == (
        "In 2023-24, 120 of 400 Hispanic students in Norwalk public schools (30%) met the reading "
        "standard. For all groups it was 50%: a gap of 20 points."
    )


def test_a_gap_without_counts_is_said_in_tenths():
    found, gaps, gap = gap_of(
        "female", row("2023-24", 0.5), row("2023-24", 0.6, group="gender/female")
    )
    assert words(gap_sentence(found, gaps, gap, EN)) == (
        "In 2023-24, about 6 in 10 girls in Norwalk public schools (60%) met the reading "
        "standard. For all groups it was 50%: a gap of 10 points."
    )


def test_a_gap_of_rates_keeps_the_unit():
    found, gaps, gap = gap_of(
        "black",
        row("2023", (80, 10_000), indicator="babies_lost"),
        row("2023", (40, 2_000), indicator="babies_lost", group="race_ethnicity/black"),
    )
    assert words(gap_sentence(found, gaps, gap, EN)) == (
        "In 2023, the figure for babies (group: Black) in the city of Norwalk was 20.0 in 1,000. "
        "For all groups it was 8.0 in 1,000: a gap of 12.0 in 1,000."
    )


def test_a_hidden_group_has_no_gap_sentence():
    found, gaps, gap = gap_of(
        "asian",
        row("2023-24", (500, 1000)),
        row("2023-24", "suppressed_by_source", group="race_ethnicity/asian"),
        row("2023-24", (120, 400), group="race_ethnicity/hispanic"),
    )
    assert gap_sentence(found, gaps, gap, EN) == ""


def test_groups_are_students_in_schools_and_residents_in_towns():
    in_school = gap_of("female", row("2023-24", 0.5), row("2023-24", 0.6, group="gender/female"))
    in_town = gap_of(
        "female",
        row("2023", 0.5, indicator="at_work", moe90=0.02),
        row("2023", 0.6, indicator="at_work", moe90=0.02, group="gender/female"),
    )
    assert group_words(in_school[0], in_school[2], EN) == "girls"
    assert group_words(in_town[0], in_town[2], EN) == "residents (group: Female)"


def test_catalog_words_are_escaped():
    found = finding(row("2023-24", (300, 1000)))
    people = Localized(en="<b>A & B</b>", es="x")
    changed = replace(found, indicator=found.indicator.model_copy(update={"people": people}))
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in answer(changed, EN)
