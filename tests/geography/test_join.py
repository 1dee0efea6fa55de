"""Joins: right rows, the vintage guard, and no loss in silence."""

import geopandas as gpd
import pandas as pd
import pytest

from c2c_lib.errors import InputError
from c2c_lib.geography import join_figures


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
        join_figures(two_tracts, old_figures)
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
    joined = join_figures(two_tracts, old_figures, **options)
    assert joined["estimate"].tolist() == [0.1, 0.4]


def test_two_systems_in_one_table_join_only_through_the_crosswalk(two_tracts, figures):
    mixed = figures.assign(geo_id=["09001042600", "09190042500"])
    with pytest.raises(InputError, match="got '09001042600'"):
        join_figures(two_tracts, mixed)
    joined = join_figures(two_tracts, mixed, via_crosswalk=True)
    assert joined["estimate"].tolist() == [0.1, 0.4]


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
    # 09001021800 was split in 2020: the code looks right and is not in the layer.
    old = old_figures.assign(geo_id=["09001042500", "09001021800"])
    with pytest.raises(InputError, match=r"got '09001021800'.*Codes of 2010 tracts"):
        join_figures(two_tracts, old, on="tract_fips_2020")


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
