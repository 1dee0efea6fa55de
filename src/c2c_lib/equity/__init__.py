"""Statistics of shares, gaps and change: pure functions on arrays and frames.

Shares are 0-1. Every interval says what it rests on: counts, margins of error, or nothing.
"""

from c2c_lib.equity.arrays import Interval
from c2c_lib.equity.change import CHANGE_REASONS, Change, Verdict, change_between
from c2c_lib.equity.comparisons import Comparison, compare
from c2c_lib.equity.differences import difference_interval, ratio_interval
from c2c_lib.equity.gaps import GAP_COLUMNS, excess, group_gaps
from c2c_lib.equity.margins import (
    coefficient_of_variation,
    difference_margin,
    margin_interval,
    product_margin,
    proportion_margin,
    ratio_margin,
    relative_change_margin,
    standard_error,
    sum_margin,
)
from c2c_lib.equity.measured import Measured
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.equity.reliability import (
    QUALITY_REASONS,
    Quality,
    QualityWord,
    nchs_proportion_standard,
    quality_of,
)

__all__ = [
    "CHANGE_REASONS",
    "GAP_COLUMNS",
    "QUALITY_REASONS",
    "Change",
    "Comparison",
    "Interval",
    "Measured",
    "Quality",
    "QualityWord",
    "Verdict",
    "change_between",
    "coefficient_of_variation",
    "compare",
    "difference_interval",
    "difference_margin",
    "excess",
    "group_gaps",
    "margin_interval",
    "nchs_proportion_standard",
    "product_margin",
    "proportion_interval",
    "proportion_margin",
    "quality_of",
    "ratio_interval",
    "ratio_margin",
    "relative_change_margin",
    "standard_error",
    "sum_margin",
]
