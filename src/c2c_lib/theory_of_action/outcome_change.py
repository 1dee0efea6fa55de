"""Whether an outcome improved, by the core indicator that speaks for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from c2c_lib.catalog import Indicator, Outcome
from c2c_lib.equity import change_between, quality_of
from c2c_lib.findings import Figures, Limits, measured
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City
from c2c_lib.theory_of_action.definitions import Definitions
from c2c_lib.theory_of_action.span import Span, span_of

__all__ = [
    "ADJACENT",
    "OutcomeChange",
    "StrictVerdict",
    "adjacent_changes",
    "core_indicator",
    "outcome_change",
    "outcome_changes",
    "strict_reading",
    "strivetogether_outcomes",
]

ChangeVerdict: TypeAlias = Literal["improved", "about_the_same", "slipped", "not_enough_data"]
StrictVerdict: TypeAlias = Literal[
    "improved", "about_the_same", "slipped", "mixed", "not_enough_data"
]

ADJACENT: Final = ("economic_mobility",)
"""Outcomes of adjacent sectors: not of schooling, but of the families around it."""

_SIGNS: Final = {"higher_is_better": 1.0, "lower_is_better": -1.0}
_DUST: Final = 1e-9


@dataclass(frozen=True)
class OutcomeChange:
    """What one core indicator says about one outcome since the baseline.

    Attributes
    ----------
    indicator : Indicator or None
        None where the city names no core indicator for the outcome.
    span : Span
        Between which figures the change is counted.
    difference : float or None
        Latest minus baseline, in the unit of the indicator.
    interval : Limits or None
        None where the publisher prints neither counts nor a margin of error.
    verdict : str
        ``improved``, ``about_the_same``, ``slipped`` or ``not_enough_data``.
    reason : str
        A key of `c2c_lib.equity.CHANGE_REASONS`, of `SPAN_REASONS`, ``too_weak`` or
        ``precision_unknown``.
    strict : str
        The stricter reading: one direction over several figures in a row.
    """

    outcome: Outcome
    indicator: Indicator | None
    span: Span
    difference: float | None
    interval: Limits | None
    verdict: ChangeVerdict
    reason: str
    strict: StrictVerdict

    @property
    def maintained_or_improved(self) -> bool | None:
        """Whether the outcome did not slip; None where it cannot be said."""
        return None if self.verdict == "not_enough_data" else self.verdict != "slipped"

    @property
    def improved(self) -> bool | None:
        """Whether the outcome improved; None where it cannot be said."""
        return None if self.verdict == "not_enough_data" else self.verdict == "improved"


def strivetogether_outcomes(figures: Figures) -> list[Outcome]:
    """Return the seven cradle-to-career outcomes in their order."""
    found = [o for o in figures.catalog.outcomes.values() if o.strivetogether is not None]
    return sorted(found, key=lambda outcome: outcome.strivetogether or 0)


def core_indicator(
    outcome: str, city: City, figures: Figures, *, also_contributing: bool = False
) -> Indicator | None:
    """Return the first core indicator in the city's file whose home is an outcome.

    Which one speaks is fixed by the order of the file, so that nobody can choose the one that
    happened to improve. The home of an indicator that serves several outcomes is where it stands
    in the report card. One whose neither direction is better cannot speak.
    """
    order = [*city.core, *(city.contributing if also_contributing else ())]
    for name in order:
        indicator = figures.catalog.indicator(name)
        if city.home_outcome(indicator) == outcome and indicator.polarity in _SIGNS:
            return indicator
    return None


def outcome_changes(
    city: City, figures: Figures, definitions: Definitions
) -> tuple[OutcomeChange, ...]:
    """Return the change of each of the seven outcomes, in their order.

    Parameters
    ----------
    city : City
        Names the core indicators and the baseline.
    figures : Figures
        Figures that have passed the privacy gate.
    definitions : Definitions
        What the words mean.
    """
    named = [(o, core_indicator(o.id, city, figures)) for o in strivetogether_outcomes(figures)]
    return tuple(
        outcome_change(outcome, indicator, city, figures, definitions)
        for outcome, indicator in named
    )


def adjacent_changes(
    city: City, figures: Figures, definitions: Definitions
) -> tuple[OutcomeChange, ...]:
    """Return the change of the outcomes of adjacent sectors, by the city's first indicator."""
    return tuple(
        outcome_change(
            figures.catalog.outcome(name),
            core_indicator(name, city, figures, also_contributing=True),
            city,
            figures,
            definitions,
        )
        for name in ADJACENT
    )


