"""Tables of the American Community Survey, and tables which others made of them.

Lines are numbered as the Census Bureau numbers them in each table.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from support.followed.cells import Cell, Cells, Estimate, key, share, table, total
from support.followed.places import STATE, TOWN_CODES, tract_page

Line = Callable[[int], Estimate]

YOUTH_IDLE = {"male": (10, 11, 14, 15), "female": (24, 25, 28, 29)}
"""B14005: of those not in school, graduates or not: unemployed, and not in the labor force."""
YOUTH = {"male": 2, "female": 16}
ASSOCIATES = {"male": range(14, 19), "female": range(31, 36)}
"""B15002: associate's, bachelor's, master's, professional school and doctorate degrees."""
ADULTS = {"male": 2, "female": 19}
UNINSURED = {"male": (5, 8), "female": (33, 36)}
"""B27001: no coverage, under 6 years and the next band."""
INSURED_OR_NOT = {"male": (3, 6), "female": (31, 34)}


def _lines(path: Path) -> Iterator[tuple[str, Line]]:
    """Yield every place of a table in the layout of American FactFinder, with its lines."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        codes, labels, *rows = [row for row in csv.reader(stream) if row]
    for row in rows:
        # From 2020 on the codes have lost their leading zero.
        place = TOWN_CODES.get("09" if row[0] == "0400000US09" else row[1].zfill(10))
        if place is None:
            continue

        def line(number: int, row: list[str] = row) -> Estimate:
            at = 1 + 2 * number
            assert re.search(rf"(VD{number:02d}|_{number:03d}E)$", codes[at]), (path, codes[at])
            assert labels[at].startswith("Estimate")
            assert labels[at + 1].startswith("Margin")
            # "*****" marks an estimate which is controlled to a count, and has no margin.
            return float(row[at]), 0.0 if row[at + 1] == "*****" else float(row[at + 1])

        yield place, line


def _factfinder(raw: Path, pattern: str) -> Iterator[tuple[Path, str, str, Line]]:
    for path in sorted(raw.glob(pattern)):
        end = 2000 + int(path.name.split("_")[1])
        for place, line in _lines(path):
            yield path, place, f"{end - 4}-{end}", line


def youth(raw: Path) -> Cells:
    """Yield the residents of 16 to 19 who neither go to school nor work."""
    name = "youth_16_19_not_enrolled_not_working"
    for path, place, period, line in _factfinder(raw, "employed-or-enrolled-youth/ACS_*.csv"):
        everyone = [line(n) for lines in YOUTH_IDLE.values() for n in lines]
        yield key(name, place, period), share(total(everyone), line(1), path)
        for group, lines in YOUTH_IDLE.items():
            idle = total(line(n) for n in lines)
            yield key(name, place, period, group), share(idle, line(YOUTH[group]), path)


def attainment(raw: Path) -> Cells:
    """Yield the residents of 25 or over with an associate's degree or more."""
    for path, place, period, line in _factfinder(raw, "educational-attainment/ACS_*.csv"):
        degrees = [line(n) for lines in ASSOCIATES.values() for n in lines]
        yield key("adults_associates", place, period), share(total(degrees), line(1), path)
        for group, lines in ASSOCIATES.items():
            some = total(line(n) for n in lines)
            where = key("adults_associates", place, period, group)
            yield where, share(some, line(ADULTS[group]), path)


def family_type(raw: Path) -> Cells:
    """Yield the own children in families without a spouse: line 8 of B09002."""
    for path, place, period, line in _factfinder(raw, "children-by-family-type/ACS_*.csv"):
        yield key("children_single_parent", place, period), share(line(8), line(1), path)


def health_insurance(raw: Path) -> Cells:
    """Yield the children without health insurance."""
    for path, place, period, line in _factfinder(raw, "health-insurance-coverage/ACS_*.csv"):
        without = [line(n) for lines in UNINSURED.values() for n in lines]
        children = [line(n) for lines in INSURED_OR_NOT.values() for n in lines]
        where = key("children_uninsured", place, period)
        yield where, share(total(without), total(children), path)


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


