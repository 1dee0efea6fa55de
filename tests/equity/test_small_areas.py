"""Empirical Bayes rates against two tools, exact posteriors and simulation."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from c2c_lib.equity import (
    SMOOTHING_REASONS,
    eb_standardised_rates,
    exceedance_probability,
    smooth_rates,
    smoothed_interval,
)
from c2c_lib.errors import InputError

EVENTS, PEOPLE = [9, 3, 70, 0, 8, 44], [410, 95, 1210, 60, 300, 505]
areas = st.lists(
    st.integers(1, 900).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=12,
)


def rook(rows: int, columns: int) -> NDArray[np.int64]:
    """Return which cells of a grid share an edge."""
    cells = list(itertools.product(range(rows), range(columns)))
    return np.array([[abs(a - c) + abs(b - d) == 1 for c, d in cells] for a, b in cells], dtype=int)


def test_areas_that_differ_by_chance_only_all_get_the_mean_and_say_so() -> None:
    found = smooth_rates([10, 11, 9, 10, 12], [100, 105, 98, 101, 110])
    assert set(found.reason) == {"all_at_mean"}
    assert found.smoothed == pytest.approx([52 / 514] * 5)
    assert found.raw == pytest.approx(np.array([10, 11, 9, 10, 12]) / [100, 105, 98, 101, 110])
    assert np.isnan(exceedance_probability(found, 0.1)).all()
    assert np.isnan(smoothed_interval(found).lower).all()


def test_kept_negative_variance_pushes_rates_the_wrong_way() -> None:
    events, people = [12, 3, 45, 0, 8, 22, 5, 17, 1, 30], [410, 95, 1210, 60, 300, 505, 180, 640,
                                                           55, 720]  # fmt: skip
    wrong = smooth_rates(events, people, keep_negative=True)
    mean = wrong.prior_mean[0]
    assert wrong.raw[0] < mean < wrong.smoothed[0]
    with pytest.raises(InputError, match="Smooth without keep_negative"):
        exceedance_probability(wrong, 0.05)


@given(areas)
def test_smoothed_rates_lie_between_raw_rate_and_mean(counts: list[tuple[int, int]]) -> None:
    events, people = np.transpose(counts)
    found = smooth_rates(events, people)
    low, high = np.minimum(found.raw, found.prior_mean), np.maximum(found.raw, found.prior_mean)
    assert ((found.smoothed >= low - 1e-12) & (found.smoothed <= high + 1e-12)).all()
    assert ((found.weight >= 0) & (found.weight <= 1)).all()
    assert set(found.reason) <= set(SMOOTHING_REASONS)
    by_size = np.argsort(people)
    assert (np.diff(found.weight[by_size]) >= -1e-12).all()


@given(areas, st.randoms(use_true_random=False))
def test_order_of_the_areas_does_not_matter(counts: list[tuple[int, int]], random: Any) -> None:
    order = list(range(len(counts)))
    random.shuffle(order)
    events, people = np.transpose(counts)
    one, other = smooth_rates(events, people), smooth_rates(events[order], people[order])
    assert other.smoothed == pytest.approx(one.smoothed[order], abs=1e-12)


def test_everyone_as_neighbour_is_global_smoothing() -> None:
    everyone = np.ones((6, 6))
    local, whole = (smooth_rates(EVENTS, PEOPLE, neighbours=w) for w in (everyone, None))
    assert local.smoothed == pytest.approx(whole.smoothed)


def test_area_without_neighbours_keeps_its_rate() -> None:
    found = smooth_rates(EVENTS, PEOPLE, neighbours=np.zeros((6, 6)))
    assert found.smoothed == pytest.approx(found.raw)


def test_empty_and_unknown_areas_do_not_count() -> None:
    found = smooth_rates([*EVENTS, 0, np.nan], [*PEOPLE, 0, 100])
    assert found.smoothed[:6] == pytest.approx(smooth_rates(EVENTS, PEOPLE).smoothed)
    assert np.isnan(found.smoothed[6:]).all()
    assert found.reason[6:].tolist() == ["no_population"] * 2
    near = np.ones((8, 8))
    local = smooth_rates([*EVENTS, 0, np.nan], [*PEOPLE, 0, 100], neighbours=near)
    assert local.smoothed == pytest.approx(found.smoothed, nan_ok=True)


def test_no_events_anywhere() -> None:
    found = smooth_rates([0, 0, 0], [10, 20, 30])
    assert found.smoothed.tolist() == [0, 0, 0]
    assert set(found.reason) == {"all_at_mean"}
    assert np.isnan(eb_standardised_rates([0, 0, 0], [10, 20, 30])).all()


def test_many_maps_at_once() -> None:
    events = np.array([EVENTS, EVENTS[::-1]])
    together = smooth_rates(events, PEOPLE)
    for row in (0, 1):
        assert together.smoothed[row] == pytest.approx(smooth_rates(events[row], PEOPLE).smoothed)
    near = rook(2, 3)
    local = smooth_rates(events, PEOPLE, neighbours=near)
    alone = smooth_rates(events[1], PEOPLE, neighbours=near)
    assert local.smoothed[1] == pytest.approx(alone.smoothed)


def test_posterior_mean_is_the_smoothed_rate() -> None:
    found = smooth_rates(EVENTS, PEOPLE)
    shape = found.prior_mean**2 / found.prior_variance + EVENTS
    rate = found.prior_mean / found.prior_variance + PEOPLE
    assert shape / rate == pytest.approx(found.smoothed)
    known = stats.gamma.sf(0.06, shape, scale=1 / rate)
    assert exceedance_probability(found, 0.06) == pytest.approx(known)
    normal = stats.norm.sf(0.06, found.smoothed, np.sqrt(shape) / rate)
    assert exceedance_probability(found, 0.06, "normal") == pytest.approx(normal)


@given(areas, st.floats(0, 1), st.floats(0, 1))
def test_higher_thresholds_are_exceeded_less(
    counts: list[tuple[int, int]], one: float, other: float
) -> None:
    found = smooth_rates(*np.transpose(counts))
    low, high = (exceedance_probability(found, limit) for limit in sorted((one, other)))
    assert (np.isnan(low) | (low >= high - 1e-12)).all()


def test_rates_are_never_negative() -> None:
    found = smooth_rates(EVENTS, PEOPLE)
    assert exceedance_probability(found, [0, -0.5, 0, 0, -1, 0]).tolist() == [1.0] * 6


def test_smoothing_is_nearer_to_the_truth_and_its_intervals_cover(
    generator: np.random.Generator,
) -> None:
    people = generator.integers(30, 2000, 150)
    truth = generator.gamma(16, 0.05 / 16, size=(200, 150))
    found = smooth_rates(generator.poisson(truth * people), people)
    raw, smoothed = ((rates - truth) ** 2 for rates in (found.raw, found.smoothed))
    assert smoothed.mean() < 0.6 * raw.mean()
    lower, upper = smoothed_interval(found)
    assert ((lower <= truth) & (truth <= upper)).mean() == pytest.approx(0.95, abs=0.012)
    probability = exceedance_probability(found, 0.06)
    sure = (probability > 0.7) & (probability < 0.9)
    assert (truth[sure] > 0.06).mean() == pytest.approx(probability[sure].mean(), abs=0.03)


def test_all_wrong_areas_are_reported() -> None:
    with pytest.raises(InputError) as caught:
        smooth_rates([-1, 5, 3], [10, 0, 10])
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="all areas along the last axis"):
        smooth_rates(3, 10)
    with pytest.raises(InputError, match="a row and a column per area"):
        smooth_rates(EVENTS, PEOPLE, neighbours=np.ones((5, 5)))
    with pytest.raises(InputError, match="did you mean 'gamma'"):
        exceedance_probability(smooth_rates(EVENTS, PEOPLE), 0.1, "gama")  # type: ignore[arg-type]
