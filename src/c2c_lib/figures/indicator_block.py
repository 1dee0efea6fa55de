"""The indicator block, the same everywhere: question, answer, charts, tables, source."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Period, parse_period
from c2c_lib.figures.gap_chart import gap_chart
from c2c_lib.figures.image import image
from c2c_lib.figures.language import Language, mark
from c2c_lib.figures.number import figure, points, value_text
from c2c_lib.figures.places import in_place, place_name
from c2c_lib.figures.sentences import (
    answer,
    derived,
    hidden_reason,
    quality_reason,
    quality_word,
    state_name,
    why_hidden,
)
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.figures.trend_chart import trend_chart
from c2c_lib.findings import Finding, Gap, GapSet
from c2c_lib.observations.observation import Observation

__all__ = ["indicator_block"]


def indicator_block(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    """Return everything a card says about one indicator.

    Parameters
    ----------
    finding : Finding
        What every part of the block is made from.
    """
    parts = [
        Markup("<h3>{}</h3>").format(language.of(finding.indicator.question)),
        Markup('<p class="answer">{}</p>').format(answer(finding, language)),
        _quality(finding, language),
        _proxy(finding, language),
    ]
    periods = sum(o.shown for o in finding.series)
    if periods > 1:
        parts.append(_trend(finding, language))
    if periods:
        parts.append(_trend_table(finding, language, catalog))
    parts += [_gaps(finding, language, catalog), _source(finding, language, catalog)]
    return Markup('<section class="indicator" id="{}">{}</section>').format(
        finding.id, Markup("\n").join(part for part in parts if part)
    )


def _quality(finding: Finding, language: Language) -> Markup:
    return Markup('<p class="quality quality-{}"><strong>{}.</strong> {}</p>').format(
        finding.quality.word, quality_word(finding, language), quality_reason(finding, language)
    )


def _proxy(finding: Finding, language: Language) -> Markup:
    if finding.indicator.proxy_for is None:
        return Markup()
    text = language.text(
        "This is the nearest public figure for {wanted}.",
        wanted=language.of(finding.indicator.proxy_for),
    )
    return Markup('<p class="proxy">{}</p>').format(text)


def _trend(finding: Finding, language: Language) -> Markup:
    return image(
        trend_chart(finding, language),
        f"{finding.place.place}-{finding.id}-trend",
        trend_alt(finding, language),
        _trend_caption(finding, language),
        described_by=f"{finding.id}-years",
    )


def trend_alt(finding: Finding, language: Language) -> str:
    """Return the trend in words: place, indicator, years, first and last value, state."""
    shown = [o for o in finding.series if o.shown]
    first, last = shown[0], shown[-1]
    unit = finding.indicator.unit
    words = {
        "name": language.of(finding.indicator.name),
        "place": in_place(finding.place, language),
        "first": first.period.label,
        "last": last.period.label,
        "from": value_text(first.value, unit, language),
        "to": value_text(last.value, unit, language),
    }
    text = str(
        language.text(
            "Line chart. {name}, {place}: {from} in {first}, {to} in {last}.", **words
        ).unescape()
    )
    state = next((o for o in reversed(finding.state_series) if o.shown), None)
    if state is not None:
        text += " " + str(
            language.text(
                "Connecticut: {value} in {period}.",
                value=value_text(state.value, unit, language),
                period=state.period.label,
            )
        )
    return text


def _trend_caption(finding: Finding, language: Language) -> Markup:
    """Name what the marks of the chart mean, each only where it is drawn."""
    sentences = [
        Markup("<strong>{}, {}.</strong>").format(
            language.of(finding.indicator.name), in_place(finding.place, language)
        )
    ]
    if finding.baseline is not None:
        sentences.append(
            language.text(
                "The ring marks the baseline, {period}.", period=finding.baseline.period.label
            )
        )
    if any(i is not None for i in finding.intervals):
        sentences.append(
            language.text(
                "The band shows how far chance alone could move a figure from a group of this "
                "size, 95 times in 100."
            )
        )
    kinds = {entry.kind for entry in finding.breaks}
    periods = [o.period for o in (*finding.series, *finding.state_series) if o.shown]
    for entry in finding.breaks:
        if entry.kind == "not_over_time" or not _within(entry.period, periods):
            continue
        sentences.append(Markup("{}").format(language.of(entry.note)))
    if "new_series" in kinds:
        sentences.append(language.text("A dotted line marks a new series."))
    if "not_comparable" in kinds:
        sentences.append(language.text("An open dot is compared with no other year."))
    return Markup(" ").join(sentences)


def _within(label: str, periods: Sequence[Period]) -> bool:
    end = parse_period(label).end
    return min(p.end for p in periods) <= end <= max(p.end for p in periods)


def _trend_table(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    state = {o.period: o for o in finding.state_series}
    counted = any(o.numerator is not None for o in finding.series)
    margin = any(o.moe90 is not None for o in finding.series)
    unit = unit_words(finding, language)
    columns = [
        Column(language.text("Period"), numeric=False, whole=True),
        Column(language.text("{place}, {unit}", place=place_name(finding.place.place), unit=unit)),
    ]
    if counted:
        columns.append(Column(language.text("Counted")))
    if margin:
        columns.append(Column(language.text("Margin of error, ± points")))
    columns.append(Column(language.text("{place}, {unit}", place=state_name(), unit=unit)))
    rows: list[list[Cell]] = []
    for observation in reversed(finding.series):
        row: list[Cell] = [
            observation.period.label,
            shown_or_why(observation, finding, language, catalog),
        ]
        if counted:
            row.append(_count(observation, language))
        if margin:
            row.append(_margin(observation, finding, language))
        other = state.get(observation.period)
        row.append(
            shown_or_why(other, finding, language, catalog) if other else language.text("No figure")
        )
        rows.append(row)
    caption = language.text(
        "{name}, {place} and Connecticut, all periods",
        name=language.of(finding.indicator.name),
        place=in_place(finding.place, language),
    )
    body = table(f"{finding.id}-years", caption, columns, rows)
    return folded(language.text("All years as a table"), body)


def folded(title: Markup, body: Markup) -> Markup:
    """Return a part that is folded on a screen and open on paper."""
    return Markup("<details><summary>{}</summary>{}</details>").format(title, body)


def unit_words(finding: Finding, language: Language) -> Markup:
    """Return the unit of an indicator for a column heading."""
    words = {
        "share": mark("%"),
        "per_1000": mark("per 1,000"),
        "index": mark("points of 100"),
        "count": mark("number"),
        "dollars": mark("dollars"),
        "years": mark("years"),
    }
    return language.text(words[finding.indicator.unit])


def shown_or_why(
    observation: Observation, finding: Finding, language: Language, catalog: Catalog
) -> Markup:
    """Return a figure with one decimal, or the reason why it is not shown."""
    if observation.shown:
        return figure(observation, finding.indicator.unit, language, digits=1)
    return hidden_reason(observation, catalog.source(observation.source), language)


def _count(observation: Observation, language: Language) -> Markup:
    if not observation.shown or observation.numerator is None:
        return language.text("No count")
    part = figure(observation, "count", language, field="numerator")
    if observation.denominator is None:
        return part
    whole = figure(observation, "count", language, field="denominator")
    return language.text("{part} of {whole}", part=part, whole=whole)


def _margin(observation: Observation, finding: Finding, language: Language) -> Markup:
    if not observation.shown or observation.moe90 is None:
        return language.text("Not given")
    return figure(observation, finding.indicator.unit, language, digits=1, field="moe90")


def _gaps(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    sets = tuple(gaps for gaps in finding.gap_sets if gaps.shown)
    if not sets:
        return Markup('<p class="no-groups">{}</p>').format(
            language.text("No figures by student group are published for this.")
        )
    parts = [
        image(
            gap_chart(finding, sets, language),
            f"{finding.place.place}-{finding.id}-groups",
            gap_alt(finding, sets, language),
            _gap_caption(finding, sets, language),
            described_by=f"{finding.id}-groups",
        ),
        *(_hidden(gaps, language, catalog) for gaps in sets if gaps.hidden),
        _notes(sets, language),
        *(
            Markup('<p class="caution"><strong>{}</strong> {}</p>').format(
                language.text(
                    "Do not compare by {dimension}.", dimension=language.of(gaps.dimension.name)
                ),
                language.of(gaps.caution),
            )
            for gaps in sets
            if gaps.caution is not None
        ),
        _gap_table(finding, sets, language, catalog),
    ]
    return Markup("\n").join(parts)


def gap_alt(finding: Finding, sets: tuple[GapSet, ...], language: Language) -> str:
    """Return the gap chart in words: place, indicator, years, all children, the extremes."""
    unit = finding.indicator.unit
    first = sets[0]
    low = min(first.shown, key=lambda gap: gap.observation.value)
    high = max(first.shown, key=lambda gap: gap.observation.value)
    text = language.text(
        "Dot chart by student group. {name}, {place}, {period}: all {all}; lowest {low_group} "
        "{low}, highest {high_group} {high}.",
        name=language.of(finding.indicator.name),
        place=in_place(finding.place, language),
        period=first.reference.period.label,
        all=value_text(first.reference.value, unit, language),
        low_group=language.of(low.group.name),
        low=value_text(low.observation.value, unit, language),
        high_group=language.of(high.group.name),
        high=value_text(high.observation.value, unit, language),
    )
    return str(text.unescape())


def _gap_caption(finding: Finding, sets: tuple[GapSet, ...], language: Language) -> Markup:
    sentences = [
        Markup("<strong>{}</strong>").format(
            language.text(
                "By student group, compared with all children in {place}.",
                place=in_place(finding.place, language),
            )
        ),
        language.text("Groups stand in alphabetical order."),
    ]
    if any(not gap.beyond_chance for gaps in sets for gap in gaps.shown):
        sentences.append(
            language.text("An open dot differs from all children by no more than chance could.")
        )
    if any(gap.own_interval is not None for gaps in sets for gap in gaps.shown):
        sentences.append(
            language.text("The line through a dot shows how far chance alone could move it.")
        )
    return Markup(" ").join(sentences)


def _hidden(gaps: GapSet, language: Language, catalog: Catalog) -> Markup:
    by_reason: dict[Markup, list[str]] = {}
    for gap in gaps.hidden:
        source = catalog.source(gap.observation.source)
        reason = why_hidden(gap.observation, source, language)
        by_reason.setdefault(reason, []).append(language.of(gap.group.name))
    lines = [
        Markup("{}: {}.").format(reason, language.list(names))
        for reason, names in by_reason.items()
    ]
    return Markup('<p class="hidden-groups">{}</p>').format(Markup(" ").join(lines))


def _notes(sets: tuple[GapSet, ...], language: Language) -> Markup:
    """Return what a reader must know about single figures, each note once with its groups."""
    noted: dict[str, list[str]] = {}
    for gap in (gap for gaps in sets for gap in gaps.shown):
        if gap.observation.note:
            noted.setdefault(gap.observation.note, []).append(language.of(gap.group.name))
    if not noted:
        return Markup()
    lines = [
        Markup("{}: {}").format(language.list(names), language.text(note))
        for note, names in noted.items()
    ]
    return Markup('<p class="notes">{}</p>').format(Markup(" ").join(lines))


def _gap_table(
    finding: Finding, sets: tuple[GapSet, ...], language: Language, catalog: Catalog
) -> Markup:
    unit = unit_words(finding, language)
    columns = [
        Column(language.text("Group"), numeric=False),
        Column(language.text("Period"), numeric=False, whole=True),
        Column(language.text("Figure, {unit}", unit=unit)),
        Column(language.text("Counted")),
        Column(language.text("Gap to all, points")),
        Column(language.text("Ratio to all")),
    ]
    rows: list[list[Cell]] = []
    for gaps in sets:
        everyone = gaps.reference
        name = language.of(gaps.dimension.name)
        rows.append(
            [
                language.text("All ({dimension})", dimension=name),
                everyone.period.label,
                shown_or_why(everyone, finding, language, catalog),
                _count(everyone, language),
                language.text("Reference"),
                language.text("Reference"),
            ]
        )
        rows += [_gap_row(gap, gaps, finding, language, catalog) for gap in gaps.gaps]
    caption = language.text(
        "{name} by student group, {place}",
        name=language.of(finding.indicator.name),
        place=in_place(finding.place, language),
    )
    return folded(
        language.text("All groups as a table"),
        table(f"{finding.id}-groups", caption, columns, rows),
    )


def _gap_row(
    gap: Gap, gaps: GapSet, finding: Finding, language: Language, catalog: Catalog
) -> list[Cell]:
    observation = gap.observation
    row: list[Cell] = [
        language.of(gap.group.name),
        observation.period.label,
        shown_or_why(observation, finding, language, catalog),
        _count(observation, language),
    ]
    if gap.difference is None or gap.ratio is None or gaps.caution is not None:
        return [*row, language.text("Not compared"), language.text("Not compared")]
    sign = "−" if gap.difference < 0 else "+"
    size = points(gap.difference, finding.indicator.unit, language, 1)
    return [
        *row,
        derived(Markup("{}{}").format(sign, size), "gap"),
        derived(language.number(gap.ratio, 2), "ratio"),
    ]


def _source(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    used = {o.source for o in (*finding.series, *finding.state_series) if o.shown}
    used |= {g.observation.source for s in finding.gap_sets for g in s.gaps}
    sources = [s for s in catalog.sources.values() if s.id in used]
    links = [
        Markup('<a href="{}">{}</a> ({})').format(
            source.url,
            language.of(source.short),
            language.text("retrieved {day}", day=source.retrieved),
        )
        for source in sources
    ]
    rules = dict.fromkeys(language.of(source.suppression) for source in sources)
    return Markup('<p class="source">{} {}. {} {}</p>').format(
        language.text("Source:"),
        Markup("; ").join(links),
        language.of(finding.indicator.limits),
        " ".join(rules),
    )
