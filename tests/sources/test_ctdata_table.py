"""The long tables of CTData, whatever they count."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.ctdata_table import read_ctdata_table
from c2c_lib.sources.names import Names
from support.examples import at_most

Write = Callable[[str, str | bytes], RawFile]

HEADER = '"District","FIPS","Year","Race/Ethnicity","Variable","Measure Type","Value"\n'
KIND = '"Kites Flown","Number"'


def test_rows_keep_their_cells_and_say_where_they_stand(export: Write, names: Names) -> None:
    text = (
        HEADER
        + f'"Connecticut","9","2010-2011","Asian",{KIND},"24,204"\n'
        + f'"Norwalk School District","900156060","2010-2011","White",{KIND},-9999\n'
        + f'"LEARN","","1999-2000","White",{KIND},-6666\n'
    )
    table = read_ctdata_table(
        [export("kites.csv", text)], names, variable="Kites Flown", measure="Number"
    )
    assert list(names.problems) == []
    fields = ["where", "geo_id", "period", "dimension", "group", "value"]
    assert table[fields].to_numpy().tolist() == [
        ["kites.csv:2", "09", "2010-11", "race_ethnicity", "asian", "24,204"],
        ["kites.csv:3", "1030011", "2010-11", "race_ethnicity", "white", "-9999"],
        ["kites.csv:4", "2450014", "1999-00", "race_ethnicity", "white", "-6666"],
    ]


def test_several_tables_are_read_into_one(export: Write, names: Names) -> None:
    everyone = HEADER.replace('"Race/Ethnicity",', "")
    files = [
        export("all.csv", everyone + f'"LEARN","","2010-2011",{KIND},7\n'),
        export("race.csv", HEADER + f'"LEARN","","2010-2011","Asian",{KIND},7\n'),
    ]
    table = read_ctdata_table(files, names, variable="Kites Flown", measure="Number")
    assert list(names.problems) == []
    assert table[["dimension", "group"]].to_numpy().tolist() == [
        ["all", "all"],
        ["race_ethnicity", "asian"],
    ]


@pytest.mark.parametrize(
    ("row", "value", "column"),
    [
        (f'"Stamford School District","","2010-2012","Asian",{KIND},1', "2010-2012", "Year"),
        (f'"Stamford School District","","2010-11","Asian",{KIND},1', "2010-11", "Year"),
        (
            f'"Stamford School District","900108070","2010-2011","Asian",{KIND},1',
            "900108070",
            "FIPS",
        ),
        (
            '"Stamford School District","","2010-2011","Asian","Kites Lost","Number",1',
            "Kites Lost",
            "Variable",
        ),
        (
            '"Stamford School District","","2010-2011","Asian","Kites Flown","Percent",1',
            "Percent",
            "Measure Type",
        ),
        (f'"NA","","2010-2011","Asian",{KIND},1', "NA", ""),
        (f'"Stamford School District","","2010-2011","Asien",{KIND},1', "Asien", ""),
    ],
)
def test_what_does_not_fit_is_noted_and_left_out(
    export: Write, names: Names, row: str, value: str, column: str
) -> None:
    good = f'"Norwalk School District","","2010-2011","White",{KIND},5\n'
    file = export("kites.csv", HEADER + row + "\n" + good)
    table = read_ctdata_table([file], names, variable="Kites Flown", measure="Number")
    (problem,) = names.problems
    assert (problem.where, problem.value, problem.column) == ("kites.csv:2", value, column)
    assert list(table["geo_id"]) == ["1030011"]


def test_a_cell_that_is_known_to_name_no_place_is_passed_over(export: Write, names: Names) -> None:
    text = (
        HEADER
        + f'NA,"","2010-2011","Asian",{KIND},1\n'
        + f'"NAA","","2010-2011","Asian",{KIND},1\n'
        + f'"Norwalk School District","","2010-2011","White",{KIND},5\n'
    )
    table = read_ctdata_table(
        [export("kites.csv", text)],
        names,
        variable="Kites Flown",
        measure="Number",
        no_place=("NA",),
    )
    (problem,) = names.problems
    assert (problem.where, problem.what) == ("kites.csv:3", "unknown district")
    assert list(table["geo_id"]) == ["1030011"]


@given(first=st.integers(1990, 2098), later=st.integers(-2, 3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=at_most(25))
def test_only_two_years_in_a_row_are_a_school_year(export: Write, first: int, later: int) -> None:
    second = first + later
    names = Names(load_catalog(), Problems())
    row = f'"LEARN","","{first}-{second}","Asian",{KIND},7\n'
    table = read_ctdata_table(
        [export("kites.csv", HEADER + row)], names, variable="Kites Flown", measure="Number"
    )
    if later == 1:
        assert list(table["period"]) == [f"{first}-{str(second)[2:]}"]
        assert list(names.problems) == []
    else:
        assert table.empty
        assert [(p.value, p.column) for p in names.problems] == [(f"{first}-{second}", "Year")]
