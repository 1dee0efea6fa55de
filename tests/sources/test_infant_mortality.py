"""Infant mortality: rates of all infants only, hidden numbers, deaths without a town."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.infant_mortality import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

HEADER = "Town,FIPS,Year,Race,Type,Measure Type,Variable,Value\n"
INDICATOR = "infant_mortality"


def rows(town: str, fips: str, year: str, number: str, rate: str) -> str:
    start = f"{town},{fips},{year}"
    return (
        f"{start},All,Infant,Number,Fetal Mortality,{number}\n"
        f"{start},All,Infant,Rate,Fetal Mortality,{rate}\n"
        f"{start},White,Infant,Number,Fetal Mortality,3\n"
        f"{start},All,Neonatal,Rate,Fetal Mortality,999\n"
    )


STATE = rows("Connecticut", "09", "2010-2014", "962", "5.2")


@pytest.fixture
def names() -> Names:
    return names_of("norwalk")


def read_text(export: Write, names: Names, text: str) -> list[tuple[object, ...]]:
    frame = read([export("infants.csv", HEADER + text)], names)
    found = frame[["geo_id", "period", "estimate", "numerator", "status"]]
    return list(found.astype(object).where(found.notna(), None).itertuples(index=False, name=None))


def test_rates_and_hidden_numbers(export: Write, names: Names) -> None:
    text = (
        rows("Norwalk", "0900156060", "2010-2014", "25", "4.1")
        + rows("Norwalk", "0900156060", "2009-2013", "-9999", "-9999")
        + rows("Norwalk", "0900156060", "2008-2012", "0", "0")
        + rows("Unknown Ct Town", "0999999999", "2010-2014", "8", "16000")
        + "".join(rows("Connecticut", "09", f"{y}-{y + 4}", "962", "5.2") for y in (2008, 2009))
        + STATE
    )
    got = read_text(export, names, text)
    assert told(names) == []
    assert sorted(got, key=str) == [
        ("09", "2008-2012", 5.2, 962, "published"),
        ("09", "2009-2013", 5.2, 962, "published"),
        ("09", "2010-2014", 5.2, 962, "published"),
        ("0900156060", "2008-2012", 0, 0, "published"),
        ("0900156060", "2009-2013", None, None, "suppressed_by_source"),
        ("0900156060", "2010-2014", 4.1, 25, "published"),
    ]


def test_one_hidden_value_hides_the_other(export: Write, names: Names) -> None:
    text = STATE + rows("Norwalk", "0900156060", "2010-2014", "3", "-9999")
    frame = read([export("infants.csv", HEADER + text)], names)
    assert told(names) == []
    hidden = figure(frame, INDICATOR, "0900156060", "2010-2014")
    assert (hidden["status"], hidden["estimate"], hidden["numerator"]) == (
        "suppressed_by_source",
        None,
        None,
    )


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    text = (
        STATE
        + rows("Norwark", "0900156060", "2010-2014", "25", "4.1")
        + rows("Norwalk", "0900108070", "2010-2014", "25", "4.1")
        + "Norwalk,0900156060,2010-2014,All,Infnat,Rate,Fetal Mortality,4.1\n"
        + "Norwalk,0900156060,2010-2014,Black,Infant,Number,Fetal Mortality,4\n"
        + "Norwalk,0900156060,2010-14,All,Infant,Rate,Fetal Mortality,4.1\n"
        + "Norwalk,0900156060,2010-2014,All,Infant,Rate,Fetal Mortality,n/a\n"
        + "Norwalk,0900156060,2010-2014,All,Infant,Rate,Fetal Mortality,4.1\n"
        + "Norwalk,0900156060,2010-2014,All,Infant,Rate,Fetal Mortality,4.2\n"
    )
    read_text(export, names, text)
    assert [(p.where, p.value) for p in names.problems] == [
        ("infants.csv:15", "Black"),
        ("infants.csv:14", "Infnat"),
        ("infants.csv:16", "2010-14"),
        ("infants.csv:6", "Norwark (0900156060)"),
        ("infants.csv:10", "0900108070"),
        ("infants.csv:17", "n/a"),
        ("infants.csv:19", "town/0900156060/2010-2014"),
        ("infants.csv", "town/0900156060/2010-2014"),
        ("infants.csv", "Norwalk"),
    ]


def test_an_empty_file(export: Write, names: Names) -> None:
    assert read([export("infants.csv", HEADER)], names).empty
    assert read([export("infants.csv", "")], names).empty
    assert ["header but no rows" in told(names)[0], "is empty" in told(names)[1]] == [True, True]
