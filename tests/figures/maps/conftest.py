"""A made-up city of six squares in State Plane feet, with a neighbour and water."""

import geopandas as gpd
import pytest
from shapely import box

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.maps.backdrop import Surroundings
from c2c_lib.figures.maps.place_map import Ground
from c2c_lib.findings import Figures
from c2c_lib.privacy import Rules, publishable
from support.synthetic import row, table
from support.world import made_up_city

CATALOG = load_catalog()
POVERTY = CATALOG.indicator("child_poverty")
TRACTS = [
    p for p in CATALOG.places if p.geo_level == "tract" and p.parent == made_up_city().places.town
][:6]
MILE = 5280.0


def tract(number: int, cell, moe90=None) -> dict:
    place = TRACTS[number]
    values = row("2019-2023", cell, indicator="at_work", moe90=moe90)
    return values | {
        "indicator": POVERTY.id,
        "geo_level": "tract",
        "geo_id": place.geo_id,
        "source": POVERTY.sources[0],
    }


# A margin of 2.0 points is a coefficient of variation of 12.2 % of 10 %, of 4.0 one of 6 % of 40 %.
ROWS = [
    tract(0, (100, 1000), 0.02),
    tract(1, (400, 1000), 0.04),
    tract(2, (20, 1000), 0.03),
    tract(3, "suppressed_by_source"),
    tract(4, "not_applicable"),
]


@pytest.fixture
def ground() -> Ground:
    """Six squares of a mile side by side; the sea in the south, a town in the north."""
    squares = [box(i * MILE, 0, (i + 1) * MILE, 3 * MILE) for i in range(6)]
    shapes = gpd.GeoDataFrame(
        {"code": [p.geo_id for p in TRACTS], "name": [f"Tract {i}" for i in range(6)]},
        geometry=squares,
        crs=2234,
    )
    city = box(0, 0, 6 * MILE, 3 * MILE)
    north = box(-9 * MILE, 3 * MILE, 15 * MILE, 9 * MILE)
    south = box(-9 * MILE, -9 * MILE, 15 * MILE, 0)
    around = Surroundings(
        outline=gpd.GeoDataFrame({"name": ["Home"]}, geometry=[city], crs=2234),
        towns=gpd.GeoDataFrame({"name": ["Home", "North"]}, geometry=[city, north], crs=2234),
        water=gpd.GeoDataFrame({"name": ["Sound"]}, geometry=[south], crs=2234),
        places=shapes.iloc[:2].assign(name=["Old Town", "Hill & Dale"]),
    )
    return Ground("tract", shapes, around)


def figures_of(*rows: dict):
    """The rows of the made-up city after the privacy gate, as a page gets them."""
    figures = Figures(publishable(table(rows), Rules(), CATALOG), CATALOG)
    return figures.tracts(POVERTY, made_up_city().places.town)
