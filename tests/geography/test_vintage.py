"""Which code system a code belongs to."""

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.geography.vintage import code_vintage, vintages


@pytest.mark.parametrize(
    ("code", "vintage"),
    [
        ("09001070100", "county-2020"),
        ("09015900000", "county-2020"),
        ("0900980070", "county-2020"),
        ("09110400101", "planning-region-2022"),
        ("09190042500", "planning-region-2022"),
        ("0914080070", "planning-region-2022"),
        ("9001070100", ""),  # the leading zero is lost: it only looks like a town
        ("36001070100", ""),  # New York
        ("09002070100", ""),  # no such county
        ("09001", ""),  # a county itself
        ("0900107010x", ""),
        ("", ""),
    ],
)
def test_code_vintage(code: str, vintage: str):
    assert code_vintage(code) == vintage


def test_every_place_of_the_catalog_has_the_vintage_it_claims():
    every = [p for p in load_catalog().places if p.geo_level in ("town", "tract")]
    # 2010 tracts have codes like those of 2020 under counties; only the list tells them apart.
    old = [p for p in every if p.vintage == "county-2010"]
    assert {code_vintage(p.geo_id) for p in old} == {"county-2020"}
    places = [p for p in every if p.vintage != "county-2010"]
    assert len(places) == 169 + 879  # towns, and 2020 tracts with land, of Connecticut
    assert {code_vintage(p.geo_id) == p.vintage for p in places} == {True}
    others = {code_vintage(code) for p in places for code in p.other_ids}
    assert others == {"county-2020", "planning-region-2022"}


def test_vintages_keeps_every_code():
    assert vintages(["0900108070", "x", "0900156060"]) == {
        "county-2020": ["0900108070", "0900156060"],
        "": ["x"],
    }
