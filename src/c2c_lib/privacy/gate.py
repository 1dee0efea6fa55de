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
- Sums over places: of the schools of a district, `with_schools` sees to those that are shown
  on pages, for all students; districts of the state, and groups within schools, are not
  covered.
- Sums over periods (pooled years and their parts) and over indicators that complement each
  other.
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
from c2c_lib.privacy.complementary import SHOWN, complementary
from c2c_lib.privacy.counts import check_known, readable_counts
from c2c_lib.privacy.places import ShownSchools, schools_to_hide
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.subtraction import subtraction_cells

__all__ = ["Publishable", "publishable", "with_schools"]

_SEAL: Final = object()
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
    shown = frame["status"].isin(SHOWN).to_numpy(dtype=bool)
    small = shown & rules.too_small(counts["numerator"], counts["denominator"])
    cells = subtraction_cells(_hide(frame, small, _SMALL), catalog)
    of_ours = complementary(cells, rules, catalog)
    given_away = of_ours.reindex(frame.index, fill_value=False).to_numpy(dtype=bool)
    result = _hide(_hide(frame, small, _SMALL), given_away, _COMPLEMENTARY)
    result.index = observations.index
    return Publishable(
        check_observations(result), rules, _report_of(observations, result), seal=_SEAL
    )


def with_schools(table: Publishable, shown: ShownSchools, catalog: Catalog) -> Publishable:
    """Keep of all schools only what pages show of them, and hide what gives a school away.

    Parameters
    ----------
    table : Publishable
        A whole table after the gate.
    shown : ShownSchools
        The schools and indicators that pages show.
    catalog : Catalog
        Says in which district a school is.

    Returns
    -------
    Publishable
        Every row that is not of a school, and of these schools and indicators the newest
        figures for all students, in the same order. A school whose figure would let a
        reader work out another one, hidden by us or by the publisher, is
        ``suppressed_complementary`` (`c2c_lib.privacy.places`).

    Raises
    ------
    InputError
        If a school is not in the catalog.
    """
    frame = table.frame
    kept = ((frame["geo_level"] != "school") | shown.rows_of(frame)).to_numpy(dtype=bool)
    hide = schools_to_hide(frame, shown, table.rules, catalog).to_numpy(dtype=bool)
    result = _hide(frame, hide, _COMPLEMENTARY)[kept]
    return Publishable(
        check_observations(result), table.rules, _report_of(frame[kept], result), seal=_SEAL
    )


def _hide(frame: pd.DataFrame, rows: NDArray[np.bool_], status: str) -> pd.DataFrame:
    result = frame.copy()
    result.loc[rows, list(VALUE_COLUMNS)] = np.nan
    result.loc[rows, "status"] = status
    telling = rows & frame["note"].str.contains(r"\d").to_numpy(dtype=bool)
    result.loc[telling, "note"] = ""
    return result


def _report_of(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    keys = ["source", "status"]
    counted = pd.concat(
        [before.groupby(keys).size().rename("before"), after.groupby(keys).size().rename("after")],
        axis=1,
    )
    return counted.fillna(0).astype("int64").rename_axis(keys).sort_index().reset_index()
