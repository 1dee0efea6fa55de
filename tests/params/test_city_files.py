"""The four city files: the partnerships' own frames, no target of our making."""

from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog, parse_period
from c2c_lib.language import language
from c2c_lib.params import City, load_cities, load_city

CATALOG = load_catalog()
FOUR = ("bridgeport", "norwalk", "stamford", "waterbury")


@pytest.fixture(scope="module")
def cities(project_root: Path) -> dict[str, City]:
    return load_cities(project_root / "params")


def test_there_are_the_four_cities(cities: dict[str, City]):
    assert tuple(cities) == FOUR


@pytest.mark.parametrize(
    ("slug", "partnership", "backbone"),
    [
        ("bridgeport", "Bridgeport Prospers", "Bridgeport Prospers"),
        ("norwalk", "Norwalk ACTS", "Norwalk ACTS"),
        ("stamford", "Stamford Cradle to Career", "United Way of Western Connecticut"),
        ("waterbury", "Waterbury Bridge to Success", "Waterbury Bridge to Success"),
    ],
)
def test_each_names_who_answers_for_it(
    cities: dict[str, City], slug: str, partnership: str, backbone: str
):
    assert cities[slug].partnership.name == partnership
    assert cities[slug].partnership.backbone == backbone


def test_stamford_follows_six_outcomes(cities: dict[str, City]):
    # Stamford Cradle to Career: "six outcomes along the cradle to career continuum".
    names = [section.name.en for section in cities["stamford"].frame.sections]
    assert names == [
        "Infant health and development",
        "Kindergarten readiness",
        "Early grade reading",
        "Transition to middle school",
        "Transition to high school",
        "Transition to postsecondary, college and career",
    ]


def test_norwalk_has_four_initiatives(cities: dict[str, City]):
    names = [section.name.en for section in cities["norwalk"].frame.sections]
    assert names == [
        "Prenatal to 3rd Grade",
        "Out of School Time",
        "Social Emotional Health",
        "College & Workforce Readiness",
    ]


def test_bridgeport_works_toward_economic_mobility_by_2030(cities: dict[str, City]):
    frame = cities["bridgeport"].frame
    last = frame.sections[-1]
    for words in (frame.intro, last.name):
        assert "economic mobility by 2030" in words.en.casefold()
        assert "movilidad económica para 2030" in language("es").of(words).casefold()
    assert "economic_mobility" in last.outcomes


def test_waterbury_has_four_directions(cities: dict[str, City]):
    names = [section.name.en for section in cities["waterbury"].frame.sections]
    assert names == [
        "Early literacy",
        "Social-emotional skills",
        "On-time graduation",
        "Postsecondary and career access",
    ]


@pytest.mark.parametrize("slug", FOUR)
def test_no_target_is_invented(cities: dict[str, City], slug: str):
    assert cities[slug].targets == []


@pytest.mark.parametrize("slug", FOUR)
def test_the_frame_is_the_citys_own(cities: dict[str, City], slug: str):
    assert cities[slug].frame.id == slug


@pytest.mark.parametrize("slug", FOUR)
def test_every_outcome_of_the_network_has_a_section(cities: dict[str, City], slug: str):
    seven = {o.id for o in CATALOG.outcomes.values() if o.strivetogether}
    assert seven <= set(cities[slug].outcomes)


@pytest.mark.parametrize("slug", FOUR)
def test_an_outcome_stands_in_one_section(cities: dict[str, City], slug: str):
    listed = [outcome for section in cities[slug].frame.sections for outcome in section.outcomes]
    assert len(set(listed)) == len(listed)
    assert cities[slug].outcomes == tuple(listed)


@pytest.mark.parametrize("slug", FOUR)
def test_what_is_put_first_belongs_to_an_outcome_of_the_city(cities: dict[str, City], slug: str):
    city = cities[slug]
    for name in (*city.core, *city.contributing):
        indicator = CATALOG.indicator(name)
        assert set(indicator.outcomes) & set(city.outcomes), name
        assert city.frame.id in indicator.frames, name


@pytest.mark.parametrize("slug", FOUR)
def test_the_catalog_and_the_city_agree_on_what_the_frame_holds(cities: dict[str, City], slug: str):
    city = cities[slug]
    for indicator in CATALOG.indicators.values():
        if set(indicator.outcomes) & set(city.outcomes):
            assert city.frame.id in indicator.frames, indicator.id


@pytest.mark.parametrize("slug", FOUR)
def test_peers_are_the_rest_of_the_reference_group(cities: dict[str, City], slug: str):
    (group,) = (members for members in CATALOG.peer_groups.values() if slug in members)
    assert set(cities[slug].peers) <= set(group) - {slug}
    assert len(cities[slug].peers) >= 5


@pytest.mark.parametrize("slug", FOUR)
def test_the_baseline_is_the_last_whole_year_before_the_pandemic(
    cities: dict[str, City], slug: str
):
    assert parse_period(cities[slug].baseline).label == "2018-19"


@pytest.mark.parametrize("slug", FOUR)
def test_small_numbers_are_hidden_at_least_as_the_state_does(cities: dict[str, City], slug: str):
    # EdSight, as documented by CTData: fewer than 6 counted or fewer than 20 in the group.
    rules = cities[slug].privacy
    assert rules.minimum_numerator >= 6
    assert rules.minimum_denominator >= 20


@pytest.mark.parametrize("slug", FOUR)
def test_every_sentence_is_there_in_both_languages(project_root: Path, slug: str):
    city = load_city(slug, project_root / "params")
    assert city.languages == ["en", "es"]
    for words in (city.frame.intro, *(section.sentence for section in city.frame.sections)):
        spanish = language("es").of(words)
        assert words.en.endswith(".")
        assert spanish.endswith(".")
        assert spanish != words.en


def test_an_indicator_stands_under_the_first_of_its_outcomes_that_the_city_follows():
    catalog = load_catalog()
    degree = catalog.indicator("adults_bachelors")  # economic mobility, then completion
    assert load_city("norwalk").home_outcome(degree) == "economic_mobility"
    without = load_city("norwalk").model_copy(deep=True)
    section = without.frame.sections[-1]
    section.outcomes.remove("economic_mobility")
    assert without.home_outcome(degree) == "postsecondary_completion"
    section.outcomes.remove("postsecondary_completion")
    assert without.home_outcome(degree) is None
