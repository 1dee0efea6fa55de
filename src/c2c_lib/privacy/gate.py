"""The one gate to the public: makes a table of observations publishable.

The attacker
------------
Somebody who reads everything that is shown, knows these rules and which cells are hidden for
which reason, and puts together every sum of `c2c_lib.privacy.sums`: over groups (partitions,
groups that nest or overlap as the catalog says), over places (schools of a district, districts
or towns of the state, tracts or neighborhoods of a town), over the years of pooled periods, all
at once, for numerators and denominators together; who knows that counts are whole numbers, not
negative, and that no more children are counted than there are. After the gate, no cell that *we*
hid can be narrowed down further than `Rules.minimum_width` (see `c2c_lib.privacy.attack`): for
every hidden count there are two complete tables that fit all this and differ in it by so much,
and what is not proved so is taken for exposed. What a publisher hides stays hidden; whether the
publisher's own pattern holds is not ours to judge, but a hidden cell of ours is protected even
then. An earlier edition is given to the audit (`c2c_lib.privacy.exposed_cells`).

Not covered
-----------
- Sums over indicators: levels that add up to everyone, one indicator's numerator that is
  another one's denominator.
- Groups crossed with groups: the tidy table has one dimension at a time.
- Pooled school years; neighborhoods as sums of tracts (both are parts of a town).
- A rate that is shown without counts, of a group whose size is worked out from others.
- Survey estimates: they are not sums of children, and their publisher has blurred them.
- Sums that contradict each other: they are widened until they fit, by the least there is.
- An attacker who reasons from how the complementary cells were chosen, who is a member of the
  group, or who knows figures that are not published here.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from c2c_lib.catalog import Catalog
from c2c_lib.observations import KEY, check_observations
from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.privacy.complementary import with_partners
from c2c_lib.privacy.counts import check_known, readable_counts
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.sums import release

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
        """How many rows were hidden, and why.

        Columns ``source, geo_level, status, before, after``: rows by source, level of place
        and status, before the gate and after it.
        """
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
        - ``suppressed_complementary`` where it would give a hidden cell away
          (`c2c_lib.privacy.complementary`): of the cells that could protect it one that
          costs little: rather a group than all children, rather a school than its district,
          rather few children than many (ties: the first by id).

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
    without_small = _hide(frame, small, _SMALL)
    complementary = _complementary(without_small, rules, catalog)
    result = _hide(without_small, complementary, _COMPLEMENTARY)
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


def _complementary(frame: pd.DataFrame, rules: Rules, catalog: Catalog) -> NDArray[np.bool_]:
    """Return which rows to hide so that no hidden cell of ours is given away."""
    # In the order of the keys, so that the order of the rows decides nothing.
    ordered = frame.sort_values(list(KEY), kind="stable")
    whole = release(ordered.reset_index(drop=True), catalog)
    changed = whole.row[(with_partners(whole, rules) != whole.cells["status"]).to_numpy()]
    hidden = np.zeros(len(frame), dtype=bool)
    hidden[ordered.index.to_numpy()[changed]] = True
    return hidden


def _report_of(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    keys = ["source", "geo_level", "status"]
    counted = pd.concat(
        [before.groupby(keys).size().rename("before"), after.groupby(keys).size().rename("after")],
        axis=1,
    )
    return counted.fillna(0).astype("int64").rename_axis(keys).sort_index().reset_index()
