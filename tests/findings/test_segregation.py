"""How unevenly children are spread, on made-up schools and tracts with hand arithmetic."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.catalog import load_catalog
from c2c_lib.findings.segregation import Spread, spreads_of
from c2c_lib.observations import sort_observations
from c2c_lib.params import load_city
from c2c_lib.privacy import Rules, publishable

CATALOG = load_catalog()
CITY = load_city("stamford")
SCHOOLS = [p.geo_id for p in CATALOG.places if p.parent == CITY.places.district][:4]
TRACTS = [
    p.geo_id
    for p in CATALOG.places
    if p.geo_level == "tract" and p.parent == CITY.places.town and p.geo_id.startswith("09190")
][:4]


def cell(level: str, code: str, indicator: str, group: str, counts, **more) -> dict:
    x, n = counts if isinstance(counts, tuple) else (counts, np.nan)
    hidden = isinstance(counts, str)
    return {
        "indicator": indicator,
        "geo_level": level,
        "geo_id": code,
        "period": "2016-17",
        "period_end": 2017,
        "dimension": "all" if group == "all" else "race_ethnicity",
        "group": group,
        "estimate": np.nan if hidden else (x if np.isnan(n) else x / n),
        "numerator": np.nan if hidden else x,
        "denominator": np.nan if hidden else n,
        "moe90": np.nan,
        "status": counts if hidden else "published",
        "source": "edsight_enrollment_schools",
        "note": "",
    } | more


def spread(rows: list[dict], across: str, indicator: str, group: str = "all") -> Spread:
    table = publishable(sort_observations(pd.DataFrame(rows)), Rules(), CATALOG)
    found = [
        s
        for s in spreads_of(CITY, table, CATALOG)
        if (s.across, s.indicator, s.group) == (across, indicator, group)
    ]
    assert len(found) == 1
    return found[0]


def schools(hispanic: list, total: int) -> list[dict]:
    rows = [cell("school", c, "enrollment", "all", 100.0) for c in SCHOOLS]
    rows += [
        cell("school", c, "enrollment", "hispanic", x)
        for c, x in zip(SCHOOLS, hispanic, strict=True)
    ]
    district = {"source": "ctdata_enrollment"}
    code = CITY.places.district
    rows.append(cell("district", code, "enrollment", "all", 400.0, **district))
    rows.append(cell("district", code, "enrollment", "hispanic", float(total), **district))
    return rows


def test_dissimilarity_over_schools_is_that_of_hand_arithmetic():
    # 80, 20, 50 and 50 of 100 each: half of |.4-.1| + |.1-.4| + |.25-.25| + |.25-.25| is .3.
    found = spread(schools([80.0, 20.0, 50.0, 50.0], 200), "school", "enrollment", "hispanic")
    assert found.estimate == pytest.approx(0.3)
    assert found.lower < found.corrected <= found.estimate < found.upper
    assert found.more_than_chance
    assert (found.units, found.left_out, found.period) == (4, 0, "2016-17")


def test_even_schools_are_no_more_than_chance():
    found = spread(schools([48.0, 52.0, 50.0, 50.0], 200), "school", "enrollment", "hispanic")
    assert found.reported
    assert found.lower == 0
    assert not found.more_than_chance


def test_nothing_is_said_where_too_much_is_hidden():
    hidden = ["suppressed_by_source", 20.0, 50.0, 50.0]
    found = spread(schools(hidden, 200), "school", "enrollment", "hispanic")
    assert (found.reported, found.units, found.left_out) == (False, 3, 1)
    assert np.isnan(found.corrected)


def tracts(poor: list[tuple[float, float]], moe: float) -> list[dict]:
    survey = {"period": "2019-2023", "period_end": 2023, "source": "acs_tracts"}
    rows = []
    for code, (x, n) in zip(TRACTS, poor, strict=True):
        rows.append(cell("tract", code, "child_low_income", "all", (x, n), moe90=moe, **survey))
        people = (n, 4 * n)
        rows.append(cell("tract", code, "children_under_18", "all", people, moe90=0.02, **survey))
    return rows


def test_wide_margins_of_a_survey_make_the_same_figures_mean_less():
    poor = [(300.0, 1000.0), (400.0, 1000.0), (300.0, 1000.0), (400.0, 1000.0)]
    sure, unsure = (spread(tracts(poor, moe), "tract", "child_low_income") for moe in (0.01, 0.15))
    # Half of 2 (|3/14 - 7/26| + |4/14 - 6/26|) is 20/182.
    assert sure.estimate == unsure.estimate == pytest.approx(20 / 182)
    assert sure.more_than_chance
    assert not unsure.more_than_chance
    assert unsure.corrected < sure.corrected
