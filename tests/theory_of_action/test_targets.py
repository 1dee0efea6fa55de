"""Targets in children, with pace so far and pace needed; none is invented."""

import pytest

from c2c_lib.params import Target
from c2c_lib.theory_of_action import Definitions
from c2c_lib.theory_of_action.outcome_change import outcome_changes
from c2c_lib.theory_of_action.targets import target_needs, target_progress
from support.synthetic import city, figures, row


def target(value: float, by: str = "2029-30") -> Target:
    return Target(indicator="reading_well", value=value, by=by, source="Report 2025")


def progress(value: float, *rows, by: str = "2029-30"):
    parameters = city(targets=[target(value, by)])
    (found,) = target_progress(parameters, figures(rows), Definitions())
    return found


def test_pace_and_children():
    # 40.0 % of 1,000 in 2018-19, 48.0 % of 1,000 in 2022-23: 2 points a year. To 60 %: 12 points,
    # 120 children, in 7 years: 1.714 points and 18 children (120 / 7 = 17.1, rounded up) a year.
    found = progress(0.60, row("2018-19", (400, 1000)), row("2022-23", (480, 1000)))
    assert found.pace == pytest.approx(0.02)
    assert float(found.way.distance) == pytest.approx(0.12)
    assert float(found.way.needed) == pytest.approx(0.12 / 7)
    assert (found.years_left, found.children_to_go, found.children_a_year) == (7, 120, 18)
    assert str(found.way.verdict) == "perhaps_on_track"
    assert found.pace_interval.low < 0.02 < found.pace_interval.high


def test_a_target_that_is_reached_has_no_children_to_go():
    found = progress(0.45, row("2018-19", (400, 1000)), row("2022-23", (480, 1000)))
    assert (str(found.way.verdict), found.children_to_go) == ("reached", 0)


def test_without_counts_there_are_no_children_and_no_limits():
    found = progress(0.60, row("2018-19", 0.40), row("2022-23", 0.48))
    assert (found.children_to_go, found.children_a_year, found.pace_interval) == (None, None, None)


def test_without_a_comparable_figure_there_is_no_pace():
    found = progress(0.60, row("2022-23", (480, 1000)))
    assert found.pace is None
    assert str(found.way.verdict) == "not_enough_data"
    assert found.children_to_go == 120


def test_a_target_whose_year_has_come():
    found = progress(0.60, row("2018-19", (400, 1000)), row("2022-23", (480, 1000)), by="2022-23")
    assert (found.years_left, found.children_a_year) == (0, None)


def test_no_target_is_invented_and_the_start_of_one_is_said():
    parameters = city()
    table = figures([row("2018-19", (400, 1000)), row("2022-23", (480, 1060))])
    assert target_progress(parameters, table, Definitions()) == ()
    (need,) = target_needs(outcome_changes(parameters, table, Definitions()), parameters)
    # One point of 1,060 children is 10.6: about 11.
    assert need.children_per_point == 11
    assert need.latest.period.label == "2022-23"
    with_target = city(targets=[target(0.6)])
    assert target_needs(outcome_changes(with_target, table, Definitions()), with_target) == ()
