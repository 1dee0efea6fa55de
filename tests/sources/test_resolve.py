"""One figure per key, by the catalog's order, whatever the order of the rows."""

import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.catalog import load_catalog
from c2c_lib.errors import InputError, Problems
from c2c_lib.observations import KEY
from c2c_lib.sources.plausible import note_wrong_scale
from c2c_lib.sources.resolve import key_codes, resolve

SOURCES = load_catalog().indicator("chronic_absence").sources


def row(source: str, period: str, group: str, estimate: float) -> dict[str, object]:
    return {
        "indicator": "chronic_absence",
        "geo_level": "district",
        "geo_id": "1030011",
        "period": period,
        "dimension": "race_ethnicity",
        "group": group,
        "source": source,
        "status": "published",
        "estimate": estimate,
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(SOURCES[:3]),
            st.sampled_from(["2016-17", "2017-18"]),
            st.sampled_from(["asian", "black"]),
        ),
        min_size=1,
        max_size=12,
        unique=True,
    ),
    st.randoms(use_true_random=False),
)
def test_the_earliest_source_wins_whatever_the_order(keys, random) -> None:
    rows = [row(*key, round(0.1 + n / 100, 2)) for n, key in enumerate(keys)]
    expected = {}
    for entry in sorted(rows, key=lambda entry: SOURCES.index(entry["source"])):
        expected.setdefault((entry["period"], entry["group"]), entry["estimate"])
    random.shuffle(rows)
    found = resolve(pd.DataFrame(rows), load_catalog())
    values = zip(found["period"], found["group"], found["estimate"], strict=True)
    assert {(period, group): value for period, group, value in values} == expected
    assert len(found) == len(expected)


def test_the_same_figure_twice_counts_once_and_another_value_is_an_error() -> None:
    same = [row(SOURCES[0], "2016-17", "asian", 0.1)] * 3
    assert len(resolve(pd.DataFrame(same), load_catalog())) == 1
    other = [*same, row(SOURCES[0], "2016-17", "asian", 0.2)]
    with pytest.raises(InputError) as caught:
        resolve(pd.DataFrame(other), load_catalog())
    (problem,) = caught.value.problems
    assert problem.value == "0.1 (published), 0.2 (published)"


def test_no_rows_are_no_problem() -> None:
    empty = pd.DataFrame(columns=[*KEY, "source", "status", "estimate"])
    assert resolve(empty, load_catalog()).empty


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=1, max_size=30))
def test_numbers_of_keys_are_the_same_exactly_where_the_words_are(rows) -> None:
    codes = key_codes(pd.DataFrame(rows, columns=["x", "y", "z"]), ["x", "y", "z"]).tolist()
    for (one, a), (two, b) in itertools.combinations(zip(rows, codes, strict=True), 2):
        assert (one == two) == (a == b)


@pytest.mark.parametrize(
    ("highest", "count", "status", "indicator", "noted"),
    [
        (0.0099, 20, "published", "suspension", True),
        (0.01, 20, "published", "suspension", True),
        (0.0101, 20, "published", "suspension", False),
        (0.0, 20, "published", "suspension", False),
        (0.0099, 19, "published", "suspension", False),
        (0.0099, 20, "too_weak", "suspension", False),
        (0.0099, 20, "published", "infant_mortality", False),
    ],
)
def test_a_slice_in_another_scale(
    highest: float, count: int, status: str, indicator: str, noted: bool
) -> None:
    frame = pd.DataFrame(
        {
            "source": "edsight_suspension",
            "indicator": indicator,
            "period": "2018-19",
            "dimension": "all",
            "status": [status] * count + ["suppressed_by_source"],
            "estimate": [highest] * count + [math.nan],
        }
    )
    problems = Problems()
    note_wrong_scale(frame, load_catalog(), problems)
    assert (len(problems) == 1) == noted
