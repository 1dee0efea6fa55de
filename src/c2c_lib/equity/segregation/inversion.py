"""Intervals of indices of segregation, by inverting a family of tables from even to observed.

What is done, and why, stands in the notes of `two_group_segregation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from c2c_lib.equity.arrays import FloatArray, normal_quantile
from c2c_lib.equity.segregation.registry import Index

__all__ = ["LEAST_DRAWS", "Precision", "TableFamily", "precision_of"]

LEAST_DRAWS: Final = 100
"""Fewer draws say nothing about the tails."""

_GRID: Final = 15
_DEGREE: Final = 3
_FURTHEST: Final = 1.6
_STEEP: Final = 6.0
_PILOT: Final = 200
_AGAIN: Final = 15
"""Tables that are drawn from each drawn table, to see how its own correction varies."""


class Precision(NamedTuple):
    """How precise an index is; the fields as in `SEGREGATION_COLUMNS`."""

    corrected: float
    by_chance: float
    standard_error: float
    lower: float
    upper: float


class TableFamily:
    """Tables between even and observed, and beyond; several families along the leading axis."""

    def __init__(
        self, counts: FloatArray, generator: np.random.Generator, asked: FloatArray | None = None
    ) -> None:
        self.size = counts.sum(axis=-1)
        self.asked = self.size if asked is None else asked
        self.parts = counts / self.size[..., None]
        self.even = (counts.sum(axis=-2) / counts.sum(axis=(-2, -1))[..., None])[..., None, :]
        self.generator = generator

    def shares(self, step: float | FloatArray) -> FloatArray:
        """Return the groups' shares of every unit, without chance."""
        moved = np.maximum(self.even + step * (self.parts - self.even), 0.0)
        return np.asarray(moved / moved.sum(axis=-1, keepdims=True))

    def expected(self, step: float | FloatArray) -> FloatArray:
        """Return the tables without chance; steps of shape (steps, 1, 1) for several."""
        return np.asarray(self.size[..., None] * self.shares(step))

    def drawn(self, step: float, draws: int | None = None) -> FloatArray:
        """Return tables with chance, shape (draws, units, groups); one per family without draws."""
        parts = self.shares(step)
        whole = np.maximum(np.round(self.asked), 1).astype(np.int64)
        whole = np.broadcast_to(whole, self.size.shape)
        lead = whole.shape if draws is None else (draws, *whole.shape)
        if parts.shape[-1] == 2:
            first = self.generator.binomial(whole, np.minimum(parts[..., 0], 1.0), lead)
            tables = np.stack([first, whole - first], axis=-1).astype(np.float64)
        else:
            tables = self.generator.multinomial(whole, parts, lead).astype(np.float64)
        # A survey's units keep their sizes, however many of their children were asked.
        return tables if self.asked is self.size else tables * (self.size / whole)[..., None]

    def ceiling(self, index: Index) -> float:
        """Return the index where every unit has one group only."""
        return float(index.value(np.diag(self.even[0])))


def precision_of(
    counts: FloatArray,
    indices: Sequence[Index],
    level: float,
    draws: int,
    family: TableFamily,
) -> list[Precision]:
    """Return the precision of every index of one table of counts."""
    observed = np.array([float(index.value(counts)) for index in indices])
    even = _values(indices, family.drawn(0.0, draws))
    as_observed = _values(indices, family.drawn(1.0, draws))
    tail = (1 - level) / 2
    steps = _steps(observed, even, as_observed, indices)
    inside = np.array(
        [
            np.nanquantile(
                _values(indices, family.drawn(step, draws)), [tail, 0.5, 1 - tail], axis=-1
            )
            for step in steps
        ]
    )  # (steps, quantiles, indices)
    found = []
    for place, index in enumerate(indices):
        by_chance, error = (
            float(np.nanmean(even[place])),
            float(np.nanstd(as_observed[place], ddof=1)),
        )
        if index.kind == "evenness":
            limits = _inverted(observed[place], steps, inside[:, :, place], family, index)
            found.append((by_chance, error, *limits))
        else:
            corrected = 2 * observed[place] - float(np.nanmean(as_observed[place]))
            half = normal_quantile(level) * error
            lower, upper = corrected - half, corrected + half
            found.append((by_chance, error, corrected, lower, upper, np.nan))
    wider = _wider(family, indices, np.array([one[-1] for one in found]), draws)
    return [
        _widened(one, wider[place], observed[place], even[place], tail, family, indices[place])
        for place, one in enumerate(found)
    ]


