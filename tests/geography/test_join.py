"""Joins: right rows, the vintage guard, and no loss in silence."""

import geopandas as gpd
import pandas as pd
import pytest

from c2c_lib.errors import InputError
from c2c_lib.geography import join_figures, layer
from c2c_lib.observations import load_observations


@pytest.fixture
def old_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """The same figures under county codes."""
    return figures.assign(geo_id=["09001042600", "09001042500"])


def test_each_shape_gets_its_figure_in_the_order_of_the_layer(two_tracts, figures):
    joined = join_figures(two_tracts, figures)
    assert isinstance(joined, gpd.GeoDataFrame)
    assert joined.crs == two_tracts.crs
    assert joined["geo_id"].tolist() == ["09190042500", "09190042600"]
    assert joined["estimate"].tolist() == [0.1, 0.4]
    # CV 0.12 / 1.645 / 0.1 = 73 % and 0.05 / 1.645 / 0.4 = 7.6 %
    assert joined["quality"].tolist() == ["too_weak", "strong"]
    assert joined.geometry.geom_equals(two_tracts.geometry).all()


def test_county_codes_on_planning_regions_are_refused_with_the_remedy(two_tracts, old_figures):
    with pytest.raises(InputError) as raised:
        join_figures(two_tracts, old_figures, vintage="county-2020")
    text = str(raised.value)
    assert "county-2020 cannot be joined on tract_fips_2022" in text
    assert "09001042600, 09001042500" in text
    assert "join on 'tract_fips_2020'" in text
    assert "via_crosswalk=True" in text


def test_planning_region_codes_on_counties_are_refused_too(two_tracts, figures):
    with pytest.raises(InputError, match=r"planning-region-2022 cannot be joined .* county-2020"):
        join_figures(two_tracts, figures, on="tract_fips_2020")


@pytest.mark.parametrize("options", [{"via_crosswalk": True}, {"on": "tract_fips_2020"}])
def test_county_codes_join_on_request(two_tracts, old_figures, options):
    joined = join_figures(two_tracts, old_figures, vintage="county-2020", **options)
    assert joined["estimate"].tolist() == [0.1, 0.4]


def test_two_systems_in_one_table_are_refused(two_tracts, figures):
    mixed = figures.assign(geo_id=["09001042600", "09190042500"])
    for options in ({}, {"via_crosswalk": True}):
        with pytest.raises(InputError, match=r"got '09001042600'.*Take each vintage by itself"):
            join_figures(two_tracts, mixed, **options)


def test_codes_of_both_years_are_not_guessed(two_tracts, old_figures):
    # Every tract of Norwalk has the same code in 2010 and in 2020, though some moved.
    with pytest.raises(InputError, match=r"Say which they are: vintage='county-2010' or"):
        join_figures(two_tracts, old_figures, on="tract_fips_2020")


def test_a_window_before_2020_tells_the_year(two_tracts, old_figures):
    before = old_figures.assign(period="2014-2018", period_end=2018)
    with pytest.raises(InputError, match="system county-2010 cannot be joined on tract_fips_2022"):
        join_figures(two_tracts, before)


def test_towns_join_on_the_codes_of_the_catalog():
    towns = gpd.GeoDataFrame(
        {"town_fips_2020": ["0900156060"], "town_fips_2022": ["0919056060"]},
        geometry=gpd.points_from_xy([-73.4], [41.1]),
        crs=4326,
    )
    row = pd.DataFrame(
        {
            "indicator": ["child_poverty"],
            "geo_level": ["town"],
            "geo_id": ["0900156060"],
            "period": ["2019-2023"],
            "dimension": ["all"],
            "group": ["all"],
            "estimate": [0.158],
            "status": ["published"],
        }
    )
    joined = join_figures(towns, row)
    assert joined["estimate"].tolist() == [0.158]
    assert "quality" not in joined


def test_a_shape_without_a_figure_is_named(two_tracts, figures):
    with pytest.raises(InputError) as raised:
        join_figures(two_tracts, figures[:1])
    assert "1 of 2 tracts find no figure" in str(raised.value)
    assert "09190042500" in str(raised.value)
    joined = join_figures(two_tracts, figures[:1], allow_missing=True)
    assert joined["status"].tolist() == ["not_collected", "published"]
    assert joined["quality"].tolist() == ["", "strong"]
    assert joined.attrs["without_figure"] == ["09190042500"]


def test_a_figure_without_a_shape_is_named(two_tracts, figures):
    with pytest.raises(InputError) as raised:
        join_figures(two_tracts[:1], figures)
    assert "1 figures find no tract in the layer" in str(raised.value)
    assert "09190042600" in str(raised.value)
    joined = join_figures(two_tracts[:1], figures, allow_missing=True)
    assert len(joined) == 1
    assert joined.attrs["without_shape"] == ["09190042600"]


def test_an_empty_map_is_refused_even_on_request(two_tracts, figures):
    elsewhere = figures.assign(geo_id=["09120070100", "09120070200"])
    with pytest.raises(InputError, match="wrong vintage or a wrong selection"):
        join_figures(two_tracts, elsewhere, allow_missing=True)
    with pytest.raises(InputError, match="2 of 2 tracts find no figure"):
        join_figures(two_tracts, figures[:0], allow_missing=True)


def test_2010_tracts_are_found_out_by_the_list(two_tracts, old_figures):
    # 09001020100 was split in 2020: one code tells the year of the whole table.
    old = old_figures.assign(geo_id=["09001042500", "09001020100"])
    with pytest.raises(InputError) as raised:
        join_figures(two_tracts, old, on="tract_fips_2020")
    text = str(raised.value)
    assert "county-2010 cannot be joined on tract_fips_2020, which holds county-2020" in text
    assert "layer('tracts_2010'), where nothing is lost" in text
    assert "1 of 2 tracts were split, merged or moved" in text
    assert "09001020100." in text


