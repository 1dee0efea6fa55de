"""Schools as points, sized by their students; only figures that passed the privacy gate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.equity import Interval, Measured, proportion_interval, quality_of
from c2c_lib.figures.hidden import why_hidden
from c2c_lib.figures.maps.areas import QUALITIES, Area, AreaQuality
from c2c_lib.figures.maps.drawing import OUTLINE
from c2c_lib.figures.maps.frame import WIDTH, Frame
from c2c_lib.figures.maps.spread import spread
from c2c_lib.figures.number import figure_text, value_text
from c2c_lib.figures.palette import PAPER
from c2c_lib.geography.projection import PROJECTED_CRS
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation, observations_of
from c2c_lib.privacy import Publishable

__all__ = [
    "ENROLLMENT",
    "MEALS",
    "SCHOOL_FIGURES",
    "SchoolMarks",
    "interval_of",
    "school_marks",
    "school_observations",
    "size_key",
]

SCHOOL_FIGURES: Final = (
    "grade3_ela_proficient",
    "grade8_math_proficient",
    "chronic_absence",
    "graduation_4yr",
)
"""What is mapped by school."""
MEALS: Final = "students_meal_eligible"
"""What stands for a school's poverty: students with free or reduced-price meals."""
ENROLLMENT: Final = "enrollment"
"""What the size of a circle shows."""

_RADIUS: Final = (13.0, 34.0)
"""Units of the smallest and the largest circle."""
_STUDENTS: Final = 2000
"""Students of the largest circle; a larger school is not drawn larger."""
_SHOWN: Final = 0.6
"""Pixels of a unit on a large screen."""
_CORNERS: Final = 8
"""Corners of a quarter of a circle."""
_NO_STUDENTS: Final = ("not_applicable", "not_collected")
"""Statuses of schools that the figure does not concern, such as a grade school's graduation."""


@dataclass(frozen=True, eq=False)
class SchoolMarks:
    """Circles of a city's schools, ready for `draw_map`.

    Attributes
    ----------
    shapes : GeoSeries
        One circle per school; its area goes with the number of students.
    areas : tuple of Area
        What each shows, in the same order.
    enrolled : mapping of str to Observation
        By the school's code, its students as far as the table has them, shown or not.
    """

    shapes: gpd.GeoSeries
    areas: tuple[Area, ...]
    enrolled: Mapping[str, Observation]


def school_observations(
    table: Publishable, indicator: Indicator, codes: Sequence[str], catalog: Catalog
) -> list[Observation]:
    """Return the newest figures for all students of some schools.

    Parameters
    ----------
    table : Publishable
        From `c2c_lib.privacy.with_schools`; a table that has not passed the gate is refused.
    codes : sequence of str
        The schools' codes.

    Raises
    ------
    TypeError
        If `table` is anything else than a `Publishable`.
    """
    if not isinstance(table, Publishable):
        raise TypeError(
            f"table is a {type(table).__name__}, but school figures are drawn only from a "
            "Publishable, which c2c_lib.privacy.publishable makes"
        )
    frame = table.frame
    frame = frame[
        (frame["indicator"] == indicator.id)
        & (frame["geo_level"] == "school")
        & (frame["dimension"] == "all")
        & frame["geo_id"].isin(list(codes))
    ]
    frame = frame[frame["period_end"] == frame["period_end"].max()]
    return observations_of(frame, {(p.geo_level, p.geo_id): p.place for p in catalog.places})


def school_marks(
    table: Publishable,
    indicator: Indicator,
    schools: gpd.GeoDataFrame,
    outline: gpd.GeoDataFrame,
    language: Language,
    catalog: Catalog,
) -> SchoolMarks:
    """Return circles for the schools of which the indicator says something.

    Parameters
    ----------
    table : Publishable
        From `c2c_lib.privacy.with_schools`.
    schools : GeoDataFrame
        Of the layer ``schools``, one city's part.
    outline : GeoDataFrame
        The city.

    Notes
    -----
    A school that the figure does not concern has no circle. One whose enrollment is not in the
    table, or hidden, gets the smallest. Circles that would lie on one another (three schools
    share a building in Bridgeport) are moved apart just so far that none hides another.
    """
    observed = {
        o.geo_id: o
        for o in school_observations(table, indicator, list(schools["geo_id"]), catalog)
        if o.status not in _NO_STUDENTS
    }
    here = schools[schools["geo_id"].isin(list(observed))].sort_values("geo_id", ignore_index=True)
    enrolled = {
        o.geo_id: o
        for o in school_observations(
            table, catalog.indicator(ENROLLMENT), list(here["geo_id"]), catalog
        )
    }
    sizes = {code: o.value for code, o in enrolled.items() if o.shown}
    radii = np.array([_radius(sizes.get(code)) for code in here["geo_id"]])
    frame = Frame.around(outline, WIDTH)
    points = here.to_crs(PROJECTED_CRS).geometry
    centres = spread(np.column_stack([points.x, points.y]) / frame.feet, radii)
    circles = shapely.buffer(
        shapely.points(centres * frame.feet), radii * frame.feet, quad_segs=_CORNERS
    )
    areas = [
        _area(name, observed[code], enrolled.get(code), indicator, language, catalog)
        for code, name in zip(here["geo_id"], here["name"], strict=True)
    ]
    return SchoolMarks(gpd.GeoSeries(circles, crs=PROJECTED_CRS), tuple(areas), enrolled)


