"""Observations as the equity functions take them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from c2c_lib.catalog import Indicator
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.observations.observation import Observation

__all__ = ["measured", "smallest_difference", "with_implied_counts"]


def measured(observations: Sequence[Observation], indicator: Indicator) -> Measured:
    """Return the value columns of some observations for the equity functions.

    Parameters
    ----------
    observations : sequence of Observation
        Of one indicator; one that is not shown has no value.
    indicator : Indicator
        Says the unit, by which a denominator can be worked out (see Notes), and whether the
        figures come from a model.

    Returns
    -------
    Measured
        Arrays as long as `observations`.

    Notes
    -----
    Some reports print how many children are counted and the rate, but not out of how many. The
    number they imply serves intervals only; it is never shown. Counts that a model makes are
    left out: an interval by them would be far too narrow.
    """

    def column(name: str) -> list[float]:
        values = (getattr(o, name) if o.shown else None for o in observations)
        return [math.nan if value is None else value for value in values]

    if indicator.modelled:
        return Measured.of(column("estimate"), moe90=column("moe90"))
    known = Measured.of(
        column("estimate"),
        numerator=column("numerator"),
        denominator=column("denominator"),
        moe90=column("moe90"),
    )
    return with_implied_counts(known, indicator.unit)


def with_implied_counts(figures: Measured, unit: str) -> Measured:
    """Return figures with the denominators that a printed count and rate imply.

    Figures in another unit than a share or a rate have no denominator.

    Examples
    --------
    >>> with_implied_counts(Measured.of(0.25, numerator=12), "share").denominator
    array(48.)
    """
    scale = COUNT_SCALES.get(unit)
    if scale is None:
        return Measured.of(figures.estimate, numerator=figures.numerator, moe90=figures.moe90)
    x, rate = figures.numerator, figures.estimate
    can = np.isnan(figures.denominator) & ~np.isnan(x) & np.isnan(figures.moe90) & (rate > 0)
    implied = np.maximum(np.round(x * scale / np.where(can, rate, 1.0)), x)
    return Measured.of(
        rate,
        numerator=x,
        denominator=np.where(can, implied, figures.denominator),
        moe90=figures.moe90,
    )


def smallest_difference(indicator: Indicator) -> float:
    """Return the smallest difference that matters: a point of a share, else one of its unit."""
    return 0.01 if indicator.unit == "share" else 1.0
