"""Children in public preschool: counts, what is hidden, and what nobody reported."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.pre_k import read
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

HEADER = '"District","FIPS","Year","Variable","Measure Type","Value"\n'
DISTRICT = '"Stamford School District","900173070"'


def row(year: str, value: str, what: str = "Pre-K Students", kind: str = "Number") -> str:
    return f'{DISTRICT},"{year}","{what}","{kind}",{value}\n'


@pytest.fixture
def names() -> Names:
    return names_of("stamford")


def test_counts_and_marks(export: Write, names: Names):
    text = HEADER + row("2018-2019", "0") + row("2019-2020", "-9999") + row("2020-2021", "-6666")
    text += '"Connecticut","9","2018-2019","Pre-K Students","Number",18973\n'
    frame = read([export("pre-k.csv", text)], names)
    assert told(names) == []
    got = [
        figure(frame, "public_prek_seats", "1350011", year)
        for year in ("2018-19", "2019-20", "2020-21")
    ]
    assert [(g["estimate"], g["status"]) for g in got] == [
        (0, "published"),
        (None, "suppressed_by_source"),
        (None, "not_collected"),
    ]
    state = figure(frame, "public_prek_seats", "09", "2018-19")
    assert (state["geo_level"], state["estimate"], state["numerator"]) == ("state", 18973, 18973)


@pytest.mark.parametrize(
    "line",
    [
        row("2018-2019", "12.5"),
        row("2018-2019", "many"),
        row("2018-2020", "12"),
        row("2018-2019", "12", kind="Percent"),
        row("2018-2019", "12", what="Kites"),
        row("2018-2019", "12").replace("900173070", "900156060"),
        row("2018-2019", "12").replace("Stamford", "Stanford"),
    ],
)
def test_what_is_wrong_is_noted(export: Write, names: Names, line: str):
    assert read([export("pre-k.csv", HEADER + line)], names).empty
    (problem,) = names.problems
    assert problem.where == "pre-k.csv:2"
