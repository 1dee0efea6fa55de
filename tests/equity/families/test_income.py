"""Incomes through the one call: setting by setting what the functions say."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import income_inequality as room
from c2c_lib.equity import measure

DRAWN = np.random.default_rng(5)
PLACES = {"a": np.exp(DRAWN.normal(10, 0.6, 60)), "b": np.exp(DRAWN.normal(11, 0.3, 45))}


def households() -> pd.DataFrame:
    return pd.concat(
        [
            pd.DataFrame({"geo_id": place, "income": values, "weight": 1.0 + (values > 30_000)})
            for place, values in PLACES.items()
        ]
    ).sample(frac=1, random_state=1)


def test_every_place_is_what_the_function_says_of_it() -> None:
    frame = households()
    found = measure(frame, ["income_gini", "income_palma"], draws=60)
    for place in PLACES:
        rows = frame[frame["geo_id"] == place]
        expected = room.income_inequality(
            rows["income"], rows["weight"], ["gini", "palma"], draws=60
        )
        mine = found[found["geo_id"] == place]
        for column in ("estimate", "standard_error", "lower", "upper"):
            np.testing.assert_allclose(mine[column], expected[column].astype(float))
        assert mine["children"].tolist() == [rows["weight"].sum()] * 2


def test_bins_are_read_where_there_are_no_incomes() -> None:
    bins = {"lower": [1, 20, 40, 80], "upper": [20, 40, 80, np.inf], "count": [300, 400, 250, 50]}
    expected = room.binned_income_inequality(*bins.values(), ["gini"], draws=50)
    frame = pd.concat([pd.DataFrame(bins).assign(geo_id=place) for place in "ab"])
    found = measure(frame.sample(frac=1, random_state=3), "income_gini", draws=50)
    assert found["estimate"].tolist() == pytest.approx([expected.loc[0, "estimate"]] * 2)
    assert found["upper"].iloc[0] == pytest.approx(expected.loc[0, "upper"])


def test_the_parts_of_theil_add_up() -> None:
    frame = households().reset_index(drop=True)
    frame["group"] = np.where(np.arange(len(frame)) % 3 == 0, "rent", "own")
    found = measure(frame, ["income_theil_between", "income_theil_within"], by=[])
    whole = measure(frame, "income_theil", by=[], draws=10)
    assert found["estimate"].sum() == pytest.approx(whole["estimate"].iloc[0])


def test_nobody_has_an_income() -> None:
    found = measure({"income": [0.0] * 40}, "income_gini", draws=10)
    assert found["status"].tolist() == ["not_available"]
    assert found["reason"].tolist() == ["no_income"]
    few = measure({"income": [1.0, 2, 3]}, "income_gini", draws=10)
    assert few["reason"].tolist() == ["too_few"]
