"""Every group beside the one that it is compared with in its own setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.equity.family import Words
from c2c_lib.equity.lookup import Factor, cells_of, check_once, codes_of
from c2c_lib.equity.measured import Measured
from c2c_lib.equity.precision import taken
from c2c_lib.errors import Problems, did_you_mean

__all__ = ["Pairs", "check_reference", "pairs_of", "side"]


class Pairs(NamedTuple):
    """Rows of groups, and the row that each is compared with; -1 where there is none.

    Attributes
    ----------
    named : Words
        The reference of each by name.
    nested : ndarray of bool
        Whether the reference holds the group: all children.
    """

    group: NDArray[np.intp]
    reference: NDArray[np.intp]
    nested: NDArray[np.bool_]
    named: Words

    def some(self, rows: slice) -> Pairs:
        """Return some of the pairs."""
        named = Words(self.named.codes[rows], self.named.words)
        return Pairs(self.group[rows], self.reference[rows], self.nested[rows], named)


def pairs_of(frame: pd.DataFrame, keys: Sequence[str], reference: str | Mapping[str, str]) -> Pairs:
    """Pair every group with its reference in the same setting.

    Parameters
    ----------
    frame : DataFrame
        With the columns of `keys`, ``dimension`` and ``group``.
    keys : sequence of str
        What names a row; the dimension and the group are among them.
    reference : str or mapping from dimension to group
        ``all``, or a group of the same dimension. Dimensions that a mapping does not name
        are compared with all children.

    Raises
    ------
    InputError
        If a group stands twice in a setting, or a reference in no row.
    """
    memo: dict[str, Factor] = {}
    check_once(frame, cells_of(frame, keys, memo), keys)
    check_reference(frame, reference)
    named: Any = reference
    if not isinstance(reference, str):
        named = frame["dimension"].map(dict(reference)).fillna("all")
    everyone = np.asarray(frame["group"] == "all")
    own = np.asarray(frame["group"] == named) & ~everyone
    wanted = np.broadcast_to(np.asarray(named == "all"), everyone.shape)
    found = np.full(len(frame), -1, dtype=np.intp)
    outer = [name for name in keys if name not in {"dimension", "group"}]
    for rows, names, here in ((everyone, outer, wanted), (own, [*outer, "dimension"], ~wanted)):
        if not here.any():
            continue
        setting = codes_of(frame, names, memo)[0] if names else np.zeros(len(frame), dtype=np.intp)
        at = np.full(int(setting.max(initial=0)) + 1, -1, dtype=np.intp)
        at[setting[rows]] = np.flatnonzero(rows)
        found = np.where(here, at[setting], found)
    group = np.flatnonzero(~everyone & ~own)
    if isinstance(reference, str):
        against = Words(np.zeros(len(group), dtype=np.int16), [reference])
    else:
        codes, words = pd.factorize(named.to_numpy()[group])
        against = Words(codes.astype(np.int16), list(map(str, words)))
    return Pairs(group, found[group], wanted[group], against)


def check_reference(frame: pd.DataFrame, reference: str | Mapping[str, str]) -> None:
    """Raise `InputError` for a reference that stands in no row."""
    present = list(map(str, pd.unique(frame["group"])))
    problems = Problems()
    for word in [reference] if isinstance(reference, str) else reference.values():
        if present and word not in present:
            problems.add(
                "reference",
                "stands in no row",
                value=word,
                allowed=", ".join(present),
                remedy=did_you_mean(word, present) or "Keep the rows of the reference.",
            )
    problems.raise_if_any()


def side(figures: Measured, rows: NDArray[np.intp]) -> Measured:
    """Return the figures at some rows, unknown where the row is -1."""
    there = rows >= 0
    found = taken(figures, np.maximum(rows, 0))
    return Measured(*(np.where(there, v, np.nan) for v in vars(found).values()))