def poverty_by_race(raw: Path) -> Cells:
    """Yield the children below the poverty level, of those whose poverty is determined."""
    for path in sorted(raw.glob("poverty-status-by-town/*_five_geographies_*.csv")):
        counts: dict[tuple[str, ...], float] = {}
        for row in table(path):
            if row["Age"] == "Under 18" and row["Measure Type"] == "Number":
                place = TOWN_CODES[row["FIPS"]]
                of = (place, row["Year"], row["Race/Ethnicity"])
                counts[*of, row["Poverty Status"], row["Variable"]] = float(row["Value"])
        for place, period, race in {name[:3] for name in counts}:
            if race not in RACES:
                continue
            below, everyone = (
                (counts[*of, "Poverty Status"], counts[*of, "Margins of Error"])
                for of in (
                    (place, period, race, "Below Poverty Level"),
                    (place, period, race, "Poverty Status Determined"),
                )
            )
            where = key("child_poverty", place, period, RACES[race])
            yield where, share(below, everyone, path)


PROFILES = {
    "child_poverty": ("ages00_17_poverty", "ages00_17_poverty_status_determined"),
    "child_low_income": ("ages00_17_low_income", "ages00_17_poverty_status_determined"),
    "children_under_18": ("ages00_17", "total_pop"),
    "adults_bachelors": ("bachelors_plus", "ages25plus"),
    "adults_no_diploma": ("less_than_high_school", "ages25plus"),
    "poverty": ("poverty", "poverty_status_determined"),
    "low_income": ("low_income", "poverty_status_determined"),
    "residents_white": ("white", "total_pop"),
    "residents_black": ("black", "total_pop"),
    "residents_hispanic": ("latino", "total_pop"),
    "residents_further_races": ("other_race", "total_pop"),
    "foreign_born": ("foreign_born", "total_pop"),
    "homeownership": ("owner_occupied", "total_households"),
    "housing_cost_burden": ("cost_burden", "total_households"),
    "households_with_car": ("has_vehicle", "total_households"),
}
"""What DataHaven's profiles call the part and the whole; both stand under one topic."""
OLDER_SPELLINGS = {"ages0_17": "ages00_17", "hispanic": "latino"}


def town_profiles(raw: Path) -> Cells:
    """Yield the shares of DataHaven's town profiles, from their estimates."""
    for path in sorted(raw.glob("datahaven-acs-town-profiles/acs_town_basic_profile_*.csv")):
        end = int(path.stem[-4:])
        period = f"{end - 4}-{end}"
        found: dict[str, dict[tuple[str, str], Estimate]] = {}
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for topic, level, name, _, printed, estimate, margin, *_ in csv.reader(stream):
                place = TOWN_CODES.get({"Connecticut": "09"}.get(name, ""), name.lower())
                if re.fullmatch(r"\d_(towns?|state)", level) and place in TOWN_CODES.values():
                    group = printed
                    for older, newer in OLDER_SPELLINGS.items():
                        group = group.replace(older, newer)
                    found.setdefault(place, {})[topic, group] = (float(estimate), float(margin))
        for place, cells in found.items():
            for indicator, (part, base) in PROFILES.items():
                (topic,) = {
                    topic for topic, group in cells if group == part and (topic, base) in cells
                }
                cell = share(cells[topic, part], cells[topic, base], path)
                yield key(indicator, place, period), cell
            median, margin = cells["median_household_income", "median_household_income"]
            where = key("median_household_income", place, period)
            yield where, Cell(median, moe90=margin, file=path.name)


