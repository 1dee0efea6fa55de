"""Attendance: lost zeros, year to date, empty cells, two releases."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import attendance, attendance_2022
from c2c_lib.sources.attendance import TO_DATE
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.excerpts import figure, told

Write = Callable[[str, str | bytes], RawFile]

HEADER = (
    "District code,District name,Category,Student group,"
    "2022-2023 student count - year to date,2022-2023 attendance rate - year to date,"
    "2021-2022 student count,2021-2022 attendance rate,Reporting period,Update date\n"
)
STATE = "00000CT,Connecticut,,All Students,494006,0.9232,495156,0.9211,May-23,6/16/23\n"
BRIDGEPORT = "150011,Bridgeport School District,"
END = ",May-23,6/16/23\n"


def test_both_years_of_every_group(export: Write, names: Names) -> None:
    content = (
        HEADER
        + STATE
        + f"{BRIDGEPORT}Homelessness,Students Experiencing Homelessness,55,0.8485,,{END}"
        + f"{BRIDGEPORT}Race/Ethnicity,All other races,827,0.9212,807,0.9347{END}"
        + f"{BRIDGEPORT}High Needs,Students Without High Needs,2982,0.924,2644,0.9397{END}"
    )
    frame = attendance.read([export("attendance/district.csv", content)], names)
    assert told(names) == []
    assert set(frame["indicator"]) == {"attendance_rate"}
    assert len(frame) == 6

    def found(geo_id: str, period: str, group: str) -> list[object]:
        row = figure(frame, "attendance_rate", geo_id, period, group)
        names_ = ("geo_level", "dimension", "estimate", "denominator", "status", "note")
        return [row[name] for name in names_]

    assert found("09", "2022-23", "all") == [
        *("state", "all", 0.9232, 494006.0, "published", TO_DATE)
    ]
    assert found("09", "2021-22", "all") == ["state", "all", 0.9211, 495156.0, "published", ""]
    assert found("0150011", "2022-23", "homeless")[2:5] == [0.8485, 55.0, "published"]
    # An empty cell is hidden, and carries no note on a figure that is not there.
    assert found("0150011", "2021-22", "homeless") == [
        *("district", "homelessness", None, None, "suppressed_by_source", "")
    ]
    assert found("0150011", "2021-22", "not_high_needs")[1:4] == ["high_needs", 0.9397, 2644.0]


def test_the_earlier_release_has_its_own_source(export: Write, names: Names) -> None:
    content = (
        "District code,District name,Category,Student group,2021-2022 student count - year to "
        "date,2021-2022 attendance rate - year to date,2019-2020 student count,2019-2020 "
        "attendance rate,Reporting period,Date update\n"
        "0150011,Bridgeport School District,,All Students,18482,0.9008,19423.0,0.9367,June 2022,"
        "2022-07-22\n"
    )
    frame = attendance_2022.read([export("attendance/table.csv", content)], names)
    assert told(names) == []
    assert attendance_2022.SOURCE != attendance.SOURCE
    assert frame[["period", "estimate", "denominator", "note"]].to_numpy().tolist() == [
        ["2021-22", 0.9008, 18482.0, attendance_2022.FIRST_COUNT],
        ["2019-20", 0.9367, 19423.0, ""],
    ]


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    content = (
        HEADER
        + f"{BRIDGEPORT}Shoes,Blue,55,0.8485,60,0.9{END}"
        + f"1030011,Bridgeport School District,,All Students,55,0.8485,60,0.9{END}"
        + f"{BRIDGEPORT},All Students,55,84.85,60.5,0.9{END}"
        + f"{BRIDGEPORT}Race/Ethnicity,White,,0.8485,x,0.9{END}"
    )
    frame = attendance.read([export("a/b.csv", content)], names)
    assert [(p.where, p.value) for p in names.problems] == [
        ("a/b.csv:2", "Shoes: Blue"),
        ("a/b.csv:3", "1030011"),
        ("a/b.csv:4", "84.85"),
        ("a/b.csv:5", ""),
        ("a/b.csv:5", "x"),
        ("a/b.csv:4", "60.5"),
    ]
    assert frame.empty


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (HEADER.replace("2021-2022 student count,", ""), "only one of its two columns"),
        (HEADER.replace("2021-2022 s", "2021-2023 s"), "period is '2021-23'"),
        (HEADER.replace("Update date", "Weather"), "unknown column"),
        (HEADER.partition("2022-2023")[0] + "Update date\n", "no column of a school year"),
        (HEADER.replace("Student group", "Group"), "unknown column"),
    ],
)
def test_other_columns_are_noted(export: Write, names: Names, header: str, what: str) -> None:
    row = ",".join(["0150011"] + ["x"] * header.count(",")) + "\n"
    attendance.read([export("a/b.csv", header + row)], names)
    assert any(what in problem.what for problem in names.problems)


def test_an_empty_file_is_noted(export: Write, names: Names) -> None:
    assert attendance.read([export("a/b.csv", "")], names).empty
    assert [problem.what for problem in names.problems] == ["the file is empty"]
