"""Whether the gap of an outcome was reduced: each group against all children, over time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from c2c_lib.catalog import Dimension, Group, Indicator, Period
from c2c_lib.catalog.comparability import series_breaks
from c2c_lib.equity import Measured, compare, gap_change_between, quality_of
from c2c_lib.findings import Figures, Limits, measured
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
_DUST: Final = 1e-9


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
    sides = []
    for name in definitions.dimensions:
        dimension = figures.catalog.dimensions[name]
        for group in dimension.groups:
            series = figures.series(indicator, city.slug, dimension.id, group.id)
            own = [o for o in series if o.shown and o.period in everyone]
            if own:
                sides.append(_side(indicator, dimension, group, own, everyone, city, definitions))
    return _judge(indicator, sides, definitions)


@dataclass(frozen=True)
class _Side:
    """One group: its span, its newest figure at or before the baseline, and all children's."""

    dimension: Dimension
    group: Group
    span: Span
    early: Observation | None
    reference_before: Observation | None
    reference_after: Observation | None

    @property
    def four(self) -> tuple[Observation, ...]:
        """All, group, all, group: before and after; empty where a change cannot be counted."""
        found = (
            self.reference_before,
            self.span.baseline,
            self.reference_after,
            self.span.latest,
        )
        return tuple(o for o in found if o is not None) if self.span.baseline else ()


def _side(
    indicator: Indicator,
    dimension: Dimension,
    group: Group,
    own: Sequence[Observation],
    everyone: Mapping[Period, Observation],
    city: City,
    definitions: Definitions,
) -> _Side:
    span = span_of(
        indicator,
        own,
        definitions,
        baseline=city.baseline,
        place=city.slug,
        dimension=dimension.id,
    )
    early = span.baseline or next(
        (o for o in reversed(own) if o.period.end <= span.wanted.end), None
    )
    return _Side(
        dimension,
        group,
        span,
        early,
        everyone[early.period] if early else None,
        everyone[span.latest.period] if span.baseline and span.latest else None,
    )


def _judge(
    indicator: Indicator, sides: Sequence[_Side], definitions: Definitions
) -> tuple[GapEvidence, ...]:
    """Return the evidence on all groups of one indicator, each statistic worked out once."""
    told = _may_be_told(indicator, [s for s in sides if s.early is not None])
    counted = [s for s in sides if s.four]
    verdicts = _verdicts(indicator, [s.four for s in counted], definitions)
    by_group = {id(side): verdict for side, verdict in zip(counted, verdicts, strict=True)}
    return tuple(
        _evidence(
            indicator,
            side,
            _before(indicator, side) if id(side) in told else None,
            by_group.get(id(side)),
        )
        for side in sides
    )


def _evidence(
    indicator: Indicator, side: _Side, before: float | None, judged: _Judged | None
) -> GapEvidence:
    return GapEvidence(
        indicator=indicator,
        dimension=side.dimension,
        group=side.group,
        reference_before=side.reference_before,
        reference_after=side.reference_after,
        span=side.span,
        before=before,
        after=judged.after if judged else None,
        change=judged.change if judged else None,
        interval=judged.interval if judged else None,
        verdict=judged.verdict if judged else "not_enough_data",
        reason=judged.reason if judged else side.span.reason,
        levelling_down=judged.levelling_down if judged else False,
        reversed=judged.reversed if judged else False,
    )


def _before(indicator: Indicator, side: _Side) -> float | None:
    if side.early is None or side.reference_before is None:
        return None
    sign = 1.0 if indicator.polarity == "higher_is_better" else -1.0
    return sign * (side.reference_before.value - side.early.value)


