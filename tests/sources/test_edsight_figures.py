"""From printed cells to figures: places, groups, numbers, marks."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c2c_lib.observations.schema import VALUE_COLUMNS
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.edsight import Layout
from c2c_lib.sources.edsight_figures import read_averages, read_figures, read_table
from c2c_lib.sources.names import Names
from support.examples import at_most

LAYOUT = Layout(
    title="",
    columns={"Flown": "numerator", "Of": "denominator", "Of %": "rate"},
    required=("rate",),
)
NAME = "kites__2018-19_gender.csv"
HEADER = "District,District Code,Gender,Flown,Of,%\n"
PLACE = "Norwalk School District,1030011,Male,"

Write = Callable[[str, str | bytes], RawFile]


def figures(names: Names, *files: RawFile) -> pd.DataFrame:
    return read_figures(read_table(files, LAYOUT, names), LAYOUT, names.problems)


def test_a_printed_figure_keeps_its_counts(export: Write, names: Names) -> None:
    frame = figures(names, export(NAME, HEADER + PLACE + '"1,234","2,000",61.7\n'))
    (row,) = frame.to_dict("records")
    assert row == {
        "where": f"{NAME}:2",
        "geo_level": "district",
        "geo_id": "1030011",
        "period": "2018-19",
        "dimension": "gender",
        "group": "male",
        "estimate": 0.617,
        "numerator": 1234.0,
        "denominator": 2000.0,
        "status": "published",
    }
    assert len(names.problems) == 0


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ("*,*,*", "suppressed_by_source"),
        ("14,16,*", "suppressed_by_source"),
        ("0,16,*", "suppressed_by_source"),
        ("N/A,N/A,*", "suppressed_by_source"),
        ("1,20,-9999", "suppressed_by_source"),
        ("N/A,N/A,N/A", "not_applicable"),
        ("12,20,-6666", "not_collected"),
    ],
)
def test_a_hidden_percent_hides_its_counts(
    export: Write, names: Names, cells: str, status: str
) -> None:
    frame = figures(names, export(NAME, HEADER + PLACE + cells + "\n"))
    assert list(frame["status"]) == [status]
    assert frame[[c for c in VALUE_COLUMNS if c in frame]].isna().all(axis=None)
    assert len(names.problems) == 0


def test_a_zero_is_a_figure_and_a_hidden_count_is_not(export: Write, names: Names) -> None:
    text = HEADER + PLACE + "0,16,0.0\n" + PLACE.replace("Male", "Female") + "*,*,100\n"
    frame = figures(names, export(NAME, text))
    assert list(frame["estimate"]) == [0.0, 1.0]
    assert list(frame["status"]) == ["published", "published"]
    assert frame["numerator"][0] == 0.0
    assert frame[["numerator", "denominator"]].loc[1].isna().all()


@pytest.mark.parametrize(
    ("cells", "says", "value"),
    [
        ("1,2,", "empty", ""),
        (",2,50", "empty", ""),
        ("1,2,fifty", "does not read", "fifty"),
        ("1,2,50.", "does not read", "50."),
        ("1,2,nan", "does not read", "nan"),
        ("1,2,a", "does not read", "a"),
        ("1,1,100.1", "does not read", "100.1"),
        ("0,1,-0.1", "does not read", "-0.1"),
        ("1.5,3,50", "does not read", "1.5"),
        ("-1,3,50", "does not read", "-1"),
        ("17,16,100", "above the denominator", "17 of 16"),
        ("1,4,50", "do not give the printed percent", "1 of 4, 50"),
    ],
)
def test_a_cell_that_cannot_be_is_noted_and_left_out(
    export: Write, names: Names, cells: str, says: str, value: str
) -> None:
    text = HEADER + PLACE.replace("Male", "Female") + "1,2,50\n" + PLACE + cells + "\n"
    frame = figures(names, export(NAME, text))
    assert list(frame["group"]) == ["female"]
    (problem,) = names.problems
    assert problem.where == f"{NAME}:3"
    assert says in problem.what
    assert problem.value == value


def test_everything_that_is_wrong_is_listed_in_one_go(export: Write, names: Names) -> None:
    first = export(
        NAME,
        HEADER
        + "Norwolk School District,1030011,Male,1,2,50\n"
        + "Norwalk School District,1510011,Male,1,2,50\n"
        + "Norwalk School District,1030011,Mail,1,2,50\n"
        + "Norwalk School District,1030011,Male,1,2,fifty\n"
        + "Norwalk School District,1030011,Female,1,2,50\n",
    )
    second = export("kites__2017-18_gender.csv", HEADER.replace("Of", "Whom") + PLACE + "1,2,50\n")
    frame = figures(names, first, second)
    assert list(frame["group"]) == ["female"]
    assert [(p.where, p.value) for p in names.problems] == [
        (f"{NAME}:2", "Norwolk School District (1030011)"),
        (f"{NAME}:3", "1510011"),
        (f"{NAME}:4", "Mail"),
        ("kites__2017-18_gender.csv:1", "Whom"),
        ("kites__2017-18_gender.csv:1", "Whom %"),
        ("kites__2017-18_gender.csv:1", ""),
        (f"{NAME}:5", "fifty"),
    ]
    assert all(p.allowed or p.remedy for p in names.problems)


def test_a_label_without_words_passes_only_without_a_figure(export: Write, names: Names) -> None:
    blank = PLACE.replace("Male", "")
    assert (
        figures(names, export(NAME, HEADER + blank + "*,*,*\n" + PLACE + "1,2,50\n")).shape[0] == 1
    )
    assert len(names.problems) == 0
    assert figures(names, export(NAME, HEADER + blank + "1,2,50\n")).empty
    assert next(iter(names.problems)).where == f"{NAME}:2"


def test_a_district_in_the_states_file_is_noted(export: Write, names: Names) -> None:
    text = "District,Gender,Of,%\nState,Male,8,50\nNorwalk School District,Male,5,40\n"
    frame = figures(names, export("kites__2018-19_gender_ct.csv", text))
    assert list(frame["geo_level"]) == ["state"]
    (problem,) = names.problems
    assert problem.where == "kites__2018-19_gender_ct.csv:3"


def test_the_states_rows_alone_are_not_all_districts(export: Write, names: Names) -> None:
    figures(names, export(NAME, "District,Gender,Of,%\nState,Male,8,50\n"))
    (problem,) = names.problems
    assert "no district" in problem.what


def test_a_row_of_the_state_may_stand_among_the_districts(export: Write, names: Names) -> None:
    text = HEADER + PLACE + "1,2,50\n" + '"NOTSET","=""0000000""",Male,3,4,75\n'
    frame = figures(names, export(NAME, text))
    assert list(frame["geo_level"]) == ["district", "state"]
    assert len(names.problems) == 0


