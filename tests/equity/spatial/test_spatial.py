"""Space: neighbours, tests of association against PySAL's esda and counted orders, and FDR."""

from itertools import permutations as every_order
from typing import Any

import esda
import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph
from scipy import sparse, stats
from shapely import box

from c2c_lib.equity.small_areas import smooth_rates
from c2c_lib.equity.spatial import (
    CLUSTER_WORDS,
    LOCAL_REASONS,
    MORAN_REASONS,
    Neighbours,
    false_discovery,
    getis_ord,
    local_moran,
    local_moran_of_rates,
    moran,
    moran_of_rates,
)
from c2c_lib.errors import InputError
from support.examples import at_most

ROWS, COLUMNS = 6, 7
CELLS = [(i, j) for i in range(ROWS) for j in range(COLUMNS)]


def lattice() -> Neighbours:
    steps = ((0, 1), (1, 0))
    pairs = [((i, j), (i + a, j + b)) for i, j in CELLS for a, b in steps]
    return Neighbours.from_pairs([pair for pair in pairs if pair[1] in set(CELLS)], CELLS)


def squares() -> gpd.GeoSeries:
    shapes = [box(j, i, j + 1, i + 1) for i, j in CELLS]
    return gpd.GeoSeries(shapes, index=[f"tract {i}-{j}" for i, j in CELLS], crs=2234)


def line(size: int) -> Neighbours:
    return Neighbours.from_pairs([(i, i + 1) for i in range(size - 1)], range(size))


@pytest.fixture
def figures(generator: np.random.Generator) -> Any:
    return generator.gamma(2.0, size=len(CELLS)) + np.array([i * 0.4 for i, _ in CELLS])


@pytest.mark.parametrize("strict", [True, False])
def test_neighbours_of_shapes_are_those_of_the_lattice(strict: bool) -> None:
    rook = Neighbours.from_shapes(squares(), rook=True, strict=strict)
    assert (rook.links != lattice().links).nnz == 0
    queen = Neighbours.from_shapes(squares(), strict=strict)
    assert queen.counts.max() == 8
    assert set(rook.of("tract 0-0")) == {"tract 0-1", "tract 1-0"}


def test_islands_are_kept_and_said() -> None:
    shapes = gpd.GeoSeries([box(0, 0, 1, 1), box(1, 0, 2, 1), box(9, 9, 10, 10)], index=list("abc"))
    near = Neighbours.from_shapes(shapes)
    assert near.islands == ("c",)
    assert near.weights().toarray()[2].sum() == 0
    assert near.only(np.array([True, False, True])).islands == ("a", "c")


def test_nearest_are_the_nearest(generator: np.random.Generator) -> None:
    where = generator.random((30, 2))
    points = gpd.GeoSeries.from_xy(*where.T)
    near = Neighbours.nearest(points, k=4)
    distance = np.linalg.norm(where[:, None] - where, axis=-1) + np.eye(30) * 9
    for row in range(30):
        assert set(near.of(row)) == set(np.argsort(distance[row])[:4])
    same = gpd.GeoSeries.from_xy([0, 0, 0, 5], [0, 0, 0, 5])
    assert Neighbours.nearest(same, k=2).counts.tolist() == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: Neighbours.from_pairs([("a", "z")], ["a", "b"]), "not among the ids"),
        (lambda: Neighbours.from_pairs([], ["a", "a"]), "twice"),
        (lambda: line(3).of("z"), "not known"),
        (lambda: line(3).weights("W"), "row, binary"),  # type: ignore[arg-type]
        (lambda: Neighbours.nearest(squares(), k=42), "out of range"),
        (lambda: Neighbours.nearest(squares().to_crs(4326), k=2), "in degrees"),
        (lambda: Neighbours.from_shapes(gpd.GeoSeries([box(0, 0, 1, 1), None])), "missing"),
        (lambda: moran([1, 2], line(3)), "one per area"),
        (lambda: moran([1, 2, np.inf], line(3)), "infinite"),
        (lambda: moran([1, 2, 3], line(3), permutations=9), "too few"),
        (lambda: false_discovery([0.2, 1.4]), "not probabilities"),
    ],
)
def test_wrong_input_is_named(call: Any, match: str) -> None:
    with pytest.raises(InputError, match=match):
        call()


