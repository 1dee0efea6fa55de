"""Entries of the catalog are strict: what does not fit is refused with the reason."""

from typing import Any

import pytest
from pydantic import ValidationError

from c2c_lib.catalog.models import (
    Break,
    Dimension,
    Indicator,
    Localized,
    Outcome,
    Place,
    Source,
)

TEXT = {"en": "Some words", "es": "Unas palabras"}
INDICATOR: dict[str, Any] = {
    "id": "in_the_choir",
    "outcomes": ["music"],
    "frames": ["strivetogether"],
    "role": "core",
    "unit": "share",
    "polarity": "higher_is_better",
    "level": "district",
    "sources": ["choir_list"],
    **dict.fromkeys(
        (
            "name",
            "question",
            "people",
            "predicate",
            "definition",
            "numerator",
            "denominator",
            "limits",
        ),
        TEXT,
    ),
}
SOURCE: dict[str, Any] = {
    "id": "choir_list",
    "publisher": "The choir",
    "title": "Who sings",
    "short": TEXT,
    "url": "https://choir.example/list",
    "retrieved": "2024-02-29",
    "licence": "PDDL-1.0",
    "terms": "Free to use.",
    "suppression": TEXT,
    "files": ["choir/*.csv"],
}


def reasons(error: ValidationError) -> dict[str, str]:
    """Return the messages by the key at which they stand."""
    return {".".join(map(str, detail["loc"])): detail["msg"] for detail in error.errors()}


def test_words_are_given_by_language():
    words = Localized.model_validate(TEXT)
    assert (words.en, words.own("en"), words.own("es")) == (
        "Some words",
        "Some words",
        "Unas palabras",
    )
    assert words.own("pt") is None


def test_a_string_is_english_words():
    assert Localized.model_validate(" Some words\n") == Localized(en="Some words")
    assert str(Localized(en="Some words")) == "Some words"


@pytest.mark.parametrize("key", ["EN", "es_US", "spanish", "model_dump"])
def test_a_key_that_is_no_language_is_refused(key: str):
    with pytest.raises(ValidationError, match=f"language is '{key}'"):
        Localized.model_validate({**TEXT, key: "Words"})


@pytest.mark.parametrize(
    ("words", "where"),
    [({"es": "Unas"}, "en"), ({"en": ""}, "en"), ({"en": "A", "es": " "}, "es"), ("", "en")],
)
def test_empty_words_and_words_without_english_are_refused(words: object, where: str):
    with pytest.raises(ValidationError) as raised:
        Localized.model_validate(words)
    assert list(reasons(raised.value)) == [where]


def test_space_around_words_is_cut():
    assert Localized(en=" Some words\n", es="Unas").en == "Some words"


def test_an_indicator_has_no_breaks_unless_it_says_so():
    assert Indicator.model_validate(INDICATOR).breaks == ()


@pytest.mark.parametrize("key", sorted(INDICATOR))
def test_every_key_of_an_indicator_is_needed(key: str):
    with pytest.raises(ValidationError) as raised:
        Indicator.model_validate({k: v for k, v in INDICATOR.items() if k != key})
    assert reasons(raised.value) == {key: "Field required"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "In the choir"),
        ("id", "2nd_choir"),
        ("outcomes", []),
        ("frames", []),
        ("sources", []),
        ("role", "main"),
        ("unit", "percent"),
        ("polarity", "up"),
        ("level", "county"),
        ("colour", "blue"),
    ],
)
def test_a_wrong_value_is_named_by_its_key(key: str, value: object):
    with pytest.raises(ValidationError) as raised:
        Indicator.model_validate({**INDICATOR, key: value})
    assert [where.split(".")[0] for where in reasons(raised.value)] == [key]


def test_an_entry_cannot_be_changed():
    indicator = Indicator.model_validate(INDICATOR)
    with pytest.raises(ValidationError, match="frozen"):
        indicator.unit = "index"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"kind": "new_series", "period": "2018-20"}, "expected to be a school year"),
        ({"kind": "new_series"}, "expected to name one"),
        ({"kind": "not_comparable"}, "expected to name one"),
        ({"kind": "not_collected"}, "expected to name one"),
        ({"kind": "not_over_time", "period": "2018-19"}, "expected to have none"),
        ({"kind": "not_comparable", "period": "2018-19", "source": "x"}, "only a break of kind"),
        ({"kind": "moved", "period": "2018-19"}, "'new_series'"),
    ],
)
def test_a_break_says_what_its_kind_needs(entry: dict[str, str], reason: str):
    with pytest.raises(ValidationError, match=reason):
        Break.model_validate({**entry, "note": TEXT})


def test_a_break_without_a_place_or_a_dimension_is_for_all():
    entry = Break.model_validate({"kind": "new_series", "period": "2018-19", "note": TEXT})
    assert (entry.dimension, entry.places, entry.source) == ("", (), "")


@pytest.mark.parametrize("number", [0, 8])
def test_the_network_has_seven_outcomes(number: int):
    outcome = {"id": "x", "name": TEXT, "question": TEXT, "context": TEXT}
    assert Outcome.model_validate({**outcome, "strivetogether": 7}).strivetogether == 7
    with pytest.raises(ValidationError):
        Outcome.model_validate({**outcome, "strivetogether": number})


def test_a_dimension_has_groups():
    with pytest.raises(ValidationError) as raised:
        Dimension.model_validate({"id": "x", "name": TEXT, "partition": True, "groups": []})
    assert list(reasons(raised.value)) == ["groups"]


@pytest.mark.parametrize(
    ("level", "right", "wrong"),
    [
        ("state", "09", "9"),
        ("district", "0150011", "150011"),
        ("town", "0900108070", "900108070"),
        ("city", "0908000", "08000"),
        ("tract", "09120070100", "9120070100"),
    ],
)
def test_a_place_code_keeps_its_leading_zeros(level: str, right: str, wrong: str):
    place = {"geo_level": level, "place": "bridgeport", "name": "Bridgeport"}
    assert Place.model_validate({**place, "geo_id": right}).geo_id == right
    with pytest.raises(ValidationError, match=f"geo_id is '{wrong}', but the code of a {level}"):
        Place.model_validate({**place, "geo_id": wrong})


def test_a_place_slug_is_a_folder_name():
    place = {"geo_level": "city", "geo_id": "0952000", "name": "New Haven"}
    assert Place.model_validate({**place, "place": "new-haven"}).place == "new-haven"
    for slug in ("New Haven", "new/haven", "", "new haven"):
        with pytest.raises(ValidationError):
            Place.model_validate({**place, "place": slug})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publisher", ""),
        ("licence", ""),
        ("terms", ""),
        ("url", "http://choir.example/list"),
        ("retrieved", "29.2.2024"),
        ("files", []),
    ],
)
def test_a_source_names_its_publisher_terms_address_and_files(key: str, value: object):
    assert Source.model_validate(SOURCE).redistributable
    with pytest.raises(ValidationError) as raised:
        Source.model_validate({**SOURCE, key: value})
    assert [where.split(".")[0] for where in reasons(raised.value)] == [key]
