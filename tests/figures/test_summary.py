"""The three things to know: only strong numbers, and never a break."""

from types import MappingProxyType

from bs4 import BeautifulSoup

from c2c_lib.figures.summary import three_things
from support.synthetic import EN, catalog, finding, row, words
from support.world import made_up_city, made_up_findings


def items(findings) -> list[str]:
    html = three_things(made_up_city(), findings, EN, catalog())
    return [words(li) for li in BeautifulSoup(html, "html.parser").find_all("li")]


def only(*found):
    return MappingProxyType({f.id: f for f in found})


def test_best_news_widest_gap_and_what_is_missing():
    best, gap, unseen = items(made_up_findings())
    assert best == (
        "The best news. In 2023-24, 312 of 1,004 third graders in Norwalk public schools (31%) met "
        "the reading standard. That is 11 points more than in 2018-19 (20%), which is better. "
        "More on: Reading well"
    )
    # 15.3 points among 300 students with disabilities, of whom 95 % limits span 10.6 points.
    assert gap == (
        "The widest gap in strong figures. In 2019-20, 100 of 300 students with disabilities in "
        "Norwalk public schools (33%) missed a lot of school. For all groups it was 18%: a gap of "
        "15 points. More on: Missing school"
    )
    assert unseen.startswith("What we cannot see. There is no public figure for: ")
    assert unseen.endswith("See all that is missing.")


def test_links_lead_to_the_blocks_and_to_what_is_missing():
    html = three_things(made_up_city(), made_up_findings(), EN, catalog())
    assert [a["href"] for a in BeautifulSoup(html, "html.parser").find_all("a")] == [
        "#reading_well",
        "#missing_school",
        "#unknown",
    ]


def test_without_counts_nothing_is_called_news():
    found = finding(row("2018-19", 0.2), row("2023-24", 0.6))
    best, gap, _ = items(only(found))
    assert best.startswith("The best news. No improvement since the baseline is larger than")
    assert gap == (
        "The widest gap in strong figures. No gap between groups is larger than chance alone "
        "could make."
    )


def test_a_core_indicator_without_groups_is_named():
    found = finding(row("2018-19", (200, 1000)), row("2023-24", (312, 1004)))
    assert "No figures by group can be shown for: “Reading well”." in items(only(found))[2]


def test_an_outcome_whose_figure_is_too_weak_is_among_the_missing():
    found = finding(row("2023-24", (9, 25)))
    assert "“Reading by third grade”" in items(only(found))[2]


def test_a_wider_gap_on_fewer_children_is_not_kept_quiet():
    found = finding(
        row("2023-24", (500, 1000)),
        row("2023-24", (150, 600), group="economic_status/free_meals"),
        row("2023-24", (12, 70), group="english_learner/english_learner"),
    )
    gap = items(only(found))[1]
    assert "a gap of 25 points. Wider gaps rest on fewer children" in gap
    alone = finding(
        row("2023-24", (500, 1000)),
        row("2023-24", (150, 600), group="economic_status/free_meals"),
    )
    assert "Wider gaps" not in items(only(alone))[1]
