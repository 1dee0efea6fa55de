"""Two square tracts of one town, with figures, small enough to reason about by hand."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box


@pytest.fixture(scope="session")
def geo(project_root: Path) -> Path:
    """The folder of layers that ships."""
    return project_root / "geo"


@pytest.fixture
def two_tracts() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "tract_fips_2020": ["09001042500", "09001042600"],
            "tract_fips_2022": ["09190042500", "09190042600"],
            "town_fips_2020": ["0900156060"] * 2,
            "town_fips_2022": ["0919056060"] * 2,
            "town": ["norwalk"] * 2,
        },
        geometry=[box(-73.42, 41.1, -73.41, 41.11), box(-73.41, 41.1, -73.40, 41.11)],
        crs=4326,
    )


@pytest.fixture
def figures() -> pd.DataFrame:
    """Child poverty of the two tracts, under planning regions, in another order."""
    return pd.DataFrame(
        {
            "indicator": "child_poverty",
            "geo_level": "tract",
            "geo_id": ["09190042600", "09190042500"],
            "period": "2019-2023",
            "period_end": 2023,
            "dimension": "all",
            "group": "all",
            "estimate": [0.4, 0.1],
            "numerator": [40.0, 10.0],
            "denominator": [100.0, 100.0],
            "moe90": [0.05, 0.12],
            "status": "published",
            "source": "acs_tracts",
            "note": "",
        }
    )
