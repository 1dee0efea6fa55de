"""Segregation from a survey: without the noise of who was asked."""

import numpy as np
import pytest

from c2c_lib.equity.segregation import effective_numbers, two_group_segregation
from c2c_lib.errors import InputError

Z90 = 1.645


def test_effective_numbers_are_those_of_a_simple_sample():
    # A share of 30 % of 200 who were asked has a standard error of sqrt(.3 * .7 / 200).
    margin = Z90 * np.sqrt(0.3 * 0.7 / 200)
    assert effective_numbers([0.3], [margin], [1000]) == pytest.approx([200], rel=1e-3)


def test_a_share_of_none_is_given_the_part_of_the_others():
    margin = Z90 * np.sqrt(0.3 * 0.7 / 200)
    found = effective_numbers([0.3, 0.0, 1.0], [margin, 0.02, np.nan], [1000, 400, 50])
    assert found == pytest.approx([200, 80, 10], rel=1e-3)


def test_nobody_has_more_who_were_asked_than_children():
    assert effective_numbers([0.5], [0.001], [80]).tolist() == [80]


def test_margins_that_say_nothing_are_refused():
    with pytest.raises(InputError, match="how many were asked"):
        effective_numbers([0.0, 1.0], [0.1, 0.1], [100, 100])


def drawn(shares: np.ndarray, size: int, asked: int, seed: int) -> np.ndarray:
    """Estimated counts of a group in units of one size, of each of which a few were asked."""
    return np.random.default_rng(seed).binomial(asked, shares) / asked * size


def test_even_units_are_not_called_uneven_because_few_were_asked():
    size, asked = 1000, 40
    group = drawn(np.full(30, 0.3), size, asked, seed=1)
    counted = two_group_segregation(group, size - group, ["dissimilarity"]).iloc[0]
    surveyed = two_group_segregation(
        group, size - group, ["dissimilarity"], asked=np.full(30, asked)
    ).iloc[0]
    assert counted["reason"] == "more_than_chance"
    assert (surveyed["reason"], surveyed["lower"]) == ("no_more_than_chance", 0.0)


def test_the_interval_of_a_survey_holds_the_truth():
    size, asked = 1000, 60
    shares = np.linspace(0.05, 0.65, 30)
    a, b = shares / shares.sum(), (1 - shares) / (1 - shares).sum()
    truth = np.abs(a - b).sum() / 2
    held = 0
    for seed in range(8):
        group = drawn(shares, size, asked, seed)
        found = two_group_segregation(
            group, size - group, ["dissimilarity"], draws=200, asked=np.full(30, asked)
        ).iloc[0]
        held += found["lower"] <= truth <= found["upper"]
        assert abs(found["corrected"] - truth) < abs(found["estimate"] - truth) + 0.02
    assert held >= 7


@pytest.mark.parametrize("asked", [[10.0], [10.0, 0.0, 5.0], [10.0, np.nan, 5.0]])
def test_asked_is_one_positive_number_per_unit(asked):
    with pytest.raises(InputError, match="asked"):
        two_group_segregation([1, 2, 3], [3, 2, 1], ["dissimilarity"], asked=asked)
