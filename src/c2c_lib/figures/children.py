"""Who the city's children are: how many, of which groups, with which family incomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.number import figure
from c2c_lib.figures.places import in_place, place_heading, state_name
from c2c_lib.figures.sentences import latest_sentence, range_sentence
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings import Figures, Finding, GapSet
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation

__all__ = ["ENROLLMENT", "children_section", "has_students"]

_SENTENCES = ("children_under_18", "child_poverty", "child_low_income")
ENROLLMENT: Final = "enrollment"
"""Indicator of the table of students."""


def children_section(
    findings: Mapping[str, Finding], figures: Figures, language: Language
) -> Markup:
    """Return sentences on residents under 18, and a table of students by race and ethnicity."""
    said = [
        Markup("<p>{} {}</p>").format(
            latest_sentence(findings[i], language), range_sentence(findings[i], language)
        )
        for i in _SENTENCES
        if i in findings and findings[i].headline is not None
    ]
    return Markup("\n").join([*said, _students(findings, figures, language)])


def _students(findings: Mapping[str, Finding], figures: Figures, language: Language) -> Markup:
    """Return the newest enrollment by race and ethnicity, as counts."""
    finding = findings.get(ENROLLMENT)
    gaps = _by_race(finding)
    if finding is None or gaps is None:
        return Markup()
    period = gaps.reference.period
    state = {
        o.group: o
        for o in figures.rows(finding.indicator, "connecticut")
        if o.dimension in ("race_ethnicity", "all") and o.period == period
    }
    columns = [
        Column(language.text("Group"), numeric=False),
        Column(language.text("{place}, students", place=place_heading(finding.place, language))),
        Column(language.text("{place}, students", place=state_name())),
    ]
    here = [(str(language.text("All")), gaps.reference)]
    here += [(language.of(gap.group.name), gap.observation) for gap in gaps.gaps]
    rows: list[list[Cell]] = []
    for name, observation in here:
        other = state.get(observation.group)
        rows.append(
            [
                name,
                _count(observation, figures, language),
                _count(other, figures, language) if other else language.text("No figure"),
            ]
        )
    caption = language.text(
        "Students enrolled in October by race and ethnicity, {place}, {period}",
        place=in_place(finding.place, language),
        period=period.label,
    )
    note = language.text(
        "In October {year}, {count} students were enrolled in {place}.",
        year=period.start,
        count=figure(gaps.reference, "count", language),
        place=in_place(finding.place, language),
    )
    race = gaps.dimension.note
    limits = Markup("<p>{}</p>").format(language.of(race)) if race else Markup()
    return Markup("<p>{}</p>\n{}\n{}").format(
        note, table("students", caption, columns, rows), limits
    )


def has_students(findings: Mapping[str, Finding]) -> bool:
    """Return whether the section has the table of students, all of them included."""
    return _by_race(findings.get(ENROLLMENT)) is not None


def _by_race(finding: Finding | None) -> GapSet | None:
    sets = finding.gap_sets if finding else ()
    return next((gaps for gaps in sets if gaps.dimension.id == "race_ethnicity"), None)


def _count(observation: Observation, figures: Figures, language: Language) -> Cell:
    if observation.shown:
        return figure(observation, "count", language)
    return hidden_reason(observation, figures.catalog.source(observation.source), language)
