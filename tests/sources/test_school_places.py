"""The lists of schools and neighborhoods: rebuilt from the raw files, and their traps."""

from pathlib import Path

import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError
from c2c_lib.sources.school_places import neighborhood_places, school_places

DIRECTORY = "geo-schools/ct_education_directory_2025-01.csv"
OLDER = "geo-schools/ct_education_directory_2023-01.csv"
EXPORT = "sat-school/sat__2015-16_all-schools_all-subjects_race.csv"
HEAD = "organization_code,school_name,district_name,organization_type\n"
FILES = {
    DIRECTORY: HEAD
    + "0150011,Bridgeport School District,Bridgeport School District,Public School Districts\n"
    + "3480015,Judicial Centers,Judicial Centers,State Agencies\n"
    + "0153611,John Winthrop School,Bethel School District,Public Schools\n"
    + "3480115,Bridgeport Residential Center,Judicial Centers,State Agency Facilities\n",
    OLDER: HEAD + "0153611,Winthrop School,Bridgeport School District,Public Schools\n"
    "1031711,Columbus  Magnet School,Norwalk School District,Public Schools\n",
    EXPORT: '\ufeff"CT School Day SAT, 2015-16"\r\n"All Districts"\r\n\r\n"",,,,"Level 1"\r\n'
    '"District","District Code","School","School Code","Count"\r\n'
    '"State Level","=""0000000""","State Level","=""0000000""",9\r\n'
    '"Norwalk School District","=""1030011""","Columbus School","=""1031711""","*"\r\n'
    '"Norwalk School District","=""1030011""","Briggs High School","=""1036311""",8\r\n',
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with two directories and one export of schools."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_code_says_the_district_and_names_gather(raw: Path) -> None:
    rows = school_places(raw)
    assert rows.drop(columns=["geo_level", "other_ids"]).to_numpy().tolist() == [
        [
            "0153611",
            "bridgeport-school-0153611",
            "John Winthrop School",
            "directory-2025-01",
            "0150011",
            "Winthrop School",
        ],
        [
            "1031711",
            "norwalk-school-1031711",
            "Columbus Magnet School",
            "directory-2023-01",
            "1030011",
            "Columbus School",
        ],
        [
            "1036311",
            "norwalk-school-1036311",
            "Briggs High School",
            "edsight-2015-16",
            "1030011",
            "",
        ],
        [
            "3480115",
            "connecticut-school-3480115",
            "Bridgeport Residential Center",
            "directory-2025-01",
            "09",
            "",
        ],
    ]


def test_everything_that_is_wrong_with_the_lists_is_said(raw: Path) -> None:
    (raw / DIRECTORY).write_text("code,school_name,organization_type\n1,x,y\n", encoding="utf-8")
    (raw / EXPORT).write_text("nothing here\n", encoding="utf-8")
    (raw / "sat-school/sat_all-schools_race.csv").write_text(FILES[EXPORT], encoding="utf-8")
    with pytest.raises(InputError) as raised:
        school_places(raw)
    assert [(p.where, p.value or p.what) for p in raised.value.problems] == [
        (f"{DIRECTORY}:1", "organization_code"),
        (EXPORT, "no header line"),
        (
            "sat-school/sat_all-schools_race.csv",
            "the file's name does not say which year it is",
        ),
    ]


def test_a_raw_folder_without_a_directory_makes_no_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no directory of schools is there"):
        school_places(tmp_path)


def test_neighborhoods_of_one_name_in_two_cities(tmp_path: Path) -> None:
    file = tmp_path / "geo-neighborhoods/tract_to_neighborhood_2020.csv"
    file.parent.mkdir()
    head = "city,neighborhood,tract_fips_2020\n"
    rows = "Stamford,Downtown,1\nStamford,Downtown,2\nBridgeport,Downtown,3\n"
    file.write_text(head + rows, encoding="utf-8")
    found = neighborhood_places(tmp_path)[["geo_id", "place", "name", "parent", "aliases"]]
    assert found.to_numpy().tolist() == [
        [
            "bridgeport-downtown",
            "bridgeport-neighborhood-downtown",
            "Downtown",
            "0900108070",
            "Downtown Bridgeport",
        ],
        [
            "stamford-downtown",
            "stamford-neighborhood-downtown",
            "Downtown",
            "0900173070",
            "Downtown Stamford",
        ],
    ]
    file.write_text(head + "Stanford,Downtown,1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"2020\.csv:2: the city is no town.*'Stanford'"):
        neighborhood_places(tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("file", "build"),
    [("schools.csv", school_places), ("neighborhoods.csv", neighborhood_places)],
)
def test_what_ships_is_rebuilt_byte_for_byte(shared: Path, project_root: Path, file, build) -> None:
    text = build(shared / "sources").to_csv(index=False, lineterminator="\n")
    shipped = project_root / "src/c2c_lib/catalog/data" / file
    assert shipped.read_bytes() == text.encode()


def test_every_school_of_the_cities_in_the_directory_is_there(shared: Path) -> None:
    known = {p.geo_id for p in load_catalog().places if p.geo_level == "school"}
    lines = (shared / "sources" / DIRECTORY).read_text(encoding="utf-8").splitlines()
    city = [line[:7] for line in lines if line.startswith(("015", "103", "135", "151"))]
    offices = {"0150011", "1030011", "1350011", "1510011"}
    assert len(city) > 100
    assert set(city) - known == offices
