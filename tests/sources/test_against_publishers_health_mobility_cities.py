"""Mobility metrics and survey answers against the publishers' own files.

The raw files are read here a second time, by hand and with as little code as possible, and
nothing of the readers is used. Every figure of the state and the four cities is compared,
at the last printed digit.
"""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from support.raw_figures import (
    CITIES,
    CITY,
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
    "urban_digital_access",
    "urban_employment_groups",
    "urban_homelessness",
    "urban_hs_diploma",
    "urban_income",
    "urban_income_groups",
    "urban_learning_rate",
    "urban_poverty_exposure",
    "urban_preschool",
    "urban_school_poverty",
    "wellbeing_model",
    "wellbeing_survey_2018",
    "wellbeing_survey_2021",
)
"""What takes seconds to read, and is read from a short file by a test of its own."""


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    folder = shared / "sources"
    if not folder.is_dir():
        pytest.skip("no raw exports beside the project")
    return folder


@pytest.fixture(scope="module")
def figures(raw: Path) -> dict[str, Figures]:
    """Every figure that the readers find, by module."""
    return ReadFigures(raw)


GROUPS = {
    "All": "all",
    "Female": "female",
    "Male": "male",
    "Black, Non-Hispanic": "black",
    "Black": "black",
    "Hispanic": "hispanic",
    "White, Non-Hispanic": "white",
    "Less than $50,000": "under_50k",
    "$50,000 or More": "from_50k",
    "Economically Disadvantaged": "free_or_reduced_meals",
    "Not Economically Disadvantaged": "not_eligible",
}
# Files, columns by indicator, and years before the one named with which the period begins.
URBAN: dict[str, tuple[str, dict[str, str], int, int]] = {
    "urban_preschool": (
        "metrics_preschool_place_*.csv",
        {"preschool_3_4": "share_in_preschool"},
        4,
        4 * 5 * (1 + 2 + 3),
    ),
    "urban_hs_diploma": (
        "metrics_college_place_*.csv",
        {"hs_diploma_19_20": "share_hs_degree"},
        4,
        4 * 5 * (1 + 2 + 3),
    ),
    "urban_employment_groups": (
        "metrics_employment_place_[gr]*.csv",
        {"employment_25_54_pooled": "share_employed"},
        4,
        4 * 5 * (1 + 2 + 3),
    ),
    "urban_income": (
        "metrics_income_place_all_*.csv",
        {f"household_income_p{p}": f"pctl_income_{p}" for p in (20, 50, 80)},
        0,
        4 * 9 * 3,
    ),
    "urban_income_groups": (
        "metrics_income_place_race*.csv",
        {f"household_income_p{p}_pooled": f"pctl_income_{p}" for p in (20, 50, 80)},
        4,
        4 * 5 * 4 * 3,
    ),
    "urban_digital_access": (
        "digital_access_place_*.csv",
        {"digital_access": "share_digital_access"},
        4,
        4 * 3 * 4,
    ),
    "urban_poverty_exposure": (
        "poverty-exposure_*city.csv",
        {"poverty_exposure": "share_poverty_exposure"},
        4,
        4 * 5 * 4,
    ),
    "urban_learning_rate": (
        "SEDA_all_*city_*.csv",
        {"reading_learning_rate": "learning_rate"},
        -1,
        4 * 5 * 8 - 1,
    ),
    "urban_homelessness": (
        "homelessness_*_city.csv",
        {"student_homelessness": "share_homeless"},
        -2,
        4 * 4 * 4,
    ),
}


TELLING = (
    ("2020-21", "Bridgeport", "white"),  # 156 - 80 - 58 - 15
    ("2020-21", "Norwalk", "black"),  # 57 - 16 - 36
    ("2021-22", "Norwalk", "black"),  # 58 - 19 - 37
    ("2022-23", "Norwalk", "white"),  # 74 - 29 - 39 - 3
    ("2021-22", "Stamford", "white"),  # 103 - 23 - 69 - 9
    ("2022-23", "Stamford", "white"),  # 125 - 26 - 87 - 8
)


def period_of(year: int, before: int) -> str:
    """Return the label of a year: pooled, a school year by its spring (-1) or fall (-2)."""
    if before in (-1, -2):
        first = year - 1 if before == -1 else year
        return f"{first}-{(first + 1) % 100:02d}"
    return f"{year - before}-{year}" if before else str(year)


@pytest.mark.parametrize("module", URBAN)
def test_mobility_metrics(raw: Path, figures: dict[str, Any], module: str) -> None:
    pattern, columns, before, count = URBAN[module]
    expected: dict[Key, Values] = {}
    for path in sorted((raw / "urban-mobility-metrics-city").glob(pattern)):
        for row in rows_of(path):
            group = GROUPS.get(row.get("subgroup", "All"))
            if row["state"] + row["place"] not in CITY.values() or group is None:
                continue
            for indicator, column in columns.items():
                period = period_of(int(row["year"]), before)
                key = (indicator, "city", row["state"] + row["place"], period, group)
                grade = row[f"{column}_quality"]
                if row[column] in ("NA", ""):
                    expected[key] = (HIDDEN, None, None, None)
                    continue
                value = float(row[column])
                if value < 0:
                    assert grade == "3"
                    continue
                margin = None
                if f"{column}_lb" in row:
                    low, high = float(row[f"{column}_lb"]), float(row[f"{column}_ub"])
                    half = max(value - low, high - value)
                    margin = pytest.approx(half / 1.96 * 1.645, rel=1e-9) if half else None
                counted = row.get("count_homeless") if module == "urban_homelessness" else None
                status = "too_weak" if grade == "3" else PUBLISHED
                expected[key] = (status, value, margin, float(counted) if counted else None)
    assert len(expected) == count
    if module == "urban_homelessness":
        # In these the groups leave one to five students; the smallest printed one is hidden too.
        for period, city, group in TELLING:
            key = ("student_homelessness", "city", CITY[city], period, group)
            assert expected[key][0] == PUBLISHED
            expected[key] = (HIDDEN, None, None, None)
    compare(figures[module], expected, ("status", "estimate", "moe90", "numerator"))


