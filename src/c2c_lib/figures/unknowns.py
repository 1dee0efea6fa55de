"""What we cannot see yet: missing figures, hidden groups, old data, and who holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Group
from c2c_lib.figures.places import name_and_scope, place_name
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["unknowns"]

_OLD = 5  # years


def unknowns(
    city: City,
    findings: Mapping[str, Finding],
    year: int,
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return the tables of what is missing, hidden and old among the figures of the card.

    Figures that are only in a table or a download are counted, not listed: the downloads tell
    the status and the period of each.

    Parameters
    ----------
    year : int
        Of the edition; figures that end five or more years before it count as old.
    """
    shown = {i: findings[i] for i in (*city.core, *city.contributing) if i in findings}
    parts = [
        Markup("<p>{}</p>").format(
            language.text(
                "This card says what it lacks. These figures are wanted for {place}, but they are "
                "not public, not shown, or old.",
                place=city.name,
            )
        ),
        _wanted(city, language, catalog),
        _hidden(shown, language),
        _old(city, shown, year, language),
        _elsewhere([f for f in findings.values() if f.id not in shown], year, language),
    ]
    return Markup("\n").join(part for part in parts if part)


def _wanted(city: City, language: Language, catalog: Catalog) -> Markup:
    rows: list[list[Cell]] = [
        [language.of(outcome.name), language.of(outcome.wanted)]
        for outcome in (catalog.outcome(o) for o in city.outcomes)
        if outcome.wanted is not None
    ]
    if not rows:
        return Markup()
    columns = [
        Column(language.text("Outcome"), numeric=False),
        Column(language.text("What is missing, and who holds it"), numeric=False),
    ]
    return table("wanted", language.text("Figures that are wanted"), columns, rows)


def _hidden_groups(finding: Finding) -> list[Group]:
    return [
        gap.group
        for gaps in finding.gap_sets
        for gap in gaps.hidden
        if gap.observation.status.startswith("suppressed")
    ]


def _is_old(finding: Finding, year: int) -> bool:
    return finding.latest is not None and year - finding.latest.period.end >= _OLD


def _elsewhere(findings: Sequence[Finding], year: int, language: Language) -> Markup:
    """Count what is hidden and old among the figures that have no block on the card."""
    hidden = sum(bool(_hidden_groups(f)) for f in findings)
    old = sum(_is_old(f, year) for f in findings)
    if not hidden and not old:
        return Markup()
    text = language.text(
        "In the downloads are further figures without a chart here. Of these, {old} are five or "
        "more years old, and {hidden} hide the figure of a group. Each row tells its period and "
        "its status.",
        old=old,
        hidden=hidden,
    )
    return Markup("<p>{}</p>").format(text)


def _hidden(findings: Mapping[str, Finding], language: Language) -> Markup:
    rows: list[list[Cell]] = []
    for finding in findings.values():
        names = [language.of(group.name) for group in _hidden_groups(finding)]
        if names:
            rows.append([name_and_scope(finding.indicator, language), language.list(names)])
    if not rows:
        return Markup()
    columns = [
        Column(language.text("Indicator"), numeric=False),
        Column(language.text("Groups not shown, to protect children"), numeric=False),
    ]
    caption = language.text("Groups whose newest figure is not shown")
    return table("hidden-groups", caption, columns, rows)


def _old(city: City, findings: Mapping[str, Finding], year: int, language: Language) -> Markup:
    rows: list[list[Cell]] = [
        [name_and_scope(f.indicator, language), f.latest.period.label]
        for f in findings.values()
        if f.latest is not None and _is_old(f, year)
    ]
    if not rows:
        return Markup()
    columns = [
        Column(language.text("Indicator"), numeric=False),
        Column(language.text("Newest period"), numeric=False),
    ]
    caption = language.text(
        "Figures for {place} that are five or more years old", place=place_name(city.slug)
    )
    return table("old-figures", caption, columns, rows)
