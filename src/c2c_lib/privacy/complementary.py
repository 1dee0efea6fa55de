"""Hides cells beyond the small ones until no hidden cell of ours can be worked out."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.privacy.attack import Attack, attack
from c2c_lib.privacy.partners import partners
from c2c_lib.privacy.reader import knowledge
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.sums import ALL, Release, islands
from c2c_lib.privacy.system import Bools, Floats

__all__ = ["with_partners"]

_SHOWN: Final = ("published", "too_weak")
_SMALL, _COMPLEMENTARY = HIDDEN_BY_US
_LEVEL_WEIGHT: Final = {"state": 8.0, "district": 4.0, "town": 4.0, "city": 4.0}
_TOTAL_WEIGHT: Final = 4.0
_TRIES: Final = 12


def with_partners(release: Release, rules: Rules) -> pd.Series[str]:
    """Return the status of every cell when enough of them are hidden.

    Parameters
    ----------
    release : Release
        With the small cells hidden.
    rules : Rules
        The rules they were hidden by.

    Returns
    -------
    Series of str, N rows
        The statuses of the release, some of them now ``suppressed_complementary``.
    """
    status = release.cells["status"].copy()
    ours = status.isin(HIDDEN_BY_US).to_numpy()
    for cells, island in islands(release, ours):
        search = _Hiding(island, rules)
        search.hide(quick=True)
        search.hide(quick=False)
        search.show_again()
        search.hide(quick=False)
        status.iloc[cells] = search.status.to_numpy()
    return status


class _Hiding:
    def __init__(self, release: Release, rules: Rules) -> None:
        self.release, self.rules = release, rules
        self.status = release.cells["status"].copy()
        self.before = self.status.copy()
        self.weight = _weights(release)
        self.memory: dict[bytes, Floats] = {}

    def hide(self, *, quick: bool) -> None:
        """Hide partners until nothing of ours is exposed."""
        while True:
            found = self._attack(quick=quick)
            if not found.exposed.any():
                return
            system = knowledge(self.release, self.status, self.rules)
            cells = partners(system, found, self.release.owner, self._weight_now())
            if not len(cells):
                cells = np.flatnonzero(self._beside(found))
            if not len(cells):
                raise RuntimeError("hidden cells are exposed although nothing about them is shown")
            self.status.iloc[cells] = _COMPLEMENTARY

    def show_again(self) -> None:
        """Show cells again that turn out not to be needed, dearest first, one per part."""
        settled = np.zeros(len(self.status), bool)
        for _ in range(_TRIES):
            ours = (self.status == _COMPLEMENTARY) & (self.before != _COMPLEMENTARY)
            open_ = np.flatnonzero(ours.to_numpy() & ~settled)
            if not len(open_):
                return
            part = self._part_of_cell()
            order = open_[np.lexsort((open_, -self.weight[open_]))]
            _, first = np.unique(part[order], return_index=True)
            tried = order[first]
            self.status.iloc[tried] = self.before.iloc[tried]
            found = self._attack(quick=True)
            bad = np.unique(part[self.release.owner[found.exposed]])
            back = tried[np.isin(part[tried], bad)]
            self.status.iloc[back] = _COMPLEMENTARY
            settled[tried] = True

    def _attack(self, *, quick: bool) -> Attack:
        system = knowledge(self.release, self.status, self.rules)
        return attack(system, self.memory, quick=quick)

    def _part_of_cell(self) -> np.ndarray:
        """Return a number for cells that hang together; alone where nothing is known of it."""
        found = self._attack(quick=True)
        part = np.full(len(self.status), -1)
        np.maximum.at(part, self.release.owner, found.part)
        alone = part < 0
        part[alone] = found.part.max(initial=0) + 1 + np.flatnonzero(alone)
        return part

    def _weight_now(self) -> Floats:
        shown = self.status.isin(_SHOWN).to_numpy()
        return np.where(shown, self.weight, np.inf)

    def _beside(self, found: Attack) -> Bools:
        """Return every cell that could be hidden in the blocks of what is exposed."""
        block = self.release.cells["block"].to_numpy()
        exposed = np.unique(block[self.release.owner[found.exposed]])
        return np.isin(block, exposed) & np.isfinite(self._weight_now())


def _weights(release: Release) -> Floats:
    """Return how much is lost with a cell; infinite where it shows no count."""
    cells = release.cells
    size = cells[["numerator", "denominator"]].min(axis=1)
    weight = cells["geo_level"].map(_LEVEL_WEIGHT).fillna(1.0)
    weight = weight * np.where(cells["code"] == ALL, _TOTAL_WEIGHT, 1.0)
    # Of cells that weigh the same, the one with the fewest children, then the first by id.
    weight = weight * (1.0 + np.log1p(size.fillna(0.0)) / 20.0)
    usable = cells["real"] & size.notna() & cells["status"].isin(_SHOWN)
    return np.where(usable, weight, np.inf)
