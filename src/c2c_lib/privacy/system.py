"""Counts that add up: what a reader knows of a release, as linear sums.

Everything here is about numbers and sums; what they mean (groups, places, years) is said in
`c2c_lib.privacy.sums`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

__all__ = ["Choices", "System", "Unknowns", "connected", "select", "tightened", "unknowns"]

_SWEEPS: Final = 30
_ROUNDING: Final = 1e-6
_HALF: Final = 0.5

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Choices:
    """Things of which at least one holds: "fewer than 6 counted, or fewer than 20 in the group".

    Attributes
    ----------
    choice : int array, shape (A,)
        The alternatives with one number belong together; the first one is tried first.
    count : int array, shape (A,)
        The count that the alternative is about.
    lower, upper : float array, shape (A,)
        Between what that count lies if the alternative holds.
    """

    choice: Ints
    count: Ints
    lower: Floats
    upper: Floats

    @classmethod
    def none(cls) -> Choices:
        """Return no choices at all."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0))


@dataclass(frozen=True, eq=False)
class System:
    """V counts, and E sums over them.

    Attributes
    ----------
    value : float array, shape (V,)
        What a reader knows; NaN where the count is not shown.
    lower, upper : float array, shape (V,)
        Between what a reader knows a count to lie that is not shown.
    width : float array, shape (V,)
        How far apart the least and the most possible value must be at least; 0 where the
        count is not ours to protect.
    sums : sparse array, shape (E, V)
        Coefficients, each of them 1 or -1.
    least, most : float array, shape (E,)
        Between what each sum lies.
    firm : bool array, shape (E,)
        Which sums can be relied on; the others give way where they contradict these.
    choices : Choices
        What is known of counts beyond that.
    """

    value: Floats
    lower: Floats
    upper: Floats
    width: Floats
    sums: sparse.csr_array
    least: Floats
    most: Floats
    firm: Bools
    choices: Choices


@dataclass(frozen=True, eq=False)
class Unknowns:
    """The part of a system that matters: what is not shown and hangs together with our cells.

    Attributes
    ----------
    position : int array, shape (U,)
        Of each unknown among the counts of the system.
    lower, upper, width : float array, shape (U,)
        As in the system; every limit is finite.
    sums : sparse array, shape (R, U)
        Only sums with an unknown, without what is known.
    least, most : float array, shape (R,)
        What is left of the sums for the unknowns.
    firm : bool array, shape (R,)
        As in the system.
    choices : Choices
        Those about the unknowns, by their position here.
    part : int array, shape (U,)
        Unknowns of different parts have nothing to do with each other.
    part_of_sum : int array, shape (R,)
        The part to which each sum belongs.
    whole : bool array, shape (P,)
        Whether only whole numbers solve a part (all that is known of it is whole).
    """

    position: Ints
    lower: Floats
    upper: Floats
    width: Floats
    sums: sparse.csr_array
    least: Floats
    most: Floats
    firm: Bools
    choices: Choices
    part: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    part_of_sum: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    whole: Bools = field(default_factory=lambda: np.empty(0, bool))

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.whole)


def unknowns(system: System) -> Unknowns:
    """Return the unknowns that are ours to protect and all that hang together with them.

    Two unknowns hang together if they stand in one sum, or in one choice. Limits are first
    narrowed down sum by sum, as far as that goes; a sum that then says nothing more is left
    out. An infinite limit is replaced by one that is larger than anything the known numbers
    can force.
    """
    hidden = np.isnan(system.value)
    position = np.flatnonzero(hidden)
    among = system.sums[:, position]
    used = np.flatnonzero(np.diff(among.indptr) > 0)
    shift = system.sums[used] @ np.where(hidden, 0.0, system.value)
    everything = _pieces(
        Unknowns(
            position=position,
            lower=system.lower[position],
            upper=system.upper[position],
            width=system.width[position],
            sums=among[used],
            least=system.least[used] - shift,
            most=system.most[used] - shift,
            firm=system.firm[used],
            choices=_choices_among(system.choices, position, len(system.value)),
        )
    )
    return _pieces(tightened(_bounded(everything)))


