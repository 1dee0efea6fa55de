"""One row of the table as an object that gives no number where there is none."""

import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog, parse_period
from c2c_lib.observations.observation import Observation, observations_of


@pytest.fixture
def observations(table: pd.DataFrame) -> list[Observation]:
    slugs = {(p.geo_level, p.geo_id): p.place for p in load_catalog().places}
    return observations_of(table, slugs)


def test_rows_become_objects_in_their_order(table: pd.DataFrame, observations: list[Observation]):
    assert [o.indicator for o in observations] == list(table["indicator"])
    assert {o.place for o in observations} == {"norwalk"}
    assert [o.period for o in observations] == [parse_period(p) for p in table["period"]]


def test_a_shown_figure_has_its_value_and_its_counts(observations: list[Observation]):
    (found,) = [o for o in observations if o.denominator == 861]
    assert found.shown
    assert (found.value, found.numerator, found.moe90) == (0.904, 778, None)


def test_a_hidden_figure_has_no_number_and_says_why(observations: list[Observation]):
    (hidden,) = [o for o in observations if o.status == "suppressed_by_source"]
    assert not hidden.shown
    assert (hidden.estimate, hidden.numerator, hidden.denominator, hidden.moe90) == (None,) * 4
    with pytest.raises(ValueError, match=r"race_ethnicity/asian .*'suppressed_by_source'"):
        _ = hidden.value


def test_a_figure_that_is_too_weak_is_not_shown(observations: list[Observation]):
    (weak,) = [o for o in observations if o.status == "too_weak"]
    assert weak.estimate == 0.9
    assert not weak.shown
    with pytest.raises(ValueError, match="too_weak"):
        _ = weak.value


def test_the_key_names_one_figure(observations: list[Observation]):
    keys = [o.key for o in observations]
    assert len(set(keys)) == len(keys)
    assert "graduation_4yr/norwalk/2018-19/race_ethnicity/asian" in keys