def _values(indices: Sequence[Index], tables: FloatArray) -> FloatArray:
    """Return every index of every table, shape (indices, draws)."""
    return np.stack([index.value(tables) for index in indices])


def _steps(
    observed: FloatArray, even: FloatArray, as_observed: FloatArray, indices: Sequence[Index]
) -> FloatArray:
    """Return the members of the family among which all limits lie."""
    evenness = np.array([index.kind == "evenness" for index in indices])
    if not evenness.any():
        return np.array([])
    y = observed[evenness]
    low, high = even[evenness], as_observed[evenness]
    spread = np.maximum(np.nanstd(high, axis=-1), np.nanstd(low, axis=-1))
    slope = np.nanmean(high, axis=-1) - np.nanmean(low, axis=-1)
    slope = np.maximum(slope, spread / _STEEP)
    centre = 1 - (np.nanmean(high, axis=-1) - y) / slope
    reach = _STEEP * spread / slope
    first = float(np.clip(np.min(centre - reach), 0.0, 1.0))
    last = float(np.clip(np.max(centre + reach), first + 0.1, _FURTHEST))
    return np.linspace(first, last, _GRID)


def _inverted(
    observed: float, steps: FloatArray, quantiles: FloatArray, family: TableFamily, index: Index
) -> tuple[float, float, float, float]:
    """Return the index of the members whose median and outer quantiles are as observed.

    The corrected one, the lower, the upper, and the step of the corrected one.
    """
    span = (steps - steps[0]) / (steps[-1] - steps[0])
    fine = np.linspace(0.0, 1.0, 301)
    smooth = np.stack(
        [
            np.maximum.accumulate(np.polynomial.Polynomial.fit(span, q, _DEGREE)(fine))
            for q in quantiles.T
        ]
    )
    at = steps[0] + fine * (steps[-1] - steps[0])
    truth = np.asarray(index.value(family.expected(at[:, None, None])))
    # The lower limit is the first member whose upper quantile reaches the observed value.
    places = [
        min(int(np.searchsorted(curve, observed)), fine.size - 1)
        for curve in (smooth[1], smooth[2], smooth[0])
    ]
    corrected, lower, upper = (float(truth[place]) for place in places)
    return corrected, lower, upper, float(at[places[0]])


def _wider(
    family: TableFamily, indices: Sequence[Index], steps: FloatArray, draws: int
) -> FloatArray:
    """Return how many times as far as the index itself its corrected value varies.

    Tables drawn from the corrected member (the observed one, if no index has one) are corrected
    for the bias that tables drawn from *them* have in the same member. What few of those add by
    chance is taken off again.
    """
    step = 1.0 if np.isnan(steps).all() else float(np.nanmedian(steps))
    tables = family.drawn(step, min(draws, _PILOT))
    tables = tables[(tables.sum(axis=1) > 0).sum(axis=-1) > 1]
    if len(tables) < _PILOT // 4:
        return np.ones(len(indices))
    asked = None if family.asked is family.size else family.asked
    again = TableFamily(tables, family.generator, asked)
    values = _values(indices, tables)
    drawn = np.stack([_values(indices, again.drawn(step)) for _ in range(_AGAIN)])
    corrected = values - (drawn.mean(axis=0) - _values(indices, again.expected(step)))
    chance = np.nanmean(drawn.var(axis=0, ddof=1), axis=-1) / _AGAIN
    spread, own = np.nanvar(corrected, axis=-1) - chance, np.nanvar(values, axis=-1)
    found = np.sqrt(np.maximum(spread, own) / np.where(own > 0, own, np.nan))
    return np.where(np.isnan(found), 1.0, found)


def _widened(
    found: tuple[float, ...],
    wider: float,
    observed: float,
    even: FloatArray,
    tail: float,
    family: TableFamily,
    index: Index,
) -> Precision:
    by_chance, error, corrected, lower, upper, _ = found
    highest = family.ceiling(index) if index.kind == "evenness" else np.inf
    highest = 1.0 if index.kind == "exposure" else highest
    lower = max(corrected - wider * (corrected - lower), 0.0)
    upper = min(corrected + wider * (upper - corrected), highest)
    if index.kind == "evenness":
        if observed <= np.nanquantile(even, 1 - tail):
            lower = 0.0
        if observed <= np.nanquantile(even, 0.5):
            corrected = 0.0
        corrected, upper = max(corrected, lower), max(upper, lower)
    return Precision(float(corrected), by_chance, error, float(lower), float(upper))
