"""How large or small a measure can be when some groups are hidden."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from c2c_lib.equity.arrays import FloatArray, Interval, scalar_if_single
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.registry import find_group_measure
from c2c_lib.equity.inequality.search import optimum
from c2c_lib.equity.inequality.unsized import MOST_UNSIZED, Unsized, unsized_ends
from c2c_lib.errors import Problems

__all__ = ["MOST_HIDDEN", "MOST_UNSIZED", "feasible_range"]

MOST_HIDDEN: Final = 8
"""Ranges are worked out for at most so many hidden groups in a setting."""

_DIRECTIONS: Final = 8
"""Random directions per hidden group and round of the search."""
_FRACTIONS: Final = np.array([1.0, 0.6, 0.3, 0.1, 0.03])
_STILL: Final = 1e-12
_LEVELS: Final = 65
_SLACK: Final = 1e-9


class _Space(NamedTuple):
    """What the hidden figures of one setting can be: a box, and a band for the average."""

    groups: Groups
    hidden: NDArray[np.intp]
    lowest: FloatArray
    highest: FloatArray
    weights: FloatArray
    band: tuple[float, float]


def feasible_range(
    groups: Groups,
    name: str,
    lowest: ArrayLike,
    highest: ArrayLike,
    *,
    average: ArrayLike | None = None,
    slack: ArrayLike = 0.0,
    unsized: ArrayLike | None = None,
    together: ArrayLike = True,
) -> Interval:
    r"""Return the smallest and the largest value that a measure can have.

    Parameters
    ----------
    groups : Groups
        The groups whose figures are shown; NaN at those that are hidden. A measure with
        populations needs those of the hidden groups too, so build the groups with
        `Groups.of` from any figure in the interval and set the estimate to NaN afterwards
        (`Groups.with_estimates`).
    name : str
        A measure of the registry.
    lowest, highest : array_like, shape (..., k)
        Interval of each hidden figure, in the unit of the indicator; NaN where no group is
        hidden. Values at groups that are shown are not read.
    average : array_like, shape (...), optional
        The published average of *all* children of the setting: the population-weighted
        mean of the groups, hidden ones included, must be this. NaN where unknown.
    slack : array_like, shape (...)
        How far the average may be off, for example half of its last printed digit.
    unsized : array_like, shape (...), optional
        How many children are in the hidden groups whose population is unknown (NaN), all
        of them together: the published total less the other groups. NaN where unknown.
    together : bool array_like, shape (...)
        Whether those groups hold exactly so many children (default; the groups make up
        everyone) or at most so many. Each holds one child or more.

    Returns
    -------
    Interval
        One pair per setting. Where nothing is hidden both ends are the measure itself. NaN
        where no figures fit the average, an interval or a needed population is unknown, or
        more than `MOST_HIDDEN` groups are hidden (`MOST_UNSIZED` where sizes are unknown).

    Raises
    ------
    InputError
        If the measure is not known, or an interval ends below its start.

    Notes
    -----
    The hidden figures lie in a box, cut by the band
    :math:`|\sum_j p_j y_j - average| \le slack`. The corners of that region are enumerated.
    Linear and linear-fractional measures (ACI, RCI, Erreygers, linear SII and RII) have
    both ends there: exact. Convex and quasi-convex ones (difference, ratio, BGV, BGSD, COV,
    MLD, Theil, IDIS, MDM, MDB, MDR, MRD, MRR, SRD, SRR, index of disparity) have the upper
    end there: exact; their lower end is found by bounded optimisation, first along the path
    on which all hidden figures are as equal as their intervals allow, then by a pattern
    search with shrinking steps along the axes and random directions (of a fixed seed). PAR,
    PAF, Wagstaff's RCI and the logit SII and RII have both ends by the same optimisation.
    An end found so is reached by figures in the region; with several hidden groups the true
    end may lie beyond it by a very small part of the range. The linear RII is taken to keep
    its lower fitted end above 0.

    Where populations are unknown too, figures and sizes are searched together, as children
    and children counted of each group: what is known are then straight limits again. See
    `c2c_lib.equity.inequality.unsized`.

    References
    ----------
    Rockafellar 1970, Convex analysis, section 32 (maxima of convex functions at extreme
    points). Torczon 1997, SIAM J Optim 7:1-25 (pattern search).

    Examples
    --------
    >>> shown = Groups.of([0.3, 0.5, 0.4], population=[100, 300, 20])
    >>> groups = shown.with_estimates(np.array([0.3, 0.5, np.nan]))
    >>> low, high = feasible_range(groups, "mrd", [0, 0, 0.05], [0, 0, 0.25])
    >>> print(f"{low:.2f} to {high:.2f}")
    0.25 to 0.45
    """
    found = find_group_measure(name)
    shape, k = groups.count.shape, groups.estimate.shape[-1]
    low, high = (
        np.broadcast_to(np.asarray(a, dtype=float), groups.estimate.shape).reshape(-1, k)
        for a in (lowest, highest)
    )
    target, room = (
        np.broadcast_to(np.asarray(np.nan if a is None else a, dtype=float), shape).reshape(-1)
        for a in (average, slack)
    )
    rest = np.broadcast_to(np.asarray(np.nan if unsized is None else unsized, dtype=float), shape)
    exact = np.broadcast_to(np.asarray(together, dtype=bool), shape).reshape(-1)
    _check_intervals(low, high)
    settings = groups.flat()
    y = settings.estimate
    hidden = np.isnan(y) & ~np.isnan(low) & ~np.isnan(high)
    lower = np.atleast_1d(np.asarray(found.value(groups), dtype=float)).reshape(-1).copy()
    upper = lower.copy()
    lost = (hidden & np.isnan(settings.population)).any(axis=-1) & ~np.isnan(rest.reshape(-1))
    for row in np.flatnonzero(hidden.any(axis=-1)):
        if lost[row]:
            box = Unsized(
                groups=settings.take(row),
                lowest=np.where(hidden[row], low[row], np.nan),
                highest=np.where(hidden[row], high[row], np.nan),
                rest=float(rest.reshape(-1)[row]),
                exact=bool(exact[row]),
                average=float(target[row]),
                slack=float(room[row]),
            )
            lower[row], upper[row] = unsized_ends(found, box)
            continue
        space = _space(settings, row, hidden[row], (low[row], high[row]), (target[row], room[row]))
        lower[row], upper[row] = _ends(found, space)
    return Interval(scalar_if_single(lower.reshape(shape)), scalar_if_single(upper.reshape(shape)))


def _check_intervals(low: FloatArray, high: FloatArray) -> None:
    problems = Problems()
    bad = high < low
    if bad.any():
        shown = list(zip(low[bad], high[bad], strict=True))[:5]
        problems.add(
            "highest",
            "is below lowest",
            value=", ".join(f"{a:g} to {b:g}" for a, b in shown),
            allowed="lowest <= highest",
            remedy="Check that the two ends are not exchanged.",
        )
    problems.raise_if_any()


def _space(
    groups: Groups,
    row: np.intp,
    hidden: NDArray[np.bool_],
    box: tuple[FloatArray, FloatArray],
    average: tuple[float, float],
) -> _Space:
    one = groups.take(row)
    one = one.with_estimates(np.where(hidden, box[0], one.estimate))
    where = np.flatnonzero(hidden)
    shares = one.shares
    target, room = average
    fixed = float((shares * np.where(hidden, 0.0, one.filled(0.0))).sum())
    band = (-np.inf, np.inf)
    if not np.isnan(target):
        pad = (0.0 if np.isnan(room) else room) + _SLACK * max(abs(target), 1e-300)
        band = (target - pad - fixed, target + pad - fixed)
    return _Space(one, where, box[0][where], box[1][where], shares[where], band)


def _ends(found: GroupMeasure, space: _Space) -> tuple[float, float]:
    """Return the smallest and the largest value of the measure in the region."""
    nothing = (np.nan, np.nan)
    bounded = np.isfinite(space.band).all()
    if len(space.hidden) > MOST_HIDDEN or (bounded and np.isnan(space.weights).any()):
        return nothing
    corners = _corners(space)
    if not len(corners):
        return nothing

    def value(figures: FloatArray) -> FloatArray:
        full = np.broadcast_to(
            space.groups.estimate, (*figures.shape[:-1], space.groups.estimate.size)
        ).copy()
        full[..., space.hidden] = figures
        return found.value(space.groups.with_estimates(full))

    values = value(corners)
    if np.isnan(values).all():
        return nothing
    smallest, largest = float(np.nanmin(values)), float(np.nanmax(values))
    if found.range_by != "corners":
        smallest = min(smallest, _optimum(value, space, corners, sign=1.0))
    if found.range_by == "search":
        largest = max(largest, -_optimum(value, space, corners, sign=-1.0))
    return smallest, largest


def _corners(space: _Space) -> FloatArray:
    """Return the extreme points: corners of the box, and edges where they meet the band."""
    low, high, weights = space.lowest, space.highest, space.weights
    h = len(low)
    choice = np.array(list(product((0, 1), repeat=h)), dtype=bool)
    box = np.where(choice, high, low)
    points = [box[_inside(box, space)]]
    if np.isfinite(space.band).all():
        for free in range(h):
            if weights[free] <= 0:
                continue
            others = np.delete(np.arange(h), free)
            edge = box[~choice[:, free]]
            rest = edge[:, others] @ weights[others]
            for end in space.band:
                point = edge.copy()
                point[:, free] = (end - rest) / weights[free]
                fits = (point[:, free] >= low[free]) & (point[:, free] <= high[free])
                points.append(point[fits])
    return np.concatenate(points)


def _inside(points: FloatArray, space: _Space) -> NDArray[np.bool_]:
    if not np.isfinite(space.band).all():
        return np.ones(len(points), dtype=bool)
    total = points @ space.weights
    return np.asarray((total >= space.band[0]) & (total <= space.band[1]))


def _optimum(
    value: Callable[[FloatArray], FloatArray], space: _Space, corners: FloatArray, *, sign: float
) -> float:
    """Return the smallest value of sign times the measure, by bounded optimisation."""
    level = np.linspace(space.lowest.min(), space.highest.max(), _LEVELS)[:, None]
    path = np.clip(_level_path(level, space), space.lowest, space.highest)
    centre = corners.mean(axis=0, keepdims=True)
    starts = np.concatenate([path[_inside(path, space)], centre, corners])

    def around(points: FloatArray, reach: FloatArray, random: np.random.Generator) -> FloatArray:
        return _around(points, reach, _lines(space, random), space)

    return optimum(value, starts, around, sign=sign)


def _level_path(level: FloatArray, space: _Space) -> FloatArray:
    """Return figures that are as equal as their intervals and the average allow."""
    if not np.isfinite(space.band).all():
        return np.broadcast_to(level, (len(level), len(space.lowest)))
    wanted = np.linspace(*space.band, _LEVELS)[:, None]
    under = np.full_like(wanted, space.lowest.min())
    over = np.full_like(wanted, space.highest.max())
    for _ in range(60):
        middle = (under + over) / 2
        total = (np.clip(middle, space.lowest, space.highest) @ space.weights)[:, None]
        under, over = (
            np.where(total < wanted, middle, under),
            np.where(total < wanted, over, middle),
        )
    return (under + over) / 2


def _lines(space: _Space, random: np.random.Generator) -> FloatArray:
    """Return directions: the axes and random ones, and the same with the average kept."""
    h = len(space.lowest)
    width = np.maximum(space.highest - space.lowest, 0.0)
    lines = np.concatenate([np.eye(h), random.standard_normal((_DIRECTIONS * h, h))]) * width
    if np.isfinite(space.band).all() and h > 1:
        norm = float(space.weights @ space.weights)
        kept = lines - np.outer(lines @ space.weights, space.weights) / (norm if norm > 0 else 1)
        lines = np.concatenate([lines, kept])
    return lines


def _around(points: FloatArray, reach: FloatArray, lines: FloatArray, space: _Space) -> FloatArray:
    """Return places in the region on lines through the points: (points, places, hidden)."""
    here = points[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.stack([(space.lowest - here) / lines, (space.highest - here) / lines])
    near = np.where(lines == 0, -np.inf, ends.min(axis=0)).max(axis=-1)
    far = np.where(lines == 0, np.inf, ends.max(axis=0)).min(axis=-1)
    if np.isfinite(space.band).all():
        pace, total = lines @ space.weights, points @ space.weights
        with np.errstate(divide="ignore", invalid="ignore"):
            cut = np.stack([(end - total[:, None]) / pace for end in space.band])
        moves = np.abs(pace) > _STILL * float(np.abs(space.weights).sum())
        near = np.where(moves, np.maximum(near, cut.min(axis=0)), near)
        far = np.where(moves, np.minimum(far, cut.max(axis=0)), far)
    steps = np.stack([np.minimum(near, 0.0), np.maximum(far, 0.0)], axis=-1)
    steps = np.where(np.isfinite(steps), steps, 0.0) * reach[:, None, None]
    steps = (steps[..., None] * _FRACTIONS).reshape(len(points), len(lines), -1)
    tried = points[:, None, None, :] + steps[..., None] * lines[:, None, :]
    tried = np.clip(tried, space.lowest, space.highest)
    return np.asarray(tried.reshape(len(points), -1, len(space.lowest)))
