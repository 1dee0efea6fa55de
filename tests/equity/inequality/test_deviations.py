"""Mean deviations from the average, the best group and the reference."""

import numpy as np
import pytest

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import from_best, from_mean, from_reference, relative_from_mean
from c2c_lib.errors import InputError

FIGURES, SIZES = [30.0, 50, 40], [100, 300, 100]  # average 44


def groups(**more: object) -> Groups:
    return Groups.of(FIGURES, population=SIZES, scale=100, **more)  # type: ignore[arg-type]


def test_by_hand() -> None:
    found = {
        "mdm": from_mean(groups(), weighted=False, draws=0),
        "mdm_weighted": from_mean(groups(), draws=0),
        "idis": relative_from_mean(groups(), weighted=False, draws=0),
        "idis_weighted": relative_from_mean(groups(), draws=0),
        "mdb": from_best(groups(), weighted=False, draws=0),
        "mdb_weighted": from_best(groups(), draws=0),
        "mdb_adverse": from_best(groups(polarity="lower_is_better"), draws=0),
        "mdr": from_reference(groups(reference=[0, 0, 1]), weighted=False, draws=0),
        "mdr_weighted": from_reference(groups(reference=[0, 0, 1]), draws=0),
    }
    assert {name: float(one.estimate) for name, one in found.items()} == pytest.approx(
        {
            "mdm": (14 + 6 + 4) / 3,
            "mdm_weighted": 0.2 * 14 + 0.6 * 6 + 0.2 * 4,
            "idis": 100 * 8 / 44,
            "idis_weighted": 100 * 7.2 / 44,
            "mdb": (20 + 0 + 10) / 3,
            "mdb_weighted": 0.2 * 20 + 0.2 * 10,
            "mdb_adverse": 0.6 * 20 + 0.2 * 10,
            "mdr": (10 + 10 + 0) / 3,
            "mdr_weighted": 0.2 * 10 + 0.6 * 10,
        }
    )


def test_neutral_indicators_have_no_best_group() -> None:
    assert np.isnan(from_best(groups(polarity="neutral"), draws=0).estimate)


def test_a_reference_must_be_declared() -> None:
    with pytest.raises(InputError, match="Pass reference="):
        from_reference(groups())
