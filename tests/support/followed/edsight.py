"""EdSight's exports of the Connecticut State Department of Education.

Above every table stand title lines; its header begins with the name of the place. Groups are
labelled differently from report to report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.followed.cells import Cell, Cells, key, lines, number, percent, table, whole
from support.followed.places import DISTRICT_CODES, DISTRICT_NAMES, bare

Row = dict[str, str]

RACES = {
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
}
LEARNERS = {
    "ELL": "english_learner",
    "English Learner Status": "english_learner",
    "English Language Learners": "english_learner",
    "Y": "english_learner",
    "Non-ELL": "not_english_learner",
    "N": "not_english_learner",
}
DISABILITIES = {
    "Special Education": "with_disabilities",
    "Students with Disabilities": "with_disabilities",
    "Y": "with_disabilities",
    "Non-Special Education": "without_disabilities",
    "N": "without_disabilities",
}
MEALS = {
    "Eligible For Free Lunch": "free_meals",
    "Eligible For Reduced Lunch": "reduced_meals",
    "Eligible for Free or Reduced-Price Meals": "free_or_reduced_meals",
    "Eligible For Lunch": "free_or_reduced_meals",
    "Not Eligible For Lunch": "not_eligible",
}
NEEDS = {
    "High Needs": "high_needs",
    "Y": "high_needs",
    "Non-High Needs": "not_high_needs",
    "N": "not_high_needs",
}
GROUPS = {
    "Race/Ethnicity": RACES,
    "Race": RACES,
    "Gender": {"Female": "female", "F": "female", "Male": "male", "M": "male"},
    "English Learner Status": LEARNERS,
    "English Learner Status (EL)": LEARNERS,
    "ELL": LEARNERS,
    "Special Education Status": DISABILITIES,
    "Special Education Status (SWD)": DISABILITIES,
    "Special Education": DISABILITIES,
    "Free/Reduced Price Meal Eligibility": MEALS,
    "Free/Reduced Price Meal Eligibility (2-level)": MEALS
    | {"Y": "free_or_reduced_meals", "N": "not_eligible"},
    "Free/Reduced Price Meal Eligibility (3-level)": {
        "F": "free_meals",
        "R": "reduced_meals",
        "N": "not_eligible",
    },
    "High Needs Status": NEEDS,
    "High Needs (F, R, ELL or SWD)": NEEDS,
    "High Needs (F/R, EL or SWD)": NEEDS,
}
"""What the columns of groups are called, and what stands in them."""


FIRST = ("DISTRICT", "District", "STATE", "State", "Organization")
"""What the column of places is called."""
WRONG_CODES = {("sanctions__2009-10.csv", "Bridgeport School District", "1420011")}
"""Where the publisher set the code of another district (Tolland, which has its own row)."""


def year(path: Path) -> str:
    """Return the school year in the name of a file, 2018-19."""
    match = re.search(r"\d{4}-\d{2}(?!\d)", path.name)
    assert match, path
    return match[0]


def rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield every row of the four districts and of the state, with its place."""
    first = next(name for line in lines(path) for name in FIRST if name in line)
    for row in table(path, first):
        name = row[first]
        if name not in DISTRICT_NAMES:
            continue
        code = bare(row.get("District Code") or row.get("Organization Code") or "")
        place = DISTRICT_NAMES[name]
        if (path.name, name, code) not in WRONG_CODES:
            assert code in ("", "0000000") or DISTRICT_CODES[code] == place, (path, row)
        yield place, row


def group(row: Row, path: Path) -> str:
    """Return the group of a row: everyone, unless a column names one."""
    named = [column for column in GROUPS if column in row]
    for_all = re.search(
        r"all-students|_\d{4}-\d{2}_(_ct)?\.csv$|_\d{4}-\d{2}___ct\.csv$", path.name
    )
    assert len(named) == (0 if for_all else 1), (path, named)
    return GROUPS[named[0]][row[named[0]]] if named else "all"


@dataclass(frozen=True)
class Rate:
    """A report with a percent, and where it has them the counts behind it.

    Attributes
    ----------
    indicator : str
        Its name on the pages.
    percent, count, base : str
        Columns of the publisher; an empty name where the report has none.
    """

    indicator: str
    percent: str
    count: str = ""
    base: str = ""

    def cell(self, row: Row, path: Path) -> Cell:
        """Return the figure of a row."""
        return whole(
            percent(row[self.percent]),
            path,
            numerator=number(row.get(self.count)),
            denominator=number(row.get(self.base)),
        )


