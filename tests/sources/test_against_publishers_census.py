"""Figures of the four cities and the state against the census tables and school counts.

The raw files are read here a second time, by hand and with as little code as possible, and
nothing of the readers is used. What is compared is every figure of these places, at the last
printed digit; and how many figures there are of all places.
"""

import csv
import gzip
import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from c2c_lib.catalog import Catalog, load_catalog, parse_period
from c2c_lib.errors import Problems
from c2c_lib.observations import check_observations, sort_observations
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

pytestmark = pytest.mark.thorough

CITIES = ("Bridgeport", "Norwalk", "Stamford", "Waterbury")
DISTRICT = dict(zip(CITIES, ("0150011", "1030011", "1350011", "1510011"), strict=True))
TOWN = dict(zip(CITIES, ("0900108070", "0900156060", "0900173070", "0900980070"), strict=True))
TOWN_SINCE_2022 = dict(
    zip(CITIES, ("0912008070", "0919056060", "0919073070", "0914080070"), strict=True)
)
STATE = "09"
TOWNS = {**TOWN, "Connecticut": STATE}
DISTRICTS = {f"{city} School District": code for city, code in DISTRICT.items()}
MODULES = (
    "acs_town_profiles",
    "acs_tracts",
    "poverty_by_race",
    "cost_burden",
    "median_income",
    "health_insurance",
    "family_type",
    "neighborhood_profiles",
    "pre_k",
    "enrollment_by_grade",
    "educational_need",
    "educational_need_edsight",
)
"""Those that take seconds to read."""
RACES = {
    "All": "all",
    "American Indian and Alaska Native Alone": "american_indian",
    "Asian Alone": "asian",
    "Black or African American Alone": "black",
    "Hispanic or Latino": "hispanic",
    "Native Hawaiian and Other Pacific Islander": "pacific_islander",
    "Two or More Races": "two_or_more",
    "White Alone Not Hispanic or Latino": "white",
}
SURVEY = ("status", "estimate", "numerator", "denominator", "moe90")
Key = tuple[str, str, str, str]
Values = tuple[Any, ...]


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    folder = shared / "sources"
    if not folder.is_dir():
        pytest.skip("no raw exports beside the project")
    return folder


class Frames(dict[str, pd.DataFrame]):
    """What each reader finds in the raw files, read when it is first asked for."""

    def __init__(self, raw: Path) -> None:
        super().__init__()
        self.raw = raw

    def __missing__(self, name: str) -> pd.DataFrame:
        catalog, problems = load_catalog(), Problems()
        module = importlib.import_module(f"c2c_lib.sources.{name}")
        paths = sorted({p for g in catalog.source(module.SOURCE).files for p in self.raw.glob(g)})
        files = [RawFile(path, path.relative_to(self.raw).as_posix()) for path in paths]
        self[name] = module.read(files, Names(catalog, problems))
        assert [str(problem) for problem in problems] == []
        return self[name]


@pytest.fixture(scope="module")
def frames(raw: Path) -> Frames:
    """Everything that the readers find, by module."""
    return Frames(raw)


def by_key(frame: pd.DataFrame, places: Iterable[str]) -> dict[Key, dict[str, Any]]:
    """Return the figures of some places by indicator, place, period and group."""
    rows = frame[frame["geo_id"].isin(list(places))]
    return {
        (row["indicator"], row["geo_id"], row["period"], row["group"]): row
        for row in rows.astype(object).where(rows.notna(), None).to_dict("records")
    }


def compare(
    frame: pd.DataFrame, expected: dict[Key, Values], places: Iterable[str], columns: Iterable[str]
) -> None:
    """Compare all figures of some places with what is expected: all of them, and no others."""
    got = {k: tuple(row.get(c) for c in columns) for k, row in by_key(frame, places).items()}
    assert got.keys() == expected.keys()
    assert {k: (got[k], expected[k]) for k in expected if got[k] != expected[k]} == {}


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file) if row]


