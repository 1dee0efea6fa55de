"""What the interval functions share: broadcasting, checked inputs, the result type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from c2c_lib.errors import InputError, Problem, Problems, did_you_mean

__all__ = [
    "FloatArray",
    "Interval",
    "broadcast",
    "check_choice",
    "checked_counts",
    "normal_quantile",
    "pieces",
    "scalar_if_single",
]

FloatArray: TypeAlias = NDArray[np.float64]
_SHOWN_VALUES: Final = 5
_AT_ONCE: Final = 16_384


class Interval(NamedTuple):
    """Lower and upper limits, in the unit and shape of the estimate; NaN where unknown."""

    lower: FloatArray
    upper: FloatArray


def broadcast(*values: ArrayLike | None) -> tuple[FloatArray, ...]:
    """Return the values as float arrays of one common shape; None becomes NaN.

    Examples
    --------
    >>> [a.tolist() for a in broadcast([1, 2], 3, None)]
    [[1.0, 2.0], [3.0, 3.0], [nan, nan]]
    """
    arrays = [np.asarray(np.nan if v is None else v, dtype=np.float64) for v in values]
    return tuple(np.broadcast_arrays(*arrays))


def scalar_if_single(values: NDArray[Any]) -> Any:
    """Return a scalar for an array without dimensions, and any other array as it is."""
    return values[()]


def pieces(size: int, at_once: int = _AT_ONCE) -> Iterator[slice]:
    """Yield slices that cut so many rows into pieces that are worked on together.

    What is worked out on the way stays small, and in the processor's own memory.

    Examples
    --------
    >>> list(pieces(5, 2))
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    for start in range(0, size, at_once):
        yield slice(start, min(start + at_once, size))


def checked_counts(**pairs: tuple[ArrayLike, ArrayLike]) -> tuple[FloatArray, ...]:
    """Broadcast pairs of count and number of observations, and check every one.

    Parameters
    ----------
    **pairs : (count, nobs)
        Named so that the error can say which pair is meant. NaN is allowed and stays NaN.

    Returns
    -------
    tuple of ndarray
        ``count, nobs`` of every pair, all of one shape; a count whose `nobs` is 0 or
        NaN is NaN, because there is no proportion.

    Raises
    ------
    InputError
        Listing every pair with a negative or infinite number, or a count above its nobs.
    """
    arrays = broadcast(*(value for pair in pairs.values() for value in pair))
    problems = Problems()
    result: list[FloatArray] = []
    for name, count, nobs in zip(pairs, arrays[0::2], arrays[1::2], strict=True):
        for what, bad in (
            ("is negative or infinite", ~_is_count(count) | ~_is_count(nobs)),
            ("has a count above its number of observations", count > nobs),
        ):
            if bad.any():
                shown = list(zip(count[bad], nobs[bad], strict=True))[:_SHOWN_VALUES]
                problems.add(
                    name,
                    what,
                    value=", ".join(f"{c:g}/{n:g}" for c, n in shown),
                    allowed="0 <= count <= number of observations, or NaN where unknown",
                    remedy="Check that count and number of observations are not exchanged.",
                )
        known = ~np.isnan(count) & (nobs > 0)
        result += [np.where(known, count, np.nan), np.where(known, nobs, np.nan)]
    problems.raise_if_any()
    return tuple(result)


def _is_count(values: FloatArray) -> NDArray[np.bool_]:
    return np.isnan(values) | (np.isfinite(values) & (values >= 0))


def normal_quantile(level: float) -> float:
    """Return z such that a standard normal value lies within ±z with probability `level`.

    Raises
    ------
    InputError
        If `level` is not between 0 and 1 (it is a share: 0.95, not 95).

    Examples
    --------
    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    if not 0 < level < 1:
        remedy = f"did you mean {level / 100:g}?" if 1 < level < 100 else ""
        raise InputError(
            [
                Problem(
                    where="level",
                    what="is not a confidence level",
                    value=str(level),
                    allowed="a share between 0 and 1, for example 0.95",
                    remedy=remedy,
                )
            ]
        )
    return float(special.ndtri((1 + level) / 2))


def check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """Raise `InputError` if `value` is not among the allowed words."""
    if value not in allowed:
        raise InputError(
            [
                Problem(
                    where=name,
                    what="is not known",
                    value=value,
                    allowed=", ".join(allowed),
                    remedy=did_you_mean(value, allowed),
                )
            ]
        )
