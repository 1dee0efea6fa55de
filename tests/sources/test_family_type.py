"""Children in families without a married couple: one share, in three spellings of the labels."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.family_type import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told

Write = Callable[[str, str | bytes], RawFile]

BODY = (
    '0400000US09,"Connecticut",1000,20,700,30,300,25\n'
    '0600000US0900156060,"{}",200,16,90,15,110,24\n'
)
CITY = "Norwalk town, Fairfield County, Connecticut"
OLD = ("HD01_VD{0:02d}", "HD02_VD{0:02d}")
NEW = ("B09002_{0:03d}E", "B09002_{0:03d}M")
SPELLINGS = {
    10: (OLD, "Estimate; ", "Margin of Error; ", "Total:", "In {} families:"),
    14: (OLD, "Estimate;  ", "Margins of Error;  ", "Total: ", "In {} families: "),
    20: (NEW, "Estimate!!Total:!!", "Margin of Error!!Total:!!", "", "In {} families:"),
}


def table(end: int, third: str = "other") -> str:
    codes, *kinds, total, families = SPELLINGS[end]
    labels = (total, families.format("married-couple"), families.format(third))
    head = [
        (code.format(line), kind + label)
        for line, label in zip((1, 2, 8), labels, strict=True)
        for code, kind in zip(codes, kinds, strict=True)
    ]
    first, second = zip(("GEO.id", "Id"), ("GEO.display-label", "Geography"), *head, strict=True)
    return f"{','.join(first)}\n{','.join(second)}\n{BODY.format(CITY)}"


@pytest.fixture
def names() -> Names:
    return names_of("norwalk")


@pytest.mark.parametrize("end", SPELLINGS)
def test_share(export: Write, names: Names, end: int):
    frame = read([export(f"ACS_{end}_5YR_B09002_with_ann.csv", table(end))], names)
    assert told(names) == []
    period = f"20{end - 4:02d}-20{end}"
    row = figure(frame, "children_single_parent", "0900156060", period)
    assert (row["numerator"], row["denominator"], row["estimate"]) == (110, 200, 0.55)
    assert row["moe90"] == pytest.approx((24**2 - (0.55 * 16) ** 2) ** 0.5 / 200, rel=1e-12)
    assert len(frame) == 2


def test_a_line_that_moved_is_noted(export: Write, names: Names):
    file = export("ACS_10_5YR_B09002_with_ann.csv", table(10, third="cohabiting"))
    assert read([file], names).empty
    (problem,) = names.problems
    assert problem.what == "line 008 of table B09002 has another label"
