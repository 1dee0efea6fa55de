"""Health departments, the Department of Labor and the Urban Institute."""

from collections.abc import Iterator
from pathlib import Path

from support.followed.cells import Cell, Cells, key, number, percent, sheet, table, whole
from support.followed.places import CITIES, CITY_CODES, STATE, TOWN_CODES, tract_page

MOTHERS = {"White non-Hisp": "white", "Black non-Hisp": "black", "Hispanic": "hispanic"}
BIRTHS = {"low_birthweight": ("Low BWT", 10), "late_or_no_prenatal_care": ("(Latee or None)", 12)}
"""Heading in Table 4, and where the number stands; its percent stands beside it."""
COMPARISONS = {
    "LOW BIRTHWEIGHT": "low_birthweight",
    "LATE OR NO PRENATAL CARE": "late_or_no_prenatal_care",
}
"""Sections of Table 11, the only one which prints denominators."""


def _births_known(path: Path) -> dict[tuple[str, str], float]:
    """Return the births without unknowns, where Table 11 prints them."""
    found: dict[tuple[str, str], float] = {}
    section = ""
    for row in sheet(path, "Table 11")[7:]:
        label = " ".join(str(row[0] or "").split())
        if label.isupper():
            section = label
        if section in COMPARISONS and label in (*CITIES, "Connecticut"):
            found.setdefault((COMPARISONS[section], label.lower()), float(row[2]))
    return found


def births(raw: Path) -> Cells:
    """Yield the births of 2015 with a low weight, and with late or no prenatal care."""
    path = raw / "dph-registration-report-2015" / "RR2015.xlsx"
    known = _births_known(path)
    rows = sheet(path, "Table 4")
    for heading, at in BIRTHS.values():
        assert heading in (str(rows[6][at]).strip(), str(rows[7][at]).strip())
        assert [str(cell).strip() for cell in rows[8][at : at + 2]] == ["No.", "%"]
    place = ""
    for number_of_row, row in enumerate(rows[9:]):
        label = str(row[0] or "").strip()
        if number_of_row == 1:
            assert label == "MOTHER'S RACE/ETHN", "the first row of numbers is the state's"
            place = STATE
        elif label in CITIES:
            place = label.lower()
        elif label not in (*MOTHERS, "Other non-Hisp"):
            place = ""
        group = MOTHERS.get(label, "all")
        if not place or label == "Other non-Hisp":
            continue
        for indicator, (_, at) in BIRTHS.items():
            cell = whole(
                percent(row[at + 1]),
                path,
                numerator=number(row[at]),
                denominator=known.get((indicator, place)) if group == "all" else None,
            )
            yield key(indicator, place, "2015", group), cell


def infant_mortality(raw: Path) -> Cells:
    """Yield the deaths of infants per 1,000 births, over five years."""
    path = raw / "fetal-infant-mortality" / "fetal_infant_mortality-5-year-town.csv"
    found: dict[tuple[str, str, str], str] = {}
    for row in table(path):
        place = TOWN_CODES.get("09" if row["Town"] == "Connecticut" else row["FIPS"])
        if place and row["Race"] == "All" and row["Type"] == "Infant":
            found[place, row["Year"], row["Measure Type"]] = row["Value"]
    for place, period in {name[:2] for name in found}:
        rate, deaths = (number(found[place, period, what]) for what in ("Rate", "Number"))
        yield key("infant_mortality", place, period), whole(rate, path, numerator=deaths)


PLACES = {
    "Current asthma": "adults_asthma",
    "Annual checkup": "adults_checkup",
    "Dental visit": "adults_dental_visit",
    "Diabetes": "adults_diabetes",
    "Current smoking": "adults_smoking",
    "Health insurance": "adults_uninsured",
}
"""Questions of CDC PLACES. Its health insurance is the share without any."""


def cdc_places(raw: Path) -> Cells:
    """Yield the modelled shares of adults; of two releases of one year the newer counts."""
    for release in (2020, 2022, 2023, 2024):
        path = raw / "geo-cdc-places" / f"places_areas_release_{release}.csv"
        for row in table(path):
            place = row["name"].lower()
            wanted = row["level"] in ("state", "town") and place in TOWN_CODES.values()
            if wanted and row["question"] in PLACES:
                where = key(PLACES[row["question"]], place, row["data_year"])
                yield where, whole(number(row["value"]), path)
    path = raw / "geo-cdc-places" / "places_tracts_release_2024.csv"
    for row in table(path):
        if row["town_name"] in CITIES and row["question"] in PLACES:
            page = tract_page(row["town_name"], row["tract_fips_2022"])
            where = key(PLACES[row["question"]], page, row["data_year"])
            yield where, whole(number(row["value"]), path)


def life_expectancy(raw: Path) -> Cells:
    """Yield the life expectancy at birth; 1.645 standard errors are the 90 percent margin."""
    path = raw / "geo-life-expectancy" / "usaleep_ct_tracts_2010_2015.csv"
    for row in table(path):
        if row["town_name"] in CITIES:
            page = tract_page(row["town_name"], row["tract_fips_2010"], "2010-")
            cell = Cell(
                float(row["life_expectancy"]),
                moe90=1.645 * float(row["life_expectancy_se"]),
                file=path.name,
            )
            yield key("life_expectancy", page, "2010-2015"), cell


