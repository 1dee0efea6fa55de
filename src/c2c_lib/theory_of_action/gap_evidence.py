"""Whether the gap of an outcome was reduced: every group against all children, since the baseline."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from c2c_lib.catalog import Dimension, Group, Indicator, Period
from c2c_lib.equity import GapChange, compare, gap_change_between, quality_of
from c2c_lib.findings import Figures, Limits, measured
from c2c_lib.findings.comparability import series_breaks
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.outcome_change import OutcomeChange
from c2c_lib.theory_of_action.span import Span, span_of

__all__ = ["GapEvidence", "GapVerdict", "OutcomeGap", "gaps_of", "outcome_gap", "outcome_gaps"]

GapVerdict: TypeAlias = Literal[
    "reduced", "eliminated", "about_the_same", "widened", "no_gap", "not_enough_data"
]

_CLOSED: Final = ("reduced", "eliminated")


@dataclass(frozen=True)
class GapEvidence:
    """The gap of one group against all children, at the baseline and now.

    Attributes
    ----------
    reference_before, reference_after : Observation or None
        All children of the same place in the two periods.
    span : Span
        The group's own figures between which the change is counted.
    before, after : float or None
        The gap in the unit of the indicator: positive while the group is worse off. `before` is
        known wherever there is a figure at or before the baseline that is strong enough, and
        whose group may be compared with all children.
    change : float or None
        Later minus earlier; below zero the group has caught up.
    verdict : str
        ``reduced``, ``eliminated``, ``about_the_same``, ``widened``, ``no_gap`` (the group was
        not worse off at the baseline) or ``not_enough_data``.
    reason : str
        A key of `c2c_lib.equity.GAP_CHANGE_REASONS` or `SPAN_REASONS`, or ``too_weak``.
    levelling_down : bool
        The gap shrank because all children got worse, while the group did not get better.
    reversed : bool
        The group was worse off and is better off now.
    """

    indicator: Indicator
    dimension: Dimension
    group: Group
    reference_before: Observation | None
    reference_after: Observation | None
    span: Span
    before: float | None
    after: float | None
    change: float | None
    interval: Limits | None
    verdict: GapVerdict
    reason: str
    levelling_down: bool = False
    reversed: bool = False


@dataclass(frozen=True)
class OutcomeGap:
    """The verdict on the gap of one outcome, and the gaps it was chosen from.

    Attributes
    ----------
    chosen : GapEvidence or None
        The gap that speaks; None where the definitions let any gap speak, or where no group was
        worse off.
    verdict, reason
        As in `GapEvidence`.
    gaps : tuple of GapEvidence
        Every group's.
    """

    chosen: GapEvidence | None
    verdict: GapVerdict
    reason: str
    gaps: tuple[GapEvidence, ...]

    @property
    def reduced(self) -> bool | None:
        """Whether the gap was reduced or eliminated; None where it cannot be said."""
        return None if self.verdict == "not_enough_data" else self.verdict in _CLOSED


def outcome_gaps(
    changes: Iterable[OutcomeChange], city: City, figures: Figures, definitions: Definitions
) -> tuple[OutcomeGap, ...]:
    """Return the gap of each outcome, in the order of the changes."""
    return tuple(
        outcome_gap(
            ()
            if change.indicator is None
            else gaps_of(change.indicator, city, figures, definitions),
            definitions,
        )
        for change in changes
    )


def gaps_of(
    indicator: Indicator, city: City, figures: Figures, definitions: Definitions
) -> tuple[GapEvidence, ...]:
    """Return the gaps of every group of the dimensions that count, in the order of the catalog.

    A group's figure counts in a period only where all children of the same place and period
    have one.
    """
    everyone = {o.period: o for o in figures.series(indicator, city.slug) if o.shown}
    found = []
    for name in definitions.dimensions:
        dimension = figures.catalog.dimensions[name]
        for group in dimension.groups:
            series = figures.series(indicator, city.slug, dimension.id, group.id)
            own = [o for o in series if o.shown and o.period in everyone]
            if own:
                found.append(
                    _gap(indicator, dimension, group, own, everyone, city, definitions)
                )
    return tuple(found)


def _gap(
    indicator: Indicator,
    dimension: Dimension,
    group: Group,
    own: Sequence[Observation],
    everyone: Mapping[Period, Observation],
    city: City,
    definitions: Definitions,
) -> GapEvidence:
    span = span_of(
        indicator,
        own,
        definitions,
        baseline=city.baseline,
        place=city.slug,
        dimension=dimension.id,
    )
    if span.baseline is None or span.latest is None:
        return _unknown(indicator, dimension, group, own, everyone, span)
    four = (
        everyone[span.baseline.period],
        span.baseline,
        everyone[span.latest.period],
        span.latest,
    )
    found = _change(indicator, four, definitions)
    verdict, reason = _verdict(indicator, four, found, definitions)
    told = _may_be_told(indicator, dimension, span.baseline, four[0])
    low, high = float(found.lower[0]), float(found.upper[0])
    return GapEvidence(
        indicator,
        dimension,
        group,
        four[0],
        four[2],
        span,
        float(found.before[0]) if told else None,
        float(found.after[0]),
        float(found.change[0]),
        None if math.isnan(low) or math.isnan(high) else Limits(low, high),
        verdict,
        reason,
        verdict in _CLOSED and bool(found.levelling_down[0]),
        verdict in _CLOSED and bool(found.reversed[0]),
    )


def _unknown(
    indicator: Indicator,
    dimension: Dimension,
    group: Group,
    own: Sequence[Observation],
    everyone: Mapping[Period, Observation],
    span: Span,
) -> GapEvidence:
    """Return a gap whose change is not known, with its size at the baseline where that is."""
    early = next((o for o in reversed(own) if o.period.end <= span.wanted.end), None)
    reference = None if early is None else everyone[early.period]
    before = None
    if early is not None and reference is not None:
        if _may_be_told(indicator, dimension, early, reference):
            sign = 1.0 if indicator.polarity == "higher_is_better" else -1.0
            before = sign * (reference.value - early.value)
    return GapEvidence(
        indicator,
        dimension,
        group,
        reference,
        None,
        span,
        before,
        None,
        None,
        None,
        "not_enough_data",
        span.reason,
    )


def _may_be_told(
    indicator: Indicator, dimension: Dimension, group: Observation, reference: Observation
) -> bool:
    """Whether the gap of one period may be said: strong enough, and the groups comparable."""
    words = quality_of(measured([group, reference], indicator), unit=indicator.unit).word
    breaks = series_breaks(indicator, place=group.place, dimension=dimension.id)
    apart = any(b.kind == "not_over_time" and not b.within_year for b in breaks)
    return not apart and not (words == "too_weak").any()


def _change(
    indicator: Indicator, four: tuple[Observation, ...], definitions: Definitions
) -> GapChange:
    smallest = definitions.minimum
    closed = definitions.closed_within
    if indicator.unit != "share":
        smallest, closed = smallest * abs(four[0].value), closed * abs(four[0].value)
    return gap_change_between(
        *(measured([figure], indicator) for figure in four),
        polarity=indicator.polarity,
        unit=indicator.unit,
        level=definitions.level,
        minimum=smallest,
        closed_within=closed,
        need_precision=definitions.unknown_precision == "not_enough_data",
        nested=True,
    )


def _verdict(
    indicator: Indicator,
    four: tuple[Observation, ...],
    found: GapChange,
    definitions: Definitions,
) -> tuple[GapVerdict, str]:
    words = quality_of(measured(list(four), indicator), unit=indicator.unit).word
    if (words == "too_weak").any():
        return "not_enough_data", "too_weak"
    word, reason = str(found.verdict[0]), str(found.reason[0])
    if word == "not_enough_data":
        return "not_enough_data", reason
    closed = definitions.closed_within * (1 if indicator.unit == "share" else abs(four[0].value))
    if float(found.before[0]) < -closed or word == "never_behind":
        return "no_gap", reason
    if word == "widened":
        return "widened", reason
    if _is_closed(indicator, four, float(found.after[0]), closed, words, definitions):
        there_was_one = _beyond_chance(indicator, four[1], four[0], definitions)
        if word in _CLOSED or (float(found.before[0]) > closed and there_was_one):
            return "eliminated", reason
    if word in _CLOSED:
        return "reduced", reason
    return "about_the_same", reason


def _is_closed(
    indicator: Indicator,
    four: tuple[Observation, ...],
    after: float,
    closed: float,
    words: Sequence[str],
    definitions: Definitions,
) -> bool:
    """Whether a gap is gone: small, within chance, and both figures strong enough to tell."""
    small = abs(after) <= closed + 1e-9
    strong = words[2] == "strong" and words[3] == "strong"
    return small and strong and not _beyond_chance(indicator, four[3], four[2], definitions)


def _beyond_chance(
    indicator: Indicator, group: Observation, reference: Observation, definitions: Definitions
) -> bool:
    """Whether the interval of one gap is known and leaves out zero."""
    found = compare(
        measured([group], indicator),
        measured([reference], indicator),
        unit=indicator.unit,
        level=definitions.level,
        nested=True,
    )
    low, high = float(found.lower[0]), float(found.upper[0])
    return not math.isnan(low) and not low <= 0 <= high


def outcome_gap(gaps: Sequence[GapEvidence], definitions: Definitions) -> OutcomeGap:
    """Return the one verdict on the gaps of an outcome.

    Parameters
    ----------
    gaps : sequence of GapEvidence
        Of its core indicator.
    definitions : Definitions
        Which gap speaks.

    Returns
    -------
    OutcomeGap
        With ``widest``, the gap that was widest at the baseline, whatever became of it since;
        if its newer figure is missing or hidden, the outcome has not enough data. With ``any``,
        ``reduced`` if one was reduced or eliminated and none widened, ``widened`` if one did.
    """
    everything = tuple(gaps)
    if not everything:
        return OutcomeGap(None, "not_enough_data", "no_figure", ())
    if definitions.gap_of_an_outcome == "any":
        return _any(everything)
    behind = [g for g in everything if g.before is not None and g.before > 0]
    if behind:
        chosen = max(behind, key=lambda gap: gap.before or 0.0)
        return OutcomeGap(chosen, chosen.verdict, chosen.reason, everything)
    judged = [g for g in everything if g.verdict != "not_enough_data"]
    if judged:
        return OutcomeGap(None, "no_gap", judged[0].reason, everything)
    return OutcomeGap(None, "not_enough_data", everything[0].reason, everything)


def _any(gaps: tuple[GapEvidence, ...]) -> OutcomeGap:
    words = {gap.verdict for gap in gaps}
    order: tuple[GapVerdict, ...] = (
        "widened", "eliminated", "reduced", "about_the_same", "no_gap"
    )  # fmt: skip
    verdict = next((word for word in order if word in words), "not_enough_data")
    reason = next(gap.reason for gap in gaps if gap.verdict == verdict)
    return OutcomeGap(None, verdict, reason, gaps)
