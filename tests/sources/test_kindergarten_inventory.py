"""Kindergarten Entrance Inventory: digits as printed, hidden shares, both number styles."""

from collections.abc import Callable
from typing import Any

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.kindergarten_inventory import SHEET, read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told, workbook

Write = Callable[[str, str | bytes], RawFile]

CODES = ("CR", "LA", "LI", "NU", "PR", "PH")
HEADER = ["Year", "Dist_Num", "districtname", *(f"{c}_PCT{n}" for c in CODES for n in (1, 2, 3))]
PLAIN = [cell for n in range(6) for cell in (round(0.1 + n / 100, 2), 0.5, round(0.4 - n / 100, 2))]
UNROUNDED = 0.1979500320307495


def sheet(*rows: list[Any], end: str | None = "End of Sheet") -> bytes:
    body: list[list[Any]] = [["This worksheet"], ["(KEI) Scores"], HEADER, *rows]
    return workbook({"Documentation": [["x"]], SHEET: [*body, [end]] if end else body})


@pytest.fixture
def names() -> Names:
    return names_of("norwalk", "bridgeport", "side-by-side-charter")


def test_levels_and_domains(export: Write, names: Names) -> None:
    file = export(
        "kei.xlsx",
        sheet(
            ["2014-15", "015", "Bridgeport School District", UNROUNDED, *PLAIN[1:]],
            ["2014-15", None, "State", *PLAIN],
            ["2025-26", 103, "Norwalk School District", 0, *PLAIN[1:17], 1],
            ["2025-26", None, "State", *PLAIN],
        ),
    )
    frame = read([file], names)
    assert told(names) == []
    assert len(frame) == 4 * 12
    level1 = figure(frame, "kindergarten_creative_level1", "0150011", "2014-15")
    assert level1["estimate"] == UNROUNDED
    assert (level1["geo_level"], level1["dimension"], level1["status"]) == (
        "district",
        "all",
        "published",
    )
    expected = {"language": 1, "literacy": 2, "numeracy": 3, "personal_social": 4}
    for domain, place in expected.items():
        for level, column in ((1, 3 * place), (3, 3 * place + 2)):
            indicator = f"kindergarten_{domain}_level{level}"
            assert figure(frame, indicator, "09", "2014-15")["estimate"] == PLAIN[column]
    norwalk = [
        figure(frame, f"kindergarten_{name}", "1030011", "2025-26")["estimate"]
        for name in ("creative_level1", "physical_motor_level3")
    ]
    assert norwalk == [0, 1]
    assert frame["numerator"].isna().all()


def test_hidden_shares_carry_no_value(export: Write, names: Names) -> None:
    row = ["2018-19", "015", "Bridgeport School District", "*", "*", "*", *PLAIN[3:]]
    frame = read([export("kei.xlsx", sheet(row, ["2018-19", None, "State", *PLAIN]))], names)
    assert told(names) == []
    hidden = figure(frame, "kindergarten_creative_level3", "0150011", "2018-19")
    assert (hidden["status"], hidden["estimate"]) == ("suppressed_by_source", None)
    shown = figure(frame, "kindergarten_language_level3", "0150011", "2018-19")
    assert shown["status"] == "published"


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    file = export(
        "kei.xlsx",
        sheet(
            ["2018-19", "015", "Brigeport School District", *PLAIN],
            ["2018-19", "151", "Norwalk School District", *PLAIN],
            ["2018-20", "103", "Norwalk School District", *PLAIN],
            ["2018-19", "103", "Norwalk School District", 1.2, "?", "n/a", *PLAIN[3:]],
            end=None,
        ),
    )
    frame = read([file], names)
    assert len(frame) == 10  # all of the last row but the two wrong cells that are wanted
    problems = list(names.problems)
    assert [(p.where.rpartition(":")[2], p.value) for p in problems] == [
        (f"{SHEET}!4", "Brigeport School District"),
        (f"{SHEET}!5", "151"),
        (f"{SHEET}!6", "2018-20"),
        (f"{SHEET}!7", "n/a"),
        (f"{SHEET}!7", "1.2"),
        (SHEET, ""),
        ("kei.xlsx", "Connecticut"),
    ]
    assert "did you mean 'Bridgeport School District'" in problems[0].remedy
    assert "cut short" in problems[5].what


def test_a_missing_column_and_a_missing_sheet(export: Write, names: Names) -> None:
    without = [["Title"], [cell for cell in HEADER if cell != "NU_PCT3"], ["End of Sheet"]]
    assert read([export("a.xlsx", workbook({SHEET: without}))], names).empty
    assert read([export("b.xlsx", workbook({"KEI Data - All Yrs": [HEADER]}))], names).empty
    assert read([export("c.xlsx", workbook({SHEET: [["x"]]}))], names).empty
    column, missing_sheet, header = names.problems
    assert column.value == "NU_PCT3"
    assert "did you mean 'KEI Data - All Yrs'" in missing_sheet.remedy
    assert "no header found" in header.what
