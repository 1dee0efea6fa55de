"""The children in a gap."""

import numpy as np
import pytest

from c2c_lib.equity import excess


@pytest.mark.parametrize(
    ("estimate", "reference", "polarity", "unit", "children"),
    [
        (0.31, 0.47, "higher_is_better", "share", 96),
        (0.47, 0.31, "higher_is_better", "share", -96),
        (0.31, 0.47, "lower_is_better", "share", -96),
        (9.0, 5.0, "lower_is_better", "per_1000", 2.4),
        (0.31, 0.47, "neutral", "share", np.nan),
        (61.0, 75.0, "higher_is_better", "index", np.nan),
    ],
)
def test_children_in_the_gap(
    estimate: float, reference: float, polarity: str, unit: str, children: float
) -> None:
    found = excess(estimate, reference, 600, polarity=polarity, unit=unit)
    assert float(found) == pytest.approx(children, nan_ok=True)
