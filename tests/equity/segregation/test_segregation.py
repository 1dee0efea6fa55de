"""Segregation: laws of the indices, and intervals that know the bias of small units."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c2c_lib.equity.segregation import (
    SEGREGATION_COLUMNS,
    SEGREGATION_INDICES,
    SEGREGATION_REASONS,
    delta,
    exposure,
    local_segregation,
    multigroup_segregation,
    segregation_indices,
    two_group_segregation,
)
from c2c_lib.equity.segregation.two_groups import (
    atkinson_segregation,
    concentration_profile,
    dissimilarity,
    interaction,
    isolation,
    minmax,
)
from c2c_lib.errors import InputError
from support.examples import at_most

EVENNESS = [name for name, index in SEGREGATION_INDICES.items() if index.kind == "evenness"]
SHARES = [name for name in EVENNESS if name != "mutual_information"]
TWO = [name for name, index in SEGREGATION_INDICES.items() if index.groups == "two"]
SYMMETRIC = [name for name in TWO if name not in {"isolation", "interaction"}
             and name != "concentration_profile"]  # fmt: skip

tables = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=8).filter(
    lambda rows: all(sum(column) > 0 for column in zip(*rows, strict=True))
)


def value(name: str, counts: Any) -> float:
    return float(SEGREGATION_INDICES[name].value(np.asarray(counts, dtype=float)))


@pytest.mark.parametrize("name", EVENNESS)
@settings(max_examples=at_most(20))
@given(st.lists(st.integers(1, 40), min_size=2, max_size=6), st.integers(1, 9))
def test_even_units_have_no_segregation(name: str, sizes: list[int], times: int) -> None:
    counts = np.outer(sizes, [1, times])
    assert value(name, counts) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", SHARES)
@settings(max_examples=at_most(20))
@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 50))
def test_complete_segregation_is_one(name: str, a: int, b: int, c: int) -> None:
    assert value(name, [[a, 0], [0, b], [c, 0]]) == pytest.approx(1)


@pytest.mark.parametrize("name", list(SEGREGATION_INDICES))
@settings(max_examples=at_most(20))
@given(tables, st.integers(2, 7), st.randoms(use_true_random=False))
def test_laws_of_every_index(name: str, rows: list[tuple[int, int]], times: int, mix: Any) -> None:
    first = value(name, rows)
    assert first >= -1e-9
    mixed = list(rows)
    mix.shuffle(mixed)
    close = pytest.approx(first, abs=1e-9)
    assert value(name, mixed) == close  # the order of the units
    assert value(name, np.multiply(rows, times)) == close  # more children everywhere
    assert value(name, [*rows, (0, 0)]) == close  # an empty unit
    a, b = rows[0]
    halves = [(a / 2, b / 2), (a / 2, b / 2), *rows[1:]]
    assert value(name, halves) == close  # a unit divided into two equal ones
    if SEGREGATION_INDICES[name].groups == "many":
        assert value(name, [(*row, 0) for row in rows]) == close  # a group without children
        assert value(name, [row[::-1] for row in rows]) == close  # the order of the groups


@pytest.mark.parametrize("name", SYMMETRIC)
@given(tables)
@settings(max_examples=at_most(20))
def test_two_groups_are_alike(name: str, rows: list[tuple[int, int]]) -> None:
    turned = [(b, a) for a, b in rows]
    assert value(name, turned) == pytest.approx(value(name, rows), abs=1e-9)


@given(tables)
def test_indices_that_are_functions_of_each_other(rows: list[tuple[int, int]]) -> None:
    a, b = np.array(rows, dtype=float).T
    d = float(dissimilarity(a, b))
    assert float(minmax(a, b)) == pytest.approx(2 * d / (1 + d), abs=1e-12)
    assert float(isolation(a, b) + interaction(a, b)) == pytest.approx(1)
    for one, other in (
        ("dissimilarity", "multigroup_dissimilarity"),
        ("gini", "multigroup_gini"),
        ("entropy", "information_theory"),
        ("correlation_ratio", "normalised_exposure"),
        ("correlation_ratio", "relative_diversity"),
        ("correlation_ratio", "squared_cv"),
    ):
        assert value(one, rows) == pytest.approx(value(other, rows), abs=1e-9)
    ours = local_segregation(rows)
    size = np.sum(rows, axis=1) / np.sum(rows)
    assert np.nansum(ours * size) == pytest.approx(value("mutual_information", rows), abs=1e-12)
    assert exposure(rows).sum(axis=1) == pytest.approx(1)


def test_exact_concentration_profile_is_the_limit_of_many_thresholds() -> None:
    group, other = [310, 280, 150, 420, 95], [40, 75, 160, 30, 240]
    near = concentration_profile(group, other, thresholds=20_000)
    assert float(concentration_profile(group, other)) == pytest.approx(float(near), abs=2e-4)


def test_delta_is_zero_at_even_density() -> None:
    assert float(delta([10, 20, 30], [1, 2, 3])) == 0
    assert float(delta([60, 0, 0], [1, 2, 3])) == pytest.approx(5 / 6)


def test_wrong_parameters_are_refused() -> None:
    with pytest.raises(InputError, match="above 0, below 1"):
        atkinson_segregation([1, 2], [2, 1], b=1)
    with pytest.raises(InputError, match="2 or more"):
        concentration_profile([1, 2], [2, 1], thresholds=1)


@pytest.mark.parametrize(
    ("group", "other", "reason"),
    [
        ([], [], "no_children"),
        ([0, 0], [0, 0], "no_children"),
        ([10], [20], "one_unit"),
        ([10, 0], [20, 0], "one_unit"),
        ([0, 0], [20, 10], "empty_group"),
        ([5, np.nan], [20, 10], "unknown_counts"),
        ([10, 10, 10], [20, 20, 20], "no_more_than_chance"),
        ([200, 0], [0, 200], "more_than_chance"),
    ],
)
def test_every_table_has_an_answer(group: list[float], other: list[float], reason: str) -> None:
    frame = two_group_segregation(group, other, draws=120)
    assert frame.columns.tolist() == list(SEGREGATION_COLUMNS)
    assert frame.loc[0, "reason"] == reason
    assert reason in SEGREGATION_REASONS
    figures = frame[["lower", "upper", "corrected"]].astype(float)
    told = reason.endswith("chance")
    assert figures.notna().all(axis=None) == told
    assert frame["estimate"].notna().all() == (told or reason == "one_unit")


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (([1, -2], [3, 4]), "negative or infinite"),
        (([1, 2], [3, 4, 5]), "two lists"),
        (([1, 2], [3, 4], ["theil"]), "dissimilarity"),
        (([1, 2], [3, 4], ["information_theory"]), "dissimilarity"),
    ],
)
def test_wrong_input_is_named(arguments: Any, match: str) -> None:
    with pytest.raises(InputError, match=match):
        two_group_segregation(*arguments)


def test_wrong_tables_and_too_few_draws_are_named() -> None:
    with pytest.raises(InputError, match="not a table"):
        multigroup_segregation([1, 2, 3])
    with pytest.raises(InputError, match="too few"):
        multigroup_segregation([[1, 2], [3, 4]], draws=5)


def test_intervals_hold_their_order_and_repeat_with_the_seed() -> None:
    counts = [[12, 20, 3], [4, 31, 1], [25, 9, 26], [8, 8, 8]]
    one, again = (multigroup_segregation(counts, draws=150, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(one, again)
    assert (one["lower"] <= one["corrected"]).all()
    assert (one["corrected"] <= one["upper"]).all()
    evenness = one["measure"].isin(EVENNESS)
    assert (one.loc[evenness, "corrected"] < one.loc[evenness, "estimate"]).all()
    assert (one.loc[evenness, "by_chance"] > 0).all()


def test_no_other_random_state_is_touched() -> None:
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the state that must stay
    two_group_segregation([12, 15], [13, 10], ["dissimilarity"], draws=120)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_small_even_schools_are_not_called_segregated(generator: np.random.Generator) -> None:
    covered, called = 0, 0
    size = np.full(20, 12)
    for _ in range(40):
        group = generator.binomial(size, 0.4)
        found = two_group_segregation(
            group, size - group, ["dissimilarity"], draws=150, seed=generator
        ).iloc[0]
        assert found["estimate"] > 0.1  # what is usually printed, although the truth is 0
        covered += found["lower"] == 0
        called += found["reason"] == "more_than_chance"
    assert covered >= 34
    assert called == 40 - covered


def test_interval_covers_the_truth(generator: np.random.Generator) -> None:
    size = np.array([15, 22, 30, 40, 18, 55, 12, 26, 33, 47, 21, 36])
    chance = np.linspace(0.15, 0.7, size.size)
    truth = float(dissimilarity(size * chance, size * (1 - chance)))
    covered = []
    for _ in range(60):
        group = generator.binomial(size, chance)
        found = two_group_segregation(
            group, size - group, ["dissimilarity"], draws=150, seed=generator
        ).iloc[0]
        covered.append(found["lower"] <= truth <= found["upper"])
    assert np.mean(covered) >= 0.85


def test_registry_names_every_index() -> None:
    frame = segregation_indices()
    assert frame["name"].tolist() == list(SEGREGATION_INDICES)
    assert (frame[["title", "question", "formula", "citation"]] != "").all(axis=None)
