"""Points against ratio: gaps that got smaller through one lens and larger through the other.

Where a figure gets rare, the gap in points can shrink while the ratio grows: say, absence of a
group and of all falls from 40 and 20 percent to 15 and 5. Both are true, and which one is told is
a choice that a reader must see (Harper, King, Meersman, Reichman, Breen & Lynch 2010, Milbank
Quarterly 88:4-29).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from c2c_lib.catalog import Dimension, Indicator, Period
from c2c_lib.catalog.comparability import may_compare, stands_alone
from c2c_lib.findings.finding import Gap, TwoLenses
from c2c_lib.findings.measured import smallest_difference
from c2c_lib.observations.observation import Observation

__all__ = ["disagreeing"]

_SMALLEST_RATIO: Final = 0.02
"""Change of the logarithm of a ratio below which two decimals may hide it."""


def disagreeing(
    gaps: Sequence[Gap],
    rows: Sequence[Observation],
    everyone: Mapping[Period, Observation],
    indicator: Indicator,
    dimension: Dimension,
    place: str,
) -> tuple[TwoLenses, ...]:
    """Return the groups whose gap changed one way in points and the other way as a ratio.

    Parameters
    ----------
    gaps : sequence of Gap
        Of one dimension and period; groups that fare worse beyond chance are judged.
    rows : sequence of Observation
        Of the dimension, in all periods.
    everyone : mapping of Period to Observation
        All children, where they have a figure.
    indicator, dimension, place
        Breaks between the periods are respected.

    Returns
    -------
    tuple of TwoLenses
        In the order of `gaps`. A change below one point, or below two hundredths of a ratio,
        is none; neither is one over which a group changes sides.
    """
    judged = [
        gap for gap in gaps if gap.adverse and gap.beyond_chance and gap.difference and gap.ratio
    ]
    if not judged:
        return ()
    now = judged[0].observation.period
    shown = {(row.period, row.group): row for row in rows if row.shown}
    early = sorted(
        period
        for period in {row.period for row in rows if row.shown} & set(everyone)
        if period < now
        and may_compare(indicator, period, now, place=place, dimension=dimension.id) is None
        and not stands_alone(indicator, period, place=place, dimension=dimension.id)
    )
    if not early:
        return ()
    since, whole = early[0], everyone[early[0]].value
    found = []
    for gap in judged:
        then = shown.get((since, gap.group.id))
        if then is None or whole <= 0 or then.value <= 0:
            continue
        lenses = TwoLenses(
            gap.group,
            since,
            (then.value - whole, gap.difference or 0.0),
            (then.value / whole, gap.ratio or 0.0),
        )
        if _disagree(lenses, smallest_difference(indicator)):
            found.append(lenses)
    return tuple(found)


def _disagree(lenses: TwoLenses, smallest: float) -> bool:
    (before, after), (ratio_before, ratio_after) = lenses.difference, lenses.ratio
    if before * after <= 0:
        return False
    in_points = abs(after) - abs(before)
    by_ratio = abs(math.log(ratio_after)) - abs(math.log(ratio_before))
    if abs(in_points) < smallest - 1e-9 or abs(by_ratio) < _SMALLEST_RATIO:
        return False
    return in_points * by_ratio < 0
