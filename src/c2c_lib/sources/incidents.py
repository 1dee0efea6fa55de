"""Disciplinary incidents, EdSight: how often schools reported an incident of each kind.

These are events and not students. What counts as an incident, and what is written down, is
for the school to decide.
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

SOURCE: Final = "edsight_incidents"

_COLUMNS: Final = {
    "Violent Crimes Against Persons": "incidents_violent_crimes",
    "Sexually Related Behavior": "incidents_sexual_behavior",
    "Personally Threatening Behavior": "incidents_threats",
    "Theft Related Behaviors": "incidents_theft",
    "Physical and Verbal Confrontation": "incidents_confrontations",
    "Fighting and Battery": "incidents_fighting",
    "Property Damage": "incidents_property_damage",
    "Weapons": "incidents_weapons",
    "Drugs, Alcohol, Tobacco": "incidents_drugs_alcohol_tobacco",
    "School Policy Violations": "incidents_school_policy",
}
LAYOUT: Final = Layout(title="Incident Counts", columns=_COLUMNS, required=tuple(_COLUMNS.values()))


def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
    """Read the exports into observations of ``incidents_*``, one per district and year.

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
