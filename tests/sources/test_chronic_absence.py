"""Chronic absenteeism: with and without counts, with and without a scope in the title."""

from collections.abc import Callable

import pytest

from c2c_lib.sources import chronic_absence
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

Write = Callable[[str, str | bytes], RawFile]


def test_the_older_layout_prints_percents_only(export: Write, names: Names) -> None:
    file = export(
        "chronic-absenteeism__2012-13_lunch.csv",
        '\ufeff"Chronic Absenteeism, 2012-13"\r\n", Free/Reduced Price Meal Eligibility"\r\n\r\n'
        '"District","District Code","Free/Reduced Price Meal Eligibility",'
        '"% Chronically Absent"\r\n'
        '"Bridgeport School District","=""0150011""","Eligible For Free Lunch",21.3\r\n'
        '"Bridgeport School District","=""0150011""","Eligible For Reduced Lunch",*\r\n'
        '"Bridgeport School District","=""0150011""","Not Eligible For Lunch",0.0\r\n',
    )
    frame = chronic_absence.read([file], names)
    assert list(names.problems) == []
    assert list(frame["group"]) == ["free_meals", "reduced_meals", "not_eligible"]
    assert frame["estimate"].tolist() == pytest.approx(
        [0.213, float("nan"), 0.0], nan_ok=True, abs=0
    )
    assert list(frame["status"]) == ["published", "suppressed_by_source", "published"]
    assert frame[["numerator", "denominator"]].isna().all(axis=None)
    assert set(frame["period"]) == {"2012-13"}
    assert set(frame["indicator"]) == {"chronic_absence"}


def test_the_later_layout_prints_counts_but_no_denominator(export: Write, names: Names) -> None:
    file = export(
        "chronic-absenteeism__2018-19_ell.csv",
        '"Chronic Absenteeism, 2018-19"\n"All Districts, English Learner Status"\n\n'
        '"",,,"Chronically Absent",\n'
        '"District","District Code","English Learner Status","Student Count","%"\n'
        '"Norwalk School District","=""1030011""","ELL",25,*\n'
        '"Norwalk School District","=""1030011""","Non-ELL","1,007",10.1\n',
    )
    frame = chronic_absence.read([file], names)
    assert list(names.problems) == []
    assert list(frame["status"]) == ["suppressed_by_source", "published"]
    assert frame[["estimate", "numerator", "denominator"]].loc[0].isna().all()
    assert (frame["estimate"][1], frame["numerator"][1]) == (0.101, 1007)
    assert frame["denominator"].isna().all()


def test_the_state_is_an_organization(export: Write, names: Names) -> None:
    file = export(
        "chronic-absenteeism__2019-20_all-students_ct.csv",
        '"Chronic Absenteeism, 2019-20"\n"State of Connecticut, All Students"\n\n'
        '"","Chronically Absent",\n"Organization","Student Count","%"\n'
        '"State of Connecticut",62000,12.2\n',
    )
    (row,) = chronic_absence.read([file], names).to_dict("records")
    assert (row["geo_level"], row["geo_id"], row["estimate"]) == ("state", "09", 0.122)
    assert list(names.problems) == []
