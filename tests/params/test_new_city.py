"""A new city's first file reads back, for every city whose figures ship."""

from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError
from c2c_lib.language import language
from c2c_lib.params import City, new_city_file, read_city

CATALOG = load_catalog()
CITIES = CATALOG.shipped[1:]


def written(folder: Path, slug: str) -> City:
    (folder / f"{slug}.yml").write_text(new_city_file(slug), encoding="utf-8")
    return read_city(folder / f"{slug}.yml")


@pytest.mark.parametrize("slug", CITIES)
def test_the_file_of_every_shipped_city_reads_back(tmp_path: Path, slug: str):
    city = written(tmp_path, slug)
    assert city.slug == slug
    assert city.name == CATALOG.place(slug, "town").name
    assert city.places.district == CATALOG.place(slug, "district").geo_id
    assert city.places.town == CATALOG.place(slug, "town").geo_id
    has_city = any(p.place == slug and p.geo_level == "city" for p in CATALOG.places)
    assert (city.places.city is not None) == has_city


@pytest.mark.parametrize("slug", CITIES)
def test_no_target_is_invented(tmp_path: Path, slug: str):
    assert written(tmp_path, slug).targets == []


def test_hartford_is_compared_with_its_reference_group(tmp_path: Path):
    hartford = written(tmp_path, "hartford")
    assert hartford.places.model_dump() == {
        "district": "0640011",
        "town": "0900337070",
        "city": "0937000",
    }
    assert hartford.peers == [
        "bridgeport",
        "new-britain",
        "new-haven",
        "new-london",
        "waterbury",
        "windham",
    ]


def test_the_frame_is_the_networks_seven_outcomes_in_their_order(tmp_path: Path):
    frame = written(tmp_path, "danbury").frame
    assert frame.id == "strivetogether"
    numbers = [
        CATALOG.outcome(outcome).strivetogether for s in frame.sections for outcome in s.outcomes
    ]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]


def test_indicators_are_put_first_by_their_role(tmp_path: Path):
    city = written(tmp_path, "meriden")
    assert {CATALOG.indicator(i).role for i in city.core} == {"core"}
    assert {CATALOG.indicator(i).role for i in city.contributing} == {"contributing"}
    context = [i.id for i in CATALOG.indicators.values() if i.role == "context"]
    assert not set(context) & {*city.core, *city.contributing}


def test_the_file_says_what_to_replace():
    head = [line for line in new_city_file("windham").splitlines() if line.startswith("#")]
    assert "Windham" in head[0]
    assert "Replace the partnership's name" in " ".join(head)


def test_its_words_have_their_spanish_already(tmp_path: Path):
    frame = written(tmp_path, "derby").frame
    words = [
        frame.intro,
        *(w for section in frame.sections for w in (section.name, section.sentence)),
    ]
    assert all(language("es").of(each) != each.en for each in words)
    assert "languages: [en, es]" in new_city_file("derby")


@pytest.mark.parametrize(
    ("slug", "near"),
    [
        ("hartfort", "'hartford'"),
        ("New Haven", "'new-haven'"),
        ("greenwich", ""),  # a town, but its figures do not ship
        ("connecticut", ""),  # the state is no city
        ("", ""),
    ],
)
def test_a_city_without_figures_is_refused(slug: str, near: str):
    with pytest.raises(InputError) as raised:
        new_city_file(slug)
    (problem,) = raised.value.problems
    assert problem.value == slug
    assert near in problem.remedy
    assert "hartford" in problem.allowed.split(", ")