def test_school_poverty(raw: Path, figures: dict[str, Any]) -> None:
    rows = rows_of(raw / "urban-mobility-metrics-city" / "MEPS_2014-2021_city.csv")
    expected = {
        (
            "school_poverty_exposure",
            "city",
            row["state"] + row["place"],
            period_of(int(row["year"]), -2),
            group,
        ): (PUBLISHED, float(row[f"meps20_{group}"]))
        for row in rows
        if row["state"] + row["place"] in CITY.values()
        for group in ("black", "hispanic", "white")
    }
    assert len(expected) == 4 * 8 * 3
    compare(figures["urban_school_poverty"], expected)


ANSWERS = {
    "Q4F": ("adults_good_place_for_children", ("Excellent", "Good")),
    "Q17H": ("adults_youth_role_models", ("Strongly agree", "Somewhat agree")),
    "LIFECA": ("adults_youth_will_graduate", ("Almost certain", "Very likely")),
    "Q44": (
        "adults_just_getting_by",
        ("Just getting by", "Finding it difficult", "Finding it very difficult"),
    ),
    "Q62": ("adults_food_insecure", ("Yes",)),
    "Q64": ("adults_housing_insecure", ("Yes",)),
}
PEOPLE = {
    "Total": "all",
    "Male": "male",
    "Female": "female",
    "White": "white",
    "Black": "black",
    "Latino": "hispanic",
    "M": "male",
    "F": "female",
    "Black/Afr Amer": "black",
    "Hispanic": "hispanic",
}


def test_survey_of_2018(raw: Path, figures: dict[str, Any]) -> None:
    places = {city.lower(): ("town", TOWN[city]) for city in CITIES}
    places["connecticut"] = ("state", STATE)
    hundredths: dict[Key, int] = {}
    for slug, place in places.items():
        path = raw / "datahaven-wellbeing-survey" / f"{slug}_2018_cws_data.csv"
        for row in rows_of(path):
            indicator, counted = ANSWERS.get(row["code"], ("", ()))
            if row["group"] in PEOPLE and row["response"] in counted:
                key = (indicator, *place, "2018", PEOPLE[row["group"]])
                hundredths[key] = hundredths.get(key, 0) + round(float(row["value"]) * 100)
    assert len(hundredths) > 150
    expected = {key: (PUBLISHED, value / 100) for key, value in hundredths.items()}
    compare(figures["wellbeing_survey_2018"], expected)


def test_survey_of_2021(raw: Path, figures: dict[str, Any]) -> None:
    places = {city: ("town", TOWN[city]) for city in CITIES} | {"Connecticut": ("state", STATE)}
    hundredths: dict[Key, int] = {}
    for name, place in places.items():
        path = raw / "datahaven-wellbeing-survey" / f"DataHaven2021_{name}_Crosstabs.xlsx"
        book = openpyxl.load_workbook(path, read_only=True)
        rows = list(book[book.sheetnames[0]].iter_rows(values_only=True))
        people = {**PEOPLE, name: "all"}
        for at, row in enumerate(rows):
            if row[0] not in ANSWERS:
                continue
            indicator, counted = ANSWERS[row[0]]
            headings = rows[at - 1]
            if "Total" not in headings and name not in headings:
                continue  # only the state was asked
            for answer in (line for line in rows[at + 2 : at + 9] if line[0] in counted):
                for heading, cell in zip(headings, answer, strict=True):
                    if heading in people:
                        key = (indicator, *place, "2021", people[heading])
                        hundredths[key] = hundredths.get(key, 0) + round(cell * 100)
    assert len(hundredths) == 5 * 4 * 6 + 6
    expected = {key: (PUBLISHED, value / 100) for key, value in hundredths.items()}
    compare(figures["wellbeing_survey_2021"], expected)


def test_survey_model(raw: Path, figures: dict[str, Any]) -> None:
    names = {city: ("town", TOWN[city]) for city in CITIES} | {"Connecticut": ("state", STATE)}
    path = raw / "datahaven-town-health-2022" / "mrp_estimates_2015_2024_town_profiles.csv"
    expected = {
        (ANSWERS[row["var"].upper()][0], *names[row["name"]], "2015-2024", "all"): (
            PUBLISHED,
            float(row["mrp_estimate"]),
        )
        for row in rows_of(path)
        if row["name"] in names and row["var"].upper() in ANSWERS and row["level"] != "cog"
    }
    assert len(expected) == 5 * 4
    compare(figures["wellbeing_model"], expected)


@pytest.mark.parametrize(
    "module",
    MODULES,
)
def test_every_figure_fits_the_schema(figures: dict[str, Any], module: str) -> None:
    check_schema(figures[module], module)
