"""Population attributable risk and fraction."""

import numpy as np
import pytest

from c2c_lib.equity import Groups
from c2c_lib.equity.inequality import attributable_fraction, attributable_risk

TRUE, SIZE = np.array([0.385, 0.661, 0.312, 0.298]), np.array([260, 2210, 3550, 5120])


def test_walter_by_hand() -> None:
    # Goal: 150 of 300 counted; outside: 30 of 100. N = 400, mu = 0.45.
    found = attributable_fraction(Groups.of([0.3, 0.5], population=[100, 300]))
    c, d, a, b, total = 150, 150, 30, 70, 400
    square = c * total * (a * d * (total - c) + b * c**2) / ((a + c) ** 3 * (c + d) ** 3)
    assert float(found.estimate) == pytest.approx(100 * 0.05 / 0.45)
    assert float(found.standard_error) == pytest.approx(100 * square**0.5)


@pytest.mark.parametrize("polarity", ["higher_is_better", "lower_is_better"])
def test_sign_follows_the_polarity(polarity: str) -> None:
    found = attributable_risk(Groups.of(TRUE, population=SIZE, polarity=polarity))
    assert (found.estimate > 0) == (polarity == "higher_is_better")
    assert found.estimate != 0


def test_goal_of_ordered_groups_is_the_best_off_one_and_may_not_help() -> None:
    groups = Groups.of([0.5, 0.3], population=[100, 300], order=[1, 2])
    assert float(attributable_risk(groups).estimate) == 0
    assert float(attributable_risk(groups).upper) > 0


def test_fraction_and_risk_tell_the_same() -> None:
    groups = Groups.of(TRUE, population=SIZE)
    risk, fraction = attributable_risk(groups), attributable_fraction(groups)
    mean = float(groups.mean)
    assert [float(v) / mean * 100 for v in risk] == pytest.approx([float(v) for v in fraction])


def test_simulated_places_are_covered(generator: np.random.Generator) -> None:
    truth = float(attributable_fraction(Groups.of(TRUE, population=SIZE)).estimate)
    # Walter's simple sample: who belongs to which group is chance too.
    sizes = generator.multinomial(SIZE.sum(), SIZE / SIZE.sum(), 8000)
    shares = generator.binomial(sizes, TRUE) / sizes
    found = attributable_fraction(Groups.of(shares, population=sizes))
    covered = (found.lower <= truth) & (truth <= found.upper)
    assert covered.mean() == pytest.approx(0.95, abs=0.012)


def test_surveys_have_their_own_standard_errors(generator: np.random.Generator) -> None:
    errors = np.array([0.03, 0.02, 0.015, 0.01])
    groups = Groups.of(
        TRUE, population=SIZE, standard_error=errors, survey=True, order=[1, 4, 2, 3]
    )
    found = attributable_fraction(groups)
    drawn = generator.normal(TRUE, errors, (200_000, 4))
    simulated = attributable_fraction(
        Groups.of(np.clip(drawn, 0, 1), population=SIZE, order=[1, 4, 2, 3])
    ).estimate
    assert float(found.standard_error) == pytest.approx(float(simulated.std()), rel=0.02)


def test_a_goal_in_which_no_child_counts_has_no_walter_error() -> None:
    groups = Groups.of([0.0, 0.3], population=[100, 300], polarity="lower_is_better")
    found = attributable_fraction(groups)
    assert float(found.estimate) == -100
    assert np.isnan(found.standard_error)
