"""Does it depend on where a child lives? A map by census tract, and the table beneath it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator, Place
from c2c_lib.figures.hidden import hidden_reason
from c2c_lib.figures.image import image
from c2c_lib.figures.map import MapText, choropleth, map_svg
from c2c_lib.figures.number import figure
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.geography import tract_quality
from c2c_lib.language import Language, mark
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
    if not tracts:
        return Markup("<p>{}</p>").format(
            language.text("There are no figures by census tract for {place}.", place=city.name)
        )
    sure = [o for o in tracts if o.shown and _quality(o) != "too_weak"]
    ends = (min(sure, key=_value), max(sure, key=_value)) if sure else None
    picture = image(
        map_svg(choropleth(shapes, outline, breaks, _map_text(indicator, tracts, language))),
        f"{city.slug}-{indicator.id}-map",
        _alt(city, indicator, tracts, ends, language),
        _caption(city, indicator, tracts, language),
        described_by="tracts",
    )
    parts = [
        _sentence(city, tracts, ends, language),
        picture,
        _table(city, tracts, language, catalog),
    ]
    return Markup("\n").join(part for part in parts if part)


def _value(observation: Observation) -> float:
    return observation.value


def _weak(tracts: Sequence[Observation]) -> int:
    return sum(o.shown and _quality(o) == "too_weak" for o in tracts)


def _map_text(indicator: Indicator, tracts: Sequence[Observation], language: Language) -> MapText:
    name, period = language.of(indicator.name), tracts[0].period.label
    return MapText(
        title=str(language.text("{name}, {period}", name=name, period=period)),
        first=str(language.text("{high}% or less", high="{high}")),
        between=str(language.text("{low} to {high}%", low="{low}", high="{high}")),
        last=str(language.text("{low}% or more", low="{low}")),
        weak=str(language.text("too weak to act on")),
        not_shown=str(language.text("not shown: too few")),
        mile=str(language.text("{n} mile", n="{n}")),
        miles=str(language.text("{n} miles", n="{n}")),
    )


def _alt(
    city: City,
    indicator: Indicator,
    tracts: Sequence[Observation],
    ends: tuple[Observation, Observation] | None,
    language: Language,
) -> str:
    """Return the map in words, with the numbers of the sentence above it."""
    text = language.text(
        "Map of {place} by census tract: {name}, {period}. {count} tracts",
        place=city.name,
        name=language.of(indicator.name),
        period=tracts[0].period.label,
        count=len(tracts),
    )
    if ends is not None:
        text += "; " + language.text(
            "from {low} to {high} where it is strong enough to act on",
            low=language.percent(ends[0].value),
            high=language.percent(ends[1].value),
        )
    weak = _weak(tracts)
    if weak:
        text += "; " + language.text("too weak to act on: {weak}", weak=weak)
    return str((text + ".").unescape())


def _caption(
    city: City, indicator: Indicator, tracts: Sequence[Observation], language: Language
) -> Markup:
    """Name what the fills mean, each only where it is drawn."""
    sentences = [
        Markup("<strong>{}</strong>").format(
            language.text(
                "{name} in {place}, {period}.",
                name=language.of(indicator.name),
                place=city.name,
                period=tracts[0].period.label,
            )
        ),
        language.text("The classes are the same for all cities."),
    ]
    if _weak(tracts):
        sentences.append(language.text("Hatched tracts are too weak to act on."))
    if not all(o.shown for o in tracts):
        sentences.append(language.text("Dotted tracts are not shown."))
    return Markup(" ").join(sentences)


def _quality(observation: Observation) -> str:
    margin = math.nan if observation.moe90 is None else observation.moe90
    return tract_quality(observation.value, margin)


def _sentence(
    city: City,
    tracts: Sequence[Observation],
    ends: tuple[Observation, Observation] | None,
    language: Language,
) -> Markup:
    sentences = []
    if ends is not None:
        low, high = ends
        sentences.append(
            language.text(
                "Where the figure is strong enough to act on, the share runs from {low} to {high}.",
                low=figure(low, "share", language),
                high=figure(high, "share", language),
            )
        )
    weak = _weak(tracts)
    if weak:
        sentences.append(
            language.text(
                "In {weak} of {count} census tracts in {place}, the margin of error is very wide. "
                "Those figures are too weak to act on, so do not rank or single them out.",
                weak=weak,
                count=len(tracts),
                place=city.name,
            )
        )
    return Markup("<p>{}</p>").format(Markup(" ").join(sentences)) if sentences else Markup()


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
    rows = [_row(o, _name(names[o.place], language), language, catalog) for o in ranked]
    caption = language.text(
        "Census tracts of {place} from highest to lowest; ranks closer than their margins of "
        "error are ties",
        place=city.name,
    )
    return table("tracts", caption, columns, rows)


def _name(place: Place, language: Language) -> str:
    """Return a tract's name; what stands before its number is translated."""
    words, _, number = place.name.split(",")[0].rpartition(" ")
    if words != "Census Tract":
        return place.name.split(",")[0]
    return str(language.text("Census Tract {number}", number=number))


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
