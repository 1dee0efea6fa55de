"""Which periods of a series may be compared, by the breaks in the catalog."""

from __future__ import annotations

import re
from typing import Final

from c2c_lib.catalog.models import Break, Indicator, Localized
from c2c_lib.catalog.periods import Period, parse_period

__all__ = ["OVERLAP", "may_compare", "may_draw_line", "series_breaks", "stands_alone"]

_PART: Final = re.compile(r"-(?:school|tract|neighborhood)-")
"""What stands in a slug between the city and the part of it."""

OVERLAP = Localized(
    en="These pooled periods share years, so they cannot be compared.",
    es="Estos períodos comparten años, así que no se pueden comparar.",
)


def may_compare(
    indicator: Indicator,
    first: Period,
    second: Period,
    *,
    place: str = "",
    dimension: str = "all",
    level: str = "",
) -> Localized | None:
    """Return None if two periods may be compared, otherwise the reason why not.

    Parameters
    ----------
    indicator : Indicator
        Whose breaks are respected.
    first, second : Period
        In any order.
    place, dimension : str
        A break may concern only some places or one dimension.
    level : str
        Of the places, as a break may concern only some levels; the indicator's own if empty.

    Notes
    -----
    A ``new_series`` divides the periods before it from those at or after it; a
    ``not_comparable`` period is compared with no other; a ``not_over_time`` break forbids
    every comparison of its dimension in its places. Pooled periods that share a year are not
    compared (US Census Bureau, guidance on overlapping multiyear estimates).

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> graduation = load_catalog().indicator("graduation_4yr")
    >>> may_compare(graduation, parse_period("2010-11"), parse_period("2018-19")) is None
    True
    >>> may_compare(graduation, parse_period("2018-19"), parse_period("2021-22")).en[:28]
    'From the class of 2021 on th'
    """
    early, late = sorted((first, second))
    for entry in series_breaks(indicator, place=place, dimension=dimension, level=level):
        if entry.kind == "not_over_time" and early != late:
            return entry.note
        if not entry.period:
            continue
        period = parse_period(entry.period)
        if entry.kind == "not_comparable" and period in (early, late) and early != late:
            return entry.note
        if entry.kind == "new_series" and early.end < period.end <= late.end:
            return entry.note
    if early != late and early.overlaps(late):
        return OVERLAP
    return None


def series_breaks(
    indicator: Indicator, *, place: str = "", dimension: str = "all", level: str = ""
) -> tuple[Break, ...]:
    """Return the breaks that concern a place, a dimension and a level, in the catalog's order.

    A break of a city concerns its schools, census tracts and neighborhoods too. The level is
    the indicator's own if it is empty.
    """
    return tuple(
        entry
        for entry in indicator.breaks
        if entry.dimension in ("", dimension)
        and (not entry.places or place in entry.places or _whole(place) in entry.places)
        and (not entry.levels or (level or indicator.level) in entry.levels)
    )


def _whole(place: str) -> str:
    """Return the slug of the city of a school, tract or neighborhood: ``norwalk-school-1``.

    Examples
    --------
    >>> _whole("east-hartford-tract-2010-5101"), _whole("windsor-locks")
    ('east-hartford', 'windsor-locks')
    """
    return _PART.split(place, maxsplit=1)[0]


def may_draw_line(
    indicator: Indicator, first: Period, second: Period, *, place: str = "", dimension: str = "all"
) -> bool:
    """Return whether a line may join two periods: neighbours with no break between them.

    Pooled periods that share years may be joined, since the line shows a moving average;
    they are still not compared.
    """
    early, late = sorted((first, second))
    if late.end - early.end > 1:
        return False
    reason = may_compare(indicator, early, late, place=place, dimension=dimension)
    return reason is None or reason is OVERLAP


def stands_alone(
    indicator: Indicator, period: Period, *, place: str = "", dimension: str = "all"
) -> bool:
    """Return whether a period of a place and a dimension is compared with no other.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> absence = load_catalog().indicator("chronic_absence")
    >>> stands_alone(absence, parse_period("2019-20"))
    True
    """
    breaks = series_breaks(indicator, place=place, dimension=dimension)
    return any(b.kind == "not_comparable" and b.period == period.label for b in breaks)
