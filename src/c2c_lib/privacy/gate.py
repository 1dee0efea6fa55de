"""The one gate to the public: makes a table of observations publishable.

The attacker
------------
Somebody who reads everything that is shown, knows these rules, and subtracts: shown
groups from totals, within every dimension whose groups make up all children and every
sum of groups that the catalog declares (see `c2c_lib.privacy.subtraction`). After the
gate, no cell that *we* hid can be worked out exactly in this way. What a publisher hides
stays hidden; whether the publisher's own pattern holds is not ours to judge, but a hidden
cell of ours is protected even then.

Not covered yet
---------------
- Cells that can be narrowed down, but not worked out exactly.
- Groups that overlap in a way that no declared sum says, groups crossed with groups, and
  groups that a publisher leaves out where the others are shown.
- Sums over places (schools of a district, districts of the state), over periods (pooled
  years and their parts) and over indicators that complement each other.
- An earlier edition of this or of another publication that shows what is hidden here.
- An attacker who reasons from how the complementary cell was chosen, or who is a member
  of the group.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Catalog
from c2c_lib.observations import check_observations
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.privacy.counts import check_known, readable_counts
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.subtraction import exposed_equations, few_left_over, subtraction_cells

__all__ = ["Publishable", "publishable"]

_SEAL: Final = object()
_SHOWN: Final = ("published", "too_weak")
_SMALL, _COMPLEMENTARY = HIDDEN_BY_US


@dataclass(frozen=True, eq=False)
class Publishable:
    """A table that went through the gate. Only `publishable` makes one.

    Attributes
    ----------
    rules : Rules
        The rules it was judged by.
    """

    _frame: pd.DataFrame = field(repr=False)
    rules: Rules
    _report: pd.DataFrame = field(repr=False)
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError(
                "a Publishable is made by c2c_lib.privacy.publishable(observations, rules, "
                "catalog) and by nothing else"
            )

    @property
    def frame(self) -> pd.DataFrame:
        """A copy of the checked tidy observations."""
        return self._frame.copy()

    @property
    def report(self) -> pd.DataFrame:
        """How many rows of each source have each status: ``source, status, before, after``."""
        return self._report.copy()

    def __len__(self) -> int:
        return len(self._frame)


def publishable(observations: pd.DataFrame, rules: Rules, catalog: Catalog) -> Publishable:
    """Hide what must not be shown, and seal the result.

    Parameters
    ----------
    observations : DataFrame
        Tidy observations that fit the schema.
    rules : Rules
        The numbers below which a figure is hidden.
    catalog : Catalog
        Says the unit of every indicator and which dimensions are partitions.

    Returns
    -------
    Publishable
        The same rows in the same order with the same keys. A row that is hidden here
        loses estimate, numerator, denominator and margin, and a note in which a number
        stands; its status becomes

        - ``suppressed_small`` where a count is below a minimum, whatever the source and
          whether printed or worked out (`c2c_lib.privacy.counts`), zero included;
        - ``suppressed_complementary`` where it would give a hidden cell away: of the
          groups still shown the one that counts fewest children (ties: the first by
          id), until nothing is given away. Where no group is left, or the row of all
          children is itself hidden here, every row with counts of that indicator, place
          and period is hidden.

        Nothing hidden is ever shown again, so a second pass changes nothing.

    Raises
    ------
    InputError
        If the table does not fit the schema, or names an indicator, dimension or group
        that the catalog does not know.
    """
    check_observations(observations)
    check_known(observations, catalog)
    frame = observations.reset_index(drop=True)
    counts = readable_counts(frame, catalog)
    shown = frame["status"].isin(_SHOWN).to_numpy(dtype=bool)
    small = shown & rules.too_small(counts["numerator"], counts["denominator"])
    cells = subtraction_cells(_hide(frame, small, _SMALL), catalog)
    of_ours = _complementary(cells, rules, catalog)
    complementary = of_ours.reindex(frame.index, fill_value=False).to_numpy(dtype=bool)
    result = _hide(_hide(frame, small, _SMALL), complementary, _COMPLEMENTARY)
    result.index = observations.index
    return Publishable(
        check_observations(result), rules, _report_of(observations, result), seal=_SEAL
    )


def _hide(frame: pd.DataFrame, rows: NDArray[np.bool_], status: str) -> pd.DataFrame:
    result = frame.copy()
    result.loc[rows, list(VALUE_COLUMNS)] = np.nan
    result.loc[rows, "status"] = status
    telling = rows & frame["note"].str.contains(r"\d").to_numpy(dtype=bool)
    result.loc[telling, "note"] = ""
    return result


def _complementary(cells: pd.DataFrame, rules: Rules, catalog: Catalog) -> pd.Series[bool]:
    """Return, by row, which ones to hide so that no hidden cell of ours is given away."""
    # No table reaches into another, and most have nothing of ours to hide.
    few = few_left_over(cells, rules, catalog).get_level_values("block")
    busy = cells["status"].isin(HIDDEN_BY_US) | cells["block"].isin(few)
    cells = cells[cells["table"].isin(cells.loc[busy, "table"].unique())].copy()
    before = cells["status"].copy()
    while True:
        _close_hidden_totals(cells)
        exposed = exposed_equations(cells, rules, catalog)
        open_keys = exposed.index[exposed["ours"] > 0].union(few_left_over(cells, rules, catalog))
        if open_keys.empty:
            break
        candidates = cells[_with_counts(cells) & cells["in_partition"]]
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
    return cells["status"].isin(_SHOWN) & counts


def _hide_cells(cells: pd.DataFrame, index: pd.Index[int]) -> None:
    cells.loc[index, ["numerator", "denominator"]] = np.nan
    cells.loc[index, "status"] = _COMPLEMENTARY


def _close(cells: pd.DataFrame, blocks: pd.Series[int]) -> None:
    """Hide every row with counts of these blocks: their groups add up to what is hidden."""
    _hide_cells(cells, cells.index[cells["block"].isin(blocks) & _with_counts(cells)])


def _report_of(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    keys = ["source", "status"]
    counted = pd.concat(
        [before.groupby(keys).size().rename("before"), after.groupby(keys).size().rename("after")],
        axis=1,
    )
    return counted.fillna(0).astype("int64").rename_axis(keys).sort_index().reset_index()
