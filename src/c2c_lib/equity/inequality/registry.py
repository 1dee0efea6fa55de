"""Every measure of inequality by name; each stands beside its formula."""

from __future__ import annotations

from typing import Final

from c2c_lib.equity.inequality import (
    attributable,
    concentration,
    deviations,
    entropy,
    healthy_people,
    pairs,
    slope,
    variance,
)
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.errors import InputError, Problem, did_you_mean

__all__ = ["MEASURES", "find_group_measure"]

MEASURES: Final[dict[str, GroupMeasure]] = {
    found.name: found
    for module in (
        pairs,
        variance,
        entropy,
        deviations,
        attributable,
        concentration,
        slope,
        healthy_people,
    )
    for found in module.ENTRIES
}
"""Every measure of inequality by its name."""


def find_group_measure(name: str) -> GroupMeasure:
    """Return a measure of inequality by name.

    Raises
    ------
    InputError
        If there is none of that name; with the nearest ones.

    Examples
    --------
    >>> find_group_measure("theil").unit
    'thousandths'
    """
    if name not in MEASURES:
        raise InputError(
            [
                Problem(
                    where="measure",
                    what="is not known",
                    value=name,
                    allowed=", ".join(MEASURES),
                    remedy=did_you_mean(name, MEASURES),
                )
            ]
        )
    return MEASURES[name]
