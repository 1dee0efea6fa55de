"""How far it is to a target, how long it takes at the current pace, and the pace needed."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, broadcast, check_choice, scalar_if_single
from c2c_lib.equity.series import DUST
from c2c_lib.errors import Problems

__all__ = ["PACE_REASONS", "Pace", "pace_to_target"]

PACE_REASONS: Final[dict[str, str]] = {
    "reached": "The target is reached.",
    "on_track": "At this pace the target is reached in time.",
    "perhaps_on_track": "Whether the target is reached in time lies within chance.",
    "too_slow": "The figures move towards the target, but too slowly.",
    "moving_closer": "The figures move towards the target; no date was set.",
    "standing_still": "The figures do not move.",
    "moving_away": "The figures move away from the target.",
    "not_enough_data": "The figure, the target or the pace is unknown.",
}
"""What each verdict about a pace means, in plain words."""

_SIGNS: Final = {"higher_is_better": 1.0, "lower_is_better": -1.0}


class Pace(NamedTuple):
    """The way to a target; every field has the shape of the figures.

    Attributes
    ----------
    distance : ndarray
        What is missing to the target, in the unit of the figures: positive while it is
        not reached, negative by how much it is passed.
    years, years_lower, years_upper : ndarray
        Years to the target at the current pace, and at the fastest and the slowest pace
        of its interval; 0 once reached, infinite if it is never reached so.
    needed : ndarray
        Change per year that reaches the target in time, in the unit of the figures and
        with their sign; 0 once reached, infinite if there is no time left.
    verdict : ndarray of str
        A key of `PACE_REASONS`.
    """

    distance: FloatArray
    years: FloatArray
    years_lower: FloatArray
    years_upper: FloatArray
    needed: FloatArray
    verdict: NDArray[np.str_]


def pace_to_target(
    current: ArrayLike,
    target: ArrayLike,
    pace: ArrayLike,
    *,
    polarity: str,
    pace_lower: ArrayLike | None = None,
    pace_upper: ArrayLike | None = None,
    years_left: ArrayLike | None = None,
) -> Pace:
    r"""Compare the current pace of a figure with the pace that its target needs.

    Parameters
    ----------
    current, target : array_like
        The latest figure and its target, in the same unit; broadcast together.
    pace : array_like
        Change per year, for example the slope of `theil_sen` or `linear_trend`.
    polarity : {"higher_is_better", "lower_is_better"}
        Which way is good; a neutral indicator has no target.
    pace_lower, pace_upper : array_like, optional
        Limits of the pace.
    years_left : array_like, optional
        Years from the latest figure to the date of the target.

    Returns
    -------
    Pace
        By the first rule that applies: something is unknown (``not_enough_data``);
        the figure is as good as the target (``reached``); the pace is zero
        (``standing_still``) or in the wrong direction (``moving_away``); no date
        (``moving_closer``). With a date and limits, ``on_track`` means that the slowest
        pace within the limits arrives in time, ``too_slow`` that even the fastest does
        not, and ``perhaps_on_track`` everything between; without limits the pace decides.
        Pace and limits are not extrapolated into a promise: a share cannot go on rising
        by the same points for ever.

    Raises
    ------
    InputError
        For an unknown or neutral polarity, limits that do not enclose the pace, or a
        negative number of years; every problem is listed.

    Notes
    -----
    Years :math:`= (T - y)/b`, pace needed :math:`= (T - y)/\text{years left}`. Limits of
    the years are those of the pace put into the same formula; the uncertainty of the
    latest figure itself is not in them.

    Examples
    --------
    From 62 % towards 80 % at 1.5 points a year, in ten years:

    >>> way = pace_to_target(0.62, 0.80, 0.015, polarity="higher_is_better", years_left=10)
    >>> print(f"{way.years:.0f} years; {way.needed:.3f} a year needed:", way.verdict)
    12 years; 0.018 a year needed: too_slow
    """
    check_choice("polarity", polarity, tuple(_SIGNS))
    y, goal, b, low, high, left = broadcast(
        current, target, pace, pace_lower, pace_upper, years_left
    )
    _check(b, low, high, left)
    sign = _SIGNS[polarity]
    distance = sign * (goal - y)
    rounding = DUST * np.maximum(np.abs(goal), np.abs(y))
    distance = np.where(np.abs(distance) <= rounding, 0.0, distance)
    reached = distance <= 0
    slow, fast = (low, high) if sign > 0 else (-high, -low)
    years = _years(distance, sign * b)
    slowest, fastest = _years(distance, slow), _years(distance, fast)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(reached, 0.0, sign * distance / left)
    needed = np.where(np.isnan(distance) | np.isnan(left), np.nan, needed)
    room = left * (1 + DUST)
    limits = ~np.isnan(slowest) & ~np.isnan(fastest)
    verdict = np.select(
        [
            np.isnan(distance) | (np.isnan(b) & ~reached),
            reached,
            b == 0,
            sign * b < 0,
            np.isnan(left),
            np.where(limits, slowest, years) <= room,
            np.where(limits, fastest, years) > room,
        ],
        [
            "not_enough_data",
            "reached",
            "standing_still",
            "moving_away",
            "moving_closer",
            "on_track",
            "too_slow",
        ],
        default="perhaps_on_track",
    )
    fields = (distance, years, fastest, slowest, needed, verdict)
    return Pace(*(scalar_if_single(np.asarray(field)) for field in fields))


def _years(distance: FloatArray, speed: FloatArray) -> FloatArray:
    """Return the years to cover a distance; infinite unless the speed is towards it."""
    towards = speed > 0
    years = np.where(towards, distance / np.where(towards, speed, 1.0), np.inf)
    years = np.where(np.isnan(speed), np.nan, years)
    years = np.where(distance <= 0, 0.0, years)
    return np.where(np.isnan(distance), np.nan, years)


def _check(b: FloatArray, low: FloatArray, high: FloatArray, left: FloatArray) -> None:
    problems = Problems()
    outside = (low > b) | (high < b)
    if outside.any():
        shown = list(zip(low[outside], b[outside], high[outside], strict=True))[:5]
        problems.add(
            "pace",
            "lies outside its limits",
            value=", ".join(f"{x:g} in [{lo:g}, {hi:g}]" for lo, x, hi in shown),
            allowed="pace_lower <= pace <= pace_upper",
        )
    if (left < 0).any():
        problems.add(
            "years_left",
            "is negative",
            value=", ".join(f"{v:g}" for v in left[left < 0][:5]),
            allowed="0 or more years, or NaN where no date was set",
        )
    problems.raise_if_any()
