"""Significant disproportionality over consecutive years, by the rule's own words."""

import numpy as np
import pytest

from c2c_lib.equity import DISPROPORTIONALITY_STATUSES, significant_over_years
from c2c_lib.errors import InputError


@pytest.mark.parametrize(
    ("ratios", "options", "last"),
    [
        ([3.1, 3.2, 3.3], {}, "identified"),
        ([2.9, 3.2, 3.3], {}, "above_threshold"),
        ([2.9, 3.2, 3.3], {"years": 2}, "identified"),
        ([2.9, 2.9, 3.3], {"years": 1}, "identified"),
        ([3.1, 3.2, 3.0], {}, "not_above_threshold"),  # equal is not above
        ([3.1, 3.2, np.nan], {}, "not_calculated"),
        ([3.1, np.nan, 3.2], {}, "above_threshold"),  # the count begins anew
        ([3.1, 3.1, np.nan, 3.2, 3.3, 3.4], {}, "identified"),
        ([3.6, 3.4, 3.2], {"least_progress": 0.2}, "reasonable_progress"),
        ([3.6, 3.4, 3.3], {"least_progress": 0.2}, "identified"),  # enough only once
        ([3.6, 3.4, 3.2], {}, "identified"),  # the state does not use progress
        ([4.0, np.nan, 3.6, 3.4, 3.2], {"least_progress": 0.2}, "reasonable_progress"),
        ([3.4, 3.2], {"years": 1, "least_progress": 0.1}, "identified"),  # one fall is not two
    ],
)
def test_the_last_year(ratios: list[float], options: dict[str, float], last: str) -> None:
    found = significant_over_years(ratios, 3.0, **options)  # type: ignore[arg-type]
    assert found.status[-1] == last


def test_many_groups_at_once_with_thresholds_of_their_own() -> None:
    ratios = [[[3.1, 3.1, 3.1], [2.1, 2.1, 2.1]], [[1.0, 2.5, 2.5], [0, 0, np.nan]]]
    found = significant_over_years(ratios, [3.0, 2.0])
    assert found.status[..., -1].tolist() == [
        ["identified", "identified"],
        ["not_above_threshold", "not_calculated"],
    ]
    assert found.years_above[0].tolist() == [[1, 2, 3], [1, 2, 3]]
    assert set(found.status.ravel()) <= {*DISPROPORTIONALITY_STATUSES}


def test_every_fault_is_named() -> None:
    with pytest.raises(InputError) as error:
        significant_over_years([-1.0, 2.0], 0.0, years=4, least_progress=0.0)
    for words in ("ratios", "threshold", "1, 2 or 3", "least_progress"):
        assert words in str(error.value)
