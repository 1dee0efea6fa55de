"""Neighborhoods: the same name in two cities, names with a city, unknown ones."""

import pytest

from c2c_lib.sources.names import Names
from c2c_lib.sources.neighborhoods import find_neighborhood, neighborhoods_of


@pytest.mark.parametrize(
    ("city", "name", "found"),
    [
        ("Bridgeport", "Downtown", "bridgeport-downtown"),
        ("Stamford", "Downtown", "stamford-downtown"),
        ("Stamford", "Downtown Stamford", "stamford-downtown"),
        ("Stamford", "Stamford_South End", "stamford-south-end"),
        ("Stamford", "North Stamford", "stamford-north-stamford"),
        ("Bridgeport", "Brooklawn-St. Vincent", "bridgeport-brooklawn-st-vincent"),
    ],
)
def test_found(names: Names, city: str, name: str, found: str):
    known = neighborhoods_of(names.catalog)
    place = find_neighborhood(known, city, name, "x.csv:2", names)
    assert place is not None
    assert place.geo_id == found
    assert list(names.problems) == []


def test_the_neighborhood_of_another_city_is_unknown(names: Names):
    known = neighborhoods_of(names.catalog)
    assert find_neighborhood(known, "Bridgeport", "Shippan", "x.csv:2", names) is None
    (problem,) = names.problems
    assert (problem.where, problem.value) == ("x.csv:2", "Shippan")
    assert "Black Rock" in problem.allowed


def test_only_cities_with_outlines_have_neighborhoods(names: Names):
    known = neighborhoods_of(names.catalog)
    assert sorted(known) == ["Bridgeport", "Stamford"]
    assert {len({p.geo_id for p in places.values()}) for places in known.values()} == {13}
