"""Gaps between groups: who is compared with whom, what is hidden, what is a headline."""

import pytest

from c2c_lib.catalog import Break

from .conftest import NOTE, Find, alone, counted, group, row


def test_a_gap_is_the_group_less_all_children_of_the_same_period(find: Find):
    rows = [
        counted("2018-19", 600, 1000),
        counted("2018-19", 330, 500, dimension="gender", group="female"),
        counted("2018-19", 270, 500, dimension="gender", group="male"),
    ]
    (gaps,) = find(rows).gap_sets
    assert gaps.dimension.id == "gender"
    assert gaps.reference.value == pytest.approx(0.6)
    girls, boys = gaps.gaps
    assert (girls.group.id, boys.group.id) == ("female", "male")
    assert (girls.difference, boys.difference) == pytest.approx((0.06, -0.06))
    assert (girls.ratio, boys.ratio) == pytest.approx((1.1, 0.9))
    assert (girls.adverse, boys.adverse) == (False, True)
    assert (girls.beyond_chance, boys.beyond_chance) == (True, True)
    assert boys.interval is not None
    assert boys.interval.low < -0.06 < boys.interval.high < 0


@pytest.mark.parametrize(
    ("polarity", "adverse"),
    [
        ("higher_is_better", ["male"]),
        ("lower_is_better", ["female"]),
        ("neutral", []),
    ],
)
def test_who_fares_worse_follows_from_what_is_better(find: Find, polarity: str, adverse: list[str]):
    rows = [row("2018-19", 0.5), group("2018-19", "female", 0.6), group("2018-19", "male", 0.4)]
    finding = find(rows, polarity=polarity)
    assert [gap.group.id for _, gap in finding.adverse_gaps] == adverse


def test_groups_are_told_in_the_order_of_the_catalog_and_never_by_value(find: Find):
    race = {"white": 0.9, "asian": 0.95, "hispanic": 0.7, "black": 0.75}
    rows = [row("2018-19", 0.8)]
    rows += [group("2018-19", g, v, dimension="race_ethnicity") for g, v in race.items()]
    (gaps,) = find(rows).gap_sets
    assert [gap.group.id for gap in gaps.gaps] == ["asian", "black", "hispanic", "white"]


def test_the_widest_adverse_gap_is_told_first(find: Find):
    race = {"white": 0.9, "asian": 0.95, "hispanic": 0.7, "black": 0.75}
    rows = [row("2018-19", 0.8)]
    rows += [group("2018-19", g, v, dimension="race_ethnicity") for g, v in race.items()]
    assert [gap.group.id for _, gap in find(rows).adverse_gaps] == ["hispanic", "black"]


def test_a_hidden_group_is_named_without_a_number(find: Find):
    rows = [
        row("2018-19", 0.5),
        group("2018-19", "female", 0.6),
        group("2018-19", "male", "suppressed_by_source"),
    ]
    (gaps,) = find(rows).gap_sets
    (hidden,) = gaps.hidden
    assert [gap.group.id for gap in gaps.shown] == ["female"]
    assert hidden.group.id == "male"
    assert (hidden.quality.word, hidden.quality.reason) == ("not_shown", "hidden")
    numbers = (hidden.difference, hidden.ratio, hidden.interval, hidden.own_interval)
    assert numbers == (None,) * 4
    assert not hidden.adverse


@pytest.mark.parametrize(
    ("status", "word", "reason"),
    [
        ("not_applicable", "not_shown", "no_figure"),
        ("not_collected", "not_shown", "no_figure"),
        ("suppressed_by_source", "not_shown", "hidden"),
    ],
)
def test_why_a_group_has_no_figure_is_told(find: Find, status: str, word: str, reason: str):
    rows = [
        row("2018-19", 0.5),
        group("2018-19", "female", 0.6),
        group("2018-19", "male", status),
    ]
    (gaps,) = find(rows).gap_sets
    assert (gaps.hidden[0].quality.word, gaps.hidden[0].quality.reason) == (word, reason)


