"""Which further cells to hide, so that hidden ones cannot be worked out."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import sparse

from c2c_lib.privacy.attack import TOLERANCE, Attack
from c2c_lib.privacy.system import Bools, Floats, Ints, System

__all__ = ["partners"]

_WIDE: Final = 1e9


def partners(system: System, found: Attack, unit: Ints, weight: Floats) -> Ints:
    """Return cells to hide in addition, one for every sum that gives something away.

    Parameters
    ----------
    system : System
        What a reader knows.
    found : Attack
        What the reader can work out of it.
    unit : int array, shape (V,)
        The cell to which each count belongs; the counts of a cell are hidden together.
    weight : float array, shape (N,)
        How much is lost with each cell; infinite where it cannot be hidden.

    Returns
    -------
    int array
        Cells, in order; empty where nothing that could be hidden is in a sum with what is
        exposed.

    Notes
    -----
    A sum narrows a count down to the room that its other unknowns leave. Of the shown cells
    in such a sum that one is taken which costs least: its weight, times one more than the
    number of sums in which it would then be the only unknown.
    """
    sums = sparse.csr_array(abs(system.sums))
    hidden = np.isnan(system.value)
    room = np.where(hidden, np.minimum(found.upper - found.lower, _WIDE), 0.0)
    binding = np.isfinite(system.least) & np.isfinite(system.most)
    slack = np.where(binding, system.most, 0.0) - np.where(binding, system.least, 0.0)
    left = sums @ room + slack
    entries = sparse.coo_array(sums)
    row, column = entries.coords
    exposed = found.exposed[column] & binding[row]
    others = left[row] - room[column]
    candidate = np.isfinite(weight[unit]) & ~hidden
    offers = np.zeros(len(left), bool)
    offers[row[candidate[column]]] = True
    closing = exposed & offers[row] & (others < system.width[column] - TOLERANCE)
    chosen = np.zeros(len(left), bool)
    chosen[row[closing]] = True
    # Where no sum gives a count away by itself, the one that leaves least room is opened.
    still = found.exposed.copy()
    still[column[closing]] = False
    rest = np.flatnonzero(exposed & still[column] & offers[row])
    order = rest[np.lexsort((row[rest], others[rest], column[rest]))]
    _, first = np.unique(column[order], return_index=True)
    chosen[row[order[first]]] = True
    return _cheapest(
        row, column, chosen, candidate, unit, _costs(sums, hidden, binding, unit, weight)
    )


def _costs(
    sums: sparse.csr_array, hidden: Bools, binding: Bools, unit: Ints, weight: Floats
) -> Floats:
    alone = binding & (sums @ hidden.astype(float) == 0)
    lonely = np.bincount(unit[unit >= 0], (sums.T @ alone.astype(float))[unit >= 0], len(weight))
    cost: Floats = weight * (1.0 + lonely)
    return cost


def _cheapest(
    row: Ints, column: Ints, chosen: Bools, candidate: Bools, unit: Ints, cost: Floats
) -> Ints:
    use = chosen[row] & candidate[column]
    rows, cells = row[use], unit[column[use]]
    order = np.lexsort((cells, cost[cells], rows))
    _, first = np.unique(rows[order], return_index=True)
    return np.unique(cells[order][first])
