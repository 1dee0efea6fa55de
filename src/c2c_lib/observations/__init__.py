"""The tidy table: one row per indicator, place, period and student group."""

from c2c_lib.observations.check import check_observations
from c2c_lib.observations.schema import (
    COLUMNS,
    KEY,
    STATUSES,
    empty_observations,
    sort_observations,
)
from c2c_lib.observations.store import load_observations, write_store

__all__ = [
    "COLUMNS",
    "KEY",
    "STATUSES",
    "check_observations",
    "empty_observations",
    "load_observations",
    "sort_observations",
    "write_store",
]