def interval_of(observation: Observation, level: float = 0.95) -> Interval | None:
    """Return how far the figure of a school could have come out otherwise by chance alone.

    Returns
    -------
    Interval or None
        Wilson's; None where the figure is hidden or its counts are not given.
    """
    x, n = observation.numerator, observation.denominator
    return None if x is None or n is None else proportion_interval(x, n, level=level)


def _area(
    name: str,
    observation: Observation,
    enrolled: Observation | None,
    indicator: Indicator,
    language: Language,
    catalog: Catalog,
) -> Area:
    quality = _quality(observation, indicator)
    words = _words(name, observation, enrolled, quality, indicator, language, catalog)
    return Area(observation.geo_id, name, observation, quality, words)


def _quality(observation: Observation, indicator: Indicator) -> AreaQuality:
    """Return how far the figure of a school can be trusted, as for any full count."""
    if not observation.shown:
        return "hidden"
    found = quality_of(
        Measured.of(
            observation.value,
            numerator=observation.numerator,
            denominator=observation.denominator,
        ),
        unit=indicator.unit,
    )
    return cast("AreaQuality", str(found.word))


def _words(
    name: str,
    observation: Observation,
    enrolled: Observation | None,
    quality: AreaQuality,
    indicator: Indicator,
    language: Language,
    catalog: Catalog,
) -> str:
    """Return all that the table says of a school, in one line."""
    say = language.text
    if not observation.shown:
        value: Markup | str = why_hidden(observation, catalog.source(observation.source), language)
        parts = [say("{name}: {value}", name=name, value=value)]
    else:
        value = value_text(observation.value, indicator.unit, language, digits=1)
        parts = [say("{name}: {value}", name=name, value=value)]
        likely = interval_of(observation)
        if likely is not None:
            low, high = (language.percent(float(end)) for end in likely)
            part, whole = (
                figure_text(observation, indicator.unit, language, field=field)
                for field in ("numerator", "denominator")
            )
            parts += [
                say("likely range {low} to {high}", low=low, high=high),
                say("{part} of {whole}", part=part, whole=whole),
            ]
    if enrolled is not None and enrolled.shown:
        parts.append(
            say(
                "{count} students in {period}",
                count=language.number(enrolled.value),
                period=enrolled.period.label,
            )
        )
    if observation.shown:
        parts.append(say(QUALITIES[quality]))
    return str(Markup("; ").join(parts).unescape())


def size_key(enrolled: Mapping[str, Observation], language: Language) -> list[Markup]:
    """Return what the sizes of circles mean, as items of a legend."""
    say = language.text
    periods = {o.period.label for o in enrolled.values()}
    items = []
    for students in (250, 1000):
        words = say(
            "{count} students in {period}",
            count=language.number(students),
            period=max(periods, default=""),
        )
        items.append(Markup("<li>{} {}</li>").format(_circle(_radius(students)), words))
    return [
        *items,
        Markup("<li>{}</li>").format(
            say("Smallest circles: few students, or their number is not known")
        ),
    ]


def _circle(radius: float) -> Markup:
    side = 2 * radius + 4
    return Markup(
        '<svg class="swatch" viewBox="0 0 {s:.0f} {s:.0f}" width="{w:.0f}" height="{w:.0f}" '
        'aria-hidden="true"><circle cx="{m:.0f}" cy="{m:.0f}" r="{r:.0f}" fill="{paper}" '
        'stroke="{ink}" stroke-width="2"/></svg>'
    ).format(s=side, w=side * _SHOWN, m=side / 2, r=radius, paper=PAPER, ink=OUTLINE)


def _radius(students: float | None) -> float:
    least, most = _RADIUS
    return least if students is None else max(least, most * min(1, math.sqrt(students / _STUDENTS)))
