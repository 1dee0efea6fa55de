"""Enrollment by grade: a packed table, a heading of its own, codes that are NA."""

import gzip
from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.enrollment_by_grade import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

NAME = "student_enrollment_by_grade_2008-2021.csv.gz"
TEXT = (
    '"District","FIPS","Year","Grade","Variable","Measure.Type","Value"\n'
    '"Norwalk School District","900156060","2020-2021","Pre-Kindergarten",'
    '"Student Enrollment","Number",301\n'
    '"Norwalk School District",NA,"2020-2021","Grade 12","Student Enrollment","Number",-9999\n'
    '"Connecticut","9","2020-2021","Kindergarten","Student Enrollment","Number",32256\n'
)


@pytest.fixture
def names() -> Names:
    return names_of("norwalk")


def test_counts_by_grade(export: Write, names: Names):
    frame = read([export(NAME, gzip.compress(TEXT.encode()))], names)
    assert told(names) == []
    preschool = figure(frame, "enrollment", "1030011", "2020-21", "pre_kindergarten")
    assert (preschool["dimension"], preschool["estimate"], preschool["numerator"]) == (
        "grade",
        301,
        301,
    )
    hidden = figure(frame, "enrollment", "1030011", "2020-21", "grade_12")
    assert (hidden["status"], hidden["estimate"]) == ("suppressed_by_source", None)
    assert figure(frame, "enrollment", "09", "2020-21", "kindergarten")["estimate"] == 32256


@pytest.mark.parametrize("kept", [5, 60])
def test_a_download_that_broke_off_is_noted(export: Write, names: Names, kept: int):
    assert read([export(NAME, gzip.compress(TEXT.encode())[:kept])], names).empty
    (problem,) = names.problems
    assert (problem.where, problem.what.partition(" (")[0]) == (NAME, "does not unpack")


def test_a_table_that_was_not_packed_is_noted(export: Write, names: Names):
    assert read([export(NAME, TEXT)], names).empty
    assert told(names)[0].startswith(f"{NAME}: does not unpack")


@pytest.mark.parametrize(
    ("old", "new"), [("Grade 12", "Grade 13"), ("900156060", "900173070"), ("301", "30.1")]
)
def test_what_is_wrong_is_noted(export: Write, names: Names, old: str, new: str):
    read([export(NAME, gzip.compress(TEXT.replace(old, new, 1).encode()))], names)
    assert len(told(names)) == 1
