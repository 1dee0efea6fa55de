"""Figures as text, and as elements that lead back to their row."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.figures.number import (
    derived,
    figure,
    figure_text,
    in_ten,
    points,
    value_text,
    with_unit,
)
from support.synthetic import EN, finding, row

LATEST = finding(row("2023-24", (312, 1004), group="all/all")).latest


@pytest.mark.parametrize(
    ("value", "unit", "digits", "expected"),
    [
        (0.3108, "share", 0, "31%"),
        (0.3108, "share", 1, "31.1%"),
        (7.65, "per_1000", 0, "7.7"),
        (46.7, "index", 0, "46.7"),
        (2358.4, "score", 0, "2,358"),
        (1.5, "years", 0, "1.5"),
        (11_500, "count", 0, "11,500"),
        (52_000.4, "dollars", 0, "52,000"),
    ],
)
def test_a_value_in_its_unit(value, unit, digits, expected):
    assert value_text(value, unit, EN, digits) == expected


def test_a_figure_names_its_row():
    element = BeautifulSoup(figure(LATEST, "share", EN, digits=1), "html.parser").data
    assert element.text == "31.1%"
    assert element.attrs == {
        "value": "0.310757",
        "data-indicator": "reading_well",
        "data-place": "norwalk",
        "data-period": "2023-24",
        "data-dimension": "all",
        "data-group": "all",
        "data-field": "estimate",
        "data-digits": "1",
    }


def test_counts_have_no_decimals():
    element = BeautifulSoup(figure(LATEST, "share", EN, 1, "denominator"), "html.parser").data
    assert (element.text, element["value"], element["data-digits"]) == ("1,004", "1004", "0")


def test_a_margin_of_a_share_is_in_points():
    survey = finding(row("2023", 0.75, indicator="at_work", moe90=0.0234)).latest
    assert figure_text(survey, "share", EN, 1, "moe90") == "2.3"


def test_a_field_without_a_value_is_an_error():
    with pytest.raises(ValueError, match=r"reading_well/norwalk/2023-24/all/all has no moe90"):
        figure_text(LATEST, "share", EN, field="moe90")


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.31, "about 3 in 10"),
        (0.35, "about 35 in 100"),  # neither 3 nor 4 in 10 is near
        (0.5, "about 5 in 10"),
        (0.067, "about 7 in 100"),
        (0.137, "about 14 in 100"),
        (0.97, "about 97 in 100"),
        (0.004, "fewer than 1 in 100"),
        (0.996, "more than 99 in 100"),
        (0.0, "about 0 in 100"),
        (1.0, "about 100 in 100"),
    ],
)
def test_tenths_only_where_they_are_near(share, expected):
    assert in_ten(share, EN) == expected


@given(st.floats(0.005, 0.99))
def test_what_is_said_in_tenths_or_hundredths_is_near_the_share(share):
    count, _, of = in_ten(share, EN).removeprefix("about ").split()
    said = int(count) / int(of)
    assert abs(said - share) <= 0.03 + 1e-6
    assert abs(said - share) <= 0.2 * min(share, 1 - share) + 0.005 + 1e-6


@pytest.mark.parametrize(
    ("difference", "unit", "digits", "expected"),
    [
        (0.052, "share", 0, "5 points"),
        (-0.052, "share", 1, "5.2 points"),
        (0.0099, "share", 0, "1 point"),
        (0.01, "share", 1, "1.0 point"),
        (0.004, "share", 0, "0 points"),
        (0.7, "index", 0, "0.7 points"),
        (-12.4, "score", 0, "12 points"),
        (1.0, "score", 0, "1 point"),
        (-3.24, "per_1000", 0, "3.2 in 1,000"),
        (1500, "count", 0, "1,500"),
        (0.25, "years", 0, "0.3"),
    ],
)
def test_the_size_of_a_difference(difference, unit, digits, expected):
    assert points(difference, unit, EN, digits) == expected


@given(st.floats(-1, 1), st.integers(0, 1))
def test_a_difference_of_shares_is_never_in_percent(difference, digits):
    text = points(difference, "share", EN, digits)
    assert "%" not in text
    assert "-" not in text
    assert text.endswith(("point", "points"))


def test_a_unit_is_said_where_the_number_does_not_say_it():
    assert with_unit("7.7", "per_1000", EN) == "7.7 in 1,000"
    assert with_unit("46.7", "index", EN) == "46.7 of 100 points"
    assert with_unit("2,358", "score", EN) == "2,358 points"
    assert with_unit("<31%>", "share", EN) == "&lt;31%&gt;"


def test_what_is_worked_out_is_marked_and_is_no_figure():
    assert derived("5 points", "gap") == '<span data-derived="gap">5 points</span>'
