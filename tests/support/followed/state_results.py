"""Results of the Department of Education beside EdSight, and CTData's tables of its figures."""

from collections.abc import Iterator
from pathlib import Path

from support.followed.cells import Cells, key, number, percent, sheet, table, whole
from support.followed.edsight import RACES
from support.followed.places import DISTRICT_CODES, DISTRICT_NAMES, STATE, bare

ACCOUNTABILITY = {
    "ela_performance_index": ("Ind1ELA_All_Rate", 1, 0),
    "math_performance_index": ("Ind1Math_All_Rate", 1, 0),
    "science_performance_index": ("Ind1Sci_All_Rate", 1, 0),
    "growth_ela_rate": ("Ind2ELA_All_Rate", 100, 0),
    "growth_math_rate": ("Ind2Math_All_Rate", 100, 0),
    "growth_english_literacy": ("Ind2LEP_LTCY_Rate", 100, 0),
    "growth_english_oral": ("Ind2LEP_ORAL_Rate", 100, 0),
    "chronic_absence": ("Ind4Rate", 1, 0),
    "chronic_absence/high_needs": ("Ind4HNRate", 1, 0),
    "ccr_courses": ("Ind5Rate", 1, 0),
    "ccr_exams": ("Ind6Rate", 1, 0),
    "ninth_grade_on_track": ("Ind7Rate", 1, 0),
    "graduation_4yr": ("Ind8Rate", 1, 1),
    "graduation_6yr_high_needs": ("Ind9Rate", 1, 3),
    "postsecondary_entrance_1yr": ("Ind10Rate", 1, 1),
    "physical_fitness": ("Ind11FitnessRate", 1, 0),
    "arts_access": ("Ind12Rate", 1, 0),
}
"""Column of the results, what it is multiplied by, and how many years before the year of the
results the class is that it describes: a class is counted after the summer in which it
graduates, and one that had six years is named for its fourth."""


def _results(row: dict[str, str], place: str, path: Path) -> Cells:
    fall = int(float(row["FallOfYear"]))
    for name, (column, scale, before) in ACCOUNTABILITY.items():
        indicator, _, group = name.partition("/")
        start = fall - before
        period = f"{start}-{(start + 1) % 100:02d}"
        rate = number(row.get(column))
        cell = whole(None if rate is None else rate * scale, path)
        yield key(indicator, place, period, group or "all"), cell


def accountability(raw: Path) -> Cells:
    """Yield the results of the state and the four districts."""
    path = raw / "next-generation-accountability" / "nextgenacct.csv"
    for row in table(path, "FallOfYear"):
        place = DISTRICT_CODES.get(bare(row["ReportingDistrictCode"]))
        if row["Category"] == "StateTot":
            yield from _results(row, STATE, path)
        elif row["Category"] == "DistrictTot" and place:
            yield from _results(row, place, path)


def accountability_schools(raw: Path) -> Cells:
    """Yield the results of the schools of the four districts."""
    path = raw / "next-generation-accountability" / "nextgenacct.csv"
    for row in table(path, "FallOfYear"):
        district = DISTRICT_CODES.get(bare(row["ReportingDistrictCode"]))
        if row["Category"] == "SchoolTot" and district:
            yield from _results(row, f"{district}-school-{bare(row['SchoolCode'])}", path)


def accountability_transcribed(raw: Path) -> Cells:
    """Yield the earlier results, of which only a transcript was found."""
    for path in raw.glob("next-generation-accountability/*_transcribed.csv"):
        for row in table(path):
            state = row["Category"] == "StateTot"
            place = STATE if state else DISTRICT_CODES[row["ReportingDistrictCode"]]
            yield from _results(row, place, path)


def attendance(raw: Path) -> Cells:
    """Yield the share of days attended, in the release of June 2023."""
    path = raw / "attendance-by-student-group" / "district_attendance.csv"
    for row in table(path):
        code = row["District code"]
        place = STATE if code == "00000CT" else DISTRICT_CODES.get(code.zfill(7))
        if place is None or row["Student group"] != "All Students":
            continue
        for start in (2019, 2020, 2021):
            name = f"{start}-{start + 1}"
            cell = whole(
                number(row[f"{name} attendance rate"]),
                path,
                denominator=number(row[f"{name} student count"]),
            )
            yield key("attendance_rate", place, f"{start}-{(start + 1) % 100}"), cell


