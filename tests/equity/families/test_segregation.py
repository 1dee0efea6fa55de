"""Segregation through the one call: settings, groups, hidden schools, and the functions behind."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.equity import measure
from c2c_lib.equity.segregation import (
    effective_numbers,
    exposure,
    local_segregation,
    multigroup_segregation,
    two_group_segregation,
)
from c2c_lib.errors import InputError

COUNTS = {
    "2023-24": np.array([[120, 200, 30], [40, 310, 12], [25, 90, 260], [90, 60, 44]], dtype=float),
    "2024-25": np.array([[80, 90, 30], [70, 110, 25], [75, 90, 40], [60, 60, 44]], dtype=float),
}
GROUPS = ("black", "hispanic", "white")


def schools() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "indicator": "enrollment",
                "geo_level": "school",
                "geo_id": f"s{school}",
                "period": period,
                "dimension": "race_ethnicity",
                "group": group,
                "estimate": counts[school, column],
            }
            for period, counts in COUNTS.items()
            for school in range(4)
            for column, group in enumerate(GROUPS)
        ]
    )


def test_every_setting_is_what_the_function_says_of_it() -> None:
    names = ["segregation_dissimilarity", "segregation_isolation"]
    found = measure(schools(), names, groups=["black", "white"], draws=100)
    assert found["period"].tolist() == ["2023-24", "2024-25"] * 2
    for period, counts in COUNTS.items():
        expected = two_group_segregation(
            counts[:, 0], counts[:, 2], ["dissimilarity", "isolation"], draws=100
        )
        rows = found[found["period"] == period]
        for column in ("estimate", "standard_error", "lower", "upper", "children"):
            np.testing.assert_allclose(rows[column], expected[column].astype(float))
        assert rows["groups"].tolist() == [4, 4]


def test_many_groups_and_their_order() -> None:
    name = "segregation_information_theory"
    found = measure(schools().sample(frac=1, random_state=4), name, draws=100, generator=7)
    expected = measure(schools(), name, draws=100, generator=7)
    columns = ["period", "estimate", "lower", "upper"]
    left, right = (f.sort_values("period", ignore_index=True)[columns] for f in (found, expected))
    assert left["estimate"].tolist() == pytest.approx(right["estimate"].tolist())
    direct = multigroup_segregation(COUNTS["2023-24"], ["information_theory"], draws=100, seed=7)
    assert right.loc[0, "lower"] == pytest.approx(direct.loc[0, "lower"])


def test_one_group_is_compared_with_all_others() -> None:
    frame = schools()
    total = frame.groupby(["period", "geo_id"], as_index=False)["estimate"].sum()
    everyone = total.assign(
        indicator="enrollment", geo_level="school", dimension="all", group="all"
    )
    found = measure(
        pd.concat([frame, everyone]), "segregation_dissimilarity", groups="black", draws=100
    )
    counts = COUNTS["2024-25"]
    expected = two_group_segregation(
        counts[:, 0], counts[:, 1:].sum(axis=1), ["dissimilarity"], draws=100
    )
    assert found["estimate"].iloc[1] == pytest.approx(expected.loc[0, "estimate"])


def test_a_school_with_a_hidden_count_is_left_out_and_counted() -> None:
    frame = schools()
    frame.loc[(frame["geo_id"] == "s2") & (frame["group"] == "white"), "estimate"] = np.nan
    found = measure(frame, "segregation_dissimilarity", groups=["black", "white"], draws=100)
    assert found["hidden"].tolist() == [1, 1]
    assert found["groups"].tolist() == [3, 3]
    assert set(found["reason"]) == {"some_units_hidden"}
    rest = COUNTS["2023-24"][[0, 1, 3]]
    expected = two_group_segregation(rest[:, 0], rest[:, 2], ["dissimilarity"], draws=100)
    assert found["estimate"].iloc[0] == pytest.approx(expected.loc[0, "estimate"])


def test_exposure_and_local_name_whom_they_are_about() -> None:
    frame = schools()
    met = measure(frame, "segregation_exposure")
    one = met[(met["period"] == "2023-24") & (met["group"] == "black")]
    expected = exposure(COUNTS["2023-24"])[0]
    assert dict(zip(one["against"], one["estimate"], strict=True)) == pytest.approx(
        dict(zip(GROUPS, expected, strict=True))
    )
    local = measure(frame, "segregation_local")
    assert local.loc[local["period"] == "2024-25", "estimate"].tolist() == pytest.approx(
        local_segregation(COUNTS["2024-25"]).tolist()
    )
    assert local["geo_id"].tolist() == ["s0", "s1", "s2", "s3"] * 2


def test_tracts_of_a_survey() -> None:
    frame = pd.DataFrame(
        {"geo_id": ["x", "y"], "estimate": [0.5, 0.2], "moe90": 0.0823, "denominator": [1000, 500]}
    )
    found = measure(frame, "segregation_effective_numbers")
    expected = effective_numbers([0.5, 0.2], [0.0823, 0.0823], [1000, 500])
    assert found["estimate"].tolist() == pytest.approx(expected.tolist())


def test_places_without_a_group_have_no_index_but_a_reason() -> None:
    frame = schools()
    frame.loc[frame["group"] == "white", "estimate"] = 0.0
    found = measure(frame, "segregation_dissimilarity", groups=["black", "white"], draws=100)
    assert found["status"].tolist() == ["not_available"] * 2
    assert set(found["reason"]) == {"empty_group"}
    gone = schools().query("group != 'white' or period == '2023-24'")
    found = measure(gone, "segregation_dissimilarity", groups=["black", "white"], draws=100)
    assert found["status"].tolist() == ["estimated", "not_available"]


def test_what_cannot_be_compared_is_said() -> None:
    with pytest.raises(InputError, match="are more than two"):
        measure(schools(), "segregation_gini")
    with pytest.raises(InputError, match="no rows of all children"):
        measure(schools(), "segregation_gini", groups="black")
    with pytest.raises(InputError, match="stands in no row: got 'purple'"):
        measure(schools(), "segregation_gini", groups=["black", "purple"])
    several = pd.concat([schools(), schools().assign(dimension="gender", group="female")])
    with pytest.raises(InputError, match="groups of several dimensions"):
        measure(several, "segregation_diversity")
    with pytest.raises(InputError, match="a group of a school twice"):
        measure(pd.concat([schools(), schools()]), "segregation_gini", groups=["black", "white"])
