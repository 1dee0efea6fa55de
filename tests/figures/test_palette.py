"""Every colour parses and keeps the contrast that its docstring claims."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.figures import palette
from c2c_lib.figures.palette import GROUPS, HIGHLIGHT, INK, MUTED, PAPER, RULE, contrast
from support.colour_distance import ciede2000, lab

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


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        # Test data of Sharma, Wu and Dalal (2005), pairs 1, 7, 10, 17, 25 and 34.
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, -0.001, 2.49), (50.0, 0.0009, -2.49), 4.8045),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_that_of_its_authors(first, second, distance):
    assert ciede2000(first, second) == pytest.approx(distance, abs=5e-5)
    assert ciede2000(second, first) == pytest.approx(distance, abs=5e-5)


@pytest.mark.parametrize(
    ("reader", "least"), [("", 25), ("protan", 18), ("deutan", 22), ("tritan", 21)]
)
def test_groups_can_be_told_apart_by_every_reader(reader, least):
    apart = min(
        ciede2000(lab(first, reader), lab(second, reader))
        for first, second in combinations(GROUPS, 2)
    )
    assert round(apart) >= least
