"""What a reader of a table knows: the shown counts, the sums, the rules and the statuses."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.sums import Kind, Quantity, Release
from c2c_lib.privacy.system import Bools, Choices, Floats, System

__all__ = ["knowledge", "least_if_hidden"]

_SMALL, _COMPLEMENTARY = HIDDEN_BY_US
_BY_SOURCE: Final = "suppressed_by_source"
_HALF: Final = 0.5


def knowledge(
    release: Release, status: pd.Series[str], rules: Rules, *, ours: bool = True
) -> System:
    """Return what a reader knows when the cells have these statuses.

    Parameters
    ----------
    release : Release
        The sums of the table.
    status : Series of str, N rows
        Of each cell of the release; empty for one that is not listed.
    rules : Rules
        The rules that decided what is hidden.
    ours : bool
        Ask for what we hid; otherwise for what publishers hid, and only whether it can be
        worked out exactly.

    Returns
    -------
    System
        A hidden count is not negative; in a publisher's hidden group is at least one child (a
        publisher hides no zeros, except where nobody of a group is counted); a *complementary*
        cell passed the
        rules and a *small* one did not, which the reader knows because both are printed.
    """
    state = status.to_numpy(dtype=object)[release.owner]
    hidden = np.isin(state, [*HIDDEN_BY_US, _BY_SOURCE])
    value = np.where(hidden, np.nan, release.value)
    lower, upper = _limits(release, state, rules)
    least, most = _what_sums_say(release, state, value, lower, upper, rules)
    return System(
        value=value,
        lower=lower,
        upper=upper,
        width=_widths(release, state, lower, upper, rules)
        if ours
        else np.where(state == _BY_SOURCE, 1.0, 0.0),
        sums=release.sums,
        least=least,
        most=most,
        firm=release.kind != Kind.NEARLY,
        choices=_choices(release, status.to_numpy(dtype=object), rules),
    )


def least_if_hidden(release: Release, rules: Rules) -> Floats:
    """Return the least that each count can be when its cell is hidden as complementary."""
    least = np.zeros(len(release.owner))
    least[release.quantity == Quantity.NUMERATOR] = rules.minimum_numerator
    least[release.quantity == Quantity.DENOMINATOR] = max(1, rules.minimum_denominator)
    return least


def _limits(release: Release, state: np.ndarray, rules: Rules) -> tuple[Floats, Floats]:
    """Return the least and the most that the status alone allows."""
    numerator = release.quantity == Quantity.NUMERATOR
    denominator = release.quantity == Quantity.DENOMINATOR
    small, by_source = state == _SMALL, state == _BY_SOURCE
    lower = np.where(state == _COMPLEMENTARY, least_if_hidden(release, rules), 0.0)
    both = release.count[Quantity.COMPLEMENT][release.owner] >= 0
    # A hidden rate may count nobody; a hidden number of children is not zero.
    lower[by_source & (denominator | (numerator & ~both))] = 1.0
    lower[small & denominator] = 1.0
    upper = np.full(len(state), np.inf)
    a, b = rules.minimum_numerator, rules.minimum_denominator
    if not rules.judges_complement:
        # Few are counted, or the group is small and no more can be counted than it has.
        upper[small & numerator & both] = max(a, b) - 1
        if a == 0:
            upper[small & denominator & both] = b - 1
    upper[small & numerator & ~both] = a - 1
    upper[small & denominator & ~both] = b - 1
    return lower, np.maximum(upper, lower)


def _widths(
    release: Release, state: np.ndarray, lower: Floats, upper: Floats, rules: Rules
) -> Floats:
    """Return how far apart least and most must be; the status may leave less by itself."""
    ours = np.isin(state, HIDDEN_BY_US)
    wanted = np.full(len(state), float(rules.minimum_width))
    # That everyone is counted must not be known; how many are not, only under a rule for it.
    if not rules.judges_complement:
        wanted[release.quantity == Quantity.COMPLEMENT] = 1.0
    return np.where(ours, np.minimum(wanted, upper - lower), 0.0)


def _choices(release: Release, status: np.ndarray, rules: Rules) -> Choices:
    """Return what the rules say of numerator and denominator together."""
    both = release.count[Quantity.COMPLEMENT] >= 0
    small = np.flatnonzero(both & (status == _SMALL))
    passed = np.flatnonzero(both & (status == _COMPLEMENTARY))
    a, b, c = rules.minimum_numerator, rules.minimum_denominator, rules.minimum_complement
    alternatives = [
        (small, Quantity.NUMERATOR, 0.0, a - 1.0, a > 0),
        (small, Quantity.DENOMINATOR, 1.0, b - 1.0, b > 1),
        (small, Quantity.COMPLEMENT, 1.0, c - 1.0, rules.judges_complement),
        (passed, Quantity.COMPLEMENT, float(c), np.inf, rules.judges_complement),
        (passed, Quantity.COMPLEMENT, 0.0, 0.0, rules.judges_complement),
    ]
    used = [one for one in alternatives if one[-1] and len(one[0])]
    if not used:
        return Choices.none()
    return Choices(
        choice=np.concatenate([cells for cells, *_ in used]),
        count=np.concatenate([release.count[q][cells] for cells, q, *_ in used]),
        lower=np.concatenate([np.full(len(cells), low) for cells, _, low, *_ in used]),
        upper=np.concatenate([np.full(len(cells), high) for cells, _, _, high, _ in used]),
    )


def _what_sums_say(
    release: Release,
    state: np.ndarray,
    value: Floats,
    lower: Floats,
    upper: Floats,
    rules: Rules,
) -> tuple[Floats, Floats]:
    """Return between what each whole minus its parts lies."""
    unknown = np.isnan(value)
    left = value[release.whole] - release.parts @ np.where(unknown, 0.0, value)
    low = release.parts @ np.where(unknown, lower, 0.0)
    high = release.parts @ np.where(unknown, upper, 0.0)
    least, most = np.zeros(len(left)), np.zeros(len(left))
    open_ended = release.kind == Kind.AT_MOST
    open_ended |= (release.kind == Kind.LISTED) & ~_taken_for_complete(
        release, state, left, low, high, unknown, rules
    )
    most[open_ended] = np.inf
    least[release.kind == Kind.COVERED] = -np.inf
    near = release.kind == Kind.NEARLY
    # How far sums are off shows where the parts, at their smallest or largest, do not fit.
    within = np.minimum(upper, _room(release, left - low, lower, ~near & (least == 0)))
    high = release.parts @ np.where(unknown, within, 0.0)
    seen = near & ~np.isnan(left)
    off_low = np.zeros(release.family.max(initial=0) + 1)
    off_high = off_low.copy()
    np.minimum.at(off_low, release.family[seen], (left - low)[seen])
    np.maximum.at(off_high, release.family[seen], (left - high)[seen])
    least[near], most[near] = off_low[release.family[near]], off_high[release.family[near]]
    return least, most


def _room(release: Release, spare: Floats, lower: Floats, sums: Bools) -> Floats:
    """Return the most that each count can be by the sums within its own place."""
    room = np.full(len(lower), np.inf)
    entries = sparse.coo_array(release.parts)
    row, column = entries.coords
    use = sums[row] & ~np.isnan(spare[row])
    row, column = row[use], column[use]
    np.minimum.at(room, column, np.maximum(spare[row], 0.0) + lower[column])
    return room


def _taken_for_complete(
    release: Release,
    state: np.ndarray,
    left: Floats,
    low: Floats,
    high: Floats,
    unknown: Bools,
    rules: Rules,
) -> Bools:
    """Return where the listed groups can be all there are."""
    fits = ~(left < low - _HALF) & ~(left > high + _HALF)
    fits &= _one_small_fits(release, state, left, unknown, rules)
    # What must fit for the children counted must fit for the children of the group.
    all_fit = np.ones(release.group.max(initial=-1) + 1, bool)
    np.logical_and.at(all_fit, release.group, fits)
    several = release.listed > 1
    return release.complete | (all_fit[release.group] & (several | ~np.isnan(left)))


def _one_small_fits(
    release: Release, state: np.ndarray, left: Floats, unknown: Bools, rules: Rules
) -> Bools:
    """Where a single small cell is all that is hidden: whether what is left would be small."""
    small = np.where(unknown & (state == _SMALL), 1.0, 0.0)
    single = (release.parts @ small == 1) & (release.parts @ np.where(unknown, 1.0, 0.0) == 1)
    groups = int(release.group.max(initial=-1)) + 1
    sides = [np.full(groups, np.nan), np.full(groups, np.nan)]
    for quantity, side in zip((Quantity.NUMERATOR, Quantity.DENOMINATOR), sides, strict=True):
        mine = single & (release.quantity[release.whole] == quantity)
        side[release.group[mine]] = left[mine]
    known = ~np.isnan(sides[0]) & ~np.isnan(sides[1])
    fits = ~known | rules.too_small(pd.Series(sides[0]), pd.Series(sides[1]))
    return np.asarray(fits[release.group] | ~single)