def _may_be_told(indicator: Indicator, sides: Sequence[_Side]) -> set[int]:
    """Return whose gap at the baseline may be said: strong enough, and the groups comparable."""
    pairs = [o for s in sides for o in (s.early, s.reference_before) if o is not None]
    words = np.atleast_1d(quality_of(measured(pairs, indicator), unit=indicator.unit).word)
    weak = (words.reshape(-1, 2) == "too_weak").any(axis=1)
    told = set()
    for side, is_weak in zip(sides, weak, strict=True):
        place = side.early.place if side.early else ""
        breaks = series_breaks(indicator, place=place, dimension=side.dimension.id)
        apart = any(b.kind == "not_over_time" and not b.within_year for b in breaks)
        if not apart and not is_weak:
            told.add(id(side))
    return told


class _Judged(NamedTuple):
    after: float
    change: float
    interval: Limits | None
    verdict: GapVerdict
    reason: str
    levelling_down: bool
    reversed: bool


def _verdicts(
    indicator: Indicator, fours: Sequence[tuple[Observation, ...]], definitions: Definitions
) -> list[_Judged]:
    """Return after, change, interval, verdict, reason and both flags of each gap."""
    if not fours:
        return []
    share = indicator.unit == "share"
    columns = [measured([four[k] for four in fours], indicator) for k in range(4)]
    closed = definitions.closed_within * (1 if share else abs(fours[0][0].value))
    found = gap_change_between(
        *columns,
        polarity=indicator.polarity,
        unit=indicator.unit,
        level=definitions.level,
        minimum=definitions.minimum * (1 if share else abs(fours[0][0].value)),
        closed_within=closed,
        need_precision=definitions.unknown_precision == "not_enough_data",
        nested=True,
    )
    words = np.stack([quality_of(column, unit=indicator.unit).word for column in columns])
    was = _beyond_chance(columns[1], columns[0], indicator, definitions)
    still = _beyond_chance(columns[3], columns[2], indicator, definitions)
    strong = (words[2] == "strong") & (words[3] == "strong")
    gone = (np.abs(found.after) <= closed + _DUST) & strong & ~still
    judged: list[_Judged] = []
    for n in range(len(fours)):
        verdict = _word(
            str(found.verdict[n]),
            behind=float(found.before[n]),
            closed=closed,
            gone=bool(gone[n]),
            was=bool(was[n]),
        )
        reason = str(found.reason[n])
        if (words[:, n] == "too_weak").any():
            verdict, reason = "not_enough_data", "too_weak"
        low, high = float(found.lower[n]), float(found.upper[n])
        shut = verdict in _CLOSED
        judged.append(
            _Judged(
                float(found.after[n]),
                float(found.change[n]),
                None if math.isnan(low) or math.isnan(high) else Limits(low, high),
                verdict,
                reason,
                shut and bool(found.levelling_down[n]),
                shut and bool(found.reversed[n]),
            )
        )
    return judged


def _word(word: str, *, behind: float, closed: float, gone: bool, was: bool) -> GapVerdict:
    """Return the verdict on one gap.

    `word` is that of `gap_change_between`, `behind` the gap at the baseline, `gone` whether the
    later gap is small, within chance and well measured, `was` whether there clearly was one.
    """
    if word == "not_enough_data":
        return "not_enough_data"
    if behind < -closed or word == "never_behind":
        return "no_gap"
    if word == "widened":
        return "widened"
    if gone and (word in _CLOSED or (behind > closed and was)):
        return "eliminated"
    return "reduced" if word in _CLOSED else "about_the_same"


def _beyond_chance(
    group: Measured, reference: Measured, indicator: Indicator, definitions: Definitions
) -> NDArray[np.bool_]:
    """Return where the interval of a gap is known and leaves out zero."""
    found = compare(group, reference, unit=indicator.unit, level=definitions.level, nested=True)
    known = ~np.isnan(found.lower) & ~np.isnan(found.upper)
    return np.asarray(known & ((found.lower > 0) | (found.upper < 0)))


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
    verdict: GapVerdict = next((word for word in order if word in words), "not_enough_data")
    reason = next(gap.reason for gap in gaps if gap.verdict == verdict)
    return OutcomeGap(None, verdict, reason, gaps)
