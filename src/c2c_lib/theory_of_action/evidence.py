"""Everything the progress page says about one city, from figures, city file and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from c2c_lib.findings import Figures
from c2c_lib.params import City
from c2c_lib.theory_of_action.checks import Check, Coverage, coverages, run_checks
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.framework import CheckName, Framework, load_framework
from c2c_lib.theory_of_action.gap_evidence import OutcomeGap, outcome_gaps
from c2c_lib.theory_of_action.improvement import Series
from c2c_lib.theory_of_action.outcome_change import (
    OutcomeChange,
    adjacent_changes,
    outcome_changes,
)
from c2c_lib.theory_of_action.reported import Progress
from c2c_lib.theory_of_action.targets import (
    TargetNeed,
    TargetProgress,
    target_needs,
    target_progress,
)
from c2c_lib.theory_of_action.thresholds import ThresholdResult, judge_thresholds

__all__ = ["ProgressEvidence", "gather_evidence"]


@dataclass(frozen=True, eq=False)
class ProgressEvidence:
    """What is reported and what the numbers show, for one city.

    Attributes
    ----------
    changes, gaps : tuple
        Of the seven outcomes, in one order.
    adjacent : tuple of OutcomeChange
        Of the outcomes of adjacent sectors.
    improvement : tuple of Series
        The partnership's own monthly counts.
    """

    city: City
    framework: Framework
    progress: Progress
    definitions: Definitions
    changes: tuple[OutcomeChange, ...]
    gaps: tuple[OutcomeGap, ...]
    adjacent: tuple[OutcomeChange, ...]
    thresholds: tuple[ThresholdResult, ...]
    coverages: tuple[Coverage, ...]
    checks: Mapping[CheckName, Check]
    targets: tuple[TargetProgress, ...]
    target_needs: tuple[TargetNeed, ...]
    improvement: tuple[Series, ...]

    @property
    def baseline(self) -> str:
        """The period from which change is counted."""
        return self.definitions.baseline or self.city.baseline

    def outcomes_frame(self) -> pd.DataFrame:
        """Return the seven outcomes as a table: periods, change, limits, verdicts, gap."""
        return pd.DataFrame(
            [
                {
                    "outcome": change.outcome.id,
                    "indicator": change.indicator.id if change.indicator else "",
                    "unit": change.indicator.unit if change.indicator else "",
                    "baseline": change.span.baseline.period.label if change.span.baseline else "",
                    "latest": change.span.latest.period.label if change.span.latest else "",
                    "change": change.difference,
                    "lower": change.interval.low if change.interval else None,
                    "upper": change.interval.high if change.interval else None,
                    "verdict": change.verdict,
                    "reason": change.reason,
                    "strict": change.strict,
                    "gap": gap.verdict,
                    "gap_reason": gap.reason,
                }
                for change, gap in zip(self.changes, self.gaps, strict=True)
            ]
        )

    def gaps_frame(self) -> pd.DataFrame:
        """Return the gap of every group of every outcome as a table."""
        return pd.DataFrame(
            [
                {
                    "outcome": change.outcome.id,
                    "indicator": gap.indicator.id,
                    "dimension": gap.dimension.id,
                    "group": gap.group.id,
                    "baseline": gap.span.baseline.period.label if gap.span.baseline else "",
                    "latest": gap.span.latest.period.label if gap.span.latest else "",
                    "before": gap.before,
                    "after": gap.after,
                    "change": gap.change,
                    "lower": gap.interval.low if gap.interval else None,
                    "upper": gap.interval.high if gap.interval else None,
                    "verdict": gap.verdict,
                    "reason": gap.reason,
                    "levelling_down": gap.levelling_down,
                    "reversed": gap.reversed,
                    "speaks": gap is outcome.chosen,
                }
                for change, outcome in zip(self.changes, self.gaps, strict=True)
                for gap in outcome.gaps
            ]
        )


def gather_evidence(
    city: City,
    figures: Figures,
    progress: Progress,
    *,
    improvement: tuple[Series, ...] = (),
    year: int,
    definitions: Definitions | None = None,
    framework: Framework | None = None,
) -> ProgressEvidence:
    """Work out everything about one city.

    Parameters
    ----------
    city : City
        Its parameters.
    figures : Figures
        Figures that have passed the privacy gate.
    progress : Progress
        What the partnership reports.
    improvement : tuple of Series
        Its monthly counts.
    year : int
        Of the edition.
    definitions : Definitions, optional
        By default those of the partnership's progress file.
    framework : Framework, optional
        By default the one that ships.

    Examples
    --------
    >>> from c2c_lib.catalog import load_catalog
    >>> from c2c_lib.observations import load_observations
    >>> from c2c_lib.params import load_city
    >>> from c2c_lib.privacy import Rules, publishable
    >>> from c2c_lib.theory_of_action.reported import load_progress
    >>> catalog = load_catalog()
    >>> figures = Figures(publishable(load_observations(), Rules(), catalog), catalog)
    >>> found = gather_evidence(
    ...     load_city("norwalk"), figures, load_progress("norwalk"), year=2026
    ... )
    >>> [t.answer for t in found.thresholds]
    ['cannot_be_said', 'cannot_be_said', 'cannot_be_said']
    """
    framework = framework or load_framework()
    definitions = definitions or progress.definitions
    changes = outcome_changes(city, figures, definitions)
    gaps = outcome_gaps(changes, city, figures, definitions)
    adjacent = adjacent_changes(city, figures, definitions)
    found = coverages(city, figures, definitions)
    kept = {s.indicator.id for s in improvement} & set(city.contributing)
    return ProgressEvidence(
        city=city,
        framework=framework,
        progress=progress,
        definitions=definitions,
        changes=changes,
        gaps=gaps,
        adjacent=adjacent,
        thresholds=judge_thresholds(framework, progress, changes, gaps, adjacent, definitions),
        coverages=found,
        checks=run_checks(found, gaps, run_charts=len(kept), year=year, definitions=definitions),
        targets=target_progress(city, figures, definitions),
        target_needs=target_needs(changes, city),
        improvement=improvement,
    )
