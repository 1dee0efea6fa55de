"""Small maps side by side: one group each, the same classes on all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator
from c2c_lib.figures.maps.areas import Area, areas_of
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.drawing import draw_map
from c2c_lib.figures.maps.legend import legend
from c2c_lib.figures.maps.place_map import Ground, hint
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = ["Panel", "small_multiples"]

_WIDTH: Final = 420


@dataclass(frozen=True)
class Panel:
    """One small map: an indicator and its figures, of one period and group."""

    indicator: Indicator
    observations: Sequence[Observation]


def small_multiples(
    name: str,
    city: City,
    title: Markup | str,
    panels: Sequence[Panel],
    ground: Ground,
    classes: MapClasses,
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return one small map per panel with one legend for all.

    Parameters
    ----------
    name : str
        Unique on the page; the maps are called ``{name}-{indicator}``.
    title : str or Markup
        What all of them show, with the period; heads the legend.
    panels : sequence of Panel
        In the order of a written rule (alphabetical, or as the catalog has them); never by
        who is thought to be usual.
    ground : Ground
        Shapes and surroundings; the small maps have no names and no scale.
    classes : MapClasses
        Pooled over all panels and cities.
    """
    every: list[Area] = []
    items = []
    for panel in panels:
        words = language.of(panel.indicator.name)
        areas = [
            replace(area, words=f"{words}. {area.words}")
            for area in areas_of(
                ground.names_in(language),
                panel.observations,
                panel.indicator,
                language,
                catalog,
            )
        ]
        every += areas
        picture = draw_map(
            f"{name}-{panel.indicator.id}".replace("_", "-"),
            ground.shapes.geometry,
            areas,
            classes,
            ground.around,
            language,
            alt=_alt(city, panel, areas, language),
            named=False,
            width=_WIDTH,
        )
        items.append(Markup("<li><p>{}</p>{}</li>").format(words, picture))
    return Markup(
        '<figure class="chart map wide"><ul class="multiples">{}</ul>{}{}</figure>'
    ).format(Markup().join(items), hint(language), legend(name, title, every, classes, language))


def _alt(city: City, panel: Panel, areas: Sequence[Area], language: Language) -> str:
    say = language.text
    text = say(
        "Small map of {place} by census tract: {name}, {period}",
        place=city.name,
        name=language.of(panel.indicator.name),
        period=panel.observations[0].period.label if panel.observations else "",
    )
    sure = [area.value for area in areas if area.shown and area.quality != "too_weak"]
    if sure:
        low, high = language.percent(min(sure)), language.percent(max(sure))
        text += "; " + say(
            "from {low} to {high} where it is strong enough to act on", low=low, high=high
        )
    return str((text + ".").unescape())
