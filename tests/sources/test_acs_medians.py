"""Medians: inside, at the two open ends, and not printed."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.sources.acs_medians import (
    HIGHEST,
    LOWEST,
    NO_MEDIAN,
    OPEN_END,
    OPEN_START,
    median_figures,
)


def test_each_kind_says_what_it_is():
    frame = pd.DataFrame(
        {
            "estimate": [51_000.0, HIGHEST, LOWEST, None],
            "moe90": [900.0, 0.0, None, None],
            "note": ["Known.", "", "Known.", ""],
        }
    )
    figures = median_figures(frame)
    assert figures["status"].tolist() == ["published"] * 3 + ["not_applicable"]
    assert figures["note"].tolist() == ["Known.", OPEN_END, f"Known. {OPEN_START}", NO_MEDIAN]
    assert figures["moe90"].isna().tolist() == [False, True, True, True]


@given(st.lists(st.one_of(st.none(), st.floats(0, 300_000)), min_size=1))
def test_a_value_stands_exactly_where_one_is_published(medians: list[float | None]):
    frame = pd.DataFrame({"estimate": medians, "moe90": 1.0}, dtype="float64")
    figures = median_figures(frame)
    shown = figures["status"] == "published"
    assert (figures["estimate"].notna() == shown).all()
    assert not (figures["moe90"].notna() & ~shown).any()
