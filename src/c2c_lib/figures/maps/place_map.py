"""A map of one figure in one city: sentence, drawing, legend, caption and ranked table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.maps.areas import Area, areas_of
from c2c_lib.figures.maps.backdrop import Surroundings
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.drawing import draw_map
from c2c_lib.figures.maps.legend import legend
from c2c_lib.figures.maps.table import ranked_table
from c2c_lib.figures.number import figure, value_text
from c2c_lib.language import Language, mark
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = ["Ground", "place_map"]

Kind = Literal["tract", "neighborhood", "school"]

_HEADINGS = {
    "tract": mark("Census tract"),
    "neighborhood": mark("Neighborhood"),
    "school": mark("School"),
}
_BY = {
    "tract": mark("census tract"),
    "neighborhood": mark("neighborhood"),
    "school": mark("school"),
}


@dataclass(frozen=True, eq=False)
class Ground:
    """What the maps of one city by one kind of area stand on.

    Attributes
    ----------
    kind : {"tract", "neighborhood", "school"}
        What an area is.
    shapes : GeoDataFrame
        One row per area with ``code`` and ``name``; a layer of the vintage of the figures.
        Tracts may have ``number`` and ``part`` (the neighborhood, or empty), of which their
        name is then made in every language.
    around : Surroundings
        Neighbouring towns, water and names.
    """

    kind: Kind
    shapes: gpd.GeoDataFrame
    around: Surroundings

    @property
    def names(self) -> dict[str, str]:
        """Name of every area by its code."""
        return dict(zip(self.shapes["code"], self.shapes["name"], strict=True))

    def names_in(self, language: Language) -> dict[str, str]:
        """Return the name of every area by its code, as a page in the language says it."""
        if "number" not in self.shapes:
            return self.names
        rows = zip(self.shapes["code"], self.shapes["number"], self.shapes["part"], strict=True)
        return {code: _tract_name(number, part, language) for code, number, part in rows}


def place_map(
    city: City,
    indicator: Indicator,
    observations: Sequence[Observation],
    ground: Ground,
    classes: MapClasses,
    language: Language,
    catalog: Catalog,
    *,
    identifier: str = "",
    closed: bool = False,
) -> Markup:
    """Return what one figure says about the places of a city, as HTML.

    Parameters
    ----------
    city : City
        Whose places they are.
    observations : sequence of Observation
        Every area of the city, shown or not, of one period and group, from a table that has
        passed the privacy gate (`c2c_lib.findings.Figures`).
    ground : Ground
        Shapes and surroundings.
    classes : MapClasses
        The same for all cities.
    identifier : str
        Of the table, unique on the page; default ``{kind}-{indicator}``.
    closed : bool
        Whether the table is folded up at first (it is open in print).
    """
    if not observations:
        return Markup("<p>{}</p>").format(
            language.text(
                "There are no figures by {kind} for {place}.",
                kind=language.text(_BY[ground.kind]),
                place=city.name,
            )
        )
    areas = areas_of(ground.names_in(language), observations, indicator, language, catalog)
    identifier = identifier or f"{ground.kind}-{indicator.id}".replace("_", "-")
    name = f"{identifier}-map"
    say = language.text
    title = say(
        "{name}, {period}",
        name=language.of(indicator.name),
        period=observations[0].period.label,
    )
    picture = draw_map(
        name,
        ground.shapes.geometry,
        areas,
        classes,
        ground.around,
        language,
        alt=_alt(city, indicator, areas, ground.kind, language),
        described_by=identifier,
    )
    shown = Markup('<figure class="chart map">{}{}{}<figcaption>{}</figcaption></figure>').format(
        picture,
        hint(language),
        legend(name, title, areas, classes, language),
        _caption(city, indicator, areas, language),
    )
    ranked = ranked_table(
        identifier,
        _table_caption(city, ground.kind, language),
        say(_HEADINGS[ground.kind]),
        areas,
        indicator,
        language,
        catalog,
    )
    if closed:
        ranked = Markup("<details><summary>{}</summary>{}</details>").format(
            say("Show the table: {title}", title=title), ranked
        )
    parts = [_sentence(city, indicator, areas, language), shown, ranked]
    return Markup("\n").join(part for part in parts if part)


def _tract_name(number: str, part: str, language: Language) -> str:
    name = (
        language.text("Census Tract {number} ({part})", number=number, part=part)
        if part
        else language.text("Census Tract {number}", number=number)
    )
    return str(name.unescape())


def hint(language: Language) -> Markup:
    """Return the line in which the map's script says what is pointed at."""
    words = language.text("Point at or tap an area, or walk through the map with the arrow keys.")
    return Markup('<p class="map-say" aria-hidden="true" data-hint="{}"></p>').format(words)


