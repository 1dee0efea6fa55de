"""How far hidden counts can be narrowed down by somebody who knows all sums.

For every count that is ours to protect two complete tables of whole numbers are looked for
that fit everything a reader knows, and in which the count differs by the width asked for.
Such a pair is the proof of its protection. Many counts are proved by one pair, and parts of
the release that have nothing to do with each other are searched at once: a linear program
per round gives every part another table (HiGHS, by the simplex method, so that its tables are
corners, which are nearly always whole numbers). Where no pair turns up, the least and the most
are worked out exactly, first without regard to whole numbers; if that leaves room, by integer
programming. Where the integer program finds no answer within its limit, the count is taken
for not protected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from c2c_lib.privacy.system import Bools, Floats, Ints, System, Unknowns, select, unknowns

__all__ = ["TOLERANCE", "Attack", "attack"]

TOLERANCE: Final = 1e-6
_NODES: Final = 2_000
_CHUNK: Final = 1_000
_NEIGHBORS: Final = 40
_TRIES: Final = 8
_EFFORT: Final = 40_000
_RANDOM_ROUNDS: Final = 8


@dataclass(frozen=True, eq=False)
class Attack:
    """What an attacker finds.

    Attributes
    ----------
    exposed : bool array, shape (V,)
        The counts of ours that can be narrowed down too far.
    exact : bool array, shape (V,)
        Those of them that can be worked out exactly.
    lower, upper : float array, shape (V,)
        Between what each count lies by the sums one by one.
    part : int array, shape (V,)
        Which unknowns hang together; -1 for what does not matter.
    """

    exposed: Bools
    exact: Bools
    lower: Floats
    upper: Floats
    part: Ints


def attack(
    system: System, memory: dict[bytes, Floats] | None = None, *, quick: bool = False
) -> Attack:
    """Find the counts of ours that the rest of the release narrows down too far.

    Parameters
    ----------
    system : System
        What a reader knows.
    memory : dict, optional
        What was found for parts of the release; parts that did not change since are looked
        up in it, and it is added to.
    quick : bool
        Look at the sums only one by one, over and over: whatever is found so is exposed,
        but there may be more.

    Returns
    -------
    Attack
        The same whenever the system is the same: nothing in it is left to chance or time.

    Notes
    -----
    Sums that contradict each other (a publisher's revision, a rounded rate) are widened by
    the least that makes them fit, all together, before anything is worked out from them.
    """
    problem = unknowns(system)
    count = len(system.value)
    here = problem.position
    part = np.full(count, -1)
    part[here] = problem.part
    lower = np.where(np.isnan(system.value), system.lower, system.value)
    upper = np.where(np.isnan(system.value), system.upper, system.value)
    lower[here], upper[here] = problem.lower, problem.upper
    spread = problem.upper - problem.lower
    if not quick:
        spread = _spreads(problem, {} if memory is None else memory)
    exposed, exact = np.zeros(count, bool), np.zeros(count, bool)
    exposed[here] = spread < problem.width - TOLERANCE
    exact[here] = exposed[here] & (spread < 1 - TOLERANCE)
    return Attack(exposed, exact, lower, upper, part)


def _spreads(problem: Unknowns, memory: dict[bytes, Floats]) -> Floats:
    """Return how far apart the ends of every unknown are in the tables that fit, shape (U,)."""
    spread = _recalled(problem, memory)
    parts = np.zeros(problem.parts, bool)
    parts[problem.part[np.isnan(spread)]] = True
    if parts.any():
        fresh = select(problem, parts)
        search = _Search(fresh)
        search.by_first_choice()
        search.by_every_choice()
        spread[parts[problem.part]] = search.spread
        for number, key in enumerate(_keys(fresh)):
            memory[key] = search.spread[fresh.part == number]
    return spread


def _keys(problem: Unknowns) -> list[bytes]:
    """Return what tells a part from every other, and from itself at another time."""
    entries = sparse.coo_array(problem.sums)
    sums = np.stack([entries.coords[0], problem.position[entries.coords[1]], entries.data])
    choices = problem.choices
    tables = [
        (problem.part, [problem.position, problem.lower, problem.upper, problem.width]),
        (problem.part_of_sum, [problem.least, problem.most]),
        (problem.part_of_sum[entries.coords[0]], [sums[1], sums[2]]),
        (
            problem.part[choices.count],
            [problem.position[choices.count], choices.lower, choices.upper],
        ),
    ]
    keys = [hashlib.blake2b(digest_size=16) for _ in range(problem.parts)]
    for part, columns in tables:
        order = np.argsort(part, kind="stable")
        values = np.stack(columns, axis=1).astype(float)[order]
        ends = np.cumsum(np.bincount(part, minlength=problem.parts))
        for key, piece in zip(keys, np.split(values, ends[:-1]), strict=True):
            key.update(len(piece).to_bytes(4, "little") + np.ascontiguousarray(piece).tobytes())
    return [key.digest() for key in keys]


def _recalled(problem: Unknowns, memory: dict[bytes, Floats]) -> Floats:
    """Return what is known of every unknown from before; NaN where nothing is."""
    spread = np.full(len(problem.position), np.nan)
    if memory:
        order = np.argsort(problem.part, kind="stable")
        ends = np.cumsum(np.bincount(problem.part, minlength=problem.parts))
        pieces = np.split(order, ends[:-1])
        for key, piece in zip(_keys(problem), pieces, strict=True):
            if key in memory:
                spread[piece] = memory[key]
    return spread


class _Search:
    """Collects tables that fit, and how far each count differs between them."""

    def __init__(self, problem: Unknowns) -> None:
        size = len(problem.position)
        self.problem = problem
        self.low, self.high = np.full(size, np.inf), np.full(size, -np.inf)
        self.base = np.full(size, np.nan)
        # The draws only steer the search; what is found is checked.
        self.random = np.random.default_rng(20_240_930)
        # The sums alone leave too little: nothing more needs to be searched.
        self.closed = problem.upper - problem.lower < problem.width - TOLERANCE
        if len(problem.position):
            table, misfit = _fit(problem)
            self.problem = _widened(problem, misfit)
            self._note(table, np.ones(size, bool))

    @property
    def spread(self) -> Floats:
        """How far apart the least and the most are that were found; 0 for one table."""
        return np.where(self.high >= self.low, self.high - self.low, 0.0)

    @property
    def open(self) -> Bools:
        """Counts for which no pair of tables was found."""
        return (self.spread < self.problem.width - TOLERANCE) & ~self.closed

    def by_first_choice(self) -> None:
        """Look for tables in which the first alternative of every choice holds."""
        problem = self.problem
        lower, upper = problem.lower.copy(), problem.upper.copy()
        choices = problem.choices
        _, first = np.unique(choices.choice, return_index=True)
        np.maximum.at(lower, choices.count[first], choices.lower[first])
        np.minimum.at(upper, choices.count[first], choices.upper[first])
        possible = np.ones(problem.parts, bool)
        possible[problem.part[lower > upper]] = False
        narrow = replace(problem, lower=np.minimum(lower, upper), upper=upper)
        for _ in range(_RANDOM_ROUNDS):
            goal = self._random_goal(possible)
            if not goal.any():
                return
            self._try(narrow, goal)
        self._by_neighborhood(narrow, possible)

    def _by_neighborhood(self, problem: Unknowns, possible: Bools) -> None:
        """Move what is still open together with its nearest unknowns; all others stay."""
        links = sparse.csr_array(problem.sums.T)
        for count in np.flatnonzero(self.open & possible[problem.part]):
            base = self.base
            if not self.open[count] or np.isnan(base[count]):
                continue
            inside = np.array([count])
            while len(inside) < _NEIGHBORS:
                rows = np.unique(links[inside].indices)
                wider = np.unique(problem.sums[rows].indices)
                if len(wider) == len(inside):
                    break
                inside = wider
            rows = np.unique(links[inside].indices)
            sums = problem.sums[rows]
            still = np.where(np.isnan(base), 0.0, base)
            still[inside] = 0.0
            fixed = sums @ still
            own = sums[:, inside]
            for sign in (1.0, -1.0):
                answer = milp(
                    np.where(inside == count, sign, 0.0),
                    constraints=LinearConstraint(
                        own, problem.least[rows] - fixed, problem.most[rows] - fixed
                    ),
                    bounds=Bounds(problem.lower[inside], problem.upper[inside]),
                )
                if answer.x is None:
                    break
                table = base.copy()
                table[inside] = answer.x
                table = _near_whole(table, problem)
                self._note(table, problem.part == problem.part[count])
                if not self.open[count]:
                    break

    def by_every_choice(self) -> None:
        """Work out least and most of what is still open, whole numbers and choices included."""
        size = len(self.problem.position)
        sizes = np.bincount(self.problem.part, minlength=self.problem.parts)
        tried = np.zeros((2, size), bool)
        ends = np.stack([np.full(size, -np.inf), np.full(size, np.inf)])
        while True:
            goal = np.zeros(size)
            # What a large part still leaves open after some tries is taken for exposed.
            spent = np.bincount(self.problem.part[tried.any(axis=0)], minlength=self.problem.parts)
            allowed = np.maximum(_TRIES, _EFFORT // sizes)
            worth = (spent < allowed)[self.problem.part]
            for side, sign in ((0, 1.0), (1, -1.0)):
                free = np.flatnonzero(self.open & ~tried[side] & (worth | tried[1 - side]))
                _, first = np.unique(self.problem.part[free], return_index=True)
                one = free[first]
                one = one[~np.isin(self.problem.part[one], self.problem.part[goal != 0])]
                goal[one] = sign
                tried[side, one] = True
            if not goal.any():
                break
            table = self._try(self.problem, goal)
            ends[0, goal > 0], ends[1, goal < 0] = table[goal > 0], table[goal < 0]
        room = tried.all(axis=0) & (ends[1] - ends[0] > self.problem.width - TOLERANCE)
        for count in np.flatnonzero(self.open & room):
            if self.open[count]:
                self._by_integers(int(count))

    def _random_goal(self, parts: Bools) -> Floats:
        goal = np.zeros(len(self.problem.position))
        wanted = self.open & parts[self.problem.part]
        drawn = self.random.uniform(0.5, 1.5, len(goal)) * self.random.choice((-1, 1), len(goal))
        goal[wanted] = drawn[wanted]
        return goal

    def _try(self, problem: Unknowns, goal: Floats) -> Floats:
        """Note, for the parts with a goal, the table in which it is least; NaN elsewhere."""
        active = np.zeros(problem.parts, bool)
        active[problem.part[goal != 0]] = True
        inside = active[problem.part]
        table = np.full(len(goal), np.nan)
        table[inside] = _solve(select(problem, active), goal[inside])
        self._note(table, ~np.isnan(table))
        return table

    def _note(self, table: Floats, where: Bools) -> None:
        """Take in a table, of the parts in which it is one of whole numbers."""
        valid = where & _valid(self.problem, table)[self.problem.part]
        self.base[valid] = table[valid]
        self.low[valid] = np.minimum(self.low[valid], table[valid])
        self.high[valid] = np.maximum(self.high[valid], table[valid])

    def _by_integers(self, count: int) -> None:
        part = np.zeros(self.problem.parts, bool)
        part[self.problem.part[count]] = True
        inside = part[self.problem.part]
        for found in _integer_ends(select(self.problem, part), int(inside[:count].sum())):
            table = np.full(len(inside), np.nan)
            table[inside] = found
            self._note(table, inside)


def _chunks(problem: Unknowns) -> Iterator[tuple[Bools, Unknowns]]:
    """Yield which unknowns, and their problem: parts put together up to a size.

    The simplex method takes longer for one large program than for its parts one by one.
    """
    size = np.bincount(problem.part, minlength=problem.parts)
    chunk = np.cumsum(size) // _CHUNK
    for number in np.unique(chunk):
        parts = chunk == number
        yield parts[problem.part], select(problem, parts)


def _solve(problem: Unknowns, goal: Floats) -> Floats:
    """Return the table that fits and makes ``goal @ table`` least; NaN where none fits."""
    table = np.full(len(goal), np.nan)
    for inside, piece in _chunks(problem):
        answer = _program(piece, goal[inside])
        if answer.x is not None:
            table[inside] = _near_whole(answer.x, piece)
        elif piece.parts > 1:
            for number in range(piece.parts):
                one = piece.part == number
                alone = select(piece, np.arange(piece.parts) == number)
                table[np.flatnonzero(inside)[one]] = _solve(alone, goal[inside][one])
    return table


def _program(problem: Unknowns, goal: Floats) -> OptimizeResult:
    return milp(
        goal,
        constraints=LinearConstraint(problem.sums, problem.least, problem.most),
        bounds=Bounds(problem.lower, problem.upper),
    )


def _near_whole(table: Floats, problem: Unknowns) -> Floats:
    """Return a solver's table without its rounding errors."""
    inside = np.clip(table, problem.lower, problem.upper)
    whole = np.round(inside)
    return np.where(np.abs(inside - whole) < TOLERANCE, whole, inside)


def _fit(problem: Unknowns) -> tuple[Floats, Floats]:
    """Return the table that misses the sums by least, and by how much it misses each.

    Returns
    -------
    table : float array, shape (U,)
    misfit : float array, shape (R,)
        Positive where the table is above what the sum may be, negative where below.
    """
    table, misfit = np.empty(len(problem.position)), np.zeros(len(problem.least))
    for inside, piece in _chunks(problem):
        answer = _program(piece, np.zeros(len(piece.position)))
        if answer.x is not None:
            table[inside] = _near_whole(answer.x, piece)
            continue
        parts = np.zeros(problem.parts, bool)
        parts[problem.part[inside]] = True
        table[inside], misfit[parts[problem.part_of_sum]] = _nearest(piece)
    return table, misfit


def _nearest(problem: Unknowns) -> tuple[Floats, Floats]:
    rows, columns = problem.sums.shape
    eye = sparse.eye_array(rows, format="csr")
    infinite = np.full(rows, np.inf)
    answer = milp(
        np.concatenate([np.zeros(columns), np.ones(2 * rows)]),
        constraints=LinearConstraint(
            sparse.hstack([problem.sums, -eye, eye], format="csr"), problem.least, problem.most
        ),
        bounds=Bounds(
            np.concatenate([problem.lower, np.zeros(2 * rows)]),
            np.concatenate([problem.upper, infinite, infinite]),
        ),
    )
    if answer.x is None:
        raise RuntimeError(f"no table is nearest to the sums: {answer.message}")
    misfit = answer.x[columns : columns + rows] - answer.x[columns + rows :]
    misfit[np.abs(misfit) < TOLERANCE] = 0.0
    return _near_whole(answer.x[:columns], problem), misfit


def _widened(problem: Unknowns, misfit: Floats) -> Unknowns:
    """Return the problem with the sums that do not fit made wider, to whole numbers."""
    return replace(
        problem,
        most=problem.most + np.ceil(np.maximum(misfit, 0.0) - TOLERANCE),
        least=problem.least - np.ceil(np.maximum(-misfit, 0.0) - TOLERANCE),
    )


def _valid(problem: Unknowns, table: Floats) -> Bools:
    """Return the parts in which a table is one of whole numbers and every choice holds."""
    valid = np.ones(problem.parts, bool)
    # Not a number where it says nothing.
    broken = np.isfinite(table) & (table != np.round(table))
    valid[problem.part[broken]] = False
    valid |= ~problem.whole
    choices = problem.choices
    if len(choices.choice):
        chosen = table[choices.count]
        holds = (chosen > choices.lower - TOLERANCE) & (chosen < choices.upper + TOLERANCE)
        groups, place = np.unique(choices.choice, return_inverse=True)
        any_holds = np.zeros(len(groups), bool)
        np.logical_or.at(any_holds, place, holds)
        valid[problem.part[choices.count[~any_holds[place]]]] = False
    return valid


def _integer_ends(problem: Unknowns, count: int) -> Iterator[Floats]:
    """Yield the tables of whole numbers in which a count is least and most, where found."""
    size = len(problem.position)
    choices = problem.choices
    groups, place = np.unique(choices.choice, return_inverse=True)
    extra = len(choices.choice)
    pick = sparse.coo_array(
        (np.ones(extra), (np.arange(extra), choices.count)), shape=(extra, size)
    )
    above = np.maximum(choices.lower - problem.lower[choices.count], 0.0)
    below = np.maximum(problem.upper[choices.count] - choices.upper, 0.0)
    every = sparse.coo_array(
        (np.ones(extra), (place, np.arange(extra))), shape=(len(groups), extra)
    )
    sums = (
        sparse.block_array(
            [
                [problem.sums, None],
                [pick, sparse.diags_array(-above)],
                [pick, sparse.diags_array(below)],
                [None, every],
            ],
            format="csr",
        )
        if extra
        else problem.sums
    )
    nothing = np.full(extra, -np.inf)
    least = np.concatenate(
        [problem.least, problem.lower[choices.count], nothing, np.ones(len(groups))]
    )
    most = np.concatenate(
        [problem.most, -nothing, problem.upper[choices.count], np.full(len(groups), np.inf)]
    )
    for sign in (1.0, -1.0):
        goal = np.zeros(size + extra)
        goal[count] = sign
        answer = milp(
            goal,
            integrality=np.concatenate([problem.whole[problem.part], np.ones(extra)]),
            constraints=LinearConstraint(sums, least, most),
            bounds=Bounds(
                np.concatenate([problem.lower, np.zeros(extra)]),
                np.concatenate([problem.upper, np.ones(extra)]),
            ),
            options={"node_limit": _NODES},
        )
        if answer.x is not None:
            yield _near_whole(answer.x[:size], problem)
