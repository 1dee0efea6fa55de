"""Does it depend on where a child lives? A map by census tract, and the table beneath it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator, Place
from c2c_lib.figures.image import image
from c2c_lib.figures.language import Language, mark
from c2c_lib.figures.map import MapText, choropleth, map_svg
from c2c_lib.figures.number import figure
from c2c_lib.figures.sentences import hidden_reason
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.geography import tract_quality
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = ["neighborhoods_section"]

_WORDS = {
    "strong": mark("Strong"),
    "use_with_care": mark("Use with care"),
    "too_weak": mark("Too weak to act on"),
}


def neighborhoods_section(
    city: City,
    indicator: Indicator,
    tracts: Sequence[Observation],
    shapes: gpd.GeoDataFrame,
    outline: gpd.GeoDataFrame,
    breaks: Sequence[float],
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return sentence, map and ranked table of one indicator by census tract.

    Parameters
    ----------
    tracts : sequence of Observation
        Every tract of the city, shown or not, of one period.
    shapes, outline : GeoDataFrame
        The tracts with their figures joined, and the city's outline.
    breaks : sequence of float
        Class limits, the same for all cities.
    """
    period = tracts[0].period.label
    name = language.of(indicator.name)
    shown = [o for o in tracts if o.shown]
    words = [_quality(o) for o in shown]
    weak = words.count("too_weak")
    text = MapText(
        title=str(language.text("{name}, {period}", name=name, period=period)),
        first=str(language.text("{high}% or less", high="{high}")),
        between=str(language.text("{low} to {high}%", low="{low}", high="{high}")),
        last=str(language.text("{low}% or more", low="{low}")),
        weak=str(language.text("too weak to act on")),
        not_shown=str(language.text("not shown: too few")),
        mile=str(language.text("{n} mile", n="{n}")),
        miles=str(language.text("{n} miles", n="{n}")),
    )
    alt = str(
        language.text(
            "Map of {place} by census tract: {name}, {period}. {count} tracts; the share runs "
            "from {low} to {high}; {weak} tracts are too weak to act on.",
            place=city.name,
            name=name,
            period=period,
            count=len(tracts),
            low=language.percent(min(o.value for o in shown)),
            high=language.percent(max(o.value for o in shown)),
            weak=weak,
        ).unescape()
    )
    caption = Markup("<strong>{}</strong> {}").format(
        language.text("{name} in {place}, {period}.", name=name, place=city.name, period=period),
        language.text(
            "The classes are the same for all cities. Hatched tracts are too weak to act on."
        ),
    )
    picture = image(
        map_svg(choropleth(shapes, outline, breaks, text)),
        f"{city.slug}-{indicator.id}-map",
        alt,
        caption,
        described_by="tracts",
    )
    return Markup("\n").join(
        [_sentence(city, shown, words, language), picture, _table(city, tracts, language, catalog)]
    )


def _quality(observation: Observation) -> str:
    margin = math.nan if observation.moe90 is None else observation.moe90
    return tract_quality(observation.value, margin)


def _sentence(
    city: City, shown: Sequence[Observation], words: Sequence[str], language: Language
) -> Markup:
    weak = language.text(
        "{weak} of {count} census tracts in {place} have a margin of error so wide that their "
        "figure is too weak to act on: do not rank or single out those.",
        weak=words.count("too_weak"),
        count=len(shown),
        place=city.name,
    )
    sure = [o for o, word in zip(shown, words, strict=True) if word != "too_weak"]
    if not sure:
        return Markup("<p>{}</p>").format(weak)
    low, high = min(sure, key=lambda o: o.value), max(sure, key=lambda o: o.value)
    spread = language.text(
        "Among the tracts that can be told apart, the share runs from {low} to {high}.",
        low=figure(low, "share", language),
        high=figure(high, "share", language),
    )
    return Markup("<p>{} {}</p>").format(spread, weak)


def _table(
    city: City, tracts: Sequence[Observation], language: Language, catalog: Catalog
) -> Markup:
    names: Mapping[str, Place] = {p.place: p for p in catalog.places if p.geo_level == "tract"}
    columns = [
        Column(language.text("Census tract"), numeric=False),
        Column(language.text("Figure, %")),
        Column(language.text("Margin of error, ± points")),
        Column(language.text("Counted, about")),
        Column(language.text("Quality"), numeric=False),
    ]
    ranked = sorted(tracts, key=lambda o: (not o.shown, -(o.estimate or 0.0), o.geo_id))
    rows = [_row(o, names[o.place].name.split(",")[0], language, catalog) for o in ranked]
    caption = language.text(
        "Census tracts of {place} from highest to lowest; ranks closer than their margins of "
        "error are ties",
        place=city.name,
    )
    return table("tracts", caption, columns, rows)


def _row(observation: Observation, name: str, language: Language, catalog: Catalog) -> list[Cell]:
    if not observation.shown:
        reason = hidden_reason(observation, catalog.source(observation.source), language)
        nothing = language.text("Not shown")
        return [name, reason, nothing, nothing, language.text("Not shown")]
    margin: Cell = language.text("Not given")
    if observation.moe90 is not None:
        margin = figure(observation, "share", language, digits=1, field="moe90")
    counted: Cell = language.text("No count")
    if observation.numerator is not None and observation.denominator is not None:
        counted = language.text(
            "{part} of {whole}",
            part=figure(observation, "count", language, field="numerator"),
            whole=figure(observation, "count", language, field="denominator"),
        )
    return [
        name,
        figure(observation, "share", language, digits=1),
        margin,
        counted,
        language.text(_WORDS[_quality(observation)]),
    ]
