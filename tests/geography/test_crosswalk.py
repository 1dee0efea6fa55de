"""Figures of the tracts of one year on those of another."""

import pandas as pd
import pytest

from c2c_lib.errors import InputError
from c2c_lib.geography import layer, to_vintage, weights
from c2c_lib.observations import check_observations, load_observations

STORE = load_observations()
OLD, NEW = "county-2010", "planning-region-2022"


def rows(indicator: str, period: str) -> pd.DataFrame:
    return STORE[
        (STORE["indicator"] == indicator)
        & (STORE["geo_level"] == "tract")
        & (STORE["period"] == period)
        & (STORE["dimension"] == "all")
    ]


def of(frame: pd.DataFrame, city: str, name: str, code: str) -> pd.DataFrame:
    return frame[frame["geo_id"].isin(layer(name, city)[code])]


@pytest.mark.parametrize(
    ("city", "tracts_2010", "tracts_2020", "pieces"),
    # shared/sources/GEO_README.md and geo-crosswalks: tracts of both years; 165 pieces in all.
    [
        ("bridgeport", 38, 38, 46),
        ("stamford", 25, 33, 47),
        ("norwalk", 22, 22, 26),
        ("waterbury", 28, 28, 46),
    ],
)
def test_pieces(city: str, tracts_2010: int, tracts_2020: int, pieces: int):
    table = weights("tract_overlap", city)
    assert table["tract_fips_2010"].nunique() == tracts_2010
    assert table["tract_fips_2020"].nunique() == tracts_2020
    assert len(table) == pieces


@pytest.mark.parametrize("year", ["2010", "2020"])
@pytest.mark.parametrize("of_what", ["area", "people"])
def test_shares_add_to_one(year: str, of_what: str):
    table = weights("tract_overlap")
    total = table.groupby(f"tract_fips_{year}")[f"{of_what}_of_{year}"].sum()
    assert total.to_numpy() == pytest.approx(1, abs=0.0006)


def test_shares_of_area_are_those_of_the_collection(shared):
    codes = {"tract_fips_2010": str, "tract_fips_2020": str}
    given = pd.read_csv(
        shared / "sources/geo-crosswalks/four_cities_tract_2010_2020_overlap.csv", dtype=codes
    )
    both = given.merge(weights("tract_overlap"), on=list(codes))
    assert len(both) == len(given) == 165
    for year in ("2010", "2020"):
        # The collection says to rescale its shares, which do not add to 1 along the shore.
        total = given.groupby(f"tract_fips_{year}")[f"share_of_{year}"].sum()
        rescaled = both[f"share_of_{year}"] / both[f"tract_fips_{year}"].map(total)
        assert (rescaled - both[f"area_of_{year}"]).abs().max() < 0.002


def test_a_renumbered_tract_keeps_its_figure():
    # Waterbury's 350100 became 350101 and hardly moved.
    old = of(rows("child_poverty", "2014-2018"), "waterbury", "tracts_2010", "tract_fips_2010")
    new = to_vintage(old, NEW).set_index("geo_id")
    before = old.set_index("geo_id").loc["09009350100"]
    after = new.loc["09140350101"]
    assert after["denominator"] == pytest.approx(before["denominator"], rel=0.05)
    assert after["estimate"] == pytest.approx(before["estimate"], abs=0.03)


def test_the_two_parts_of_a_split_tract_share_its_children():
    old = of(rows("child_poverty", "2014-2018"), "stamford", "tracts_2010", "tract_fips_2010")
    new = to_vintage(old, NEW).set_index("geo_id")
    whole = old.set_index("geo_id").loc["09001020100"]
    parts = new.loc[["09190020101", "09190020102"]]
    assert parts["denominator"].sum() == pytest.approx(whole["denominator"], rel=0.01)
    # A part of a sample is less certain than the whole.
    assert (parts["moe90"] > whole["moe90"]).all()
    assert parts["note"].str.contains("2010 by share of residents").all()


def test_moved_tracts_are_reported():
    old = of(rows("child_poverty", "2014-2018"), "waterbury", "tracts_2010", "tract_fips_2010")
    moved = to_vintage(old, NEW).attrs["moved"]
    # geo-crosswalks: 3518 and 3520 keep their codes and move.
    assert {"09140351800", "09140352000"} <= set(moved)
    # Where nothing moved, a tract is not in the list.
    assert "09140350101" not in moved


def test_a_tract_that_is_not_in_the_table_costs_those_it_reaches():
    old = of(rows("child_poverty", "2014-2018"), "stamford", "tracts_2010", "tract_fips_2010")
    new = to_vintage(old[old["geo_id"] != "09001020100"], NEW)
    assert {"09190020101", "09190020102"} <= set(new.attrs["lost"])
    assert not set(new["geo_id"]) & set(new.attrs["lost"])


@pytest.mark.parametrize("by", ["people", "area"])
def test_there_and_back_loses_no_child(by: str):
    old = rows("child_poverty", "2014-2018")
    back = to_vintage(to_vintage(old, NEW, by=by), OLD, by=by)
    assert back["denominator"].sum() == pytest.approx(old["denominator"].sum(), rel=1e-3)
    check_observations(back)


def test_codes_change_one_to_one_between_counties_and_regions():
    new = rows("child_poverty", "2019-2023")
    counties = to_vintage(new, "county-2020")
    assert (counties["geo_id"].str[5:] == new["geo_id"].str[5:]).all()
    assert counties.attrs["moved"] == []
    back = to_vintage(counties, NEW)
    pd.testing.assert_frame_equal(back, new, check_names=False)


def test_only_towns_that_ship_can_be_taken_across():
    frame = rows("child_poverty", "2014-2018")[:1].assign(geo_id="09001010101")  # Greenwich
    with pytest.raises(InputError, match="1 tracts lie outside the towns whose overlap ships"):
        to_vintage(frame, NEW, of=OLD)


def test_options_are_checked():
    frame = rows("child_poverty", "2014-2018")
    with pytest.raises(InputError) as raised:
        to_vintage(frame, "2020", by="houses")
    assert len(raised.value.problems) == 2
