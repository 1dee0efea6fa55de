"""The ranked table beneath a map: everything that the map says, and which ranks are ties."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator, Unit
from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.maps.areas import QUALITIES, Area
from c2c_lib.figures.maps.clusters import CLUSTER_SHORT
from c2c_lib.figures.number import derived, figure
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.geography.clusters import Clusters
from c2c_lib.geography.ranks import Ranks, rank_ranges
from c2c_lib.language import Language

__all__ = ["figure_heading", "rank_text", "ranked_table"]


def ranked_table(
    identifier: str,
    caption: Markup | str,
    heading: Markup | str,
    areas: Sequence[Area],
    indicator: Indicator,
    language: Language,
    catalog: Catalog,
    clusters: Clusters | None = None,
) -> Markup:
    """Return the areas from the highest figure to the lowest, hidden ones last.

    Parameters
    ----------
    identifier : str
        Id of the table, unique on the page.
    caption : str or Markup
        What it shows.
    heading : str or Markup
        What an area is called: "Census tract".
    areas : sequence of Area
        From `areas_of`.
    clusters : Clusters, optional
        How the areas, in the same order, stand out among their neighbours; where any does,
        a column says it.

    Notes
    -----
    A rank is given as the best and the worst that the margins of error allow (`rank_ranges`);
    a figure without a margin has none.
    """
    say = language.text
    order = sorted(areas, key=lambda a: (not a.shown, -a.value if a.shown else 0.0, a.id))
    ranks = rank_ranges([a.value for a in order], [a.margin for a in order])
    counted = any(_counted(area) for area in order)
    share = indicator.unit == "share"
    columns = [
        Column(heading, numeric=False),
        Column(figure_heading(indicator.unit, language)),
        Column(say("Margin of error, ± points") if share else say("Margin of error, ±")),
        Column(say("Likely rank (1 is highest)"), whole=True),
        *([Column(say("Estimated, about"))] if counted else []),
        Column(say("Quality"), numeric=False),
    ]
    rows = [
        _row(area, ranks, number, indicator, language, catalog, counted=counted)
        for number, area in enumerate(order)
    ]
    if clusters is not None and clusters.distinct.any():
        columns.append(Column(say("Among its neighbors"), numeric=False))
        where = {area.id: str(key) for area, key in zip(areas, clusters.where, strict=True)}
        for row, area in zip(rows, order, strict=True):
            row.append(say(CLUSTER_SHORT[where[area.id]]))
    return table(identifier, caption, columns, rows)


def figure_heading(unit: Unit, language: Language) -> Markup:
    """Return the heading of a column of figures, with their unit."""
    say = language.text
    if unit == "share":
        return say("Figure, %")
    if unit == "dollars":
        return say("Figure, dollars")
    return say("Figure, years") if unit == "years" else say("Figure")


def _counted(area: Area) -> bool:
    o = area.observation
    return area.shown and o is not None and None not in (o.numerator, o.denominator)


def _row(
    area: Area,
    ranks: Ranks,
    number: int,
    indicator: Indicator,
    language: Language,
    catalog: Catalog,
    *,
    counted: bool,
) -> list[Cell]:
    say = language.text
    observation = area.observation
    quality = say(QUALITIES[area.quality])
    if observation is None or not area.shown:
        why: Cell = say("No figure")
        if observation is not None:
            why = hidden_reason(observation, catalog.source(observation.source), language)
        nothing: Cell = say(QUALITIES[area.quality])
        return [area.name, why, nothing, nothing, *([nothing] if counted else []), quality]
    unit = indicator.unit
    margin: Cell = say("Not given")
    if observation.moe90 is not None:
        margin = figure(observation, unit, language, digits=1, field="moe90")
    elif observation.note and area.quality == "too_weak":  # a median beyond the last printed
        margin = Markup('<span class="why">{}</span>').format(language.note(observation.note))
    count: Cell = say("No count")
    if _counted(area):
        count = say(
            "{part} of {whole}",
            part=figure(observation, "count", language, field="numerator"),
            whole=figure(observation, "count", language, field="denominator"),
        )
    return [
        area.name,
        figure(observation, unit, language, digits=1),
        margin,
        rank_text(ranks, number, language),
        *([count] if counted else []),
        quality,
    ]


def rank_text(ranks: Ranks, number: int, language: Language) -> Markup:
    """Return the range of ranks that a place may have."""
    first, last = ranks.first[number], ranks.last[number]
    if first != first:  # NaN: without a margin nothing can be said
        return language.text("Not ranked")
    best, worst = language.number(first), language.number(last)
    if first == last:
        return derived(best, "rank")
    return derived(language.text("{first} to {last}", first=best, last=worst), "rank")
