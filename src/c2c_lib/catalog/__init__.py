"""What is measured: outcomes, indicators, student groups, places and sources, as data.

A new indicator is an entry in ``data/indicators.yml``; nothing else changes.
"""

from c2c_lib.catalog.catalog import Catalog
from c2c_lib.catalog.loader import load_catalog
from c2c_lib.catalog.models import (
    Break,
    Dimension,
    Group,
    Indicator,
    LeftOut,
    Localized,
    Outcome,
    Place,
    Source,
    Topic,
    Unit,
)
from c2c_lib.catalog.periods import Period, parse_period

__all__ = [
    "Break",
    "Catalog",
    "Dimension",
    "Group",
    "Indicator",
    "LeftOut",
    "Localized",
    "Outcome",
    "Period",
    "Place",
    "Source",
    "Topic",
    "Unit",
    "load_catalog",
    "parse_period",
]
