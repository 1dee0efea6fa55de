"""Every status without a figure says why, in words that never look like a number."""

from dataclasses import replace

import pytest

from c2c_lib.figures.hidden import hidden_reason, why_hidden
from c2c_lib.observations.schema import STATUSES
from support.synthetic import EN, SOURCES, finding, row, words

HIDDEN = finding(row("2023-24", "suppressed_by_source")).series[0]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("suppressed_by_source", "Not shown (the publisher hides it to protect children)"),
        ("suppressed_small", "Not shown (too few people)"),
        ("suppressed_complementary", "Not shown (it would give away another hidden figure)"),
        ("too_weak", "Too weak to act on"),
        ("not_applicable", "No figure (School report lists none)"),
        ("not_collected", "Not collected"),
    ],
)
def test_the_reason_of_a_status(status, expected):
    observation = replace(HIDDEN, status=status)
    assert why_hidden(observation, SOURCES[0], EN) == expected
    assert words(hidden_reason(observation, SOURCES[0], EN)) == expected


def test_reasons_differ_and_hold_no_number():
    reasons = [
        why_hidden(replace(HIDDEN, status=status), SOURCES[0], EN)
        for status in STATUSES
        if status != "published"
    ]
    assert len(set(reasons)) == len(reasons)
    assert not any(character.isdigit() for reason in reasons for character in reason)
