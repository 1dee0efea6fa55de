"""Chooses which further cells to hide, so that what is hidden cannot be worked out."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.subtraction import exposed_equations, few_left_over

__all__ = ["HIDDEN", "SHOWN", "complementary"]

SHOWN: Final = ("published", "too_weak")
"""The statuses of rows that have a figure."""

HIDDEN: Final = (*HIDDEN_BY_US, "suppressed_by_source")
"""The statuses of rows whose figure is hidden, by us or by the publisher."""

_COMPLEMENTARY: Final = HIDDEN_BY_US[1]


def complementary(
    cells: pd.DataFrame,
    rules: Rules,
    catalog: Catalog,
    *,
    whose: str = "ours",
    closed: bool = True,
) -> pd.Series[bool]:
    """Return, by row, which cells to hide so that no hidden cell is given away.

    Parameters
    ----------
    cells : DataFrame
        As from `c2c_lib.privacy.subtraction.subtraction_cells`, or of the same columns. Where
        it has ``may_hide``, only cells of which that is true are chosen.
    rules : Rules
        The rules by which cells were hidden.
    catalog : Catalog
        Says how many groups a dimension has.
    whose : {"ours", "everyone"}
        Whether to protect the cells that we hide, or those that a publisher hides too.
    closed : bool
        As in `few_left_over`.

    Returns
    -------
    Series of bool
        By the index of those `cells` in whose ``table`` there is something to protect; the
        others stay as they are. Of the cells still shown in an equation that gives something
        away, the one that counts fewest children is hidden (ties: the first by group), until
        nothing is given away. Where none is left to choose, or the total is itself hidden by
        us, every cell with counts of that block is hidden.
    """
    # No table reaches into another, and most have nothing to protect.
    few = few_left_over(cells, rules, catalog, closed=closed).get_level_values("block")
    guarded = HIDDEN if whose == "everyone" else HIDDEN_BY_US
    busy = cells["status"].isin(guarded) | cells["block"].isin(few)
    cells = cells[cells["table"].isin(cells.loc[busy, "table"].unique())].copy()
    before = cells["status"].copy()
    while True:
        _close_hidden_totals(cells)
        exposed = exposed_equations(cells, rules, catalog)
        given_away = exposed if whose == "everyone" else exposed[exposed["ours"] > 0]
        few = few_left_over(cells, rules, catalog, closed=closed)
        open_keys = given_away.index.union(few)
        if open_keys.empty:
            break
        candidates = cells[_with_counts(cells) & cells["in_partition"]]
        if "may_hide" in candidates:
            candidates = candidates[candidates["may_hide"]]
        ranked = candidates.assign(
            numerator=candidates["numerator"].fillna(np.inf),
            denominator=candidates["denominator"].fillna(np.inf),
        ).sort_values(["block", "dimension", "numerator", "denominator", "group"])
        first = ranked.drop_duplicates(["block", "dimension"])
        keys = pd.MultiIndex.from_frame(first[["block", "dimension"]])
        _hide_cells(cells, first.index[keys.isin(open_keys)])
        hopeless = open_keys.difference(keys, sort=False)
        _close(cells, pd.Series(hopeless.get_level_values("block")))
    return (cells["status"] != before).groupby(level=0).any()


def _close_hidden_totals(cells: pd.DataFrame) -> None:
    """Hide what adds up to a total that we hide; that may hide the total of another sum."""
    while True:
        totals = cells["is_total"] & cells["status"].isin(HIDDEN_BY_US)
        blocks = cells.loc[totals, "block"]
        if not (cells["block"].isin(blocks) & _with_counts(cells)).any():
            return
        _close(cells, blocks)


def _with_counts(cells: pd.DataFrame) -> pd.Series[bool]:
    counts = cells["numerator"].notna() | cells["denominator"].notna()
    return cells["status"].isin(SHOWN) & counts


def _hide_cells(cells: pd.DataFrame, index: pd.Index[int]) -> None:
    cells.loc[index, ["numerator", "denominator"]] = np.nan
    cells.loc[index, "status"] = _COMPLEMENTARY


def _close(cells: pd.DataFrame, blocks: pd.Series[int]) -> None:
    """Hide every row with counts of these blocks: their groups add up to what is hidden."""
    _hide_cells(cells, cells.index[cells["block"].isin(blocks) & _with_counts(cells)])
