"""Whether neighbouring areas are alike, in plain words beside a map and in its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog
from c2c_lib.figures.maps.areas import Area
from c2c_lib.figures.number import derived
from c2c_lib.geography.clusters import Clusters, find_clusters
from c2c_lib.language import Language, mark

__all__ = ["CLUSTER_SHORT", "cluster_sentence", "clusters_of", "patterns_sentence", "with_clusters"]

CLUSTER_SHORT: Final = {
    "high_high": mark("High, among high neighbors"),
    "low_low": mark("Low, among low neighbors"),
    "high_low": mark("High, among low neighbors"),
    "low_high": mark("Low, among high neighbors"),
    "not_distinct": mark("Not distinct"),
    "": mark("Not tested"),
}
"""What an area is among its neighbours, for a cell of a table."""

_PATTERNS: Final = {
    "clustered": mark(
        "Areas that touch tend to be alike, more than chance would bring: high ones lie near "
        "high ones, and low ones near low ones."
    ),
    "scattered": mark("Areas that touch differ from one another more than chance would bring."),
    "chance": mark(
        "High and low areas lie mixed: those that touch are no more alike than chance would "
        "bring. Wide margins of error can hide a pattern."
    ),
    "too_few": mark("Too few areas have a figure to say whether high and low ones lie together."),
}


def clusters_of(
    areas: Sequence[Area], shapes: gpd.GeoDataFrame, catalog: Catalog
) -> Clusters | None:
    """Return whether and where areas are alike; None for figures that nobody counted or asked.

    A model that is made partly from poverty and race would only say again that these lie
    together.
    """
    sources = {a.observation.source for a in areas if a.observation is not None}
    if not sources or not all(catalog.source(source).sampled for source in sources):
        return None
    return find_clusters([a.value for a in areas], shapes.geometry, [a.id for a in areas])


def cluster_sentence(found: Clusters, language: Language) -> Markup:
    """Return what the test of the whole map says, and what stands out."""
    say = language.text
    parts = [say(_PATTERNS[found.pattern])]
    if found.pattern != "too_few":
        parts.append(
            Markup("({})").format(
                derived(
                    say(
                        "Moran’s I {value}, p {p}, {areas} areas",
                        value=language.number(found.moran, 2),
                        p=_p_value(found.p_value, language),
                        areas=found.areas,
                    ),
                    "moran",
                )
            )
        )
    if found.pattern == "clustered":
        count = int(found.distinct.sum())
        parts.append(
            language.plural(
                "{count} area stands out among its neighbors; the table says how.",
                "{count} areas stand out among their neighbors; the table says how.",
                count,
            )
            if count
            else say("No single area stands out by itself.")
        )
    return Markup('<p class="clusters">{}</p>').format(Markup(" ").join(parts))


def with_clusters(areas: Sequence[Area], found: Clusters, language: Language) -> list[Area]:
    """Return the areas whose words also say how they stand out."""
    return [
        replace(area, words=f"{area.words}; {language.text(CLUSTER_SHORT[str(where)]).unescape()}")
        if distinct
        else area
        for area, where, distinct in zip(areas, found.where, found.distinct, strict=True)
    ]


def patterns_sentence(found: Sequence[tuple[str, Clusters]], language: Language) -> Markup:
    """Return which of several figures are clustered, for small maps side by side.

    Parameters
    ----------
    found : sequence of (name, Clusters)
    """
    say = language.text
    names = {
        pattern: language.list([n for n, each in found if each.pattern == pattern])
        for pattern in _PATTERNS
    }
    parts = []
    if names["clustered"]:
        parts.append(
            say(
                "More than chance would bring, areas that touch are alike in: {names}.",
                names=names["clustered"],
            )
        )
    if names["scattered"]:
        parts.append(
            say(
                "More than chance would bring, areas that touch differ in: {names}.",
                names=names["scattered"],
            )
        )
    if names["chance"]:
        parts.append(
            say(
                "Areas that touch are no more alike than chance would bring in: {names}.",
                names=names["chance"],
            )
        )
    if names["too_few"]:
        parts.append(say("Too few areas have a figure to say: {names}.", names=names["too_few"]))
    return Markup('<p class="clusters">{}</p>').format(Markup(" ").join(parts))


def _p_value(p: float, language: Language) -> str:
    least = 0.001
    if p < least:
        return f"< {language.number(least, 3)}"
    return f"= {language.number(p, 3)}"
