"""Disclosure control: what may be shown, and the one gate through which it goes."""

from c2c_lib.privacy.audit import exposed_cells
from c2c_lib.privacy.gate import Publishable, publishable, with_schools
from c2c_lib.privacy.places import ShownSchools, exposed_schools
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules

__all__ = [
    "HIDDEN_BY_US",
    "Publishable",
    "Rules",
    "ShownSchools",
    "exposed_cells",
    "exposed_schools",
    "publishable",
    "with_schools",
]
