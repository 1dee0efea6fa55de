"""Run charts against the reference tool, chance and their own laws."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from c2c_lib.equity import anhoej_limits, run_chart_of
from c2c_lib.errors import InputError

series = st.lists(st.integers(0, 9), min_size=1, max_size=30)


# Anhoej & Olesen 2014, PLoS ONE 9:e113825, table of limits by useful points.
@pytest.mark.parametrize(
    ("useful", "run", "crossings"), [(10, 6, 2), (15, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10)]
)
def test_printed_limits(useful: int, run: int, crossings: int) -> None:
    assert anhoej_limits(useful) == (run, crossings)


@given(series)
def test_runs_and_crossings_are_those_of_the_useful_points(values: list[int]) -> None:
    found = run_chart_of(values)
    sides = [value > found.centre for value in values if value != found.centre]
    runs = [len(list(run)) for _, run in groupby(sides)]
    assert int(found.useful) == len(sides)
    assert int(found.longest_run) == max(runs, default=0)
    assert int(found.crossings) == max(len(runs) - 1, 0)


@given(series, st.integers(1, 9), st.integers(-50, 50))
def test_unit_and_direction_of_time_do_not_matter(values: list[int], by: int, plus: int) -> None:
    one = run_chart_of(values)
    other = run_chart_of([-by * value + plus for value in values[::-1]])
    assert one[1:8] == pytest.approx(other[1:8], nan_ok=True)
    assert one.verdict == other.verdict


def test_many_charts_at_once_and_missing_points() -> None:
    table = np.array([[1, 2, np.nan, 3, 9, 8], [4, 4, 4, 4, 4, 4], [np.nan] * 6])
    found = run_chart_of(table)
    assert found.points.tolist() == [5, 6, 0]
    assert found.useful.tolist() == [4, 0, 0]
    assert found.longest_run.tolist() == [2, 0, 0]
    assert found.verdict.tolist() == ["too_few_points"] * 3
    assert not found.signal[1:].any()
    assert np.isnan(found.centre[2])


def test_centre_can_be_a_target_or_held_from_a_baseline() -> None:
    values = [5, 6, 5, 6, 5, 6, 9, 9, 8, 9, 8, 9, 8]
    assert float(run_chart_of(values, centre=7).centre) == 7
    held = run_chart_of(values, baseline=6)
    assert (float(held.centre), int(held.longest_run)) == (5.5, 8)
    assert str(held.verdict) == "shifted"


def test_point_on_the_centre_by_rounding_is_not_useful() -> None:
    assert int(run_chart_of([0.1 + 0.2, 0.2, 0.4], centre=0.3).useful) == 2


def test_stable_process_rarely_signals_and_a_shift_of_three_deviations_does(
    generator: np.random.Generator,
) -> None:
    stable = generator.normal(size=(4000, 24))
    assert run_chart_of(stable).signal.mean() < 0.12
    stable[:, 12:] += 3
    assert run_chart_of(stable).signal.mean() > 0.9


def test_wrong_input_is_an_error() -> None:
    with pytest.raises(InputError, match="not a number of points"):
        anhoej_limits([10, 2.5])
    with pytest.raises(InputError, match="1 to 3 first points"):
        run_chart_of([1, 2, 3], baseline=4)
    with pytest.raises(InputError, match="no centre beside it"):
        run_chart_of([1, 2, 3], baseline=2, centre=2)