def rates(raw: Path, pattern: str, *reports: Rate) -> Cells:
    """Yield the figures of every file of a report in which each row is a group."""
    for path in sorted(raw.glob(pattern)):
        for place, row in rows(path):
            for report in reports:
                if report.percent in row:
                    where = key(report.indicator, place, year(path), group(row, path))
                    yield where, report.cell(row, path)


def chronic_absence(raw: Path) -> Cells:
    """Yield the percent of students absent a tenth of their days, and how many they are."""
    folder = "chronic-absenteeism-district/raw/chronic-absenteeism__*.csv"
    rate = Rate("chronic_absence", "%", "Student Count")
    only_percent = Rate("chronic_absence", "% Chronically Absent")
    yield from rates(raw, folder, rate, only_percent)


def graduation(raw: Path, years: str) -> Cells:
    """Yield the graduates of a cohort; `years` is four, five or six."""
    short = {"four": "4yr", "five": "5yr", "six": "6yr"}[years]
    rate = Rate(
        f"graduation_{short}",
        "Graduation Rate",
        "Graduation Count",
        f"{years.title()}-Year Cohort Count",
    )
    below = {"four": "raw*/"}.get(years, "")
    for end in ("", "_ct"):
        pattern = f"{years}-year-graduation-district/{below}*_grad{end}.csv"
        yield from rates(raw, pattern, rate)


def suspension(raw: Path) -> Cells:
    """Yield the students with at least one suspension or expulsion."""
    rate = Rate("suspension", "%", "Count")
    yield from rates(raw, "suspension-rates-district/raw/suspension-rates__*.csv", rate)


COLLEGE = (
    Rate("postsecondary_entrance_1yr", "Entrance(%)"),
    Rate("postsecondary_persistence_year2", "Persistence(%)"),
)


def college(raw: Path) -> Cells:
    """Yield who went on to college, and who came back for a second year."""
    yield from rates(raw, "college-entrance-persistence-district/*.csv", *COLLEGE)


def college_of_the_state(raw: Path) -> Cells:
    """Yield the figures of the state that stand beside the exports by school."""
    yield from rates(raw, "college-entrance-persistence-school/*_ct.csv", *COLLEGE)


MET = ("% (5)", "Level 3&4 Met or Exceeded Count", "Total Number with Scored Tests")
"""Of the five columns of percents the fifth is of levels 3 and 4 together."""


def _test(row: Row, path: Path) -> tuple[str, str]:
    """Return grade and subject, which a file with one subject says in its name only."""
    only = re.search(r"_(ela|math)_special-education_", path.name)
    subject = only[1] if only else row["Subject"].lower()
    return str(int(row["Grade"])), subject


def _smarter_balanced(files: list[Path]) -> Cells:
    for path in files:
        for place, row in rows(path):
            grade, subject = _test(row, path)
            name = f"grade{grade}_{subject}"
            where = (place, year(path), group(row, path))
            yield key(f"{name}_proficient", *where), Rate("", *MET).cell(row, path)
            scored = number(row["Total Number with Scored Tests"])
            score = whole(number(row["AverageVSS"]), path, denominator=scored)
            yield key(f"{name}_scale_score", *where), score


def _grades(raw: Path, folder: str) -> list[Path]:
    files = sorted(raw.glob(f"{folder}/smarter-balanced__*_all-grades*.csv"))
    return [path for path in files if "combined" not in path.name]


def smarter_balanced(raw: Path) -> Cells:
    """Yield the tests of all students, by grade and subject."""
    yield from _smarter_balanced(_grades(raw, "smarter-balanced-district-all-students"))


def smarter_balanced_groups(raw: Path) -> Cells:
    """Yield the tests of student groups, by grade and subject."""
    files = _grades(raw, "smarter-balanced-district-subgroups")
    found = _smarter_balanced([path for path in files if "_all-students_" not in path.name])
    yield from ((where, cell) for where, cell in found if not where[0].endswith("_scale_score"))


def smarter_balanced_schools(raw: Path) -> Cells:
    """Yield the newest tests of all students of the schools."""
    pattern = "smarter-balanced-school/smarter-balanced__2015-16_*_all-students_all-grades.csv"
    for path in sorted(raw.glob(pattern)):
        for district, row in rows(path):
            grade, subject = _test(row, path)
            school = f"{district}-school-{bare(row['School Code'])}"
            where = key(f"grade{grade}_{subject}_proficient", school, year(path))
            yield where, Rate("", *MET).cell(row, path)


