"""Groups of tracts: reliable, contiguous, as many as can be, and always the same."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.errors import InputError
from c2c_lib.geography import join_figures, layer, merge_until_reliable, tract_quality
from c2c_lib.geography.adjacency import adjacency
from c2c_lib.observations import load_observations
from support.examples import at_most

STORE = load_observations()


def city_tracts(city: str) -> gpd.GeoDataFrame:
    rows = STORE[
        (STORE["indicator"] == "child_poverty")
        & (STORE["geo_level"] == "tract")
        & (STORE["period"] == "2019-2023")
    ]
    joined = join_figures(layer("tracts"), rows)
    return joined[joined["town"] == city].reset_index(drop=True)


def row_of_squares(shares, children, margins, status="published") -> gpd.GeoDataFrame:
    shares, children = np.asarray(shares, float), np.asarray(children, float)
    return gpd.GeoDataFrame(
        {
            "estimate": shares,
            "numerator": shares * children,
            "denominator": children,
            "moe90": margins,
            "status": status,
        },
        geometry=[shapely.box(100 * i, 0, 100 * i + 100, 100) for i in range(len(shares))],
        crs=2234,
    )


def contiguous(tracts: gpd.GeoDataFrame, members) -> bool:
    linked = adjacency(tracts).linked
    seen, waiting = set(), [members[0]]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += [n for n in members if linked[here, n]]
    return seen == set(members)


def test_stamford_child_poverty_becomes_reliable():
    tracts = city_tracts("stamford")
    # 22 with a coefficient of variation over 40 %, and 6 with an estimate of 0.
    assert (tracts["quality"] == "too_weak").sum() == 28
    groups = merge_until_reliable(tracts)
    assert set(groups["quality"]) <= {"strong", "use_with_care"}
    assert 7 <= len(groups) <= 12
    assert sorted(i for members in groups["members"] for i in members) == list(range(33))
    assert all(contiguous(tracts, members) for members in groups["members"])
    assert groups["numerator"].sum() == pytest.approx(tracts["numerator"].sum())
    assert groups["denominator"].sum() == pytest.approx(tracts["denominator"].sum())
    # The groups keep most of the difference between tracts.
    assert groups.attrs["kept"] > 0.7


@pytest.mark.parametrize(("city", "weak"), [("bridgeport", 16), ("norwalk", 16), ("waterbury", 9)])
def test_every_city_comes_out_reliable(city: str, weak: int):
    tracts = city_tracts(city)
    assert (tracts["quality"] == "too_weak").sum() == weak
    groups = merge_until_reliable(tracts)
    assert "too_weak" not in set(groups["quality"])
    assert len(tracts) - weak - 2 <= len(groups) < len(tracts)
    assert groups.geometry.is_valid.all()
    assert shapely.coverage_is_valid(groups.geometry.to_numpy())


def test_the_same_tracts_give_the_same_groups():
    tracts = city_tracts("norwalk")
    first, second = merge_until_reliable(tracts), merge_until_reliable(tracts.copy())
    assert first["members"].tolist() == second["members"].tolist()


def test_the_margin_of_a_group_by_hand():
    # 40 % of 100 (± 30 points) and 20 % of 100 (± 40): weak and weak, together 30 %.
    groups = merge_until_reliable(row_of_squares([0.4, 0.2], [100, 100], [0.3, 0.4]))
    assert groups["members"].tolist() == [(0, 1)]
    assert groups["estimate"].item() == pytest.approx(0.3)
    assert groups["moe90"].item() == pytest.approx(np.hypot(30, 40) / 200)


def test_a_weak_tract_joins_the_neighbour_that_is_like_it():
    groups = merge_until_reliable(
        row_of_squares([0.5, 0.12, 0.1], [900, 100, 900], [0.04, 0.15, 0.03]), compactness=0
    )
    assert groups["members"].tolist() == [(0,), (1, 2)]


def test_reliable_tracts_are_left_alone():
    groups = merge_until_reliable(row_of_squares([0.5, 0.1], [900, 900], [0.04, 0.03]))
    assert groups["members"].tolist() == [(0,), (1,)]
    assert groups.attrs["kept"] == pytest.approx(1)


def test_a_city_that_cannot_be_reliable_is_one_group_and_says_so():
    groups = merge_until_reliable(row_of_squares([0.0, 0.1, 0.0], [50] * 3, [0.3, 0.4, 0.3]))
    assert groups["members"].tolist() == [(0, 1, 2)]
    assert groups["quality"].item() == "too_weak"


def test_an_island_joins_the_nearest_land():
    tracts = row_of_squares([0.3, 0.3, 0.2], [500, 500, 20], [0.05, 0.05, 0.3])
    tracts.loc[2, "geometry"] = shapely.box(250, 0, 300, 50)
    assert merge_until_reliable(tracts)["members"].tolist() == [(0,), (1, 2)]


def test_hidden_tracts_stay_by_themselves_and_empty_ones_go_with_a_neighbour():
    status = ["published", "suppressed_small", "not_applicable", "published"]
    tracts = row_of_squares([0.3, np.nan, np.nan, 0.4], [500, np.nan, np.nan, 500], 0.05, status)
    tracts["moe90"] = tracts["moe90"].where(tracts["estimate"].notna())
    groups = merge_until_reliable(tracts)
    assert groups["members"].tolist() == [(0,), (1,), (2, 3)]
    assert groups["status"].tolist() == ["published", "suppressed_small", "published"]
    assert np.isnan(groups["estimate"][1])


def test_a_share_without_its_counts_is_refused():
    tracts = row_of_squares([0.3, 0.4], [500, 500], 0.05)
    tracts["numerator"] = np.nan
    with pytest.raises(InputError, match=r"2 figures come without what merging needs.*numerator"):
        merge_until_reliable(tracts)
    with pytest.raises(InputError, match=r"a column is missing.*moe90"):
        merge_until_reliable(tracts.drop(columns="moe90"))


@pytest.mark.parametrize("options", [{"at_least": "good"}, {"compactness": 1.5}])
def test_options_out_of_range_are_refused(options):
    with pytest.raises(ValueError, match="expected to be"):
        merge_until_reliable(row_of_squares([0.3], [500], 0.05), **options)


tract = st.tuples(st.integers(0, 100), st.integers(1, 400), st.integers(1, 60))


@settings(max_examples=at_most(15))
@given(st.lists(tract, min_size=1, max_size=9))
def test_every_group_is_contiguous_and_reliable_or_all_there_is(rows):
    shares, children, margins = (list(column) for column in zip(*rows, strict=True))
    tracts = row_of_squares(np.array(shares) / 100, children, np.array(margins) / 100)
    groups = merge_until_reliable(tracts)
    assert sorted(i for members in groups["members"] for i in members) == list(range(len(rows)))
    assert all(contiguous(tracts, members) for members in groups["members"])
    if len(groups) > 1:
        assert "too_weak" not in set(groups["quality"])
    for row in groups.itertuples():
        assert row.quality == tract_quality(row.estimate, row.moe90)
    assert pd.Series(groups["region"]).tolist() == list(range(1, len(groups) + 1))
