"""The thresholds as arithmetic with unknowns: met, not met, or cannot be said.

The page never awards a gateway; StriveTogether does. A threshold is *met* only if everything
that is still unknown may turn out either way and it would hold all the same, and *not met* only if
it could not hold however the unknown turned out (Kleene's logic of three values).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from c2c_lib.errors import InputError, Problem
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.framework import BenchmarkRule, Framework, Threshold
from c2c_lib.theory_of_action.gap_evidence import OutcomeGap
from c2c_lib.theory_of_action.outcome_change import OutcomeChange
from c2c_lib.theory_of_action.reported import Progress

__all__ = [
    "Answer",
    "Condition",
    "ConditionKind",
    "ThresholdResult",
    "all_of",
    "count_condition",
    "judge_thresholds",
]

Answer: TypeAlias = Literal["met", "not_met", "cannot_be_said"]
ConditionKind: TypeAlias = Literal[
    "benchmarks",
    "pillars",
    "gateway",
    "examples",
    "maintained_or_improved",
    "improved",
    "gaps_reduced",
    "adjacent_improved",
]


@dataclass(frozen=True)
class Condition:
    """One count against what is needed.

    Attributes
    ----------
    kind : str
        What is counted.
    have, unknown, of : int
        How many hold, how many cannot be said, and of how many.
    needed : int
        How many must hold.
    answer : str
        ``met``, ``not_met`` or ``cannot_be_said``.

    Examples
    --------
    >>> count_condition("improved", [True, True, True, None, None, False, False], 4).answer
    'cannot_be_said'
    """

    kind: ConditionKind
    have: int
    unknown: int
    of: int
    needed: int
    answer: Answer


@dataclass(frozen=True)
class ThresholdResult:
    """One threshold with all its conditions."""

    threshold: Threshold
    conditions: tuple[Condition, ...]
    answer: Answer

    def condition(self, kind: ConditionKind) -> Condition | None:
        """Return the condition of a kind, or None where the threshold has none."""
        return next((c for c in self.conditions if c.kind == kind), None)


def count_condition(
    kind: ConditionKind,
    answers: Iterable[bool | None],
    needed: int,
    no_data: Literal["open", "against", "left_out"] = "open",
) -> Condition:
    """Count answers, some of which may be unknown, against a number that is needed.

    Parameters
    ----------
    answers : iterable of bool or None
        None is unknown.
    needed : int
        How many must be True, of all.
    no_data : {"open", "against", "left_out"}
        An unknown may turn out either way; counts as no; or is left out, and the number needed
        falls in proportion (four of seven become three of five), rounded up.

    Returns
    -------
    Condition
        ``met`` if enough are True whatever the unknown are, ``not_met`` if too few would be even
        if all unknown were True, else ``cannot_be_said``; with ``left_out`` also if all are
        unknown.

    Raises
    ------
    InputError
        If more are needed than there are.

    Examples
    --------
    >>> answers = [True, True, True, None, None, False, False]
    >>> count_condition("improved", answers, 4, "against").answer
    'not_met'
    >>> found = count_condition("improved", answers, 4, "left_out")
    >>> found.needed, found.of, found.answer
    (3, 5, 'met')
    """
    values = list(answers)
    if needed > len(values):
        what = "is more than there are"
        raise InputError([Problem("needed", what, value=str(needed), allowed=str(len(values)))])
    have, unknown, of = values.count(True), values.count(None), len(values)
    if no_data == "left_out" and unknown:
        known = of - unknown
        # Whole numbers, so that 4 / 7 x 7 is four and not a little more.
        needed, of = -(-needed * known // of), known
        if not known:
            return Condition(kind, 0, unknown, 0, 0, "cannot_be_said")
        answer: Answer = "met" if have >= needed else "not_met"
        return Condition(kind, have, unknown, of, needed, answer)
    most = have if no_data == "against" else have + unknown
    answer = "met" if have >= needed else "not_met" if most < needed else "cannot_be_said"
    return Condition(kind, have, unknown, of, needed, answer)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return whether all hold: one that does not decides, one that is unknown leaves it open.

    Examples
    --------
    >>> all_of(["met", "cannot_be_said"]), all_of(["met", "cannot_be_said", "not_met"])
    ('cannot_be_said', 'not_met')
    """
    found = set(answers)
    if "not_met" in found:
        return "not_met"
    return "cannot_be_said" if "cannot_be_said" in found else "met"


