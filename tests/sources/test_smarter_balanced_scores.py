"""Scale scores by race: three lines of headings, years by their fall, counts of hidden groups."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c2c_lib.sources import smarter_balanced_scores
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from support.examples import at_most
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

COUNT, SCORE = "Total Number with Scored Tests", "Average VSS"
NAME = "scores/smarterbalanced.csv"
STAMFORD = "White,Stamford School District"


def text(*rows: str, years: tuple[str, ...] = ("2018", "2021")) -> str:
    twice = ",".join(f"{year},{year}" for year in years)
    pairs = ",".join([f"{COUNT},{SCORE}"] * len(years))
    names = "Grade,Subject,Race/Ethnicity,District" + "," * (2 * len(years))
    return f",,,,{twice}\n,,,,{pairs}\n{names}\n" + "".join(f"{row}\n" for row in rows)


def test_a_year_is_the_fall_in_which_it_begins(export: Write, names: Names) -> None:
    content = text(
        f"3,ELA,{STAMFORD},193,2398,172,2388",
        "8,Math,Two or More Races,Stamford School District,7,*,*,*",
    )
    frame = smarter_balanced_scores.read([export(NAME, content)], names)
    assert told(names) == []
    assert len(frame) == 4

    def found(indicator: str, period: str, group: str) -> tuple[object, object, str]:
        row = figure(frame, indicator, "1350011", period, group)
        assert row["dimension"] == "race_ethnicity"
        return row["estimate"], row["denominator"], row["status"]

    assert found("grade3_ela_scale_score", "2018-19", "white") == (2398.0, 193.0, "published")
    assert found("grade3_ela_scale_score", "2021-22", "white") == (2388.0, 172.0, "published")
    # Seven tests beside a hidden score: how many there are is hidden too.
    hidden = (None, None, "suppressed_by_source")
    assert found("grade8_math_scale_score", "2018-19", "two_or_more") == hidden
    assert found("grade8_math_scale_score", "2021-22", "two_or_more") == hidden


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    content = text(
        f"9,ELA,{STAMFORD},193,2398,172,2388",
        f"3,Art,{STAMFORD},193,2398,172,2388",
        "3,ELA,Green,Stamford School District,193,2398,172,2388",
        "3,ELA,White,Nowhere,193,2398,172,2388",
        f"3,ELA,{STAMFORD},193,2398,172",
        f"4,ELA,{STAMFORD},193.5,2398,172,238",
    )
    frame = smarter_balanced_scores.read([export(NAME, content)], names)
    assert frame.empty
    assert [(p.where, p.value) for p in names.problems] == [
        (f"{NAME}:8", "7 cells"),
        (f"{NAME}:4", "9"),
        (f"{NAME}:5", "Art"),
        (f"{NAME}:6", "Green"),
        (f"{NAME}:7", "Nowhere"),
        (f"{NAME}:9", "193.5"),
        (f"{NAME}:9", "238"),
    ]


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ("2021,2021", "2021,2022", "a pair of columns"),
        ("2021,2021", "fall,fall", "a pair of columns"),
        ("2021,2021", "2018,2018", "a pair of columns"),
        (SCORE, "Percent", "a pair of columns"),
        ("Grade,Subject", "Subject,Grade", "the lines above the figures"),
        (",,,,2018,2018,2021,2021\n", "", "the lines above the figures"),
    ],
)
def test_other_headings_are_another_report(
    export: Write, names: Names, was: str, now: str, what: str
) -> None:
    content = text(f"3,ELA,{STAMFORD},193,2398,172,2388").replace(was, now)
    assert smarter_balanced_scores.read([export(NAME, content)], names).empty
    problems = list(names.problems)
    assert problems
    assert all(problem.what.startswith(what) for problem in problems)


@pytest.mark.parametrize(("content", "what"), [("", "empty"), (text(), "no rows")])
def test_nothing_in_the_file(export: Write, names: Names, content: str, what: str) -> None:
    assert smarter_balanced_scores.read([export(NAME, content)], names).empty
    assert any(what in problem.what for problem in names.problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=at_most(30))
@given(count=st.integers(0, 99_999), score=st.integers(2000, 3000))
def test_what_is_printed_is_what_is_read(export: Write, count: int, score: int) -> None:
    names = names_of("stamford")
    content = text(f"5,Math,{STAMFORD},{count},{score}", years=("2016",))
    frame = smarter_balanced_scores.read([export(NAME, content)], names)
    assert told(names) == []
    assert frame[["estimate", "denominator"]].to_numpy().tolist() == [[score, count]]
    assert frame["period"].tolist() == ["2016-17"]
