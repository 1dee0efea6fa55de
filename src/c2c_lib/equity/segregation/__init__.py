"""Segregation of schools or neighbourhoods, with intervals and without the bias of small units.

`two_group_segregation` takes the counts of two groups, `multigroup_segregation` a table of
counts; both return a tidy frame. The formulas alone are in `two_groups` and `many_groups`.
"""

from c2c_lib.equity.segregation.many_groups import exposure, local_segregation
from c2c_lib.equity.segregation.measure import (
    SEGREGATION_COLUMNS,
    SEGREGATION_REASONS,
    multigroup_segregation,
    two_group_segregation,
)
from c2c_lib.equity.segregation.registry import (
    SEGREGATION_INDICES,
    Index,
    segregation_indices,
)
from c2c_lib.equity.segregation.survey import effective_numbers
from c2c_lib.equity.segregation.two_groups import delta

__all__ = [
    "SEGREGATION_COLUMNS",
    "SEGREGATION_INDICES",
    "SEGREGATION_REASONS",
    "Index",
    "delta",
    "effective_numbers",
    "exposure",
    "local_segregation",
    "multigroup_segregation",
    "segregation_indices",
    "two_group_segregation",
]
