"""Odds ratios and tests of two proportions."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from c2c_lib.equity.odds_ratios import (
    OddsRatioMethod,
    odds_ratio_interval,
    two_proportion_test,
)
from c2c_lib.errors import InputError
from support.examples import at_most

METHODS = get_args(OddsRatioMethod)
tables = st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=at_most(30))
@given(tables)
def test_laws_of_every_method(method: Any, cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    lower, upper = odds_ratio_interval(a, a + b, c, c + d, method)
    assert 0 < lower < upper
    if method in {"woolf", "score"}:
        assert lower < a * d / (b * c) < upper
    turned = odds_ratio_interval(c, c + d, a, a + b, method)
    assert (1 / turned.upper, 1 / turned.lower) == pytest.approx((lower, upper), rel=1e-6)
    other_side = odds_ratio_interval(b, a + b, d, c + d, method)
    assert (1 / other_side.upper, 1 / other_side.lower) == pytest.approx((lower, upper), rel=1e-6)
    wider = odds_ratio_interval(a, a + b, c, c + d, method, 0.99)
    assert wider.lower < lower
    assert upper < wider.upper


@pytest.mark.parametrize("method", METHODS)
def test_edges(method: Any) -> None:
    first = [0, 5, 0, 10, np.nan, 0], [10, 5, 10, 10, 10, 0]
    second = [3, 2, 0, 20, 3, 3], [20] * 6
    lower, upper = odds_ratio_interval(*first, *second, method)
    assert np.isnan(lower).tolist() == [False, False, True, True, True, True]
    if method in {"woolf", "score"}:
        assert lower[0] == 0
        assert np.isinf(upper[1])
    else:
        assert np.isfinite(upper[:2]).all()


@given(tables)
def test_score_interval_holds_what_the_pooled_test_does_not_refuse(
    cells: tuple[int, int, int, int],
) -> None:
    a, b, c, d = cells
    lower, upper = odds_ratio_interval(a, a + b, c, c + d, "score")
    total = a + b + c + d
    chi = float(two_proportion_test(a, a + b, c, c + d).statistic) * (total - 1) / total
    if abs(chi - stats.chi2.ppf(0.95, 1)) > 1e-6:
        assert (lower <= 1 <= upper) == (chi < stats.chi2.ppf(0.95, 1))


@given(tables)
def test_pooled_test_is_pearsons(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    found = two_proportion_test(a, a + b, c, c + d)
    wanted = stats.chi2_contingency([[a, b], [c, d]], correction=False)
    assert (found.statistic, found.p_value) == pytest.approx((wanted[0], wanted[1]))


def test_edges_of_the_tests() -> None:
    nothing = two_proportion_test([0, 10, np.nan], [10, 10, 5], [0, 20, 1], [10, 20, 5])
    assert np.isnan(nothing.p_value).all()
    exact = two_proportion_test([0, 3, np.nan], [10, 4, 5], [0, 1, 1], [10, 4, 5], "fisher")
    # Fisher's tea: 3 of 4 against 1 of 4 has a two-sided p-value of 34/70.
    assert exact.p_value == pytest.approx([1.0, 34 / 70, np.nan], nan_ok=True)
    with pytest.raises(InputError, match="pooled, fisher"):
        two_proportion_test(1, 2, 1, 2, "barnard")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="woolf"):
        odds_ratio_interval(1, 2, 1, 2, "cornfield")  # type: ignore[arg-type]