@pytest.mark.parametrize(("style", "name"), [("row", "r"), ("binary", "b")])
def test_moran_is_that_of_esda(style: Any, name: str, figures: Any) -> None:
    weights = Graph.from_sparse(lattice().links)
    wanted = esda.Moran(figures, weights.to_W(), transformation=name, permutations=0)
    found = moran(figures, lattice(), style=style)
    assert found.estimate == pytest.approx(wanted.I)
    assert (found.expected, found.variance) == pytest.approx((wanted.EI, wanted.VI_rand))
    assert found.variance_normal == pytest.approx(wanted.VI_norm)
    assert (found.z, found.p_value) == pytest.approx((wanted.z_rand, wanted.p_rand))


def test_local_statistics_are_those_of_esda(figures: Any) -> None:
    near = lattice()
    weights = Graph.from_sparse(near.links).to_W()
    n = len(CELLS)
    wanted = esda.Moran_Local(figures, weights, permutations=0)
    found = local_moran(figures, near, permutations=0)
    assert found.estimate == pytest.approx(wanted.Is * n / (n - 1))
    assert found.expected == pytest.approx(wanted.EIc)
    assert found.variance == pytest.approx(wanted.VIc)
    for own, star in ((True, True), (False, None)):
        hot = esda.G_Local(figures, weights, transform="B", star=star, permutations=0)
        assert getis_ord(figures, near, own=own).z == pytest.approx(hot.Zs)


def test_rates_are_standardised_as_esda_does(generator: np.random.Generator) -> None:
    population = generator.integers(50, 900, len(CELLS))
    events = generator.binomial(population, 0.1)
    weights = Graph.from_sparse(lattice().links).to_W()
    wanted = esda.Moran_Rate(events, population, weights, permutations=0)
    assert moran_of_rates(events, population, lattice(), permutations=0).estimate == pytest.approx(
        wanted.I
    )
    local = local_moran_of_rates(events, population, lattice(), permutations=0)
    assert set(local.reason) == {"tested"}


def test_permutations_come_near_all_orders() -> None:
    values, near = np.array([1.0, 2.0, 4.0, 8.0, 9.0, 3.0]), line(6)
    found = moran(values, near, permutations=4999, seed=1)
    every = np.array([moran(order, near).estimate for order in every_order(values)])
    tail = min((every >= found.estimate - 1e-9).mean(), (every <= found.estimate + 1e-9).mean())
    assert found.p_permutation == pytest.approx(min(1, 2 * tail), abs=0.03)
    assert every.mean() == pytest.approx(found.expected)
    assert every.var() == pytest.approx(found.variance)


def test_deals_come_near_all_deals() -> None:
    values, near = np.array([5.0, 2.0, 4.0, 8.0, 9.0, 3.0]), line(6)
    found = local_moran(values, near, permutations=9999, seed=1)
    at = 2
    z = values - values.mean()
    sums = [sum(pair) for pair in every_order(np.delete(z, at), 2)]
    observed = z[1] + z[3]
    at_least, at_most = (np.greater_equal(sums, observed), np.less_equal(sums, observed))
    assert found.p_permutation[at] == pytest.approx(
        min(1, 2 * min(at_least.mean(), at_most.mean())), abs=0.02
    )
    every = z[at] / (z**2).mean() * np.array(sums) / 2
    assert found.expected[at] == pytest.approx(every.mean())
    assert found.variance[at] == pytest.approx(every.var())


def test_gi_variance_is_that_of_all_deals() -> None:
    values, near, at = np.array([5.0, 2.0, 4.0, 8.0, 9.0, 3.0]), line(6), 2
    found = getis_ord(values, near, own=False, permutations=999)
    sums = np.array([sum(pair) for pair in every_order(np.delete(values, at), 2)])
    assert found.expected[at] == pytest.approx(sums.mean())
    assert found.variance[at] == pytest.approx(sums.var())
    assert not np.isnan(found.p_permutation).any()


