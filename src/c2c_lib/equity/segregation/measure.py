"""Indices of segregation with intervals that know the bias of small units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile
from c2c_lib.equity.segregation.registry import SEGREGATION_INDICES, Index
from c2c_lib.errors import InputError, Problem, Problems

__all__ = [
    "SEGREGATION_COLUMNS",
    "SEGREGATION_REASONS",
    "multigroup_segregation",
    "two_group_segregation",
]

SEGREGATION_COLUMNS: Final = (
    "measure",
    "estimate",
    "corrected",
    "by_chance",
    "standard_error",
    "lower",
    "upper",
    "units",
    "children",
    "reason",
)
"""The columns of the result."""

SEGREGATION_REASONS: Final[dict[str, str]] = {
    "more_than_chance": "The units differ by more than chance.",
    "no_more_than_chance": "Units of this size could differ as much by chance alone.",
    "estimated": "It has an estimate and an interval.",
    "one_unit": "There is one unit only: nothing to be uneven between.",
    "empty_group": "Fewer than two groups have children.",
    "no_children": "There are no children.",
    "unknown_counts": "A count is not known.",
}
"""What became of an index, in plain words."""

_GRID: Final = 15
_DEGREE: Final = 3
_FURTHEST: Final = 1.6
_STEEP: Final = 6.0
_PILOT: Final = 200
_AGAIN: Final = 15
"""Tables that are drawn from each drawn table, to see how its own correction varies."""


def two_group_segregation(
    group: ArrayLike,
    other: ArrayLike,
    measures: Sequence[str] | None = None,
    *,
    level: float = 0.95,
    draws: int = 500,
    seed: int | np.random.Generator = 0,
    asked: ArrayLike | None = None,
) -> pd.DataFrame:
    r"""Return indices of segregation between two groups.

    Parameters
    ----------
    group, other : array_like, shape (units,)
        Children of the two groups in each school or tract: two groups, not a group and a
        total.
    measures : sequence of str, optional
        Names in `SEGREGATION_INDICES` whose `groups` are ``two``; default all of them.
    level : float
        Confidence level as a share.
    draws : int
        How many tables to draw at each step; 500 keep the limits within about a hundredth of
        their width.
    seed : int or numpy Generator
        Makes the intervals repeatable; no other random state is touched.
    asked : array_like, shape (units,), optional
        Where the counts are estimates of a survey: how many children of each unit it is as
        if the survey had asked (`effective_numbers`). Default: everyone was counted.

    Returns
    -------
    DataFrame
        One row per index with the columns of `SEGREGATION_COLUMNS`: the index as it is
        usually printed (`estimate`), without the bias of small units (`corrected`), and as it
        would be on average if the children were spread at random (`by_chance`). Where
        there is no index the figures are NaN and `reason` says why.

    Raises
    ------
    InputError
        For counts that are negative, infinite, or not one per unit; for an unknown measure,
        too few draws, or a level outside (0, 1).

    Notes
    -----
    Children are taken to come to their unit by chance, with the probabilities of the unit
    (the superpopulation view); the units' sizes are as they are. In small units an index of
    evenness is then too high: with 10 children per school perfectly even schools have a D of
    0.25. Estimates are therefore put to a family of tables that lie between even
    (:math:`\lambda = 0`) and as observed (:math:`\lambda = 1`) or beyond,
    :math:`p_i(\lambda) = P + \lambda (\hat p_i - P)`. `corrected` is the index of the
    member under which the observed value is the median, and the limits are those of the
    members under which it is the upper and the lower quantile. Such an interval keeps its
    level at the boundary, where bootstrap intervals fail: its lower limit is 0 where the
    units differ by no more than chance.

    The family has the spread of the observed shares, which is itself known by chance only.
    Indices with a kink where a unit is like all (dissimilarity, Gini, min-max, concentration
    profile) are corrected the more, the nearer the units lie to it, so that their corrected
    value varies up to a fifth further than the index. How much further is found by correcting
    tables that are drawn from the corrected member (a double bootstrap), and the distances of
    the limits from `corrected` are widened by so much; without it such limits held the truth
    in 90 to 92 of 100 samples from 25 schools of 20 to 120 children, with it in 95
    (``benchmarks/interval_coverage.py``).

    Exposure and diversity do not have that boundary; their limits are those of a normal
    distribution around the value without its bootstrap bias, widened likewise.

    Of a survey the shares are drawn with as many children as it is as if it had asked, and
    the units keep their sizes. Without it an index of a survey is far too high: a tenth of
    the children asked makes units seem as uneven by chance as units a tenth of their size
    (Reardon, Bischoff, Owens & Townsend 2018, Demography 55:2129-2160).

    References
    ----------
    Allen, Burgess, Davidson & Windmeijer 2015, Econometrics Journal 18:40-66 (the bias).
    Carrington & Troske 1997, J Bus Econ Stat 15:402-409 (chance). Neyman 1937, Philos Trans R
    Soc A 236:333-380 (inversion). Hall & Martin 1988, Biometrika 75:661-671 (the double
    bootstrap). Davison & Hinkley 1997, Bootstrap Methods and their Application, 5.2.

    Examples
    --------
    >>> frame = two_group_segregation([12, 15, 9, 11], [13, 10, 16, 14], ["dissimilarity"])
    >>> frame.loc[0, ["estimate", "by_chance"]].astype(float).round(2).tolist()
    [0.14, 0.15]
    >>> float(frame.loc[0, "lower"]), frame.loc[0, "reason"]
    (0.0, 'no_more_than_chance')
    """
    a, b = np.asarray(group, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if a.ndim != 1 or a.shape != b.shape:
        raise InputError(
            [
                Problem(
                    "counts",
                    "are not two lists of equal length",
                    value=f"shapes {a.shape} and {b.shape}",
                    allowed="one count of each group per unit",
                )
            ]
        )
    counts = np.stack([a, b], axis=-1)
    effective = None if asked is None else _checked_asked(asked, counts)
    return _measured(counts, _chosen(measures, "two"), level, draws, seed, effective)


def multigroup_segregation(
    counts: ArrayLike,
    measures: Sequence[str] | None = None,
    *,
    level: float = 0.95,
    draws: int = 500,
    seed: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Return indices of segregation and diversity of any number of groups.

    Parameters
    ----------
    counts : array_like, shape (units, groups)
        Children of each group in each unit.
    measures : sequence of str, optional
        Names in `SEGREGATION_INDICES` whose `groups` are ``many``; default all of them.
    level, draws, seed
        As in `two_group_segregation`.

    Returns
    -------
    DataFrame
        As from `two_group_segregation`.

    Raises
    ------
    InputError
        As in `two_group_segregation`.

    Examples
    --------
    >>> frame = multigroup_segregation([[120, 200, 30], [40, 310, 12], [25, 90, 260]],
    ...                                ["information_theory"])
    >>> frame.loc[0, ["estimate", "lower", "upper"]].astype(float).round(2).tolist()
    [0.27, 0.23, 0.3]
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2:
        raise InputError(
            [
                Problem(
                    "counts",
                    "are not a table",
                    value=f"shape {table.shape}",
                    allowed="a row per unit and a column per group",
                )
            ]
        )
    return _measured(table, _chosen(measures, "many"), level, draws, seed)


class _Precision(NamedTuple):
    corrected: float
    by_chance: float
    standard_error: float
    lower: float
    upper: float


def _chosen(measures: Sequence[str] | None, groups: str) -> list[Index]:
    known = tuple(name for name, index in SEGREGATION_INDICES.items() if index.groups == groups)
    names = known if measures is None else tuple(measures)
    for name in names:
        check_choice("measure", name, known)
    return [SEGREGATION_INDICES[name] for name in names]


def _measured(
    counts: FloatArray,
    indices: Sequence[Index],
    level: float,
    draws: int,
    seed: int | np.random.Generator,
    asked: FloatArray | None = None,
) -> pd.DataFrame:
    normal_quantile(level)
    _check(counts, draws)
    some = ~(counts.sum(axis=-1) == 0)
    counts, asked = counts[some], None if asked is None else asked[some]
    reason = _why_not(counts)
    rows = []
    precision: list[_Precision] | None = None
    if not reason:
        family = _Family(counts, np.random.default_rng(seed), asked)
        precision = _precision(counts, indices, level, draws, family)
    nothing = _Precision(*[float("nan")] * 5)
    for place, index in enumerate(indices):
        estimate = float(index.value(counts)) if reason in {"", "one_unit"} else float("nan")
        found = nothing if precision is None else precision[place]
        word = reason
        if not reason and index.kind == "evenness":
            word = "more_than_chance" if found.lower > 0 else "no_more_than_chance"
        rows.append((index.name, estimate, *found, len(counts), counts.sum(), word or "estimated"))
    return pd.DataFrame(rows, columns=list(SEGREGATION_COLUMNS))


def _check(counts: FloatArray, draws: int) -> None:
    problems = Problems()
    bad = (counts < 0) | np.isinf(counts)
    if bad.any():
        problems.add(
            "counts",
            "are negative or infinite",
            value=", ".join(f"{one:g}" for one in counts[bad][:5]),
            allowed="0 or more, or NaN where unknown",
            remedy="Give the two groups, not a group and a difference.",
        )
    if draws < _PILOT // 2:
        problems.add("draws", "are too few", value=draws, allowed=f"{_PILOT // 2} or more")
    problems.raise_if_any()


def _checked_asked(asked: ArrayLike, counts: FloatArray) -> FloatArray:
    found = np.asarray(asked, dtype=np.float64)
    if found.shape != counts.shape[:1] or not (found > 0).all():
        raise InputError(
            [
                Problem(
                    "asked",
                    "is not a positive number for every unit",
                    value=f"shape {found.shape}, least {found.min() if found.size else '-'}",
                    allowed="one number above 0 per unit, from effective_numbers",
                )
            ]
        )
    return found


def _why_not(counts: FloatArray) -> str:
    if np.isnan(counts).any():
        return "unknown_counts"
    if not counts.sum() > 0:
        return "no_children"
    if (counts.sum(axis=0) > 0).sum() < 2:
        return "empty_group"
    return "one_unit" if len(counts) == 1 else ""


class _Family:
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


def _precision(
    counts: FloatArray,
    indices: Sequence[Index],
    level: float,
    draws: int,
    family: _Family,
) -> list[_Precision]:
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
    observed: float, steps: FloatArray, quantiles: FloatArray, family: _Family, index: Index
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


def _wider(family: _Family, indices: Sequence[Index], steps: FloatArray, draws: int) -> FloatArray:
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
    again = _Family(tables, family.generator, asked)
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
    family: _Family,
    index: Index,
) -> _Precision:
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
    return _Precision(float(corrected), by_chance, error, float(lower), float(upper))
