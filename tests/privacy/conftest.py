"""Small tables of observations, written as counts."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pytest

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.observations import sort_observations

Counts = tuple[float, float]
Cell = Counts | str
Table = Callable[..., pd.DataFrame]

ALL = ("all", "all")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def table() -> Table:
    """Make one table from ``{(dimension, group): (numerator, denominator) or a status}``."""

    def make(cells: Mapping[tuple[str, str], Cell], **columns: object) -> pd.DataFrame:
        rows = []
        for (dimension, group), cell in cells.items():
            hidden = isinstance(cell, str)
            x, n = (np.nan, np.nan) if hidden else cell
            rows.append(
                {
                    "indicator": "graduation_4yr",
                    "geo_level": "district",
                    "geo_id": "0150011",
                    "period": "2018-19",
                    "period_end": 2019,
                    "dimension": dimension,
                    "group": group,
                    "estimate": np.nan if hidden else (x / n if n else 0.0),
                    "numerator": x,
                    "denominator": n,
                    "status": cell if hidden else "published",
                    "source": "edsight_graduation_4yr",
                    "note": "",
                    **columns,
                }
            )
        return sort_observations(pd.DataFrame(rows))

    return make


@pytest.fixture(scope="session")
def cell() -> Callable[[pd.DataFrame, str, str], pd.Series]:
    """Return the one row of a dimension and group."""

    def find(frame: pd.DataFrame, dimension: str, group: str) -> pd.Series:
        found = frame[(frame["dimension"] == dimension) & (frame["group"] == group)]
        assert len(found) == 1
        return found.iloc[0]

    return find
