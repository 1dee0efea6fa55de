"""The catalog is asked for an entry by its id, and answers a wrong one with the nearest."""

import pytest

from c2c_lib.catalog import Catalog, load_catalog
from c2c_lib.errors import InputError


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda c: c.indicator("graduation_4y"), "graduation_4yr"),
        (lambda c: c.outcome("early_reading"), "early_grade_reading"),
        (lambda c: c.dimension("race"), ""),
        (lambda c: c.dimension("gendre"), "gender"),
        (lambda c: c.source("acs_tract"), "acs_tracts"),
        (lambda c: c.group("gender", "femal"), "female"),
        (lambda c: c.place("brigeport", "district"), "bridgeport"),
        (lambda c: c.slug("city", "090800"), "0908000"),
    ],
)
def test_a_wrong_id_is_answered_with_the_nearest_right_one(catalog: Catalog, ask, near: str):
    with pytest.raises(InputError) as raised:
        ask(catalog)
    (problem,) = raised.value.problems
    assert problem.what.startswith("unknown ")
    assert problem.value
    if near:
        assert f"'{near}'" in problem.remedy
    else:
        assert "race_ethnicity" in problem.allowed


def test_a_place_is_asked_for_by_slug_and_level(catalog: Catalog):
    district, town = catalog.place("norwalk", "district"), catalog.place("norwalk", "town")
    assert (district.geo_id, town.geo_id) == ("1030011", "0900156060")
    assert catalog.slug("district", "1030011") == catalog.slug("town", "0900156060") == "norwalk"
    with pytest.raises(InputError, match="place at level city"):
        catalog.place("ansonia", "city")


def test_a_group_is_asked_for_by_dimension(catalog: Catalog):
    assert catalog.group("race_ethnicity", "two_or_more").name.en == "Two or more races"
    with pytest.raises(InputError, match="unknown group of gender"):
        catalog.group("gender", "two_or_more")
