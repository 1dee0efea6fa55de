"""Invariants over the whole catalog that ships: ids, words, breaks, terms, places."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest
import yaml
from pydantic import BaseModel

from c2c_lib.catalog import Catalog, Localized, load_catalog, parse_period
from c2c_lib.language import language

CATALOG = load_catalog()

KINDERGARTEN = (
    "language",
    "literacy",
    "numeracy",
    "personal_social",
    "physical_motor",
    "creative",
)
INDICATORS = (
    *(f"kindergarten_{domain}_level3" for domain in KINDERGARTEN),
    *(f"kindergarten_{domain}_level1" for domain in KINDERGARTEN),
    "grade3_ela_proficient",
    "grade8_math_proficient",
    "graduation_4yr",
    "postsecondary_entrance_1yr",
    "postsecondary_persistence_year2",
    "chronic_absence",
    "suspension",
    "ninth_grade_on_track",
    "ela_performance_index",
    "math_performance_index",
    "science_performance_index",
    "low_birthweight",
    "late_or_no_prenatal_care",
    "infant_mortality",
    "adults_bachelors",
    "adults_associates",
    "youth_16_19_not_enrolled_not_working",
    "employment_25_54",
    "unemployment_rate",
    "child_poverty",
)
# What a rising figure means, from the indicator's plain meaning.
LOWER_IS_BETTER = {
    *(f"kindergarten_{domain}_level1" for domain in KINDERGARTEN),
    "chronic_absence",
    "suspension",
    "low_birthweight",
    "late_or_no_prenatal_care",
    "infant_mortality",
    "youth_16_19_not_enrolled_not_working",
    "unemployment_rate",
    "child_poverty",
    "child_low_income",
    "young_child_poverty",
    "children_uninsured",
    "poverty",
    "low_income",
    "housing_cost_burden",
    "housing_cost_burden_rent_or_mortgage",
    "adults_no_diploma",
    *(f"kindergarten_{domain}_level1_historic" for domain in KINDERGARTEN),
    "student_homelessness",
    "poverty_exposure",
    "school_poverty_exposure",
    "adults_uninsured",
    "adults_asthma",
    "adults_smoking",
    "adults_diabetes",
    "teen_birth_rate",
    "adults_just_getting_by",
    "adults_food_insecure",
    "adults_housing_insecure",
}
GROUPS = {
    "all": {"all"},
    "race_ethnicity": {
        "american_indian",
        "asian",
        "black",
        "hispanic",
        "pacific_islander",
        "two_or_more",
        "white",
    },
    "gender": {"female", "male"},
    "economic_status": {"free_meals", "reduced_meals", "free_or_reduced_meals", "not_eligible"},
    "english_learner": {"english_learner", "not_english_learner"},
    "disability": {"with_disabilities", "without_disabilities"},
    "high_needs": {"high_needs", "not_high_needs"},
}
# Connecticut State Department of Education, District Reference Groups, June 2006.
REFERENCE_GROUPS = {
    "H": "Ansonia, Danbury, Derby, East Hartford, Meriden, Norwalk, Norwich, Stamford, West Haven",
    "I": "Bridgeport, Hartford, New Britain, New Haven, New London, Waterbury, Windham",
}
FORBIDDEN = re.compile(
    r"\bminorit(?:y|ies)\b|\bfailing\b|\bbehind\b|\bable-bodied\b|\bOther\b|\blow-performing\b"
    r"|\bat[- ]risk\b|\bdisadvantaged\b"
)
FORBIDDEN_ES = re.compile(r"\bminorías?\b|\bminusválid|\brezagad|\bfracasad", re.IGNORECASE)
ES = language("es")
BOUND = "Behind every data point is a child"

INDICATOR_CASES = [pytest.param(i, id=i.id) for i in CATALOG.indicators.values()]
SOURCE_CASES = [pytest.param(s, id=s.id) for s in CATALOG.sources.values()]
DIMENSION_CASES = [pytest.param(d, id=d.id) for d in CATALOG.dimensions.values()]


def localized(entry: object, where: str) -> Iterator[tuple[str, Localized]]:
    """Yield all words of an entry, however deep they lie, with where they stand."""
    if isinstance(entry, Localized):
        yield where, entry
    elif isinstance(entry, BaseModel):
        name = getattr(entry, "id", None)
        for field in type(entry).model_fields:
            yield from localized(getattr(entry, field), f"{name or where}.{field}")
    elif isinstance(entry, tuple):
        for item in entry:
            yield from localized(item, where)


def every_word(catalog: Catalog) -> list[tuple[str, Localized]]:
    parts = (catalog.frames, catalog.outcomes, catalog.indicators, catalog.dimensions)
    entries = chain(*(part.values() for part in (*parts, catalog.sources)))
    return [found for entry in entries for found in localized(entry, "")]


def test_every_indicator_that_the_card_needs_is_there():
    assert set(INDICATORS) - CATALOG.indicators.keys() == set()


@pytest.mark.parametrize("dimension", GROUPS)
def test_every_group_that_the_card_needs_is_there(dimension: str):
    assert {group.id for group in CATALOG.dimension(dimension).groups} == GROUPS[dimension]


def test_every_grade_has_a_group():
    grades = [group.id for group in CATALOG.dimension("grade").groups]
    numbered = [f"grade_{number}" for number in range(1, 13)]
    assert grades == ["pre_kindergarten", "kindergarten", *numbered]


def test_the_seven_outcomes_of_the_network_are_there_once_each():
    found = {o.strivetogether: o.id for o in CATALOG.outcomes.values() if o.strivetogether}
    assert found == {
        1: "kindergarten_readiness",
        2: "early_grade_reading",
        3: "middle_grade_math",
        4: "high_school_graduation",
        5: "postsecondary_enrollment",
        6: "postsecondary_completion",
        7: "employment",
    }


def test_each_city_has_its_own_frame_beside_the_networks():
    assert set(CATALOG.frames) == {
        "strivetogether",
        "bridgeport",
        "stamford",
        "norwalk",
        "waterbury",
    }


@pytest.mark.parametrize("indicator", INDICATOR_CASES)
def test_an_indicator_asks_a_question_in_both_languages(indicator):
    assert indicator.question.en.endswith("?")
    spanish = ES.of(indicator.question)
    assert spanish.endswith("?")
    # A Spanish question also begins with its mark, perhaps after a few words.
    assert "¿" in spanish


@pytest.mark.parametrize("outcome", CATALOG.outcomes.values(), ids=lambda o: o.id)
def test_an_outcome_asks_a_question_in_both_languages(outcome):
    assert outcome.question.en.endswith("?")
    assert re.search(r"¿.*\?$", ES.of(outcome.question))


@pytest.mark.parametrize("indicator", INDICATOR_CASES)
def test_an_indicator_defines_itself_in_whole_sentences(indicator):
    for words in (indicator.definition, indicator.limits):
        assert words.en.endswith(".")
        assert ES.of(words).endswith(".")
    # People and predicate stand in the middle of a sentence.
    for words in (indicator.people, indicator.predicate):
        assert not words.en.endswith(".")
        assert not ES.of(words).endswith(".")


@pytest.mark.parametrize("indicator", INDICATOR_CASES)
def test_an_indicator_names_each_frame_outcome_and_source_once(indicator):
    for named in (indicator.frames, indicator.outcomes, indicator.sources):
        assert named
        assert len(set(named)) == len(named)


@pytest.mark.parametrize("frame", CATALOG.frames)
def test_every_frame_has_an_indicator_for_each_of_the_seven_outcomes(frame: str):
    served = {o for i in CATALOG.indicators.values() if frame in i.frames for o in i.outcomes}
    assert {o.id for o in CATALOG.outcomes.values() if o.strivetogether} <= served


@pytest.mark.parametrize("indicator", INDICATOR_CASES)
def test_polarity_is_what_the_figure_means(indicator):
    if indicator.polarity != "neutral":
        assert (indicator.polarity == "lower_is_better") == (indicator.id in LOWER_IS_BETTER)
    assert indicator.role == "context" or indicator.polarity != "neutral"


def test_no_two_indicators_ask_the_same_question_under_one_name():
    names = [indicator.name.en for indicator in CATALOG.indicators.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("indicator", INDICATOR_CASES)
def test_breaks_read_and_say_why(indicator):
    for entry in indicator.breaks:
        assert bool(entry.period) == (entry.kind != "not_over_time")
        if entry.period:
            assert parse_period(entry.period).label == entry.period
        assert entry.note.en.endswith(".")
        assert ES.of(entry.note).endswith(".")
    keys = [(b.kind, b.period, b.dimension, b.places) for b in indicator.breaks]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("indicator", INDICATOR_CASES)
def test_breaks_of_one_indicator_do_not_contradict_each_other(indicator):
    for period in {b.period for b in indicator.breaks if b.period}:
        kinds = [b.kind for b in indicator.breaks if b.period == period and not b.dimension]
        # A year without a figure is compared with nothing and begins nothing.
        assert kinds == ["not_collected"] or "not_collected" not in kinds, period


@pytest.mark.parametrize(
    ("indicator", "kind", "period"),
    [
        # No state tests in spring 2020; the school year was cut short in March 2020.
        ("grade3_ela_proficient", "not_collected", "2019-20"),
        ("grade8_math_proficient", "not_collected", "2019-20"),
        ("chronic_absence", "not_comparable", "2019-20"),
        ("suspension", "not_comparable", "2019-20"),
        ("suspension", "not_comparable", "2020-21"),
        # The 2020 one-year survey failed; the Census Bureau released no standard estimates.
        ("employment_25_54", "not_collected", "2020"),
        # Public Act 23-208: five years old by September 1 from fall 2024 on.
        ("kindergarten_literacy_level3", "new_series", "2024-25"),
        # The science test of the Next Generation Science Standards.
        ("science_performance_index", "new_series", "2018-19"),
    ],
)
def test_the_breaks_that_everyone_knows_are_there(indicator: str, kind: str, period: str):
    breaks = [(b.kind, b.period) for b in CATALOG.indicator(indicator).breaks]
    assert (kind, period) in breaks


@pytest.mark.parametrize("source", SOURCE_CASES)
def test_a_source_has_terms_a_licence_and_files(source):
    assert source.terms.en.endswith(".")
    known = {"PDDL-1.0", "ODC-By-1.0", "public-record", "public-domain", "publisher-terms"}
    assert source.licence in known
    # Terms of a publisher's own do not clearly let others pass its figures on.
    assert source.redistributable == (source.licence != "publisher-terms")
    assert source.files
    assert date.fromisoformat(source.retrieved) > date(2010, 1, 1)
    for pattern in source.files:
        assert not pattern.startswith(("/", ".")), pattern
        assert "/" in pattern, pattern
    assert source.suppression.en.endswith(".")
    assert ES.of(source.suppression).endswith(".")


def test_every_source_serves_an_indicator():
    used = {source for i in CATALOG.indicators.values() for source in i.sources}
    assert used == set(CATALOG.sources)


def test_two_reports_do_not_read_the_same_files():
    patterns = [
        pattern
        for source in CATALOG.sources.values()
        for pattern in source.files
        if source.id != "csde_accountability_schools"  # other rows of the districts' file
    ]
    assert len(set(patterns)) == len(patterns)


def test_the_census_samples_and_the_schools_count():
    sampled = {source.id for source in CATALOG.sources.values() if source.sampled}
    census = {s.id for s in CATALOG.sources.values() if s.publisher == "US Census Bureau"}
    assert census <= sampled
    assert {s.partition("_")[0] for s in sampled - census} == {"urban", "datahaven"}
    urban = {"employment", "preschool", "hs_diploma", "income", "digital_access"}
    # Made from the Census Bureau's survey; the others from counts, scores and a model.
    assert {f"urban_{name}" for name in urban} <= sampled
    assert not {"urban_homelessness", "urban_learning_rate", "urban_school_poverty"} & sampled


@pytest.mark.parametrize("dimension", DIMENSION_CASES)
def test_labels_and_ids_are_unique_within_a_dimension(dimension):
    ids = [group.id for group in dimension.groups]
    assert len(set(ids)) == len(ids)
    labels = [label for group in dimension.groups for label in group.labels]
    assert len(set(labels)) == len(labels)
    for group in dimension.groups:
        assert group.labels, group.id


def test_only_all_children_and_grades_are_compared_with_nobody():
    assert {d.id for d in CATALOG.dimensions.values() if not d.gaps} == {"all", "grade"}


def test_only_overlapping_groups_are_no_partition():
    # Free, reduced, and the two together: the third contains the others. Students without a
    # home are given without the others.
    overlapping = {d.id for d in CATALOG.dimensions.values() if not d.partition}
    assert overlapping == {"all", "economic_status", "homelessness"}


def test_no_words_that_belittle():
    english = {where: words.en.replace(BOUND, "") for where, words in every_word(CATALOG)}
    assert [where for where, text in english.items() if FORBIDDEN.search(text)] == []
    spanish = {where: ES.of(words) for where, words in every_word(CATALOG)}
    assert [where for where, text in spanish.items() if FORBIDDEN_ES.search(text)] == []


def test_the_search_for_words_sees_all_of_the_catalog():
    text = " ".join(words.en for _, words in every_word(CATALOG))
    for group in CATALOG.dimension("race_ethnicity").groups:
        assert group.people.en in text
    assert "There were no state tests in spring 2020." in text
    assert FORBIDDEN.search("The Other students are falling behind.")
    assert not FORBIDDEN.search(f"{BOUND}, and others follow.".replace(BOUND, ""))


def test_whole_sentences_are_translated_and_end_alike():
    sentences = [(where, w) for where, w in every_word(CATALOG) if w.en.endswith((".", "?"))]
    assert len(sentences) > 100
    for where, words in sentences:
        spanish = ES.of(words)
        assert spanish != words.en, where
        assert spanish[-1] == words.en[-1], where


@pytest.mark.parametrize(
    ("level", "form", "count"),
    [
        ("state", r"09", 1),
        ("district", r"\d{7}", None),
        # State and county of 2020, then the county subdivision; 169 towns in Connecticut.
        ("town", r"09(001|003|005|007|009|011|013|015)\d{5}", 169),
        ("city", r"09\d{5}", None),
        # 2020 tracts under the nine planning regions of 2022, and 829 tracts of 2010 under
        # the counties: the Census lists without the water ones.
        ("tract", r"09(1[1-9]0|0(0[13579]|1[135]))\d{6}", 879 + 829),
    ],
)
def test_every_place_id_has_the_right_form(level: str, form: str, count: int | None):
    places = [place for place in CATALOG.places if place.geo_level == level]
    assert [p.geo_id for p in places if not re.fullmatch(form, p.geo_id)] == []
    assert len({p.geo_id for p in places}) == len({p.place for p in places}) == len(places)
    assert count is None or len(places) == count


def test_every_place_lies_in_one_that_exists():
    ids = {place.geo_id for place in CATALOG.places}
    for place in CATALOG.places:
        assert place.parent in ids or place.place == "connecticut", place.place


@pytest.mark.parametrize("group", REFERENCE_GROUPS)
def test_peers_are_the_states_reference_groups(group: str):
    names = [CATALOG.place(slug, "town").name for slug in CATALOG.peer_groups[group]]
    assert ", ".join(names) == REFERENCE_GROUPS[group]


def test_a_peer_is_in_one_group_and_has_a_district_and_a_town():
    members = [slug for group in CATALOG.peer_groups.values() for slug in group]
    assert set(CATALOG.peer_groups) == set(REFERENCE_GROUPS)
    assert len(set(members)) == len(members) == 16
    for slug in members:
        assert CATALOG.place(slug, "district").geo_id.endswith("0011")  # town-run districts
        assert CATALOG.place(slug, "town").geo_id.startswith("09")


@pytest.mark.parametrize(
    ("slug", "district", "town", "city"),
    [
        # Census places: Bridgeport 08000, Norwalk 55990, Stamford 73000, Waterbury 80000.
        ("bridgeport", "0150011", "0900108070", "0908000"),
        ("norwalk", "1030011", "0900156060", "0955990"),
        ("stamford", "1350011", "0900173070", "0973000"),
        ("waterbury", "1510011", "0900980070", "0980000"),
    ],
)
def test_the_four_cities_have_their_publishers_codes(
    slug: str, district: str, town: str, city: str
):
    found = [CATALOG.place(slug, level).geo_id for level in ("district", "town", "city")]
    assert found == [district, town, city]


def test_what_ships_is_the_state_and_the_members_of_the_groups():
    expected = {"connecticut"} | {slug for m in CATALOG.peer_groups.values() for slug in m}
    assert set(CATALOG.shipped) == expected
    assert CATALOG.shipped[0] == "connecticut"
    assert list(CATALOG.shipped[1:]) == sorted(CATALOG.shipped[1:])


def test_no_data_file_has_a_key_twice(project_root):
    # A second key of one name would silently take the place of the first.
    for file in sorted((project_root / "src/c2c_lib/catalog/data").glob("*.yml")):
        stack = [yaml.compose(file.read_text(encoding="utf-8"))]
        while stack:
            node = stack.pop()
            if isinstance(node, yaml.MappingNode):
                keys = [key.value for key, _ in node.value]
                assert len(set(keys)) == len(keys), f"{file.name}:{node.start_mark.line + 1}"
                stack += [value for _, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                stack += node.value
