"""Graduation later, growth, scores, SAT, science, attendance: every figure as it is printed.

The raw files are read here a second time, by position and with the csv module only, and the
labels are spelled out by hand: nothing of the reading code is used.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.sources import (
    attendance,
    attendance_2022,
    graduation_first_releases,
    sat,
    science,
    smarter_balanced_growth,
    smarter_balanced_scores,
)
from c2c_lib.sources.base import RawFile, SourceReader
from c2c_lib.sources.graduation import FIVE_YEAR, SIX_YEAR
from c2c_lib.sources.names import Names

pytestmark = pytest.mark.thorough

PLACES = {
    "Bridgeport School District": "0150011",
    "Norwalk School District": "1030011",
    "Stamford School District": "1350011",
    "Waterbury School District": "1510011",
    "State of Connecticut": "09",
    "Connecticut": "09",
}
GROUPS = {
    "All Students": "all",
    "American Indian or Alaska Native": "american_indian",
    "Indian or Alaska Native": "american_indian",
    "American Indian": "american_indian",
    "Indian": "american_indian",
    "Asian": "asian",
    "Asian American": "asian",
    "Black": "black",
    "Black or African American": "black",
    "Hispanic": "hispanic",
    "Hispanic/Latino of any race": "hispanic",
    "Hawaiian or Pacific Islander": "pacific_islander",
    "Native Hawaiian or Other Pacific Islander": "pacific_islander",
    "Two or More Races": "two_or_more",
    "White": "white",
    "Female": "female",
    "Male": "male",
    "Eligible For Free Lunch": "free_meals",
    "Free Meal Eligible": "free_meals",
    "Eligible For Reduced Lunch": "reduced_meals",
    "Reduced Price Meal Eligible": "reduced_meals",
    "Eligible For Lunch": "free_or_reduced_meals",
    "Free/Reduced Price Meal Eligible": "free_or_reduced_meals",
    "Not Eligible For Lunch": "not_eligible",
    "ELL": "english_learner",
    "English Learners": "english_learner",
    "Non-ELL": "not_english_learner",
    "Special Education": "with_disabilities",
    "Students With Disabilities": "with_disabilities",
    "Non-Special Education": "without_disabilities",
    "High Needs": "high_needs",
    "Students With High Needs": "high_needs",
    "Non-High Needs": "not_high_needs",
    "Students Without High Needs": "not_high_needs",
    "Students Experiencing Homelessness": "homeless",
}
YES_NO = {
    "_ell": {"Y": "english_learner", "N": "not_english_learner"},
    "_special-education": {"Y": "with_disabilities", "N": "without_disabilities"},
    "_high-needs": {"Y": "high_needs", "N": "not_high_needs"},
    "2-level": {"Y": "free_or_reduced_meals", "N": "not_eligible"},
    "3-level": {"F": "free_meals", "R": "reduced_meals", "N": "not_eligible"},
    "_gender": {"F": "female", "M": "male"},
}

Key = tuple[str, str, str, str]  # indicator, place, period, group
Printed = tuple[str, str, str]  # figure, numerator, denominator; empty where not printed
HIDDEN: Printed = ("*", "", "")


@dataclass(frozen=True)
class Report:
    """One report: its reader, its files, and how many figures of the five places it has."""

    module: SourceReader
    pattern: str
    figures: Callable[[Path], Iterator[tuple[Key, Printed]]]
    count: int
    scale: int = 100  # from what is printed to a share


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream):
            cells = [cell.strip() for cell in row]
            if any(cell in PLACES for cell in cells[:4]):
                yield cells


def _year(name: str) -> str:
    match = re.search(r"\d{4}-\d{2}", name)
    assert match is not None
    return match[0]


def _group(name: str, labels: Sequence[str]) -> str:
    """The group in what stands between the place and the figures, codes left out."""
    (label,) = [t for t in labels if not re.fullmatch(r'="\d{7}"|\d{7}', t)] or ["All Students"]
    own = next((found for word, found in YES_NO.items() if word in name), {})
    return own.get(label) or GROUPS[label]


def _cohort(path: Path) -> Iterator[tuple[Key, Printed]]:
    indicator = "graduation_5yr" if path.name.startswith("five") else "graduation_6yr"
    for row in _rows(path):
        key = (indicator, PLACES[row[0]], _year(path.name), _group("", row[1:-3]))
        yield key, (row[-1], row[-2], row[-3])


def _first_releases(path: Path) -> Iterator[tuple[Key, Printed]]:
    if path.name != "hsgraduationrates-district.csv":
        return
    # Each class of 2011 once more in the later release: what it prints, by district and label.
    later = path.parents[1] / "four-year-graduation-district" / "raw"
    shown: set[tuple[str, str]] = set()
    hides: set[str] = set()
    for other in later.glob("*2010-11_*_grad.csv"):
        for row in _rows(other):
            printed = row[-1] != "*"
            shown |= {(row[0], _group("", row[1:-3]))} if printed else set()
            hides |= {row[0]} if not printed and "_lunch_" in other.name else set()
    for row in _rows(path):
        label = row[2].replace("Non- ", "Non-")
        if label == "Non-Hispanic":
            continue
        year, group = int(row[0]), GROUPS[label]
        period = f"{year - 1}-{year % 100:02d}"
        both_meals = group == "free_or_reduced_meals"
        known = row[1] not in hides if both_meals else (row[1], group) in shown
        gone = row[3] == "NA" or (year == 2011 and not known)
        key = ("graduation_4yr_first_releases", PLACES[row[1]], period, group)
        yield key, HIDDEN if gone else (row[3], "", "")


def _growth(path: Path) -> Iterator[tuple[Key, Printed]]:
    for row in _rows(path):
        where = (PLACES[row[1]], _year(path.name), _group(path.name, row[3:-3]))
        subject = row[2].lower()
        for indicator, cell in (("target_met", row[-2]), ("rate", row[-1])):
            yield (f"growth_{subject}_{indicator}", *where), (cell.rstrip("%"), "", row[-3])


def _scores(path: Path) -> Iterator[tuple[Key, Printed]]:
    for row in _rows(path):
        indicator = f"grade{row[0]}_{row[1].lower()}_scale_score"
        for at, fall in zip(range(4, 14, 2), (2015, 2016, 2017, 2018, 2021), strict=True):
            key = (indicator, PLACES[row[3]], f"{fall}-{fall % 100 + 1}", GROUPS[row[2]])
            yield key, (row[at + 1], "", row[at])


def _sat(path: Path) -> Iterator[tuple[Key, Printed]]:
    for row in _rows(path):
        labels = [cell for cell in row[1:-12] if cell not in ("ELA", "Math")]
        subject = "math" if "Math" in row[1:-12] else "ela"
        key = (f"sat_{subject}_met", PLACES[row[0]], "2015-16", _group(path.name, labels))
        yield key, (row[-2], row[-3], row[-12])


def _science(path: Path) -> Iterator[tuple[Key, Printed]]:
    for row in _rows(path):
        before = row[1:-17]
        (grade,) = [cell for cell in before if re.fullmatch(r"\d{2}", cell)]
        labels = [cell for cell in before if cell != grade]
        indicator = f"science_goal_grade{int(grade)}"
        key = (indicator, PLACES[row[0]], "2015-16", _group(path.name, labels))
        yield key, (row[-2], row[-3], row[-14])


def _attendance(path: Path) -> Iterator[tuple[Key, Printed]]:
    newest = 2022 if path.name == "district_attendance.csv" else 2021
    for row in _rows(path):
        if row[3] == "All other races":
            continue
        for n, at in enumerate(range(4, len(row) - 2, 2)):
            fall = newest - n
            period = f"{fall}-{fall % 100 + 1}"
            key = ("attendance_rate", PLACES[row[1]], period, GROUPS[row[3]])
            yield key, (row[at + 1] or "*", "", row[at])


REPORTS = [
    Report(FIVE_YEAR, "five-year-graduation-district/*_grad*.csv", _cohort, 288),
    Report(SIX_YEAR, "six-year-graduation-district/*_grad*.csv", _cohort, 212),
    Report(
        graduation_first_releases,
        "graduation-2009-2011-historic/hsgraduationrates-district.csv",
        _first_releases,
        111,
    ),
    Report(
        smarter_balanced_growth, "smarter-balanced-growth-district/*-combined*.csv", _growth, 352
    ),
    Report(
        smarter_balanced_scores,
        "smarter-balanced-scale-scores-by-race/smarterbalanced.csv",
        _scores,
        1660,
        scale=1,
    ),
    Report(sat, "sat-district/sat__*.csv", _sat, 190),
    Report(science, "cmt-capt-science-district/*_all-grades*.csv", _science, 245),
    Report(attendance, "attendance-by-student-group/district_attendance.csv", _attendance, 240, 1),
    Report(
        attendance_2022, "attendance-by-student-group/attendance_table.csv", _attendance, 180, 1
    ),
]
CASES = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.module.SOURCE)


def _files(report: Report, raw: Path) -> list[Path]:
    return [
        path
        for path in sorted(raw.glob(report.pattern))
        if "_nongrad" not in path.name
        and (report.module is smarter_balanced_growth or "-combined" not in path.name)
    ]


def _expected(report: Report, files: Sequence[Path]) -> dict[Key, Printed]:
    """Read the files a second time; where two exports hold one figure, hidden once is hidden."""
    found: dict[Key, Printed] = {}
    for path in files:
        for key, printed in report.figures(path):
            before = found.get(key, printed)
            hidden = "*" in (before[0], printed[0])
            assert hidden or before == printed, key
            found[key] = HIDDEN if hidden else printed
    if report.module in (sat, science):
        meals = ("free_meals", "reduced_meals")
        apart = {k[:3] for k, printed in found.items() if k[3] in meals and printed == HIDDEN}
        found |= {k: HIDDEN for k in found if k[3] in meals and k[:3] in apart}
    return found


def _is(value: float, printed: str, scale: int = 1) -> bool:
    """Whether a value is exactly the printed one, or missing where none is printed."""
    if not re.fullmatch(r"[\d,.]+", printed):
        return bool(pd.isna(value))
    return Decimal(str(value)) * scale == Decimal(printed.replace(",", ""))


@CASES
def test_every_figure_is_the_printed_one(report: Report, shared: Path) -> None:
    raw = shared / "sources"
    files = _files(report, raw)
    if not files:
        pytest.skip("the raw exports of this report are not there")
    expected = _expected(report, files)
    catalog, problems = load_catalog(), Problems()
    given = {p for g in catalog.source(report.module.SOURCE).files for p in raw.glob(g)}
    names = Names(catalog, problems)
    exports = [RawFile(path, path.relative_to(raw).as_posix()) for path in sorted(given)]
    frame = report.module.read(exports, names)
    assert [str(problem) for problem in problems] == []
    ours = frame[frame["geo_id"].isin(PLACES.values())]
    wrong = []
    for row in ours.to_dict("records"):
        figure, numerator, denominator = expected[
            row["indicator"], row["geo_id"], row["period"], row["group"]
        ]
        hidden = figure in ("*", "N/A")
        scale = 1 if row["indicator"] in ("growth_ela_rate", "growth_math_rate") else report.scale
        status = {"*": "suppressed_by_source", "N/A": "not_applicable"}.get(figure, "published")
        fits = (
            row["status"] == status
            and _is(row["estimate"], figure, scale)
            and _is(row.get("numerator", float("nan")), "" if hidden else numerator)
            and _is(row.get("denominator", float("nan")), "" if hidden else denominator)
        )
        if not fits:
            wrong.append((row, figure, numerator, denominator))
    assert wrong == []
    keys = ours[["indicator", "geo_id", "period", "group"]].itertuples(index=False, name=None)
    assert set(keys) == expected.keys()
    assert len(expected) == report.count


@CASES
def test_the_catalogs_patterns_find_these_files(report: Report, shared: Path) -> None:
    raw = shared / "sources"
    expected = set(_files(report, raw))
    if not expected:
        pytest.skip("the raw exports of this report are not there")
    source = load_catalog().source(report.module.SOURCE)
    found = {path for pattern in source.files for path in raw.glob(pattern)}
    later = {path for path in found if path.name.startswith("four-year-graduation-rates__2010-11")}
    assert found - later == expected
    assert bool(later) == (report.module is graduation_first_releases)


def test_a_figure_that_two_releases_would_give_away_is_hidden(shared: Path) -> None:
    """In the class of 2011 one American Indian student of Bridgeport could be singled out.

    The later release prints the counts of all and of three races, and hides the others; the
    first release prints the rate of Asian students.
    """
    raw = shared / "sources"
    source = load_catalog().source(graduation_first_releases.SOURCE)
    files = [path for pattern in source.files for path in sorted(raw.glob(pattern))]
    if not files:
        pytest.skip("the raw exports of this report are not there")
    names = Names(load_catalog(), Problems())
    exports = [RawFile(path, path.relative_to(raw).as_posix()) for path in files]
    frame = graduation_first_releases.read(exports, names)
    row = frame[
        (frame["geo_id"] == "0150011")
        & (frame["period"] == "2010-11")
        & (frame["group"] == "asian")
    ]
    assert row["estimate"].isna().tolist() == [True]
