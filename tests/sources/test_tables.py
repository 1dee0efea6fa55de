"""Raw tables: what is read, and what is noted with the line it stands in."""

from collections.abc import Callable

import pandas as pd
import pytest

from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.tables import (
    note_missing_places,
    note_unknown,
    numbers,
    read_csv,
)
from support.excerpts import names_of, told

Write = Callable[[str, str | bytes], RawFile]


def test_header_may_stand_below_a_title_and_lines_are_counted(export: Write) -> None:
    file = export("x.csv", '\ufeff"A title, with comma"\r\n\r\n b ,a\r\n"two\nlines", 1\r\n3,4\r\n')
    problems = Problems()
    frame = read_csv(file, ["a", "b"], problems)
    assert list(problems) == []
    assert frame.to_dict("index") == {
        5: {"a": "1", "b": "two\nlines"},
        6: {"a": "4", "b": "3"},
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", "the file is empty", id="empty"),
        pytest.param("\n \n,,\n", "the file is empty", id="only separators"),
        pytest.param("town,value\n", "a header but no rows", id="no rows"),
        pytest.param(b"town,value\nA\xe9,1\n", "is not UTF-8 text", id="latin-1"),
        pytest.param('town,value\n"A,1\n', "does not read as a comma-separated", id="open quote"),
    ],
)
def test_unusable_files_are_noted(export: Write, content: str | bytes, expected: str) -> None:
    problems = Problems()
    assert read_csv(export("x.csv", content), ["town", "value"], problems).empty
    assert len(problems) == 1
    assert expected in str(next(iter(problems)))


def test_a_file_that_breaks_off_inside_quotes_says_where(export: Write) -> None:
    problems = Problems()
    assert read_csv(export("x.csv", 'a,b\n1,2\n3,"4'), ["a", "b"], problems).empty
    assert [p.where for p in problems] == ["x.csv:3"]


def test_missing_columns_are_all_noted_with_the_nearest_name(export: Write) -> None:
    problems = Problems()
    frame = read_csv(export("x.csv", "Twon,FIPS\nA,1\n"), ["Town", "FIPS", "Value"], problems)
    assert frame.empty
    assert list(frame.columns) == ["Town", "FIPS", "Value"]
    assert [(p.where, p.value) for p in problems] == [("x.csv:1", "Town"), ("x.csv:1", "Value")]
    assert "did you mean 'Twon'" in str(next(iter(problems)))


def test_a_row_cut_short_is_noted_and_left_out(export: Write) -> None:
    problems = Problems()
    frame = read_csv(export("x.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n"), ["a", "b"], problems)
    assert frame["a"].tolist() == ["1", "7"]
    assert [(p.where, p.value) for p in problems] == [
        ("x.csv:3", "1 cells"),
        ("x.csv:4", "3 cells"),
    ]


def test_numbers_know_marks_ranges_and_nonsense(export: Write) -> None:
    cells = ["1,234.5", "-9999", "0", ".5", "12,34", "nan", "inf", "1_000", "", "-3", "2e1"]
    file = export("x.csv", "")
    frame = pd.DataFrame({"v": cells}, index=range(2, 13), dtype="str")
    problems = Problems()
    values = numbers(frame, "v", file, problems, missing=("-9999", ""))
    assert values.fillna(-1).tolist() == [1234.5, -1, 0, 0.5, -1, -1, -1, -1, -1, -1, 20]
    assert [(p.where, p.value) for p in problems] == [
        ("x.csv:6", "12,34"),
        ("x.csv:7", "nan"),
        ("x.csv:8", "inf"),
        ("x.csv:9", "1_000"),
        ("x.csv:11", "-3"),
    ]


def test_a_column_of_nonsense_is_summed_up(export: Write) -> None:
    frame = pd.DataFrame({"v": [f"x{i}" for i in range(500)]}, dtype="str")
    problems = Problems()
    assert numbers(frame, "v", export("x.csv", ""), problems).isna().all()
    assert len(problems) == 21
    assert "480 further values" in told_last(problems)


def told_last(problems: Problems) -> str:
    return str(list(problems)[-1])


def test_labels_that_nobody_knows_are_noted_once(export: Write) -> None:
    frame = pd.DataFrame({"Type": ["Infant", "Infnat", "Infnat"]}, index=[2, 3, 4], dtype="str")
    problems = Problems()
    note_unknown(frame, "Type", ("Infant", "Fetal"), export("x.csv", ""), problems)
    assert [(p.where, p.value, p.remedy) for p in problems] == [
        ("x.csv:3", "Infnat", "did you mean 'Infant'?")
    ]


@pytest.fixture
def few() -> Names:
    return names_of("stamford", "norwalk")


def test_places_that_are_missing_are_noted_per_period(few: Names) -> None:
    frame = pd.DataFrame(
        [
            ("state", "09", "2012"),
            ("town", "0900173070", "2012"),
            ("town", "0900156060", "2012"),
            ("state", "09", "2016"),
        ],
        columns=["geo_level", "geo_id", "period"],
    )
    note_missing_places(frame, "state", "x.csv", few)
    assert told(few) == []
    note_missing_places(frame, "town", "x.csv", few)
    assert [(p.what, p.value) for p in few.problems] == [
        ("2 rows are missing for 2016; the file may be cut short", "Norwalk, Stamford")
    ]
