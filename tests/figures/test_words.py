"""The words of the real cards: easy to read, people first, points not percent, counts beside."""

import re

import pytest
from bs4 import BeautifulSoup

from c2c_lib.figures.sentences import gap_sentence
from c2c_lib.language import language
from support.reading import grade, sentences, syllables
from support.synthetic import words

EN = language("en")
MOST = 8
SHORTEST = 12  # words; the grade of a shorter text is that of the names in it
GENERATED = (
    "p.answer, p.quality, p.no-groups, p.byline, p.caution, figcaption, "
    ".three-things li, #neighborhoods > p, #method > p, #unknown > p, #gaps > p, #children > p"
)
FORBIDDEN = (
    r"\bminorit",
    r"subgroup",
    r"achievement of",
    r"able-bodied",
    r"\bothers?\b(?= (?:races?|groups?|students?|children)\b)",
    r"\bOther\b",
    r"\bbehind\b(?! (?:it|every|the figure))",
    r"\bfail(?:ed|ing|ures?)\b",
    r"(?:students|children|schools|families) fail",
    r"low[- ]perform",
    r"at[- ]risk",
    r"achievement gap",
    r"non-white",
    r"\bdisabled\b",
    r"\bnormal\b",
    r"\bpoor\b",
)
PUBLISHERS_OWN = "figcaption, p.source, #method table, a"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("reading", 2), ("Connecticut", 4), ("school", 1), ("2018-19", 1),
        ("figure", 2), ("table", 2), ("published", 2), ("graduated", 4), ("one-day", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word, count):
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula():
    # Six words of one syllable in one sentence: 0.39 x 6 + 11.8 x 1 - 15.59.
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)


def test_sentences_end_where_a_reader_stops():
    assert sentences("In 2015, 4.5 of 10 did. Did 2? (Yes.) No") == [
        "In 2015, 4.5 of 10 did.", "Did 2?", "(Yes.) No",
    ]  # fmt: skip


def paragraphs(built) -> list[str]:
    found = {words(element) for element in built.soup.select(GENERATED)}
    return sorted(text for text in found if len(text.split()) >= SHORTEST)


def test_generated_words_are_of_the_eighth_grade_or_below(built):
    texts = paragraphs(built)
    assert len(texts) > 40
    hard = [(round(grade(text), 1), text) for text in texts if grade(text) > MOST]
    assert hard == []


def test_gap_sentences_are_too(built):
    texts = [
        words(gap_sentence(finding, gaps, gap, EN))
        for finding in built.card.findings.values()
        for gaps, gap in finding.adverse_gaps
    ]
    assert len(texts) > 20
    assert [(round(grade(t), 1), t) for t in texts if grade(t) > MOST] == []


def test_no_word_blames_or_sorts_children(built):
    soup = BeautifulSoup(built.html, "html.parser")
    for element in soup.select("p.source, #sources"):
        element.decompose()
    text = " ".join([soup.get_text(" "), *(picture["alt"] for picture in soup.find_all("img"))])
    found = [
        text[max(match.start() - 40, 0) : match.end() + 40]
        for pattern in FORBIDDEN
        for match in re.finditer(pattern, text, 0 if "Other" in pattern else re.IGNORECASE)
    ]
    assert found == []


def test_differences_are_points_and_never_percents(built):
    derived = built.soup.find_all(attrs={"data-derived": ["difference", "gap"]})
    assert len(derived) > 50
    assert [e for e in derived if "%" in e.get_text()] == []
    assert {e.get_text().split(" ", 1)[1] for e in derived} <= {"points", "point", "in 1,000"}


def test_sentences_have_whole_percents_and_tables_one_decimal(built):
    for element in built.soup.find_all("data", attrs={"data-field": "estimate"}):
        if not element.get_text().endswith("%"):
            continue
        in_table = element.find_parent("table")
        whole = in_table is None or in_table["id"] == "outcomes"
        assert element["data-digits"] == ("0" if whole else "1"), element


def test_the_newest_share_has_a_count_or_a_reading_in_tenths_beside_it(built):
    said = 0
    for answer in built.soup.find_all("p", class_="answer"):
        first = answer.find("data", attrs={"data-field": "estimate"})
        if first is None or not first.get_text().endswith("%"):
            continue
        sentence = words(answer).split(f"({first.get_text()})")[0]
        counted = answer.find("data", attrs={"data-field": "numerator"}) is not None
        assert counted or re.search(r"\d+ in 100?\b", sentence), sentence
        said += 1
    assert said > 8
