"""Statistics of shares, gaps and change: pure functions on arrays and frames.

Shares are 0-1. Every interval says what it rests on: counts, margins of error, or nothing.

`measure`, `gaps`, `change`, `trend` and `summary` take tidy observations and return a tidy
frame; `measures_table` lists every measure with its formula, its source and an example that
runs. The functions behind them take plain arrays. They stand here, except where a name means
several things: there they stand in their room, as `inequality.theil` (between groups),
`segregation` (schools and neighborhoods), `income_inequality.gini` (households) and
`spatial.moran` (areas and their neighbours).
"""

from c2c_lib.equity import income_inequality, inequality, segregation, spatial
from c2c_lib.equity.arrays import Interval
from c2c_lib.equity.calling import change, gaps, measure, summary, trend
from c2c_lib.equity.comparisons import Comparison, compare
from c2c_lib.equity.control_chart import (
    ControlChart,
    individuals_chart,
    proportion_chart,
    proportion_prime_chart,
)
from c2c_lib.equity.differences import difference_interval, ratio_interval
from c2c_lib.equity.education import (
    ABSENCE_WORDS,
    ChronicAbsence,
    CohortGraduation,
    ProficiencyGap,
    chronic_absence_rate,
    chronically_absent,
    cohort_graduation_rate,
    proficiency_gap,
)
from c2c_lib.equity.family import Family, Measure
from c2c_lib.equity.gap_change import GAP_CHANGE_REASONS, GapChange, gap_change_between
from c2c_lib.equity.group_excess import excess
from c2c_lib.equity.idea import RISK_RATIO_STATUSES, RiskRatio, idea_risk_ratio
from c2c_lib.equity.idea_years import (
    DISPROPORTIONALITY_STATUSES,
    SignificantDisproportionality,
    significant_over_years,
)
from c2c_lib.equity.inequality import (
    INEQUALITY_REASONS,
    GroupMeasure,
    Groups,
    Inequality,
    feasible_range,
)
from c2c_lib.equity.kendall_test import TrendTest, mann_kendall
from c2c_lib.equity.level_gap import V_REASONS, VStatistic, v_statistic
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
from c2c_lib.equity.measures import (
    FAMILIES,
    MEASURES,
    find_measure,
    measures_table,
)
from c2c_lib.equity.odds_ratios import (
    TwoProportionTest,
    odds_ratio_interval,
    two_proportion_test,
)
from c2c_lib.equity.pace import PACE_REASONS, Pace, pace_to_target
from c2c_lib.equity.period_change import CHANGE_REASONS, Change, Verdict, change_between
from c2c_lib.equity.proof_points import (
    DIRECTIONS,
    ProofPoint,
    direction_since_baseline,
    proof_point,
)
from c2c_lib.equity.proportions import proportion_interval
from c2c_lib.equity.reliability import (
    QUALITY_REASONS,
    Quality,
    QualityWord,
    nchs_proportion_standard,
    quality_of,
)
from c2c_lib.equity.result_table import RESULT_COLUMNS, RESULT_STATUSES
from c2c_lib.equity.risk_ratios import (
    Disproportionality,
    IncidentRates,
    disproportionality,
    incident_rates,
    weighted_risk_ratio,
)
from c2c_lib.equity.run_chart import AnhoejLimits, RunChart, anhoej_limits, run_chart_of
from c2c_lib.equity.say_results import say
from c2c_lib.equity.saying import sentences
from c2c_lib.equity.sen_slope import TheilSen, theil_sen
from c2c_lib.equity.series import TREND_REASONS, TrendVerdict
from c2c_lib.equity.small_areas import (
    SMOOTHING_REASONS,
    Smoothed,
    eb_standardised_rates,
    exceedance_probability,
    smooth_rates,
    smoothed_interval,
)
from c2c_lib.equity.trend_lines import (
    AnnualPercentChange,
    Segment,
    TrendLine,
    annual_percent_change,
    linear_trend,
    segmented_trend,
)

__all__ = [
    "ABSENCE_WORDS",
    "CHANGE_REASONS",
    "DIRECTIONS",
    "DISPROPORTIONALITY_STATUSES",
    "FAMILIES",
    "GAP_CHANGE_REASONS",
    "INEQUALITY_REASONS",
    "MEASURES",
    "PACE_REASONS",
    "QUALITY_REASONS",
    "RESULT_COLUMNS",
    "RESULT_STATUSES",
    "RISK_RATIO_STATUSES",
    "SMOOTHING_REASONS",
    "TREND_REASONS",
    "V_REASONS",
    "AnhoejLimits",
    "AnnualPercentChange",
    "Change",
    "ChronicAbsence",
    "CohortGraduation",
    "Comparison",
    "ControlChart",
    "Disproportionality",
    "Family",
    "GapChange",
    "GroupMeasure",
    "Groups",
    "IncidentRates",
    "Inequality",
    "Interval",
    "Measure",
    "Measured",
    "Pace",
    "ProficiencyGap",
    "ProofPoint",
    "Quality",
    "QualityWord",
    "RiskRatio",
    "RunChart",
    "Segment",
    "SignificantDisproportionality",
    "Smoothed",
    "TheilSen",
    "TrendLine",
    "TrendTest",
    "TrendVerdict",
    "TwoProportionTest",
    "VStatistic",
    "Verdict",
    "anhoej_limits",
    "annual_percent_change",
    "change",
    "change_between",
    "chronic_absence_rate",
    "chronically_absent",
    "coefficient_of_variation",
    "cohort_graduation_rate",
    "compare",
    "difference_interval",
    "difference_margin",
    "direction_since_baseline",
    "disproportionality",
    "eb_standardised_rates",
    "exceedance_probability",
    "excess",
    "feasible_range",
    "find_measure",
    "gap_change_between",
    "gaps",
    "idea_risk_ratio",
    "incident_rates",
    "income_inequality",
    "individuals_chart",
    "inequality",
    "linear_trend",
    "mann_kendall",
    "margin_interval",
    "measure",
    "measures_table",
    "nchs_proportion_standard",
    "odds_ratio_interval",
    "pace_to_target",
    "product_margin",
    "proficiency_gap",
    "proof_point",
    "proportion_chart",
    "proportion_interval",
    "proportion_margin",
    "proportion_prime_chart",
    "quality_of",
    "ratio_interval",
    "ratio_margin",
    "relative_change_margin",
    "run_chart_of",
    "say",
    "segmented_trend",
    "segregation",
    "sentences",
    "significant_over_years",
    "smooth_rates",
    "smoothed_interval",
    "spatial",
    "standard_error",
    "sum_margin",
    "summary",
    "theil_sen",
    "trend",
    "two_proportion_test",
    "v_statistic",
    "weighted_risk_ratio",
]