def outcome_change(
    outcome: Outcome,
    indicator: Indicator | None,
    city: City,
    figures: Figures,
    definitions: Definitions,
) -> OutcomeChange:
    """Judge the change of one outcome.

    Returns
    -------
    OutcomeChange
        ``not_enough_data`` where no change can be counted (see `span_of`), where one of the two
        figures is too weak to act on (see `c2c_lib.equity.quality_of`), or, if the definitions
        say so, where the precision is unknown. Otherwise by `c2c_lib.equity.change_between`.
    """
    if indicator is None:
        empty = span_of(  # of any indicator: there is no series
            next(iter(figures.catalog.indicators.values())),
            (),
            definitions,
            baseline=city.baseline,
            place=city.slug,
        )
        return OutcomeChange(
            outcome, None, empty, None, None, "not_enough_data", "no_indicator", "not_enough_data"
        )
    span = span_of(
        indicator,
        figures.series(indicator, city.slug),
        definitions,
        baseline=city.baseline,
        place=city.slug,
    )
    if span.baseline is None or span.latest is None:
        return OutcomeChange(
            outcome, indicator, span, None, None, "not_enough_data", span.reason, "not_enough_data"
        )
    difference, interval, verdict, reason = _judge(
        indicator, span.baseline, span.latest, definitions
    )
    strict = strict_reading(indicator, span.figures, verdict, definitions.strict_periods)
    return OutcomeChange(outcome, indicator, span, difference, interval, verdict, reason, strict)


def _judge(
    indicator: Indicator, before: Observation, after: Observation, definitions: Definitions
) -> tuple[float, Limits | None, ChangeVerdict, str]:
    pair = measured([before, after], indicator)
    smallest = definitions.minimum
    if indicator.unit != "share":
        smallest *= abs(before.value)
    found = change_between(
        measured([before], indicator),
        measured([after], indicator),
        earlier_period=before.period.label,
        later_period=after.period.label,
        polarity=indicator.polarity,
        unit=indicator.unit,
        minimum=smallest,
        level=definitions.level,
    )
    low, high = float(found.lower[0]), float(found.upper[0])
    interval = None if math.isnan(low) or math.isnan(high) else Limits(low, high)
    verdict, reason = found.verdict[0], str(found.reason[0])
    if (quality_of(pair, unit=indicator.unit).word == "too_weak").any():
        verdict, reason = "not_enough_data", "too_weak"
    elif interval is None and definitions.unknown_precision == "not_enough_data":
        verdict, reason = "not_enough_data", "precision_unknown"
    return float(found.difference[0]), interval, _word(verdict), reason


def _word(verdict: str) -> ChangeVerdict:
    words: dict[str, ChangeVerdict] = {
        "improved": "improved",
        "slipped": "slipped",
        "about_the_same": "about_the_same",
    }
    return words.get(verdict, "not_enough_data")


def strict_reading(
    indicator: Indicator,
    series: Sequence[Observation],
    verdict: ChangeVerdict,
    fewest: int = 3,
) -> StrictVerdict:
    """Return the stricter reading of a change: one direction over several figures in a row.

    Parameters
    ----------
    series : sequence of Observation
        From baseline to latest, comparable with one another.
    verdict : str
        Of the plain reading; the stricter one never says more than it.
    fewest : int
        How many figures there must be.

    Returns
    -------
    str
        ``not_enough_data`` with fewer figures; ``improved`` or ``slipped`` only where no figure
        on the way went the other way; ``mixed`` where one did; ``about_the_same`` as before.
    """
    if verdict == "not_enough_data" or len(series) < fewest:
        return "not_enough_data"
    if verdict == "about_the_same":
        return "about_the_same"
    sign = _SIGNS[indicator.polarity] * (1 if verdict == "improved" else -1)
    steps = [sign * (after.value - before.value) for before, after in pairwise(series)]
    return verdict if all(step >= -_DUST for step in steps) else "mixed"
