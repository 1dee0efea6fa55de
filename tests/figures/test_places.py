"""A district is not a city, and a sentence says which it speaks of."""

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.language import language
from c2c_lib.figures.places import in_place, place_name, state_name


@pytest.mark.parametrize(
    ("slug", "name"),
    [("norwalk", "Norwalk"), ("east-hartford", "East Hartford"), ("connecticut", "Connecticut")],
)
def test_a_slug_has_a_plain_name(slug, name):
    assert place_name(slug) == name


@pytest.mark.parametrize(
    ("level", "words"),
    [("district", "Stamford public schools"), ("town", "Stamford"), ("city", "Stamford")],
)
def test_a_place_says_when_it_is_the_schools(level, words):
    assert in_place(load_catalog().place("stamford", level), language("en")) == words


def test_the_state():
    assert state_name() == "Connecticut"
