"""Neighborhoods added up from tracts, against those that DataHaven publishes."""

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError, Problems
from c2c_lib.geography import layer, neighborhood_figures, weights
from c2c_lib.observations import load_observations
from c2c_lib.sources.names import Names
from c2c_lib.sources.neighborhoods import find_neighborhood, neighborhoods_of

STORE = load_observations()
INDICATORS = ["child_poverty", "child_low_income", "adults_no_diploma", "homeownership"]


def tracts(indicator: str, city: str, period: str = "2019-2023") -> pd.DataFrame:
    inside = layer("tracts", city)["tract_fips_2022"]
    rows = STORE[
        (STORE["indicator"] == indicator)
        & (STORE["geo_level"] == "tract")
        & (STORE["period"] == period)
        & (STORE["dimension"] == "all")
    ]
    return rows[rows["geo_id"].isin(inside)]


@pytest.mark.parametrize("city", ["bridgeport", "stamford"])
@pytest.mark.parametrize("indicator", INDICATORS)
def test_counts_and_shares_are_those_that_the_publisher_prints(city: str, indicator: str):
    made = neighborhood_figures(tracts(indicator, city)).set_index("geo_id")
    printed = STORE[
        (STORE["indicator"] == indicator)
        & (STORE["geo_level"] == "neighborhood")
        & (STORE["period"] == "2019-2023")
        & (STORE["dimension"] == "all")
        & STORE["geo_id"].str.startswith(city)
    ].set_index("geo_id")
    assert len(printed) == len(made) == 13
    for count in ("numerator", "denominator"):
        # The weights are printed with three decimals, the counts as whole people.
        assert (made[count] - printed[count]).abs().max() < 4
    gap = (made["estimate"] - printed["estimate"]).abs() * printed["denominator"]
    assert gap.max() < 4
    # Without the margins of the counts they are near, and mostly on the narrow side.
    ratio = made["moe90"] / printed["moe90"]
    assert 0.9 < ratio.median() < 1.02


@pytest.fixture(scope="module")
def raw(shared) -> pd.DataFrame:
    file = shared / "sources/geo-acs-tracts/acs5_2023_long.parquet"
    return pd.read_parquet(file, filters=[("variable", "in", ["B01003_001", "B25003_001"])])


@pytest.mark.parametrize("variable", ["B01003_001", "B25003_001"])
def test_margins_of_counts_are_those_that_the_publisher_prints(raw, variable: str):
    rows = raw[raw["variable"] == variable]
    inside = weights("tract_neighborhoods")
    inside = inside[inside["vintage"] == "planning-region-2022"]
    own = rows[(rows["level"] == "tract") & rows["geoid"].isin(inside["tract"])]
    frame = pd.DataFrame(
        {
            "indicator": "children_under_18",
            "geo_level": "tract",
            "geo_id": own["geoid"],
            "period": "2019-2023",
            "period_end": 2023,
            "dimension": "all",
            "group": "all",
            "estimate": 1.0,
            "numerator": own["estimate"],
            "denominator": own["estimate"],
            "moe90": 0.0,
            "numerator_moe": own["moe"],
            "denominator_moe": own["moe"],
            "status": "published",
            "source": "acs_tracts",
            "note": "",
        }
    )
    made = neighborhood_figures(frame).set_index("geo_id")
    names = Names(load_catalog(), Problems())
    known = neighborhoods_of(load_catalog())
    printed = rows[rows["level"] == "neighborhood"]
    compared = 0
    for row in printed.itertuples():
        city, _, name = row.name.partition("_")
        if city not in known:
            continue
        place = find_neighborhood(known, city, name, "acs", names)
        assert place is not None
        assert made.loc[place.geo_id, "numerator"] == pytest.approx(row.estimate, abs=1)
        assert made.loc[place.geo_id, "numerator_moe"] == pytest.approx(row.moe, abs=1)
        compared += 1
    assert compared == 26


def test_a_table_that_lacks_tracts_is_refused():
    rows = tracts("child_poverty", "stamford")
    with pytest.raises(InputError, match=r"1 tracts of the city's neighborhoods are not in"):
        neighborhood_figures(rows.iloc[1:])


def test_tracts_of_a_city_without_neighborhoods_are_named():
    with pytest.raises(InputError, match="22 tracts lie in no neighborhood"):
        neighborhood_figures(tracts("child_poverty", "norwalk"))


def test_rates_without_counts_need_the_size_of_tracts():
    rows = tracts("adults_asthma", "stamford", "2023")
    with pytest.raises(InputError, match="Pass households="):
        neighborhood_figures(rows)
    households = pd.Series(1000.0, index=rows["geo_id"])
    made = neighborhood_figures(rows, households=households)
    assert made["estimate"].between(rows["estimate"].min(), rows["estimate"].max()).all()


def test_old_tracts_use_old_weights():
    inside = layer("tracts_2010", "stamford")["tract_fips_2010"]
    rows = STORE[
        (STORE["indicator"] == "child_poverty")
        & (STORE["period"] == "2014-2018")
        & STORE["geo_id"].isin(inside)
    ]
    assert len(rows) == 25
    made = neighborhood_figures(rows)
    assert made["denominator"].sum() == pytest.approx(rows["denominator"].sum(), rel=0.005)