STORE = load_observations()


def store_rows(period: str, city: str, indicator: str = "child_poverty") -> pd.DataFrame:
    """The figures of one city's tracts, of the tracts of their own year."""
    name, code = (
        ("tracts_2010", "tract_fips_2010") if period < "2016" else ("tracts", "tract_fips_2022")
    )
    inside = layer(name, city)[code]
    rows = STORE[
        (STORE["indicator"] == indicator)
        & (STORE["geo_level"] == "tract")
        & (STORE["period"] == period)
        & STORE["geo_id"].isin(inside)
    ]
    assert len(rows) == len(inside)
    return rows


def recoded(rows: pd.DataFrame, city: str) -> pd.DataFrame:
    """The same figures under counties, as in the windows that end in 2020 and 2021."""
    pairs = layer("tracts", city).set_index("tract_fips_2022")["tract_fips_2020"]
    return rows.assign(geo_id=rows["geo_id"].map(pairs))


CITIES = ["bridgeport", "stamford", "norwalk", "waterbury"]


@pytest.mark.parametrize("city", CITIES)
def test_every_wrong_pair_of_years_is_refused(city: str):
    old, new = store_rows("2014-2018", city), store_rows("2019-2023", city)
    tracts, tracts_2010 = layer("tracts", city), layer("tracts_2010", city)
    wrong = [
        (tracts, old, {}),
        (tracts, old, {"on": "tract_fips_2020"}),
        (tracts, new, {"on": "tract_fips_2020"}),
        (tracts, recoded(new, city), {"vintage": "county-2020"}),
        (tracts_2010, new, {}),
        (tracts_2010, recoded(new, city), {"vintage": "county-2020"}),
    ]
    for shapes, rows, options in wrong:
        with pytest.raises(InputError, match=r"cannot be joined on .*via_crosswalk=True"):
            join_figures(shapes, rows, **options)


@pytest.mark.parametrize("city", CITIES)
def test_every_right_pair_keeps_every_figure(city: str):
    old, new = store_rows("2014-2018", city), store_rows("2019-2023", city)
    for shapes, rows, options in [
        (layer("tracts_2010", city), old, {}),
        (layer("tracts", city), new, {}),
        (
            layer("tracts", city),
            recoded(new, city),
            {"vintage": "county-2020", "via_crosswalk": True},
        ),
        (
            layer("tracts", city),
            recoded(new, city),
            {"vintage": "county-2020", "on": "tract_fips_2020"},
        ),
    ]:
        joined = join_figures(shapes, rows, **options)
        assert sorted(joined["estimate"].dropna()) == sorted(rows["estimate"].dropna())
        assert joined.attrs["moved"] == []


@pytest.mark.parametrize("city", CITIES)
def test_through_the_crosswalk_no_child_is_lost(city: str):
    old = store_rows("2014-2018", city)
    joined = join_figures(layer("tracts", city), old, via_crosswalk=True)
    for count in ("numerator", "denominator"):
        assert joined[count].sum() == pytest.approx(old[count].sum(), rel=1e-3)


def test_neighborhoods_join_by_their_id():
    rows = STORE[
        (STORE["indicator"] == "child_poverty")
        & (STORE["geo_level"] == "neighborhood")
        & (STORE["period"] == "2019-2023")
        & STORE["geo_id"].str.startswith("stamford")
    ]
    joined = join_figures(layer("neighborhoods", "stamford"), rows)
    assert list(joined["geo_id"]) == list(layer("neighborhoods", "stamford")["geo_id"])
    assert joined["estimate"].notna().all()
    assert set(joined["quality"]) <= {"strong", "use_with_care", "too_weak"}


def test_lost_leading_zeros_are_found_out(two_tracts, figures):
    with pytest.raises(InputError, match="with the leading zero"):
        join_figures(two_tracts, figures.assign(geo_id=["9190042600", "9190042500"]))


def test_all_that_is_wrong_with_the_selection_is_said_at_once(two_tracts, figures):
    town = figures[:1].assign(geo_level="town", geo_id="0900156060")
    other = figures.assign(period="2014-2018", group="black")
    with pytest.raises(InputError) as raised:
        join_figures(two_tracts, pd.concat([figures, other, town]))
    text = str(raised.value)
    for part in ("another level", "2014-2018, 2019-2023", "all, black", "stands twice"):
        assert part in text


def test_a_not_applicable_tract_keeps_its_reason(two_tracts, figures):
    values = ["estimate", "numerator", "denominator", "moe90"]
    figures.loc[0, "status"] = "not_applicable"
    figures.loc[0, values] = None
    joined = join_figures(two_tracts, figures)
    assert joined["status"].tolist() == ["published", "not_applicable"]
    assert joined["quality"].tolist() == ["too_weak", ""]


def test_a_layer_without_both_codes_is_refused(two_tracts, figures):
    bare = two_tracts.drop(columns=["tract_fips_2020", "town_fips_2020"])
    with pytest.raises(InputError, match="neither tract nor town codes"):
        join_figures(bare, figures)


def test_an_unknown_code_column_is_refused(two_tracts, figures):
    with pytest.raises(InputError, match=r"'geoid'.*tract_fips_2020, tract_fips_2022"):
        join_figures(two_tracts, figures, on="geoid")


def test_the_inputs_are_left_alone(two_tracts, figures):
    layer_before, figures_before = two_tracts.copy(), figures.copy()
    join_figures(two_tracts, figures)
    pd.testing.assert_frame_equal(two_tracts, layer_before)
    pd.testing.assert_frame_equal(figures, figures_before)
