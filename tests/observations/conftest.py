"""Small tables of observations to store and to spoil."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.observations import sort_observations


@pytest.fixture
def table() -> pd.DataFrame:
    """Six figures of four kinds: with counts, with a margin, hidden, of another unit."""
    nan = np.nan
    district, town = ("district", "1030011"), ("town", "0900156060")
    rows = [
        ("graduation_4yr", *district, "2017-18", 2018, "all", "all", 0.891, 770, 864, nan),
        ("graduation_4yr", *district, "2018-19", 2019, "all", "all", 0.904, 778, 861, nan),
        ("graduation_4yr", *district, "2018-19", 2019, "race_ethnicity", "asian", *(nan,) * 4),
        ("ela_performance_index", *district, "2023-24", 2024, "all", "all", 61.5, nan, nan, nan),
        ("child_poverty", *town, "2016-2020", 2020, "all", "all", 0.13, 2300, 17600, 0.022),
        ("employment_25_54", "city", "0955990", "2023", 2023, "gender", "male", 0.9, nan, nan, 0.2),
    ]
    names = ["indicator", "geo_level", "geo_id", "period", "period_end", "dimension", "group"]
    values = ["estimate", "numerator", "denominator", "moe90"]
    frame = pd.DataFrame(rows, columns=[*names, *values])
    statuses = ["published"] * 2 + ["suppressed_by_source"] + ["published"] * 2 + ["too_weak"]
    sources = [
        "edsight_graduation_4yr",
        "edsight_graduation_4yr",
        "edsight_graduation_4yr",
        "csde_accountability",
        "acs_poverty_by_race",
        "urban_employment",
    ]
    return sort_observations(frame.assign(status=statuses, source=sources, note=""))
