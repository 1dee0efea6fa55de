"""The groups of one indicator on a page: chart, alternative text, caption, notes and table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.cells import (
    count_cell,
    count_heading,
    folded,
    is_estimated,
    shown_or_why,
    unit_words,
)
from c2c_lib.figures.gap_chart import gap_chart
from c2c_lib.figures.hidden import why_hidden
from c2c_lib.figures.image import image
from c2c_lib.figures.in_children import in_children_sentence
from c2c_lib.figures.number import derived, points, value_text, with_unit
from c2c_lib.figures.places import in_place
from c2c_lib.figures.sentences import below, likely_range
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.findings import Finding, Gap, GapSet
from c2c_lib.language import Language

__all__ = ["gap_alt", "gap_caption", "gap_part", "gap_table"]


def gap_part(finding: Finding, language: Language, catalog: Catalog) -> Markup:
    """Return everything about the groups of a finding, or that none can be shown.

    With groups it is two parts: ``div.groups`` with the chart and its table, and
    ``div.group-notes`` with what a reader must know about them.
    """
    sets = tuple(gaps for gaps in finding.gap_sets if gaps.shown)
    if not sets:
        return Markup('<p class="no-groups">{}</p>').format(
            language.text("No figures by group can be shown for this.")
        )
    chart = image(
        gap_chart(finding, sets, language),
        f"{finding.place.place}-{finding.id}-groups",
        gap_alt(finding, sets, language),
        gap_caption(finding, sets, language),
        described_by=f"{finding.id}-groups",
    )
    notes = Markup("\n").join(note for note in _about(finding, sets, language, catalog) if note)
    return Markup('<div class="groups">{}\n{}</div>{}').format(
        chart,
        gap_table(finding, sets, language, catalog),
        Markup('<div class="group-notes">{}</div>').format(notes) if notes else Markup(),
    )


def _about(
    finding: Finding, sets: tuple[GapSet, ...], language: Language, catalog: Catalog
) -> list[Markup]:
    """Return hidden groups, notes, cautions, where the lenses disagree, and gaps in children."""
    return [
        in_children_sentence(finding, sets, language),
        _hidden(sets, language, catalog),
        _notes(sets, language),
        *(
            Markup('<p class="caution"><strong>{}</strong> {}</p>').format(
                language.text(
                    "Do not compare the groups of “{dimension}”.",
                    dimension=language.of(gaps.dimension.name),
                ),
                language.of(gaps.caution),
            )
            for gaps in sets
            if gaps.caution is not None
        ),
        *(_lenses(gaps, finding, language) for gaps in sets if gaps.lenses),
    ]


def gap_alt(finding: Finding, sets: Sequence[GapSet], language: Language) -> str:
    """Return the gap chart in words: place, indicator, period, all, and how far groups lie apart.

    It speaks of the first dimension, and leaves out groups that are too weak to act on
    or must not be compared.
    """
    first = next((gaps for gaps in sets if gaps.caution is None), sets[0])
    unit = finding.indicator.unit

    def said(value: float) -> Markup:
        return with_unit(value_text(value, unit, language), unit, language)

    words = {
        "name": language.of(finding.indicator.name),
        "place": in_place(finding.place, language),
        "period": first.reference.period.label,
    }
    if finding.quality.word == "too_weak" and first.reference == finding.latest:
        said_of = language.text(
            "Dot chart of {name} by group, {place}, {period}: the figures are too weak to act on.",
            **words,
        )
        return str(said_of.unescape())
    text = language.text(
        "Dot chart of {name} by group, {place}, {period}: all {all}",
        **words,
        all=said(first.reference.value),
    )
    groups = [
        language.text(
            "{group} {value}",
            group=language.of(gap.group.name),
            value=said(gap.observation.value),
        )
        for gap in sorted(first.shown, key=lambda gap: gap.observation.value)
        if gap.quality.word != "too_weak" and first.caution is None
    ]
    if len(groups) > 1:
        text += "; " + language.text("from {low} to {high}", low=groups[0], high=groups[-1])
    elif groups:
        text += "; " + groups[0]
    return str((text + ".").unescape())


def gap_caption(finding: Finding, sets: Sequence[GapSet], language: Language) -> Markup:
    """Name what the marks of the chart mean, each only where it is drawn."""
    gaps = [gap for each in sets for gap in each.shown]
    sentences = [
        Markup("<strong>{}</strong>").format(
            language.text(
                "By group, compared with all {people} in {place} (the diamond).",
                people=language.of(finding.indicator.people),
                place=in_place(finding.place, language),
            )
        ),
        language.text("Groups stand in the same order on every chart, not by size."),
    ]
    drawn = [gap.observation for gap in gaps] + [each.reference for each in sets]
    if any(observation.denominator is not None for observation in drawn):
        sentences.append(
            language.text("≈ says about how many there are, not how many were asked.")
            if is_estimated(finding)
            else language.text("n says how many were counted.")
        )
    if any(not gap.beyond_chance for gap in gaps):
        sentences.append(
            language.text(
                "An open dot differs from all by less than 1 point, or by no more than chance "
                "could."
            )
        )
    if any(gap.own_interval is not None for gap in gaps) or any(
        each.reference_interval is not None for each in sets
    ):
        sentences.append(
            language.text("The line through a mark shows how far chance alone could move it.")
        )
    return Markup(" ").join(sentences)


def _hidden(sets: Sequence[GapSet], language: Language, catalog: Catalog) -> Markup:
    """Name the groups that are not shown, each reason once."""
    by_reason: dict[Markup, list[str]] = {}
    for gap in (gap for gaps in sets for gap in gaps.hidden):
        source = catalog.source(gap.observation.source)
        reason = why_hidden(gap.observation, source, language)
        by_reason.setdefault(reason, []).append(language.of(gap.group.name))
    lines = [
        Markup("{}: {}.").format(reason, language.list(names))
        for reason, names in by_reason.items()
    ]
    if not lines:
        return Markup()
    return Markup('<p class="hidden-groups">{}</p>').format(Markup(" ").join(lines))


def _notes(sets: Sequence[GapSet], language: Language) -> Markup:
    """Return what a reader must know about single figures, each note once with its groups."""
    noted: dict[str, list[str]] = {}
    for gap in (gap for gaps in sets for gap in gaps.shown):
        if gap.observation.note:
            noted.setdefault(gap.observation.note, []).append(language.of(gap.group.name))
    if not noted:
        return Markup()
    lines = [
        Markup("{}: {}").format(language.list(names), language.note(note))
        for note, names in noted.items()
    ]
    return Markup('<p class="notes">{}</p>').format(Markup(" ").join(lines))


def _lenses(gaps: GapSet, finding: Finding, language: Language) -> Markup:
    """Return which gaps got smaller through one lens and larger through the other."""
    unit = finding.indicator.unit
    lines = []
    for both in gaps.lenses:
        words = {
            "group": language.of(both.group.name),
            "period": both.since.label,
            "points_then": derived(points(both.difference[0], unit, language, 1), "gap"),
            "points_now": derived(points(both.difference[1], unit, language, 1), "gap"),
            "ratio_then": derived(language.number(both.ratio[0], 2), "ratio"),
            "ratio_now": derived(language.number(both.ratio[1], 2), "ratio"),
        }
        if both.closer_in_points:
            line = language.text(
                "{group}: since {period} the gap to all got smaller by subtraction, from "
                "{points_then} to {points_now}, and larger as a ratio, from {ratio_then} to "
                "{ratio_now}.",
                **words,
            )
        else:
            line = language.text(
                "{group}: since {period} the gap to all got larger by subtraction, from "
                "{points_then} to {points_now}, and smaller as a ratio, from {ratio_then} to "
                "{ratio_now}.",
                **words,
            )
        lines.append(line)
    start = language.text("Two ways to measure this gap disagree.")
    end = language.text("Both are true: say which one you mean.")
    return Markup('<p class="lenses"><strong>{}</strong> {} {}</p>').format(
        start, Markup(" ").join(lines), end
    )


def gap_table(
    finding: Finding, sets: Sequence[GapSet], language: Language, catalog: Catalog
) -> Markup:
    """Return every group of every dimension, shown or not, with its gap to all."""
    unit = unit_words(finding, language)
    columns = [
        Column(language.text("Group"), numeric=False),
        Column(language.text("Period"), numeric=False, whole=True),
        Column(language.text("Figure, {unit}", unit=unit)),
        Column(count_heading(finding, language)),
        Column(language.text("Gap to all")),
        Column(language.text("Ratio to all")),
    ]
    rows: list[list[Cell]] = []
    for gaps in sets:
        everyone = gaps.reference
        name = language.of(gaps.dimension.name)
        rows.append(
            [
                language.text("All, by {dimension}", dimension=name),
                everyone.period.label,
                shown_or_why(everyone, finding, language, catalog)
                + likely_range(everyone, gaps.reference_interval, finding.indicator.unit, language),
                count_cell(everyone, language),
                language.text("Reference"),
                language.text("Reference"),
            ]
        )
        rows += [_gap_row(gap, gaps, finding, language, catalog) for gap in gaps.gaps]
    caption = language.text(
        "{name} by group, {place}",
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
        shown_or_why(observation, finding, language, catalog)
        + likely_range(observation, gap.own_interval, finding.indicator.unit, language),
        count_cell(observation, language),
    ]
    if gap.difference is None or gap.ratio is None or gaps.caution is not None:
        return [*row, language.text("Not compared"), language.text("Not compared")]
    # What an open dot says in the chart.
    unclear = Markup() if gap.beyond_chance else below(language.text("not clear"))
    return [
        *row,
        derived(_signed(gap.difference, finding, language), "gap") + unclear,
        derived(language.number(gap.ratio, 2), "ratio"),
    ]


def _signed(difference: float, finding: Finding, language: Language) -> Markup:
    """Return a difference with its sign; one that rounds to nothing has none."""
    size = points(difference, finding.indicator.unit, language, 1)
    if size == points(0.0, finding.indicator.unit, language, 1):
        return size
    return Markup("{}{}").format("−" if difference < 0 else "+", size)
