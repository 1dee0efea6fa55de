"""A map of one figure in one city: sentence, drawing, legend, caption and ranked table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.maps.areas import areas_of
from c2c_lib.figures.maps.backdrop import Surroundings
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.clusters import cluster_sentence, clusters_of, with_clusters
from c2c_lib.figures.maps.drawing import draw_map
from c2c_lib.figures.maps.legend import legend
from c2c_lib.figures.maps.table import ranked_table
from c2c_lib.figures.maps.words import (
    BY,
    HEADINGS,
    Kind,
    alternative,
    caption,
    range_sentence,
    table_caption,
)
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = ["Ground", "no_figures", "place_map"]


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
    clustered: bool = False,
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
    clustered : bool
        Whether to say if areas that touch are alike, and which stand out.
    """
    if not observations:
        return no_figures(city, ground, language)
    areas = areas_of(ground.names_in(language), observations, indicator, language, catalog)
    clusters = clusters_of(areas, ground.shapes, catalog) if clustered else None
    if clusters is not None:
        areas = with_clusters(areas, clusters, language)
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
        alt=alternative(city, indicator, areas, ground.kind, language),
        described_by=identifier,
    )
    shown = Markup('<figure class="chart map">{}{}{}<figcaption>{}</figcaption></figure>').format(
        picture,
        hint(language),
        legend(name, title, areas, classes, language),
        caption(city, indicator, areas, language),
    )
    ranked = ranked_table(
        identifier,
        table_caption(city, title, ground.kind, language),
        say(HEADINGS[ground.kind]),
        areas,
        indicator,
        language,
        catalog,
        clusters,
    )
    if closed:
        ranked = Markup("<details><summary>{}</summary>{}</details>").format(
            say("Show the table: {title}", title=title), ranked
        )
    parts = [
        range_sentence(city, indicator, areas, language),
        cluster_sentence(clusters, language) if clusters is not None else "",
        shown,
        ranked,
    ]
    return Markup("\n").join(part for part in parts if part)


def no_figures(city: City, ground: Ground, language: Language) -> Markup:
    """Return what stands in the place of a map without figures."""
    return Markup("<p>{}</p>").format(
        language.text(
            "There are no figures by {kind} for {place}.",
            kind=language.text(BY[ground.kind]),
            place=city.name,
        )
    )


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
