"""Health, kindergarten, tract and event figures against the publishers' own files.

The raw files are read here a second time, by hand and with as little code as possible, and
nothing of the readers is used. Every figure of the state and the four cities, with their tracts
and neighborhoods, is compared, at the last printed digit.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.sources.events import BULLYING, INCIDENTS, SANCTIONS
from support.raw_figures import (
    CITIES,
    DISTRICT,
    HIDDEN,
    PUBLISHED,
    STATE,
    TOWN,
    Figures,
    Key,
    ReadFigures,
    Values,
    check_schema,
    compare,
    rows_of,
)

pytestmark = pytest.mark.thorough

MODULES = (
    "cdc_places",
    "child_opportunity",
    "dph_teen_births",
    "kindergarten_historic",
    "life_expectancy",
    "opportunity_atlas",
)
EVENT_READERS = {"bullying": BULLYING, "incidents": INCIDENTS, "sanctions": SANCTIONS}


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    folder = shared / "sources"
    if not folder.is_dir():
        pytest.skip("no raw exports beside the project")
    return folder


@pytest.fixture(scope="module")
def figures(raw: Path) -> dict[str, Figures]:
    """Every figure that the readers find, by module."""
    return ReadFigures(raw, EVENT_READERS)


def by_eye(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield name and cells below the header of an EdSight export of events."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        match = re.match(
            r'"(.+? School District|State of Connecticut)",(?:"=""(\d*)""",)?(.*)', line
        )
        if match and (match[2] is None or match[2] in DISTRICT.values()):
            yield match[1], match[3].replace('"', "").split(",")


EVENTS = {
    "sanctions": (
        "sanctions-district/raw",
        ("in_school", "out_of_school", "expulsions", "bus"),
        11,
    ),
    "incidents": (
        "incidents-district",
        (
            "violent_crimes",
            "sexual_behavior",
            "threats",
            "theft",
            "confrontations",
            "fighting",
            "property_damage",
            "weapons",
            "drugs_alcohol_tobacco",
            "school_policy",
        ),
        7,
    ),
    "bullying": ("bullying-district", ("students", "incidents"), 9),
}


@pytest.mark.parametrize("module", EVENTS)
def test_events(raw: Path, figures: dict[str, Any], module: str) -> None:
    folder, kinds, years = EVENTS[module]
    names = {f"{city} School District": ("district", DISTRICT[city]) for city in CITIES}
    names["State of Connecticut"] = ("state", STATE)
    expected: dict[Key, Values] = {}
    for path in sorted((raw / folder).glob(f"{module}__*.csv")):
        year = path.name.split("__")[1][:7]
        for name, cells in by_eye(path):
            if name in names:
                for kind, cell in zip(kinds, cells, strict=True):
                    hidden = cell == "*"
                    value = None if hidden else float(cell)
                    expected[f"{module}_{kind}", *names[name], year, "all"] = (
                        HIDDEN if hidden else PUBLISHED,
                        value,
                        value,
                    )
    # Not every district of the four has reports of bullying every year.
    least = (5 * years - (1 if module == "bullying" else 0)) * len(kinds)
    assert least <= len(expected) <= 5 * years * len(kinds)
    compare(figures[module], expected, ("status", "estimate", "numerator"))


@pytest.mark.parametrize(
    ("module", "path", "column"),
    [
        ("sanctions", "sanctions-district/data/sanctions_2010-2020.csv", "Sanction Type"),
        ("bullying", "bullying-district/bullying_2013-2021.csv", "Variable"),
    ],
)
def test_events_agree_with_the_tables_that_are_left_out(
    raw: Path, figures: dict[str, Any], module: str, path: str, column: str
) -> None:
    kinds = {
        "In-School Suspension": "sanctions_in_school",
        "Out-of-School Suspension": "sanctions_out_of_school",
        "Expulsion": "sanctions_expulsions",
        "Bus Suspension": "sanctions_bus",
        "Students with at least 1 incident": "bullying_students",
        "Total Incidents": "bullying_incidents",
    }
    places = {f"{city} School District": ("district", DISTRICT[city]) for city in CITIES}
    places["Connecticut"] = ("state", STATE)
    compared = 0
    for row in rows_of(raw / path):
        year = f"{row['Year'][:5]}{row['Year'][-2:]}"
        key = (kinds[row[column]], *places.get(row["District"], ("", "")), year, "all")
        if key in figures[module]:
            ours = figures[module][key]["estimate"]
            assert ours == (None if row["Value"] in ("-9999", "-6666") else float(row["Value"]))
            compared += 1
    assert compared >= 0.9 * sum(key[2] in {STATE, *DISTRICT.values()} for key in figures[module])


