"""The words of quality and their reasons."""

import pytest

from c2c_lib.equity import reliability
from c2c_lib.figures.quality import QUALITY_REASONS, QUALITY_WORDS, quality_reason, quality_word
from support.synthetic import EN, finding, row


def test_every_reason_code_of_the_library_has_a_sentence():
    assert set(reliability.QUALITY_REASONS) <= set(QUALITY_REASONS)
    assert all(text.endswith(".") for text in QUALITY_REASONS.values())


@pytest.mark.parametrize(
    ("figure", "word", "reason"),
    [
        (
            # 312 of 1004: the Clopper-Pearson interval is 5.8 points wide.
            row("2023-24", (312, 1004)),
            "Strong",
            "The range of likely values is narrow enough.",
        ),
        (
            row("2023-24", 0.31),
            "Use with care",
            "The publisher does not say how many people stand behind it.",
        ),
        (
            row("2023-24", (9, 25)),
            "Too weak to act on",
            "Fewer than 30 people stand behind it.",
        ),
        (
            row("2023-24", "suppressed_by_source"),
            "Not shown",
            "The publisher hides it.",
        ),
        (row("2023-24", (3, 100)), "Not shown", "We hide it to protect children."),
        (
            row("2023-24", (300, 1000), place="connecticut"),
            "Not shown",
            "There is no figure.",
        ),
    ],
)
def test_word_and_reason(figure, word, reason):
    found = finding(figure)
    assert quality_word(found, EN) == word
    assert quality_reason(found, EN) == reason


def test_there_are_four_words():
    assert list(QUALITY_WORDS.values()) == [
        "Strong",
        "Use with care",
        "Too weak to act on",
        "Not shown",
    ]