def growth(raw: Path) -> Cells:
    """Yield how much of their growth target students reached, all grades together."""
    for path in sorted(raw.glob("smarter-balanced-growth-district/*-combined*.csv")):
        for place, row in rows(path):
            cell = whole(
                percent(row["Growth Rate"]),
                path,
                denominator=number(row["Number ofMatched Students"]),
            )
            name = f"growth_{row['Subject'].lower()}_target_met"
            yield key(name, place, year(path), group(row, path)), cell


def sat(raw: Path) -> Cells:
    """Yield the students who met the state's level on the SAT School Day."""
    met = Rate("", "% (5)", "Count (5)", "Total Numberwith Scored Tests")
    for path in sorted(raw.glob("sat-district/sat__*.csv")):
        for place, row in rows(path):
            where = key(f"sat_{row['Subject'].lower()}_met", place, year(path), group(row, path))
            yield where, met.cell(row, path)


def science(raw: Path) -> Cells:
    """Yield the students at or above goal in science: the sixth of the percents."""
    met = Rate("", "% (6)", "Count (6)", "Total Number with Scored Tests")
    for path in sorted(raw.glob("cmt-capt-science-district/*_all-grades*.csv")):
        if "combined" in path.name:
            continue
        for place, row in rows(path):
            name = f"science_goal_grade{int(row['Grade'])}"
            yield key(name, place, year(path), group(row, path)), met.cell(row, path)


EVENTS = {
    "bullying-district/bullying__*.csv": {
        "bullying_students": "Number of students with at least 1 bullying incident",
        "bullying_incidents": "Counts of Bullying Incidents",
    },
    "sanctions-district/raw/sanctions__*.csv": {
        "sanctions_in_school": "In-School Suspension",
        "sanctions_out_of_school": "Out-of-School Suspension",
        "sanctions_expulsions": "Expulsion",
        "sanctions_bus": "Bus Suspension",
    },
}


def counted(raw: Path, report: str) -> Cells:
    """Yield counts: of students, or of events."""
    (pattern,) = [pattern for pattern in EVENTS if pattern.startswith(report)]
    for path in sorted(raw.glob(pattern)):
        for place, row in rows(path):
            for indicator, column in EVENTS[pattern].items():
                count = number(row[column])
                yield key(indicator, place, year(path)), whole(count, path, numerator=count)


def enrollment(raw: Path) -> Cells:
    """Yield the students in October: all of them, in the newest table by race."""
    for path in sorted(raw.glob("enrollment-district/raw/enrollment__2021-22_race.csv")):
        for place, row in rows(path):
            count = number(row["Total"])
            yield key("enrollment", place, year(path)), whole(count, path, numerator=count)


def _eligible(row: Row, path: Path) -> Cell:
    """Return who has free or reduced meals, of everyone counted."""
    free, reduced, base = (number(row[name]) for name in ("Free", "Reduced", "Total"))
    if free is None or reduced is None or not base:
        return Cell(None, file=path.name)
    return Cell((free + reduced) / base, free + reduced, base, file=path.name)


def schools(raw: Path) -> Cells:
    """Yield the students of each school, and those with free or reduced meals."""
    for path in sorted(raw.glob("enrollment-school/*_all-schools_*.csv")):
        for district, row in rows(path):
            school = f"{district}-school-{bare(row['School Code'])}"
            if "_all-students" in path.name:
                count = number(row["Count"])
                yield key("enrollment", school, year(path)), whole(count, path, numerator=count)
            elif "_lunch" in path.name:
                yield key("students_meal_eligible", school, year(path)), _eligible(row, path)


def educational_need(raw: Path) -> Cells:
    """Yield the students with a need, of everyone counted in the same table."""
    kinds = {"ell": "students_english_learners", "special-education": "students_with_disabilities"}
    for path in sorted(raw.glob("educational-need/raw/enrollment__*.csv")):
        kind = path.stem.rpartition("_")[2]
        for place, row in rows(path):
            if kind == "lunch":
                yield key("students_meal_eligible", place, year(path)), _eligible(row, path)
                continue
            some, base = number(row["Yes"]), number(row["Total"])
            cell = Cell(None) if some is None or not base else Cell(some / base, some, base)
            yield key(kinds[kind], place, year(path)), cell
