"""The layout of EdSight exports, however it varies."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import Layout, place_code, read_export

LAYOUT = Layout(
    title="Kite Flying",
    columns={"Kites Flown": "numerator", "Kites Flown %": "rate"},
    required=("rate",),
    ignored=("Kites Lost", "Kites Lost %", "Average String Length"),
)
UNTITLED = Layout(title="", columns=LAYOUT.columns, required=("rate",))

HEAD = '"Kite Flying, 2018-19"\n"All Districts, Gender"\n\n"",,,"Flown",\n'
HEADER = '"District","District Code","Gender","Kites Flown","%"\n'
ROW = '"Bridgeport School District","=""0150011""","Female",12,34.5\n'

Write = Callable[[str, str | bytes], RawFile]


def test_a_plain_export(export: Write) -> None:
    problems = Problems()
    found = read_export(export("kites__2018-19_gender.csv", HEAD + HEADER + ROW), LAYOUT, problems)
    assert found is not None
    assert (found.period, found.dimension, found.state) == ("2018-19", "gender", False)
    assert found.positions == {"place": 0, "code": 1, "group": 2, "numerator": 3, "rate": 4}
    assert [line for line, _ in found.rows] == [6]
    assert found.rows[0][1][3:] == ["12", "34.5"]
    assert len(problems) == 0


def test_notes_above_the_header_do_not_disturb(export: Write) -> None:
    notes = '"Kite Flying, 2018-19"\n"All Districts"\n\n"Notes:"\n"* A kite, that flew."\n\n'
    text = notes + "District,Kites Flown,%\nNorwalk School District,*,*\n"
    problems = Problems()
    found = read_export(export("a.csv", text), LAYOUT, problems)
    assert found is not None
    assert found.dimension == "all"
    assert found.rows == [(8, ["Norwalk School District", "*", "*"])]
    assert len(problems) == 0


def test_a_code_may_stand_before_the_place(export: Write) -> None:
    header = '"District Code","District","Gender","Kites Flown","%"\n'
    row = '"=""0150011""","Bridgeport School District","Female",12,34.5\n'
    problems = Problems()
    found = read_export(export("a.csv", HEAD + header + row), LAYOUT, problems)
    assert found is not None
    assert found.positions == {"code": 0, "place": 1, "group": 2, "numerator": 3, "rate": 4}
    assert len(problems) == 0


def test_a_bare_count_belongs_to_the_merged_heading_above_it(export: Write) -> None:
    layout = Layout(
        title="Kite Flying",
        columns={"Flown Count": "numerator", "Flown Count %": "rate", "All": "denominator"},
        required=("numerator", "rate"),
        ignored=("Lost Count", "Lost Count %"),
    )
    head = '"Kite Flying, 2018-19"\n"All Districts, All Students"\n\n"",,"Lost",,"Flo\nwn",\n'
    header = "District,All,Count,%,Count,%\n"
    problems = Problems()
    found = read_export(
        export("a.csv", head + header + "State,9,2,22.2,7,77.8\n"), layout, problems
    )
    assert found is not None
    assert found.positions == {"place": 0, "denominator": 1, "numerator": 4, "rate": 5}
    assert len(problems) == 0
    # Without the merged headings nobody can say which count is which.
    bare = head.replace('"",,"Lost",,"Flo\nwn",\n', "")
    assert (
        read_export(export("b.csv", bare + header + "State,9,2,22.2,7,77.8\n"), layout, problems)
        is None
    )
    assert "Count" in [problem.value for problem in problems]


def test_percent_signs_are_read_by_position(export: Write) -> None:
    header = "District,Kites Lost,%,Kites  Flown,%,Average\nString Length\n".replace("\n", "", 1)
    text = '"Kite Flying, 2018-19"\n", All Students"\n\n' + header + "State,1,2.5,3,7.5,4\n"
    problems = Problems()
    found = read_export(export("a.csv", text), LAYOUT, problems)
    assert found is not None
    assert found.positions["rate"] == 4
    assert found.rows[0][1][found.positions["rate"]] == "7.5"
    assert len(problems) == 0


def test_the_heading_of_a_group_column_that_no_row_has_is_left_out(export: Write) -> None:
    text = (
        '"Kite Flying, 2018-19"\n"All Districts"\n\n'
        "District,District Code,Race/Ethnicity,Kites Flown,%\n"
        "Norwalk School District,1030011,12,34.5\nStamford School District,1350011,13,35.5\n"
    )
    problems = Problems()
    found = read_export(export("a.csv", text), LAYOUT, problems)
    assert found is not None
    assert found.dimension == "all"
    assert [row[found.positions["rate"]] for _, row in found.rows] == ["34.5", "35.5"]
    assert len(problems) == 0


def test_the_heading_stays_when_only_some_rows_are_short(export: Write) -> None:
    text = HEAD + HEADER + ROW + '"Norwalk School District","1030011",13,35.5\n'
    problems = Problems()
    found = read_export(export("a.csv", text), LAYOUT, problems)
    assert found is not None
    assert len(found.rows) == 1
    (problem,) = problems
    assert (problem.where, problem.value, problem.allowed) == ("a.csv:7", "4 cells", "5 cells")