def select(problem: Unknowns, parts: Bools) -> Unknowns:
    """Return some parts of a problem, with the numbers of the parts made new."""
    if parts.all():
        return problem
    columns, rows = parts[problem.part], parts[problem.part_of_sum]
    number = np.cumsum(parts) - 1
    return replace(
        problem,
        position=problem.position[columns],
        lower=problem.lower[columns],
        upper=problem.upper[columns],
        width=problem.width[columns],
        sums=problem.sums[np.flatnonzero(rows)][:, np.flatnonzero(columns)],
        least=problem.least[rows],
        most=problem.most[rows],
        firm=problem.firm[rows],
        part=number[problem.part[columns]],
        part_of_sum=number[problem.part_of_sum[rows]],
        whole=problem.whole[parts],
        choices=_choices_among(problem.choices, np.flatnonzero(columns), len(problem.position)),
    )


def tightened(problem: Unknowns) -> Unknowns:
    """Narrow the limits sum by sum, and leave out the sums that then say nothing more.

    Firm sums come first; a sum that cannot be kept within its limits is widened by what it
    is off.
    """
    entries = _Entries(problem)
    lower, upper = problem.lower, problem.upper
    least = np.where(problem.firm, problem.least, -np.inf)
    most = np.where(problem.firm, problem.most, np.inf)
    lower, upper, least, most = entries.narrowed(lower, upper, least, most)
    least = np.where(problem.firm, least, problem.least)
    most = np.where(problem.firm, most, problem.most)
    lower, upper, least, most = entries.narrowed(lower, upper, least, most)
    low, high = entries.ends(lower, upper)
    free = upper > lower
    shift = problem.sums @ np.where(free, 0.0, lower)
    says = (low < least - _ROUNDING) | (high > most + _ROUNDING)
    sums = sparse.coo_array(problem.sums[np.flatnonzero(says)])
    keep = free[sums.coords[1]]
    return replace(
        problem,
        lower=lower,
        upper=upper,
        # What is settled links nothing any more.
        sums=sparse.csr_array(
            (sums.data[keep], (sums.coords[0][keep], sums.coords[1][keep])), shape=sums.shape
        ),
        least=(least - shift)[says],
        most=(most - shift)[says],
        firm=problem.firm[says],
    )


