"""Every figure of the four cities and the state, as the publisher prints it.

The raw exports are read here a second time, by position and with the csv module only, and
the labels are spelled out by hand: nothing of the reading code is used.
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
    chronic_absence,
    chronic_absence_ctdata,
    college,
    smarter_balanced,
    smarter_balanced_groups,
    suspension,
)
from c2c_lib.sources.base import RawFile, SourceReader
from c2c_lib.sources.graduation import FOUR_YEAR
from c2c_lib.sources.names import Names

pytestmark = pytest.mark.thorough

PLACES = {
    "Bridgeport School District": "0150011",
    "Norwalk School District": "1030011",
    "Stamford School District": "1350011",
    "Waterbury School District": "1510011",
    "State of Connecticut": "09",
    "State": "09",
    "Connecticut": "09",
    "NOTSET": "09",
    "State Level": "09",
}
GROUPS = {
    "American Indian or Alaska Native": "american_indian",
    "Indian or Alaska Native": "american_indian",
    "Asian": "asian",
    "Black": "black",
    "Black or African American": "black",
    "Hispanic": "hispanic",
    "Hispanic or Latino": "hispanic",
    "Hispanic/Latino of any race": "hispanic",
    "Hawaiian or Pacific Islander": "pacific_islander",
    "Native Hawaiian or Other Pacific Islander": "pacific_islander",
    "Two or More Races": "two_or_more",
    "White": "white",
    "Female": "female",
    "F": "female",
    "Male": "male",
    "M": "male",
    "Eligible For Free Lunch": "free_meals",
    "Eligible For Reduced Lunch": "reduced_meals",
    "Eligible for Free or Reduced-Price Meals": "free_or_reduced_meals",
    "Not Eligible For Lunch": "not_eligible",
    "ELL": "english_learner",
    "English Learner Status": "english_learner",
    "English Language Learner": "english_learner",
    "English Language Learners": "english_learner",
    "Non-ELL": "not_english_learner",
    "Non-English Language Learner": "not_english_learner",
    "Special Education": "with_disabilities",
    "Students with Disabilities": "with_disabilities",
    "Non-Special Education": "without_disabilities",
    "High Needs": "high_needs",
    "Non-High Needs": "not_high_needs",
    "Kindergarten": "kindergarten",
    **{f"Grade {n}": f"grade_{n}" for n in range(1, 13)},
}
YES_NO = {
    "_ell_": {"Y": "english_learner", "N": "not_english_learner"},
    "_special-education_": {"Y": "with_disabilities", "N": "without_disabilities"},
    "_high-needs": {"Y": "high_needs", "N": "not_high_needs"},
    "_free-reduced": {"Y": "free_or_reduced_meals", "N": "not_eligible"},
}
STATUS = {
    "*": "suppressed_by_source",
    "-9999": "suppressed_by_source",
    "N/A": "not_applicable",
    "-6666": "not_collected",
}

Key = tuple[str, str, str, str]  # indicator, place, school year, group
Printed = tuple[str, str, str]  # percent, numerator, denominator; empty where not printed


@dataclass(frozen=True)
class Report:
    """One report: its reader, its files and how many figures must be found at least."""

    module: SourceReader
    pattern: str
    figures: Callable[[str, Sequence[str]], Iterator[tuple[Key, Printed]]]
    at_least: int


def _year(name: str) -> str:
    match = re.search(r"\d{4}-\d{2}", name)
    assert match is not None
    return match[0]


def _group(cells: Sequence[str]) -> str:
    """The group of a row without its figures: place, perhaps a code, perhaps a label."""
    label = cells[-1]
    return "all" if len(cells) == 1 or re.fullmatch(r'="\d{7}"|\d{7}', label) else GROUPS[label]


def _graduation(name: str, row: Sequence[str]) -> Iterator[tuple[Key, Printed]]:
    key = ("graduation_4yr", PLACES[row[0]], _year(name), _group(row[:-3]))
    yield key, (row[-1], row[-2], row[-3])


def _absence(name: str, row: Sequence[str]) -> Iterator[tuple[Key, Printed]]:
    counted = re.fullmatch(r"\d+|\*", row[-2]) is not None and len(row) > 2
    body = row[:-2] if counted else row[:-1]
    key = ("chronic_absence", PLACES[row[0]], _year(name), _group(body))
    yield key, (row[-1], row[-2] if counted else "", "")


def _absence_table(_: str, row: Sequence[str]) -> Iterator[tuple[Key, Printed]]:
    label = GROUPS[row[3]] if len(row) == 7 else "all"
    year = f"{row[2][:5]}{row[2][-2:]}"
    yield ("chronic_absence", PLACES[row[0]], year, label), (row[-1], "", "")


def _suspension(name: str, row: Sequence[str]) -> Iterator[tuple[Key, Printed]]:
    yield ("suspension", PLACES[row[0]], _year(name), _group(row[:-2])), (row[-1], row[-2], "")


def _college(name: str, row: Sequence[str]) -> Iterator[tuple[Key, Printed]]:
    where = (PLACES[row[0]], _year(name), _group(row[:-2]))
    yield ("postsecondary_entrance_1yr", *where), (row[-2], "", "")
    yield ("postsecondary_persistence_year2", *where), (row[-1], "", "")


def _assessment(name: str, row: Sequence[str]) -> Iterator[tuple[Key, Printed]]:
    keys = [cell for cell in row[1:-15] if not re.fullmatch(r'="\d{7}"|\d{7}', cell)]
    grade = int(keys[0])
    both = "_ela-and-math_" in name
    subject = keys[1] if both else "ELA" if "_ela_" in name else "Math"
    stem = f"grade{grade}_{subject.lower()}"
    rest = keys[2:] if both else keys[1:]
    labels = next((names for word, names in YES_NO.items() if word in name), GROUPS)
    group = labels[rest[0]] if rest else "all"
    where = (PLACES[row[0]], _year(name), group)
    yield (f"{stem}_proficient", *where), (row[-2], row[-3], row[-12])
    if grade != 11:
        yield (f"{stem}_scale_score", *where), (row[-1], "", row[-12])


REPORTS = [
    Report(FOUR_YEAR, "four-year-graduation-district/raw*/*_grad*.csv", _graduation, 700),
    Report(chronic_absence, "chronic-absenteeism-district/raw/*.csv", _absence, 700),
    Report(chronic_absence_ctdata, "chronic-absenteeism-district/data/*.csv", _absence_table, 1200),
    Report(suspension, "suspension-rates-district/raw/*.csv", _suspension, 700),
    Report(college, "college-entrance-persistence-district/*.csv", _college, 450),
    Report(
        smarter_balanced,
        "smarter-balanced-district-all-students/*all-grades*.csv",
        _assessment,
        610,
    ),
    Report(
        smarter_balanced_groups,
        "smarter-balanced-district-subgroups/*all-grades*.csv",
        _assessment,
        4000,
    ),
]


def _printed(report: Report, files: Sequence[Path]) -> dict[Key, Printed]:
    """Read the files a second time, by position."""
    found: dict[Key, Printed] = {}
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream):
                if row and row[0] in PLACES and len(row) > 1:
                    for key, printed in report.figures(path.name, row):
                        assert found.setdefault(key, printed)[0] == printed[0], key
                        if printed[1]:
                            found[key] = printed
    return found


def _read(report: Report, files: Sequence[Path], raw: Path) -> pd.DataFrame:
    names = Names(load_catalog(), Problems())
    given = [RawFile(path, path.relative_to(raw).as_posix()) for path in files]
    frame = report.module.read(given, names)
    assert list(names.problems) == []
    return frame[frame["geo_id"].isin(PLACES.values())]


def _is(value: float, printed: str, scale: int = 1) -> bool:
    """Whether a value is exactly the printed one, or missing where none is printed."""
    if not re.fullmatch(r"[\d,.]+", printed):
        return bool(pd.isna(value))
    return Decimal(str(value)) * scale == Decimal(printed.replace(",", ""))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.module.SOURCE)
def test_every_figure_is_the_printed_one(report: Report, shared: Path) -> None:
    raw = shared / "sources"
    files = [
        path
        for path in sorted(raw.glob(report.pattern))
        if "_nongrad" not in path.name and "-combined" not in path.name
    ]
    if not files:
        pytest.skip("the raw exports of this report are not there")
    printed = _printed(report, files)
    frame = _read(report, files, raw)
    keys = ["indicator", "geo_id", "period", "group"]
    wrong = []
    for row in frame.to_dict("records"):
        percent, numerator, denominator = printed[tuple(row[k] for k in keys)]
        hidden = percent in STATUS
        scale = 1 if row["indicator"].endswith("_scale_score") else 100
        fits = (
            row["status"] == STATUS.get(percent, "published")
            and _is(row["estimate"], percent, scale=scale)
            and _is(row["numerator"], "" if hidden else numerator)
            and _is(row["denominator"], "" if hidden else denominator)
        )
        if not fits:
            wrong.append((row, percent, numerator, denominator))
    assert wrong == []
    assert {tuple(row) for row in frame[keys].itertuples(index=False)} == printed.keys()
    assert len(printed) >= report.at_least


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.module.SOURCE)
def test_the_catalogs_patterns_find_these_files(report: Report, shared: Path) -> None:
    raw = shared / "sources"
    expected = {
        path
        for path in raw.glob(report.pattern)
        if "_nongrad" not in path.name and "-combined" not in path.name
    }
    if not expected:
        pytest.skip("the raw exports of this report are not there")
    source = load_catalog().source(report.module.SOURCE)
    assert {path for pattern in source.files for path in raw.glob(pattern)} == expected
