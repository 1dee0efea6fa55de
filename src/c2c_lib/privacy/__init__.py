"""Disclosure control: what may be shown, and the one gate through which it goes."""

from c2c_lib.privacy.audit import exposed_cells
from c2c_lib.privacy.gate import Publishable, publishable
from c2c_lib.privacy.rules import HIDDEN_BY_US, Rules

__all__ = ["HIDDEN_BY_US", "Publishable", "Rules", "exposed_cells", "publishable"]