class _Entries:
    """The unknowns of every sum, one after the other."""

    def __init__(self, problem: Unknowns) -> None:
        sums = sparse.coo_array(problem.sums)
        self.row, self.column = sums.coords
        self.plus = sums.data > 0
        self.sums = sums.shape[0]
        self.whole = problem.whole[problem.part]
        # By unknown, for the largest and the smallest of what their sums say.
        self.order = np.argsort(self.column, kind="stable")
        self.used, self.starts = np.unique(self.column[self.order], return_index=True)

    def by_unknown(self, most_or_least: np.ufunc, values: Floats, nothing: float) -> Floats:
        """Return the largest or smallest of the values of every unknown."""
        result = np.full(len(self.whole), nothing)
        if len(self.starts):
            result[self.used] = most_or_least.reduceat(values[self.order], self.starts)
        return result

    def sides(self, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """Return the least and the most that every entry adds to its sum."""
        low, high = lower[self.column], upper[self.column]
        return np.where(self.plus, low, -high), np.where(self.plus, high, -low)

    def ends(self, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """Return the least and the most that every sum can be."""
        small, large = self.sides(lower, upper)
        low, high = (np.bincount(self.row, side, self.sums) for side in (small, large))
        return low, high

    def narrowed(
        self, lower: Floats, upper: Floats, least: Floats, most: Floats
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Return limits of unknowns and of sums."""
        for _ in range(_SWEEPS):
            small, large = self.sides(lower, upper)
            low, high = self.ends(lower, upper)
            most, least = np.maximum(most, low), np.minimum(least, high)
            # What the others of a sum leave for each of its unknowns.
            at_most = (most - low)[self.row] + small
            at_least = (least - high)[self.row] + large
            new_lower = np.maximum(
                lower, self.by_unknown(np.maximum, np.where(self.plus, at_least, -at_most), -np.inf)
            )
            new_upper = np.minimum(
                upper, self.by_unknown(np.minimum, np.where(self.plus, at_most, -at_least), np.inf)
            )
            new_lower = np.where(self.whole, np.ceil(new_lower - _ROUNDING), new_lower)
            new_upper = np.where(self.whole, np.floor(new_upper + _ROUNDING), new_upper)
            # Sums that contradict each other: the count is where they meet.
            new_lower, new_upper = np.minimum(new_lower, upper), np.maximum(new_upper, lower)
            crossed = new_lower > new_upper
            new_lower[crossed] = new_upper[crossed] = np.minimum(new_lower, new_upper)[crossed]
            moved = (new_lower > lower + _HALF) | (new_upper < upper - _HALF)
            lower, upper = new_lower, new_upper
            if not moved.any():
                break
        low, high = self.ends(lower, upper)
        return lower, upper, np.minimum(least, high), np.maximum(most, low)


def _pieces(problem: Unknowns) -> Unknowns:
    """Find what hangs together, and keep only what hangs together with ours."""
    choices = problem.choices
    _, choice = np.unique(choices.choice, return_inverse=True)
    label = connected(problem.sums, (choices.count, choice))
    first = problem.sums.indices[problem.sums.indptr[:-1]].astype(np.int64)
    parts = int(label.max(initial=-1)) + 1
    part_of_sum = label[first]
    ours = np.zeros(parts, bool)
    ours[label[problem.width > 0]] = True
    whole = np.ones(parts, bool)
    for limit in (problem.least, problem.most):
        finite = np.where(np.isfinite(limit), limit, 0.0)
        broken = np.abs(finite - np.round(finite)) > _ROUNDING
        whole[part_of_sum[broken]] = False
    complete = replace(problem, part=label, part_of_sum=part_of_sum, whole=whole)
    return select(complete, ours)


def connected(sums: sparse.csr_array, links: tuple[Ints, Ints] | None = None) -> Ints:
    """Return a number for every count; those with one number are connected by sums.

    Parameters
    ----------
    sums : sparse array, shape (E, V)
    links : pair of int arrays, optional
        Counts, and the numbers of further things (0, 1, ...) that connect them.
    """
    rows, columns = sums.shape
    graph = sparse.coo_array(sums)
    count, thing = links or (np.empty(0, np.int64), np.empty(0, np.int64))
    nodes = columns + rows + int(thing.max(initial=-1)) + 1
    left = np.concatenate([graph.coords[1], count])
    right = np.concatenate([columns + graph.coords[0], columns + rows + thing])
    both = sparse.coo_array((np.ones(len(left), np.int8), (left, right)), shape=(nodes, nodes))
    labels = connected_components(both, directed=False)[1][:columns]
    _, numbers = np.unique(labels, return_inverse=True)
    return np.asarray(numbers, np.int64)


def _bounded(problem: Unknowns) -> Unknowns:
    """Return the problem with a finite upper limit for everything."""
    parts, part = problem.parts, problem.part
    largest = np.zeros(parts)
    np.maximum.at(largest, part, np.abs(problem.lower))
    for limit in (problem.least, problem.most):
        finite = np.where(np.isfinite(limit), np.abs(limit), 0.0)
        np.maximum.at(largest, problem.part_of_sum, finite)
    enough = problem.lower + 3 * np.ceil(largest[part]) + 100.0
    return replace(problem, upper=np.minimum(problem.upper, enough))


def _choices_among(choices: Choices, position: Ints, counts: int) -> Choices:
    """Return the choices about some counts, by their position among these."""
    new = np.full(counts, -1)
    new[position] = np.arange(len(position))
    inside = new[choices.count] >= 0
    return Choices(
        choices.choice[inside],
        new[choices.count[inside]],
        choices.lower[inside],
        choices.upper[inside],
    )
