"""Progress to the targets that a partnership has published; none is ever invented."""

from __future__ import annotations

from dataclasses import dataclass

from c2c_lib.catalog import Indicator, parse_period
from c2c_lib.equity import Pace, pace_to_target
from c2c_lib.findings import Figures, Limits
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City, Target
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.outcome_change import OutcomeChange, outcome_change

__all__ = ["TargetNeed", "TargetProgress", "target_needs", "target_progress"]

_ONE_POINT = 0.01


@dataclass(frozen=True)
class TargetProgress:
    """How far one target is, and how fast the figures move toward it.

    Attributes
    ----------
    latest : Observation or None
        The newest figure; None where there is none to show.
    pace : float or None
        Change per year from baseline to latest, in the unit of the indicator.
    pace_interval : Limits or None
        Where the precision of both figures is known.
    years_left : int
        From the newest figure to the date of the target.
    way : Pace or None
        Distance, years at this pace, pace needed and verdict.
    children_to_go, children_a_year : int or None
        The distance, and the pace needed, in children of the newest figure's denominator.
    """

    target: Target
    indicator: Indicator
    change: OutcomeChange
    latest: Observation | None
    pace: float | None
    pace_interval: Limits | None
    years_left: int
    way: Pace | None
    children_to_go: int | None
    children_a_year: int | None


@dataclass(frozen=True)
class TargetNeed:
    """What a target for a core indicator without one would start from.

    Attributes
    ----------
    latest : Observation or None
        The figure to start from.
    children_per_point : int or None
        How many children one point is, where the publisher prints how many there are.
    """

    indicator: Indicator
    latest: Observation | None
    children_per_point: int | None


def target_progress(
    city: City, figures: Figures, definitions: Definitions
) -> tuple[TargetProgress, ...]:
    """Return the progress to every target of a city for all children, in its order.

    Notes
    -----
    The pace so far is the change from baseline to newest figure divided by the years between;
    the limits are those of the change. It is not carried forward into a promise.
    """
    return tuple(
        _progress(target, city, figures, definitions)
        for target in city.targets
        if target.group == "all/all"
    )


def _progress(
    target: Target, city: City, figures: Figures, definitions: Definitions
) -> TargetProgress:
    indicator = figures.catalog.indicator(target.indicator)
    home = city.home_outcome(indicator) or indicator.outcomes[0]
    change = outcome_change(figures.catalog.outcome(home), indicator, city, figures, definitions)
    latest, baseline = change.span.latest, change.span.baseline
    if latest is None:
        return TargetProgress(target, indicator, change, None, None, None, 0, None, None, None)
    left = max(parse_period(target.by).end - latest.period.end, 0)
    pace, limits = None, None
    if baseline is not None and change.difference is not None:
        years = latest.period.end - baseline.period.end
        pace = change.difference / years
        if change.interval is not None:
            limits = Limits(change.interval.low / years, change.interval.high / years)
    if indicator.polarity == "neutral":
        return TargetProgress(
            target, indicator, change, latest, pace, limits, left, None, None, None
        )
    way = pace_to_target(
        latest.value,
        target.value,
        float("nan") if pace is None else pace,
        polarity=indicator.polarity,
        pace_lower=None if limits is None else limits.low,
        pace_upper=None if limits is None else limits.high,
        years_left=left,
    )
    distance = max(float(way.distance), 0.0)
    children = _children(distance, latest, indicator)
    a_year = None if children is None or not left else -(-children // left)
    return TargetProgress(
        target, indicator, change, latest, pace, limits, left, way, children, a_year
    )


def _children(share: float, latest: Observation, indicator: Indicator) -> int | None:
    """Return a share of all children of a figure as whole children, rounded up."""
    if indicator.unit != "share" or latest.denominator is None:
        return None
    exact = share * latest.denominator
    nearest = round(exact)
    # 0.05 of 1,060 is 53 children, though floating point says a little more.
    return nearest if abs(exact - nearest) < 1e-6 else int(exact) + 1


def target_needs(changes: tuple[OutcomeChange, ...], city: City) -> tuple[TargetNeed, ...]:
    """Return what a target would start from, for each outcome whose indicator has none."""
    have = {target.indicator for target in city.targets}
    found = []
    for change in changes:
        if change.indicator is None or change.indicator.id in have:
            continue
        latest = change.span.latest
        point = None
        if latest is not None and latest.denominator is not None and latest.moe90 is None:
            point = round(latest.denominator * _ONE_POINT)
        found.append(TargetNeed(change.indicator, latest, point))
    return tuple(found)
