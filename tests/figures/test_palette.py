"""Every colour parses and keeps the contrast that its docstring claims."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.figures import palette
from c2c_lib.figures.palette import GROUPS, HIGHLIGHT, INK, MUTED, PAPER, RULE, contrast

COLOURS = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)


def every_colour() -> list[str]:
    found = []
    for value in vars(palette).values():
        found += [value] if isinstance(value, str) and value.startswith("#") else []
    return [*found, *GROUPS]


def test_every_entry_is_a_hex_colour():
    colours = every_colour()
    assert len(colours) >= 11
    assert all(re.fullmatch(r"#[0-9a-fA-F]{6}", colour) for colour in colours)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        # Worked examples of the Web Content Accessibility Guidelines and WebAIM's checker.
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_the_guidelines(first, second, ratio):
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


@pytest.mark.thorough
@given(COLOURS, COLOURS)
def test_contrast_has_no_order_and_stays_in_its_bounds(first, second):
    assert contrast(first, second) == contrast(second, first)
    assert 1 <= contrast(first, second) <= 21.0 + 1e-9


@pytest.mark.parametrize(
    ("colour", "least"),
    [(INK, 7), (MUTED, 4.5), (HIGHLIGHT, 4.5), (RULE, 3), *((group, 3.4) for group in GROUPS)],
)
def test_what_is_drawn_can_be_seen_on_paper(colour, least):
    assert round(contrast(colour, PAPER), 1) >= least


@pytest.mark.parametrize(("colour", "claimed"), [(INK, 15.6), (MUTED, 5.9), (HIGHLIGHT, 8.0)])
def test_the_docstrings_claim_what_is_so(colour, claimed):
    assert contrast(colour, PAPER) == pytest.approx(claimed, abs=0.15)


@pytest.mark.parametrize("wrong", ["#fff", "white", "#gggggg", "0b4f9c0", ""])
def test_what_is_no_colour_is_an_error(wrong):
    with pytest.raises(ValueError, match=r"'#0b4f9c'|invalid literal"):
        contrast(wrong, PAPER)


def test_the_darkest_group_colours_differ_from_the_highlight():
    assert HIGHLIGHT not in GROUPS
    assert len(set(GROUPS)) == len(GROUPS)
