"""Readers' own words: of things that there are, in every language."""

from __future__ import annotations

from c2c_lib.catalog import load_catalog
from c2c_lib.language import languages
from c2c_lib.reporting.search_words import search_words

SECTIONS = {"children", "gaps", "neighborhoods", "partners", "promises", "numbers", "surroundings"}
SECTIONS |= {"unknown", "schools"}
PAGES = {"about", "accessibility", "changes", "codebook", "compare", "data", "methods", "privacy"}
PAGES |= {"progress", "sources", "words"}


def test_every_key_is_something_that_can_be_found():
    catalog = load_catalog()
    known = {*catalog.indicators, *catalog.outcomes, *SECTIONS, *PAGES}
    assert set(search_words()) - known == set()
    assert set(search_words()) >= SECTIONS | PAGES


def test_every_outcome_and_every_language_has_words():
    outcomes = {name for name in load_catalog().outcomes if name not in search_words()}
    assert outcomes == set()
    assert {tuple(sorted(by)) for by in search_words().values()} == {tuple(sorted(languages()))}


def test_no_word_stands_twice_and_none_would_break_the_list():
    for key, by in search_words().items():
        for language, words in by.items():
            assert len(words) == len(set(map(str.casefold, words))), (key, language)
            assert words, (key, language)
            assert not [word for word in words if ";" in word or word != word.strip()], key
