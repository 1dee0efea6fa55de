"""Figures without a block of their own, in one table: newest figure of the place and the state."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.figures.number import figure, with_unit
from c2c_lib.figures.places import name_and_scope, place_name, state_name
from c2c_lib.figures.sentences import survey_range
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings import Finding
from c2c_lib.language import Language
from c2c_lib.params import City

__all__ = ["is_recent", "more_table"]

_OLD = 10  # years


def is_recent(finding: Finding, year: int) -> bool:
    """Leave figures of long ago to the downloads, and scores that only experts read.

    Parameters
    ----------
    year : int
        Of the edition.
    """
    latest = finding.headline
    return (
        latest is not None and year - latest.period.end < _OLD and finding.indicator.unit != "score"
    )


def more_table(
    identifier: str, caption: Markup, city: City, findings: Sequence[Finding], language: Language
) -> Markup:
    """Return the table; empty if no finding has a figure that may be acted on.

    A figure that has a block on the card leads to it.

    Parameters
    ----------
    identifier : str
        Of the table, unique on the page.
    findings : sequence of Finding
        In the order of the rows.
    """
    columns = [
        Column(language.text("Indicator"), numeric=False),
        Column(language.text("Period"), numeric=False, whole=True),
        Column(place_name(city.slug)),
        Column(state_name()),
    ]
    rows = [_row(f, city, language) for f in findings if f.headline is not None]
    return table(identifier, caption, columns, rows, narrow="stack") if rows else Markup()


def _row(finding: Finding, city: City, language: Language) -> list[Cell]:
    unit = finding.indicator.unit
    name = name_and_scope(finding.indicator, language)
    if finding.id in (*city.core, *city.contributing):
        name = Markup('<a href="#{}">{}</a>').format(finding.id, name)
    cells = [
        with_unit(figure(observation, unit, language, digits=1), unit, language)
        if observation is not None
        else language.text("No figure")
        for observation in (finding.headline, finding.state)
    ]
    cells[0] += survey_range(finding, language)
    period = finding.headline.period.label if finding.headline else ""
    return [name, period, *cells]
