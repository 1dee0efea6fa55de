"""Whether neighbours are alike, on a board of squares."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import box

from c2c_lib.geography.clusters import FEWEST_AREAS, find_clusters

WIDE, HIGH = 8, 5
SQUARES = gpd.GeoSeries([box(x, y, x + 1, y + 1) for x in range(WIDE) for y in range(HIGH)])
CODES = [f"{x}{y}" for x in range(WIDE) for y in range(HIGH)]
X = np.array([x for x in range(WIDE) for _ in range(HIGH)], dtype=float)
Y = np.array([y for _ in range(WIDE) for y in range(HIGH)], dtype=float)


def test_a_slope_is_clustered_at_both_ends():
    found = find_clusters(X + Y / 10, SQUARES, CODES)
    assert (found.pattern, found.areas) == ("clustered", WIDE * HIGH)
    assert set(found.where[X.max() == X]) == {"high_high"}
    assert set(found.where[X == 0]) == {"low_low"}
    assert "not_distinct" in found.where[X == WIDE // 2]
    assert found.distinct.sum() == np.isin(found.where, ["high_high", "low_low"]).sum()


def test_stripes_are_scattered():
    # Of the eight neighbours of a square six lie in the stripes beside its own.
    found = find_clusters(X % 2, SQUARES, CODES)
    assert found.pattern == "scattered"
    assert found.moran < 0


def test_what_lies_at_random_is_put_down_to_chance():
    dealt = np.random.default_rng(3).permutation(len(CODES)).astype(float)
    found = find_clusters(dealt, SQUARES, CODES)
    assert found.pattern == "chance"
    assert not found.distinct.any()


@pytest.mark.parametrize("known", [0, FEWEST_AREAS - 1])
def test_a_few_areas_say_nothing(known: int):
    values = np.where(np.arange(len(CODES)) < known, X, np.nan)
    found = find_clusters(values, SQUARES, CODES)
    assert (found.pattern, found.areas) == ("too_few", known)
    assert np.isnan(found.moran)
    assert set(found.where) == {""}


def test_the_same_figures_give_the_same_answer():
    first, again = (find_clusters(X + Y, SQUARES, CODES) for _ in range(2))
    assert first.p_value == again.p_value
    assert first.where.tolist() == again.where.tolist()