def test_a_report_without_titles_has_its_year_and_scope_in_the_name(export: Write) -> None:
    problems = Problems()
    text = "\nDistrict,Organization Code,Kites Flown,%\nState,0000000,5,6.5\n"
    found = read_export(export("deep/kites__2009-10__ct.csv", text), UNTITLED, problems)
    assert found is not None
    assert (found.period, found.state, found.name) == (
        "2009-10",
        True,
        "deep/kites__2009-10__ct.csv",
    )
    assert len(problems) == 0


WRONG = [
    ("empty", "", "the file is empty"),
    ("blank lines only", "\n \n", "the file is empty"),
    ("no header", HEAD, "no header line"),
    ("no rows", HEAD + HEADER, "no rows follow the header"),
    ("a row cut off", HEAD + HEADER + ROW + '"Norwalk School Dis', "comma-separated"),
    (
        "a row cut short",
        HEAD + HEADER + ROW + "Norwalk School District,1030011\n",
        "numbers of cells",
    ),
    ("unknown column", HEAD + HEADER.replace("Gender", "Star Sign") + ROW, "unknown column"),
    ("column missing", HEAD + HEADER.replace(',"%"', "") + ROW.replace(",34.5", ""), "is missing"),
    ("column twice", HEAD + HEADER.replace('Code"', 'Code","Race"') + ROW, "the same thing"),
    ("other report", HEAD.replace("Kite", "Fly") + HEADER + ROW, "not that of this report"),
    ("no year", HEAD.replace(", 2018-19", "") + HEADER + ROW, "not that of this report"),
    ("years apart", HEAD.replace("2018-19", "2018-20") + HEADER + ROW, "does not read"),
    ("other year", HEAD.replace("2018-19", "2017-18") + HEADER + ROW, "different school years"),
    ("other scope", HEAD.replace("All Districts", "One School") + HEADER + ROW, "unknown scope"),
    ("other group", HEAD.replace("Gender", "Race/Ethnicity") + HEADER + ROW, "in different ways"),
    ("unknown group", HEAD.replace("Gender", "Star Sign") + HEADER + ROW, "unknown way"),
    ("no titles", HEADER + ROW, "title lines are missing"),
    ("not UTF-8", (HEAD + HEADER + ROW).replace("Bridge", "Bridgé").encode("cp1252"), "UTF-8"),
]


@pytest.mark.parametrize(("content", "says"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_what_does_not_fit_is_noted(export: Write, content: str | bytes, says: str) -> None:
    problems = Problems()
    read_export(export("kites__2018-19_gender.csv", content), LAYOUT, problems)
    assert [says in problem.what for problem in problems].count(True) == 1
    assert all(problem.where.startswith("kites__2018-19_gender.csv") for problem in problems)


def test_an_unknown_column_is_named_with_the_nearest_ones(export: Write) -> None:
    problems = Problems()
    text = HEAD + HEADER.replace("Gender", "Gendre") + ROW
    assert read_export(export("kites__2018-19_gender.csv", text), LAYOUT, problems) is None
    first = next(iter(problems))
    assert (first.where, first.value) == ("kites__2018-19_gender.csv:5", "Gendre")
    assert "'Gender'" in first.remedy
    assert "Kites Flown" in first.allowed


def test_a_title_over_a_report_that_has_none_is_noted(export: Write) -> None:
    problems = Problems()
    read_export(export("kites__2018-19_gender.csv", HEAD + HEADER + ROW), UNTITLED, problems)
    assert [p.what for p in problems] == ["unexpected line above the header"] * 3


def test_a_name_without_a_year_is_noted(export: Write) -> None:
    problems = Problems()
    read_export(export("kites.csv", HEADER + ROW), UNTITLED, problems)
    (problem,) = problems
    assert "school year" in problem.what


@pytest.mark.parametrize("printed", ['="0150011"', "0150011", "150011", ' "0150011" '])
def test_a_code_reads_however_it_is_wrapped(printed: str) -> None:
    assert place_code(printed) == "0150011"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bom=st.sampled_from(["", "\ufeff", "\ufeff\ufeff"]),
    end=st.sampled_from(["\n", "\r\n"]),
    padding=st.integers(0, 4),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    merged=st.booleans(),
    last_end=st.booleans(),
    cells=st.lists(
        st.tuples(st.sampled_from(["*", "12", "1,004", "N/A"]), st.sampled_from(["*", "0.0", "9"])),
        min_size=1,
        max_size=4,
    ),
)
def test_the_same_report_reads_the_same_in_every_dress(
    export: Write,
    bom: str,
    end: str,
    padding: int,
    quoting: int,
    merged: bool,
    last_end: bool,
    cells: list[tuple[str, str]],
) -> None:
    rows = [["Kite Flying, 2018-19"], ["All Districts, Gender"], []]
    rows += [["", "", "", "Flown"]] if merged else []
    rows += [["District", "District Code", "Gender", "Kites Flown", "%"]]
    rows += [["Norwalk School District", '="1030011"', "Male", *pair] for pair in cells]
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting, lineterminator=end)
    writer.writerows([*row, *[""] * padding] for row in rows)
    content = bom + (text.getvalue() if last_end else text.getvalue().removesuffix(end))
    problems = Problems()
    found = read_export(export("kites__2018-19_gender.csv", content.encode()), LAYOUT, problems)
    assert list(problems) == []
    assert found is not None
    assert (found.period, found.dimension) == ("2018-19", "gender")
    assert [(row[3], row[4]) for _, row in found.rows] == cells
    assert {row[1] for _, row in found.rows} == {'="1030011"'}
