"""Cells of raw exports: numbers, marks and percents."""

import math
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.errors import Problems
from c2c_lib.observations import STATUSES
from c2c_lib.sources.base import (
    MISSING_MARKS,
    STATUS_OF_MARK,
    RawFile,
    parse_number,
    read_text,
    share,
)

Export = Callable[[str, str | bytes], RawFile]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0.0),
        (" 1,004 ", 1004.0),
        ("1,234,567.5", 1234567.5),
        ("58.6%", 58.6),
        ("58.6 %", 58.6),
        (".5", 0.5),
        ("-3.25", -3.25),
        ("1e-3", 0.001),
        (7, 7.0),
        (np.float64(0.25), 0.25),
    ],
)
def test_a_number_reads_as_printed(text: object, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", [*sorted(MISSING_MARKS), " * ", None, math.nan, -9999, -6666.0])
def test_a_mark_is_no_number_and_never_zero(text: object) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text", ["12,5", "1_000", "nan", "inf", "58.", "5 8", "--", "<6", "1,00,4", "%", "0x1f"]
)
def test_anything_else_is_an_error_that_shows_the_cell(text: str) -> None:
    with pytest.raises(ValueError, match="is expected to be a number") as caught:
        parse_number(text)
    assert repr(text) in str(caught.value)


def test_every_mark_with_a_meaning_is_a_missing_mark_with_a_known_status() -> None:
    assert set(STATUS_OF_MARK) <= MISSING_MARKS
    assert set(STATUS_OF_MARK.values()) <= set(STATUSES) - {"published", "too_weak"}


@given(st.integers(0, 10_000), st.integers(0, 6))
def test_a_share_has_the_digits_of_the_percent(digits: int, decimals: int) -> None:
    printed = Decimal(digits).scaleb(-decimals)
    assert share(float(printed)) == float(printed / 100)


def test_a_share_of_numpy_and_of_tiny_percents() -> None:
    assert share(np.float64(8.1)) == 0.081
    assert share(0.00001) == 1e-7


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"town,rate\n", "town,rate\n"),
        (b"\xef\xbb\xbf\xef\xbb\xbftown\r\n", "town\r\n"),
        ("Señal\r".encode(), "Señal\r"),
    ],
)
def test_text_is_read_with_or_without_a_mark(export: Export, content: bytes, text: str) -> None:
    problems = Problems()
    assert read_text(export("a.csv", content), problems) == text
    assert len(problems) == 0


@pytest.mark.parametrize(
    ("content", "where", "what", "value"),
    [
        (b"", "a.csv", "the file is empty", ""),
        (b" \r\n\t", "a.csv", "the file is empty", ""),
        ("a\nb\nSeñal,1\n".encode("cp1252"), "a.csv:3", "is not UTF-8 text", "Señal,1"),
        ("town".encode("utf-16"), "a.csv", "is not UTF-8 text", "UTF-16"),
        ("town".encode("utf-16-be"), "a.csv", "is not UTF-8 text", "UTF-16"),
        (b"PK\x03\x04\x14\x00\x06", "a.csv", "is not UTF-8 text", "workbook"),
        (b"\n<HTML><p>Sorry", "a.csv:1", "is a web page", "<HTML><p>Sorry"),
    ],
)
def test_what_is_no_text_is_told(
    export: Export, content: bytes, where: str, what: str, value: str
) -> None:
    problems = Problems()
    assert read_text(export("a.csv", content), problems) is None
    (problem,) = problems
    assert problem.where == where
    assert what in problem.what
    assert value in problem.value
    assert problem.remedy
