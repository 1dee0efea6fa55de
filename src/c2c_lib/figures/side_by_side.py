"""One indicator in several cities: chart, what may be compared, and the table of figures."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.cells import count_cell, count_heading
from c2c_lib.figures.change import change_words
from c2c_lib.figures.cities_chart import cities_chart
from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.image import image
from c2c_lib.figures.number import derived, figure, limit_text, value_text, with_unit
from c2c_lib.figures.places import state_name, whom
from c2c_lib.figures.quality import quality_word
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.figures.trend_chart import stand_alone_figures
from c2c_lib.findings import Finding
from c2c_lib.language import Language, mark
from c2c_lib.params import City

__all__ = ["Cities", "cities_block", "cities_table"]

Cities = Mapping[str, tuple[City, Finding]]
"""The finding of one indicator in each city, by slug, in the order of their names."""


def cities_block(cities: Cities, language: Language, catalog: Catalog, root: str) -> Markup:
    """Return the block of one indicator: question, small multiples, cautions and table.

    Parameters
    ----------
    cities : mapping of str to (City, Finding)
        Of one indicator; cities are never ranked.
    root : str
        The way from the page to the root of its language, such as ``../``.
    """
    indicator = next(iter(cities.values()))[1].indicator
    parts = [
        Markup("<h3>{}</h3>").format(language.of(indicator.question)),
        Markup('<p class="context">{} {}</p>').format(
            language.of(indicator.definition),
            language.text("These figures describe {who}.", who=whom(indicator, language)),
        ),
    ]
    if any(sum(o.shown for o in finding.series) > 1 for _, finding in cities.values()):
        parts.append(_chart(cities, language))
    parts += [_cautions(cities, language), cities_table(cities, language, catalog, root)]
    return Markup('<section class="indicator" id="{}">{}</section>').format(
        indicator.id, Markup("\n").join(part for part in parts if part)
    )


def _chart(cities: Cities, language: Language) -> Markup:
    named = {city.name: finding for city, finding in cities.values()}
    indicator = next(iter(named.values())).indicator
    name = language.of(indicator.name)
    ends = [
        f"{city} {value_text(f.headline.value, indicator.unit, language)}"
        for city, f in named.items()
        if f.headline is not None
    ]
    text = language.text(
        "Line charts of {name}, one for each city, all on the same axes, with Connecticut in "
        "gray. Newest figures: {list}.",
        name=name,
        list=", ".join(ends) or language.text("none that may be acted on"),
    )
    sentences = [
        Markup("<strong>{}.</strong>").format(name),
        language.text("Every city is drawn on the same axes; the gray line is Connecticut."),
    ]
    if any(i is not None for f in named.values() for i in f.intervals):
        sentences.append(
            language.text("The shaded band is where the true figure would fall 95 times in 100.")
        )
    if any(stand_alone_figures(f) for f in named.values()):
        sentences.append(language.text("An open dot is compared with no other year."))
    caption = Markup(" ").join(sentences)
    return image(
        cities_chart(named, language),
        f"cities-{indicator.id}-trend",
        str(text.unescape()),
        caption,
        described_by=f"{indicator.id}-cities",
    )


def _cautions(cities: Cities, language: Language) -> Markup:
    """Return what must be known before two of these figures are set side by side."""
    notes: dict[str, None] = {}
    periods = {f.headline.period.label for _, f in cities.values() if f.headline is not None}
    if len(periods) > 1:
        text = mark("The newest years differ: a difference may be one of years, not of cities.")
        notes[str(language.text(text))] = None
    for _, finding in cities.values():
        for entry in finding.breaks:
            notes[language.of(entry.note)] = None
    if not notes:
        return Markup()
    items = Markup("").join(Markup("<li>{}</li>").format(note) for note in notes)
    return Markup('<div class="caution"><p>{}</p><ul>{}</ul></div>').format(
        language.text("Before you compare:"), items
    )


def cities_table(cities: Cities, language: Language, catalog: Catalog, root: str) -> Markup:
    """Return the newest figure of each city with its count, range, change and quality."""
    first = next(iter(cities.values()))[1]
    indicator = first.indicator
    columns = [
        Column(language.text("City"), numeric=False),
        Column(language.text("Period"), numeric=False, whole=True),
        Column(language.text("Figure")),
        Column(count_heading(first, language)),
        Column(language.text("Likely between"), whole=True),
        Column(language.text("Since the baseline"), numeric=False),
        Column(state_name()),
        Column(language.text("Quality"), numeric=False),
    ]
    rows = [
        _row(city, finding, language, catalog, f"{root}{slug}/index.html#{indicator.id}")
        for slug, (city, finding) in cities.items()
    ]
    caption = language.text(
        "{name}: newest figure of each city, in the order of their names",
        name=language.of(indicator.name),
    )
    return table(f"{indicator.id}-cities", caption, columns, rows, narrow="label")


def _row(
    city: City, finding: Finding, language: Language, catalog: Catalog, address: str
) -> list[Cell]:
    shown_on_card = finding.id in (*city.core, *city.contributing)
    name: Cell = Markup('<a href="{}">{}</a>').format(address, city.name)
    if not shown_on_card:
        name = city.name
    unit = finding.indicator.unit
    state: Cell = language.text("No figure")
    if finding.state is not None:
        state = with_unit(figure(finding.state, unit, language, digits=1), unit, language)
    latest = finding.headline
    if latest is None:
        reason = _why_none(finding, language, catalog)
        weak = finding.latest
        none = language.text("No figure") if weak is None else language.text("Not shown")
        period = language.text("No figure") if weak is None else weak.period.label
        word = quality_word(finding, language)
        return [name, period, reason, none, none, none, state, word]
    return [
        name,
        latest.period.label,
        with_unit(figure(latest, unit, language, digits=1), unit, language),
        count_cell(latest, language),
        _range(finding, language),
        change_words(finding, language),
        state,
        quality_word(finding, language),
    ]


def _why_none(finding: Finding, language: Language, catalog: Catalog) -> Cell:
    if finding.quality.word == "too_weak":
        return quality_word(finding, language)
    hidden = [o for o in finding.series if not o.shown]
    if not hidden:
        return language.text("No public figure")
    return hidden_reason(hidden[-1], catalog.source(hidden[-1].source), language)


def _range(finding: Finding, language: Language) -> Cell:
    limits = finding.interval
    if limits is None:
        return language.text("Not given")
    unit = finding.indicator.unit
    ends = [limit_text(end, unit, language) for end in (limits.low, limits.high)]
    if ends[0] == ends[1]:
        ends = [limit_text(end, unit, language, digits=1) for end in (limits.low, limits.high)]
    return derived(language.text("{low} to {high}", low=ends[0], high=ends[1]), "limit")
