"""The classes of the maps by census tract: one set for a figure, on every page of every city."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from c2c_lib.catalog import Catalog
from c2c_lib.figures.maps.classes import MapClasses, map_classes
from c2c_lib.params import load_cities

__all__ = ["tract_classes"]


def tract_classes(frame: pd.DataFrame, names: Sequence[str], catalog: Catalog) -> MapClasses:
    """Return classes pooled over the newest figures of the census tracts of all cities.

    Parameters
    ----------
    frame : DataFrame
        Rows of the table of figures that may be published.
    names : sequence of str
        Ids of the indicators that share the classes, all in one unit.
    """
    towns = {city.places.town for city in load_cities().values()}
    inside = {p.geo_id for p in catalog.places if p.geo_level == "tract" and p.parent in towns}
    rows = frame[
        (frame["geo_level"] == "tract")
        & (frame["dimension"] == "all")
        & frame["geo_id"].isin(inside)
        & frame["indicator"].isin(names)
    ]
    newest = rows["period_end"] == rows.groupby("indicator")["period_end"].transform("max")
    values = rows.loc[newest, "estimate"].dropna().tolist()
    return map_classes(values, catalog.indicator(names[0]).unit)