DOMAINS = dict(
    zip(
        ("Creative", "Language", "Literacy", "Numeracy", "Personal", "Physical"),
        ("creative", "language", "literacy", "numeracy", "personal_social", "physical_motor"),
        strict=True,
    )
)
SCHOOLS = {f"{city} School District": ("district", DISTRICT[city]) for city in CITIES}


def levels_of(
    place: tuple[str, str], year: str, domain: str, tested: str, levels: list[str]
) -> dict[Key, Values]:
    return {
        (f"kindergarten_{DOMAINS[domain]}_level{level}_historic", *place, year, "all"): (
            PUBLISHED,
            float(f"{levels[level - 1]}e-2"),
            float(tested) if tested else None,
        )
        for level in (1, 3)
    }


def kindergarten_files(folder: Path) -> dict[Key, Values]:
    """Return what the files of districts and of the state say."""
    expected: dict[Key, Values] = {}
    for path in sorted(folder.glob("20*_KEI_*.csv")):
        year, _, domain = path.stem.split("_")
        for cells in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
            name = next((cell for cell in cells[:2] if cell in SCHOOLS), None)
            if name:
                after = [c for c in cells[cells.index(name) + 1 :] if c and c != year]
                expected |= levels_of(SCHOOLS[name], year, domain, after[0], after[1:])
    for path in sorted(folder.glob("State_2008-2012_*.csv")):
        domain = path.name.split("_-_")[1].split("-")[0].split("_")[0]
        for cells in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
            if cells and cells[0] == "State":
                expected |= levels_of(("state", STATE), cells[1], domain, cells[2], cells[3:])
    return expected


def test_kindergarten_2008_to_2013(raw: Path, figures: dict[str, Any]) -> None:
    folder = raw / "kindergarten-entrance-inventory" / "historic"
    expected = kindergarten_files(folder)
    assert len(expected) == (4 * 5 + 4) * 12
    sheet = openpyxl.load_workbook(folder / "KEI_DistrictByDomain_2013.xlsx")["Sheet1"]
    order = ("Language", "Literacy", "Numeracy", "Physical", "Creative", "Personal")
    for row in sheet.iter_rows(min_row=4, values_only=True):
        for n, domain in enumerate(order) if row[0] in SCHOOLS else ():
            cells = [repr(cell) for cell in row[3 * n + 1 : 3 * n + 4]]
            expected |= levels_of(SCHOOLS[row[0]], "2013-14", domain, "", cells)
    assert len(expected) == (4 * 6 + 4) * 12
    compare(figures["kindergarten_historic"], expected, ("status", "estimate", "denominator"))


def test_teen_births(raw: Path, figures: dict[str, Any]) -> None:
    """Against the report's own Table 13, of which the file that is read is an extract."""
    book = openpyxl.load_workbook(raw / "dph-registration-report-2015" / "RR2015.xlsx")
    names = {city: ("town", TOWN[city]) for city in CITIES} | {"Connecticut": ("state", STATE)}
    expected = {
        ("teen_birth_rate", *names[row[0]], "2011-2015", "all"): (
            round(row[3], 1),
            float(row[1]),
            float(row[2]),
        )
        for row in book["Table 13 Town Teen Birth Rates"].iter_rows(values_only=True)
        if row[0] in names
    }
    assert len(expected) == 5
    compare(figures["dph_teen_births"], expected, ("estimate", "numerator", "denominator"))


def tracts(raw: Path, of: str) -> dict[str, str]:
    """Return the tracts of the four cities by their code of 2010, or of 2020 under counties."""
    file, column, town = {
        "2010": ("ct_tracts_2010.geojson", "tract_fips_2010", "town_name"),
        "2020": ("ct_tracts_2020.geojson", "tract_fips_2020", "town_name"),
    }[of]
    text = (raw / "geo-census-boundaries" / file).read_text(encoding="utf-8")
    features = [feature["properties"] for feature in json.loads(text)["features"]]
    key = "tract_fips_2010" if of == "2010" else "tract_fips_2022"
    return {p[column]: p[key] for p in features if p[town] in CITIES}


def test_life_expectancy_by_tract(raw: Path, figures: dict[str, Any]) -> None:
    inside = tracts(raw, "2010")
    notes = {"1": "", "2": "Made from a model alone", "3": "Made partly from a model"}
    expected: dict[Key, Values] = {}
    # The publisher's file as it came, not the one that is read.
    for row in rows_of(raw / "life-expectancy-cdc" / "CT_A.CSV"):
        code = row["Tract ID"]
        if code in inside:
            got = figures["life_expectancy"]["life_expectancy", "tract", code, "2010-2015", "all"]
            assert got["note"].startswith(notes[row["Abridged life table flag"]])
            expected["life_expectancy", "tract", code, "2010-2015", "all"] = (
                float(row["e(0)"]),
                pytest.approx(float(row["se(e(0))"]) * 1.645, rel=1e-12),
            )
    assert len(expected) == 37 + 25 + 21 + 27
    compare(figures["life_expectancy"], expected, ("estimate", "moe90"), set(inside))


