"""Bullying, EdSight: students to whom it happened as reported, and reported incidents.

Only districts with a report are listed. A district that is not in a year's export is left out
here too: it may have had no incident or have reported none, and the export does not say which.
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

SOURCE: Final = "edsight_bullying"

_COLUMNS: Final = {
    "Number of students with at least 1 bullying incident": "bullying_students",
    "Counts of Bullying Incidents": "bullying_incidents",
}
LAYOUT: Final = Layout(title="Bullying Counts", columns=_COLUMNS, required=tuple(_COLUMNS.values()))


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports into ``bullying_students`` and ``bullying_incidents``.

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
