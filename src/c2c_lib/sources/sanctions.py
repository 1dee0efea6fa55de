"""Sanctions, EdSight: how often students were suspended, expelled or kept off the bus.

These are events and not students: one student can be counted several times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.event_counts import event_counts
from c2c_lib.sources.names import Names

__all__ = ["SOURCE", "read"]

SOURCE: Final = "edsight_sanctions"

_COLUMNS: Final = {
    "In-School Suspension": "sanctions_in_school",
    "Out-of-School Suspension": "sanctions_out_of_school",
    "Expulsion": "sanctions_expulsions",
    "Bus Suspension": "sanctions_bus",
}
LAYOUT: Final = Layout(title="Sanction Counts", columns=_COLUMNS, required=tuple(_COLUMNS.values()))


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports into observations of ``sanctions_*``, one per district and year.

    Parameters
    ----------
    files : sequence of RawFile
        One export of all districts and one of the state for every school year.
    names : Names
        Resolves places and collects what is wrong.

    Returns
    -------
    DataFrame
        Observations (`c2c_lib.sources.event_counts.event_counts`).
    """
    return event_counts(files, LAYOUT, names)
