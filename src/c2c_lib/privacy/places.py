"""Sums over places: the schools of a district against the district's own figure.

The attacker
------------
Somebody who takes the figures of the schools on our pages from the figure of their district,
for all students, one indicator and one period. A school of the district that no page of ours
shows counts as known wherever the publisher shows it, since it can be read there. The rest is
as in `c2c_lib.privacy.subtraction`, with these differences:

- A school that its *publisher* hides is protected too: no page may work it out.
- The list of schools is never complete. A district answers for children in no school of its
  own, so that what is left need not be the hidden schools alone; where it could be, it is
  taken to be.
- Where every school is shown and few children are left over, those few are given away.
- Where the district's figure is hidden by its publisher, and all of its schools are shown
  with their counts, they add up to it.

Not covered
-----------
Figures without counts, such as the state's accountability rates, of which no sum can be made:
for them it is only assured that a district of one school does not stand for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.errors import InputError, Problem
from c2c_lib.privacy.complementary import HIDDEN, complementary
from c2c_lib.privacy.counts import readable_counts
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.subtraction import exposed_equations, few_left_over

__all__ = ["EXPOSED_SCHOOL_COLUMNS", "ShownSchools", "exposed_schools", "schools_to_hide"]

EXPOSED_SCHOOL_COLUMNS: Final = ("indicator", "period", "district", "schools", "how")
"""The columns of `exposed_schools`, in order."""

_SCHOOLS: Final = "schools"


@dataclass(frozen=True)
class ShownSchools:
    """Which schools pages show, and what of them.

    Attributes
    ----------
    codes : frozenset of str
        Codes of the schools.
    indicators : tuple of str
        What is shown of each: the newest figure for all students.
    wholes : tuple of (str, str)
        Pairs of indicators of which the second is the denominator of the first (of the share
        of students with free meals it is enrollment): where it is hidden, so is the share.
    """

    codes: frozenset[str]
    indicators: tuple[str, ...]
    wholes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        codes: Collection[str],
        indicators: Collection[str],
        wholes: Mapping[str, str] | None = None,
    ) -> ShownSchools:
        """Return the same from any collections."""
        return cls(frozenset(codes), tuple(indicators), tuple((wholes or {}).items()))

    def rows_of(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """Return which rows of a table stand on pages.

        The newest period of an indicator is that of all of these schools together.
        """
        found = (
            (frame["geo_level"] == "school")
            & (frame["dimension"] == "all")
            & (frame["group"] == "all")
            & frame["indicator"].isin(self.indicators)
            & frame["geo_id"].isin(self.codes)
        )
        newest = frame["period_end"].where(found).groupby(frame["indicator"]).transform("max")
        return found & (frame["period_end"] == newest)


def exposed_schools(
    frame: pd.DataFrame, shown: ShownSchools, rules: Rules, catalog: Catalog
) -> pd.DataFrame:
    """List the districts whose figure and schools, as shown, give a hidden figure away.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations as they are shown, of schools and districts; rows of schools that
        no page shows are what their publisher shows.
    shown : ShownSchools
        What stands on pages; the indicators and periods of these rows are judged.
    rules : Rules
        The rules that the gate used.
    catalog : Catalog
        Says in which district a school is.

    Returns
    -------
    DataFrame
        One row per indicator, period and district with `EXPOSED_SCHOOL_COLUMNS`:
        ``schools`` is the tuple of hidden schools, empty where it is not a school that is
        given away; ``how`` is ``only_one_hidden``, ``at_the_limit`` or ``everyone_counted``
        (see `c2c_lib.privacy.subtraction`), ``few_left_over`` (children in no school),
        ``adds_up`` (the hidden figure of the district) or ``only_school`` (the district has
        one school, and its figure is that of the school).

    Raises
    ------
    InputError
        If a school on a page is not in the catalog.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.observations import load_observations
    >>> from c2c_lib.privacy import publishable, with_schools
    >>> catalog, rules = load_catalog(), Rules()
    >>> frame = load_observations()
    >>> part = frame[(frame["indicator"] == "grade8_math_proficient")
    ...              & (frame["dimension"] == "all")
    ...              & frame["geo_level"].isin(["school", "district"])]
    >>> norwalk = [p.geo_id for p in catalog.places if p.parent == "1030011"]
    >>> shown = ShownSchools.of(norwalk, ["grade8_math_proficient"])
    >>> table = publishable(part, rules, catalog)
    >>> exposed_schools(table.frame, shown, rules, catalog)["how"].tolist()
    ['few_left_over']
    >>> exposed_schools(with_schools(table, shown, catalog).frame, shown, rules, catalog).empty
    True
    """
    cells = _cells(frame, shown, catalog)
    if cells.empty:
        return pd.DataFrame(columns=list(EXPOSED_SCHOOL_COLUMNS))
    how = exposed_equations(cells, rules, catalog)["how"].droplevel("dimension").to_dict()
    few = few_left_over(cells, rules, catalog, closed=False)
    how |= dict.fromkeys(few.get_level_values("block"), "few_left_over")
    how |= dict.fromkeys(_adding_up(cells), "adds_up")
    how |= dict.fromkeys(_only_schools(cells), "only_school")
    hidden = cells[cells["in_partition"] & cells["status"].isin(HIDDEN)]
    names = hidden.groupby("block")["group"].apply(lambda codes: tuple(sorted(codes)))
    first = cells.drop_duplicates("block")[["block", "indicator", "period", "district"]]
    rows = [
        (indicator, period, district, names.get(block, ()), how[block])
        for block, indicator, period, district in first.sort_values("block").itertuples(index=False)
        if block in how
    ]
    return pd.DataFrame(rows, columns=list(EXPOSED_SCHOOL_COLUMNS))


def schools_to_hide(
    frame: pd.DataFrame, shown: ShownSchools, rules: Rules, catalog: Catalog
) -> pd.Series[bool]:
    """Return which rows to hide so that `exposed_schools` lists nothing that can be helped.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations after the gate.
    shown, rules, catalog
        As in `exposed_schools`.

    Returns
    -------
    Series of bool
        On the index of `frame`; true for rows of schools on pages only. The school that
        counts fewest children goes first.

    Raises
    ------
    InputError
        If a school on a page is not in the catalog.
    """
    cells = _cells(frame, shown, catalog)
    chosen = pd.Series(False, index=frame.index)
    if cells.empty:
        return chosen
    # A district that its publisher hides is treated as one that we hide: what adds up goes.
    added = cells["block"].isin(_adding_up(cells)) & cells["is_total"]
    cells.loc[added, "status"] = HIDDEN_BY_US[0]
    while True:
        hidden = complementary(cells, rules, catalog, whose="everyone", closed=False)
        chosen[hidden.index[hidden & cells.loc[hidden.index, "may_hide"]]] = True
        told = _told_by_shares(cells, chosen, shown)
        if not told.any():
            return chosen
        chosen[told.index[told]] = True
        cells.loc[chosen[cells.index], ["numerator", "denominator"]] = np.nan
        cells.loc[chosen[cells.index], "status"] = HIDDEN_BY_US[1]


def _told_by_shares(
    cells: pd.DataFrame, chosen: pd.Series[bool], shown: ShownSchools
) -> pd.Series[bool]:
    """Return the shares still shown whose denominator is a figure that is now hidden."""
    told = pd.Series(False, index=cells.index)
    hidden = cells["status"].isin(HIDDEN) | chosen[cells.index]
    for share, whole in shown.wholes:
        lost = cells.loc[hidden & (cells["indicator"] == whole), ["group", "period"]]
        keys = pd.MultiIndex.from_frame(cells[["group", "period"]])
        told |= (
            (cells["indicator"] == share)
            & cells["may_hide"]
            & ~hidden
            & keys.isin(pd.MultiIndex.from_frame(lost))
        )
    return told


def _cells(frame: pd.DataFrame, shown: ShownSchools, catalog: Catalog) -> pd.DataFrame:
    """Return what the attacker sees: districts as totals, their schools as parts."""
    parents = {p.geo_id: p.parent for p in catalog.places if p.geo_level == "school"}
    _check_known(shown, parents)
    on_page = shown.rows_of(frame)
    asked = frame.loc[on_page, ["indicator", "period"]].drop_duplicates()
    rows = frame[
        frame["geo_level"].isin(["school", "district"])
        & (frame["dimension"] == "all")
        & (frame["group"] == "all")
        & pd.MultiIndex.from_frame(frame[["indicator", "period"]]).isin(
            pd.MultiIndex.from_frame(asked)
        )
    ]
    cells = readable_counts(rows, catalog).mask(rows["status"] == "not_applicable", 0.0)
    cells["status"] = rows["status"]
    cells["group"] = rows["geo_id"]
    cells["indicator"], cells["period"] = rows["indicator"], rows["period"]
    cells["is_total"] = rows["geo_level"] == "district"
    cells["in_partition"] = ~cells["is_total"]
    cells["district"] = rows["geo_id"].where(cells["is_total"], rows["geo_id"].map(parents))
    cells["may_hide"] = on_page[rows.index]
    cells["dimension"] = _SCHOOLS
    cells["block"] = cells.groupby(["indicator", "period", "district"], sort=True).ngroup()
    cells["table"] = cells["block"]
    on_pages = cells.loc[cells["may_hide"], "block"]
    return cells[cells["block"].isin(on_pages)]


def _adding_up(cells: pd.DataFrame) -> list[int]:
    """Return the blocks whose district is hidden, although all its schools are shown."""
    totals = cells[cells["is_total"] & cells["status"].isin(HIDDEN)]
    parts = cells[cells["in_partition"] & (cells["status"] != "not_collected")]
    unknown = parts[["numerator", "denominator"]].isna().all(axis=1)
    some = unknown.groupby(parts["block"]).any()
    return [block for block in totals["block"] if block in some.index and not some[block]]


def _only_schools(cells: pd.DataFrame) -> list[int]:
    """Return the blocks of one school that is hidden, although its district is shown."""
    parts = cells[cells["in_partition"] & (cells["status"] != "not_collected")]
    alone = parts[parts.groupby("block")["group"].transform("size") == 1]
    hidden = alone.loc[alone["status"].isin(HIDDEN), "block"]
    totals = cells[cells["is_total"] & (cells["status"] == "published")]
    return [int(block) for block in np.intersect1d(hidden, totals["block"])]


def _check_known(shown: ShownSchools, parents: dict[str, str]) -> None:
    lost = sorted(shown.codes - set(parents))
    if lost:
        raise InputError(
            [
                Problem(
                    "schools",
                    "are not in the catalog, so nothing can say which district they add up to",
                    value=", ".join(lost[:5]),
                    remedy="Add them to the places of the catalog.",
                )
            ]
        )