def test_child_opportunity(raw: Path, figures: dict[str, Any]) -> None:
    inside = tracts(raw, "2020")
    file = raw / "child-opportunity-index-tract" / "coi_connecticut_tracts.csv"
    expected = {
        ("child_opportunity_index", "tract", inside[row["census_tract_id_2020"]], "2021", "all"): (
            # This copy has a digit more.
            pytest.approx(float(row["coi"]), rel=1e-12),
        )
        for row in rows_of(file)
        if row["census_tract_id_2020"] in inside
    }
    assert len(expected) == 38 + 33 + 22 + 28
    compare(figures["child_opportunity"], expected, ("estimate",), set(inside.values()))


def test_opportunity_atlas(raw: Path, figures: dict[str, Any]) -> None:
    inside = tracts(raw, "2010")
    (path,) = (raw / "geo-opportunity-atlas").glob("*.csv")
    expected = {
        ("income_at_35", "tract", row["tract_fips_2010"], "1978-1983", "all"): (
            float(row["household_income_at_35"]),
        )
        for row in rows_of(path)
        if row["tract_fips_2010"] in inside
    }
    assert len(expected) == 38 + 25 + 22 + 28
    compare(figures["opportunity_atlas"], expected, ("estimate",), set(inside))


MEASURES = {
    "Health insurance": "adults_uninsured",
    "Annual checkup": "adults_checkup",
    "Dental visit": "adults_dental_visit",
    "Current asthma": "adults_asthma",
    "Current smoking": "adults_smoking",
    "Diabetes": "adults_diabetes",
    "Life expectancy": "life_expectancy",
}


def wide_rows(raw: Path) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """Yield release, level, city and row of DataHaven's wide tables, oldest release first."""
    for release in (2020, 2022, 2023, 2024):
        path = raw / "cdc-places-datahaven" / f"cdc_health_all_lvls_wide_{release}.csv"
        for row in rows_of(path):
            level = row["level"].rstrip("s")
            city = row["city"].removesuffix(" Tracts") if level == "neighborhood" else ""
            left_out = (release < 2023 and city == "Stamford") or (release, level) == (2022, "town")
            if not left_out:
                yield release, level, city, row


def test_places(raw: Path, figures: dict[str, Any]) -> None:
    """Against DataHaven's wide tables as they came, not the long ones that are read."""
    areas = {("", city): ("town", TOWN[city]) for city in CITIES}
    areas["", "Connecticut"] = ("state", STATE)
    for place in load_catalog().places:
        if place.geo_level == "neighborhood":
            city = place.geo_id.partition("-")[0].title()
            areas[city, place.name] = ("neighborhood", place.geo_id)
    old, new = tracts(raw, "2010"), set(tracts(raw, "2020").values())
    expected: dict[Key, Values] = {}
    for release, level, city, row in wide_rows(raw):
        at = ("tract", row["name"]) if row["name"] in (old if release < 2024 else new) else None
        at = at if level == "tract" else areas.get((city, row["name"]))
        cells = {q.rpartition("_"): cell for q, cell in row.items() if cell != "NA"}
        for (question, _, period), cell in cells.items() if at else ():
            # By tract the original has the years of life, with their errors.
            if question in MEASURES and (level, question) != ("tract", "Life expectancy"):
                # A later release takes the place of an earlier one.
                expected[MEASURES[question], *at, period, "all"] = (float(cell),)
    inside = {STATE, *TOWN.values(), *old, *new} | {place[1] for place in areas.values()}
    assert len([key for key in expected if key[1] == "tract" and key[3] == "2023"]) == 4 * 121
    compare(figures["cdc_places"], expected, ("estimate",), inside)


@pytest.mark.parametrize(
    "module", [m for m in (*MODULES, *EVENT_READERS) if m != "child_opportunity"]
)
def test_every_figure_fits_the_schema(figures: dict[str, Any], module: str) -> None:
    # The index is below zero where a place is below the average, and does not ship.
    check_schema(figures[module], module)


def test_parts_of_the_state_do_not_pass_it(figures: dict[str, Any]) -> None:
    """Counts of events of all districts stay within the state's, where both are printed."""
    for module in ("sanctions", "incidents"):
        sums: dict[tuple[str, str], float] = {}
        for (indicator, level, _, period, _), row in figures[module].items():
            if level == "district" and row["estimate"] is not None:
                key = (indicator, period)
                sums[key] = sums.get(key, 0.0) + row["estimate"]
        for (indicator, period), total in sums.items():
            state = figures[module][indicator, "state", STATE, period, "all"]["estimate"]
            assert state is None or total <= state, (indicator, period)
