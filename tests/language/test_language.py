"""Numbers, dates and messages as a reader expects them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from c2c_lib.catalog import Localized
from c2c_lib.language import language, mark, rounded

EN = language("en")


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (57.5, 0, "58"),
        (0.285 * 100, 0, "29"),  # 28.499999999999996 in binary; a reader sees 28.5
        (0.45 * 100, 1, "45.0"),
        (-0.04, 1, "0.0"),
        (1234567, 0, "1234567"),
    ],
)
def test_halves_are_rounded_away_from_zero_as_printed(value, digits, expected):
    assert str(rounded(value, digits)) == expected


@given(st.integers(0, 10_000), st.integers(0, 2))
def test_rounding_is_that_of_exact_decimals(ten_thousandths, digits):
    exact = Decimal(ten_thousandths) / 10_000
    quantum = Decimal(1).scaleb(-digits)
    assert rounded(ten_thousandths / 10_000, digits) == exact.quantize(quantum, ROUND_HALF_UP)


def test_thousands_are_grouped():
    assert EN.number(1_004) == "1,004"
    assert EN.number(1_234_567.05, 1) == "1,234,567.1"


def test_a_share_becomes_percent_at_the_edge():
    assert [EN.percent(x) for x in (0, 0.005, 0.314, 1)] == ["0%", "1%", "31%", "100%"]
    assert EN.percent(0.586, 1) == "58.6%"


def test_a_date_is_in_words():
    assert EN.date(date(2026, 11, 3)) == "November 3, 2026"


def test_a_list_is_in_words():
    assert EN.list(["a", "b", "c"]) == "a, b, and c"
    assert EN.list(["a", "b"]) == "a and b"
    assert EN.list([]) == ""


def test_text_is_escaped_and_markup_is_kept():
    said = EN.text("{a} and {b}", a="<i>", b=Markup("<b>x</b>"))
    assert said == "&lt;i&gt; and <b>x</b>"
    assert isinstance(said, Markup)


def test_plural_picks_by_the_count():
    assert EN.plural("{count} tract", "{count} tracts", 1) == "1 tract"
    assert EN.plural("{count} tract", "{count} tracts", 1200) == "1,200 tracts"


def test_catalog_words_come_in_the_language():
    assert EN.of(Localized(en="school", es="escuela")) == "school"


def test_marking_changes_nothing():
    assert mark("a message") == "a message"


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(ValueError, match=r"'fr'.*'en'"):
        language("fr")
