"""Sums of parts with their margins, by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError
from c2c_lib.geography.aggregate import aggregate
from support.examples import at_most

CATALOG = load_catalog()


def table(**columns) -> pd.DataFrame:
    plain = {
        "indicator": "child_poverty",
        "geo_level": "tract",
        "period": "2019-2023",
        "period_end": 2023,
        "dimension": "all",
        "group": "all",
        "estimate": np.nan,
        "numerator": np.nan,
        "denominator": np.nan,
        "moe90": np.nan,
        "status": "published",
        "source": "acs_tracts",
        "note": "",
    }
    return pd.DataFrame({**columns, **{k: v for k, v in plain.items() if k not in columns}})


def two(**columns) -> pd.DataFrame:
    values = {
        "geo_id": ["a", "b"],
        "estimate": [0.3, 0.1],
        "numerator": [30.0, 20.0],
        "denominator": [100.0, 200.0],
        "moe90": [0.1, 0.05],
    }
    return table(**{**values, **columns})


HALF_OF_B = pd.DataFrame(
    {
        "source": ["a", "b", "b"],
        "target": ["t", "t", "u"],
        "of_source": [1.0, 0.5, 0.5],
        "of_target": [0.6, 0.4, 1.0],
    }
)


def run(frame: pd.DataFrame, **options) -> pd.DataFrame:
    made = aggregate(frame, HALF_OF_B, CATALOG, level="neighborhood", note="N.", **options)
    return made.set_index("geo_id")


@pytest.mark.parametrize(
    ("part_margin", "of_b"), [("share", 0.5), ("root", math.sqrt(0.5)), ("whole", 1.0)]
)
def test_a_sum_by_hand(part_margin: str, of_b: float):
    found = run(two(), part_margin=part_margin)
    t, u = found.loc["t"], found.loc["u"]
    assert (t["numerator"], t["denominator"], t["estimate"]) == (40.0, 200.0, 0.2)
    assert t["moe90"] == pytest.approx(math.hypot(100 * 0.1, of_b * 200 * 0.05) / 200)
    assert (u["numerator"], u["denominator"], u["estimate"]) == (10.0, 100.0, 0.1)
    assert u["moe90"] == pytest.approx(of_b * 200 * 0.05 / 100)
    assert (found["note"] == "N.").all()
    assert (found["period_end"] == 2023).all()


def test_margins_of_counts_give_the_margin_of_a_proportion():
    frame = two(numerator_moe=[12.0, 9.0], denominator_moe=[30.0, 40.0])
    t = run(frame, part_margin="whole").loc["t"]
    assert t["numerator_moe"] == pytest.approx(15.0)  # hypot(12, 9)
    assert t["denominator_moe"] == pytest.approx(50.0)
    assert t["moe90"] == pytest.approx(math.sqrt(15**2 - 0.2**2 * 50**2) / 200)


def test_of_zero_estimates_the_largest_margin_counts_once():
    frame = two(
        estimate=[0.0, 0.0],
        numerator=[0.0, 0.0],
        numerator_moe=[12.0, 9.0],
        denominator_moe=[30.0, 40.0],
    )
    assert run(frame, part_margin="whole").loc["t", "numerator_moe"] == pytest.approx(12.0)


def test_what_is_hidden_stays_hidden():
    frame = two(status=["suppressed_small", "published"])
    frame.loc[0, ["estimate", "numerator", "denominator", "moe90"]] = np.nan
    found = run(frame)
    assert found.loc["t", "status"] == "suppressed_small"
    assert found.loc["t", ["estimate", "numerator", "denominator", "moe90"]].isna().all()
    assert found.loc["u", "status"] == "published"


def test_nobody_counts_as_nobody():
    frame = two(status=["not_applicable", "published"])
    frame.loc[0, ["estimate", "numerator", "denominator", "moe90"]] = np.nan
    assert run(frame).loc["t", ["numerator", "denominator"]].tolist() == [10.0, 100.0]


def test_a_rate_without_counts_is_weighed_by_the_target():
    frame = two(
        indicator="adults_asthma", numerator=[np.nan] * 2, denominator=[np.nan] * 2, moe90=np.nan
    )
    found = run(frame)
    assert found.loc["t", "estimate"] == pytest.approx(0.6 * 0.3 + 0.4 * 0.1)
    assert math.isnan(found.loc["t", "moe90"])


def test_a_median_is_not_made_of_medians():
    frame = two(
        indicator="median_household_income",
        estimate=[50_000.0, 70_000.0],
        numerator=np.nan,
        denominator=np.nan,
        moe90=[1000.0, 1000.0],
    )
    found = run(frame)
    assert found["status"].tolist() == ["not_collected"] * 2
    assert found["estimate"].isna().all()
    whole = pd.DataFrame(
        {"source": ["a", "b"], "target": ["t", "u"], "of_source": 1.0, "of_target": 1.0}
    )
    same = aggregate(frame, whole, CATALOG, level="tract", note="N.")
    assert same["estimate"].tolist() == [50_000.0, 70_000.0]
    assert same["note"].tolist() == ["", ""]


def test_a_missing_margin_is_not_zero():
    frame = two(moe90=[np.nan, 0.05])
    found = run(frame)
    assert math.isnan(found.loc["t", "moe90"])
    assert not math.isnan(found.loc["u", "moe90"])


def test_periods_and_groups_do_not_mix():
    later = two(period="2014-2018", period_end=2018, numerator=[10.0, 10.0], estimate=[0.1, 0.05])
    found = aggregate(pd.concat([two(), later]), HALF_OF_B, CATALOG, level="tract", note="N.")
    assert found.set_index(["period", "geo_id"]).loc[("2014-2018", "t"), "numerator"] == 15.0
    assert len(found) == 4


def test_places_outside_the_pieces_and_doubles_are_named():
    with pytest.raises(InputError) as raised:
        run(pd.concat([two(), two(geo_id=["a", "c"])]))
    text = str(raised.value)
    assert "'c'" in text
    assert "child_poverty/tract/a/2019-2023/all/all" in text


counts = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=2, max_size=2)


@settings(max_examples=at_most(10))
@given(counts, st.floats(0.01, 0.99))
def test_nobody_is_lost_or_made(pairs, share: float):
    numerator = [float(min(pair)) for pair in pairs]
    denominator = [float(max(pair)) for pair in pairs]
    frame = two(
        numerator=numerator,
        denominator=denominator,
        estimate=[n / d for n, d in zip(numerator, denominator, strict=True)],
    )
    pieces = HALF_OF_B.assign(of_source=[1.0, share, 1 - share])
    found = aggregate(frame, pieces, CATALOG, level="tract", note="N.")
    assert found["numerator"].sum() == pytest.approx(sum(numerator))
    assert found["denominator"].sum() == pytest.approx(sum(denominator))
    assert found["estimate"].between(0, 1).all()
