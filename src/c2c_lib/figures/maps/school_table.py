"""The list of schools beneath a map: all that the circles say, with ranges and ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.maps.areas import QUALITIES, Area
from c2c_lib.figures.maps.schools import interval_of
from c2c_lib.figures.maps.table import figure_heading, rank_text
from c2c_lib.figures.number import derived, figure
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.geography.ranks import rank_ranges
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = ["school_table"]


def school_table(
    identifier: str,
    title: Markup | str,
    city: City,
    areas: Sequence[Area],
    enrolled: Mapping[str, Observation],
    poverty: Mapping[str, Observation],
    indicator: Indicator,
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return the schools in the order given, each with all that the map says.

    Parameters
    ----------
    identifier : str
        Id of the table, unique on the page.
    title : str or Markup
        The figure and its period.
    areas : sequence of Area
        From `c2c_lib.figures.maps.schools.school_marks`.
    enrolled : mapping of str to Observation
        Students, by the school's code.
    poverty : mapping of str to Observation
        Share of students with free or reduced-price meals by which the list is ordered;
        empty where it is ordered by the figure.

    Notes
    -----
    A figure with its counts has Wilson's 95 % interval and the best and the worst rank that
    chance allows (`rank_ranges` on half of the 90 % interval). Where the publisher gives no
    counts there is neither, and the columns are left out.
    """
    say = language.text
    counted = any(interval_of(a.observation) for a in areas if a.observation is not None)
    columns = [
        Column(say("School"), numeric=False),
        *([Column(say("Free or reduced-price meals, %"))] if poverty else []),
        Column(figure_heading(indicator.unit, language)),
        *(
            [
                Column(say("Likely range, %"), whole=True),
                Column(say("Likely rank (1 is highest)"), whole=True),
                Column(say("Counted"), whole=True),
            ]
            if counted
            else []
        ),
        Column(_students(enrolled, language)),
        Column(say("Quality"), numeric=False),
    ]
    ranks = rank_ranges([a.value for a in areas], [_margin(a) for a in areas])
    rows = []
    for number, area in enumerate(areas):
        cells: list[Cell] = [area.name]
        if poverty:
            cells.append(_figure(poverty.get(area.id), language, catalog))
        cells.append(_figure(area.observation, language, catalog))
        if counted:
            cells += _counted(area, language)
            cells.insert(-1, rank_text(ranks, number, language) if area.shown else _none(language))
        cells += [_figure(enrolled.get(area.id), language, catalog), say(QUALITIES[area.quality])]
        rows.append(cells)
    caption = (
        say(
            "Schools in {place}, those with the most students with free or reduced-price meals "
            "first",
            place=city.name,
        )
        if poverty
        else say("Schools in {place}, from highest to lowest", place=city.name)
    )
    caption = Markup("{}. {}").format(title, caption)
    if counted:
        caption += Markup("; {}").format(say("ranks that overlap are ties"))
    note = (
        say(
            "The likely range is how far a school of this size could come out by chance alone, "
            "with children like these."
        )
        if counted
        else say(
            "The publisher does not say how many students these figures count, so we give "
            "no range and no ranks. In a small school a few children can move the figure a lot."
        )
    )
    return table(identifier, caption, columns, rows) + Markup("<p>{}</p>").format(note)


def _students(enrolled: Mapping[str, Observation], language: Language) -> Markup:
    period = max((o.period.label for o in enrolled.values()), default="")
    return language.text("Students in {period}", period=period)


def _figure(observation: Observation | None, language: Language, catalog: Catalog) -> Cell:
    """Return a figure, the reason why it is not shown, or that there is none."""
    if observation is None:
        return language.text("No figure")
    if not observation.shown:
        return hidden_reason(observation, catalog.source(observation.source), language)
    unit = catalog.indicator(observation.indicator).unit
    return figure(observation, unit, language, digits=1)


def _counted(area: Area, language: Language) -> list[Cell]:
    """Return the likely range and "part of whole" of one school."""
    say = language.text
    likely = None if area.observation is None else interval_of(area.observation)
    if likely is None or area.observation is None:
        return [_none(language), _none(language)]
    low, high = (language.number(float(end) * 100) for end in likely)
    parts = (
        figure(area.observation, "count", language, field=field)
        for field in ("numerator", "denominator")
    )
    part, whole = parts
    return [
        derived(say("{low} to {high}", low=low, high=high), "interval"),
        say("{part} of {whole}", part=part, whole=whole),
    ]


def _margin(area: Area) -> float:
    """Return half of the 90 % interval of a shown figure; NaN without counts."""
    likely = None if area.observation is None else interval_of(area.observation, level=0.90)
    return float("nan") if likely is None else float(likely.upper - likely.lower) / 2


def _none(language: Language) -> Markup:
    return language.text("Not shown")
