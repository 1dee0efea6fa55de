"""Counting with unknowns: what holds whatever they turn out to be, and nothing more."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.errors import InputError
from c2c_lib.theory_of_action import Definitions, all_of, count_condition, load_framework
from c2c_lib.theory_of_action.reported import Progress
from c2c_lib.theory_of_action.thresholds import judge_thresholds

T, F, U = True, False, None
answers = st.lists(st.sampled_from([T, F, U]), min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("found", "needed", "answer"),
    [
        ([T, T, T, T, F, F, F], 4, "met"),
        ([T, T, T, U, F, F, F], 4, "cannot_be_said"),
        ([T, T, U, F, F, F, F], 4, "not_met"),
        ([U, U, U, U, U, U, U], 4, "cannot_be_said"),
        ([F, F, F, F, U, U, U], 4, "not_met"),
        ([T, T, T, T, U, U, U], 4, "met"),
    ],
)
def test_three_values(found, needed, answer):
    assert count_condition("improved", found, needed).answer == answer


@given(answers, st.integers(1, 7))
def test_an_answer_holds_however_the_unknown_turn_out(found, needed):
    if needed > len(found):
        with pytest.raises(InputError, match="more than there are"):
            count_condition("improved", found, needed)
        return
    unknown = found.count(None)
    known = found.count(True)
    possible = {known + sum(extra) >= needed for extra in product([0, 1], repeat=unknown)}
    expected = {(True,): "met", (False,): "not_met"}.get(tuple(possible), "cannot_be_said")
    assert count_condition("improved", found, needed).answer == expected


@given(answers, st.integers(1, 7))
def test_against_is_never_open_and_never_kinder_than_open(found, needed):
    needed = min(needed, len(found))
    strict = count_condition("improved", found, needed, "against").answer
    assert strict == ("met" if found.count(True) >= needed else "not_met")
    if strict == "met":
        assert count_condition("improved", found, needed).answer == "met"


def test_left_out_lets_the_number_needed_fall_in_proportion():
    # Four of seven; two unknown leave five: 4/7 x 5 = 2.86, so three are needed.
    found = count_condition("improved", [T, T, F, F, F, U, U], 4, "left_out")
    assert (found.needed, found.of, found.answer) == (3, 5, "not_met")
    # With all seven known nothing falls.
    assert count_condition("improved", [T] * 4 + [F] * 3, 4, "left_out").needed == 4
    assert count_condition("improved", [U] * 7, 4, "left_out").answer == "cannot_be_said"


@given(st.lists(st.sampled_from(["met", "not_met", "cannot_be_said"]), min_size=1, max_size=5))
def test_and_is_kleenes(found):
    worst = min({"not_met": 0, "cannot_be_said": 1, "met": 2}[answer] for answer in found)
    assert all_of(found) == ("not_met", "cannot_be_said", "met")[worst]


def entry(benchmark: str, status: str) -> dict[str, object]:
    return {
        "benchmark": benchmark,
        "status": status,
        "date": "2025",
        "by": "director",
        "evidence": {"title": "T", "url": "https://example.org"},
    }


class _Outcome:
    """As much of a change or a gap as a threshold asks for."""

    def __init__(self, answer: bool | None) -> None:
        self.maintained_or_improved = self.improved = self.reduced = answer


def proof_point(reported: dict[str, str], outcomes: list[bool | None]):
    entries = [entry(b, s) for b, s in reported.items()]
    progress = Progress.model_validate({"city": "norwalk", "reported": entries})
    found = [_Outcome(answer) for answer in outcomes]
    return judge_thresholds(load_framework(), progress, found, found, found[:1], Definitions())[0]


FOUR = {
    "work_aligned": "met",
    "student_level_data": "met",
    "action_sustained": "met",
    "policies_change": "met",
}
KEPT = [T, T, T, T, F, F, F]


def test_a_proof_point_is_met_only_with_both_halves():
    assert proof_point(FOUR, KEPT).answer == "met"
    assert proof_point(FOUR, [T, T, T, F, F, F, F]).answer == "not_met"
    assert proof_point(FOUR, [T, T, T, U, F, F, F]).answer == "cannot_be_said"
    assert proof_point({}, KEPT).answer == "cannot_be_said"


def test_four_benchmarks_must_stand_in_four_pillars():
    # All four in one pillar, and the other pillars reported as not met.
    investment = [
        "money_follows_data",
        "policies_change",
        "capability_funded",
        "community_organizes",
    ]
    other = [b.id for b in load_framework().of("systems_change") if b.id not in investment]
    reported = dict.fromkeys(investment, "met") | dict.fromkeys(other, "not_met")
    found = proof_point(reported, KEPT)
    assert found.condition("benchmarks").answer == "met"
    assert found.condition("pillars").answer == "not_met"
    assert found.answer == "not_met"


@pytest.mark.parametrize("status", ["described", "intended"])
def test_a_document_that_describes_a_benchmark_leaves_it_open(status):
    found = proof_point(dict.fromkeys(FOUR, status), KEPT)
    assert found.condition("benchmarks").have == 0
    assert found.answer == "cannot_be_said"


def test_work_in_progress_is_not_met_yet():
    found = proof_point(
        dict.fromkeys((b.id for b in load_framework().of("systems_change")), "in_progress"), KEPT
    )
    assert found.answer == "not_met"


def test_examples_and_adjacent_outcomes_that_are_not_followed_stay_open():
    progress = Progress(city="norwalk")
    kept = [_Outcome(True)] * 7
    _, ongoing, transformation = judge_thresholds(
        load_framework(), progress, kept, kept, [_Outcome(False)], Definitions()
    )
    assert ongoing.condition("examples").answer == "cannot_be_said"
    assert transformation.condition("adjacent_improved").answer == "cannot_be_said"
    assert ongoing.answer == transformation.answer == "cannot_be_said"


@pytest.mark.parametrize(
    ("gateway", "answer"),
    [("sustaining", "not_met"), ("systems_change", "met"), ("proof_point", "met")],
)
def test_a_reported_gateway_counts_with_those_after_it(gateway, answer):
    place = {"title": "T", "url": "https://example.org"}
    reported = {"id": gateway, "date": "2025", "by": "director", "evidence": place}
    progress = Progress.model_validate({"city": "norwalk", "gateway": reported})
    kept = [_Outcome(True)] * 7
    ongoing = judge_thresholds(load_framework(), progress, kept, kept, kept[:1], Definitions())[1]
    assert ongoing.condition("gateway").answer == answer
