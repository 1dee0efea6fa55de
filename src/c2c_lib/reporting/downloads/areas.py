"""The newest figures by census tract and neighborhood: one row per area, as table and as map."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from c2c_lib.catalog import Catalog
from c2c_lib.figures.maps.areas import QUALITIES, quality_of
from c2c_lib.geography import layer
from c2c_lib.geography.local_names import tract_local_names
from c2c_lib.language import Language, mark
from c2c_lib.observations.observation import Observation, observations_of
from c2c_lib.observations.schema import COLUMNS, Column
from c2c_lib.privacy import Publishable

__all__ = ["FIGURE_FIELDS", "AreaTable", "area_tables", "feature_collection", "write_geojson"]

FIGURE_FIELDS: Final = (
    "estimate",
    "moe90",
    "numerator",
    "denominator",
    "period",
    "status",
    "quality",
    "source",
    "note",
)
"""What every figure of an area is told by; the estimate's column has the indicator's own name."""

_NUMBERS: Final = ("estimate", "moe90", "numerator", "denominator")
_DIGITS: Final = 6
"""Decimals of a degree, about 4 inches; RFC 7946 advises against more."""
_LAYERS: Final = {
    "tracts": ("tract", "tract_fips_2022"),
    "tracts_2010": ("tract", "tract_fips_2010"),
    "neighborhoods": ("neighborhood", "geo_id"),
}
"""Level of the figures and code column of each layer that has some."""
_CODES: Final = (
    Column(
        "tract_fips_2022",
        "str",
        mark("Tract code from 2022"),
        mark("Code of the census tract under planning regions: figures of 2022 and later."),
    ),
    Column(
        "tract_fips_2020",
        "str",
        mark("Tract code to 2021"),
        mark("Code of the same tract under counties: figures of 2020 and 2021."),
    ),
    Column(
        "tract_fips_2010",
        "str",
        mark("Tract code of 2010"),
        mark("Code of the tract as it was drawn in 2010, under counties: figures to 2019."),
    ),
    Column("geo_id", "str", mark("Place code"), mark("Code of the neighborhood in all tables.")),
    Column("name", "str", mark("Name"), mark("Name of the area.")),
    Column(
        "part_of_city",
        "str",
        mark("Part of the city"),
        mark("Neighborhood or ZIP area in which most of it lies; empty where none has most."),
        required=False,
    ),
    Column("town", "str", mark("City"), mark("Short name of the city.")),
    Column(
        "town_fips_2022", "str", mark("City code from 2022"), mark("Code under planning regions.")
    ),
    Column("town_fips_2020", "str", mark("City code to 2021"), mark("Code under counties.")),
)
_QUALITY: Final = Column(
    "quality",
    "str",
    mark("How sure"),
    mark(
        "strong, use_with_care or too_weak by the margin of error; no_margin where the publisher "
        "gives none; hidden or missing where there is no figure."
    ),
    categories=tuple(QUALITIES),
)
_FIGURE_COLUMNS: Final = {column.name: column for column in (*COLUMNS, _QUALITY)}


@dataclass(frozen=True, eq=False)
class AreaTable:
    """One layer of areas with their newest figures.

    Attributes
    ----------
    name : str
        ``tracts``, ``tracts_2010`` or ``neighborhoods``.
    code : str
        The column that names an area.
    columns : tuple of Column
        What every column but the shape holds, in words of the language.
    frame : GeoDataFrame
        One row per area in the order of the layer, in longitude and latitude.
    """

    name: str
    code: str
    columns: tuple[Column, ...]
    frame: gpd.GeoDataFrame

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north, in degrees."""
        west, south, east, north = (round(float(e), _DIGITS) for e in self.frame.total_bounds)
        return west, south, east, north

    @property
    def sources(self) -> set[str]:
        """Ids of the reports that its figures come from."""
        names = [c.name for c in self.columns if c.name.endswith("_source")]
        return {source for name in names for source in self.frame[name]} - {""}

    @property
    def table(self) -> pd.DataFrame:
        """The rows without their shapes."""
        return pd.DataFrame(self.frame[[column.name for column in self.columns]])


def area_tables(
    table: Publishable, city: str, catalog: Catalog, language: Language
) -> tuple[AreaTable, ...]:
    """Return the newest figures of a city's areas, for each layer that the city has.

    Parameters
    ----------
    table : Publishable
        What the privacy gate let through; nothing else can be written.
    city : str
        Slug of the city.
    catalog : Catalog
        Names what was measured.
    language : Language
        Of titles and descriptions.

    Returns
    -------
    tuple of AreaTable
        2020 tracts (with both codes), tracts of 2010, and neighborhoods where the city has any.
        A figure is the newest that was drawn up on these areas: that of 2010 tracts may be
        older than, or the same indicator as, that of 2020 tracts. Where an area has no row in
        that period its status is ``not_collected``.
    """
    found = []
    frame = table.frame
    for name, (level, code) in _LAYERS.items():
        inside = _codes(catalog, city, level)
        rows = frame[(frame["geo_level"] == level) & frame["geo_id"].isin(inside)]
        # A table of other places needs no boundaries.
        if len(rows) and city in set(layer(name)["town"]):
            shapes = _shapes(name, city)
            own = rows[rows["geo_id"].isin(shapes[code])]
            found.append(_area_table(name, shapes, own, catalog, language))
    return tuple(found)


