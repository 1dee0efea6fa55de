"""Sanctions, incidents and bullying: events by kind, repeated rows and wrong codes."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c2c_lib.sources.base import RawFile, ReportReader
from c2c_lib.sources.events import (
    BULLYING,
    INCIDENT_KINDS,
    INCIDENTS,
    READERS,
    SANCTION_KINDS,
    SANCTIONS,
)
from c2c_lib.sources.names import Names
from support.examples import at_most
from support.excerpts import told

Write = Callable[[str, str | bytes], RawFile]

TITLES = '"Sanction Counts, {year}"\r\n"{scope}"\r\n\r\n"",,"Sanction Type",,,\r\n'
KINDS = '"In-School Suspension","Out-of-School Suspension","Expulsion","Bus Suspension"\r\n'
DISTRICTS = (
    TITLES.format(year="2011-12", scope="All Districts") + '"District","District Code",' + KINDS
)


def test_kinds_marks_and_the_state(export: Write, names: Names) -> None:
    districts = export(
        "sanctions__2011-12.csv",
        DISTRICTS + '"Norwalk School District","=""1030011""","1,204",310,"*",0\r\n',
    )
    state = export(
        "sanctions__2011-12_ct.csv",
        TITLES.format(year="2011-12", scope="State of Connecticut").replace('"",,', '"",')
        + '"State",'
        + KINDS
        + '"State of Connecticut",73188,52470,1049,1475\r\n',
    )
    frame = SANCTIONS.read([districts, state], names)
    assert told(names) == []
    found = {(r.indicator, r.geo_level, r.geo_id): r for r in frame.itertuples()}
    assert len(found) == len(frame) == 8
    in_school = found["sanctions_in_school", "district", "1030011"]
    assert (in_school.estimate, in_school.numerator, in_school.period) == (1204, 1204, "2011-12")
    hidden = found["sanctions_expulsions", "district", "1030011"]
    assert hidden.status == "suppressed_by_source"
    assert frame.loc[hidden.Index, ["estimate", "numerator"]].isna().all()
    # A printed zero is a zero; whether it may be shown is for the privacy rules to say.
    assert found["sanctions_bus", "district", "1030011"].estimate == 0
    assert found["sanctions_expulsions", "state", "09"].estimate == 1049


def test_a_row_repeated_with_another_code_or_none_counts_once(export: Write, names: Names) -> None:
    row = '"Bridgeport School District","=""{}""",2355,6103,"*",12\r\n'
    text = DISTRICTS + row.format("") + row.format("0150011") + row.format("1420011")
    frame = SANCTIONS.read([export("sanctions__2011-12.csv", text)], names)
    assert told(names) == []
    assert len(frame) == 4
    assert set(frame["geo_id"]) == {"0150011"}


def test_a_wrong_code_with_figures_of_its_own_is_noted(export: Write, names: Names) -> None:
    text = (
        DISTRICTS
        + '"Bridgeport School District","=""0150011""",2355,6103,"*",12\r\n'
        + '"Bridgeport School District","=""1420011""",2355,6103,"*",13\r\n'
    )
    frame = SANCTIONS.read([export("sanctions__2011-12.csv", text)], names)
    (problem,) = names.problems
    assert (problem.where, problem.value) == ("sanctions__2011-12.csv:7", "1420011")
    assert len(frame) == 4


def test_the_code_that_says_nothing_is_passed_over(export: Write, names: Names) -> None:
    text = DISTRICTS + '"Ansonia School District","=""3480015""",272,113,11,0\r\n'
    frame = SANCTIONS.read([export("sanctions__2011-12.csv", text)], names)
    assert told(names) == []
    assert set(frame["geo_id"]) == {"0020011"}


def test_bullying_heads_its_columns_in_capitals(export: Write, names: Names) -> None:
    file = export(
        "bullying__2012-13.csv",
        '"Bullying Counts, 2012-13"\n"All Districts"\n\n"",,"Bullying Type",\n'
        '"DISTRICT","District Code","Number of students with at least 1 bullying incident",'
        '"Counts of Bullying Incidents"\n'
        '"Stamford School District","=""1350011""","*",13\n',
    )
    frame = BULLYING.read([file], names)
    assert told(names) == []
    status = dict(zip(frame["indicator"], frame["status"], strict=True))
    assert status == {
        "bullying_students": "suppressed_by_source",
        "bullying_incidents": "published",
    }


def test_every_kind_of_incident_is_read(export: Write, names: Names) -> None:
    headings = list(INCIDENT_KINDS)
    quoted = ",".join(f'"{heading}"' for heading in headings)
    cells = ",".join(str(n) for n in range(10, 10 + len(headings)))
    file = export(
        "incidents__2015-16.csv",
        f'"Incident Counts, 2015-16"\n"All Districts"\n\n"District","District Code",{quoted}\n'
        f'"Waterbury School District","=""1510011""",{cells}\n',
    )
    frame = INCIDENTS.read([file], names)
    assert told(names) == []
    by_indicator = dict(zip(frame["indicator"], frame["estimate"], strict=True))
    assert len(by_indicator) == 10
    assert by_indicator["incidents_violent_crimes"] == 10
    assert by_indicator["incidents_school_policy"] == 19


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    files = [
        export(
            "sanctions__2011-12.csv",
            DISTRICTS
            + '"Atlantis School District","=""9990011""",1,2,3,4\n'
            + '"Norwalk School District","=""1030011""",1.5,12%,-3,""\n'
            + '"State of Connecticut","",1,2,3,4\n'
            + '"Stamford School District","=""1350011""",1,2\n',
        ),
        export("sanctions__2009-10.csv", ""),
        export("sanctions__2010-11.csv", DISTRICTS.replace("Expulsion", "Expelled")),
    ]
    frame = SANCTIONS.read(files, names)
    assert frame.empty
    problems = told(names)
    for part in (
        "Atlantis",
        "1.5",
        "12%",
        "-3",
        "an empty cell",
        "different kinds of places",
        "different numbers of cells",
        "the file is empty",
        "no rows follow the header",
    ):
        assert any(part in problem for problem in problems), part
    assert len(problems) == 9


@given(counts=st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=at_most(20))
def test_counts_come_back_as_printed(export: Write, names: Names, counts: list[int]) -> None:
    cells = ",".join(f'"{count:,}"' for count in counts)
    text = DISTRICTS + f'"Norwalk School District","=""1030011""",{cells}\r\n'
    frame = SANCTIONS.read([export("sanctions__2011-12.csv", text)], names)
    order = list(SANCTION_KINDS.values())
    found = frame.set_index("indicator").loc[order]
    assert found["estimate"].tolist() == found["numerator"].tolist() == counts


@pytest.mark.parametrize("report", READERS)
def test_no_files_give_no_figures(report: ReportReader, names: Names) -> None:
    frame = report.read([], names)
    assert frame.empty
    assert {"indicator", "geo_id", "estimate", "numerator", "status"} <= set(frame.columns)