def _ends(areas: Sequence[Area]) -> tuple[Area, Area] | None:
    """Return the lowest and the highest figure that can be acted on."""
    sure = [area for area in areas if area.shown and area.quality != "too_weak"]
    if not sure:
        return None
    return min(sure, key=lambda a: a.value), max(sure, key=lambda a: a.value)


def _count(areas: Sequence[Area], quality: str) -> int:
    return sum(area.quality == quality for area in areas)


def _alt(
    city: City, indicator: Indicator, areas: Sequence[Area], kind: Kind, language: Language
) -> str:
    """Return the map in words, with the numbers of the sentence above it."""
    say = language.text
    first = next(a.observation for a in areas if a.observation is not None)
    text = say(
        "Map of {place} by {kind}: {name}, {period}. Areas: {count}",
        place=city.name,
        kind=say(_BY[kind]),
        name=language.of(indicator.name),
        period=first.period.label,
        count=len(areas),
    )
    ends = _ends(areas)
    if ends is not None:
        low, high = (_plain(area, indicator, language) for area in ends)
        text += "; " + say(
            "from {low} to {high} where it is strong enough to act on", low=low, high=high
        )
    weak = _count(areas, "too_weak")
    if weak:
        text += "; " + say("too weak to act on: {weak}", weak=weak)
    return str((text + ".").unescape())


def _plain(area: Area, indicator: Indicator, language: Language) -> str:
    return str(_priced(value_text(area.value, indicator.unit, language), indicator))


def _priced(text: Markup | str, indicator: Indicator) -> Markup:
    """Put the sign before an amount of dollars, and nothing before another figure."""
    return Markup("{}{}").format("$" if indicator.unit == "dollars" else "", text)


def _caption(city: City, indicator: Indicator, areas: Sequence[Area], language: Language) -> Markup:
    """Name what the fills mean, each only where it is drawn."""
    say = language.text
    first = next(a.observation for a in areas if a.observation is not None)
    sentences = [
        Markup("<strong>{}</strong>").format(
            say(
                "{name} in {place}, {period}.",
                name=language.of(indicator.name),
                place=city.name,
                period=first.period.label,
            )
        ),
        say("The classes are the same for all cities."),
    ]
    if _count(areas, "too_weak"):
        sentences.append(say("Striped areas are too weak to act on."))
    if _count(areas, "hidden"):
        sentences.append(say("Dotted areas are not shown."))
    if _count(areas, "no_margin"):
        sentences.append(
            say("The publisher gives no margin of error, so that small differences mean nothing.")
        )
    return Markup(" ").join(sentences)


def _sentence(
    city: City, indicator: Indicator, areas: Sequence[Area], language: Language
) -> Markup:
    say = language.text
    sentences = []
    ends = _ends(areas)
    if ends is not None:
        low, high = (
            _priced(figure(area.observation, indicator.unit, language), indicator)
            for area in ends
            if area.observation is not None
        )
        sentences.append(
            say(
                "Where the figure is strong enough to act on, it runs from {low} to {high}.",
                low=low,
                high=high,
            )
        )
    weak = _count(areas, "too_weak")
    if weak:
        sentences.append(
            say(
                "In {weak} of {count} areas in {place}, the margin of error is very wide. "
                "Those figures are too weak to act on, so do not rank or single them out.",
                weak=weak,
                count=len(areas),
                place=city.name,
            )
        )
    return Markup("<p>{}</p>").format(Markup(" ").join(sentences)) if sentences else Markup()


def _table_caption(city: City, kind: Kind, language: Language) -> Markup:
    say = language.text
    return say(
        "{place} by {kind}, from highest to lowest; ranks that overlap are ties",
        place=city.name,
        kind=say(_BY[kind]),
    )