def _codes(catalog: Catalog, city: str, level: str) -> set[str]:
    towns = {p.geo_id for p in catalog.places if p.geo_level == "town" and p.place == city}
    return {p.geo_id for p in catalog.places if p.geo_level == level and p.parent in towns}


def _area_table(
    name: str,
    shapes: gpd.GeoDataFrame,
    rows: pd.DataFrame,
    catalog: Catalog,
    language: Language,
) -> AreaTable:
    code = _LAYERS[name][1]
    columns = [column.said(language) for column in _CODES if column.name in shapes]
    values: dict[str, Any] = {}
    for key, found in _newest(rows):
        base, described = _described(key, found, catalog, language)
        columns += described
        for field in FIGURE_FIELDS:
            name_of = base if field == "estimate" else f"{base}_{field}"
            cells = [_value(found.get(area), field, catalog) for area in shapes[code]]
            values[name_of] = pd.Series(
                cells, shapes.index, dtype="float64" if field in _NUMBERS else "str"
            )
    ids = shapes[[column.name for column in _CODES if column.name in shapes]]
    data = pd.concat([ids, pd.DataFrame(values, index=shapes.index)], axis=1)
    whole = gpd.GeoDataFrame(data, geometry=shapes.geometry, crs=shapes.crs)
    return AreaTable(name, code, tuple(columns), whole)


@lru_cache(maxsize=8)
def _shapes(name: str, city: str) -> gpd.GeoDataFrame:
    """Return the areas with the codes of both versions, also of the city that they lie in."""
    shapes = layer(name, city)
    town = layer("towns", city).iloc[0]
    local = tract_local_names(city) if name == "tracts" else {}
    added = {"town_fips_2020": town["town_fips_2020"], "town_fips_2022": town["town_fips_2022"]}
    if name == "tracts":
        added["part_of_city"] = [local.get(code, "") for code in shapes["tract_fips_2022"]]
    return shapes.assign(**added)


def _newest(
    rows: pd.DataFrame,
) -> Iterator[tuple[tuple[str, str, str], dict[str, Observation]]]:
    """Yield, for each indicator and group, its figures of the newest period by area."""
    for key, found in rows.groupby(["indicator", "dimension", "group"], sort=True):
        newest = found[found["period_end"] == found["period_end"].max()]
        last = newest[newest["period"] == newest["period"].max()]
        slugs = {(level, code): code for level, code in last[["geo_level", "geo_id"]].to_numpy()}
        figures = observations_of(last, slugs)
        yield (str(key[0]), str(key[1]), str(key[2])), {o.geo_id: o for o in figures}


def _described(
    key: tuple[str, str, str],
    found: dict[str, Observation],
    catalog: Catalog,
    language: Language,
) -> tuple[str, list[Column]]:
    """Return the name of an indicator's columns, and what each of them holds."""
    indicator, dimension, group = key
    title = language.of(catalog.indicator(indicator).name)
    base = indicator
    if dimension != "all":
        members = {member.id: member.name for member in catalog.dimensions[dimension].groups}
        title = f"{title} ({language.of(members[group])})"
        base = f"{indicator}_{group}"
    period = next(iter(found.values())).period.label
    described = []
    for field in FIGURE_FIELDS:
        column = _FIGURE_COLUMNS[field].said(language)
        described.append(
            replace(
                column,
                name=base if field == "estimate" else f"{base}_{field}",
                title=f"{title}, {period}: {column.title}",
                required=field in ("status", "quality"),
            )
        )
    return base, described


def _value(observation: Observation | None, field: str, catalog: Catalog) -> str | float:
    if field == "quality":
        return quality_of(observation, catalog)
    if observation is None:
        return {"status": "not_collected"}.get(field, math.nan if field in _NUMBERS else "")
    if field == "period":
        return observation.period.label
    value = getattr(observation, field)
    return math.nan if value is None else value


def feature_collection(area: AreaTable, name: str) -> dict[str, Any]:
    """Return areas as GeoJSON (RFC 7946).

    Longitude and latitude of WGS 84 without a ``crs`` member, outer rings counterclockwise and
    holes clockwise, a bounding box, and null where there is no value.

    Parameters
    ----------
    area : AreaTable
        From `area_tables`.
    name : str
        What desktop GIS calls the layer.
    """
    shapes = shapely.orient_polygons(area.frame.geometry.to_numpy(), exterior_cw=False)
    table = area.table
    names = [str(name) for name in table]
    rows = [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]
    features = [
        {
            "type": "Feature",
            "id": row[area.code],
            "properties": {key: _json_value(value) for key, value in row.items()},
            "geometry": _geometry(shape),
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]
    box = list(area.box)
    return {"type": "FeatureCollection", "name": name, "bbox": box, "features": features}


def write_geojson(file: Path, area: AreaTable, name: str) -> None:
    """Write areas as GeoJSON, a feature in a line."""
    collection = feature_collection(area, name)
    lines = [json.dumps(f, ensure_ascii=False, allow_nan=False) for f in collection["features"]]
    head = json.dumps({**collection, "features": []}, ensure_ascii=False)
    file.write_text(
        head.removesuffix("[]}") + "[\n" + ",\n".join(lines) + "\n]}\n", encoding="utf-8"
    )


def _json_value(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def _geometry(shape: shapely.Geometry) -> dict[str, Any]:
    plain = shapely.geometry.mapping(shape)
    return {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(float(coordinates), _DIGITS)
    return [_rounded(part) for part in coordinates]