def unemployment(raw: Path) -> Cells:
    """Yield the yearly averages of the unemployed, of the labor force."""
    for path in sorted(raw.glob("labor-force-town/LAUS Substate *.xlsx")):
        header, *rows = sheet(path, "LAUS File")
        average = next(n for n, name in enumerate(header) if str(name).startswith("AVG "))
        found: dict[str, dict[str, object]] = {}
        for row in rows:
            _, code, title, kind = row[:4]
            town = str(title).partition(" city/town, CT")[0]
            # Cities stand twice, among large cities and among towns, with the same figures.
            if str(code).startswith("CT09") and town in CITIES:
                found.setdefault(town.lower(), {})[kind] = row[average]
            elif str(code).startswith("ST09"):
                found.setdefault(STATE, {})[kind] = row[average]
        for place, of in found.items():
            cell = whole(
                percent(of["Unemployment Rate"]),
                path,
                numerator=number(of["Unemployment"]),
                denominator=number(of["Labor Force"]),
            )
            yield key("unemployment_rate", place, path.name.split()[2]), cell


def _urban(raw: Path, name: str) -> Iterator[tuple[str, int, dict[str, str], Path]]:
    """Yield the rows for everyone of a file of the Urban Institute, of the four cities."""
    path = raw / "urban-mobility-metrics-city" / name
    for row in table(path):
        place = CITY_CODES.get(row["place"].zfill(5)) if row["state"].zfill(2) == "09" else None
        if place and row.get("subgroup", "All") == "All":
            yield place, int(row["year"]), row, path


def _with_bounds(row: dict[str, str], name: str, path: Path) -> Cell:
    """Return an estimate; its margin is the wider side of the bounds, from 95 to 90 percent."""
    estimate, low, high = (number(row[name + end]) for end in ("", "_lb", "_ub"))
    if estimate is None:
        return Cell(None, file=path.name)
    if low is None or high is None:
        return Cell(estimate, file=path.name)
    margin = max(estimate - low, high - estimate) * 1.645 / 1.96
    return Cell(estimate, moe90=margin, file=path.name)


def _one_year(year: int) -> str:
    return str(year)


def _five_years(year: int) -> str:
    return f"{year - 4}-{year}"


def _until_spring(year: int) -> str:
    return f"{year - 1}-{year % 100}"


def _from_fall(year: int) -> str:
    return f"{year}-{(year + 1) % 100}"


URBAN = {
    "employment": (
        "metrics_employment_place_all_longitudinal.csv",
        _one_year,
        {"employment_25_54": "share_employed"},
    ),
    "employment_groups": (
        "metrics_employment_place_gender_longitudinal.csv",
        _five_years,
        {"employment_25_54_pooled": "share_employed"},
    ),
    "income": (
        "metrics_income_place_all_longitudinal.csv",
        _one_year,
        {f"household_income_p{n}": f"pctl_income_{n}" for n in (20, 50, 80)},
    ),
    "income_groups": (
        "metrics_income_place_race-ethnicity_longitudinal.csv",
        _five_years,
        {f"household_income_p{n}_pooled": f"pctl_income_{n}" for n in (20, 50, 80)},
    ),
    "preschool": (
        "metrics_preschool_place_race-ethnicity_longitudinal.csv",
        _five_years,
        {"preschool_3_4": "share_in_preschool"},
    ),
    "hs_diploma": (
        "metrics_college_place_gender_longitudinal.csv",
        _five_years,
        {"hs_diploma_19_20": "share_hs_degree"},
    ),
    "learning_rate": (
        "SEDA_all_city_2014-2018.csv",
        _until_spring,
        {"reading_learning_rate": "learning_rate"},
    ),
}
"""File, what its year means, and the column of each figure with bounds."""
WITHOUT_BOUNDS = {
    "digital_access": ("digital_access_place_all_longitudinal.csv", "share_digital_access"),
    "poverty_exposure": ("poverty-exposure_city.csv", "share_poverty_exposure"),
}


def urban(raw: Path, report: str) -> Cells:
    """Yield the figures of the Urban Institute for everyone in a city.

    A file with student groups pools five years, its row for everyone too.
    """
    if report in WITHOUT_BOUNDS:
        name, column = WITHOUT_BOUNDS[report]
        for place, year, row, path in _urban(raw, name):
            yield key(report, place, _five_years(year)), whole(number(row[column]), path)
        return
    name, period, columns = URBAN[report]
    for place, year, row, path in _urban(raw, name):
        for indicator, column in columns.items():
            yield key(indicator, place, period(year)), _with_bounds(row, column, path)


def homelessness(raw: Path) -> Cells:
    """Yield the students without a home, by the fall in which the school year begins."""
    for place, year, row, path in _urban(raw, "homelessness_2019-2022_city.csv"):
        count = number(row["count_homeless"])
        cell = whole(number(row["share_homeless"]), path, numerator=count)
        yield key("student_homelessness", place, _from_fall(year)), cell
