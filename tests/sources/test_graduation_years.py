"""Five- and six-year graduation: the cohort counted later, and the files beside it."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile, ReportReader
from c2c_lib.sources.graduation import FIVE_YEAR, SIX_YEAR
from c2c_lib.sources.names import Names

Write = Callable[[str, str | bytes], RawFile]

REPORTS = pytest.mark.parametrize(
    ("report", "word", "indicator"),
    [(FIVE_YEAR, "Five", "graduation_5yr"), (SIX_YEAR, "Six", "graduation_6yr")],
)


def text(word: str, *rows: str, counted: str = "Graduation") -> str:
    return (
        f'"{word}-Year Graduation Rates, 2011-12"\r\n'
        '"All Districts, Free/Reduced Price Meal Eligibility"\r\n\r\n"",,,,"Graduates"\r\n'
        '"District","District Code","Free/Reduced Price Meal Eligibility",'
        f'"{word}-Year Cohort Count","{counted} Count","Graduation Rate"\r\n'
        + "".join(f"{row}\r\n" for row in rows)
    )


ROWS = (
    '"Norwalk School District","=""1030011""","Eligible For Free Lunch",300,249,83.0',
    '"Norwalk School District","=""1030011""","Eligible For Reduced Lunch",16,14,*',
    '"Norwalk School District","=""1030011""","Not Eligible For Lunch","N/A","N/A","N/A"',
)


@REPORTS
def test_the_period_is_that_of_the_class(
    export: Write, names: Names, report: ReportReader, word: str, indicator: str
) -> None:
    file = export("rates__2011-12_lunch_grad.csv", text(word, *ROWS))
    frame = report.read([file], names)
    assert list(names.problems) == []
    assert set(frame["indicator"]) == {indicator}
    assert set(frame["period"]) == {"2011-12"}
    assert list(zip(frame["group"], frame["status"], strict=True)) == [
        ("free_meals", "published"),
        ("reduced_meals", "suppressed_by_source"),
        ("not_eligible", "not_applicable"),
    ]
    values = frame[["estimate", "numerator", "denominator"]]
    assert values.loc[0].tolist() == [0.83, 249.0, 300.0]
    assert values[1:].isna().all(axis=None)


@REPORTS
def test_another_report_or_a_wrong_count_is_noted(
    export: Write, names: Names, report: ReportReader, word: str, indicator: str
) -> None:
    other = "Six" if word == "Five" else "Five"
    row = '"Norwalk School District","=""1030011""","Eligible For Free Lunch",300,349,83.0'
    frame = report.read(
        [
            export("a__2011-12_lunch_grad.csv", text(other, *ROWS)),
            export("b__2011-12_lunch_grad.csv", text(word, *ROWS, counted="Still Enrolled")),
            export("c__2011-12_lunch_grad.csv", text(word, row)),
        ],
        names,
    )
    assert set(frame["indicator"]) <= {indicator}
    assert [problem.value for problem in names.problems] == [
        f"{other}-Year Graduation Rates, 2011-12",
        f"{other}-Year Cohort Count",
        "",
        "Still Enrolled Count",
        "",
        "349 of 300",
    ]
