"""Registration Report: marks, mothers' groups, denominators from the other table."""

from collections.abc import Callable
from typing import Any

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.dph_births import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, names_of, told, workbook

Write = Callable[[str, str | bytes], RawFile]
Row = list[Any]

TITLE: list[Row] = [["TABLE 4"], ["CONNECTICUT RESIDENT BIRTHS, 2015"], [None]]
HEADER: list[Row] = [
    ["GEOGRAPHIC AREA", "TOTAL", "LOW BIRTHWEIGHT BIRTHSc,d", None, None, None, "PRENATAL CARE"],
    [None, None, "Very Low BWT", None, "Low BWT", None, "(Latee or None)", None],
    [None, "BIRTHS", "No.", "  %   ", "No.", "  %   ", "No.", "  %   "],
]
END: list[Row] = [[None], ["NOTES:"], ["a  Percentages were not calculated"]]


def births(label: str, total: Any, low: Any, low_pct: Any, late: Any, late_pct: Any) -> Row:
    return [label, total, 99, "9.9", low, low_pct, late, late_pct]


def nobody(label: str) -> Row:
    return births(label, 0, 0, "-", 0, "-")


STATE = [
    ["CONNECTICUT"],
    births("MOTHER'S RACE/ETHN", 35711, 2832, "7.9", 4172, "11.7"),
    births("White non-Hisp", 19976, 1286, "6.4", 1597, "8.0"),
    births("Black non-Hisp", 4317, 551, "12.8", 781, "18.2"),
    births("Other non-Hisp", 3004, 279, "9.3", 376, "12.6"),
    births("Hispanic", 8278, 703, "8.5", 1395, "16.9"),
    births("Unk Race/Ethn", 136, 13, "10.7", 23, "17.7"),
    births("MOTHER'S RACE", 35711, 2832, "7.9", 4172, "11.7"),
    births("White", 27395, 1914, "7.0", 2842, "10.4"),
    births("MOTHER'S ETHNICITY", 35711, 2832, "7.9", 4172, "11.7"),
    births("Hispanic", 8278, 703, "8.5", 1395, "16.9"),
    ["COUNTIES"],
    births("Fairfield County", 10086, 771, "7.7", 1236, "12.3"),
    births("Hispanic", 2834, 224, "7.9", 532, "18.8"),
]
STAMFORD = [
    births("Stamford", 1875, 146, "7.8", 322, "17.2"),
    births("White non-Hisp", 748, 48, "6.4", 84, "11.2"),
    births("Black non-Hisp", 213, 3, "a", 0, "-"),
    births("Other non-Hisp", 304, 28, "9.2", 42, "13.8"),
    nobody("Hispanic"),
    births("Unk Race/Ethn", 4, 0, "a", 0, "a"),
]
UNKNOWN = [
    births("Unknown CT Town", 11, 0, "a", 3, "a"),
    births("White non-Hisp", 6, 0, "a", 2, "a"),
]
COMPARISON: list[Row] = [
    ["TABLE 11", None, None],
    ["GEOGRAPHIC AREA", 2015, None],
    [None, "No. Events", "Denominator"],
    ["LOW BIRTHWEIGHT", None, None],
    ["Connecticut", 2832, 35673],
    ["Health District", None, None],
    [None, None, None],
    ["Stamford", 1, 2],  # a health district with a town's name
    ["Town", None, None],
    [None, None, None],
    ["VERY LOW BIRTHWEIGHT", None, None],
    ["Connecticut", 556, 35673],
    ["LATE OR  NO PRENATAL CARE", None, None],
    ["Connecticut", 4172, 35574],
    ["Town", None, None],
    ["Stamford", 322, 1872],
    ["PREMATURITYc", None, None],
    ["Connecticut", 3334, 35672],
]


def book(
    *towns: Row, comparison: list[Row] = COMPARISON, header: list[Row] = HEADER, end: bool = True
) -> bytes:
    rows = [*TITLE, *header, *STATE, ["TOWNS"], *towns, *(END if end else [])]
    return workbook({"Table 4": rows, "Table 11": comparison})


