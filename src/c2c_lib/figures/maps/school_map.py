"""A map of one figure by school: sentence, circles, legend, caption and the list beneath."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.maps.backdrop import Surroundings
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.drawing import draw_map
from c2c_lib.figures.maps.legend import legend
from c2c_lib.figures.maps.place_map import hint
from c2c_lib.figures.maps.school_table import school_table
from c2c_lib.figures.maps.schools import MEALS, SchoolMarks, school_marks, size_key
from c2c_lib.figures.maps.schools import school_observations as observed
from c2c_lib.figures.maps.words import alternative, caption, range_sentence
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City
from c2c_lib.privacy import Publishable

__all__ = ["SchoolGround", "school_map"]


@dataclass(frozen=True, eq=False)
class SchoolGround:
    """What the school maps of one city stand on.

    Attributes
    ----------
    table : Publishable
        From `c2c_lib.privacy.with_schools`.
    schools : GeoDataFrame
        Of the layer ``schools``, the city's part.
    around : Surroundings
        The city, neighbouring towns and water.
    classes : mapping of str to MapClasses
        By indicator, pooled over the schools of all cities.
    """

    table: Publishable
    schools: gpd.GeoDataFrame
    around: Surroundings
    classes: Mapping[str, MapClasses] = field(default_factory=dict)

    def marks(self, indicator: Indicator, language: Language, catalog: Catalog) -> SchoolMarks:
        """Return the circles of one figure."""
        return school_marks(
            self.table, indicator, self.schools, self.around.outline, language, catalog
        )

    def poverty(self, catalog: Catalog) -> dict[str, Observation]:
        """Return the share of students with free or reduced-price meals, by the school's code."""
        codes = list(self.schools["geo_id"])
        return {o.geo_id: o for o in observed(self.table, catalog.indicator(MEALS), codes, catalog)}


def school_map(
    city: City,
    indicator: Indicator,
    ground: SchoolGround,
    language: Language,
    catalog: Catalog,
    *,
    identifier: str = "",
    closed: bool = False,
) -> Markup:
    """Return what one figure says about the schools of a city, as HTML.

    Parameters
    ----------
    city : City
        Whose schools they are. Where its ``school_order`` is ``poverty``, the schools with
        the highest share of students with free or reduced-price meals stand first in the list
        and on the way through the map.
    indicator : Indicator
        Has figures by school.
    ground : SchoolGround
        Figures, shapes and surroundings.
    identifier : str
        Of the table, unique on the page; default ``school-{indicator}``.
    closed : bool
        Whether the table is folded up at first (it is open in print).
    """
    say = language.text
    marks = ground.marks(indicator, language, catalog)
    if not any(area.shown for area in marks.areas):
        return Markup("<p>{}</p>").format(
            say("There are no figures by school that may be shown for {place}.", place=city.name)
        )
    areas, classes = marks.areas, ground.classes[indicator.id]
    poverty = ground.poverty(catalog) if city.school_order == "poverty" else {}
    order = _order(marks, poverty if indicator.id != MEALS else {})
    identifier = identifier or f"school-{indicator.id}".replace("_", "-")
    name = f"{identifier}-map"
    first = next(a.observation for a in areas if a.observation is not None)
    title = say("{name}, {period}", name=language.of(indicator.name), period=first.period.label)
    picture = draw_map(
        name,
        marks.shapes,
        areas,
        classes,
        ground.around,
        language,
        alt=alternative(city, indicator, areas, "school", language),
        described_by=identifier,
        points=True,
        order=order,
    )
    key = legend(
        name, title, areas, classes, language, size_key(marks.enrolled, language), points=True
    )
    shown = Markup('<figure class="chart map">{}{}{}<figcaption>{}</figcaption></figure>').format(
        picture, hint(language), key, caption(city, indicator, areas, language, "school")
    )
    listed = school_table(
        identifier,
        title,
        city,
        [areas[i] for i in order],
        marks.enrolled,
        poverty if indicator.id != MEALS else {},
        indicator,
        language,
        catalog,
    )
    if closed:
        listed = Markup("<details><summary>{}</summary>{}</details>").format(
            say("Show the table: {title}", title=title), listed
        )
    sentence = range_sentence(city, indicator, areas, language, "school")
    return Markup("\n").join(part for part in (sentence, shown, listed) if part)


def _order(marks: SchoolMarks, poverty: Mapping[str, Observation]) -> Sequence[int]:
    """Return the positions of the schools: by poverty, else by their own figure."""

    def rank(position: int) -> tuple[bool, float, str]:
        area = marks.areas[position]
        value = area.value
        if poverty:
            found = poverty.get(area.id)
            value = found.value if found is not None and found.shown else math.nan
        hidden = math.isnan(value)
        return hidden, 0.0 if hidden else -value, area.id

    return sorted(range(len(marks.areas)), key=rank)
