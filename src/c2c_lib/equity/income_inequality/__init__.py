"""Income inequality: Gini, Theil, Atkinson, percentile ratios and Palma, with intervals.

From one income per household (`income_inequality`) or from published bins
(`binned_income_inequality`, `quantile_from_bins`).
"""

from c2c_lib.equity.income_inequality.bins import (
    BINNED_REASONS,
    BinnedQuantile,
    quantile_from_bins,
    spread_bins,
)
from c2c_lib.equity.income_inequality.intervals import (
    INCOME_COLUMNS,
    INCOME_MEASURES,
    INCOME_REASONS,
    binned_income_inequality,
    income_inequality,
)
from c2c_lib.equity.income_inequality.measures import (
    TheilParts,
    atkinson,
    generalised_entropy,
    gini,
    palma_ratio,
    percentile_ratio,
    theil_decomposition,
    weighted_quantile,
)

__all__ = [
    "BINNED_REASONS",
    "INCOME_COLUMNS",
    "INCOME_MEASURES",
    "INCOME_REASONS",
    "BinnedQuantile",
    "TheilParts",
    "atkinson",
    "binned_income_inequality",
    "generalised_entropy",
    "gini",
    "income_inequality",
    "palma_ratio",
    "percentile_ratio",
    "quantile_from_bins",
    "spread_bins",
    "theil_decomposition",
    "weighted_quantile",
]
