"""Standard errors by influence functions, against leaving incomes out one by one."""

import numpy as np
import pytest

from c2c_lib.equity.income_inequality import INCOME_MEASURES
from c2c_lib.equity.income_inequality.influence import INFLUENCES, standard_errors

DRAWN = np.random.default_rng(1)
INCOMES = np.sort(np.exp(DRAWN.normal(0, 0.7, 400)))
WEIGHTS = DRAWN.uniform(0.5, 2, 400)


@pytest.mark.parametrize("name", INFLUENCES)
def test_errors_are_those_of_the_jackknife(name: str) -> None:
    left_out = np.array(
        [
            float(INCOME_MEASURES[name](np.delete(INCOMES, i), np.delete(WEIGHTS, i)))
            for i in range(INCOMES.size)
        ]
    )
    spread = ((left_out - left_out.mean()) ** 2).sum() * (INCOMES.size - 1) / INCOMES.size
    _, error = standard_errors(name, INCOMES, WEIGHTS, np.ones(INCOMES.size))
    assert float(error) == pytest.approx(np.sqrt(spread), rel=0.04)


@pytest.mark.parametrize("name", INFLUENCES)
def test_values_are_those_of_the_measure_in_every_sample(name: str) -> None:
    times = DRAWN.multinomial(400, np.full(400, 1 / 400), 3).astype(float)
    times[0, :20] = 0.0
    values, errors = standard_errors(name, INCOMES, WEIGHTS, times)
    expected = INCOME_MEASURES[name](INCOMES, times * WEIGHTS)
    np.testing.assert_allclose(values, expected, rtol=1e-9)
    assert (errors > 0).all()


def test_all_but_ratios_of_percentiles_have_an_error_of_their_own() -> None:
    assert set(INCOME_MEASURES) - set(INFLUENCES) == {"p90_p10", "p80_p20"}


def test_a_measure_scales_and_its_error_with_it() -> None:
    one = np.ones(INCOMES.size)
    for name in INFLUENCES:
        plain = standard_errors(name, INCOMES, WEIGHTS, one)
        scaled = standard_errors(name, 1000 * INCOMES, 3 * WEIGHTS, one)
        np.testing.assert_allclose(plain, scaled, rtol=1e-9)
