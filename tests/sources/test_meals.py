"""Two exports of meals side by side: nothing hidden follows from what is shown."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.sources.meals import hide_what_meals_give_away

GROUPS = ("free_or_reduced_meals", "not_eligible", "free_meals", "reduced_meals", "not_eligible")
STATUSES = st.sampled_from(["published", "suppressed_by_source"])


def rows(statuses: tuple[str, ...], indicator: str) -> pd.DataFrame:
    frame = pd.DataFrame({"group": GROUPS, "status": statuses})
    shown = frame["status"].eq("published")
    values = pd.Series(range(10, 15), dtype="float64").where(shown)
    return frame.assign(
        indicator=indicator,
        geo_level="district",
        geo_id="1030011",
        period="2015-16",
        dimension="economic_status",
        estimate=values / 20,
        numerator=values,
        denominator=20.0,
    )


@given(st.tuples(*[STATUSES] * 5), st.tuples(*[STATUSES] * 5))
def test_hidden_once_is_hidden_and_parts_are_hidden_together(first, second):
    before = pd.concat([rows(first, "a"), rows(second, "b")], ignore_index=True)
    after = hide_what_meals_give_away(before)
    key = ["indicator", "group"]
    hidden_before = set(before.loc[before["status"] != "published", key].itertuples(index=False))
    shown_after = set(after.loc[after["status"] == "published", key].itertuples(index=False))
    assert not {tuple(k) for k in hidden_before} & {tuple(k) for k in shown_after}
    for indicator in ("a", "b"):
        parts = {(indicator, "free_meals"), (indicator, "reduced_meals")}
        assert len(parts & {tuple(k) for k in shown_after}) in (0, 2)
    hidden = after[after["status"] != "published"]
    assert hidden[["estimate", "numerator"]].isna().all(axis=None)
    assert {tuple(k) for k in after[key].itertuples(index=False)} == {
        tuple(k) for k in before[key].itertuples(index=False)
    }
    # What neither rule touches stays as it was.
    for number, statuses in enumerate((first, second)):
        if set(statuses) == {"published"}:
            name = "ab"[number]
            pd.testing.assert_frame_equal(
                after[after["indicator"] == name].reset_index(drop=True),
                before[before["indicator"] == name].reset_index(drop=True),
            )
