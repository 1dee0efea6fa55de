"""Figures of the four cities and the state against the publishers' own files.

The raw files are read here a second time, by hand and with as little code as possible, and
nothing of the readers is used. What is compared is every figure, at the last printed digit.
"""

import csv
import importlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog, parse_period
from c2c_lib.errors import Problems
from c2c_lib.observations import check_observations, sort_observations
from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names

pytestmark = pytest.mark.thorough

CITIES = ("Bridgeport", "Norwalk", "Stamford", "Waterbury")
DISTRICT = dict(zip(CITIES, ("0150011", "1030011", "1350011", "1510011"), strict=True))
TOWN = dict(zip(CITIES, ("0900108070", "0900156060", "0900173070", "0900980070"), strict=True))
CITY = dict(zip(CITIES, ("0908000", "0955990", "0973000", "0980000"), strict=True))
STATE = "09"
MODULES = (
    "kindergarten_inventory",
    "accountability",
    "accountability_transcribed",
    "dph_births",
    "infant_mortality",
    "acs_youth",
    "acs_attainment",
    "labor_force",
    "urban_employment",
)
"""What takes seconds to read, and is read from a short file by a test of its own."""
Key = tuple[str, str, str, str]
Values = tuple[Any, ...]


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    folder = shared / "sources"
    if not folder.is_dir():
        pytest.skip("no raw exports beside the project")
    return folder


class Figures(dict[str, dict[Key, dict[str, Any]]]):
    """Every figure that a reader finds, by module, read when it is first asked for."""

    def __init__(self, raw: Path) -> None:
        super().__init__()
        self.raw = raw

    def __missing__(self, name: str) -> dict[Key, dict[str, Any]]:
        catalog, problems = load_catalog(), Problems()
        module = importlib.import_module(f"c2c_lib.sources.{name}")
        paths = sorted({p for g in catalog.source(module.SOURCE).files for p in self.raw.glob(g)})
        files = [RawFile(path, path.relative_to(self.raw).as_posix()) for path in paths]
        frame = module.read(files, Names(catalog, problems))
        assert not frame.duplicated(["indicator", "geo_level", "geo_id", "period", "group"]).any()
        assert [str(problem) for problem in problems] == []
        self[name] = {
            (row["indicator"], row["geo_id"], row["period"], row["group"]): row
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
        }
        return self[name]


@pytest.fixture(scope="module")
def figures(raw: Path) -> Figures:
    """Every figure that the readers find, by module and by indicator, place, period, group."""
    return Figures(raw)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def compare(
    got: dict[Key, dict[str, Any]],
    expected: dict[Key, Values],
    columns: tuple[str, ...] = ("status", "estimate"),
) -> None:
    """Compare the figures of the state and the four cities: all of them, and no others."""
    ours = {
        key: tuple(row[column] for column in columns)
        for key, row in got.items()
        if key[1] in {STATE, *DISTRICT.values(), *TOWN.values(), *CITY.values()}
    }
    assert ours.keys() == expected.keys()
    wrong = {key: (ours[key], expected[key]) for key in expected if ours[key] != expected[key]}
    assert wrong == {}


