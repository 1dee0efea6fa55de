"""Difference and ratio of two figures, with the interval that their sources allow."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray, Interval, normal_quantile, scalar_if_single
from c2c_lib.equity.differences import ratio_interval
from c2c_lib.equity.margins import ratio_margin
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.observations.margins import Z_90

__all__ = ["Comparison", "compare"]


class Comparison(NamedTuple):
    """Difference and ratio of two figures; every field has the shape of the figures.

    Attributes
    ----------
    difference, lower, upper : ndarray
        First minus second, in the unit of the indicator, and its limits.
    ratio, ratio_lower, ratio_upper : ndarray
        First through second; NaN where the second is zero.
    basis : ndarray of str
        What the limits rest on: ``counts``, ``margins``, ``mixed`` or ``none``.
    standard_error : ndarray
        Of the difference.
    """

    difference: FloatArray
    lower: FloatArray
    upper: FloatArray
    ratio: FloatArray
    ratio_lower: FloatArray
    ratio_upper: FloatArray
    basis: NDArray[np.str_]
    standard_error: FloatArray


def compare(
    first: Measured,
    second: Measured,
    *,
    unit: str = "share",
    level: float = 0.95,
    nested: bool = False,
) -> Comparison:
    r"""Compare two figures.

    Parameters
    ----------
    first, second : Measured
        Broadcast together.
    unit : str
        Unit of the indicator; counts are used for ``share`` and ``per_1000``.
    level : float
        Confidence level as a share.
    nested : bool
        Whether the children of `first` are among those of `second` (a group against all
        children).

    Returns
    -------
    Comparison
        NaN where a figure is missing, and limits of NaN (basis ``none``) where nothing is
        known about the precision of one of the two.

    Notes
    -----
    The limits of a difference are those of each side, squared and added (Newcombe 1998;
    Zou & Donner 2008): Wilson limits where the counts are known, the margin of error
    otherwise. With counts on both sides this is Newcombe's method 10, with margins on
    both sides the Census Bureau's formula.

    A group is not independent of the whole that contains it. With f the group's share of
    the whole, :math:`y_{group} - y_{all} = (1-f)(y_{group} - y_{rest})`, so with counts
    the interval is that of the group against the *rest*, shrunk by 1 - f; the ratio R to
    the rest becomes :math:`R / (fR + 1 - f)`. With margins the sides are taken for
    independent, which makes the interval too wide rather than too narrow.

    A ratio of counts has Katz's interval (Koopman's where a count is zero), a ratio of
    survey estimates the Census Bureau's formula, cut at zero.

    Examples
    --------
    >>> girls = Measured.of(0.80, numerator=56, denominator=70)
    >>> boys = Measured.of(0.60, numerator=48, denominator=80)
    >>> gap = compare(girls, boys)
    >>> print(f"{gap.difference:.2f} ({gap.lower:.3f} to {gap.upper:.3f}), {gap.basis}")
    0.20 (0.052 to 0.334), counts
    """
    first, second = _same_shape(first, second)
    counted = first.by_counts(unit), second.by_counts(unit)
    surveyed = first.by_margins(), second.by_margins()
    both = counted[0] & counted[1]
    known = (counted[0] | surveyed[0]) & (counted[1] | surveyed[1])
    rest, outside = _rest(first, second, where=both & nested)
    scale = COUNT_SCALES.get(unit, np.nan)
    widen = 1.0 if level == 0.90 else normal_quantile(level) / Z_90

    difference = first.estimate - second.estimate
    below1, above1 = _reach(first, counted[0], level, scale, widen)
    below2, above2 = _reach(rest, counted[1], level, scale, widen)
    below, above = np.hypot(below1, above2) * outside, np.hypot(above1, below2) * outside
    # A group that is everyone has no rest to differ from.
    everyone = both & (outside == 0)
    below, above = np.where(everyone, 0.0, below), np.where(everyone, 0.0, above)
    limit = scale if np.isfinite(scale) else np.inf

    ratio = first.estimate / np.where(second.estimate == 0, np.nan, second.estimate)
    low, high = _counted_ratio(first, rest, outside, both & ~everyone, level)
    own = _margin_like(first, counted[0], scale)
    half = widen * ratio_margin(
        first.estimate, own, second.estimate, _margin_like(second, counted[1], scale)
    )
    error = outside * np.hypot(own, _margin_like(rest, counted[1], scale)) / Z_90
    low, high = (
        np.where(both, low, np.maximum(ratio - half, 0.0)),
        np.where(both, high, ratio + half),
    )
    low, high = np.where(everyone, 1.0, low), np.where(everyone, 1.0, high)
    basis = np.select(
        [both, surveyed[0] & surveyed[1], known], ["counts", "margins", "mixed"], default="none"
    )
    fields = (
        difference,
        np.where(known, np.maximum(difference - below, -limit), np.nan),
        np.where(known, np.minimum(difference + above, limit), np.nan),
        ratio,
        np.where(known, low, np.nan),
        np.where(known, high, np.nan),
        basis,
        np.where(known, np.where(everyone, 0.0, error), np.nan),
    )
    return Comparison(*(scalar_if_single(np.asarray(values)) for values in fields))


def _same_shape(first: Measured, second: Measured) -> tuple[Measured, Measured]:
    a, b = ((m.estimate, m.numerator, m.denominator, m.moe90) for m in (first, second))
    arrays = np.broadcast_arrays(*a, *b)
    return Measured(*arrays[:4]), Measured(*arrays[4:])


def _rest(
    group: Measured, whole: Measured, *, where: NDArray[np.bool_]
) -> tuple[Measured, FloatArray]:
    """Return the whole without the group, and its share of the whole, where asked for.

    Elsewhere, and where the group's counts do not fit into the whole's (another cohort),
    the whole itself and 1.
    """
    x, n = whole.numerator - group.numerator, whole.denominator - group.denominator
    fits = where & (x >= 0) & (n >= x)
    size = np.where(whole.denominator > 0, whole.denominator, np.nan)
    numerator = np.where(fits, x, whole.numerator)
    denominator = np.where(fits, n, whole.denominator)
    rest = Measured(whole.estimate, numerator, denominator, whole.moe90)
    return rest, np.where(fits, n / size, 1.0)


def _reach(
    side: Measured,
    counted: NDArray[np.bool_],
    level: float,
    scale: float,
    widen: float,
) -> Interval:
    """Return how far the side's own limits lie below and above its estimate."""
    x, n = np.where(counted, side.numerator, np.nan), np.where(counted, side.denominator, np.nan)
    limits = proportion_interval(x, n, level=level)
    p = x / np.where(n > 0, n, np.nan)
    margin = side.moe90 * widen
    return Interval(
        np.where(counted, (p - limits.lower) * scale, margin),
        np.where(counted, (limits.upper - p) * scale, margin),
    )


def _counted_ratio(
    group: Measured, rest: Measured, outside: FloatArray, usable: NDArray[np.bool_], level: float
) -> Interval:
    """Return the limits of group against whole from those of group against rest."""
    lower, upper = ratio_interval(
        np.where(usable, group.numerator, np.nan),
        group.denominator,
        np.where(usable, rest.numerator, np.nan),
        rest.denominator,
        level=level,
    )
    inside = 1 - outside
    with np.errstate(divide="ignore"):
        # R / (fR + 1 - f), written so that a ratio of 0 gives 0 and an infinite one 1 / f.
        return Interval(1 / (inside + outside / lower), 1 / (inside + outside / upper))


def _margin_like(side: Measured, counted: NDArray[np.bool_], scale: float) -> FloatArray:
    """Return the 90 % margin, or what it would be for a simple count of children."""
    n = np.where(counted & (side.denominator > 0), side.denominator, np.nan)
    p = side.numerator / n
    return np.where(counted, Z_90 * np.sqrt(p * (1 - p) / n) * scale, side.moe90)
