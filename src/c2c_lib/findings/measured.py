"""Observations as the equity functions take them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from c2c_lib.catalog import Indicator
from c2c_lib.equity import Measured
from c2c_lib.observations.observation import Observation

__all__ = ["measured", "smallest_difference"]


def measured(observations: Sequence[Observation], indicator: Indicator) -> Measured:
    """Return the value columns of some observations for the equity functions.

    Parameters
    ----------
    observations : sequence of Observation
        Of one indicator; one that is not shown has no value.
    indicator : Indicator
        Says the unit, by which a denominator can be worked out (see Notes).

    Returns
    -------
    Measured
        Arrays as long as `observations`.

    Notes
    -----
    Some reports print how many children are counted and the rate, but not out of how many. The
    number they imply serves intervals only; it is never shown.
    """

    def column(name: str) -> list[float]:
        values = (getattr(o, name) if o.shown else None for o in observations)
        return [math.nan if value is None else value for value in values]

    return Measured.of(
        column("estimate"),
        numerator=column("numerator"),
        denominator=[_denominator(o, indicator) for o in observations],
        moe90=column("moe90"),
    )


def _denominator(observation: Observation, indicator: Indicator) -> float:
    """Return the denominator, or the one that a printed count and rate imply."""
    scale = {"share": 1.0, "per_1000": 1000.0}.get(indicator.unit)
    if not observation.shown or scale is None:
        return math.nan
    if observation.denominator is not None:
        return observation.denominator
    if observation.numerator is None or not observation.value or observation.moe90 is not None:
        return math.nan
    return max(round(observation.numerator * scale / observation.value), observation.numerator)


def smallest_difference(indicator: Indicator) -> float:
    """Return the smallest difference that matters: a point of a share, else one of its unit."""
    return 0.01 if indicator.unit == "share" else 1.0
