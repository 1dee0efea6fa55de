"""The classes of the maps by census tract are those of the cities, and of no other place."""

import pandas as pd

from c2c_lib.catalog import load_catalog
from c2c_lib.params import load_cities
from c2c_lib.reporting.tract_classes import tract_classes


def tracts(count: int, *, inside: bool) -> list[str]:
    """Return codes of tracts in the cities, or of tracts elsewhere."""
    towns = {city.places.town for city in load_cities().values()}
    places = [p for p in load_catalog().places if p.geo_level == "tract"]
    return [p.geo_id for p in places if (p.parent in towns) == inside][:count]


def rows(codes: list[str], values: list[float], year: int = 2023) -> list[dict]:
    return [
        {
            "geo_level": "tract", "geo_id": code, "dimension": "all", "indicator": "child_poverty",
            "period_end": year, "estimate": value,
        }
        for code, value in zip(codes, values, strict=True)
    ]  # fmt: skip


def test_only_the_newest_figures_of_the_cities_count() -> None:
    values = [0.02, 0.05, 0.11, 0.16, 0.21, 0.27, 0.33, 0.38, 0.46, 0.60]
    own = tracts(10, inside=True)
    frame = pd.DataFrame(
        [
            *rows(own, values),
            *rows(own, [0.9] * 10, year=2022),
            *rows(tracts(10, inside=False), [0.8] * 10),
        ]
    )
    found = tract_classes(frame, ["child_poverty"], load_catalog())
    assert found.breaks == (0.095, 0.195, 0.295, 0.395)  # as `map_classes` has them by hand
