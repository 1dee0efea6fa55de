"""Are we keeping our promises? What is reported, and what the numbers show.

The StriveTogether Theory of Action as data, what a partnership reports on it, and what can be
computed from its figures, with explicit definitions and with what cannot be said left unknown.
No gateway is ever awarded here; StriveTogether does that.
"""

from c2c_lib.theory_of_action.checks import Check, Coverage, coverage_frame, coverages, run_checks
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.evidence import ProgressEvidence, gather_evidence
from c2c_lib.theory_of_action.framework import Framework, load_framework, read_framework
from c2c_lib.theory_of_action.gap_evidence import GapEvidence, OutcomeGap, gaps_of, outcome_gaps
from c2c_lib.theory_of_action.improvement import (
    Series,
    charts_of,
    load_improvement,
    read_improvement,
)
from c2c_lib.theory_of_action.outcome_change import (
    OutcomeChange,
    adjacent_changes,
    outcome_changes,
)
from c2c_lib.theory_of_action.reported import Progress, load_progress, read_progress
from c2c_lib.theory_of_action.sensitivity import sensitivity
from c2c_lib.theory_of_action.targets import target_progress
from c2c_lib.theory_of_action.thresholds import (
    Condition,
    ThresholdResult,
    all_of,
    count_condition,
    judge_thresholds,
)

__all__ = [
    "Check",
    "Condition",
    "Coverage",
    "Definitions",
    "Framework",
    "GapEvidence",
    "OutcomeChange",
    "OutcomeGap",
    "Progress",
    "ProgressEvidence",
    "Series",
    "ThresholdResult",
    "adjacent_changes",
    "all_of",
    "charts_of",
    "count_condition",
    "coverage_frame",
    "coverages",
    "gaps_of",
    "gather_evidence",
    "judge_thresholds",
    "load_framework",
    "load_improvement",
    "load_progress",
    "outcome_changes",
    "outcome_gaps",
    "read_framework",
    "read_improvement",
    "read_progress",
    "run_checks",
    "sensitivity",
    "target_progress",
]