def judge_thresholds(
    framework: Framework,
    progress: Progress,
    changes: Sequence[OutcomeChange],
    gaps: Sequence[OutcomeGap],
    adjacent: Sequence[OutcomeChange],
    definitions: Definitions,
) -> tuple[ThresholdResult, ...]:
    """Judge every threshold of the framework.

    Parameters
    ----------
    framework : Framework
        Says what each threshold counts.
    progress : Progress
        What the partnership reports; a blank is unknown, never "no".
    changes, gaps : sequence
        Of the seven outcomes.
    adjacent : sequence of OutcomeChange
        Of the outcomes of adjacent sectors.
    definitions : Definitions
        How an outcome without data counts. What is not reported always stays open.

    Returns
    -------
    tuple of ThresholdResult
        In the order of the framework.
    """
    return tuple(
        _judge(threshold, framework, progress, changes, gaps, adjacent, definitions)
        for threshold in framework.thresholds
    )


def _judge(
    threshold: Threshold,
    framework: Framework,
    progress: Progress,
    changes: Sequence[OutcomeChange],
    gaps: Sequence[OutcomeGap],
    adjacent: Sequence[OutcomeChange],
    definitions: Definitions,
) -> ThresholdResult:
    conditions: list[Condition] = []
    if threshold.benchmarks is not None:
        conditions += _benchmarks(threshold.benchmarks, framework, progress)
    if threshold.in_gateway is not None:
        conditions.append(_gateway(threshold.in_gateway, framework, progress))
    if threshold.further_examples:
        conditions.append(_examples(threshold.further_examples, progress))
    counts: tuple[tuple[ConditionKind, list[bool | None], int], ...] = (
        (
            "maintained_or_improved",
            [change.maintained_or_improved for change in changes],
            threshold.maintained_or_improved,
        ),
        ("improved", [change.improved for change in changes], threshold.improved),
        ("gaps_reduced", [gap.reduced for gap in gaps], threshold.gaps_reduced),
    )
    conditions += [
        count_condition(kind, answers, needed, definitions.no_data)
        for kind, answers, needed in counts
        if needed
    ]
    if threshold.adjacent_improved:
        found = [change.improved for change in adjacent]
        conditions.append(_adjacent(found, threshold.adjacent_improved))
    return ThresholdResult(threshold, tuple(conditions), all_of(c.answer for c in conditions))


def _benchmarks(
    rule: BenchmarkRule, framework: Framework, progress: Progress
) -> tuple[Condition, Condition]:
    """Return how many benchmarks are reported as met, and in how many pillars they stand."""
    answers = {b.id: _is_met(b.id, progress) for b in framework.of(rule.gateway)}
    by_pillar: list[bool | None] = []
    for pillar in framework.pillars:
        own = [answers[b.id] for b in framework.of(rule.gateway, pillar.id)]
        by_pillar.append(True if True in own else None if None in own else False)
    return (
        count_condition("benchmarks", answers.values(), rule.at_least),
        count_condition("pillars", by_pillar, rule.in_pillars),
    )


def _is_met(benchmark: str, progress: Progress) -> bool | None:
    """Return what the partnership itself reports; a document that describes it leaves it open."""
    entry = progress.entry(benchmark)
    if entry is None or entry.status in ("described", "intended"):
        return None
    return entry.status == "met"


def _gateway(wanted: str, framework: Framework, progress: Progress) -> Condition:
    if progress.gateway is None:
        return count_condition("gateway", [None], 1)
    reached = framework.rank(progress.gateway.id) >= framework.rank(wanted)
    return count_condition("gateway", [reached], 1)


def _adjacent(answers: Sequence[bool | None], needed: int) -> Condition:
    """Return the adjacent outcomes that improve; those not followed here may improve too."""
    have = list(answers).count(True)
    answer: Answer = "met" if have >= needed else "cannot_be_said"
    unknown = list(answers).count(None)
    return Condition("adjacent_improved", have, unknown, len(answers), needed, answer)


def _examples(needed: int, progress: Progress) -> Condition:
    """Return the reported examples; those not reported may exist all the same."""
    have = len(progress.examples)
    missing = max(needed - have, 0)
    answer: Answer = "cannot_be_said" if missing else "met"
    return Condition("examples", have, missing, max(have, needed), needed, answer)