cell = st.sampled_from(["*", "N/A", "-9999", "-6666", "0", "5", "1,004", "", "x", "-3", "1e3"])
rate = st.sampled_from(["*", "N/A", "-9999", "-6666", "0", "50.0", "100", "101", "", "?"])


@settings(max_examples=at_most(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cell, cell, rate), min_size=1, max_size=5))
def test_every_row_is_a_figure_with_a_reason_or_a_problem(
    export: Write, names: Names, rows: list[tuple[str, str, str]]
) -> None:
    names = Names(names.catalog, type(names.problems)())
    lines = [f'{PLACE}"{n}","{d}","{r}"\n' for n, d, r in rows]
    frame = figures(names, export(NAME, HEADER + "".join(lines)))
    noted = {problem.where for problem in names.problems}
    kept = set(frame["where"])
    assert kept | noted == {f"{NAME}:{line}" for line in range(2, len(rows) + 2)}
    assert kept.isdisjoint(noted)
    shown = frame["status"].eq("published")
    assert frame["estimate"].notna().equals(shown)
    assert frame.loc[~shown, ["numerator", "denominator"]].isna().all(axis=None)
    assert not (frame["numerator"] > frame["denominator"]).any()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("12,20,7.5", (7.5, 20.0, "published")),
        ("12,20,*", (None, None, "suppressed_by_source")),
        ("12,*,7.5", (7.5, None, "published")),
        ("N/A,N/A,N/A", (None, None, "not_applicable")),
        ("12,20,7.5%", (7.5, 20.0, "published")),
    ],
)
def test_an_average_is_taken_as_printed(
    export: Write, names: Names, cells: str, expected: tuple[float | None, float | None, str]
) -> None:
    table = read_table([export(NAME, HEADER + PLACE + cells + "\n")], LAYOUT, names)
    frame = read_averages(table, LAYOUT, names.problems, "rate", (5, 10))
    assert len(names.problems) == 0
    (row,) = frame[["estimate", "denominator", "status"]].astype(object).to_numpy().tolist()
    assert tuple(None if pd.isna(value) else value for value in row) == expected


@pytest.mark.parametrize(
    ("cells", "value"), [("12,20,4.9", "4.9"), ("12,20,x", "x"), ("1,2.5,7", "2.5")]
)
def test_an_average_outside_its_limits_is_noted(
    export: Write, names: Names, cells: str, value: str
) -> None:
    table = read_table([export(NAME, HEADER + PLACE + cells + "\n")], LAYOUT, names)
    assert read_averages(table, LAYOUT, names.problems, "rate", (5, 10)).empty
    assert [problem.value for problem in names.problems] == [value]
