"""Makes findings from publishable figures, city parameters and the catalog."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from c2c_lib.catalog import Dimension, Group, Indicator, Localized, Period, parse_period
from c2c_lib.catalog.comparability import may_compare, series_breaks, stands_alone
from c2c_lib.equity import (
    Comparison,
    change_between,
    compare,
    quality_of,
)
from c2c_lib.findings.finding import Change, Finding, Gap, GapSet, Limits, Quality, TwoLenses
from c2c_lib.findings.index import Figures
from c2c_lib.findings.lenses import disagreeing
from c2c_lib.findings.measured import measured, smallest_difference
from c2c_lib.findings.precision import intervals
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = ["make_finding", "make_findings"]


def make_findings(
    city: City, figures: Figures, only: Collection[str] | None = None
) -> dict[str, Finding]:
    """Return the finding of every indicator of the catalog, by id.

    Parameters
    ----------
    only : collection of str, optional
        Ids of the indicators that are wanted; all if it is left out.

    Raises
    ------
    InputError
        If the city has no place at the level that an indicator describes.
    """
    return {
        indicator.id: make_finding(indicator, city, figures)
        for indicator in figures.catalog.indicators.values()
        if _has_place(indicator, city) and (only is None or indicator.id in only)
    }


def make_finding(indicator: Indicator, city: City, figures: Figures) -> Finding:
    """Return everything that one indicator says about one city.

    Notes
    -----
    The latest figure is the newest one that may be compared with others at all; a period that
    stands alone (a year cut short) is drawn and tabled, but does not speak for the city.

    The baseline is the newest figure that is not younger than the city's baseline period and
    may be compared with the latest one; a series that begins after it, ends by it, or breaks,
    is counted from its first comparable figure.
    """
    place = figures.catalog.place(city.slug, indicator.level)
    series = figures.series(indicator, city.slug)
    state_series = figures.series(indicator, "connecticut")
    latest = _newest(indicator, city, series)
    baseline, note = (None, None) if latest is None else _baseline(indicator, city, series, latest)
    intervals = tuple(_interval(o, indicator) for o in series)
    interval = next((i for o, i in zip(series, intervals, strict=True) if o is latest), None)
    return Finding(
        indicator=indicator,
        place=place,
        latest=latest,
        interval=interval,
        quality=_quality(latest, series, indicator),
        baseline=baseline,
        change=_change(indicator, baseline, latest),
        change_note=note,
        state=_at(state_series, latest),
        peers=_peers(indicator, city, figures, latest),
        series=series,
        intervals=intervals,
        state_series=state_series,
        breaks=series_breaks(indicator, place=city.slug),
        gap_sets=_gap_sets(indicator, city, figures),
        target=next(
            (t for t in city.targets if t.indicator == indicator.id and t.group == "all/all"), None
        ),
    )


def _has_place(indicator: Indicator, city: City) -> bool:
    if indicator.level in ("school", "tract", "neighborhood"):
        return False  # figures of places within the city are no figure of the city
    return indicator.level != "city" or city.places.city is not None


def _newest(indicator: Indicator, city: City, series: Sequence[Observation]) -> Observation | None:
    shown = [o for o in series if o.shown]
    regular = [o for o in shown if not stands_alone(indicator, o.period, place=city.slug)]
    return next(reversed(regular or shown), None)


def _at(series: Sequence[Observation], latest: Observation | None) -> Observation | None:
    if latest is None:
        return None
    return next((o for o in series if o.shown and o.period == latest.period), None)


def _peers(
    indicator: Indicator, city: City, figures: Figures, latest: Observation | None
) -> tuple[Observation, ...]:
    found = (_at(figures.series(indicator, slug), latest) for slug in sorted(city.peers))
    return tuple(observation for observation in found if observation is not None)


def _baseline(
    indicator: Indicator, city: City, series: Sequence[Observation], latest: Observation
) -> tuple[Observation | None, Localized | None]:
    """Return the baseline, or the reason why the latest figure has none."""
    wanted = parse_period(city.baseline)
    reason: Localized | None = None
    comparable = []
    for observation in series:
        if not observation.shown or observation.period >= latest.period:
            continue
        why = may_compare(indicator, observation.period, latest.period, place=city.slug)
        if why is None:
            comparable.append(observation)
        else:
            reason = why
    if not comparable:
        return None, reason
    if _is_after(latest.period, wanted):
        early_enough = [o for o in comparable if not _is_after(o.period, wanted)]
        if early_enough:
            return early_enough[-1], None
    return comparable[0], None


def _is_after(period: Period, wanted: Period) -> bool:
    return period.end > wanted.end


def _limits(low: float, high: float) -> Limits | None:
    return None if math.isnan(low) or math.isnan(high) else Limits(float(low), float(high))


def _interval(observation: Observation, indicator: Indicator) -> Limits | None:
    if not observation.shown:
        return None
    low, high = intervals(measured([observation], indicator), indicator.unit)
    return _limits(low[0], high[0])


def _quality(
    latest: Observation | None, series: Sequence[Observation], indicator: Indicator
) -> Quality:
    if latest is None:
        if any(o.status == "too_weak" for o in series):
            return Quality("too_weak", "wide_interval")
        hidden = any(o.status.startswith("suppressed") for o in series)
        return Quality("not_shown", "hidden" if hidden else "no_figure")
    return _quality_of(latest, indicator)


def _quality_of(observation: Observation, indicator: Indicator) -> Quality:
    found = quality_of(measured([observation], indicator), unit=indicator.unit)
    if indicator.modelled and found.reason[0] == "precision_unknown":
        return Quality(found.word[0], "modelled")
    return Quality(found.word[0], found.reason[0])


def _change(
    indicator: Indicator, baseline: Observation | None, latest: Observation | None
) -> Change | None:
    if baseline is None or latest is None:
        return None
    found = change_between(
        measured([baseline], indicator),
        measured([latest], indicator),
        earlier_period=baseline.period.label,
        later_period=latest.period.label,
        polarity=indicator.polarity,
        unit=indicator.unit,
    )
    return Change(
        difference=float(found.difference[0]),
        interval=_limits(found.lower[0], found.upper[0]),
        verdict=found.verdict[0],
    )


def _gap_sets(indicator: Indicator, city: City, figures: Figures) -> tuple[GapSet, ...]:
    sets = []
    for dimension in figures.catalog.dimensions.values():
        if dimension.gaps:
            found = _gap_set(indicator, dimension, city, figures)
            if found is not None:
                sets.append(found)
    return tuple(sets)


def _gap_set(
    indicator: Indicator, dimension: Dimension, city: City, figures: Figures
) -> GapSet | None:
    """Return the groups of one dimension in the newest period that shows one of them."""
    everyone = {o.period: o for o in figures.series(indicator, city.slug) if o.shown}
    rows = [o for o in figures.rows(indicator, city.slug) if o.dimension == dimension.id]
    periods = [o.period for o in rows if o.shown and o.period in everyone]
    if not periods:
        return None
    regular = [
        p
        for p in periods
        if not stands_alone(indicator, p, place=city.slug, dimension=dimension.id)
    ]
    period = max(regular or periods)
    reference = everyone[period]
    by_group = {o.group: o for o in rows if o.period == period}
    groups = [group for group in dimension.groups if group.id in by_group]
    found = compare(
        measured([by_group[group.id] for group in groups], indicator),
        measured([reference], indicator),
        unit=indicator.unit,
        nested=True,
    )
    caution = next(
        (
            entry.note
            for entry in series_breaks(indicator, place=city.slug, dimension=dimension.id)
            if entry.kind == "not_over_time" and not entry.within_year
        ),
        None,
    )
    gaps = tuple(
        _gap(indicator, group, by_group[group.id], found, number)
        for number, group in enumerate(groups)
    )
    lenses: tuple[TwoLenses, ...] = ()
    if caution is None:
        lenses = disagreeing(gaps, rows, everyone, indicator, dimension, city.slug)
    return GapSet(dimension, reference, _interval(reference, indicator), gaps, caution, lenses)


def _gap(
    indicator: Indicator, group: Group, observation: Observation, found: Comparison, number: int
) -> Gap:
    """Return the gap of one group, from its place in the comparison of all groups."""
    if not observation.shown:
        return Gap(group, observation, _quality(None, [observation], indicator), None)
    difference = float(found.difference[number])
    limits = _limits(found.lower[number], found.upper[number])
    ratio = float(found.ratio[number])
    sign = {"higher_is_better": 1.0, "lower_is_better": -1.0, "neutral": 0.0}[indicator.polarity]
    return Gap(
        group=group,
        observation=observation,
        quality=_quality_of(observation, indicator),
        own_interval=_interval(observation, indicator),
        difference=difference,
        ratio=None if math.isnan(ratio) else ratio,
        interval=limits,
        adverse=sign * difference < 0,
        beyond_chance=_beyond_chance(difference, limits, indicator),
    )


def _beyond_chance(difference: float, limits: Limits | None, indicator: Indicator) -> bool:
    if abs(difference) < smallest_difference(indicator) - 1e-9:
        return False
    return limits is None or not limits.low <= 0 <= limits.high
