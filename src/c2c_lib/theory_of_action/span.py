"""From which figure to which a change is counted, and why it may be impossible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from c2c_lib.catalog import Indicator, Localized, Period, parse_period
from c2c_lib.catalog.comparability import may_compare, stands_alone
from c2c_lib.observations.observation import Observation
from c2c_lib.theory_of_action.definitions import Definitions

__all__ = ["SPAN_REASONS", "Span", "SpanReason", "span_of"]

SpanReason: TypeAlias = Literal[
    "since_baseline",
    "restarted",
    "no_indicator",
    "no_figure",
    "no_data_since",
    "break_in_series",
    "no_baseline",
]

SPAN_REASONS: Final[dict[str, str]] = {
    "since_baseline": "Counted from the baseline, or the newest figure before it.",
    "restarted": "Counted from the first year that the newest figure may be compared with.",
    "no_indicator": "No core indicator is named for the outcome.",
    "no_figure": "There is no figure that may be shown.",
    "no_data_since": "There is no figure newer than the baseline.",
    "break_in_series": "The newest figure must not be compared with the baseline.",
    "no_baseline": "There is no earlier figure to count from.",
}
"""Where a change is counted from, or why it is not counted."""


@dataclass(frozen=True)
class Span:
    """The figures between which a change is counted.

    Attributes
    ----------
    wanted : Period
        The baseline that was asked for.
    baseline, latest : Observation or None
        Both are there if, and only if, a change can be counted; otherwise `latest` is the
        newest figure there is.
    figures : tuple of Observation
        From baseline to latest, all comparable with one another; empty without a baseline.
    reason : str
        A key of `SPAN_REASONS`.
    why : Localized or None
        The break in words, where there is one.
    """

    wanted: Period
    baseline: Observation | None
    latest: Observation | None
    figures: tuple[Observation, ...]
    reason: SpanReason
    why: Localized | None = None


def span_of(
    indicator: Indicator,
    series: Sequence[Observation],
    definitions: Definitions,
    *,
    baseline: str,
    place: str,
    dimension: str = "all",
) -> Span:
    """Choose the figures between which the change of one series is counted.

    Parameters
    ----------
    indicator : Indicator
        Whose breaks are respected.
    series : sequence of Observation
        Of one place and group, in the order of their periods; those not shown are passed over.
    definitions : Definitions
        Baseline, window, and what to do after a break.
    baseline : str
        The city's own baseline, used where the definitions name none.
    place, dimension : str
        A break may concern only some of them.

    Returns
    -------
    Span
        By the first rule that applies:

        1. nothing is shown: ``no_figure``;
        2. the newest figure is not newer than the baseline: ``no_data_since``;
        3. a figure at the baseline, or the newest one before it, may be compared with the newest
           figure: ``since_baseline``;
        4. a later figure may be: ``restarted``, or, as `definitions` say, none is taken;
        5. ``break_in_series`` where an earlier figure may not be compared, else ``no_baseline``.

        A period that stands alone (a year cut short) is never the newest figure.
    """
    shown = [o for o in series if o.shown]
    regular = [
        o for o in shown if not stands_alone(indicator, o.period, place=place, dimension=dimension)
    ]
    latest = next(reversed(regular or shown), None)
    wanted = parse_period(definitions.baseline or baseline)
    if latest is None:
        return Span(wanted, None, None, (), "no_figure")
    if latest.period.end <= wanted.end:
        return Span(wanted, None, latest, (), "no_data_since")
    if definitions.window is not None:
        wanted = parse_period(str(latest.period.end - definitions.window))
    comparable, why = [], None
    for observation in shown:
        if observation.period >= latest.period:
            continue
        forbidden = may_compare(
            indicator, observation.period, latest.period, place=place, dimension=dimension
        )
        if forbidden is None:
            comparable.append(observation)
        else:
            why = forbidden
    early = [o for o in comparable if o.period.end <= wanted.end]
    if early:
        figures = (*_apart([o for o in comparable if o.period >= early[-1].period]), latest)
        return Span(wanted, early[-1], latest, figures, "since_baseline")
    if comparable and definitions.after_a_break == "restart":
        figures = (*_apart(comparable), latest)
        return Span(wanted, comparable[0], latest, figures, "restarted", why)
    return Span(wanted, None, latest, (), "break_in_series" if why else "no_baseline", why)


def _apart(figures: Sequence[Observation]) -> list[Observation]:
    """Return the first figure and those after it that share no year with one that is kept."""
    kept: list[Observation] = []
    for observation in figures:
        if not kept or not kept[-1].period.overlaps(observation.period):
            kept.append(observation)
    return kept
