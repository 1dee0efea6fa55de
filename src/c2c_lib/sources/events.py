"""Sanctions, incidents and bullying, EdSight: how often schools reported each kind of event.

These are events and not students (but for the students to whom bullying happened): one student
can be counted several times. What counts as an incident, and what is written down, is for the
school to decide. Only districts with a report of bullying are listed; one that is not in a year's
export is left out here too, as it may have had no incident or have reported none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from c2c_lib.sources.base import RawFile, ReportReader
from c2c_lib.sources.edsight_layout import Layout
from c2c_lib.sources.event_counts import event_counts
from c2c_lib.sources.names import Names

__all__ = ["BULLYING", "INCIDENTS", "INCIDENT_KINDS", "READERS", "SANCTIONS", "SANCTION_KINDS"]

SANCTION_KINDS: Final = {
    "In-School Suspension": "sanctions_in_school",
    "Out-of-School Suspension": "sanctions_out_of_school",
    "Expulsion": "sanctions_expulsions",
    "Bus Suspension": "sanctions_bus",
}
"""The indicator of every heading."""

INCIDENT_KINDS: Final = {
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
"""The indicator of every heading."""

_BULLYING_KINDS: Final = {
    "Number of students with at least 1 bullying incident": "bullying_students",
    "Counts of Bullying Incidents": "bullying_incidents",
}


def _reader(source: str, title: str, kinds: Mapping[str, str]) -> ReportReader:
    """Return what reads one report of events into one figure per district, year and kind."""
    layout = Layout(title=title, columns=kinds, required=tuple(kinds.values()))

    def read(files: Sequence[RawFile], names: Names) -> pd.DataFrame:
        """Read the exports of all districts and of the state (`event_counts`)."""
        return event_counts(files, layout, names)

    return ReportReader(source, read)


SANCTIONS: Final = _reader("edsight_sanctions", "Sanction Counts", SANCTION_KINDS)
INCIDENTS: Final = _reader("edsight_incidents", "Incident Counts", INCIDENT_KINDS)
BULLYING: Final = _reader("edsight_bullying", "Bullying Counts", _BULLYING_KINDS)

READERS: Final = (SANCTIONS, INCIDENTS, BULLYING)
