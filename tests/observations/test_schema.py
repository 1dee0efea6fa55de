"""The tidy table: its types, its one order, and everything that is wrong with it at once."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError, Problem
from c2c_lib.observations import (
    COLUMNS,
    KEY,
    STATUSES,
    check_observations,
    empty_observations,
    sort_observations,
)
from support.examples import at_most

NAMES = [column.name for column in COLUMNS]
SHOWN = ("published", "too_weak")


def problems_of(frame: pd.DataFrame) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        check_observations(frame)
    return raised.value.problems


def column_of(frame: pd.DataFrame, name: str, value: object, row: int = 0) -> pd.DataFrame:
    """Return the table with one cell changed."""
    spoiled = frame.copy()
    spoiled.loc[row, name] = value
    return spoiled


def numbered(estimates: list[float]) -> pd.DataFrame:
    """Return published figures that fit, one per year from 2001 on."""
    years = [2001 + number for number in range(len(estimates))]
    return sort_observations(
        pd.DataFrame(
            {
                "indicator": "unemployment_rate",
                "geo_level": "town",
                "geo_id": "0900156060",
                "period": [str(year) for year in years],
                "period_end": years,
                "dimension": "all",
                "group": "all",
                "estimate": estimates,
                "status": "published",
                "source": "ctdol_labor_force",
            }
        )
    )


def test_the_columns_are_the_ones_of_the_design():
    design = (
        "indicator, geo_level, geo_id, period, period_end, dimension, group, estimate, "
        "numerator, denominator, moe90, status, source, note"
    )
    assert ", ".join(NAMES) == design
    assert set(KEY) < set(NAMES)


def test_every_column_says_what_it_means():
    for column in COLUMNS:
        assert column.title
        assert column.description.endswith(".")


def test_every_status_is_in_plain_words():
    assert set(STATUSES) == {
        "published",
        "suppressed_by_source",
        "suppressed_small",
        "suppressed_complementary",
        "not_collected",
        "not_applicable",
        "too_weak",
    }
    assert all(words.endswith(".") for words in STATUSES.values())


def test_a_table_that_fits_comes_back_as_it_is(table: pd.DataFrame):
    assert check_observations(table) is table


def test_an_empty_table_fits():
    frame = empty_observations()
    assert list(frame.columns) == NAMES
    assert len(check_observations(frame)) == 0


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    "filled", [(), ("estimate",), ("numerator",), ("denominator",), ("moe90",)]
)
def test_a_figure_has_values_exactly_when_it_is_shown(
    table: pd.DataFrame, status: str, filled: tuple[str, ...]
):
    frame = table.head(1).copy()
    frame[["estimate", "numerator", "denominator", "moe90"]] = np.nan
    frame["status"] = status
    for name in filled:
        frame[name] = 0.5
    fits = ("estimate" in filled) if status in SHOWN else not filled
    if fits:
        assert check_observations(frame) is frame
    else:
        (problem,) = problems_of(frame)
        assert "must carry no value" in problem.what


def test_what_may_be_a_hidden_figure_is_not_quoted(table: pd.DataFrame):
    frame = table.head(1).assign(
        status="suppressed_small", estimate=0.123, numerator=4.0, denominator=31.0
    )
    (problem,) = problems_of(frame)
    assert problem.value == ""
    assert "0.123" not in str(problem)
    assert "31" not in str(problem)


@pytest.mark.parametrize(
    ("name", "value", "said", "quoted"),
    [
        ("status", "lost", "not one of the allowed values", "lost"),
        ("geo_level", "county", "not one of the allowed values", "county"),
        ("estimate", -0.01, "too small", "-0.01"),
        ("numerator", -1.0, "too small", "-1.0"),
        ("moe90", -0.2, "too small", "-0.2"),
        ("estimate", np.inf, "infinite", "inf"),
        ("indicator", "", "empty", ""),
        ("geo_id", "", "empty", ""),
        ("source", None, "missing", ""),
        ("note", None, "missing", ""),
        ("period", "2018-20", "the period is none", "2018-20"),
        ("period_end", 1999, "the period is none", "1999"),
    ],
)
def test_a_wrong_value_is_told_with_its_column_and_its_row(
    table: pd.DataFrame, name: str, value: object, said: str, quoted: str
):
    problems = problems_of(column_of(table, name, value, row=0))
    (problem,) = [p for p in problems if said in p.what]
    assert name in problem.column
    assert quoted in problem.value
    assert problem.remedy.startswith("First rows: ")
    assert len(problems) <= 2  # a status that is none also carries a value


def test_a_numerator_above_its_denominator_is_told(table: pd.DataFrame):
    row = int(table.index[table["denominator"] == 861][0])
    (problem,) = problems_of(column_of(table, "numerator", 862.0, row))
    assert problem.what == "the numerator is above the denominator"
    assert problem.value == "numerator 862.0, denominator 861.0"
    assert problem.remedy == "First rows: graduation_4yr/district/1030011/2018-19/all/all"


def test_all_may_be_counted(table: pd.DataFrame):
    row = int(table.index[table["denominator"] == 861][0])
    check_observations(column_of(table, "numerator", 861.0, row))


def test_the_same_figure_twice_is_told_once_with_its_name(table: pd.DataFrame):
    frame = sort_observations(pd.concat([table, table.iloc[[0]].assign(estimate=0.5)]))
    (problem,) = problems_of(frame)
    assert problem.what == "the same figure stands twice"
    assert problem.remedy == f"First rows: {'/'.join(table.loc[0, list(KEY)])}"


@pytest.mark.parametrize("name", NAMES)
def test_a_column_that_is_missing_is_told_alone(table: pd.DataFrame, name: str):
    (problem,) = problems_of(table.drop(columns=name))
    assert (problem.what, problem.column) == ("column is missing", name)


def test_a_column_that_is_not_known_is_told_with_the_nearest(table: pd.DataFrame):
    (problem,) = problems_of(table.assign(estimat=0.5))
    assert (problem.what, problem.value) == ("unknown column", "estimat")
    assert problem.remedy.startswith("did you mean 'estimate'")


def test_a_column_that_stands_twice_is_told(table: pd.DataFrame):
    (problem,) = problems_of(pd.concat([table, table[["note"]]], axis=1))
    assert (problem.what, problem.column) == ("column stands twice", "note")


def test_columns_out_of_order_are_told(table: pd.DataFrame):
    (problem,) = problems_of(table[NAMES[::-1]])
    assert problem.what == "columns are out of order"


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        ("period_end", lambda s: s.astype("float64"), "float64"),
        ("estimate", lambda s: s.astype("str"), "str"),
        ("numerator", lambda s: s.astype("object"), "object"),
        ("geo_id", lambda s: s.str.replace("-", "").astype("int64"), "int64"),
    ],
)
def test_a_column_of_another_type_is_told(
    table: pd.DataFrame, name: str, change: Callable[[pd.Series], pd.Series], found: str
):
    (problem,) = problems_of(table.assign(**{name: change(table[name])}))
    assert (problem.what, problem.column) == ("column has another type", name)
    assert problem.value == found


def test_a_table_with_any_index_is_checked(table: pd.DataFrame):
    spoiled = column_of(table, "status", "lost")
    named = spoiled.set_index("geo_id", drop=False)
    twice = spoiled.set_axis([7] * len(spoiled))
    expected = problems_of(spoiled)
    assert problems_of(named) == problems_of(twice) == expected


def test_at_most_five_rows_are_named(table: pd.DataFrame):
    frame = pd.concat([table.assign(indicator=f"i{n}") for n in range(4)], ignore_index=True)
    (problem,) = problems_of(frame.assign(source=""))
    assert problem.remedy.count("/all/all") <= 5
    assert len(problem.remedy.split("; ")) == 5


# Each spoils one cell of its own row, and what is then said.
FAULTS = {
    "status": ("status", "lost", "not one of the allowed values"),
    "level": ("geo_level", "county", "not one of the allowed values"),
    "negative": ("moe90", -1.0, "too small"),
    "empty": ("source", "", "is empty"),
    "missing": ("indicator", None, "is missing"),
    "infinite": ("estimate", np.inf, "infinite"),
    "period": ("period", "soon", "the period is none"),
}


@settings(max_examples=at_most(20))  # every one of them checks a whole table
@example(chosen=set(FAULTS), structure={"extra", "dropped", "retyped", "twice"})
@given(
    chosen=st.sets(st.sampled_from(sorted(FAULTS)), min_size=1),
    structure=st.sets(st.sampled_from(["extra", "dropped", "retyped", "twice"])),
)
def test_any_fault_is_told_together_with_all_others(chosen: set[str], structure: set[str]):
    frame = numbered([0.1] * (len(FAULTS) + 2))
    for row, name in enumerate(FAULTS):
        if name in chosen:
            column, value, _ = FAULTS[name]
            frame.loc[row, column] = value
    expected = {FAULTS[name][2] for name in chosen}
    if "twice" in structure:
        frame = pd.concat([frame, frame.iloc[[-1]]], ignore_index=True)
        expected.add("stands twice")
    if "extra" in structure:
        frame = frame.assign(colour="blue")
        expected.add("unknown column")
    if "dropped" in structure:
        frame = frame.drop(columns="note")
        expected.add("column is missing")
    if "retyped" in structure:
        frame = frame.assign(denominator="1")
        expected.add("column has another type")
    said = " | ".join(problem.what for problem in problems_of(frame))
    assert {words for words in expected if words not in said} == set()


@given(st.lists(st.floats(0, 1), max_size=8))
def test_figures_that_fit_are_never_refused(estimates: list[float]):
    frame = numbered(estimates)
    assert check_observations(frame) is frame


@given(st.permutations(list(range(6))))
def test_rows_have_one_order(order: list[int]):
    table = numbered([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    shuffled = table.iloc[order]
    pd.testing.assert_frame_equal(sort_observations(shuffled), table)


def test_rows_are_sorted_by_time_within_a_place(table: pd.DataFrame):
    later = table[table["indicator"] == "graduation_4yr"].assign(period="1999-00", period_end=2000)
    frame = sort_observations(pd.concat([table, later.head(1)]))
    graduation = frame[frame["indicator"] == "graduation_4yr"]
    assert list(graduation["period"]) == ["1999-00", "2017-18", "2018-19", "2018-19"]
    assert list(frame.index) == list(range(7))


def test_sorting_twice_changes_nothing(table: pd.DataFrame):
    pd.testing.assert_frame_equal(sort_observations(table), table)


def test_sorting_leaves_what_it_is_given(table: pd.DataFrame):
    given = table.iloc[::-1].drop(columns="note")
    before = given.copy()
    sort_observations(given)
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize("name", ["estimate", "numerator", "denominator", "moe90", "note"])
def test_a_column_that_may_be_empty_may_be_missing(table: pd.DataFrame, name: str):
    frame = sort_observations(table.drop(columns=name).assign(colour="blue"))
    assert list(frame.columns) == NAMES
    assert (frame[name] == "").all() if name == "note" else frame[name].isna().all()


def test_missing_notes_become_empty_ones(table: pd.DataFrame):
    notes = [None, np.nan, "Read this.", "", None, None]
    frame = sort_observations(table.assign(note=notes))
    assert sorted(frame["note"]) == ["", "", "", "", "", "Read this."]
    check_observations(frame)


def test_nothing_read_is_an_empty_table():
    frame = sort_observations(pd.DataFrame({"source": []}))
    pd.testing.assert_frame_equal(frame, empty_observations())
    pd.testing.assert_frame_equal(sort_observations(pd.DataFrame()), empty_observations())


def test_what_cannot_be_sorted_is_told_at_once(table: pd.DataFrame):
    frame = table.drop(columns=["status", "geo_id"]).assign(estimate="many", period_end=np.nan)
    with pytest.raises(InputError) as raised:
        sort_observations(frame)
    found = {problem.column: problem.what for problem in raised.value.problems}
    assert set(found) == {"status", "geo_id", "estimate", "period_end"}
    assert found["status"] == "column is missing"
    assert "float64" in found["estimate"]


def test_codes_keep_their_leading_zeros(table: pd.DataFrame):
    assert "0955990" in set(sort_observations(table)["geo_id"])


def test_the_levels_are_the_catalogs(table: pd.DataFrame):
    (levels,) = [column.categories for column in COLUMNS if column.name == "geo_level"]
    assert {place.geo_level for place in load_catalog().places} <= set(levels)
    assert {indicator.level for indicator in load_catalog().indicators.values()} <= set(levels)
    assert set(table["geo_level"]) <= set(levels)
