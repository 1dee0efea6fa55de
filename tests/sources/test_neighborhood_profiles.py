"""Neighborhood profiles: shares from counts, names with a city, columns that moved."""

from collections.abc import Callable

import pytest

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.names import Names
from c2c_lib.sources.neighborhood_profiles import NO_MARGIN, read
from support.excerpts import figure, told

pytestmark = pytest.mark.thorough

Write = Callable[[str, str | bytes], RawFile]

COLUMNS = (
    "Total population,Population under age 18,Percent under age 18,White population,"
    "Percent white,Black population,Percent black,Latino population,Percent Latino,"
    "Other race population,Percent other race,Foreign-born population,Percent foreign-born,"
    "Total households,Owner-occupied households,Homeownership rate,Poverty status known,"
    "Population in poverty,Poverty rate,Low-income population,Low-income rate,"
    '"Under 18, poverty status known",Children in poverty,Child poverty rate,'
    "Low-income children,Child low-income rate"
)
CELLS = (
    "1000,200,0.2,300,0.3,250,0.25,400,0.4,50,0.05,330,0.33,400,100,0.25,980,196,0.2,"
    "490,0.5,190,76,0.4,133,0.7"
)
BURDEN = "Cost-burdened households,Cost-burden rate"
NAME = "bridgeport_acs_basic_neighborhood_2023.csv"


def profile(*names: str, cells: str = CELLS, city: str = "Bridgeport") -> str:
    head = f"level,city,name,{COLUMNS},{BURDEN}\n"
    return head + "".join(f"x,{city},{name},{cells},150,0.39\n" for name in names)


@pytest.mark.parametrize(
    ("indicator", "estimate", "numerator", "denominator"),
    [
        ("children_under_18", 0.2, 200, 1000),
        ("residents_white", 0.3, 300, 1000),
        ("residents_black", 0.25, 250, 1000),
        ("residents_hispanic", 0.4, 400, 1000),
        ("residents_further_races", 0.05, 50, 1000),
        ("foreign_born", 0.33, 330, 1000),
        ("homeownership", 0.25, 100, 400),
        ("poverty", 0.2, 196, 980),
        ("low_income", 0.5, 490, 980),
        ("child_poverty", 0.4, 76, 190),
        ("child_low_income", 0.7, 133, 190),
        ("housing_cost_burden", 0.39, 150, None),
    ],
)
def test_shares(export: Write, names: Names, indicator, estimate, numerator, denominator):
    text = profile("Connecticut", "Fairfield County", "Bridgeport", "Downtown")
    frame = read([export(NAME, text)], names)
    assert told(names) == []
    row = figure(frame, indicator, "bridgeport-downtown", "2019-2023")
    assert (row["estimate"], row["numerator"], row["denominator"]) == (
        estimate,
        numerator,
        denominator,
    )
    assert (row["geo_level"], row["status"], row["note"]) == (
        "neighborhood",
        "published",
        NO_MARGIN,
    )
    assert row["moe90"] is None
    assert sorted(frame["geo_level"].unique()) == ["neighborhood", "state", "town"]


def test_headings_with_a_year_and_names_with_a_city(export: Write, names: Names):
    heads = ",".join(
        f'"{cell}_2022"' if "," in cell else f"{cell}_2022"
        for cell in [*COLUMNS.replace('"Under 18, poverty status known"', "@").split(",")]
    ).replace("@_2022", '"Under 18, poverty status known_2022"')
    heads = heads.replace("Percent black", "Percent Black")
    text = f"level,name,{heads},{BURDEN.replace(',', '_2022,')}_2022,Asthma_2021\n"
    text += f"neighborhood,South End Stamford,{CELLS},150,0.39,0.1\n"
    frame = read([export("stamford_nhood_2022_acs_health_comb.csv", text)], names)
    assert told(names) == []
    assert len(frame) == 12
    assert frame["geo_id"].unique().tolist() == ["stamford-south-end"]


def test_the_oldest_window_has_no_housing_costs(export: Write, names: Names):
    text = f"neighborhood,city,{COLUMNS}\nHollow,Bridgeport,{CELLS}\n"
    frame = read([export("2016_bpt_display.csv", text)], names)
    assert told(names) == []
    assert frame["period"].unique().tolist() == ["2012-2016"]
    assert len(frame) == 11


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("stamford_acs_basic_neighborhood_2021.csv", profile("Belltown", "Stamford")),
        ("2016_wby_display.csv", f"Name,{COLUMNS}\nZCTA5 06702,{CELLS}\nWaterbury,{CELLS}\n"),
    ],
)
def test_areas_that_are_no_neighborhoods_are_left_out(
    export: Write, names: Names, file: str, text: str
):
    frame = read([export(file, text)], names)
    assert told(names) == []
    assert frame["geo_level"].unique().tolist() == ["town"]


def test_two_files_of_one_window_give_a_figure_once(export: Write, names: Names):
    files = [export(NAME, profile("Hollow")), export(f"b/{NAME}", profile("Hollow"))]
    assert len(read(files, names)) == 12


@pytest.mark.parametrize(
    ("cells", "what", "column"),
    [
        (("1000,200,0.2", "1000,200,0.4"), "the printed counts do not", "Percent under age 18"),
        (("1000,200", "100,200"), "the printed counts do not", "Percent under age 18"),
        (("400,100,0.25", "400,100,25"), "the number is out of range", "Homeownership rate"),
        (("980,196", "980,NA"), "the cell does not read", "Population in poverty"),
        (("133,0.7", "133,0.7,1"), "the row is cut short", ""),
    ],
)
def test_cells_that_are_wrong_are_noted(export: Write, names: Names, cells, what, column):
    read([export(NAME, profile("Hollow", cells=CELLS.replace(*cells)))], names)
    first = next(iter(names.problems))
    assert first.what.startswith(what)
    assert (first.where, first.column) == (f"{NAME}:2", column)


def test_an_unknown_neighborhood_is_noted(export: Write, names: Names):
    assert read([export(NAME, profile("Hollows"))], names).empty
    (problem,) = names.problems
    assert (problem.what, problem.value) == ("unknown neighborhood of Bridgeport", "Hollows")
    assert "Hollow" in problem.remedy


@pytest.mark.parametrize("name", ["hartford_2023.csv", "bridgeport.csv", "bpt_2016_2017.csv"])
def test_a_name_without_city_and_year_is_noted(export: Write, names: Names, name: str):
    assert read([export(name, profile("Hollow"))], names).empty
    assert [p.what for p in names.problems] == ["the file name does not say the city and the year"]


def test_missing_columns_are_noted(export: Write, names: Names):
    read([export(NAME, profile("Hollow").replace("Poverty rate", "Rate", 1))], names)
    assert ("a column is missing", "Poverty rate") in [(p.what, p.value) for p in names.problems]
