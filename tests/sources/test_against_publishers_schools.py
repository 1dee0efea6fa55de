"""Every figure of the four cities' schools, as the publisher prints it.

The raw exports are read here a second time, by the names of their columns and with the csv
module only; labels are spelled out by hand. Every row of the exports is accounted for.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import Problems
from c2c_lib.sources import (
    accountability_schools,
    chronic_absence_schools,
    college_schools,
    enrollment_schools,
    graduation_schools,
    sat_schools,
    smarter_balanced_schools,
    suspension_schools,
)
from c2c_lib.sources.base import RawFile, SourceReader
from c2c_lib.sources.names import Names

pytestmark = pytest.mark.thorough

Rows = list[list[str]]
Cell = tuple[str, str, str]  # percent, numerator and denominator, as printed

CITIES = {
    "Bridgeport School District",
    "Norwalk School District",
    "Stamford School District",
    "Waterbury School District",
}
STATE = {"State of Connecticut", "State Level"}
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
    "Male": "male",
    "Eligible For Free Lunch": "free_meals",
    "Eligible For Reduced Lunch": "reduced_meals",
    "Not Eligible For Lunch": "not_eligible",
    "Eligible for Free or Reduced-Price Meals": "free_or_reduced_meals",
    "ELL": "english_learner",
    "English Learner Status": "english_learner",
    "English Language Learners": "english_learner",
    "Non-ELL": "not_english_learner",
    "Special Education": "with_disabilities",
    "Students with Disabilities": "with_disabilities",
    "Non-Special Education": "without_disabilities",
    "High Needs": "high_needs",
    "Non-High Needs": "not_high_needs",
}
Y_N = {
    "meal": {"Y": "free_or_reduced_meals", "N": "not_eligible"},
    "high-needs": {"Y": "high_needs", "N": "not_high_needs"},
}


def body(path: Path) -> tuple[list[str], Rows]:
    """The header and the rows of an export."""
    rows = [r for r in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()) if any(r)]
    at = next(i for i, r in enumerate(rows) if r[0] in ("District", "Organization"))
    return rows[at], rows[at + 1 :]


def exports(shared: Path, folder: str) -> list[Path]:
    return sorted((shared / "sources" / folder).glob("*.csv"))


def read_all(shared: Path, folder: str, module: SourceReader) -> pd.DataFrame:
    root = shared / "sources"
    names = Names(load_catalog(), Problems())
    files = [RawFile(p, p.relative_to(root).as_posix()) for p in exports(shared, folder)]
    frame: pd.DataFrame = module.read(files, names)
    assert list(map(str, names.problems)) == []
    return frame


def bare(code: str) -> str:
    return code.strip('="')


def school_codes(shared: Path) -> dict[tuple[str, str], str]:
    """Codes by district and name, for the exports of colleges that print none."""
    found = {}
    for path in exports(shared, "college-entrance-persistence-school"):
        header, rows = body(path)
        if "School Code" in header:
            found.update({(r[0], r[2]): bare(r[header.index("School Code")]) for r in rows})
    return found


def status_of(printed: str) -> str:
    return {"*": "suppressed_by_source", "N/A": "not_applicable"}.get(printed, "published")


def expected(
    path: Path, cells: Mapping[str, tuple[str, str, str]], codes: Mapping[tuple[str, str], str]
) -> Iterator[tuple[tuple[str, ...], Cell]]:
    """Yield key and cells of every figure of the cities and the state in one export.

    `cells` names the columns of percent, numerator and denominator by indicator ("" for
    none); a percent called ``> x`` stands in the column after x.
    """
    header, rows = body(path)
    year = re.search(r"__(\d{4}-\d{2})_", path.name)
    assert year is not None
    plain = [re.sub(r"\s+", "", h) for h in header]

    def at(name: str) -> int:
        after = name.startswith("> ")
        return plain.index(re.sub(r"\s+", "", name.removeprefix("> "))) + after

    group_at = next((i for i, h in enumerate(header) if is_group(h)), None)
    y_n = next((labels for word, labels in Y_N.items() if word in path.name), {})
    for row in rows:
        if row[0] not in CITIES | STATE:
            continue
        place = "09"
        if row[0] in CITIES:
            school = row[header.index("School")]
            has_code = "School Code" in header
            place = bare(row[header.index("School Code")]) if has_code else codes[(row[0], school)]
        if place.startswith("348"):
            continue  # the state's own facility: students of other districts have rows, too
        label = row[group_at] if group_at is not None else "all"
        group = {"all": "all", **GROUPS, **y_n}[label]
        for indicator, names in cells.items():
            rate, numerator, denominator = (row[at(n)] if n else "" for n in names)
            name = indicator.format(
                grade=int(row[header.index("Grade")]) if "Grade" in header else "",
                subject=subject(header, row, path),
            )
            yield (name, place, year[1], group), (rate, numerator, denominator)


def is_group(heading: str) -> bool:
    words = ("Race", "Gender", "Status", "Meal", "High Needs")
    return any(word in heading for word in words)


def subject(header: list[str], row: list[str], path: Path) -> str:
    if "Subject" in header:
        return row[header.index("Subject")].lower()
    return "ela" if "_ela_" in path.name else "math"


GRADUATION = ("Graduation Rate", "Graduation Count")
COUNT, RATE = "Level 3&4 Met or Exceeded Count", "> Level 3&4 Met or Exceeded Count"
REPORTS = {
    "four-year-graduation-school": (
        graduation_schools.FOUR_YEAR,
        {"graduation_4yr": (*GRADUATION, "Four-Year Cohort Count")},
    ),
    "six-year-graduation-school": (
        graduation_schools.SIX_YEAR,
        {"graduation_6yr": (*GRADUATION, "Six-Year Cohort Count")},
    ),
    "chronic-absenteeism-school": (
        chronic_absence_schools,
        {"chronic_absence": ("% Chronically Absent", "", "")},
    ),
    "suspension-rates-school": (suspension_schools, {"suspension": ("%", "Count", "")}),
    "college-entrance-persistence-school": (
        college_schools,
        {
            "postsecondary_entrance_1yr": ("Entrance(%)", "", ""),
            "postsecondary_persistence_year2": ("Persistence(%)", "", ""),
        },
    ),
    "smarter-balanced-school": (
        smarter_balanced_schools,
        {"grade{grade}_{subject}_proficient": (RATE, COUNT, "Total Number with Scored Tests")},
    ),
}


def compare(frame: pd.DataFrame, wanted: dict[tuple[str, ...], Cell]) -> None:
    """Hold every figure against the printed one, at its last digit."""
    columns = ["indicator", "geo_id", "period", "group", "estimate", "numerator", "denominator"]
    found = {row[:4]: row[4:] for row in frame[[*columns, "status"]].itertuples(index=False)}
    places = {place for _, place, _, _ in wanted}
    assert {key for key in found if key[1] in places} == set(wanted)
    for key, (rate, *counts) in wanted.items():
        estimate, numerator, denominator, status = found[key]
        assert status == status_of(rate), key
        if status != "published":
            assert pd.isna([estimate, numerator, denominator]).all(), key
            continue
        assert estimate == float(Decimal(rate) / 100), key
        for value, printed in zip((numerator, denominator), counts, strict=True):
            assert pd.isna(value) if printed in ("", "*", "N/A") else value == int(printed), key


@pytest.mark.parametrize("folder", REPORTS)
def test_every_figure_of_the_four_cities_and_the_state(shared: Path, folder: str) -> None:
    module, cells = REPORTS[folder]
    codes = school_codes(shared)
    wanted = {
        key: cell for path in exports(shared, folder) for key, cell in expected(path, cells, codes)
    }
    assert len(wanted) > 300
    compare(read_all(shared, folder, module), wanted)


def test_every_figure_of_the_sat(shared: Path) -> None:
    wanted = {}
    for path in exports(shared, "sat-school"):
        header, rows = body(path)
        first = header.index("Total Numberwith Scored Tests")
        group = next((i for i, h in enumerate(header) if is_group(h)), None)
        labels = next((known for word, known in Y_N.items() if word in path.name), {})
        for row in (r for r in rows if r[0] in CITIES | STATE):
            place = "09" if row[0] in STATE else bare(row[3])
            name = "all" if group is None else {**GROUPS, **labels}[row[group]]
            what = f"sat_{row[header.index('Subject')].lower()}_met"
            # Five levels of count and percent follow the number of tests; the last is 3&4.
            wanted[(what, place, "2015-16", name)] = (row[first + 10], row[first + 9], row[first])
    assert len(wanted) > 400
    compare(read_all(shared, "sat-school", sat_schools), wanted)


# Rows that are not one figure each: two figures per row of the college report, and six hidden
# figures of two schools without a code.
@pytest.mark.parametrize(
    ("folder", "per_row", "left_out"),
    [
        *((folder, 1, 0) for folder in REPORTS if not folder.startswith("college")),
        ("sat-school", 1, 0),
        ("college-entrance-persistence-school", 2, 6),
    ],
)
def test_every_row_of_the_state_is_read(
    shared: Path, folder: str, per_row: int, left_out: int
) -> None:
    module = sat_schools if folder == "sat-school" else REPORTS[folder][0]
    rows = sum(len(body(path)[1]) for path in exports(shared, folder))
    assert len(read_all(shared, folder, module)) == rows * per_row - left_out


ENROLLMENT = {
    "ell": {"Yes": "english_learner", "No": "not_english_learner"},
    "special-education": {"Yes": "with_disabilities", "No": "without_disabilities"},
    "lunch": {"Free": "free_meals", "Reduced": "reduced_meals", "Non-Subsidized": "not_eligible"},
    "gender": {"Female": "female", "Male": "male"},
    "race": GROUPS,
    "all-students": {"Count": "all"},
    "grade": {
        "Pre-Kindergarten": "pre_kindergarten",
        "Kindergarten": "kindergarten",
        **{f"Grade {n}": f"grade_{n}" for n in range(1, 13)},
    },
}


def test_every_count_of_enrollment(shared: Path) -> None:
    frame = read_all(shared, "enrollment-school", enrollment_schools)
    counts = frame[(frame["indicator"] == "enrollment") & (frame["geo_level"] == "school")]
    found = {
        (row.geo_id, row.dimension == "grade", row.group): row
        for row in counts.itertuples(index=False)
    }
    seen = 0
    for name, labels in ENROLLMENT.items():
        path = shared / f"sources/enrollment-school/enrollment__2016-17_all-schools_{name}.csv"
        header, rows = body(path)
        for row in rows:
            for heading, printed in zip(header[4:], row[4:], strict=True):
                if heading == "Total":
                    continue
                figure = found[(bare(row[3]), name == "grade", labels[heading])]
                seen += 1
                if printed == "*":
                    assert figure.status == "suppressed_by_source"
                    assert pd.isna([figure.estimate, figure.numerator]).all()
                else:
                    assert (figure.status, figure.estimate) == ("published", int(printed))
    assert seen == len(counts)


def test_meal_eligible_shares_come_from_printed_counts_only(shared: Path) -> None:
    frame = read_all(shared, "enrollment-school", enrollment_schools)
    shares = frame[frame["indicator"] == "students_meal_eligible"].set_index("geo_id")
    path = shared / "sources/enrollment-school/enrollment__2016-17_all-schools_lunch.csv"
    _, rows = body(path)
    assert len(shares) == len(rows) + 1  # and the state
    for row in rows:
        share = shares.loc[bare(row[3])]
        free, paid, reduced, total = row[4:8]
        if "*" in (free, paid, reduced):
            assert share["status"] == "suppressed_by_source"
            assert pd.isna(share[["estimate", "numerator", "denominator"]]).all()
        else:
            assert share["estimate"] == (int(free) + int(reduced)) / int(total)
            assert share["denominator"] == int(total)
    state = shares.loc["09"]
    assert (state["numerator"], state["denominator"]) == (169053 + 24187, 538893)


def test_the_state_by_one_dimension_from_the_cross_tabulations(shared: Path) -> None:
    frame = read_all(shared, "enrollment-school", enrollment_schools)
    state = frame[(frame["indicator"] == "enrollment") & (frame["geo_level"] == "state")]
    state = state.drop_duplicates(["dimension", "group", "estimate"])
    found = {(r.dimension, r.group): r.estimate for r in state.itertuples(index=False)}
    assert len(found) == len(state) == 1 + 7 + 14 + 2 + 3 + 2 + 2
    assert found[("all", "all")] == 538893
    for dimension, rows in state.groupby("dimension"):
        assert rows["estimate"].sum() == 538893, dimension


COLUMNS = {
    ("ela_performance_index", "all"): "Ind1ELA_All_Rate",
    ("ela_performance_index", "high_needs"): "Ind1ELA_HN_Rate",
    ("ela_performance_index", "not_high_needs"): "Ind1ELA_NHN_Rate",
    ("math_performance_index", "all"): "Ind1Math_All_Rate",
    ("math_performance_index", "high_needs"): "Ind1Math_HN_Rate",
    ("math_performance_index", "not_high_needs"): "Ind1Math_NHN_Rate",
    ("science_performance_index", "all"): "Ind1Sci_All_Rate",
    ("science_performance_index", "high_needs"): "Ind1Sci_HN_Rate",
    ("science_performance_index", "not_high_needs"): "Ind1Sci_NHN_Rate",
    ("chronic_absence", "all"): "Ind4Rate",
    ("chronic_absence", "high_needs"): "Ind4HNRate",
    ("ninth_grade_on_track", "all"): "Ind7Rate",
    ("graduation_4yr", "all"): "Ind8Rate",
    ("graduation_6yr_high_needs", "all"): "Ind9Rate",
    ("postsecondary_entrance_1yr", "all"): "Ind10Rate",
    ("growth_ela_rate", "all"): "Ind2ELA_All_Rate",
    ("growth_ela_rate", "high_needs"): "Ind2ELA_HN_Rate",
    ("growth_ela_rate", "not_high_needs"): "Ind2ELA_NHN_Rate",
    ("growth_math_rate", "all"): "Ind2Math_All_Rate",
    ("growth_math_rate", "high_needs"): "Ind2Math_HN_Rate",
    ("growth_math_rate", "not_high_needs"): "Ind2Math_NHN_Rate",
    ("growth_english_literacy", "all"): "Ind2LEP_LTCY_Rate",
    ("growth_english_oral", "all"): "Ind2LEP_ORAL_Rate",
    ("ccr_courses", "all"): "Ind5Rate",
    ("ccr_exams", "all"): "Ind6Rate",
    ("physical_fitness", "all"): "Ind11FitnessRate",
    ("arts_access", "all"): "Ind12Rate",
}
CLASSES = {
    "graduation_4yr": "2023-24",
    "postsecondary_entrance_1yr": "2023-24",
    "graduation_6yr_high_needs": "2021-22",
}
"""The class that a rate is about; all others are about the school year of the file."""


def test_every_accountability_result_of_schools(shared: Path) -> None:
    path = shared / "sources/next-generation-accountability/nextgenacct.csv"
    names = Names(load_catalog(), Problems())
    frame = accountability_schools.read([RawFile(path, path.name)], names)
    assert list(map(str, names.problems)) == []
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = [r for r in csv.DictReader(lines[2:]) if r["Category"] == "SchoolTot"]
    frame = frame[frame["geo_id"].isin({bare(r["SchoolCode"]) for r in rows})]
    found = {(r.indicator, r.geo_id, r.group): r for r in frame.itertuples(index=False)}
    assert len(found) == len(frame) == len(rows) * len(COLUMNS)
    for row in rows:
        for (indicator, group), column in COLUMNS.items():
            figure = found[(indicator, bare(row["SchoolCode"]), group)]
            assert figure.period == CLASSES.get(indicator, "2024-25")
            if row[column] in ("", "."):
                assert figure.status in ("not_applicable", "suppressed_by_source")
                assert pd.isna(figure.estimate)
            else:
                points = Decimal(row[column]).scaleb(2 if indicator.startswith("growth") else 0)
                assert (figure.status, figure.estimate) == ("published", float(points))
