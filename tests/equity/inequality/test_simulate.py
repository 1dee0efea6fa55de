"""Simulated standard errors and limits."""

import numpy as np
import pytest

from c2c_lib.equity import MEASURES, Groups
from c2c_lib.equity.inequality import from_mean, maximal_difference, simulated
from c2c_lib.equity.inequality.equality import proven_unequal
from c2c_lib.equity.inequality.simulate import draw_figures
from c2c_lib.errors import InputError
from support.inequality import SIMULATED, groups_for

GROUPS = Groups.of([0.2, 0.5, 0.9], population=[50, 80, 40], standard_error=[0.05, 0.06, 0.05])


def test_draws_have_the_mean_and_the_spread_that_was_asked_for(
    generator: np.random.Generator,
) -> None:
    drawn = draw_figures(GROUPS, 200_000, generator)
    assert drawn.mean(axis=0) == pytest.approx(GROUPS.estimate, abs=1e-3)
    assert drawn.std(axis=0) == pytest.approx(GROUPS.standard_error, rel=0.01)
    assert drawn.min() >= 0
    assert drawn.max() <= 1


def test_rare_figures_are_skewed_away_from_their_bound(generator: np.random.Generator) -> None:
    groups = Groups.of([0.02, 0.98], standard_error=[0.01, 0.01])
    away = draw_figures(groups, 100_000, generator) - groups.estimate
    skew = (away**3).mean(axis=0) / 0.01**3
    assert skew == pytest.approx([1, -1], abs=0.1)  # a Gamma's is 2 s / y


def test_zero_with_an_error_is_not_certain_and_zero_without_is(
    generator: np.random.Generator,
) -> None:
    groups = Groups.of([0.0, 0.0, 1.0], standard_error=[0.01, 0.0, 0.01])
    drawn = draw_figures(groups, 100_000, generator)
    assert drawn.std(axis=0) == pytest.approx([0.01, 0, 0.01], rel=0.02)
    assert drawn[:, 2].max() <= 1


def test_no_global_random_state_is_read_or_changed() -> None:
    np.random.seed(1)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # type: ignore[index]  # noqa: NPY002
    first = from_mean(GROUPS)
    assert (np.random.get_state()[1] == before).all()  # type: ignore[index]  # noqa: NPY002
    np.random.seed(2)  # noqa: NPY002
    assert from_mean(GROUPS) == first


def test_seeds_and_generators(generator: np.random.Generator) -> None:
    assert from_mean(GROUPS, generator=4) == from_mean(GROUPS, generator=4)
    assert from_mean(GROUPS, generator=4) != from_mean(GROUPS, generator=5)
    assert from_mean(GROUPS, generator=generator) != from_mean(GROUPS, generator=generator)


def test_blocks_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    many = Groups.of(
        np.tile(GROUPS.estimate, (7, 1)),
        population=GROUPS.population,
        standard_error=GROUPS.standard_error,
    )
    whole = maximal_difference(many, draws=4000)
    monkeypatch.setattr("c2c_lib.equity.inequality.simulate._VALUES_AT_ONCE", 30_000)
    blocks = maximal_difference(many, draws=4000)
    assert blocks.estimate == pytest.approx(whole.estimate)
    assert blocks.standard_error == pytest.approx(whole.standard_error, rel=0.1)


def test_plain_quantiles_are_given_if_asked_for() -> None:
    statistic = MEASURES["mrd"].value
    plain = simulated(GROUPS, statistic, limits="quantiles", draws=5000, generator=3)
    drawn = draw_figures(GROUPS, 5000, np.random.default_rng(3))
    spans = drawn.max(axis=1) - drawn.min(axis=1)
    assert (plain.lower, plain.upper) == pytest.approx(tuple(np.quantile(spans, [0.025, 0.975])))
    corrected = simulated(GROUPS, statistic, draws=5000, generator=3)
    assert corrected.lower <= plain.lower
    assert corrected.upper == plain.upper


@pytest.mark.parametrize("draws", [-1, 10**6])
def test_number_of_draws_is_checked(draws: int) -> None:
    with pytest.raises(InputError, match="draws"):
        from_mean(GROUPS, draws=draws)


@pytest.mark.parametrize("name", SIMULATED)
@pytest.mark.parametrize(
    ("true", "least"),
    [
        ([0.2, 0.3, 0.4, 0.5, 0.6], 0.935),
        ([0.5] * 5, 0.935),
        ([0.45, 0.5, 0.5, 0.55, 0.48], 0.89),
    ],
    ids=["unequal", "equal", "nearly equal"],
)
def test_simulated_places_are_covered(
    name: str, true: list[float], least: float, generator: np.random.Generator
) -> None:
    size = np.array([200, 300, 250, 200, 100])
    measure = MEASURES[name]
    truth = float(measure.value(groups_for(name, true, size)))
    shares = generator.binomial(size, true, (1500, 5)) / size
    errors = np.sqrt(shares * (1 - shares) / size)
    groups = groups_for(name, shares, size, standard_error=errors)
    found = simulated(groups, measure.value, floor=measure.equal, draws=300, generator=generator)
    covered = (found.lower <= truth + 1e-12) & (truth <= found.upper + 1e-12)
    assert least <= covered.mean() <= 0.99


def test_equality_test_keeps_its_level(generator: np.random.Generator) -> None:
    shares = generator.normal(0.4, [0.02, 0.05, 0.03], (20_000, 3))
    groups = Groups.of(shares, standard_error=[0.02, 0.05, 0.03])
    assert proven_unequal(groups).mean() == pytest.approx(0.05, abs=0.005)


def test_figures_without_error_are_equal_or_not() -> None:
    groups = Groups.of([[0.3, 0.3], [0.3, 0.4]], standard_error=0.0)
    assert proven_unequal(groups).tolist() == [False, True]
