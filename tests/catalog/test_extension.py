"""What a store of one's own adds to the catalog, and what it may not."""

from pathlib import Path
from typing import Any

import pytest

from c2c_lib.catalog.extension import (
    EXTENSION_FILE,
    Extension,
    OwnSource,
    extend,
    extension_text,
    merged,
    read_extension,
)
from c2c_lib.catalog.loader import load_catalog, shipped_catalog
from c2c_lib.catalog.models import Localized, Place
from c2c_lib.errors import InputError, Problems

WORDS = Localized(en="x", es="x")


def source(**changes: object) -> OwnSource:
    return OwnSource(
        **{
            "id": "kites",
            "publisher": "Kite Club",
            "title": "Kites",
            "short": WORDS,
            "url": "https://www.example.org",
            "retrieved": "2024-01-01",
            "licence": "CC0-1.0",
            "terms": "Free.",
            "suppression": WORDS,
            **changes,
        }
    )


def place(**changes: str) -> Place:
    return Place(
        **{"geo_level": "town", "geo_id": "2743000000", "place": "lake", "name": "Lake", **changes}
    )


def told(extension: Extension) -> list[tuple[str, str]]:
    problems = Problems()
    extend(shipped_catalog(), extension, "my.yml", problems)
    return [(problem.what, problem.value) for problem in problems]


def test_a_table_is_the_last_source_of_the_indicators_that_it_gives() -> None:
    before = shipped_catalog().indicator("graduation_4yr").sources
    wider = extend(
        shipped_catalog(),
        Extension(sources=(source(gives=("graduation_4yr",)),)),
        "my.yml",
        Problems(),
    )
    assert wider.indicator("graduation_4yr").sources == (*before, "kites")
    assert shipped_catalog().indicator("graduation_4yr").sources == before


TAKEN = "the catalog has this {} already"
UNKNOWN = "kites names something that is not in the catalog"


@pytest.mark.parametrize(
    ("extension", "what", "value"),
    [
        ({"sources": (source(id="acs_youth"),)}, TAKEN.format("source"), "acs_youth"),
        ({"places": (place(geo_id="0900156060"),)}, TAKEN.format("town"), "0900156060"),
        ({"places": (place(place="norwalk"),)}, TAKEN.format("town"), "norwalk"),
        ({"sources": (source(gives=("graduaton",)),)}, UNKNOWN, "graduaton"),
    ],
)
def test_what_does_not_fit_is_told(extension: dict[str, Any], what: str, value: str) -> None:
    assert told(Extension(**extension)) == [(what, value)]


def test_the_text_of_an_extension_reads_back(tmp_path: Path) -> None:
    extension = Extension(sources=(source(gives=("graduation_4yr",)),), places=(place(),))
    (tmp_path / EXTENSION_FILE).write_text(extension_text(extension), encoding="utf-8")
    problems = Problems()
    assert read_extension(tmp_path / EXTENSION_FILE, problems) == extension
    assert list(problems) == []
    assert read_extension(tmp_path / "none.yml", problems) == Extension()


def test_the_later_entry_counts_where_two_extensions_have_one() -> None:
    one = Extension(sources=(source(title="Old"),), places=(place(name="Old"),))
    two = Extension(sources=(source(title="New"),), places=(place(name="New"),))
    both = merged(one, two)
    assert [entry.title for entry in both.sources] == ["New"]
    assert [entry.name for entry in both.places] == ["New"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("sources: [", "YAML"), ("kites: []", "Extra inputs"), ("places: [{geo_id: 5}]", "places.0")],
)
def test_a_broken_file_beside_a_store_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    (tmp_path / EXTENSION_FILE).write_text(text, encoding="utf-8")
    monkeypatch.setenv("C2C_STORE", str(tmp_path))
    with pytest.raises(InputError, match=words) as caught:
        load_catalog()
    assert str(tmp_path) not in str(caught.value)
