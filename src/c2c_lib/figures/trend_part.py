"""One series over time on a page: chart, alternative text, caption and table."""

from __future__ import annotations

from markupsafe import Markup

from c2c_lib.catalog import Catalog, parse_period
from c2c_lib.figures.cells import (
    count_cell,
    count_heading,
    folded,
    margin_cell,
    shown_or_why,
    unit_words,
)
from c2c_lib.figures.image import image
from c2c_lib.figures.number import value_text, with_unit
from c2c_lib.figures.places import in_place, place_heading, state_name
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.figures.trend_chart import (
    drawn_figures,
    new_series_starts,
    stand_alone_figures,
    trend_chart,
)
from c2c_lib.findings import Finding
from c2c_lib.language import Language

__all__ = ["trend_alt", "trend_caption", "trend_figure", "trend_table"]


def trend_figure(finding: Finding, language: Language) -> Markup:
    """Return the trend chart with its alternative text and caption."""
    return image(
        trend_chart(finding, language),
        f"{finding.place.place}-{finding.id}-trend",
        trend_alt(finding, language),
        trend_caption(finding, language),
        described_by=f"{finding.id}-years",
    )


def trend_alt(finding: Finding, language: Language) -> str:
    """Return the trend in words: place, indicator, years, newest figure, baseline, state.

    It compares only what the sentence compares, never across a break; a newest figure that is
    too weak to act on is left out.
    """
    shown = [o for o in finding.series if o.shown]
    text = language.text(
        "Line chart of {name}, {place}, {first} to {last}",
        name=language.of(finding.indicator.name),
        place=in_place(finding.place, language),
        first=shown[0].period.label,
        last=shown[-1].period.label,
    )
    return str((text + ": " + _newest_in_words(finding, language)).unescape())


def _newest_in_words(finding: Finding, language: Language) -> Markup:
    latest, baseline = finding.headline, finding.baseline
    unit = finding.indicator.unit

    def said(value: float) -> Markup:
        return with_unit(value_text(value, unit, language), unit, language)

    if latest is None:
        return language.text("the newest figure is too weak to act on.")
    words = {"value": said(latest.value), "period": latest.period.label}
    if baseline is None:
        text = language.text("{value} in {period}.", **words)
    else:
        text = language.text(
            "{value} in {period}, {before} at the baseline, {start}.",
            **words,
            before=said(baseline.value),
            start=baseline.period.label,
        )
    if finding.state is not None:
        text += " " + language.text(
            "Connecticut: {value} in {period}.",
            value=said(finding.state.value),
            period=finding.state.period.label,
        )
    return text


def trend_caption(finding: Finding, language: Language) -> Markup:
    """Name what the marks of the chart mean, each only where it is drawn."""
    named = {
        "name": language.of(finding.indicator.name),
        "place": in_place(finding.place, language),
    }
    # A percent says its unit on the axis, and a count in its name.
    if finding.indicator.unit in ("share", "count"):
        title = language.text("{name}, {place}.", **named)
    else:
        unit = unit_words(finding, language)
        title = language.text("{name}, {place}, {unit}.", unit=unit, **named)
    sentences = [Markup("<strong>{}</strong>").format(title)]
    if finding.baseline is not None:
        sentences.append(
            language.text(
                "The ring marks the baseline, {period}.", period=finding.baseline.period.label
            )
        )
    if finding.target is not None:
        sentences.append(
            language.text(
                "The dashed line is the partnership’s own target for {period}.",
                period=finding.target.by,
            )
        )
    sentences += _band(finding, language)
    ends = [o.period.end for o in drawn_figures(finding)]
    notes = [
        language.of(entry.note)
        for entry in finding.breaks
        if entry.period and min(ends) <= parse_period(entry.period).end <= max(ends)
    ]
    sentences += [Markup("{}").format(note) for note in dict.fromkeys(notes)]
    if new_series_starts(finding):
        sentences.append(language.text("A dotted line marks a new series."))
    if stand_alone_figures(finding):
        sentences.append(language.text("An open dot is compared with no other year."))
    return Markup(" ").join(sentences)


def _band(finding: Finding, language: Language) -> list[Markup]:
    """Say what the band means: of a survey, and of a count of all children."""
    banded = [
        o
        for o, interval in zip(finding.series, finding.intervals, strict=True)
        if interval is not None and o.shown
    ]
    said = []
    if any(o.moe90 is not None for o in banded):
        said.append(
            language.text(
                "The band shows where the figure would likely be if all had been asked "
                "(95 times in 100)."
            )
        )
    if any(o.moe90 is None for o in banded):
        said.append(
            language.text(
                "The band shows how far chance alone could move a figure from a group of this "
                "size, 95 times in 100."
            )
        )
    return said


def trend_table(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    """Return every period of the place and the state, newest first, shown or not."""
    place = {o.period: o for o in finding.series}
    state = {o.period: o for o in finding.state_series}
    nothing = language.text("No figure")
    counted = any(o.numerator is not None for o in finding.series)
    margin = any(o.moe90 is not None for o in finding.series)
    unit = unit_words(finding, language)
    columns = [
        Column(language.text("Period"), numeric=False, whole=True),
        Column(
            language.text(
                "{place}, {unit}", place=place_heading(finding.place, language), unit=unit
            )
        ),
    ]
    if counted:
        columns.append(Column(count_heading(finding, language)))
    if margin:
        columns.append(Column(language.text("Margin of error, ± points")))
    columns.append(Column(language.text("{place}, {unit}", place=state_name(), unit=unit)))
    rows: list[list[Cell]] = []
    for period in sorted(place.keys() | state.keys(), reverse=True):
        own, other = place.get(period), state.get(period)
        row: list[Cell] = [
            period.label,
            shown_or_why(own, finding, language, catalog) if own else nothing,
        ]
        if counted:
            row.append(count_cell(own, language))
        if margin:
            row.append(margin_cell(own, finding, language))
        row.append(shown_or_why(other, finding, language, catalog) if other else nothing)
        rows.append(row)
    caption = language.text(
        "{name}, {place} and Connecticut, all periods",
        name=language.of(finding.indicator.name),
        place=in_place(finding.place, language),
    )
    body = table(f"{finding.id}-years", caption, columns, rows)
    return folded(language.text("All years as a table"), body)
