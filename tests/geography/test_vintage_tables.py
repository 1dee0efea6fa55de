"""The vintage of a whole table, judged by the codes that stand in one list only."""

import pandas as pd
import pytest

from c2c_lib.errors import InputError
from c2c_lib.geography import layer, table_vintages
from c2c_lib.geography.crosswalk import resolve_vintage

FILES = {
    # shared/sources/GEO_README.md: which code does a table use?
    2018: "county-2010",
    2020: "county-2020",
    2021: "county-2020",
    2022: "planning-region-2022",
    2023: "planning-region-2022",
}


@pytest.mark.parametrize("year", FILES)
def test_a_table_of_the_whole_state_tells_its_year(shared, year: int):
    file = shared / f"sources/geo-acs-tracts/acs5_{year}_long.parquet"
    population = [("level", "==", "tract"), ("variable", "==", "B01003_001")]
    rows = pd.read_parquet(file, columns=["geoid"], filters=population)
    found = table_vintages(rows["geoid"])
    water = found.pop("", [])
    assert sorted(found) == [FILES[year]]
    # Four or five tracts of water stand in no list of land.
    assert len(water) == (5 if year >= 2022 else 4)
    assert {code[5:7] for code in water} == {"99"}


def test_a_city_whose_codes_all_stayed_cannot_be_told():
    codes = layer("tracts", "norwalk")["tract_fips_2020"]
    assert sorted(codes) == sorted(layer("tracts_2010", "norwalk")["tract_fips_2010"])
    assert sorted(table_vintages(codes)) == ["county-2010 or county-2020"]
    frame = pd.DataFrame({"geo_id": codes, "period_end": 2021})
    with pytest.raises(InputError, match="Say which they are"):
        resolve_vintage(frame)
    assert resolve_vintage(frame, "county-2020") == "county-2020"
    assert resolve_vintage(frame.assign(period_end=2018)) == "county-2010"


def test_a_claim_against_the_codes_is_refused():
    frame = pd.DataFrame({"geo_id": layer("tracts_2010", "stamford")["tract_fips_2010"]})
    with pytest.raises(InputError, match="the codes are of county-2010, not of county-2020"):
        resolve_vintage(frame, "county-2020")


def test_two_years_in_one_table_are_both_named():
    frame = pd.DataFrame({"geo_id": ["09001020100", "09001020101"]})
    with pytest.raises(InputError) as raised:
        resolve_vintage(frame)
    assert [p.value for p in raised.value.problems] == ["09001020100", "09001020101"]


def test_what_is_no_tract_is_named():
    frame = pd.DataFrame({"geo_id": ["9001042500", "09190042500"]})
    with pytest.raises(InputError, match=r"not codes of Connecticut tracts.*'9001042500'"):
        resolve_vintage(frame)
