"""The strip: one row per outcome, from birth to career."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.change import change_words
from c2c_lib.figures.number import figure, with_unit
from c2c_lib.figures.places import name_and_scope, place_name, state_name
from c2c_lib.figures.quality import quality_word
from c2c_lib.figures.sentences import gap_size
from c2c_lib.figures.table import Cell, Column, table, whole
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["lead_finding", "strip"]


def lead_finding(outcome: str, city: City, findings: Mapping[str, Finding]) -> Finding | None:
    """Return the finding that speaks for an outcome: the first core, else contributing one.

    The order is the city's own; an indicator that serves several outcomes speaks for the first
    of them that is in the city's frame.
    """
    order = [*city.core, *city.contributing, *findings]
    for indicator in order:
        finding = findings.get(indicator)
        if finding is not None and city.home_outcome(finding.indicator) == outcome:
            return finding
    return None


def strip(
    city: City, findings: Mapping[str, Finding], language: Language, catalog: Catalog
) -> Markup:
    """Return the table of outcomes in the order of the city's frame."""
    columns = [
        Column(language.text("Outcome"), numeric=False),
        Column(language.text("Measured by"), numeric=False),
        Column(place_name(city.slug)),
        Column(language.text("Since the baseline"), numeric=False),
        Column(state_name()),
        Column(language.text("Widest gap"), numeric=False),
        Column(language.text("Quality"), numeric=False),
    ]
    rows = [_row(outcome, city, findings, language, catalog) for outcome in city.outcomes]
    caption = language.text(
        "Outcomes from birth to career, newest figures for {place} and Connecticut",
        place=city.name,
    )
    return table("outcomes", caption, columns, rows, narrow="label")


def _row(
    outcome_id: str,
    city: City,
    findings: Mapping[str, Finding],
    language: Language,
    catalog: Catalog,
) -> list[Cell]:
    outcome = catalog.outcome(outcome_id)
    link = Markup('<a href="#{}">{}</a>').format(outcome.id, language.of(outcome.name))
    finding = lead_finding(outcome_id, city, findings)
    if finding is None or finding.headline is None:
        return [link, *_nothing(finding, language)]
    latest = finding.headline
    unit = finding.indicator.unit
    state = (
        with_unit(figure(finding.state, unit, language), unit, language)
        if finding.state
        else language.text("No figure")
    )
    return [
        link,
        name_and_scope(finding.indicator, language),
        language.text(
            "{value} in {period}",
            value=with_unit(figure(latest, unit, language), unit, language),
            period=whole(latest.period.label),
        ),
        change_words(finding, language),
        state,
        _widest(finding, language),
        quality_word(finding, language),
    ]


def _nothing(finding: Finding | None, language: Language) -> list[Cell]:
    """Return the cells of an outcome without a figure that may be acted on."""
    none = language.text("No public figure")
    if finding is None:
        return [none, none, none, none, none, language.text("Not shown")]
    word = quality_word(finding, language)
    reason = none if finding.quality.reason == "no_figure" else word
    return [name_and_scope(finding.indicator, language), reason, reason, reason, reason, word]


def _widest(finding: Finding, language: Language) -> Cell:
    if not any(gaps.shown for gaps in finding.gap_sets):
        return language.text("No figures by group")
    if not finding.adverse_gaps:
        return language.text("No gap beyond chance")
    _, gap = finding.adverse_gaps[0]
    return language.text(
        "{group}: {size} ({period})",
        group=language.of(gap.group.name),
        size=gap_size(finding, gap, language),
        period=whole(gap.observation.period.label),
    )