DETAILED = {
    "adults_bachelors": ("B06009", (5, 6), "B06009", (1,)),
    "adults_no_diploma": ("B06009", (2,), "B06009", (1,)),
    "child_low_income": (
        "B17024",
        (*range(3, 11), *range(16, 24), *range(29, 37)),
        "B17024",
        (2, 15, 28),
    ),
    "child_poverty": ("B17024", (3, 4, 5, 16, 17, 18, 29, 30, 31), "B17024", (2, 15, 28)),
    "young_child_poverty": ("B17024", (3, 4, 5), "B17024", (2,)),
    "children_under_5": ("B01001", (3, 27), "B01003", (1,)),
    "children_under_18": ("B01001", (3, 4, 5, 6, 27, 28, 29, 30), "B01003", (1,)),
    "households_with_car": ("B08201", (3, 4, 5, 6), "B08201", (1,)),
    "residents_asian": ("B03002", (6,), "B03002", (1,)),
}
"""Table and lines of the part, table and lines of the whole. In B17024 the bands of income
below the poverty level are those under .50, to .74 and to .99; up to 1.99 is low income."""
COST_BANDS = (3, 7, 11, 15, 19, 25, 29, 33, 37, 41)
"""B25106: five bands of income of owners and five of renters. Three lines follow on each, by
the share of income that housing takes; the third of them is 30 percent or more."""


def _detailed(cells: dict[str, Estimate], path: Path) -> Iterator[tuple[str, Cell]]:
    def of(name: str, numbers: tuple[int, ...]) -> Estimate:
        return total(cells[f"{name}_{n:03d}"] for n in numbers)

    for indicator, (part, some, base, everyone) in DETAILED.items():
        yield indicator, share(of(part, some), of(base, everyone), path)
    much = of("B25106", tuple(band + 3 for band in COST_BANDS))
    known = of("B25106", tuple(band + n for band in COST_BANDS for n in (1, 2, 3)))
    yield "housing_cost_burden", share(much, known, path)
    median, margin = cells["B19013_001"]
    if pd.isna(median):
        yield "median_household_income", Cell(None, file=path.name)
    else:
        # The Census Bureau prints no median above $250,000, and no margin there.
        open_end = median == 250_001
        moe = None if open_end else margin
        yield "median_household_income", Cell(median, moe90=moe, file=path.name)


def _tract_towns(raw: Path) -> dict[str, str]:
    """Return the town of every tract of the four cities, by its six digits and its region."""
    crosswalk = raw / "geo-crosswalks" / "tract_2020_crosswalk.csv"
    towns = {row["tract_fips_2022"]: row["town_name"] for row in table(crosswalk)}
    wanted = {place for place in TOWN_CODES.values() if place != STATE}
    return {code: town for code, town in towns.items() if town.lower() in wanted}


def tracts(raw: Path) -> Cells:
    """Yield the newest shares of census tracts, towns and the state from detailed tables."""
    path = raw / "geo-acs-tracts" / "acs5_2023_long.parquet"
    towns = _tract_towns(raw)
    pages = TOWN_CODES | {code: tract_page(town, code) for code, town in towns.items()}
    columns = ["geoid", "variable", "estimate", "moe"]
    found = pd.read_parquet(path, columns=columns, filters=[("geoid", "in", list(pages))])
    cells: dict[str, dict[str, Estimate]] = {}
    for geoid, variable, estimate, moe in found.itertuples(index=False, name=None):
        # The population of the state is controlled, and has no margin for that reason.
        margin = 0.0 if pd.isna(moe) and geoid == "09" else moe
        cells.setdefault(geoid, {})[variable] = (estimate, margin)
    for geoid, of_place in cells.items():
        for indicator, cell in _detailed(of_place, path):
            yield key(indicator, pages[geoid], "2019-2023"), cell


def cost_burden(raw: Path) -> Cells:
    """Yield the households that pay 30 percent or more of their income for housing."""
    for path in sorted(raw.glob("cost-burdened-households/*.csv")):
        found: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
        for row in table(path):
            place = TOWN_CODES.get(
                row["FIPS"].zfill(2) if row["Town"] == "Connecticut" else row["FIPS"]
            )
            if place and row["Householder Status"] == "All":
                of = found.setdefault((place, row["Year"]), {})
                of[row["Measure Type"], row["Variable"]] = float(row["Value"])
        for (place, period), cells in found.items():
            cell = Cell(
                cells["Percent", "Cost-burdened Households"] / 100,
                cells["Number", "Cost-burdened Households"],
                moe90=cells["Percent", "Margins of Error"] / 100,
                file=path.name,
            )
            yield key("housing_cost_burden_rent_or_mortgage", place, period), cell
