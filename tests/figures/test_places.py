"""A district is not a city, and a sentence says which it speaks of."""

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.figures.places import (
    in_place,
    name_and_scope,
    place_heading,
    place_name,
    scope,
    state_name,
)
from c2c_lib.findings import Finding
from c2c_lib.language import language


@pytest.mark.parametrize(
    ("slug", "name"),
    [("norwalk", "Norwalk"), ("east-hartford", "East Hartford"), ("connecticut", "Connecticut")],
)
def test_a_slug_has_a_plain_name(slug, name):
    assert place_name(slug) == name


EN = language("en")


@pytest.mark.parametrize(
    ("slug", "level", "words"),
    [
        ("stamford", "district", "Stamford public schools"),
        ("stamford", "town", "the city of Stamford"),
        ("stamford", "city", "the city of Stamford"),
        ("east-hartford", "town", "the town of East Hartford"),
        ("connecticut", "state", "Connecticut"),
    ],
)
def test_a_place_says_what_kind_it_is(slug, level, words):
    assert in_place(load_catalog().place(slug, level), EN) == words


@pytest.mark.parametrize(
    ("level", "words"),
    [("district", "Stamford public schools"), ("town", "Stamford, all residents")],
)
def test_a_column_says_whom_it_is_about(level, words):
    assert place_heading(load_catalog().place("stamford", level), EN) == words


@pytest.mark.parametrize("level", ["state", "district", "town", "city", "school", "tract"])
def test_every_level_has_its_words(level):
    assert str(scope(level, EN)).strip()


def _headings(built, identifier: str) -> str:
    found = built.soup.find("table", id=identifier)
    return found.get_text(" ", strip=True) if found else ""


def test_every_block_says_whether_it_is_the_schools_or_the_city(built):
    """Sentence, caption, alternative text and table name the same kind of place."""
    shown: list[Finding] = [f for f in built.card.findings.values() if f.headline is not None]
    seen = set()
    for finding in shown:
        block = built.soup.find("section", id=finding.id, class_="indicator")
        if block is None:
            continue
        where = in_place(finding.place, EN)
        parts = [block.find("p", class_="answer").get_text(), _headings(built, finding.id)]
        parts += [caption.get_text() for caption in block.find_all("caption")]
        parts += [picture["alt"] for picture in block.find_all("img")]
        for part in filter(None, parts):
            assert where in part, (finding.id, part)
        seen.add(finding.place.geo_level)
    assert {"district", "town"} <= seen


@pytest.mark.parametrize("table", ["outcomes", "widest-gaps", "old-figures", "hidden-groups"])
def test_tables_that_mix_both_say_it_in_every_row(built, table):
    rows = built.soup.find("table", id=table)
    if rows is None:
        assert table == "widest-gaps"
        return
    names = {str(name_and_scope(f.indicator, EN)): f for f in built.card.findings.values()}
    for row in rows.tbody.find_all("tr"):
        cells = [cell.get_text() for cell in row.find_all(["th", "td"])]
        named = cells[1] if table == "outcomes" else cells[0]
        assert named in names or named == "No public figure", named


def test_the_state():
    assert state_name() == "Connecticut"
