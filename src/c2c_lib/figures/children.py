"""Who the city's children are: how many, of which groups, with which family incomes."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.number import figure
from c2c_lib.figures.places import in_place, place_heading, state_name
from c2c_lib.figures.sentences import latest_sentence, range_sentence
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings import Figures, Finding
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation

__all__ = ["children_section"]

_SENTENCES = ("children_under_18", "child_poverty", "child_low_income")
_ENROLLMENT = "enrollment"


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
    finding = findings.get(_ENROLLMENT)
    sets = [s for s in finding.gap_sets if s.dimension.id == "race_ethnicity"] if finding else []
    if finding is None or not sets:
        return Markup()
    gaps = sets[0]
    period = gaps.reference.period
    state = {
        o.group: o
        for o in figures.rows(finding.indicator, "connecticut")
        if o.dimension == "race_ethnicity" and o.period == period
    }
    columns = [
        Column(language.text("Group"), numeric=False),
        Column(language.text("{place}, students", place=place_heading(finding.place, language))),
        Column(language.text("{place}, students", place=state_name())),
    ]
    rows: list[list[Cell]] = []
    for gap in gaps.gaps:
        other = state.get(gap.group.id)
        rows.append(
            [
                language.of(gap.group.name),
                _count(gap.observation, figures, language),
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


def _count(observation: Observation, figures: Figures, language: Language) -> Cell:
    if observation.shown:
        return figure(observation, "count", language)
    return hidden_reason(observation, figures.catalog.source(observation.source), language)