DOMAINS = {
    "CR": "creative",
    "LA": "language",
    "LI": "literacy",
    "NU": "numeracy",
    "PR": "personal_social",
    "PH": "physical_motor",
}


def kindergarten(raw: Path) -> Cells:
    """Yield the shares of children that need much support, and little, at entry."""
    path = raw / "kindergarten-entrance-inventory" / "KEI_201415_to_202526_public.xlsx"
    _, _, header, *rows = sheet(path, "KEI Data - All Years")
    for values in rows:
        row = dict(zip(header, values, strict=True))
        place = DISTRICT_NAMES.get(row["districtname"])
        if place is None:
            continue
        for short, domain in DOMAINS.items():
            for level in (1, 3):
                cell = whole(number(row[f"{short}_PCT{level}"]), path)
                name = f"kindergarten_{domain}_level{level}"
                yield key(name, place, row["Year"]), cell


DOMAINS_OF_2013 = {
    "Language": "language",
    "Literacy": "literacy",
    "Numeracy": "numeracy",
    "Physical": "physical_motor",
    "Creative": "creative",
    "Personal": "personal_social",
}


def kindergarten_2013(raw: Path) -> Cells:
    """Yield the ratings of the fall of 2013: three percents under the name of each domain."""
    folder = raw / "kindergarten-entrance-inventory" / "historic"
    path = folder / "KEI_DistrictByDomain_2013.xlsx"
    _, domains, levels, *rows = sheet(path, "Sheet1")
    for row in rows:
        place = DISTRICT_NAMES.get(row[0])
        if place is None:
            continue
        for at, domain in enumerate(domains):
            for level in (1, 3) if domain else ():
                assert levels[at + level - 1] == f"Performance_Level_{level}"
                share = number(row[at + level - 1])
                cell = whole(None if share is None else share / 100, path)
                name = f"kindergarten_{DOMAINS_OF_2013[domain]}_level{level}_historic"
                yield key(name, place, "2013-14"), cell


def first_graduation_rates(raw: Path) -> Cells:
    """Yield the first release of the four-year rate of all students; 2011 is 2010-11."""
    path = raw / "graduation-2009-2011-historic" / "hsgraduationrates-district.csv"
    for row in table(path):
        place = DISTRICT_NAMES.get(row["District Name"])
        if place and row["Category"] == "All Students":
            end = int(row["School Year"])
            where = key("graduation_4yr_first_releases", place, f"{end - 1}-{end % 100}")
            yield where, whole(percent(row["4-Year Graduation Rate"]), path)


def _ctdata(path: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the rows of a CTData table of the four districts and the state, with the year."""
    for row in table(path):
        place = DISTRICT_NAMES.get(row["District"])
        if place:
            yield place, row["Year"][:5] + row["Year"][7:], row


def enrollment_by_race(raw: Path) -> Cells:
    """Yield the students of each race in October."""
    for path in raw.glob("enrollment-district/data/student_enrollment_by_race_*.csv"):
        for place, year, row in _ctdata(path):
            count = number(row["Value"])
            where = key("enrollment", place, year, RACES[row["Race/Ethnicity"]])
            yield where, whole(count, path, numerator=count)


def pre_k(raw: Path) -> Cells:
    """Yield the children in public pre-kindergarten."""
    for path in raw.glob("pre-k-students-psis/pre-k-students-psis_*.csv"):
        for place, year, row in _ctdata(path):
            count = number(row["Value"])
            yield key("public_prek_seats", place, year), whole(count, path, numerator=count)


NEEDS = {
    "Eligible for Free or Reduced Price Lunch": "students_meal_eligible",
    "English Language Learner": "students_english_learners",
    "Special Education": "students_with_disabilities",
}


def educational_need(raw: Path) -> Cells:
    """Yield the students with a need, of the students evaluated."""
    for path in raw.glob("educational-need/data/*.csv"):
        found: dict[tuple[str, str, str, str], str] = {}
        for place, year, row in _ctdata(path):
            need = row["Indicator of Educational Need"]
            found[place, year, need, row["Measure Type"]] = row["Value"]
        for place, year in {name[:2] for name in found}:
            for need, indicator in NEEDS.items():
                cell = whole(
                    percent(found[place, year, need, "Percent"]),
                    path,
                    numerator=number(found[place, year, need, "Number"]),
                    denominator=number(found[place, year, "Total Students Evaluated", "Number"]),
                )
                yield key(indicator, place, year), cell
