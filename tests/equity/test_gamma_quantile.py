"""Quantiles of many Gamma distributions agree with inverting each of them."""

import numpy as np
import pytest
from scipy import special

from c2c_lib.equity.gamma_quantile import gamma_quantile


@pytest.mark.parametrize("chance", [0.0005, 0.025, 0.5, 0.975, 0.9995])
@pytest.mark.parametrize(("least", "most"), [(0.2, 3.0), (1.0, 1e6), (30.0, 600.0), (4.0, 1e9)])
def test_many_are_as_exact_as_few(chance: float, least: float, most: float) -> None:
    shapes = np.exp(np.random.default_rng(5).uniform(np.log(least), np.log(most), 10_000))
    found = gamma_quantile(shapes, chance)
    # The distribution function is the oracle: it is not what the quantiles are made from.
    np.testing.assert_allclose(special.gammainc(shapes, found), chance, rtol=1e-7)
    np.testing.assert_allclose(found[::50], [gamma_quantile(one, chance) for one in shapes[::50]],
                               rtol=2e-11)  # fmt: skip


def test_equal_unknown_and_no_shapes() -> None:
    equal = gamma_quantile(np.full(5000, 7.0), 0.9)
    assert np.ptp(equal) == 0
    assert equal[0] == pytest.approx(10.5321, abs=1e-4)
    shapes = np.append(np.linspace(1, 9, 5000), np.nan)
    assert np.isnan(gamma_quantile(shapes, 0.9)).tolist() == [False] * 5000 + [True]
    assert gamma_quantile(np.array([]), 0.9).size == 0