def test_random_maps_are_seldom_called_clustered(generator: np.random.Generator) -> None:
    near, called, local = lattice(), [], []
    for _ in range(60):
        values = generator.exponential(size=len(CELLS))
        called.append(moran(values, near, permutations=199, seed=generator).p_permutation <= 0.05)
        found = local_moran(values, near, permutations=999, seed=generator)
        local.append((found.adjusted <= 0.05).any())
    assert np.mean(called) <= 0.13
    assert np.mean(local) <= 0.13


def test_clusters_are_found_and_named(generator: np.random.Generator) -> None:
    high = np.array([i <= 2 and j <= 2 for i, j in CELLS])
    low = np.array([i >= 4 and j >= 4 for i, j in CELLS])
    values = generator.normal(0, 0.3, len(CELLS)) + 6 * high - 6 * low
    found = local_moran(values, lattice(), seed=2)
    assert found.cluster[CELLS.index((1, 1))] == "high_high"
    assert found.cluster[CELLS.index((5, 5))] == "low_low"
    spots = getis_ord(values, lattice())
    assert spots.cluster[CELLS.index((1, 1))] == "hot"
    assert spots.cluster[CELLS.index((5, 5))] == "cold"
    assert set(found.cluster) | set(spots.cluster) <= set(CLUSTER_WORDS)


def test_areas_without_figure_or_neighbour_are_left_out_and_said() -> None:
    near = Neighbours.from_pairs([(0, 1), (1, 2), (2, 3), (3, 4), (5, 6)], range(8))
    values = np.array([1.0, 2.0, 4.0, 3.0, 6.0, 9.0, np.nan, 5.0])
    found = local_moran(values, near, permutations=0)
    assert found.reason.tolist() == ["tested"] * 5 + ["island", "no_figure", "island"]
    assert np.isnan(found.estimate).tolist() == [False] * 5 + [True] * 3
    whole = moran(values, near)
    assert (whole.areas, whole.islands) == (5, (5, 7))
    assert whole.estimate == pytest.approx(moran(values[:5], line(5)).estimate)
    assert set(getis_ord(values, near).reason) == {"tested", "no_figure"}


@pytest.mark.parametrize(
    ("values", "reason"),
    [([3, 3, 3, 3, 3], "no_variation"), ([1, 2, 3, np.nan, np.nan], "too_few_areas")],
)
def test_nothing_to_test(values: list[float], reason: str) -> None:
    assert moran(values, line(5)).reason == reason
    for found in (local_moran(values, line(5)), getis_ord(values, line(5))):
        assert reason in found.reason
        assert np.isnan(found.z).all()
        assert set(found.cluster) == {""}
    assert reason in MORAN_REASONS
    assert reason in LOCAL_REASONS


@given(st.integers(2, 50), st.integers(-40, 40))
@settings(max_examples=at_most(20))
def test_unit_and_level_change_no_test(times: int, plus: int) -> None:
    values = np.array([4.0, 1.0, 3.0, 8.0, 2.0, 9.0, 6.0])
    other = times * values + plus
    assert moran(other, line(7)).z == pytest.approx(moran(values, line(7)).z)
    one, two = (local_moran(v, line(7), permutations=99).p_permutation for v in (values, other))
    assert one == pytest.approx(two)
    assert getis_ord(other, line(7)).z == pytest.approx(getis_ord(values, line(7)).z)


def test_seed_repeats_and_no_other_random_state_is_touched() -> None:
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the state that must stay
    values = np.arange(9.0) % 4
    one, two, other = (
        local_moran(values, line(9), permutations=199, seed=seed).p_permutation
        for seed in (1, 1, 2)
    )
    assert (one == two).all()
    assert (one != other).any()
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_false_discovery_is_scipys(values: list[float]) -> None:
    wanted = stats.false_discovery_control(values)
    assert false_discovery(values) == pytest.approx(wanted)
    with_gap = false_discovery([*values, np.nan])
    assert with_gap[:-1] == pytest.approx(wanted)
    assert np.isnan(with_gap[-1])


def test_neighbours_smooth_rates_as_their_matrix_does() -> None:
    events, people = [3, 5, 9, 1, 4], [40, 60, 50, 30, 70]
    near = line(5)
    one = smooth_rates(events, people, neighbours=near).smoothed
    two = smooth_rates(events, people, neighbours=near.links.toarray()).smoothed
    assert one == pytest.approx(two)
    assert isinstance(near.weights("row"), sparse.csr_array)
