"""A steadier view: groups of tracts that can carry a figure where single tracts cannot."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
from markupsafe import Markup

from c2c_lib.catalog import Catalog, Indicator, parse_period
from c2c_lib.figures.maps.areas import QUALITIES, Area, areas_of
from c2c_lib.figures.maps.classes import MapClasses
from c2c_lib.figures.maps.drawing import draw_map
from c2c_lib.figures.maps.legend import legend
from c2c_lib.figures.maps.place_map import Ground, hint
from c2c_lib.figures.maps.table import rank_text
from c2c_lib.figures.number import derived
from c2c_lib.figures.table import Cell, Column, table
from c2c_lib.geography.ranks import rank_ranges
from c2c_lib.language import Language
from c2c_lib.observations.observation import Observation
from c2c_lib.params import City

__all__ = ["region_map"]


def region_map(
    city: City,
    indicator: Indicator,
    regions: gpd.GeoDataFrame,
    tracts: Ground,
    classes: MapClasses,
    language: Language,
    catalog: Catalog,
) -> Markup:
    """Return a share for groups of tracts, as HTML: what they are, a map and a table.

    Parameters
    ----------
    regions : GeoDataFrame
        From `c2c_lib.geography.merge_until_reliable` on a survey's shares of the city's tracts,
        in the order of the ground's shapes.
    tracts : Ground
        The tracts of which they are made up.
    classes : MapClasses
        Those of the map by tract.

    Notes
    -----
    Figures of groups are worked out here from those of tracts and stand in no download.
    """
    say = language.text
    observations = _observations(regions, tracts, indicator, city)
    if not observations:
        return Markup()
    names = _names(regions, language)
    areas = areas_of(names, observations, indicator, language, catalog)
    period = observations[0].period.label
    identifier = f"group-{indicator.id}".replace("_", "-")
    title = say("{name}, {period}", name=language.of(indicator.name), period=period)
    picture = draw_map(
        f"{identifier}-map",
        regions.geometry,
        areas,
        classes,
        tracts.around,
        language,
        alt=_alternative(city, indicator, areas, period, language),
        described_by=identifier,
    )
    shown = Markup('<figure class="chart map">{}{}{}</figure>').format(
        picture, hint(language), legend(f"{identifier}-map", title, areas, classes, language)
    )
    listed = _table(identifier, title, city, areas, regions, tracts, language)
    return Markup(
        '<section class="indicator"><h3>{}</h3><p>{}</p>{}<details><summary>{}</summary>{}'
        "</details></section>"
    ).format(
        say("What do groups of tracts show?"),
        _explained(regions, language),
        shown,
        say("Show the table: {title}", title=say("groups of tracts")),
        listed,
    )


def _names(regions: gpd.GeoDataFrame, language: Language) -> dict[str, str]:
    return {
        _code(number): str(language.text("Group {number}", number=number).unescape())
        for number in regions["region"]
    }


def _code(number: int) -> str:
    return f"group-{number}"


def _observations(
    regions: gpd.GeoDataFrame, tracts: Ground, indicator: Indicator, city: City
) -> list[Observation]:
    """Return the figures of the groups as a map takes them; they are in no table."""
    return [
        Observation(
            indicator=indicator.id,
            place=city.slug,
            geo_level=tracts.kind,
            geo_id=_code(row.region),
            period=parse_period(regions.attrs["period"]),
            dimension="all",
            group="all",
            estimate=_optional(row.estimate),
            numerator=_optional(row.numerator),
            denominator=_optional(row.denominator),
            moe90=_optional(row.moe90),
            status=row.status,
            source=indicator.sources[0],
            note="",
        )
        for row in regions.itertuples()
    ]


def _explained(regions: gpd.GeoDataFrame, language: Language) -> Markup:
    say = language.text
    parts = [
        say(
            "Where too few families were asked in one tract, neighbors are put together until "
            "their figure can be used with care: {tracts} tracts make {groups} groups.",
            tracts=language.number(int(regions["tracts"].sum())),
            groups=language.number(len(regions)),
        ),
        say(
            "The groups keep {kept} of the difference between tracts. They are drawn from the "
            "same figures that they show, so chance has a hand in them: read them beside the "
            "tracts, not instead.",
            kept=derived(language.percent(regions.attrs["kept"]), "kept"),
        ),
    ]
    return Markup(" ").join(parts)


def _alternative(
    city: City, indicator: Indicator, areas: Sequence[Area], period: str, language: Language
) -> str:
    text = language.text(
        "Map of {place} by groups of census tracts: {name}, {period}. Groups: {count}",
        place=city.name,
        name=language.of(indicator.name),
        period=period,
        count=len(areas),
    )
    values = [area.value for area in areas if area.shown]
    if values:
        low, high = language.percent(min(values)), language.percent(max(values))
        text += "; " + language.text("from {low} to {high}", low=low, high=high)
    return str((text + ".").unescape())


def _table(
    identifier: str,
    title: Markup,
    city: City,
    areas: Sequence[Area],
    regions: gpd.GeoDataFrame,
    tracts: Ground,
    language: Language,
) -> Markup:
    say = language.text
    shown = [i for i, area in enumerate(areas) if area.shown]
    order = sorted(shown, key=lambda i: (-areas[i].value, i))
    order += [i for i, area in enumerate(areas) if not area.shown]
    ranks = rank_ranges([areas[i].value for i in order], [areas[i].margin for i in order])
    columns = [
        Column(say("Group of tracts"), numeric=False),
        Column(say("Census tracts"), numeric=False),
        Column(say("Figure, %")),
        Column(say("Margin of error, ± points")),
        Column(say("Likely rank (1 is highest)"), whole=True),
        Column(say("Estimated, about"), whole=True),
        Column(say("Quality"), numeric=False),
    ]
    rows: list[list[Cell]] = []
    for place, i in enumerate(order):
        inside = list(regions["members"].iloc[i])
        members = ", ".join(tracts.shapes["number"].iloc[inside])
        numbers = _numbers(areas[i], language)
        rank = rank_text(ranks, place, language) if areas[i].shown else say("Not shown")
        quality = say(QUALITIES[areas[i].quality])
        rows.append([areas[i].name, members, *numbers[:2], rank, numbers[2], quality])
    caption = say(
        "Groups of census tracts in {place}, from highest to lowest; ranks that overlap are ties",
        place=city.name,
    )
    return table(identifier, Markup("{}. {}").format(title, caption), columns, rows)


def _numbers(area: Area, language: Language) -> list[Cell]:
    """Return figure, margin and count of a group, all of them worked out."""
    say = language.text
    found = area.observation
    if found is None or not area.shown or found.numerator is None or found.denominator is None:
        return [say("Not shown")] * 3
    count = say(
        "{part} of {whole}",
        part=language.number(found.numerator),
        whole=language.number(found.denominator),
    )
    return [
        derived(language.percent(area.value, 1), "group"),
        derived(language.number(area.margin * 100, 1), "group"),
        derived(count, "group"),
    ]


def _optional(value: float) -> float | None:
    return None if value != value else float(value)
