"""Plays the attacker against a finished table."""

from __future__ import annotations

from typing import Final

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.observations import KEY
from c2c_lib.privacy.counts import check_known
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules
from c2c_lib.privacy.subtraction import exposed_equations, subtraction_cells

__all__ = ["EXPOSED_COLUMNS", "exposed_cells"]

EXPOSED_COLUMNS: Final = (*KEY, "status", "hidden_by_us", "how")
"""The columns of `exposed_cells`, in order."""


def exposed_cells(
    frame: pd.DataFrame, catalog: Catalog, rules: Rules | None = None
) -> pd.DataFrame:
    """List hidden cells that a reader can work out exactly by subtraction.

    Parameters
    ----------
    frame : DataFrame
        Tidy observations as they are shown.
    catalog : Catalog
        Says the unit of every indicator and which dimensions are partitions.
    rules : Rules, optional
        The rules that the gate used; default ``Rules()``.

    Returns
    -------
    DataFrame
        One row per exposed cell, in the order of `frame`, with `EXPOSED_COLUMNS`:
        the key, its status, whether we hid it, and ``how`` (``only_one_hidden``,
        ``at_the_limit``, ``everyone_counted``; see `c2c_lib.privacy.subtraction`).
        Cells that a publisher hid and left open are listed with ``hidden_by_us`` False:
        they are the publisher's to protect, and no figure of them may be worked out here.

    Raises
    ------
    InputError
        If the table names an indicator, dimension or group that the catalog does not know.
    """
    check_known(frame, catalog)
    rules = rules or Rules()
    cells = subtraction_cells(frame, catalog)
    exposed = exposed_equations(cells, rules, catalog)
    hidden = cells["in_partition"] & cells["status"].isin([*HIDDEN_BY_US, "suppressed_by_source"])
    found = cells[hidden].join(exposed["how"], on=["block", "dimension"], how="inner")
    found = found[~found.index.duplicated()].sort_index()
    result = frame.loc[found.index].assign(
        how=found["how"], hidden_by_us=lambda rows: rows["status"].isin(HIDDEN_BY_US)
    )
    return result[list(EXPOSED_COLUMNS)].reset_index(drop=True)
