"""Whether a gap was reduced: the change of a gap, judged as one number."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile, scalar_if_single
from c2c_lib.equity.comparisons import compare
from c2c_lib.equity.measured import COUNT_SCALES, Measured
from c2c_lib.equity.series import DUST
from c2c_lib.errors import Problems
from c2c_lib.observations.margins import Z_90

__all__ = ["GAP_CHANGE_REASONS", "GapChange", "gap_change_between"]

GAP_CHANGE_REASONS: Final[dict[str, str]] = {
    "beyond_chance": "The interval of the change leaves out zero.",
    "within_chance": "The interval of the change includes zero.",
    "below_minimum": "The change is smaller than the minimum that matters.",
    "size_only": "The precision is unknown; only the size of the change was judged.",
    "precision_unknown": "The precision is unknown, and a verdict was asked for only with it.",
    "no_figure": "One of the four figures is missing.",
}
"""Why a verdict on a gap is what it is, in plain words."""

_SIGNS: Final = {"higher_is_better": 1.0, "lower_is_better": -1.0}


class GapChange(NamedTuple):
    """Change of gaps; every field has the shape of the figures.

    Attributes
    ----------
    before, after : ndarray
        The gaps in the unit of the indicator: positive while the focal group is worse off.
    change, lower, upper : ndarray
        Later gap minus earlier gap and its limits; below 0 the focal group has caught up.
    standard_error : ndarray
        Root of the sum of the variances of both gaps.
    size_change : ndarray
        Change of the size of the gap, whoever is ahead.
    verdict : ndarray of str
        ``reduced``, ``eliminated``, ``widened``, ``about_the_same``, ``never_behind`` or
        ``not_enough_data``.
    reason : ndarray of str
        A key of `GAP_CHANGE_REASONS`.
    levelling_down : ndarray of bool
        The gap shrank because the reference got worse, while the focal group did not
        get better.
    reversed : ndarray of bool
        The focal group was behind and is ahead now.
    """

    before: FloatArray
    after: FloatArray
    change: FloatArray
    lower: FloatArray
    upper: FloatArray
    standard_error: FloatArray
    size_change: FloatArray
    verdict: NDArray[np.str_]
    reason: NDArray[np.str_]
    levelling_down: NDArray[np.bool_]
    reversed: NDArray[np.bool_]


def gap_change_between(
    reference_before: Measured,
    focal_before: Measured,
    reference_after: Measured,
    focal_after: Measured,
    *,
    polarity: str,
    unit: str = "share",
    level: float = 0.95,
    minimum: float = 0.0,
    closed_within: float = 0.0,
    need_precision: bool = False,
    nested: bool = False,
) -> GapChange:
    r"""Say whether the gap between two groups was reduced between two periods.

    Parameters
    ----------
    reference_before, focal_before, reference_after, focal_after : Measured
        Four figures of one indicator, with counts or margins; broadcast together. They
        are taken for independent: different children, or different samples.
    polarity : {"higher_is_better", "lower_is_better"}
        Which way is good.
    unit : str
        Unit of the indicator; counts are used for ``share`` and ``per_1000``.
    level : float
        Confidence level of the interval that must leave out zero.
    minimum : float
        The smallest change of a gap that matters, in the unit of the indicator.
    closed_within : float
        A gap of at most this size counts as closed.
    need_precision : bool
        Whether a gap of unknown precision gets no verdict. By default its size decides.
    nested : bool
        Whether the children of the focal group are among those of the reference (a group
        against all children). With counts the limits are then those of the group against the
        rest, shrunk to the whole (see `c2c_lib.equity.compare`); taken for independent, they
        would be too wide.

    Returns
    -------
    GapChange
        The verdict follows, in this order:

        1. a figure is missing, or the precision where it is needed: ``not_enough_data``;
        2. the focal group was ahead, and is not behind now: ``never_behind``;
        3. the change is zero or smaller than `minimum`, or its interval is known and
           includes zero: ``about_the_same``;
        4. the change is upwards: ``widened``;
        5. the later gap is at most `closed_within`: ``eliminated``; else ``reduced``.

        ``levelling_down`` can only be set for gaps reduced or eliminated. Both flags
        speak of the figures as they are, without a test.

    Raises
    ------
    InputError
        For an unknown or neutral polarity, a level outside (0, 1), or a negative
        `minimum` or `closed_within`.

    Notes
    -----
    .. math:: \Delta = (y_{R1} - y_{F1}) - (y_{R0} - y_{F0}), \qquad
        SE(\Delta) = \sqrt{s_{R1}^2 + s_{F1}^2 + s_{R0}^2 + s_{F0}^2}

    One test of the change of the gap, not two tests of two changes: that one group's rise
    is clear and the other's is not does not make the gap's change clear (Gelman & Stern
    2006). With margins the limits are :math:`\Delta \pm z\,SE`. With counts each of the
    four variances is recovered from its group's Wilson limits on the side that matters
    (Zou & Donner 2008), which is the same for large groups and, unlike
    :math:`\sqrt{pq/n}`, is not zero where all or no children succeed. The standard error
    is :math:`\sqrt{pq/n}`'s throughout.

    References
    ----------
    Gelman & Stern 2006, Am Stat 60:328-331. Zou & Donner 2008, Stat Med 27:1693-1702.
    Levelling down: Parfit 1997, Ratio 10:202-221.

    Examples
    --------
    Both groups fall, the reference by more:

    >>> figures = [Measured.of(x / n, numerator=x, denominator=n) for x, n in
    ...            ((1461, 2210), (1526, 5120), (1272, 2120), (1275, 5100))]
    >>> found = gap_change_between(*figures, polarity="higher_is_better")
    >>> print(f"{found.change:+.3f} ({found.lower:+.3f} to {found.upper:+.3f})", found.verdict)
    -0.013 (-0.046 to +0.020) about_the_same
    """
    check_choice("polarity", polarity, tuple(_SIGNS))
    normal_quantile(level)
    _check_sizes(minimum, closed_within)
    sign = _SIGNS[polarity]
    # The group comes first, because it is the one that can be a part of the other.
    first = compare(focal_before, reference_before, unit=unit, level=level, nested=nested)
    second = compare(focal_after, reference_after, unit=unit, level=level, nested=nested)
    raw = np.asarray(first.difference) - second.difference
    below = np.hypot(second.upper - second.difference, first.difference - first.lower)
    above = np.hypot(second.difference - second.lower, first.upper - first.difference)
    lower, upper = (raw - below, raw + above) if sign > 0 else (-raw - above, -raw + below)
    figures = (reference_before, focal_before, reference_after, focal_after)
    dust = DUST * _largest(figures)
    before, after, change = (
        _without_dust(sign * value, dust) for value in (-first.difference, -second.difference, raw)
    )
    reference = _without_dust(sign * (reference_after.estimate - reference_before.estimate), dust)
    focal = _without_dust(sign * (focal_after.estimate - focal_before.estimate), dust)
    limits = lower, upper, minimum - dust, closed_within + dust
    verdict, reason = _judge(before, after, change, *limits, need_precision)
    shrunk = np.isin(verdict, ["reduced", "eliminated"])
    fields = (
        before,
        after,
        change,
        lower,
        upper,
        np.hypot(
            _gap_error(reference_before, focal_before, unit, nested=nested),
            _gap_error(reference_after, focal_after, unit, nested=nested),
        ),
        np.abs(after) - np.abs(before),
        verdict,
        reason,
        shrunk & (reference < 0) & (focal <= 0),
        (before > closed_within + dust) & (after < -closed_within - dust),
    )
    return GapChange(*(scalar_if_single(np.asarray(field)) for field in fields))


def _judge(
    before: FloatArray,
    after: FloatArray,
    change: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    smallest: FloatArray,
    closed: FloatArray,
    need_precision: bool,
) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    missing, unknown = np.isnan(change), np.isnan(lower) | np.isnan(upper)
    refused = unknown & need_precision
    small = (np.abs(change) < smallest) | (change == 0)
    chance = ~unknown & (lower <= 0) & (upper >= 0)
    verdict = np.select(
        [
            missing | refused,
            (before < -closed) & (after <= closed),
            small | chance,
            change > 0,
            after <= closed,
        ],
        ["not_enough_data", "never_behind", "about_the_same", "widened", "eliminated"],
        default="reduced",
    )
    reason = np.select(
        [missing, refused, small, chance, unknown],
        ["no_figure", "precision_unknown", "below_minimum", "within_chance", "size_only"],
        default="beyond_chance",
    )
    return verdict, reason


def _largest(figures: tuple[Measured, ...]) -> FloatArray:
    largest = np.abs(figures[0].estimate)
    for figure in figures[1:]:
        largest = np.fmax(largest, np.abs(figure.estimate))
    return np.where(np.isnan(largest), 0.0, largest)


def _without_dust(values: FloatArray, dust: FloatArray) -> FloatArray:
    return np.where(np.abs(values) <= dust, 0.0, values)


def _standard_error(figure: Measured, unit: str) -> FloatArray:
    counted = figure.by_counts(unit)
    n = np.where(counted, figure.denominator, np.nan)
    p = figure.numerator / n
    scale = COUNT_SCALES.get(unit, np.nan)
    return np.where(counted, np.sqrt(p * (1 - p) / n) * scale, figure.moe90 / Z_90)


def _gap_error(reference: Measured, focal: Measured, unit: str, *, nested: bool) -> FloatArray:
    """Return the standard error of one gap; of a group in the whole, that against the rest."""
    both = np.hypot(_standard_error(reference, unit), _standard_error(focal, unit))
    if not nested:
        return both
    counted = reference.by_counts(unit) & focal.by_counts(unit)
    n = np.where(counted, reference.denominator - focal.denominator, np.nan)
    x = np.where(counted, reference.numerator - focal.numerator, np.nan)
    fits = counted & (n > 0) & (x >= 0) & (x <= n)
    share = x / np.where(fits, n, np.nan)
    scale = COUNT_SCALES.get(unit, np.nan)
    rest = np.sqrt(share * (1 - share) / np.where(fits, n, np.nan)) * scale
    outside = n / np.where(counted, reference.denominator, np.nan)
    error = np.where(fits, outside * np.hypot(rest, _standard_error(focal, unit)), both)
    # A group that is everyone has no rest to differ from.
    return np.where(counted & (n == 0) & (x == 0), 0.0, error)


def _check_sizes(minimum: float, closed_within: float) -> None:
    problems = Problems()
    for name, value in (("minimum", minimum), ("closed_within", closed_within)):
        if not value >= 0:
            problems.add(
                name,
                "is not a size",
                value=value,
                allowed="0 or more, in the unit of the indicator (0.01 is one point)",
            )
    problems.raise_if_any()
