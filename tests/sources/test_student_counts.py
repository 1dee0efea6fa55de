"""Printed counts of students: numbers, marks and what is neither."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.errors import Problems
from c2c_lib.sources.student_counts import student_counts


def table_of(*cells: str) -> pd.DataFrame:
    keys = dict.fromkeys(("geo_level", "geo_id", "period", "dimension", "group"), "x")
    where = [f"f.csv:{line}" for line in range(2, 2 + len(cells))]
    frame = pd.DataFrame({"where": where, "value": list(cells)}, dtype="str")
    return frame.assign(**keys)


@given(st.integers(0, 10**7))
def test_a_count_is_its_own_numerator(count: int) -> None:
    problems = Problems()
    figures = student_counts(table_of(str(count), f"{count:,}"), "Value", problems)
    assert figures["estimate"].tolist() == [count, count]
    assert figures["numerator"].tolist() == [count, count]
    assert set(figures["status"]) == {"published"}
    assert len(problems) == 0


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("*", "suppressed_by_source"),
        ("-9999", "suppressed_by_source"),
        ("-6666", "not_collected"),
        ("N/A", "not_applicable"),
    ],
)
def test_a_mark_gives_no_value(mark: str, status: str) -> None:
    problems = Problems()
    (row,) = student_counts(table_of(mark), "Value", problems).to_dict("records")
    assert row["status"] == status
    assert pd.isna(row["estimate"])
    assert pd.isna(row["numerator"])
    assert len(problems) == 0


@pytest.mark.parametrize("cell", ["", "-3", "12.5", "12%", "many", "-7777", "12,5", "NA"])
def test_what_is_no_number_of_students_is_noted_and_left_out(cell: str) -> None:
    problems = Problems()
    figures = student_counts(table_of("7", cell, "0"), "Value", problems)
    assert figures["estimate"].tolist() == [7, 0]
    (problem,) = problems
    assert (problem.where, problem.column) == ("f.csv:3", "Value")
    assert problem.value == (cell or "an empty cell")


def test_a_table_without_rows_stays_one() -> None:
    figures = student_counts(table_of(), "Value", Problems())
    assert figures.empty
    assert {"estimate", "numerator", "status"} <= set(figures)
