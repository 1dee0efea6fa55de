"""How far it is to a target, in points and in children; and what a target would need."""

from __future__ import annotations

import math

from markupsafe import Markup

from c2c_lib.figures.number import derived, figure, points, value_text, with_unit
from c2c_lib.figures.places import name_and_scope
from c2c_lib.figures.progress_words import signed
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.language import Language, mark
from c2c_lib.theory_of_action.evidence import ProgressEvidence
from c2c_lib.theory_of_action.targets import TargetNeed, TargetProgress

__all__ = ["targets_section"]

_NOT_ENOUGH = mark("There is not enough data to say.")

_WAYS = {
    "reached": mark("The target is reached."),
    "on_track": mark("At this pace it is reached in time."),
    "perhaps_on_track": mark("Whether it is reached in time lies within chance."),
    "too_slow": mark("The figures move toward it, but too slowly."),
    "moving_closer": mark("The figures move toward it."),
    "standing_still": mark("The figures do not move."),
    "moving_away": mark("The figures move away from it."),
    "not_enough_data": _NOT_ENOUGH,
}


def targets_section(evidence: ProgressEvidence, language: Language) -> Markup:
    """Return the progress to every target, then what each outcome without one would need."""
    parts = []
    if evidence.targets:
        parts.append(_progress(evidence, language))
    else:
        parts.append(
            Markup("<p>{}</p>").format(
                language.text(
                    "{partnership} has published no target that is entered here, so none is shown.",
                    partnership=evidence.city.partnership.name,
                )
            )
        )
    if evidence.target_needs:
        parts.append(_needs(evidence, language))
    return Markup("\n").join(parts)


def _progress(evidence: ProgressEvidence, language: Language) -> Markup:
    columns = [
        Column(language.text("Indicator"), numeric=False),
        Column(language.text("Target")),
        Column(language.text("Newest")),
        Column(language.text("Still to go")),
        Column(language.text("In children")),
        Column(language.text("Pace so far, a year")),
        Column(language.text("Pace needed, a year")),
        Column(language.text("What that means"), numeric=False),
    ]
    rows = [_row(found, language) for found in evidence.targets]
    caption = language.text("Progress to the targets of {place}", place=evidence.city.name)
    note = language.text(
        "The pace so far is the change since the baseline divided by the years. It is no forecast."
    )
    return Markup("{}<p>{}</p>").format(table("targets", caption, columns, rows), note)


def _row(found: TargetProgress, language: Language) -> list[Cell]:
    unit = found.indicator.unit
    unknown = language.text("Not known")
    name = Markup("{} ({})").format(
        name_and_scope(found.indicator, language), language.foreign(found.target.source)
    )
    goal = language.text(
        "{value} by {period}",
        value=with_unit(value_text(found.target.value, unit, language, 1), unit, language),
        period=found.target.by,
    )
    if found.latest is None or found.way is None:
        words = language.text(_NOT_ENOUGH)
        return [name, goal, unknown, unknown, unknown, unknown, unknown, words]
    distance = float(found.way.distance)
    needed = float(found.way.needed)
    to_go: Cell = language.text("Nothing")
    if distance > 0:
        to_go = derived(points(distance, unit, language, 1), "distance")
    return [
        name,
        derived(goal, "target"),
        language.text(
            "{value} ({period})",
            value=figure(found.latest, unit, language, digits=1),
            period=found.latest.period.label,
        ),
        to_go,
        _children(found, language),
        unknown if found.pace is None else signed(found.pace, unit, language),
        signed(needed, unit, language) if math.isfinite(needed) else language.text("No time left"),
        language.text(_WAYS[str(found.way.verdict)]),
    ]


def _children(found: TargetProgress, language: Language) -> Markup:
    if found.children_to_go is None:
        return language.text("Not known (no counts are printed)")
    if found.children_a_year is None:
        return derived(
            language.text("{count} children", count=language.number(found.children_to_go)),
            "children",
        )
    return derived(
        language.text(
            "{count} children; {each} more each year",
            count=language.number(found.children_to_go),
            each=language.number(found.children_a_year),
        ),
        "children",
    )


def _needs(evidence: ProgressEvidence, language: Language) -> Markup:
    intro = language.text(
        "A target would need four things: the indicator, a figure, a year to reach it by, and a "
        "public document that says so. These are the figures to start from."
    )
    columns = [
        Column(language.text("Core indicator without a target"), numeric=False),
        Column(language.text("Newest figure")),
        Column(language.text("One point is")),
    ]
    rows: list[list[Cell]] = [_need(need, language) for need in evidence.target_needs]
    caption = language.text("Where a target in {place} would start", place=evidence.city.name)
    return Markup("<p>{}</p>{}").format(intro, table("target-needs", caption, columns, rows))


def _need(need: TargetNeed, language: Language) -> list[Cell]:
    unit = need.indicator.unit
    start: Cell = language.text("No figure may be shown")
    if need.latest is not None:
        start = language.text(
            "{value} ({period})",
            value=with_unit(figure(need.latest, unit, language, digits=1), unit, language),
            period=need.latest.period.label,
        )
    size: Cell = language.text("Not known (no counts are printed)")
    if need.children_per_point is not None:
        size = derived(
            language.text("about {count} children", count=language.number(need.children_per_point)),
            "children",
        )
    return [name_and_scope(need.indicator, language), start, size]
