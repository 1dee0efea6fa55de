"""Raw workbooks: what is read, and what is noted with the row it stands in."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.workbooks import cell_number, read_sheet
from support.excerpts import workbook

Write = Callable[[str, str | bytes], RawFile]


@given(st.floats(min_value=0, max_value=1))
def test_a_cell_keeps_every_printed_digit(value: float) -> None:
    problems = Problems()
    assert cell_number(value, "x", "v", problems, high=1) == value
    assert cell_number(repr(value), "x", "v", problems, high=1) == value
    assert len(problems) == 0


def test_workbooks(export: Write) -> None:
    content = workbook({"Table 1": [["a", None], [1, "x"]], "Empty": []})
    file = export("x.xlsx", content)
    problems = Problems()
    assert read_sheet(file, "Table 1", problems) == [("a", None), (1, "x")]
    assert len(problems) == 0
    assert read_sheet(file, "Tabel 1", problems) == []
    assert read_sheet(file, "Empty", problems) == []
    assert read_sheet(export("cut.xlsx", content[:200]), "Table 1", problems) == []
    missing, empty, cut = (str(problem) for problem in problems)
    assert "did you mean 'Table 1'" in missing
    assert "x.xlsx:Empty: the sheet is empty" in empty
    assert "cut.xlsx: does not open as a workbook" in cut


def test_cells_that_are_no_number_are_noted() -> None:
    problems = Problems()
    cells = [" 7.9 ", 3, 0.25, "1,004", "*", "", None, True, "=A1/2", "nan", 101, -1]
    values = [
        cell_number(cell, f"x.xlsx:T!{row}", "Rate", problems, missing=("*",), high=100)
        for row, cell in enumerate(cells)
    ]
    assert values == [7.9, 3, 0.25, *[None] * 9]
    assert [(p.where.partition("!")[2], p.value) for p in problems] == [
        ("3", "1,004"),
        ("5", "an empty cell"),
        ("6", "an empty cell"),
        ("7", "True"),
        ("8", "=A1/2"),
        ("9", "nan"),
        ("10", "101"),
        ("11", "-1"),
    ]
    assert cell_number("1,004", "x", "Count", problems) == 1004
