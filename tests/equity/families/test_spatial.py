"""Maps through the one call: every area in its place, every setting by itself."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import eb_standardised_rates, measure, smooth_rates, spatial
from c2c_lib.errors import InputError

IDS = [f"t{n:02}" for n in range(12)]
NEAR = spatial.Neighbours.from_pairs(pairwise(IDS), IDS)
VALUES = {
    "2023": np.array([9, 9, 8, 9, 1, 2, 1, 2, 1, 1, 2, 1], dtype=float),
    "2024": np.array([9, 1, 8, 1, 7, 2, 8, 2, 9, 1, 7, 1], dtype=float),
}
EVENTS = np.array([9, 3, 70, 0, 8, 44, 5, 2, 31, 12, 6, 9], dtype=float)
PEOPLE = np.array([410, 95, 1210, 60, 300, 505, 200, 80, 700, 420, 150, 330], dtype=float)


def tracts() -> pd.DataFrame:
    frame = pd.concat(
        [
            pd.DataFrame({"geo_id": IDS, "period": period, "estimate": values})
            for period, values in VALUES.items()
        ]
    ).assign(numerator=np.tile(EVENTS, 2), denominator=np.tile(PEOPLE, 2))
    return frame.sample(frac=1, random_state=2).reset_index(drop=True)


def test_a_map_has_one_row_and_a_verdict() -> None:
    found = measure(tracts(), "moran", neighbours=NEAR).set_index("period")
    for period, values in VALUES.items():
        expected = spatial.moran(values, NEAR)
        assert found.loc[period, "estimate"] == pytest.approx(expected.estimate)
        assert found.loc[period, "standard_error"] == pytest.approx(np.sqrt(expected.variance))
    assert found["verdict"].to_dict() == {"2023": "alike", "2024": "unlike"}
    surer = measure(tracts(), "moran", neighbours=NEAR, level=1 - 1e-9)
    assert set(surer["verdict"]) == {"no_pattern"}


def test_every_area_has_its_own_statistic_whatever_the_order_of_rows() -> None:
    frame = tracts()
    found = measure(frame, ["local_moran", "gi_star", "gi"], neighbours=NEAR, draws=199)
    for period, values in VALUES.items():
        rows = found[found["period"] == period].set_index("geo_id")
        local = spatial.local_moran(values, NEAR, permutations=199)
        expected = {
            "local_moran": local.estimate,
            "gi_star": spatial.getis_ord(values, NEAR).z,
            "gi": spatial.getis_ord(values, NEAR, own=False).z,
        }
        for name, numbers in expected.items():
            mine = rows[rows["measure"] == name]
            np.testing.assert_allclose(mine.loc[IDS, "estimate"], numbers)
        mine = rows[rows["measure"] == "local_moran"]
        assert mine.loc[IDS, "verdict"].tolist() == local.cluster.tolist()


def test_rates() -> None:
    names = ["local_smoothed_rate", "standardised_rate", "moran_of_rates"]
    found = measure(tracts(), names, neighbours=NEAR, draws=99)
    one = found[found["period"] == "2023"].set_index(["measure", "geo_id"])["estimate"]
    expected = smooth_rates(EVENTS, PEOPLE, neighbours=NEAR.links.toarray()).smoothed
    np.testing.assert_allclose(one["local_smoothed_rate"][IDS], expected)
    expected = eb_standardised_rates(EVENTS, PEOPLE)
    np.testing.assert_allclose(one["standardised_rate"][IDS], expected)
    alone = measure(tracts(), "standardised_rate")  # needs no neighbours
    np.testing.assert_allclose(
        alone[alone["period"] == "2023"].set_index("geo_id").loc[IDS, "estimate"], expected
    )


def test_hidden_areas_and_islands_say_why() -> None:
    frame = tracts()
    frame.loc[frame["geo_id"] == "t01", "estimate"] = np.nan
    found = measure(frame, "local_moran", neighbours=NEAR, draws=99)
    words = found[found["period"] == "2023"].set_index("geo_id")
    assert words.loc["t01", ["status", "reason"]].tolist() == ["not_available", "no_figure"]
    assert words.loc["t00", "reason"] == "island"
    left_out = measure(frame, "moran", neighbours=NEAR)
    assert left_out["groups"].tolist() == [10, 10]
    assert left_out["hidden"].tolist() == [2, 2]


def test_false_discovery_within_each_setting() -> None:
    tests = pd.DataFrame(
        {"period": ["a"] * 4 + ["b"] * 2, "p_value": [0.001, 0.02, 0.03, 0.4, 0.01, 0.04]}
    )
    found = measure(tests, "false_discovery")
    expected = [*spatial.false_discovery([0.001, 0.02, 0.03, 0.4]), 0.02, 0.04]
    assert found["estimate"].tolist() == pytest.approx(expected)


def test_areas_without_neighbours_are_refused() -> None:
    with pytest.raises(InputError, match="needs neighbours=: got 'moran'"):
        measure(tracts(), "moran")
    with pytest.raises(InputError, match="are no Neighbours"):
        measure(tracts(), "moran", neighbours=[(1, 2)])
    few = spatial.Neighbours.from_pairs([("t00", "t01")], ["t00", "t01"])
    with pytest.raises(InputError, match="is not among the areas with neighbours"):
        measure(tracts(), "moran", neighbours=few)
