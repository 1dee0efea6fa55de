"""Whether neighbouring areas are alike, and where: Moran, local Moran, Gi and Gi*.

`Neighbours` says who is whose neighbour. Every test has an analytic and a permutation form, the
local ones adjusted for the number of areas that are tested.
"""

from c2c_lib.equity.spatial.false_discovery import false_discovery
from c2c_lib.equity.spatial.local import (
    CLUSTER_WORDS,
    LOCAL_REASONS,
    LocalStatistic,
    getis_ord,
    local_moran,
    local_moran_of_rates,
)
from c2c_lib.equity.spatial.moran import MORAN_REASONS, Moran, moran, moran_of_rates
from c2c_lib.equity.spatial.neighbours import Neighbours

__all__ = [
    "CLUSTER_WORDS",
    "LOCAL_REASONS",
    "MORAN_REASONS",
    "LocalStatistic",
    "Moran",
    "Neighbours",
    "false_discovery",
    "getis_ord",
    "local_moran",
    "local_moran_of_rates",
    "moran",
    "moran_of_rates",
]
