"""From files to a neighborhoods page: reads the store, the parameters and the layers."""

from __future__ import annotations

from functools import lru_cache, partial

import geopandas as gpd

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.maps.page import (
    ADULTS,
    CHILDREN,
    GROUPED,
    HEALTH,
    HOMES,
    MONEY,
    RACES,
    NeighborhoodsPage,
)
from c2c_lib.findings.segregation import Spread, spreads_of
from c2c_lib.geography import join_figures, layer, merge_until_reliable
from c2c_lib.language import language as read_language
from c2c_lib.params import City, load_city
from c2c_lib.reporting.cards import publishable_for, school_ground, site_figures, site_rules
from c2c_lib.reporting.grounds import tract_2010_ground, tract_ground
from c2c_lib.reporting.tract_classes import tract_classes

__all__ = ["neighborhoods_page"]


def neighborhoods_page(city: str, language: str = "en") -> NeighborhoodsPage:
    """Return the neighborhoods page of a city, ready to show section by section.

    Parameters
    ----------
    city : str
        Slug of a file in ``params/``.
    language : str
        Language of the page.

    Raises
    ------
    InputError
        If there is no such city, or its parameters do not fit ("did you mean").
    """
    parameters, catalog = load_city(city), load_catalog()
    table = publishable_for(site_rules())
    alone = (*MONEY, *CHILDREN, *ADULTS, *HOMES, *HEALTH)
    return NeighborhoodsPage(
        city=parameters,
        figures=site_figures(site_rules()),
        tracts=tract_ground(city),
        tracts_2010=tract_2010_ground(city),
        schools=school_ground(city, site_rules()),
        regions=partial(_regions, city),
        spreads=partial(_spreads, parameters.model_dump_json()),
        classes={
            **{name: tract_classes(table.frame, [name], catalog) for name in alone},
            "race": tract_classes(table.frame, RACES, catalog),
        },
        language=read_language(language),
    )


@lru_cache(maxsize=8)
def _regions(city: str) -> gpd.GeoDataFrame:
    """Return groups of a city's tracts that can carry a figure of their own."""
    frame = publishable_for(site_rules()).frame
    rows = frame[
        (frame["indicator"] == GROUPED)
        & (frame["geo_level"] == "tract")
        & (frame["dimension"] == "all")
    ]
    if rows.empty:
        return layer("tracts").iloc[:0]
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    joined = join_figures(layer("tracts"), rows)
    groups = merge_until_reliable(joined[joined["town"] == city].reset_index(drop=True))
    groups.attrs["period"] = rows["period"].iloc[0]
    return groups


@lru_cache(maxsize=8)
def _spreads(parameters: str) -> tuple[Spread, ...]:
    """Return the spreads of a city, worked out once for its pages in all languages."""
    city = City.model_validate_json(parameters)
    return spreads_of(city, publishable_for(site_rules()), load_catalog())