def share(parts: list[tuple[float, float]], whole: list[tuple[float, float]]) -> Values:
    """Return share, counts and margin in plain arithmetic, from estimates and margins."""
    (x, m_x), (y, m_y) = total(parts), total(whole)
    if not y:
        return ("not_applicable", None, None, None, None)
    p = x / y
    under = m_x**2 - p**2 * m_y**2
    # The handbook turns the sign where the root would be of zero or less.
    margin = (under if m_x * y > x * m_y else m_x**2 + p**2 * m_y**2) ** 0.5 / y
    return ("published", p, x, y, pytest.approx(margin, rel=1e-9, abs=1e-12))


def total(cells: list[tuple[float, float]]) -> tuple[float, float]:
    squares = sum(margin**2 for estimate, margin in cells if estimate)
    squares += max([margin for estimate, margin in cells if not estimate], default=0) ** 2
    return sum(estimate for estimate, _ in cells), squares**0.5


PROFILES = {
    "child_poverty": ("pov_age", "ages00_17_poverty", "ages00_17_poverty_status_determined"),
    "child_low_income": (
        "pov_age",
        "ages00_17_low_income",
        "ages00_17_poverty_status_determined",
    ),
    "children_under_18": ("age", "ages00_17", "total_pop"),
    "adults_bachelors": ("education", "bachelors_plus", "ages25plus"),
    "adults_no_diploma": ("education", "less_than_high_school", "ages25plus"),
    "poverty": ("poverty", "poverty", "poverty_status_determined"),
    "low_income": ("poverty", "low_income", "poverty_status_determined"),
    "residents_white": ("race", "white", "total_pop"),
    "residents_black": ("race", "black", "total_pop"),
    "residents_hispanic": ("race", "latino", "total_pop"),
    "residents_further_races": ("race", "other_race", "total_pop"),
    "foreign_born": ("foreign_born", "foreign_born", "total_pop"),
    "homeownership": ("tenure", "owner_occupied", "total_households"),
    "housing_cost_burden": ("housing_cost", "cost_burden", "total_households"),
    "households_with_car": ("vehicles", "has_vehicle", "total_households"),
}


