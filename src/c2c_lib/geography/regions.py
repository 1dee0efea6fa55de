"""Tracts merged with their neighbours until a figure is reliable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from c2c_lib.errors import Problems
from c2c_lib.geography.adjacency import Adjacency, adjacency
from c2c_lib.geography.quality import TractQuality, tract_quality
from c2c_lib.observations.margins import proportion_margin, sum_margin

__all__ = ["merge_until_reliable"]

COMPACTNESS: Final = 0.5
_PASSES: Final = 25
_GOOD_ENOUGH: Final[dict[str, tuple[str, ...]]] = {
    "use_with_care": ("strong", "use_with_care"),
    "strong": ("strong",),
}
_NEEDED: Final = ("estimate", "numerator", "denominator", "moe90", "status")


def merge_until_reliable(
    tracts: gpd.GeoDataFrame,
    *,
    at_least: TractQuality = "use_with_care",
    compactness: float = COMPACTNESS,
) -> gpd.GeoDataFrame:
    r"""Return groups of contiguous tracts, each of which can carry a share of its own.

    Parameters
    ----------
    tracts : GeoDataFrame
        One city's tracts with a share, its two counts and its margin, as `join_figures`
        returns them. With ``numerator_moe`` and ``denominator_moe`` margins are those of
        the Census Bureau's handbook; without them the denominators are taken for certain.
    at_least : {"use_with_care", "strong"}
        The `tract_quality` that every group has to reach: a coefficient of variation of
        40 % or of 12 %.
    compactness : float
        From 0 to 1: how much a compact group counts against one of tracts that are alike.

    Returns
    -------
    GeoDataFrame
        One row per group, sorted by its first tract: ``region`` (from 1), ``members`` (tuple
        of positions in `tracts`), ``tracts`` (their number), the counts, ``estimate``,
        ``moe90``, ``quality``, ``status`` and the merged shape. A tract without children
        belongs to the group that it shares the longest edge with; one whose figure is hidden
        stays by itself, without a figure. If not even all tracts together are reliable, there
        is one group of quality ``too_weak``. ``.attrs["kept"]`` is the part of the
        difference between tracts that the groups keep (between-group sum of squares over
        total, weighed by the denominators).

    Raises
    ------
    InputError
        If a column is missing, or a shown figure lacks a count or its margin.
    ValueError
        If `compactness` or `at_least` is out of range.

    Notes
    -----
    A heuristic for the max-p-regions problem: as many groups as possible, each reliable.

    1. *Grow.* Take the group with the largest coefficient of variation that is not yet
       reliable (an estimate of 0 counts as the largest; then fewer children; then the code)
       and merge it with the neighbour for which

       .. math:: (1 - c)\, \frac{|p_a - p_b|}{p_{max} - p_{min}} +
                 c\, \left(1 - \frac{4 \pi A}{L^2}\right)

       is smallest; A and L are area and outline of the two together (Polsby and Popper).
       Repeat until every group is reliable.
    2. *Split.* Let a tract go that is reliable by itself where the rest of its group stays
       contiguous and reliable.
    3. *Move.* Hand a tract to a neighbouring group where both stay contiguous and reliable
       and the sum of the two criteria over all groups falls. Repeat 2 and 3 until nothing
       changes.

    The same tracts give the same groups. Groups are drawn up from the figure that they then
    show, so that chance has a hand in them; draw them beside the tracts, not instead.

    References
    ----------
    J. C. Duque, L. Anselin, S. J. Rey (2012), *The max-p-regions problem*, Journal of
    Regional Science 52. S. E. Spielman, D. C. Folch (2015), *Reducing uncertainty in the
    American Community Survey through data-driven regionalization*, PLoS ONE 10.

    Examples
    --------
    >>> squares = gpd.GeoDataFrame({
    ...     "estimate": [0.5, 0.2, 0.1], "numerator": [500.0, 20.0, 10.0],
    ...     "denominator": [1000.0, 100.0, 100.0], "moe90": [0.05, 0.15, 0.05],
    ...     "status": "published"},
    ...     geometry=[shapely.box(x, 0, x + 100, 100) for x in (0, 100, 200)], crs=2234)
    >>> merge_until_reliable(squares)[["members", "quality"]].values.tolist()
    [[(0,), 'strong'], [(1, 2), 'use_with_care']]
    """
    if at_least not in _GOOD_ENOUGH:
        raise ValueError(f"at_least is {at_least!r}, but is expected to be in {list(_GOOD_ENOUGH)}")
    if not 0 <= compactness <= 1:
        raise ValueError(f"compactness is {compactness}, but is expected to be from 0 to 1")
    _check(tracts)
    shown = np.flatnonzero((tracts["status"] == "published") & tracts["estimate"].notna())
    empty = np.flatnonzero(tracts["status"] == "not_applicable")
    work = tracts.iloc[shown]
    search = _Search(
        _Counts.of(work), adjacency(work), _GOOD_ENOUGH[at_least], compactness, len(work)
    )
    groups = [tuple(int(shown[i]) for i in sorted(group)) for group in search.run()]
    groups = _with_empty(groups, empty, tracts)
    hidden = sorted(set(range(len(tracts))) - {i for group in groups for i in group})
    return _frame(tracts, sorted([*groups, *((i,) for i in hidden)]), search.kept())


def _check(tracts: gpd.GeoDataFrame) -> None:
    problems = Problems()
    for column in (c for c in _NEEDED if c not in tracts):
        problems.add(
            "tracts", "a column is missing", value=column, remedy="Use join_figures first."
        )
    problems.raise_if_any()
    shown = tracts[tracts["estimate"].notna()]
    for column in ("numerator", "denominator", "moe90"):
        lacking = int(shown[column].isna().sum())
        if lacking:
            problems.add(
                "tracts",
                f"{lacking} figures come without what merging needs",
                value=column,
                allowed="shares of a survey with both counts and a margin of error",
            )
    problems.raise_if_any()


@dataclass(frozen=True, eq=False)
class _Counts:
    """The counts of tracts and the margins that a sum of them has."""

    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    numerator_margin: NDArray[np.float64]
    denominator_margin: NDArray[np.float64]

    @classmethod
    def of(cls, tracts: pd.DataFrame) -> _Counts:
        x = tracts["numerator"].to_numpy(dtype=float)
        y = tracts["denominator"].to_numpy(dtype=float)
        if {"numerator_moe", "denominator_moe"} <= set(tracts):
            return cls(
                x,
                y,
                tracts["numerator_moe"].to_numpy(dtype=float),
                tracts["denominator_moe"].to_numpy(dtype=float),
            )
        return cls(x, y, y * tracts["moe90"].to_numpy(dtype=float), np.zeros(len(y)))

    def figure(self, members: Sequence[int]) -> tuple[float, float]:
        """Return the share of several tracts together, and its margin."""
        m = list(members)
        x, y = self.numerator[m].sum(), self.denominator[m].sum()
        margin = proportion_margin(
            x,
            sum_margin(self.numerator[m], self.numerator_margin[m]),
            y,
            sum_margin(self.denominator[m], self.denominator_margin[m]),
        )
        return float(x / y), float(margin)


class _Search:
    """The search for groups; positions are those of the tracts that have a figure."""

    def __init__(
        self,
        counts: _Counts,
        near: Adjacency,
        good: tuple[str, ...],
        compactness: float,
        count: int,
    ) -> None:
        self.counts, self.near, self.good, self.c = counts, near, good, compactness
        self.groups: list[frozenset[int]] = [frozenset([i]) for i in range(count)]
        self.share = counts.numerator / counts.denominator
        spread = float(np.ptp(self.share)) if count else 0.0
        self.spread = spread or 1.0
        self.total = self._squares(range(count)) or 1.0
        self._known: dict[frozenset[int], tuple[float, float]] = {}

    def run(self) -> list[frozenset[int]]:
        self._grow()
        for _ in range(_PASSES):
            if not (self._split() or self._move()):
                break
        return self.groups

    def kept(self) -> float:
        """Return the part of the difference between tracts that the groups keep."""
        return 1 - sum(self._squares(group) for group in self.groups) / self.total

    def _figure(self, group: frozenset[int]) -> tuple[float, float]:
        if group not in self._known:
            self._known[group] = self.counts.figure(sorted(group))
        return self._known[group]

    def _reliable(self, group: frozenset[int]) -> bool:
        return tract_quality(*self._figure(group)) in self.good

    def _grow(self) -> None:
        while True:
            weak = [g for g in self.groups if not self._reliable(g) and self._neighbours(g)]
            if not weak:
                return
            worst = min(weak, key=self._weakness)
            best = min(self._neighbours(worst), key=lambda g: (self._cost(worst, g), min(g)))
            self.groups = [g for g in self.groups if g not in (worst, best)] + [worst | best]

    def _weakness(self, group: frozenset[int]) -> tuple[float, float, int]:
        estimate, margin = self._figure(group)
        cv = np.inf if estimate == 0 else margin / estimate
        return -cv, float(self.counts.denominator[list(group)].sum()), min(group)

    def _neighbours(self, group: frozenset[int]) -> list[frozenset[int]]:
        touched = np.asarray(self.near.linked[sorted(group)].any(axis=0))
        return [g for g in self.groups if g != group and touched[sorted(g)].any()]

    def _cost(self, a: frozenset[int], b: frozenset[int]) -> float:
        apart = abs(self._figure(a)[0] - self._figure(b)[0]) / self.spread
        return (1 - self.c) * apart + self.c * self._sprawl(a | b)

    def _sprawl(self, group: frozenset[int]) -> float:
        """Return 1 less the isoperimetric quotient: 0 for a circle, near 1 for a thread."""
        m = sorted(group)
        outline = self.near.perimeter[m].sum() - self.near.shared[np.ix_(m, m)].sum()
        return float(1 - 4 * np.pi * self.near.area[m].sum() / outline**2)

    def _squares(self, group: Sequence[int] | frozenset[int] | range) -> float:
        m = sorted(group)
        weight, share = self.counts.denominator[m], self.share[m]
        if weight.sum() == 0:
            return 0.0
        return float((weight * (share - np.average(share, weights=weight)) ** 2).sum())

    def _badness(self, *groups: frozenset[int]) -> float:
        apart = sum(self._squares(g) for g in groups) / self.total
        sprawl = sum(self._sprawl(g) * len(g) for g in groups) / len(self.share)
        return (1 - self.c) * apart + self.c * sprawl

    def _contiguous(self, group: frozenset[int]) -> bool:
        seen, waiting = set(), [min(group)]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += [n for n in group - seen if self.near.linked[here, n]]
        return len(seen) == len(group)

    def _splits(self) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
        for group in sorted(self.groups, key=min):
            for tract in sorted(group) if len(group) > 1 else ():
                one, rest = frozenset([tract]), group - {tract}
                if self._contiguous(rest) and self._reliable(one) and self._reliable(rest):
                    yield one, rest

    def _split(self) -> bool:
        found = min(self._splits(), key=lambda p: (self._badness(*p), min(p[0])), default=None)
        if found is None:
            return False
        whole = found[0] | found[1]
        self.groups = [g for g in self.groups if g != whole] + list(found)
        return True

    def _move(self) -> bool:
        best, gain = None, 1e-9
        for group in sorted((g for g in self.groups if len(g) > 1), key=min):
            for tract in sorted(group):
                rest = group - {tract}
                if not (self._contiguous(rest) and self._reliable(rest)):
                    continue
                for other in sorted(self._neighbours(group), key=min):
                    if not self.near.linked[tract, sorted(other)].any():
                        continue
                    more = other | {tract}
                    better = self._badness(group, other) - self._badness(rest, more)
                    if better > gain and self._reliable(more):
                        best, gain = (group, other, rest, more), better
        if best is None:
            return False
        self.groups = [g for g in self.groups if g not in best[:2]] + list(best[2:])
        return True


def _with_empty(
    groups: list[tuple[int, ...]], empty: NDArray[np.int64], tracts: gpd.GeoDataFrame
) -> list[tuple[int, ...]]:
    """Give every tract without children to the group with the longest common edge."""
    if not len(empty) or not groups:
        return groups
    near = adjacency(tracts)
    for tract in empty:
        shared = [(near.shared[tract, list(g)].sum(), -g[0]) for g in groups]
        at = max(range(len(groups)), key=lambda i: shared[i])
        if shared[at][0] > 0:
            groups[at] = tuple(sorted((*groups[at], int(tract))))
    return groups


def _frame(
    tracts: gpd.GeoDataFrame, groups: Sequence[tuple[int, ...]], kept: float
) -> gpd.GeoDataFrame:
    rows = []
    for number, members in enumerate(groups, start=1):
        part = tracts.iloc[list(members)]
        counted = part[part["estimate"].notna()]
        row = {"region": number, "members": members, "tracts": len(members)}
        if counted.empty:
            row |= dict.fromkeys(("estimate", "numerator", "denominator", "moe90"), np.nan)
            row |= {"quality": "", "status": part["status"].iloc[0]}
        else:
            counts = _Counts.of(counted)
            estimate, margin = counts.figure(range(len(counted)))
            row |= {
                "estimate": estimate,
                "numerator": float(counts.numerator.sum()),
                "denominator": float(counts.denominator.sum()),
                "moe90": margin,
                "quality": tract_quality(estimate, margin),
                "status": "published",
            }
        rows.append(row)
    shapes = [shapely.union_all(tracts.geometry.iloc[list(g)].to_numpy()) for g in groups]
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs=tracts.crs)
    frame.attrs["kept"] = kept
    return frame
