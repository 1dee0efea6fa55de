"""Change between two periods, and when a change is not a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from c2c_lib.catalog.periods import parse_period
from c2c_lib.equity.arrays import FloatArray, check_choice, scalar_if_single
from c2c_lib.equity.comparisons import compare
from c2c_lib.equity.group_excess import POLARITIES
from c2c_lib.equity.measured import Measured
from c2c_lib.errors import InputError, Problem, Problems

__all__ = ["CHANGE_REASONS", "Change", "Verdict", "change_between"]

Verdict: TypeAlias = Literal[
    "improved", "slipped", "about_the_same", "not_enough_data", "no_direction"
]

CHANGE_REASONS: Final[dict[str, str]] = {
    "beyond_chance": "The interval of the change leaves out zero.",
    "within_chance": "The interval of the change includes zero.",
    "below_minimum": "The change is smaller than the minimum that matters.",
    "size_only": "The precision is unknown; only the size of the change was judged.",
    "no_figure": "One of the two figures is missing.",
    "break_in_series": "The two periods must not be compared: the measurement changed.",
    "overlapping_periods": "The two periods share years, and with them children.",
    "neutral": "Neither direction is better.",
}
"""Why a verdict is what it is, in plain words."""

_SHARE_MINIMUM: Final = 0.01
_RELATIVE_MINIMUM: Final = 0.01
_DUST: Final = 1e-9
"""0.03 - 0.02 is a full point although floating point says a little less."""


class Change(NamedTuple):
    """Change between two periods; every field has the shape of the figures.

    Attributes
    ----------
    difference, lower, upper : ndarray
        Later minus earlier in the unit of the indicator, with limits; NaN where the
        periods must not be compared.
    verdict : ndarray of str
        ``improved``, ``slipped``, ``about_the_same`` or ``not_enough_data``; for neutral
        indicators that did change, ``no_direction``.
    basis : ndarray of str
        What was judged: ``counts``, ``margins``, ``mixed``, ``size_only`` or ``none``.
    reason : ndarray of str
        A key of `CHANGE_REASONS`.
    """

    difference: FloatArray
    lower: FloatArray
    upper: FloatArray
    verdict: NDArray[np.str_]
    basis: NDArray[np.str_]
    reason: NDArray[np.str_]


def change_between(
    earlier: Measured,
    later: Measured,
    *,
    earlier_period: str | Sequence[str],
    later_period: str | Sequence[str],
    polarity: str,
    unit: str = "share",
    minimum: float | None = None,
    level: float = 0.95,
    comparable: ArrayLike = True,
) -> Change:
    """Say whether a figure improved, slipped or stayed about the same.

    Parameters
    ----------
    earlier, later : Measured
        The same figure in two periods; broadcast together.
    earlier_period, later_period : str or sequence of str
        Labels as in the tidy table, one for all figures or one for each.
    polarity, unit : str
        As in the catalog.
    minimum : float, optional
        The smallest change that matters, in the unit of the indicator. Default is one
        point (0.01) for shares, and one percent of the earlier figure for other units.
    level : float
        Confidence level of the interval that must leave out zero.
    comparable : bool array_like
        False where the catalog says that the two periods lie across a break.

    Returns
    -------
    Change
        The verdict follows, in this order:

        1. a figure is missing, or a break, or shared years: ``not_enough_data``;
        2. the change is smaller than `minimum`: ``about_the_same``;
        3. the interval is known and includes zero: ``about_the_same``;
        4. otherwise ``improved`` or ``slipped`` by polarity. If no interval is known,
           step 3 is left out and the basis says ``size_only``.

    Raises
    ------
    InputError
        For an unknown polarity, a label that is no period, a period that does not come
        before the other, or a minimum below 0.

    Notes
    -----
    Two pooled windows that overlap share their sample, so their difference says little
    and its interval is wrong; the Census Bureau says not to compare them (ACS General
    Handbook 2020, chapter 3). The children of two school years are taken for independent.

    Examples
    --------
    >>> before = Measured.of(0.47, numerator=470, denominator=1000)
    >>> after = Measured.of(0.53, numerator=530, denominator=1000)
    >>> found = change_between(before, after, earlier_period="2014-15",
    ...                        later_period="2018-19", polarity="higher_is_better")
    >>> str(found.verdict), str(found.basis)
    ('improved', 'counts')
    """
    check_choice("polarity", polarity, POLARITIES)
    overlapping = _overlap(earlier_period, later_period)
    found = compare(later, earlier, unit=unit, level=level)
    (allowed,) = np.broadcast_arrays(np.asarray(comparable, dtype=bool))
    arrays = np.broadcast_arrays(
        found.difference, found.lower, found.upper, found.basis, overlapping, ~allowed
    )
    difference, lower, upper, basis, overlaps, broken = arrays
    smallest = _minimum(minimum, unit, earlier.estimate)

    missing = np.isnan(difference)
    stopped = missing | broken | overlaps
    known = basis != "none"
    small = np.abs(difference) < smallest - _DUST
    chance = known & (lower <= 0) & (upper >= 0)
    sign = {"higher_is_better": 1.0, "lower_is_better": -1.0, "neutral": 0.0}[polarity]
    good = sign * difference
    verdict = np.select(
        [stopped, small | chance, good > 0, good < 0],
        ["not_enough_data", "about_the_same", "improved", "slipped"],
        default="about_the_same" if polarity != "neutral" else "no_direction",
    )
    reason = np.select(
        [missing, broken, overlaps, small, chance, np.full(known.shape, sign == 0), known],
        [
            "no_figure",
            "break_in_series",
            "overlapping_periods",
            "below_minimum",
            "within_chance",
            "neutral",
            "beyond_chance",
        ],
        default="size_only",
    )
    judged = np.select([stopped, known], ["none", basis], default="size_only")
    hidden = stopped & ~missing
    return Change(
        *(
            scalar_if_single(np.asarray(values))
            for values in (
                *(np.where(hidden, np.nan, v) for v in (difference, lower, upper)),
                verdict,
                judged,
                reason,
            )
        )
    )


def _minimum(minimum: float | None, unit: str, earlier: FloatArray) -> FloatArray:
    if minimum is None:
        whole = _SHARE_MINIMUM if unit == "share" else _RELATIVE_MINIMUM * np.abs(earlier)
        return np.asarray(whole)
    if not minimum >= 0:
        raise InputError(
            [
                Problem(
                    where="minimum",
                    what="is not a size",
                    value=str(minimum),
                    allowed="0 or more, in the unit of the indicator (0.01 is one point)",
                )
            ]
        )
    return np.asarray(minimum, dtype=np.float64)


def _overlap(earlier: str | Sequence[str], later: str | Sequence[str]) -> NDArray[np.bool_]:
    """Return whether the periods share years; every wrong label is an error."""
    problems = Problems()
    pairs = np.broadcast_arrays(np.asarray(earlier, dtype=object), np.asarray(later, dtype=object))
    first, labels = pd.factorize(pairs[0].ravel())
    second, later_labels = pd.factorize(pairs[1].ravel())
    kinds, where = np.unique(first * len(later_labels) + second, return_inverse=True)
    shares = np.zeros(len(kinds), dtype=bool)
    for number, kind in enumerate(kinds):
        before, after = divmod(int(kind), len(later_labels))
        try:
            one, other = parse_period(str(labels[before])), parse_period(str(later_labels[after]))
        except ValueError as error:
            problems.add("period", str(error))
            continue
        shares[number] = one.overlaps(other)
        if other.end < one.end:
            problems.add(
                "period",
                "the later period ends before the earlier one",
                value=f"{one} to {other}",
                remedy="Exchange earlier and later.",
            )
    problems.raise_if_any()
    return np.asarray(shares[where].reshape(pairs[0].shape))