def test_kindergarten(raw: Path, figures: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(
        raw / "kindergarten-entrance-inventory" / "KEI_201415_to_202526_public.xlsx"
    )
    sheet = book["KEI Data - All Years"]
    # Columns D to U: creative, language, literacy, numeracy, personal, physical, levels 1 to 3.
    domains = ("creative", "language", "literacy", "numeracy", "personal_social", "physical_motor")
    places = {f"{city} School District": DISTRICT[city] for city in CITIES} | {"State": STATE}
    expected: dict[Key, Values] = {}
    for row in sheet.iter_rows(min_row=4, values_only=True):
        for n, domain in enumerate(domains):
            for level in (1, 3) if row[2] in places else ():
                cell = row[3 + 3 * n + level - 1]
                key = (f"kindergarten_{domain}_level{level}", places[row[2]], row[0], "all")
                hidden = cell == "*"
                expected[key] = (
                    "suppressed_by_source" if hidden else "published",
                    None if hidden else cell,
                )
    assert len(expected) == 5 * 12 * 12  # places, years, domains by levels
    compare(figures["kindergarten_inventory"], expected)


ACCOUNTABILITY = {
    "Ind1ELA_All_Rate": ("ela_performance_index", "all"),
    "Ind1ELA_HN_Rate": ("ela_performance_index", "high_needs"),
    "Ind1ELA_NHN_Rate": ("ela_performance_index", "not_high_needs"),
    "Ind1Math_All_Rate": ("math_performance_index", "all"),
    "Ind1Math_HN_Rate": ("math_performance_index", "high_needs"),
    "Ind1Math_NHN_Rate": ("math_performance_index", "not_high_needs"),
    "Ind1Sci_All_Rate": ("science_performance_index", "all"),
    "Ind1Sci_HN_Rate": ("science_performance_index", "high_needs"),
    "Ind1Sci_NHN_Rate": ("science_performance_index", "not_high_needs"),
    "Ind2ELA_All_Rate": ("growth_ela_rate", "all"),
    "Ind2ELA_HN_Rate": ("growth_ela_rate", "high_needs"),
    "Ind2ELA_NHN_Rate": ("growth_ela_rate", "not_high_needs"),
    "Ind2Math_All_Rate": ("growth_math_rate", "all"),
    "Ind2Math_HN_Rate": ("growth_math_rate", "high_needs"),
    "Ind2Math_NHN_Rate": ("growth_math_rate", "not_high_needs"),
    "Ind2LEP_LTCY_Rate": ("growth_english_literacy", "all"),
    "Ind2LEP_ORAL_Rate": ("growth_english_oral", "all"),
    "Ind4Rate": ("chronic_absence", "all"),
    "Ind4HNRate": ("chronic_absence", "high_needs"),
    "Ind5Rate": ("ccr_courses", "all"),
    "Ind6Rate": ("ccr_exams", "all"),
    "Ind7Rate": ("ninth_grade_on_track", "all"),
    "Ind8Rate": ("graduation_4yr", "all"),
    "Ind9Rate": ("graduation_6yr_high_needs", "all"),
    "Ind10Rate": ("postsecondary_entrance_1yr", "all"),
    "Ind11FitnessRate": ("physical_fitness", "all"),
    "Ind12Rate": ("arts_access", "all"),
}
YEARS_BEFORE = {"Ind8Rate": 1, "Ind9Rate": 3, "Ind10Rate": 1}


@pytest.mark.parametrize(
    ("module", "pattern", "header", "count"),
    [
        ("accountability", "nextgenacct.csv", 2, 5),
        ("accountability_transcribed", "nga_five_geographies_*_transcribed.csv", 0, 16),
    ],
)
def test_accountability(
    raw: Path, figures: dict[str, Any], module: str, pattern: str, header: int, count: int
) -> None:
    (path,) = (raw / "next-generation-accountability").glob(pattern)
    rows = rows_of(path)
    names = {f"{city} School District": DISTRICT[city] for city in CITIES}
    names["State of Connecticut"] = STATE
    expected: dict[Key, Values] = {}
    for cells in filter(None, rows[header + 1 :]):
        row = dict(zip(rows[header], cells, strict=True))
        if row["RptngDistrictName"] in names and row["Category"] in ("DistrictTot", "StateTot"):
            for column, (indicator, group) in ACCOUNTABILITY.items():
                year = int(row["schoolyear"][:4]) - YEARS_BEFORE.get(column, 0)
                period = f"{year}-{(year + 1) % 100:02d}"
                key = (indicator, names[row["RptngDistrictName"]], period, group)
                printed = row[column]
                scale = 100 if column.startswith("Ind2") else 1
                expected[key] = (
                    ("published", float(Decimal(printed) * scale))
                    if printed
                    else ("not_collected", None)  # growth of 2014-15: the state's own row
                )
    assert len(expected) == count * len(ACCOUNTABILITY)
    compare(figures[module], expected)


def test_births(raw: Path, figures: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(raw / "dph-registration-report-2015" / "RR2015.xlsx")
    # Rows as a reader finds them by eye: the state's block, then five rows below each town.
    table = list(book["Table 4"].iter_rows(values_only=True))
    towns = table.index(next(row for row in table if row[0] == "TOWNS"))
    starts = {STATE: 10, **{TOWN[c]: towns + 1 for c in CITIES}}
    for city in CITIES:
        while table[starts[TOWN[city]]][0] != city:
            starts[TOWN[city]] += 1
    groups = {1: "white", 2: "black", 4: "hispanic", 0: "all"}
    denominators = {
        ("low_birthweight", STATE): 35673,
        ("low_birthweight", TOWN["Bridgeport"]): 2051,
        ("low_birthweight", TOWN["Waterbury"]): 1610,
        ("late_or_no_prenatal_care", STATE): 35574,
        ("late_or_no_prenatal_care", TOWN["Bridgeport"]): 2045,
        ("late_or_no_prenatal_care", TOWN["Stamford"]): 1872,
        ("late_or_no_prenatal_care", TOWN["Waterbury"]): 1584,
    }
    expected: dict[Key, Values] = {}
    for geo_id, start in starts.items():
        for offset, group in groups.items():
            row = table[start + offset]
            for indicator, at in (("low_birthweight", 10), ("late_or_no_prenatal_care", 12)):
                key = (indicator, geo_id, "2015", group)
                if row[at + 1] == "a":
                    expected[key] = ("suppressed_by_source", None, None, None)
                    continue
                births = denominators.get((indicator, geo_id)) if group == "all" else None
                printed = round(float(row[at + 1]) / 100, 3)
                expected[key] = ("published", printed, row[at], births)
    assert len(expected) == 5 * 4 * 2
    compare(figures["dph_births"], expected, ("status", "estimate", "numerator", "denominator"))


def test_infant_mortality(raw: Path, figures: dict[str, Any]) -> None:
    rows = rows_of(raw / "fetal-infant-mortality" / "fetal_infant_mortality-5-year-town.csv")
    names = {**TOWN, "Connecticut": STATE}
    cells = {
        (names[town], year, measure): value
        for town, _, year, race, kind, measure, _, value in rows[1:]
        if town in names and race == "All" and kind == "Infant"
    }
    expected: dict[Key, Values] = {}
    for geo_id, year, _ in cells:
        number, rate = cells[geo_id, year, "Number"], cells[geo_id, year, "Rate"]
        shown = ("published", float(rate), float(number))
        hidden = ("suppressed_by_source", None, None)
        key = ("infant_mortality", geo_id, year, "all")
        expected[key] = hidden if rate == "-9999" else shown
    assert len(expected) == 5 * 12
    compare(figures["infant_mortality"], expected, ("status", "estimate", "numerator"))


def factfinder(folder: Path, table: str) -> Iterator[tuple[str, str, dict[int, tuple[int, int]]]]:
    """Yield period, place and (estimate, margin) of every line of every year."""
    ids = {f"{city} town": TOWN[city] for city in CITIES} | {"Connecticut": STATE}
    for path in sorted(folder.glob(f"ACS_*_5YR_{table}_with_ann.csv")):
        end = 2000 + int(path.name[4:6])
        for row in rows_of(path)[2:]:
            name = row[2].split(",")[0]
            if name in ids:
                # After three cells of geography the lines follow in pairs.
                pairs = {
                    n: (int(row[1 + 2 * n]), int(row[2 + 2 * n])) for n in range(1, len(row) // 2)
                }
                yield f"{end - 4}-{end}", ids[name], pairs


def share(lines: Mapping[int, tuple[float, ...]], parts: tuple[int, ...], whole: int) -> Values:
    """Return share, counts and margin in plain arithmetic."""
    x = sum(lines[n][0] for n in parts)
    squares = sum(lines[n][1] ** 2 for n in parts if lines[n][0])
    squares += max([lines[n][1] for n in parts if not lines[n][0]], default=0) ** 2
    y, m = lines[whole]
    p = x / y
    under = squares - p**2 * m**2
    margin = (under if under > 0 else squares + p**2 * m**2) ** 0.5 / y
    return ("published", p, x, y, pytest.approx(margin, rel=1e-9))


SURVEY = ("status", "estimate", "numerator", "denominator", "moe90")


def test_youth(raw: Path, figures: dict[str, Any]) -> None:
    lines = {"male": ((10, 11, 14, 15), 2), "female": ((24, 25, 28, 29), 16)}
    lines["all"] = (lines["male"][0] + lines["female"][0], 1)
    expected = {
        ("youth_16_19_not_enrolled_not_working", geo_id, period, group): share(counts, *parts)
        for period, geo_id, counts in factfinder(raw / "employed-or-enrolled-youth", "B14005")
        for group, parts in lines.items()
    }
    assert len(expected) == 5 * 12 * 3
    compare(figures["acs_youth"], expected, SURVEY)


def test_attainment(raw: Path, figures: dict[str, Any]) -> None:
    male, female = (14, 15, 16, 17, 18), (31, 32, 33, 34, 35)
    lines = {
        ("adults_associates", "male"): (male, 2),
        ("adults_associates", "female"): (female, 19),
        ("adults_associates", "all"): (male + female, 1),
        ("adults_bachelors", "male"): (male[1:], 2),
        ("adults_bachelors", "female"): (female[1:], 19),
        ("adults_bachelors", "all"): (male[1:] + female[1:], 1),
    }
    expected = {
        (indicator, geo_id, period, group): share(counts, *parts)
        for period, geo_id, counts in factfinder(raw / "educational-attainment", "B15002")
        for (indicator, group), parts in lines.items()
    }
    assert len(expected) == 5 * 11 * 6
    compare(figures["acs_attainment"], expected, SURVEY)


def test_unemployment(raw: Path, figures: dict[str, Any]) -> None:
    titles = {f"{city} city/town, CT": TOWN[city] for city in CITIES} | {"Connecticut": STATE}
    expected: dict[Key, Values] = {}
    for path in sorted((raw / "labor-force-town").glob("LAUS Substate *.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        cells = {
            (titles[row[2]], row[3]): row[16]
            for row in book[book.sheetnames[0]].iter_rows(values_only=True, max_row=900)
            if row[2] in titles
        }
        book.close()
        year = path.name.split()[2]
        for geo_id in titles.values():
            rate = round(cells[geo_id, "Unemployment Rate"] / 100, 3)
            unemployed, force = cells[geo_id, "Unemployment"], cells[geo_id, "Labor Force"]
            expected["unemployment_rate", geo_id, year, "all"] = (rate, unemployed, force)
            assert rate == pytest.approx(unemployed / force, abs=0.00051)
    assert len(expected) == 5 * 6
    compare(figures["labor_force"], expected, ("estimate", "numerator", "denominator"))


def test_city_employment(raw: Path, figures: dict[str, Any]) -> None:
    folder = raw / "urban-mobility-metrics-city"
    rows = rows_of(folder / "metrics_employment_place_all_longitudinal.csv")
    expected: dict[Key, Values] = {}
    for year, state, place, value, low, high, quality in rows[1:]:
        if state + place in CITY.values():
            half = (float(high) - float(low)) / 2
            expected["employment_25_54", state + place, year, "all"] = (
                "too_weak" if quality == "3" else "published",
                float(value),
                pytest.approx(half * 1.645 / 1.96, rel=1e-9),
            )
    assert len(expected) == 4 * 9
    compare(figures["urban_employment"], expected, ("status", "estimate", "moe90"))


@pytest.mark.parametrize(
    "name",
    MODULES,
)
def test_every_figure_fits_the_schema(figures: dict[str, Any], name: str) -> None:
    found = figures[name]
    frame = pd.DataFrame(list(found.values())).assign(source=name)
    frame["period_end"] = frame["period"].map(lambda label: parse_period(label).end)
    assert len(check_observations(sort_observations(frame), name)) == len(found)
