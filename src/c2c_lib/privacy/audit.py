"""Plays the attacker against a finished table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.observations import KEY
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.privacy.attack import attack
from c2c_lib.privacy.counts import check_known
from c2c_lib.privacy.reader import knowledge
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.sums import Release, islands, release

__all__ = ["EXPOSED_COLUMNS", "exposed_cells"]

EXPOSED_COLUMNS: Final = (*KEY, "status", "hidden_by_us", "how")
"""The columns of `exposed_cells`, in order."""

_HIDDEN: Final = (*HIDDEN_BY_US, "suppressed_by_source")
_SHOWN: Final = ("published", "too_weak")


def exposed_cells(
    frame: pd.DataFrame,
    catalog: Catalog,
    rules: Rules | None = None,
    *,
    earlier: Sequence[pd.DataFrame] = (),
    quick: bool = False,
) -> pd.DataFrame:
    """List hidden cells that a reader can work out, or narrow down too far.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations as they are shown.
    catalog : Catalog
        Says the unit of every indicator and what adds up.
    rules : Rules, optional
        The rules that the gate used; default ``Rules()``.
    earlier : sequence of DataFrame, optional
        Tables of earlier editions, or of others, the newest first. A reader takes what is
        hidden now from them where they show it.
    quick : bool
        Look at the sums only one by one, over and over, and at cells that we hid.

    Returns
    -------
    DataFrame
        One row per exposed cell, in the order of `frame`, with `EXPOSED_COLUMNS`: the key,
        its status, whether we hid it, and ``how``: ``shown_earlier``, ``exactly``, or
        ``narrowly`` (less is left than `Rules.minimum_width`; of a publisher's cell only
        what can be worked out exactly is listed). No value is in it. Cells that a publisher
        hid and left open are listed with ``hidden_by_us`` False: they are the publisher's
        to protect, and no figure of them may be worked out here.

    Raises
    ------
    InputError
        If the table names an indicator, dimension or group that the catalog does not know.
    """
    check_known(frame, catalog)
    rules = rules or Rules()
    rows = frame.reset_index(drop=True)
    known, seen = _with_earlier(rows, earlier)
    how = pd.Series("", index=rows.index, dtype="str")
    whole = release(known, catalog)
    status = whole.cells["status"]
    wanted = status.isin(HIDDEN_BY_US if quick else _HIDDEN).to_numpy()
    for cells, island in islands(whole, wanted):
        for ours in (True, False) if not quick else (True,):
            exact, narrow = _exposed(island, rules, ours=ours, quick=quick or not ours)
            how[whole.row[cells[narrow]]] = "narrowly"
            how[whole.row[cells[exact]]] = "exactly"
    how[seen] = "shown_earlier"
    result = rows[how != ""].assign(
        how=how[how != ""], hidden_by_us=lambda found: found["status"].isin(HIDDEN_BY_US)
    )
    return result[list(EXPOSED_COLUMNS)].reset_index(drop=True)


def _exposed(
    island: Release, rules: Rules, *, ours: bool, quick: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells that can be worked out, and those narrowed down too far."""
    status = island.cells["status"]
    hidden = status.isin(HIDDEN_BY_US if ours else ["suppressed_by_source"]).to_numpy()
    if not hidden.any():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    system = knowledge(island, status, rules, ours=ours)
    found = attack(system, quick=quick)
    exact = np.unique(island.owner[found.exact])
    return exact, np.setdiff1d(np.unique(island.owner[found.exposed]), exact)


def _with_earlier(
    rows: pd.DataFrame, earlier: Sequence[pd.DataFrame]
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the table as a reader of the earlier ones has it, and which hidden cells they show."""
    key = list(KEY)
    result = rows.copy()
    seen = np.zeros(len(rows), bool)
    for table in earlier:
        shown = table[table["status"].isin(_SHOWN)].drop_duplicates(key).set_index(key)
        hidden = result["status"].isin(_HIDDEN).to_numpy()
        place = shown.index.get_indexer(pd.MultiIndex.from_frame(result[key]))
        found = hidden & (place >= 0)
        columns = [*VALUE_COLUMNS, "status"]
        result.loc[found, columns] = shown.iloc[place[found]][columns].to_numpy()
        seen |= found
    result[list(VALUE_COLUMNS)] = result[list(VALUE_COLUMNS)].astype(float)
    return result, seen
