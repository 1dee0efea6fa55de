"""Counts that a reader can work out although they are not printed."""

import numpy as np
import pandas as pd
import pytest

from c2c_lib.catalog import Catalog
from c2c_lib.errors import InputError
from c2c_lib.privacy.counts import check_known, readable_counts


def row(indicator: str, estimate: float, numerator: float, denominator: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": [indicator],
            "dimension": "all",
            "group": "all",
            "estimate": estimate,
            "numerator": numerator,
            "denominator": denominator,
        }
    )


@pytest.mark.parametrize(
    ("indicator", "given", "readable"),
    [
        ("graduation_4yr", (0.85, 34.0, 40.0), (34.0, 40.0)),
        ("graduation_4yr", (0.85, np.nan, 40.0), (34.0, 40.0)),
        ("graduation_4yr", (0.853, np.nan, 34.0), (29.0, 34.0)),  # 29/34 = 0.8529...
        ("graduation_4yr", (0.85, 34.0, np.nan), (34.0, 40.0)),
        ("graduation_4yr", (0.0, 0.0, np.nan), (0.0, np.nan)),  # none of how many?
        ("graduation_4yr", (0.85, np.nan, np.nan), (np.nan, np.nan)),
        ("infant_mortality", (5.0, np.nan, 1000.0), (5.0, 1000.0)),
        ("ela_performance_index", (0.6, np.nan, 100.0), (np.nan, 100.0)),
    ],
)
def test_what_is_printed_gives_what_is_not(
    catalog: Catalog,
    indicator: str,
    given: tuple[float, float, float],
    readable: tuple[float, float],
) -> None:
    found = readable_counts(row(indicator, *given), catalog)
    np.testing.assert_array_equal(found.to_numpy()[0], readable)


def test_everything_unknown_is_listed_with_the_nearest_known_word(catalog: Catalog) -> None:
    frame = pd.concat(
        [
            row("graduation_4y", 0.5, 10, 20),
            row("graduation_4yr", 0.5, 10, 20).assign(dimension="gendre", group="female"),
            row("graduation_4yr", 0.5, 10, 20).assign(dimension="gender", group="femal"),
        ]
    )
    with pytest.raises(InputError) as caught:
        check_known(frame, catalog)
    assert [p.value for p in caught.value.problems] == ["graduation_4y", "gendre", "femal"]
    assert all(p.remedy.startswith("did you mean") for p in caught.value.problems)
