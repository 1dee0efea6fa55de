"""Only figures that passed the gate are found, by place, group and time."""

import pandas as pd
import pytest

from c2c_lib.catalog import Catalog
from c2c_lib.findings import Figures
from c2c_lib.observations import load_observations
from c2c_lib.privacy import Rules
from c2c_lib.reporting.cards import site_figures


@pytest.fixture(scope="module")
def store(project_root) -> pd.DataFrame:
    return load_observations(project_root / "src" / "c2c_lib" / "observations" / "data")


@pytest.fixture(scope="module")
def figures() -> Figures:
    return site_figures(Rules())


def test_a_table_that_has_not_passed_the_gate_is_not_taken(store: pd.DataFrame, catalog: Catalog):
    with pytest.raises(AttributeError):
        Figures(store, catalog)  # type: ignore[arg-type]


def test_a_series_is_one_group_in_the_order_of_time(figures: Figures, catalog: Catalog):
    series = figures.series(
        catalog.indicator("graduation_4yr"), "bridgeport", "race_ethnicity", "black"
    )
    labels = [observation.period.label for observation in series]
    assert labels == sorted(labels)
    assert {(o.place, o.group) for o in series} == {("bridgeport", "black")}
    (class_of_2019,) = [o for o in series if o.period.label == "2018-19"]
    assert class_of_2019.value == 0.768  # EdSight: 450 of 586, 76.8


def test_the_state_is_found_for_indicators_of_every_level(figures: Figures, catalog: Catalog):
    for name, level in [("graduation_4yr", "district"), ("infant_mortality", "town")]:
        assert catalog.indicator(name).level == level
        found = figures.series(catalog.indicator(name), "connecticut")
        assert {o.geo_level for o in found} == {"state"}


def test_a_place_without_figures_has_an_empty_series(figures: Figures, catalog: Catalog):
    graduation = catalog.indicator("graduation_4yr")
    assert figures.series(graduation, "greenwich") == ()
    assert figures.rows(graduation, "greenwich") == ()
    assert figures.series(graduation, "norwalk", "gender", "no such group") == ()


def test_rows_hold_every_group_and_period_of_a_place(
    store: pd.DataFrame, figures: Figures, catalog: Catalog
):
    found = figures.rows(catalog.indicator("suspension"), "waterbury")
    here = (store["indicator"] == "suspension") & (store["geo_id"] == "1510011")
    assert len(found) == int(here.sum())


def test_tracts_of_a_town_are_found_in_one_period(figures: Figures, catalog: Catalog):
    found = figures.tracts(catalog.indicator("child_poverty"), "0900156060")
    inside = {p.place for p in catalog.places if p.parent == "0900156060"}
    assert len(found) == len({o.place for o in found})
    assert {o.place for o in found} <= inside
    assert {o.period.label for o in found} == {"2019-2023"}
    assert figures.tracts(catalog.indicator("graduation_4yr"), "0900156060") == ()
