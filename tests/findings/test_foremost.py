"""Best news and widest gap come from strong shares that the city follows, beyond chance."""

from dataclasses import replace
from types import MappingProxyType

from c2c_lib.findings import Limits, Quality
from c2c_lib.findings.foremost import best_news, followed_shares, wider_gaps, widest_gap
from support.synthetic import finding, row
from support.world import made_up_city, made_up_findings


def improved(before: int, after: int):
    return finding(row("2018-19", (before, 1000)), row("2023-24", (after, 1000)))


def test_the_largest_improvement_wins():
    small, large = improved(200, 260), improved(200, 400)
    assert best_news([small, large]) is large
    assert best_news([large, small]) is large


def test_no_news_from_a_slip_a_weak_figure_or_a_change_within_chance():
    better = improved(200, 400)
    weak = replace(better, quality=Quality("use_with_care", "fairly_wide_interval"))
    without_counts = replace(better, change=replace(better.change, interval=None))
    assert best_news([improved(400, 200), improved(300, 301), weak, without_counts]) is None
    assert best_news([]) is None


def test_the_widest_gap_has_an_interval_that_leaves_out_zero():
    city, findings = made_up_city(), made_up_findings()
    found = widest_gap(followed_shares(city, findings))
    assert found is not None
    assert isinstance(found[2].interval, Limits)
    assert found[2].interval.low * found[2].interval.high > 0
    assert widest_gap([]) is None


def test_only_shares_that_the_city_puts_first_are_compared():
    city = made_up_city()
    findings = made_up_findings()
    followed = followed_shares(city, findings)
    assert {f.id for f in followed} <= {*city.core, *city.contributing}
    assert {f.indicator.unit for f in followed} == {"share"}
    assert followed_shares(city, MappingProxyType({})) == []


def test_a_strong_gap_counts_though_a_weaker_one_of_the_same_figure_is_wider():
    # Free meals: 150 of 600 is 25 points below all, by many children. Learning English: 12 of 70
    # is 33 points below, but its 95 % interval is wider than half of what may be shown.
    found = finding(
        row("2023-24", (500, 1000)),
        row("2023-24", (150, 600), group="economic_status/free_meals"),
        row("2023-24", (12, 70), group="english_learner/english_learner"),
    )
    best = widest_gap([found])
    assert best is not None
    assert best[2].group.id == "free_meals"
    assert wider_gaps([found], best[2].difference) == 1
    assert wider_gaps([found], 0.5) == 0
