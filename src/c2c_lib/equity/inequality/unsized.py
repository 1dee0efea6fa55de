r"""Ranges of a measure where neither the figures nor the sizes of some groups are known.

With :math:`n_j` children and :math:`x_j` of them counted, everything that is known about the
hidden groups is linear: :math:`low_j n_j \\le x_j \\le high_j n_j`, the sizes add up to what
the total leaves, and the cases to what the published average leaves. So the possible tables
are a polytope, whose corners are enumerated; from the best of them a pattern search goes on,
because a measure of inequality need not be largest or smallest at a corner.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from c2c_lib.equity.arrays import FloatArray
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.search import optimum

__all__ = ["MOST_UNSIZED", "Unsized", "unsized_ends"]

MOST_UNSIZED: Final = 5
"""Ranges are worked out for at most so many hidden groups if sizes are unknown."""

_FEWEST: Final = 1.0
"""A group that is hidden has at least one child."""
_DIRECTIONS: Final = 40
_FRACTIONS: Final = np.array([1.0, 0.6, 0.3, 0.1, 0.03])
_DUST: Final = 1e-9


class Unsized(NamedTuple):
    """What is known of one setting; arrays of shape (k,).

    Attributes
    ----------
    groups : Groups
        NaN at hidden figures and at unknown populations.
    lowest, highest : ndarray
        Interval of each hidden figure; NaN elsewhere.
    rest : float
        Children in the groups of unknown size, all together.
    exact : bool
        Whether they are exactly so many, or at most.
    average, slack : float
        The published average of everyone and how far it may be off; NaN where unknown.
    """

    groups: Groups
    lowest: FloatArray
    highest: FloatArray
    rest: float
    exact: bool
    average: float
    slack: float


class _Region(NamedTuple):
    """Points v with a v <= b; sizes and cases of the hidden groups are made from them."""

    a: FloatArray
    b: FloatArray
    sizes: FloatArray
    fixed_sizes: FloatArray
    cases: FloatArray


def unsized_ends(found: GroupMeasure, box: Unsized) -> tuple[float, float]:
    """Return the smallest and the largest value of a measure; NaN where nothing fits.

    Examples
    --------
    Two groups are hidden; 100 children are in them together:

    >>> from c2c_lib.equity.inequality.registry import find_group_measure
    >>> nan = float("nan")
    >>> groups = Groups.of([0.5, 0, 0], population=[300, nan, nan])
    >>> groups = groups.with_estimates(np.array([0.5, nan, nan]))
    >>> box = Unsized(groups, np.array([nan, 0, 0]), np.array([nan, 1, 1]), 100, True, nan, nan)
    >>> low, high = unsized_ends(find_group_measure("bgv"), box)
    >>> print(f"{low:.4f} to {high:.4f}")  # both figures 0.5; 50 children with 0 and 50 with 1
    0.0000 to 0.0625
    """
    hidden = np.flatnonzero(~np.isnan(box.lowest))
    size = box.groups.population[hidden]
    unsized = int(np.isnan(size).sum())
    nothing = (np.nan, np.nan)
    if len(hidden) > MOST_UNSIZED or np.isnan(box.highest[hidden]).any():
        return nothing
    if box.rest < _FEWEST * unsized:
        return nothing
    region = _region(box, hidden)
    corners = _corners(region)
    if not len(corners):
        return nothing

    def value(points: FloatArray) -> FloatArray:
        n = points @ region.sizes.T + region.fixed_sizes
        y = (points @ region.cases.T) / np.maximum(n, _DUST)
        y = np.clip(y, box.lowest[hidden], box.highest[hidden])
        shape = (*points.shape[:-1], box.groups.estimate.size)
        figures = np.broadcast_to(box.groups.estimate, shape).copy()
        children = np.broadcast_to(box.groups.population, shape).copy()
        figures[..., hidden], children[..., hidden] = y, n
        return found.value(replace(box.groups, estimate=figures, population=children))

    def around(points: FloatArray, reach: FloatArray, random: np.random.Generator) -> FloatArray:
        return _around(points, reach, random, region)

    starts = np.concatenate([_mixed(corners), corners])
    values = value(starts)
    if np.isnan(values).all():
        return nothing
    low = min(float(np.nanmin(values)), optimum(value, starts, around, sign=1.0))
    high = max(float(np.nanmax(values)), -optimum(value, starts, around, sign=-1.0))
    return low, high


def _region(box: Unsized, hidden: NDArray[np.intp]) -> _Region:
    """Return the polytope; the last unknown size is what the others leave, if that is known."""
    size = box.groups.population[hidden]
    unknown = np.flatnonzero(np.isnan(size))
    h, free = len(hidden), len(unknown) - box.exact
    d = free + h
    sizes, fixed = np.zeros((h, d)), np.where(np.isnan(size), 0.0, size)
    sizes[unknown[:free], np.arange(free)] = 1.0
    if box.exact:
        sizes[unknown[-1], :free] = -1.0
        fixed[unknown[-1]] = box.rest
    cases = np.zeros((h, d))
    cases[np.arange(h), free + np.arange(h)] = 1.0
    low, high = box.lowest[hidden][:, None], box.highest[hidden][:, None]
    rows = [-sizes[unknown], cases - high * sizes, low * sizes - cases]
    ends = [fixed[unknown] - _FEWEST, high[:, 0] * fixed, -low[:, 0] * fixed]
    if not box.exact:
        rows.append(sizes[unknown].sum(axis=0, keepdims=True))
        ends.append(np.array([box.rest]))
    elif not np.isnan(box.average):
        shown = np.where(np.isnan(box.lowest) & box.groups.present, box.groups.population, 0.0)
        everyone = shown.sum() + fixed[~np.isnan(size)].sum() + box.rest
        counted = float((shown * box.groups.filled(0.0)).sum())
        slack = 0.0 if np.isnan(box.slack) else box.slack
        pad = (slack + _DUST * max(abs(box.average), _DUST)) * everyone
        total = cases.sum(axis=0, keepdims=True)
        rows += [total, -total]
        wanted = box.average * everyone - counted
        ends += [np.array([wanted + pad]), np.array([pad - wanted])]
    return _Region(np.concatenate(rows), np.concatenate(ends), sizes, fixed, cases)


def _corners(region: _Region) -> FloatArray:
    """Return the points of the region at which as many limits meet as it has dimensions."""
    m, d = region.a.shape
    chosen = np.array(list(combinations(range(m), d)))
    a, b = region.a[chosen], region.b[chosen]
    scale = np.abs(region.a).max(axis=1)[chosen].prod(axis=1)
    regular = np.abs(np.linalg.det(a)) > _DUST * np.maximum(scale, _DUST)
    points = np.linalg.solve(a[regular], b[regular][..., None])[..., 0]
    room = _DUST * np.maximum(np.abs(region.b).max(), 1.0)
    inside = (points @ region.a.T <= region.b + room).all(axis=1)
    return np.asarray(np.unique(points[inside].round(9), axis=0))


def _mixed(corners: FloatArray) -> FloatArray:
    """Return the centre of the corners, and points between pairs of them."""
    random = np.random.default_rng(len(corners))
    weights = random.dirichlet(np.full(len(corners), 0.3), size=64)
    return np.concatenate([corners.mean(axis=0, keepdims=True), weights @ corners])


def _around(
    points: FloatArray, reach: FloatArray, random: np.random.Generator, region: _Region
) -> FloatArray:
    d = points.shape[-1]
    width = np.maximum(points.std(axis=0), np.abs(points).max(axis=0) * 1e-3 + _DUST)
    lines = np.concatenate([np.eye(d), random.standard_normal((_DIRECTIONS, d))]) * width
    room = np.maximum(region.b - points @ region.a.T, 0.0)[:, None, :]
    pace = (lines @ region.a.T)[None]
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = room / pace
    far = np.where(pace > _DUST * width.min(), steps, np.inf).min(axis=-1)
    near = np.where(pace < -_DUST * width.min(), steps, -np.inf).max(axis=-1)
    ends = np.stack([np.minimum(near, 0.0), np.maximum(far, 0.0)], axis=-1)
    ends = np.where(np.isfinite(ends), ends, 0.0) * reach[:, None, None]
    moves = (ends[..., None] * _FRACTIONS).reshape(len(points), len(lines), -1)
    tried = points[:, None, None, :] + moves[..., None] * lines[:, None, :]
    return np.asarray(tried.reshape(len(points), -1, d))
