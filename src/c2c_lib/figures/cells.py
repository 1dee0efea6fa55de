"""Cells that the tables of a block have in common: figures, counts, margins, reasons."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.number import figure
from c2c_lib.findings import Finding
from c2c_lib.language import Language, mark
from c2c_lib.observations.observation import Observation

__all__ = [
    "count_cell",
    "count_heading",
    "folded",
    "is_estimated",
    "margin_cell",
    "shown_or_why",
    "unit_words",
]

_UNITS = {
    "share": mark("%"),
    "per_1000": mark("per 1,000"),
    "index": mark("points of 100"),
    "score": mark("points on the scale of the test"),
    "count": mark("number"),
    "dollars": mark("dollars"),
    "years": mark("years"),
}


def unit_words(finding: Finding, language: Language) -> Markup:
    """Return the unit of an indicator for a column heading."""
    return language.text(_UNITS[finding.indicator.unit])


def shown_or_why(
    observation: Observation, finding: Finding, language: Language, catalog: Catalog
) -> Markup:
    """Return a figure with one decimal, or the reason why it is not shown."""
    if observation.shown:
        return figure(observation, finding.indicator.unit, language, digits=1)
    return hidden_reason(observation, catalog.source(observation.source), language)


def count_cell(observation: Observation | None, language: Language) -> Markup:
    """Return "part of whole" as far as the publisher prints it."""
    if observation is None or not observation.shown or observation.numerator is None:
        return language.text("No count")
    part = figure(observation, "count", language, field="numerator")
    if observation.denominator is None:
        return part
    whole = figure(observation, "count", language, field="denominator")
    return language.text("{part} of {whole}", part=part, whole=whole)


def count_heading(finding: Finding, language: Language) -> Markup:
    """Return the heading of a column of counts: a survey and a model estimate, others count."""
    said = mark("Estimated, about") if is_estimated(finding) else mark("Counted")
    return language.text(said)


def is_estimated(finding: Finding) -> bool:
    """Return whether the counts of a finding are a survey's or a model's, and nobody counted."""
    return finding.indicator.modelled or any(o.moe90 is not None for o in finding.series)


def margin_cell(observation: Observation | None, finding: Finding, language: Language) -> Markup:
    """Return the survey's margin of error, or that there is none."""
    if observation is None or not observation.shown or observation.moe90 is None:
        return language.text("Not given")
    return figure(observation, finding.indicator.unit, language, digits=1, field="moe90")


def folded(title: Markup, body: Markup) -> Markup:
    """Return a part that is folded on a screen and open on paper."""
    return Markup("<details><summary>{}</summary>{}</details>").format(title, body)
