"""What the functions on series share: checked values along time, and words for a direction."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.errors import InputError, Problem

__all__ = [
    "DUST",
    "TREND_REASONS",
    "TrendVerdict",
    "checked_series",
    "checked_times",
    "median_of_sorted",
    "trend_verdict",
]

DUST: Final = 1e-9
"""Relative distance below which two numbers differ by rounding only."""

TrendVerdict: TypeAlias = Literal[
    "rising", "falling", "no_clear_trend", "too_few_years", "not_defined"
]

TREND_REASONS: Final[dict[str, str]] = {
    "rising": "The figures rise by more than chance alone would make them rise.",
    "falling": "The figures fall by more than chance alone would make them fall.",
    "no_clear_trend": "Chance alone could have made figures like these.",
    "too_few_years": "So few years cannot show a trend, whatever they look like.",
    "not_defined": "The calculation does not exist for these figures.",
}
"""What each verdict about a trend means, in plain words."""


def checked_series(values: ArrayLike, name: str = "values") -> FloatArray:
    """Return series along the last axis as floats; NaN is a year without a figure.

    Raises
    ------
    InputError
        For a single number instead of a series, and for infinite values.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 0:
        raise InputError(
            [
                Problem(
                    where=name,
                    what="is one number, not a series",
                    value=str(array),
                    allowed="figures in the order of time along the last axis",
                )
            ]
        )
    infinite = np.isinf(array)
    if infinite.any():
        raise InputError(
            [
                Problem(
                    where=name,
                    what="has infinite figures",
                    value=f"{int(infinite.sum())} of {array.size}",
                    allowed="finite numbers, or NaN where there is no figure",
                )
            ]
        )
    return array


def checked_times(times: ArrayLike | None, values: FloatArray) -> FloatArray:
    """Return the time of every figure, 0, 1, 2, ... where none is given.

    Raises
    ------
    InputError
        Where the times do not fit the series, are not finite, or do not rise.
    """
    if times is None:
        return np.broadcast_to(np.arange(values.shape[-1], dtype=np.float64), values.shape)
    array = np.asarray(times, dtype=np.float64)
    problem = ""
    if array.shape[-1:] != values.shape[-1:] or array.ndim > values.ndim:
        problem = f"have the shape {array.shape} beside figures of the shape {values.shape}"
    elif not np.isfinite(array).all():
        problem = "are not all finite"
    elif (np.diff(array, axis=-1) <= 0).any():
        problem = "do not rise from figure to figure"
    if problem:
        raise InputError(
            [
                Problem(
                    where="times",
                    what=problem,
                    allowed="one time per figure, each later than the one before",
                    remedy="Sort the figures by period and give each period once.",
                )
            ]
        )
    return np.broadcast_to(array, values.shape)


def median_of_sorted(ordered: FloatArray, count: NDArray[np.int64]) -> FloatArray:
    """Return the median of the first `count` values along the last axis; NaN for none."""
    safe = np.maximum(count, 1)
    low = np.take_along_axis(ordered, ((safe - 1) // 2)[..., None], axis=-1)[..., 0]
    high = np.take_along_axis(ordered, (safe // 2)[..., None], axis=-1)[..., 0]
    return np.where(count > 0, (low + high) / 2, np.nan)


def trend_verdict(
    direction: FloatArray, p_value: FloatArray, too_few: NDArray[np.bool_], level: float
) -> NDArray[np.str_]:
    """Return the word for a direction and its p-value."""
    clear = p_value < 1 - level
    return np.select(
        [too_few, np.isnan(p_value), clear & (direction > 0), clear & (direction < 0)],
        ["too_few_years", "not_defined", "rising", "falling"],
        default="no_clear_trend",
    )
