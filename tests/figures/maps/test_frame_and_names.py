"""From the ground to the picture, and names that do not lie on one another."""

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from c2c_lib.figures.maps.frame import Frame, svg_path
from c2c_lib.figures.maps.names import Name, place_names
from c2c_lib.geography import layer
from support.examples import at_most


def square(left: float, bottom: float, right: float, top: float) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[box(left, bottom, right, top)], crs=2234)


def test_a_wide_city_fills_the_width_and_a_tall_one_the_height():
    wide = Frame.around(square(0, 0, 10_000, 5_000))
    assert (wide.feet, wide.height) == (11.0, 500)
    tall = Frame.around(square(0, 0, 5_000, 50_000))
    assert tall.height == 1250
    assert tall.feet == pytest.approx(44)
    assert tall.box.contains(square(0, 0, 5_000, 50_000).geometry[0])


def test_north_is_up_and_a_foot_is_as_long_up_as_across():
    frame = Frame.around(square(0, 0, 10_000, 5_000))
    (low,), (high,) = (frame.place(square(0, y, 1100, y + 1100)) for y in (0, 3000))
    assert low.centroid.y > high.centroid.y
    west, north, east, south = low.bounds
    assert (east - west, south - north) == (100, 100)


@pytest.mark.parametrize("city", ["bridgeport", "norwalk"])
def test_neighbours_still_meet_in_the_picture(city: str):
    frame = Frame.around(layer("towns", city))
    placed = frame.place(layer("tracts", city), coverage=True)
    whole = shapely.union_all(shapely.make_valid(placed))
    assert sum(shapely.area(placed)) == pytest.approx(whole.area, rel=1e-3)
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0


def test_path_with_a_hole_and_of_nothing():
    ring = box(0, 0, 90, 90).difference(box(30, 30, 60, 60))
    assert svg_path(ring).count("M") == svg_path(ring).count("z") == 2
    assert svg_path(box(0, 0, 0.2, 0.2)) == ""
    assert svg_path(shapely.LineString([(0, 0), (10, 0), (10, 5)])) == "M0 0h10v5"


texts = st.text("abcdefgh -", min_size=1, max_size=24).filter(lambda t: t.strip(" -"))
wishes = st.lists(st.tuples(texts, st.integers(0, 1000), st.integers(0, 1000)), max_size=15)


@settings(max_examples=at_most(30))
@given(wishes)
def test_no_name_lies_on_another_or_runs_out(wished):
    names = [Name(text, x, y) for text, x, y in wished]
    placed = place_names(names, 1000, 1000, [box(800, 900, 1000, 1000)])
    boxes = [p.box for p in placed]
    assert all(box(0, 0, 1000, 1000).contains(p.spaced_box) for p in placed)
    assert not any(b.intersects(box(800, 900, 1000, 1000)) for b in boxes)
    for i, first in enumerate(boxes):
        assert not any(first.intersects(other) for other in boxes[i + 1 :])


def test_a_name_at_the_edge_has_room_for_letters_that_readers_set_apart():
    # Of type of 34 units: 11 letters of 0.56 and, set apart, 0.12 more are 254 units wide.
    (placed,) = place_names([Name("Long Island Sound", 888, 500)], 1000, 1000)
    assert placed.lines == ("Long Island", "Sound")
    assert placed.x + 11 * (0.56 + 0.12) * 34 / 2 < 1000


def test_a_long_name_is_broken_and_a_town_stays_on_its_land():
    (placed,) = place_names([Name("Brooklawn-St. Vincent", 500, 500)], 1000, 1000)
    assert placed.lines == ("Brooklawn-", "St. Vincent")
    strip = box(0, 0, 100, 1000)
    assert place_names([Name("Stratford", 50, 500, "town", strip)], 1000, 1000) == []
