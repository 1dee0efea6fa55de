"""The first kindergarten inventory: three layouts, carriage returns, rows without a name."""

from collections.abc import Callable

from c2c_lib.sources.base import RawFile
from c2c_lib.sources.kindergarten_historic import read
from c2c_lib.sources.names import Names
from support.excerpts import figure, told, workbook

Write = Callable[[str, str | bytes], RawFile]

HEADER = (
    "District ID,District Name,School Year,Number of Students Tested,"
    "{0} (%) Level 1,{0} (%) Level 2,{0} (%) Level 3\r"
)
CREATIVE = HEADER.format("Creative/Aesthetic Skills")


def test_the_years_with_district_numbers(export: Write, names: Names) -> None:
    file = export(
        "2010-11_KEI_Creative.csv",
        CREATIVE
        + "15,Bridgeport School District,2010-11,1668,14.6,50.9,34.5\r"
        + "288,Achievement First Hartford Academy Inc.,2010-11,87,0,80,20\r"
        # The state's row lost its name; the state's own file is what counts.
        + ",Creative,2010-11,35603,10.22449232,38.27684465,51.4983316",
    )
    state = export(
        "State_2008-2012_Kindergarten_Entrance_Inventory_Results_-_Creative-Aesthetic_Skills.csv",
        "Organization Name,School Year,Number of Students Tested,"
        "Creative/Aesthetic Skills (%) Level 1,Creative/Aesthetic Skills (%) Level 2,"
        "Creative/Aesthetic Skills (%) Level 3\r\nState,2010-11,35603,10.2,38.3,51.5\r\n",
    )
    frame = read([file, state], names)
    assert told(names) == []
    assert len(frame) == 6
    low = figure(frame, "kindergarten_creative_level1_historic", "0150011", "2010-11")
    assert (low["estimate"], low["denominator"], low["numerator"]) == (0.146, 1668, None)
    assert (
        figure(frame, "kindergarten_creative_level1_historic", "2880013", "2010-11")["estimate"]
        == 0
    )
    whole = figure(frame, "kindergarten_creative_level3_historic", "09", "2010-11")
    assert (whole["geo_level"], whole["estimate"]) == ("state", 0.515)


def test_2012_13_has_two_header_lines_empty_cells_and_no_state(export: Write, names: Names) -> None:
    file = export(
        "2012-13_KEI_Numeracy.csv",
        ",,Numeracy Skills (%),,,,,\rDistrictName,Number of Students Tested,Level 1 ,Level 2,"
        "Level 3,,,\rNorwalk School District,940,29.3,40.2,30.5,,,\r"
        "Colebrook School District,16,,81.3,18.8,,,\rStatewide,37447,21.7,40.4,38.0,,,\r",
    )
    frame = read([file], names)
    assert told(names) == []
    assert set(frame["geo_level"]) == {"district"}
    colebrook = "0290011"
    level1 = figure(frame, "kindergarten_numeracy_level1_historic", colebrook, "2012-13")
    # Levels 2 and 3 add to 100, and still the cell is empty and no zero.
    assert (level1["status"], level1["estimate"], level1["denominator"]) == (
        "suppressed_by_source",
        None,
        None,
    )
    assert level1["note"] == "The cell is empty in the publisher's file."
    assert (
        figure(frame, "kindergarten_numeracy_level3_historic", colebrook, "2012-13")["estimate"]
        == 0.188
    )


def test_the_workbook_of_2013_is_the_school_year_2013_14(export: Write, names: Names) -> None:
    domains = ("Language", "Literacy", "Numeracy", "Physical", "Creative", "Personal")
    titles = [None, *(cell for domain in domains for cell in (domain, None, None))]
    levels = ["DistrictName", *[f"Performance_Level_{n}" for _ in domains for n in (1, 2, 3)]]
    row = ["Stamford School District", *[10.3448275862069, 31.03, 58.62] * 6]
    book = workbook({"Sheet1": [[None] * 19, titles, levels, row]})
    frame = read([export("KEI_DistrictByDomain_2013.xlsx", book)], names)
    assert told(names) == []
    assert len(frame) == 12
    found = figure(frame, "kindergarten_personal_social_level1_historic", "1350011", "2013-14")
    assert (found["estimate"], found["denominator"]) == (0.103448275862069, None)


def test_a_name_of_two_districts_is_told_apart_by_its_number(export: Write, names: Names) -> None:
    row = "{},Elm City College Preparatory School,2011-12,62,14.5,64.5,21\r"
    frame = read(
        [export("2011-12_KEI_Creative.csv", CREATIVE + row.format(289) + row.format(281))], names
    )
    assert told(names) == []
    assert set(frame["geo_id"]) == {"2890013", "2810013"}


def test_everything_that_is_wrong_is_noted(export: Write, names: Names) -> None:
    files = [
        export("kindergarten.csv", CREATIVE),
        export(
            "2010-11_KEI_Creative.csv",
            CREATIVE
            + "103,Bridgeport School District,2010-11,1668,14.6,50.9,34.5\r"
            + "999,Atlantis School District,2010-11,1668,14.6,50.9,34.5\r"
            + "103,Norwalk School District,2009-10,900,14.6,50.9,34.5\r"
            + "103,Norwalk School District,2010-11,900,146,50.9,x\r"
            + "103,Norwalk School District,2010-11\r",
        ),
        export("2009-10_KEI_Creative.csv", CREATIVE.replace("Level 3", "Level 4")),
        export("2008-09_KEI_Creative.csv", ""),
        export("KEI_DistrictByDomain_2013.xlsx", workbook({"Sheet1": [["x"]]})),
    ]
    frame = read(files, names)
    assert frame.empty
    problems = told(names)
    for part in (
        "does not say year and domain",
        "the district number does not belong to Bridgeport",
        "Atlantis",
        "different school years",
        "146",
        "'x'",
        "3 cells",
        "Level 3",
        "the file is empty",
        "no header found",
    ):
        assert any(part in problem for problem in problems), part
    assert len(problems) == 10