def test_a_small_group_is_hidden_with_the_one_that_would_give_it_away(find: Find):
    rows = [
        counted("2018-19", 300, 400),
        counted("2018-19", 296, 390, dimension="gender", group="female"),
        counted("2018-19", 4, 10, dimension="gender", group="male"),
        counted("2018-19", 250, 300, dimension="disability", group="without_disabilities"),
        counted("2018-19", 50, 100, dimension="disability", group="with_disabilities"),
    ]
    (gaps,) = find(rows).gap_sets
    assert gaps.dimension.id == "disability"  # neither girls nor boys are left to tell


def test_groups_are_told_in_the_newest_period_that_shows_one(find: Find):
    rows = [
        row("2017-18", 0.5),
        row("2018-19", 0.6),
        row("2021-22", 0.7),
        group("2017-18", "female", 0.6),
        group("2018-19", "female", 0.65),
        group("2018-19", "male", 0.55),
        group("2021-22", "male", "suppressed_by_source"),
    ]
    (gaps,) = find(rows).gap_sets
    assert gaps.reference.period.label == "2018-19"
    assert gaps.reference.value == 0.6
    assert [gap.difference for gap in gaps.gaps] == pytest.approx([0.05, -0.05])


def test_groups_without_all_children_of_their_period_are_not_compared(find: Find):
    rows = [
        row("2017-18", 0.5),
        row("2018-19", "suppressed_by_source"),
        group("2017-18", "female", 0.6),
        group("2018-19", "female", 0.65),
    ]
    (gaps,) = find(rows).gap_sets
    assert gaps.reference.period.label == "2017-18"
    assert find([rows[1], rows[3]]).gap_sets == ()


def test_gaps_of_a_year_that_stands_alone_do_not_lead(find: Find):
    rows = [
        row("2018-19", 0.5),
        row("2019-20", 0.6),
        group("2018-19", "female", 0.6),
        group("2019-20", "female", 0.9),
    ]
    (gaps,) = find(rows, breaks=[alone("2019-20")]).gap_sets
    assert gaps.reference.period.label == "2018-19"


def test_where_all_years_stand_alone_the_newest_gaps_are_told(find: Find):
    rows = [
        row("2019-20", 0.5),
        row("2020-21", 0.6),
        group("2019-20", "female", 0.6),
        group("2020-21", "female", 0.9),
    ]
    (gaps,) = find(rows, breaks=[alone("2019-20"), alone("2020-21")]).gap_sets
    assert gaps.reference.period.label == "2020-21"


def test_grades_and_all_children_are_no_gaps(find: Find):
    rows = [row("2018-19", 0.5), group("2018-19", "grade_3", 0.4, dimension="grade")]
    assert find(rows).gap_sets == ()


def test_a_label_that_moved_is_told_with_a_caution_and_is_no_headline(find: Find):
    moved = Break(kind="not_over_time", dimension="economic_status", places=("norwalk",), note=NOTE)
    rows = [
        row("2018-19", 0.5),
        group("2018-19", "free_meals", 0.2, dimension="economic_status"),
    ]
    finding = find(rows, breaks=[moved])
    assert finding.gap_sets[0].caution == NOTE
    assert finding.adverse_gaps == ()
    assert find(rows).gap_sets[0].caution is None
    assert len(find(rows).adverse_gaps) == 1


def test_a_gap_within_chance_is_no_headline(find: Find):
    rows = [
        counted("2018-19", 60, 100),
        counted("2018-19", 31, 50, dimension="gender", group="female"),
        counted("2018-19", 29, 50, dimension="gender", group="male"),
    ]
    finding = find(rows)
    boys = finding.gap_sets[0].gaps[1]
    assert (boys.adverse, boys.beyond_chance) == (True, False)
    assert finding.adverse_gaps == ()


@pytest.mark.parametrize(("boys", "told"), [(0.489, True), (0.49, True), (0.492, False)])
def test_a_gap_of_less_than_a_point_is_none(find: Find, boys: float, told: bool):
    rows = [row("2018-19", 0.5), group("2018-19", "male", boys)]
    assert bool(find(rows).adverse_gaps) is told


def test_a_gap_to_nothing_has_no_ratio(find: Find):
    rows = [row("2018-19", 0.0), group("2018-19", "male", 0.2)]
    (gaps,) = find(rows, polarity="lower_is_better").gap_sets
    assert (gaps.gaps[0].difference, gaps.gaps[0].ratio) == (0.2, None)
