"""Between-group inequality: every measure with its precision, formula and source.

Each measure is a function of `Groups`; `MEASURES` says what each one answers, and
`c2c_lib.equity.measure` calls them on tidy observations.
"""

from c2c_lib.equity.inequality.attributable import attributable_fraction, attributable_risk
from c2c_lib.equity.inequality.concentration import absolute_concentration, relative_concentration
from c2c_lib.equity.inequality.deviations import (
    from_best,
    from_mean,
    from_reference,
    relative_from_mean,
)
from c2c_lib.equity.inequality.entropy import mean_log_deviation, theil
from c2c_lib.equity.inequality.entry import GroupMeasure
from c2c_lib.equity.inequality.feasible import feasible_range
from c2c_lib.equity.inequality.groups import Groups
from c2c_lib.equity.inequality.healthy_people import (
    index_of_disparity,
    maximal_difference,
    maximal_ratio,
    summary_difference,
    summary_ratio,
)
from c2c_lib.equity.inequality.pairs import difference, ratio
from c2c_lib.equity.inequality.registry import MEASURES
from c2c_lib.equity.inequality.result import Inequality
from c2c_lib.equity.inequality.simulate import simulated
from c2c_lib.equity.inequality.slope import relative_index, slope_index
from c2c_lib.equity.inequality.table import (
    INEQUALITY_REASONS,
    INEQUALITY_VERDICTS,
)
from c2c_lib.equity.inequality.variance import (
    between_group_deviation,
    between_group_variance,
    coefficient_between_groups,
)

__all__ = [
    "INEQUALITY_REASONS",
    "INEQUALITY_VERDICTS",
    "MEASURES",
    "GroupMeasure",
    "Groups",
    "Inequality",
    "absolute_concentration",
    "attributable_fraction",
    "attributable_risk",
    "between_group_deviation",
    "between_group_variance",
    "coefficient_between_groups",
    "difference",
    "feasible_range",
    "from_best",
    "from_mean",
    "from_reference",
    "index_of_disparity",
    "maximal_difference",
    "maximal_ratio",
    "mean_log_deviation",
    "ratio",
    "relative_concentration",
    "relative_from_mean",
    "relative_index",
    "simulated",
    "slope_index",
    "summary_difference",
    "summary_ratio",
    "theil",
]
