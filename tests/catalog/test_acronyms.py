"""No words of the catalog that stand on a card ask the reader to know an acronym."""

import re
from collections.abc import Iterator

import pytest

from c2c_lib.catalog import load_catalog

NAMES = {"SAT", "PLACES", "II", "III"}
"""Names, whose letters stand for nothing that a reader could use, and numbers."""


def acronyms(text: str) -> set[str]:
    """Return the words of capitals that are no names."""
    return set(re.findall(r"\b[A-Z]{2,}\b", text)) - NAMES


def said() -> Iterator[tuple[str, str]]:
    """Yield every text of the catalog that cards show, with where it stands."""
    catalog = load_catalog()
    for name, one in catalog.indicators.items():
        for part in (one.name, one.question, one.predicate, one.people):
            yield name, part.en
        for cut in one.breaks:
            yield name, cut.note.en if cut.note else ""
    for name, source in catalog.sources.items():
        yield name, source.short.en
    for name, topic in catalog.topics.items():
        yield name, topic.name.en
    for name, outcome in catalog.outcomes.items():
        yield name, outcome.name.en
        yield name, outcome.question.en


def test_every_acronym_is_spelled_out() -> None:
    found = {(where, word) for where, text in said() for word in acronyms(text)}
    assert found == set()


@pytest.mark.parametrize("text", ["a survey (ACS)", "the CMT", "DPH, births"])
def test_acronyms_are_seen(text: str) -> None:
    assert acronyms(text)