def test_town_profiles(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    got = by_key(frames["acs_town_profiles"], TOWNS.values())
    expected: dict[Key, Values] = {}
    for end in range(2018, 2024):
        path = raw / "datahaven-acs-town-profiles" / f"acs_town_basic_profile_{end}.csv"
        cells = {}
        for heading, level, name, _, spelling, *numbers in rows_of(path)[1:]:
            if name in TOWNS and re.fullmatch(r"\d_(towns?|state)", level):
                topic = "pov_age" if heading.startswith("income_") else heading
                group = spelling.replace("ages0_17", "ages00_17").replace("hispanic", "latino")
                cells[name, topic, group] = numbers
        for name, geo_id in TOWNS.items():
            key = ("median_household_income", geo_id, f"{end - 4}-{end}", "all")
            estimate, margin, *_ = cells[name, key[0], key[0]]
            expected[key] = ("published", float(estimate), None, None, float(margin))
            for indicator, (topic, part, whole) in PROFILES.items():
                x, m_x, rounded, rounded_margin = cells[name, topic, part]
                y, m_y, *_ = cells[name, topic, whole]
                key = (indicator, geo_id, f"{end - 4}-{end}", "all")
                expected[key] = share([(int(x), int(m_x))], [(int(y), int(m_y))])
                # The report's own rounded share and margin say the same.
                half = 0.5 * 10 ** -len(rounded.partition(".")[2])
                assert got[key]["estimate"] == pytest.approx(float(rounded), abs=half + 1e-9)
                assert got[key]["moe90"] == pytest.approx(float(rounded_margin), abs=0.00051)
    assert len(expected) == 6 * 5 * 16
    compare(frames["acs_town_profiles"], expected, TOWNS.values(), SURVEY)
    assert len(frames["acs_town_profiles"]) == 6 * 170 * 16


LINES = {
    "child_poverty": ("B17024", (3, 4, 5, 16, 17, 18, 29, 30, 31), "B17024", (2, 15, 28)),
    "child_low_income": (
        "B17024",
        (*range(3, 11), *range(16, 24), *range(29, 37)),
        "B17024",
        (2, 15, 28),
    ),
    "young_child_poverty": ("B17024", (3, 4, 5), "B17024", (2,)),
    "children_under_5": ("B01001", (3, 27), "B01003", (1,)),
    "children_under_18": ("B01001", (3, 4, 5, 6, 27, 28, 29, 30), "B01003", (1,)),
    "poverty": ("C17002", (2, 3), "C17002", (1,)),
    "low_income": ("C17002", (2, 3, 4, 5, 6, 7), "C17002", (1,)),
    "adults_no_diploma": ("B06009", (2,), "B06009", (1,)),
    "adults_bachelors": ("B06009", (5, 6), "B06009", (1,)),
    "residents_white": ("B03002", (3,), "B03002", (1,)),
    "residents_black": ("B03002", (4,), "B03002", (1,)),
    "residents_asian": ("B03002", (6,), "B03002", (1,)),
    "residents_hispanic": ("B03002", (12,), "B03002", (1,)),
    "residents_further_races": ("B03002", (5, 6, 7, 8, 9), "B03002", (1,)),
    "foreign_born": ("B05001", (5, 6), "B05001", (1,)),
    "homeownership": ("B25003", (2,), "B25003", (1,)),
    "households_with_car": ("B08201", (3, 4, 5, 6), "B08201", (1,)),
}
PAID = {"owner": (3, 7, 11, 15, 19), "renter": (25, 29, 33, 37, 41)}
PAID["all"] = PAID["owner"] + PAID["renter"]


def detailed(cells: dict[str, tuple[float, float]]) -> Iterator[tuple[str, str, Values]]:
    """Give every share of an area, from its lines."""
    for indicator, (table, parts, of, whole) in LINES.items():
        part, all_of_it = (
            [cells[f"{t}_{n:03d}"] for n in lines] for t, lines in ((table, parts), (of, whole))
        )
        yield indicator, "all", share(part, all_of_it)
    for group, bands in PAID.items():
        much = [cells[f"B25106_{band + 3:03d}"] for band in bands]
        known = [cells[f"B25106_{band + n:03d}"] for band in bands for n in (1, 2, 3)]
        yield "housing_cost_burden", group, share(much, known)


@pytest.mark.parametrize("end", [2018, 2020, 2021, 2022, 2023])
def test_detailed_tables_of_every_area_of_the_cities(
    raw: Path, frames: dict[str, pd.DataFrame], end: int
) -> None:
    catalog = load_catalog()
    codes = area_codes(catalog, end)
    table = pd.read_parquet(raw / "geo-acs-tracts" / f"acs5_{end}_long.parquet")
    table["code"] = table["geoid"].where(table["level"] != "neighborhood", table["name"])
    period = f"{end - 4}-{end}"
    expected: dict[Key, Values] = {}
    for code, geo_id in codes.items():
        rows = table[table["code"] == code]
        cells = {
            # The state's population is controlled, and has no margin of error for that reason.
            variable: (estimate, 0.0 if pd.isna(moe) and code == STATE else moe)
            for variable, estimate, moe in rows[["variable", "estimate", "moe"]].itertuples(
                index=False, name=None
            )
        }
        for indicator, group, values in detailed(cells):
            expected[indicator, geo_id, period, group] = values
        if "_" not in code:
            median, margin = (None if pd.isna(v) else v for v in cells["B19013_001"])
            status = "published" if median else "not_applicable"
            margin = None if median == 250001 else margin
            expected["median_household_income", geo_id, period, "all"] = (
                status,
                median,
                None,
                None,
                margin,
            )
    frame = frames["acs_tracts"]
    compare(frame[frame["period"] == period], expected, codes.values(), SURVEY)
    tracts = {2018: 829}.get(end, 879)
    neighborhoods = {2018: 0, 2020: 13, 2021: 13}.get(end, 26)
    whole = (170 + tracts) * 21 + neighborhoods * 20
    assert (frame["period"] == period).sum() == whole


def area_codes(catalog: Catalog, end: int) -> dict[str, str]:
    """Return the publisher's codes of the state, the cities, their tracts and neighborhoods."""
    towns = TOWN_SINCE_2022 if end >= 2022 else TOWN
    codes = {STATE: STATE, **{towns[city]: TOWN[city] for city in CITIES}}
    for place in catalog.places:
        if place.parent not in TOWN.values():
            continue
        city = next(c for c in CITIES if TOWN[c] == place.parent)
        old = place.vintage == "county-2010"
        if place.geo_level == "tract" and old == (end == 2018):
            # Under the counties a tract of 2020 has the county's code of its town.
            number = place.geo_id[5:]
            code = place.geo_id if end in (2018, 2022, 2023) else TOWN[city][:5] + number
            codes[code] = place.geo_id
        elif place.geo_level == "neighborhood" and end >= (2022 if city == "Stamford" else 2020):
            codes[f"{city}_{place.name}"] = place.geo_id
    return codes


def test_poverty_by_race(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    (path,) = (raw / "poverty-status-by-town").glob("*_five_geographies_*.csv")
    ages = {"Under 18": "child_poverty", "Total": "poverty"}
    variables = ("Poverty Status", "Margins of Error")
    cells = {
        (town, period, race, age, *what): value
        for town, _, period, race, age, *what, value in rows_of(path)[1:]
        if race in RACES
    }
    got = by_key(frames["poverty_by_race"], TOWNS.values())
    expected: dict[Key, Values] = {}
    printed = 0
    for town, period, race, age in dict.fromkeys(key[:4] for key in cells):
        below, known = (
            tuple(float(cells[town, period, race, age, status, "Number", v]) for v in variables)
            for status in ("Below Poverty Level", "Poverty Status Determined")
        )
        key = (ages[age], TOWNS[town], period, RACES[race])
        expected[key] = share([below], [known])
        if not known[0]:
            continue
        # The report's own percent says the same. Its margin is wider: that of a ratio,
        # although those in poverty are part of all.
        percent, margin = (
            float(cells[town, period, race, age, "Below Poverty Level", "Percent", v])
            for v in variables
        )
        assert got[key]["estimate"] * 100 == pytest.approx(percent, abs=0.00501)
        assert got[key]["moe90"] * 100 <= margin * 1.0001 + 0.00501
        printed += 1
    assert len(expected) == 5 * 12 * 8 * 2
    assert printed > 800
    compare(frames["poverty_by_race"], expected, TOWNS.values(), SURVEY)


def test_cost_burden(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    (path,) = (raw / "cost-burdened-households").glob("*.csv")
    groups = {"All": "all", "Homeowner": "owner", "Renter": "renter"}
    cells = {
        (town, period, status, *what): value
        for town, _, period, status, *what, value in rows_of(path)[1:]
        if town in TOWNS
    }
    expected: dict[Key, Values] = {}
    for town, period, status in dict.fromkeys(key[:3] for key in cells):
        number, percent, margin = (
            cells[town, period, status, kind, what]
            for kind, what in (
                ("Number", "Cost-burdened Households"),
                ("Percent", "Cost-burdened Households"),
                ("Percent", "Margins of Error"),
            )
        )
        key = ("housing_cost_burden_rent_or_mortgage", TOWNS[town], period, groups[status])
        if number == "-9999":
            assert period == "2016-2020"
            expected[key] = ("not_collected", None, None, None, None)
            continue
        expected[key] = (
            "published",
            round(float(percent) / 100, 4),
            float(number),
            None,
            round(float(margin) / 100, 4),
        )
    assert len(expected) == 5 * 11 * 3
    compare(frames["cost_burden"], expected, TOWNS.values(), SURVEY)
    assert len(frames["cost_burden"]) == len(rows_of(path)[1:]) / 4


def test_median_income(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    (path,) = (raw / "median-household-income-by-town").glob("*.csv")
    rows = rows_of(path)[1:]
    cells = {
        (row[7], row[1], row[4], row[3]): row[6]
        for row in rows
        if row[7] in TOWNS and row[4] in RACES
    }
    expected: dict[Key, Values] = {}
    for town, period, race in dict.fromkeys(key[:3] for key in cells):
        median = cells[town, period, race, "Median Household Income"]
        margin = cells[town, period, race, "Margins of Error"]
        key = ("median_household_income", TOWNS[town], period, RACES[race])
        if median in ("", "-666666666.0"):
            expected[key] = ("not_applicable", None, None, None, None)
        else:
            open_end = float(median) in (250001, 2499)
            expected[key] = (
                "published",
                float(median),
                None,
                None,
                None if open_end else float(margin),
            )
    assert len(expected) == 5 * 8 * 8
    compare(frames["median_income"], expected, TOWNS.values(), SURVEY)
    # 174 areas, four of them what remains of a county; ten groups, of which two are left out.
    assert len(rows) == 174 * 8 * 10 * 2
    assert len(frames["median_income"]) == 170 * 8 * 8


def factfinder(folder: Path) -> Iterator[tuple[str, str, dict[int, tuple[float, float]]]]:
    """Give period, place and lines of every file of a table."""
    for path in sorted(folder.glob("ACS_*_5YR_*.csv")):
        end = 2000 + int(path.name[4:6])
        codes, _, *rows = rows_of(path)
        for cells in rows:
            row = dict(zip(codes, cells, strict=True))
            name = row["GEO.display-label"].partition(",")[0].removesuffix(" town")
            if name in TOWNS or name == "Connecticut":
                lines = {
                    int(match[1] or match[2]): code
                    for code in codes
                    if (match := re.fullmatch(r"HD01_VD(\d+)|B\d+_(\d+)E", code))
                }
                yield (
                    f"{end - 4}-{end}",
                    TOWNS[name],
                    {
                        line: (float(row[code]), float(row[margin_of(code)]))
                        for line, code in lines.items()
                    },
                )


def margin_of(code: str) -> str:
    return code.replace("HD01", "HD02") if code.startswith("HD") else f"{code[:-1]}M"


def test_health_insurance(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    parts = {"male": ((5, 8), (3, 6)), "female": ((33, 36), (31, 34))}
    parts["all"] = tuple(a + b for a, b in zip(parts["male"], parts["female"], strict=True))
    expected = {
        ("children_uninsured", geo_id, period, group): share(
            *([lines[n] for n in numbers] for numbers in pair)
        )
        for period, geo_id, lines in factfinder(raw / "health-insurance-coverage")
        for group, pair in parts.items()
    }
    assert len(expected) == 5 * 5 * 3
    compare(frames["health_insurance"], expected, TOWNS.values(), SURVEY)
    assert len(frames["health_insurance"]) == 170 * 5 * 3


def test_family_type(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    expected = {
        ("children_single_parent", geo_id, period, "all"): share([lines[8]], [lines[1]])
        for period, geo_id, lines in factfinder(raw / "children-by-family-type")
    }
    assert len(expected) == 5 * 11
    compare(frames["family_type"], expected, TOWNS.values(), SURVEY)
    assert len(frames["family_type"]) == 170 * 11


NEIGHBORHOODS = {
    "children_under_18": "Percent under age 18",
    "residents_white": "Percent white",
    "residents_black": "Percent black",
    "residents_hispanic": "Percent Latino",
    "residents_further_races": "Percent other race",
    "foreign_born": "Percent foreign-born",
    "homeownership": "Homeownership rate",
    "poverty": "Poverty rate",
    "low_income": "Low-income rate",
    "child_poverty": "Child poverty rate",
    "child_low_income": "Child low-income rate",
    "housing_cost_burden": "Cost-burden rate",
}


def test_neighborhood_profiles(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    catalog = load_catalog()
    ids = {
        (next(c for c in CITIES if TOWN[c] == p.parent), p.name): p.geo_id
        for p in catalog.places
        if p.geo_level == "neighborhood"
    }
    cities = {"bridgeport": "Bridgeport", "bpt": "Bridgeport", "wby": "Waterbury"}
    cities |= {"stamford": "Stamford", "stam": "Stamford"}
    got = by_key(frames["neighborhood_profiles"], [*ids.values(), *TOWNS.values()])
    printed: dict[Key, str] = {}
    patterns = catalog.source("acs_neighborhoods").files
    for path in sorted({p for pattern in patterns for p in raw.glob(pattern)}):
        end = int(re.search(r"20\d\d", path.name)[0])
        city = next(cities[part] for part in path.stem.split("_") if part in cities)
        header, *rows = rows_of(path)
        for cells in rows:
            row = dict(zip((h.removesuffix(f"_{end}") for h in header), cells, strict=True))
            name = row.get("name") or row.get("neighborhood") or row["Name"]
            bare = name if (city, name) in ids else name.removesuffix(f" {city}")
            if (city, bare) in ids and (city != "Stamford" or end >= 2022):
                geo_id = ids[city, bare]
            elif name in (city, "Connecticut"):
                geo_id = TOWNS[name]
            else:
                continue
            for indicator, heading in NEIGHBORHOODS.items():
                cell = row.get(heading) or row.get(heading.replace("black", "Black"))
                if cell:
                    printed[indicator, geo_id, f"{end - 4}-{end}", "all"] = cell
    assert printed.keys() == got.keys()
    assert len(printed) == len(frames["neighborhood_profiles"])
    for key, cell in printed.items():
        half = 0.5 * 10 ** -len(cell.partition(".")[2])
        # Counts are rounded sums over tracts, and shares the rounded shares of exact sums:
        # a whole person more or less moves the share of a small neighborhood by this much.
        person = 1 / (got[key]["denominator"] or 1e9)
        assert got[key]["estimate"] == pytest.approx(float(cell), abs=half + person + 1e-9), key
        assert (got[key]["status"], got[key]["moe90"]) == ("published", None)


def test_pre_k(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    (path,) = (raw / "pre-k-students-psis").glob("pre-k-students-psis_*.csv")
    rows = rows_of(path)[1:]
    names = {**DISTRICTS, "Connecticut": STATE}
    expected: dict[Key, Values] = {}
    for district, _, year, *_, value in rows:
        if district in names:
            key = ("public_prek_seats", names[district], f"{year[:4]}-{year[-2:]}", "all")
            expected[key] = ("published", float(value), float(value), None, None)
    assert len(expected) == 5 * 14
    compare(frames["pre_k"], expected, names.values(), SURVEY)
    assert len(frames["pre_k"]) == len(rows)


def test_enrollment_by_grade(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    (path,) = (raw / "pre-k-students-psis").glob("*.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    names = {**DISTRICTS, "Connecticut": STATE}
    marks = {"-9999": "suppressed_by_source", "-6666": "not_collected"}
    expected: dict[Key, Values] = {}
    for district, _, year, grade, *_, value in rows:
        if district in names:
            group = grade.lower().replace("-", "_").replace(" ", "_")
            key = ("enrollment", names[district], f"{year[:4]}-{year[-2:]}", group)
            count = None if value in marks else float(value)
            expected[key] = (marks.get(value, "published"), count, count, None, None)
    assert len(expected) == 5 * 14 * 14
    compare(frames["enrollment_by_grade"], expected, names.values(), SURVEY)
    assert len(frames["enrollment_by_grade"]) == len(rows)


NEEDS = {
    "Eligible for Free or Reduced Price Lunch": "students_meal_eligible",
    "English Language Learner": "students_english_learners",
    "Special Education": "students_with_disabilities",
}


def test_educational_need(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    (path,) = (raw / "educational-need" / "data").glob("*.csv")
    rows = rows_of(path)[1:]
    cells = {(row[0], row[2], *row[4:6]): row[6] for row in rows if row[0] in DISTRICTS}
    expected: dict[Key, Values] = {}
    for district, year, need, kind in cells:
        if kind != "Percent":
            continue
        key = (NEEDS[need], DISTRICTS[district], f"{year[:4]}-{year[-2:]}", "all")
        percent, number, all_of_them = (
            cells[district, year, *what]
            for what in (
                (need, "Percent"),
                (need, "Number"),
                ("Total Students Evaluated", "Number"),
            )
        )
        hidden = percent == "-9999"
        expected[key] = (
            ("suppressed_by_source", None, None, None, None)
            if hidden
            else (
                "published",
                round(float(percent) / 100, 4),
                float(number),
                float(all_of_them),
                None,
            )
        )
    assert len(expected) == 4 * 11 * 3
    compare(frames["educational_need"], expected, DISTRICT.values(), SURVEY)
    assert len(frames["educational_need"]) == len(rows) / 7 * 3


def test_educational_need_of_the_state(raw: Path, frames: dict[str, pd.DataFrame]) -> None:
    kinds = {
        "lunch": ("students_meal_eligible", (2, 4), 5),
        "ell": ("students_english_learners", (3,), 4),
        "special-education": ("students_with_disabilities", (3,), 4),
    }
    expected: dict[Key, Values] = {}
    districts = 0  # and once the state
    for path in (raw / "educational-need" / "raw").glob("enrollment__*.csv"):
        _, year, kind = re.split(r"__|_", path.stem)
        indicator, parts, whole = kinds[kind]
        rows = rows_of(path)
        header = next(n for n, row in enumerate(rows) if row[0] == "District")
        districts += len(rows) - header - 1
        for row in rows[header + 1 :]:
            code, state = row[1].strip('="'), row[0] == "Total"
            if not state and code not in DISTRICT.values():
                continue
            cells = [row[n].replace(",", "") for n in (*parts, whole)]
            key = (indicator, STATE if state else code, year, "all")
            if "*" in cells:
                expected[key] = ("suppressed_by_source", None, None, None, None)
                continue
            *counts, of_all = (int(cell) for cell in cells)
            expected[key] = ("published", sum(counts) / of_all, sum(counts), of_all, None)
    assert len(expected) == 5 * 11 * 3
    places = [*DISTRICT.values(), STATE]
    compare(frames["educational_need_edsight"], expected, places, SURVEY)
    assert len(frames["educational_need_edsight"]) == districts


def test_the_two_reports_of_need_agree(frames: dict[str, pd.DataFrame]) -> None:
    keys = ["indicator", "geo_level", "geo_id", "period"]
    both = frames["educational_need"].merge(frames["educational_need_edsight"], on=keys)
    assert len(both) > 6000
    shown = both[both["estimate_y"].notna()]
    assert (shown["status_x"] == "published").all()
    # CTData rounds to a tenth of a percent.
    assert (shown["estimate_x"] - shown["estimate_y"]).abs().max() <= 0.0005 + 1e-9
    assert (shown["numerator_x"] == shown["numerator_y"]).all()


@pytest.mark.parametrize(
    "name",
    MODULES,
)
def test_every_figure_fits_the_schema(frames: dict[str, pd.DataFrame], name: str) -> None:
    frame = frames[name]
    ends = {label: parse_period(label).end for label in frame["period"].unique()}
    filled = frame.assign(source=name, period_end=frame["period"].map(ends))
    assert len(check_observations(sort_observations(filled), name)) == len(frame)
