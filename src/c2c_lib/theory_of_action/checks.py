"""Checked benchmarks: what figures and the city's own files show, with the evidence listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import pandas as pd

from c2c_lib.catalog import Indicator, Outcome, Period, parse_period
from c2c_lib.findings import Figures
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City
from c2c_lib.theory_of_action.definitions import DEFAULT_DIMENSIONS, Definitions
from c2c_lib.theory_of_action.framework import CheckName
from c2c_lib.theory_of_action.gap_evidence import OutcomeGap
from c2c_lib.theory_of_action.outcome_change import core_indicator, strivetogether_outcomes

__all__ = ["Breakdown", "Check", "Coverage", "coverage_frame", "coverages", "run_checks"]

Shown: TypeAlias = Literal["shown", "in_part", "not_shown"]


@dataclass(frozen=True)
class Breakdown:
    """The newest figures by group of one dimension.

    Attributes
    ----------
    shown, listed : int
        Groups with a figure, and groups that the publisher lists.
    """

    period: Period
    shown: int
    listed: int


@dataclass(frozen=True)
class Coverage:
    """What there is on one of the seven outcomes.

    Attributes
    ----------
    indicator : Indicator or None
        The core indicator; None where the city names none.
    baseline, newest : Observation or None
        The newest figure at or before the city's baseline, and the newest of all.
    by_dimension : mapping of str to Breakdown or None
        By race and ethnicity, gender and economic status.
    groups_at_baseline : bool
        Whether a group of any of them has a figure at or before the baseline.
    contributing : tuple of Indicator
        The contributing indicators that the city put first and that serve the outcome.
    """

    outcome: Outcome
    indicator: Indicator | None
    baseline: Observation | None
    newest: Observation | None
    by_dimension: Mapping[str, Breakdown | None]
    groups_at_baseline: bool
    contributing: tuple[Indicator, ...]

    def is_current(self, year: int, within: int) -> bool:
        """Whether the newest figure ends at most so many years before a year."""
        return self.newest is not None and year - self.newest.period.end <= within

    def is_current_by_group(self, year: int, within: int) -> bool:
        """Whether that holds for figures by each of the three dimensions too."""
        return all(
            found is not None and year - found.period.end <= within
            for found in self.by_dimension.values()
        )


@dataclass(frozen=True)
class Check:
    """The result of one check.

    Attributes
    ----------
    have, of : int
        How many of how many hold.
    unknown : int
        How many cannot be said.
    shown : str
        ``shown`` if all hold, ``in_part`` if some do, ``not_shown`` if none does.

    Examples
    --------
    >>> Check("pipeline", 3, 7).shown
    'in_part'
    """

    name: CheckName
    have: int
    of: int
    unknown: int = 0

    @property
    def shown(self) -> Shown:
        """How far what was looked for is there."""
        if self.of and self.have >= self.of:
            return "shown"
        return "in_part" if self.have else "not_shown"


def coverages(city: City, figures: Figures, definitions: Definitions) -> tuple[Coverage, ...]:
    """Return what there is on each of the seven outcomes, in their order."""
    wanted = parse_period(definitions.baseline or city.baseline)
    return tuple(
        _coverage(outcome, city, figures, wanted) for outcome in strivetogether_outcomes(figures)
    )


def _coverage(outcome: Outcome, city: City, figures: Figures, wanted: Period) -> Coverage:
    indicator = core_indicator(outcome.id, city, figures)
    contributing = tuple(
        entry
        for entry in map(figures.catalog.indicator, city.contributing)
        if outcome.id in entry.outcomes
    )
    nothing: dict[str, Breakdown | None] = dict.fromkeys(DEFAULT_DIMENSIONS)
    if indicator is None:
        return Coverage(outcome, None, None, None, nothing, False, contributing)
    series = [o for o in figures.series(indicator, city.slug) if o.shown]
    rows = [o for o in figures.rows(indicator, city.slug) if o.dimension in DEFAULT_DIMENSIONS]
    return Coverage(
        outcome,
        indicator,
        next((o for o in reversed(series) if o.period.end <= wanted.end), None),
        next(reversed(series), None),
        {name: _breakdown([o for o in rows if o.dimension == name]) for name in DEFAULT_DIMENSIONS},
        any(o.shown and o.period.end <= wanted.end for o in rows),
        contributing,
    )


def _breakdown(rows: Sequence[Observation]) -> Breakdown | None:
    newest = max((o.period for o in rows if o.shown), default=None)
    if newest is None:
        return None
    own = [o for o in rows if o.period == newest]
    return Breakdown(newest, sum(o.shown for o in own), len(own))


def run_checks(
    found: Sequence[Coverage],
    gaps: Sequence[OutcomeGap],
    *,
    run_charts: int,
    year: int,
    definitions: Definitions,
) -> dict[CheckName, Check]:
    """Return every check by name.

    Parameters
    ----------
    found : sequence of Coverage
        From `coverages`.
    gaps : sequence of OutcomeGap
        Of the seven outcomes.
    run_charts : int
        How many contributing indicators the partnership keeps monthly counts of.
    year : int
        Of the edition; figures are current or not on its date.
    definitions : Definitions
        How old a current figure may be.

    Returns
    -------
    dict of str to Check
        What is counted:

        - ``outcomes_named``: outcomes of the seven for which the city names a core indicator;
        - ``grounds_for_priorities``: core indicators with a figure by group in some year;
        - ``baseline_card``: core indicators with a baseline, and a figure by group by then;
        - ``coverage``: core indicators by dimension (race and ethnicity, gender, economic
          status) with a figure in some year;
        - ``contributing_chosen``: outcomes with a contributing indicator in the city's file;
        - ``pipeline``: outcomes with a current figure;
        - ``improvement_cycles``: contributing indicators with monthly counts; one is enough;
        - ``gaps``: outcomes whose gap was reduced or eliminated;
        - ``real_time``: outcomes with current figures by all three dimensions. A yearly figure is
          never real-time; this is the most that public figures can show.
    """
    within = definitions.current_within
    named = [c for c in found if c.indicator is not None]
    cells = [cell for c in found for cell in c.by_dimension.values()]
    real_time = [c.is_current(year, within) and c.is_current_by_group(year, within) for c in found]
    reduced = [gap.reduced for gap in gaps]
    results = (
        Check("outcomes_named", len(named), len(found)),
        Check("grounds_for_priorities", sum(map(_has_groups, named)), len(named)),
        Check(
            "baseline_card",
            sum(c.baseline is not None and c.groups_at_baseline for c in found),
            len(found),
        ),
        Check("coverage", sum(cell is not None for cell in cells), len(cells)),
        Check("contributing_chosen", sum(bool(c.contributing) for c in found), len(found)),
        Check("pipeline", sum(c.is_current(year, within) for c in found), len(found)),
        Check("improvement_cycles", run_charts, 1),
        Check("gaps", reduced.count(True), len(reduced), reduced.count(None)),
        Check("real_time", sum(real_time), len(found)),
    )
    by_name = {check.name: check for check in results}
    return {name: by_name[name] for name in get_args(CheckName)}


def _has_groups(found: Coverage) -> bool:
    return any(cell is not None for cell in found.by_dimension.values())


def coverage_frame(found: Sequence[Coverage]) -> pd.DataFrame:
    """Return coverages as a table, for exploring: one row per outcome.

    Columns: outcome, indicator, baseline, newest, one per dimension (its newest period, or
    empty), and contributing.
    """
    return pd.DataFrame(
        [
            {
                "outcome": c.outcome.id,
                "indicator": c.indicator.id if c.indicator else "",
                "baseline": c.baseline.period.label if c.baseline else "",
                "newest": c.newest.period.label if c.newest else "",
                **{
                    name: cell.period.label if cell else "" for name, cell in c.by_dimension.items()
                },
                "contributing": ", ".join(i.id for i in c.contributing),
            }
            for c in found
        ]
    )