@pytest.fixture
def names() -> Names:
    return names_of("stamford")


def test_figures(export: Write, names: Names) -> None:
    frame = read([export("RR2015.xlsx", book(*STAMFORD, *UNKNOWN))], names)
    assert told(names) == []
    assert len(frame) == 16

    def of(indicator: str, geo_id: str, group: str = "all") -> list[object]:
        row = figure(frame, indicator, geo_id, "2015", group)
        assert row["dimension"] == ("all" if group == "all" else "race_ethnicity")
        return [row[c] for c in ("status", "estimate", "numerator", "denominator")]

    low, late = "low_birthweight", "late_or_no_prenatal_care"
    assert of(low, "09") == ["published", 0.079, 2832, 35673]
    assert of(late, "09") == ["published", 0.117, 4172, 35574]
    assert of(low, "09", "hispanic") == ["published", 0.085, 703, None]
    assert of(late, "09", "white") == ["published", 0.08, 1597, None]
    assert of(late, "0900173070") == ["published", 0.172, 322, 1872]
    # Table 11 does not list the town's low birthweight: no denominator.
    assert of(low, "0900173070") == ["published", 0.078, 146, None]
    # Fewer than five births, whatever count stands there.
    assert of(low, "0900173070", "black") == ["suppressed_by_source", None, None, None]
    # A dash beside births that there were is a share of zero.
    assert of(late, "0900173070", "black") == ["published", 0, 0, None]
    # A dash where there were no births is no share.
    assert of(late, "0900173070", "hispanic") == ["not_applicable", None, None, None]
    assert set(frame["group"]) == {"all", "white", "black", "hispanic"}


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    comparison = [list(row) for row in COMPARISON]
    comparison[4][1] = 2831
    content = book(
        births("Stanford", 5, 0, "a", 0, "a"),
        births("Stamford", 1875, 1900, "7.8", 3, "-"),
        births("White non-Hisp", 748, 48, "?", 84, "111.2"),
        births("Black non-Hisp", None, 48, "6.4", 84, "11.2"),
        comparison=comparison,
        end=False,
    )
    read([export("x.xlsx", content)], names)
    assert [(p.where, p.what) for p in names.problems] == [
        ("x.xlsx:Table 11!5", "Table 11 counts other events than Table 4"),
        ("x.xlsx:Table 4!22", "unknown town"),
        ("x.xlsx:Table 4!23", "the count does not fit its total or its percent"),
        ("x.xlsx:Table 4!23", "the count does not fit its total or its percent"),
        ("x.xlsx:Table 4!24", "the cell does not read as a number"),
        ("x.xlsx:Table 4!24", "the number is out of range"),
        ("x.xlsx:Table 4!25", "the cell does not read as a number"),
        ("x.xlsx:Table 4", "the sheet is cut short: no row says 'NOTES:'"),
        ("x.xlsx:Table 4", "a row is missing for 2015; the file may be cut short"),
    ]


def test_layouts_that_are_not_as_expected(export: Write, names: Names) -> None:
    header = [HEADER[0], [cell for cell in HEADER[1] if cell != "Low BWT"], HEADER[2]]
    assert read([export("a.xlsx", book(*STAMFORD, header=header))], names).empty
    read([export("b.xlsx", book(*STAMFORD, comparison=COMPARISON[:10]))], names)
    read([export("c.xlsx", book(*STAMFORD, comparison=COMPARISON[4:]))], names)
    assert [(p.where, p.what, p.value or p.column) for p in names.problems] == [
        *(
            ("a.xlsx:Table 4", "a column is missing from the header or stands there twice", column)
            for column in ("low_birthweight", "late_or_no_prenatal_care")
        ),
        ("b.xlsx:Table 11", "a section is missing", "LATE OR NO PRENATAL CARE"),
        ("c.xlsx:Table 11", "the header is not as expected", ""),
    ]
