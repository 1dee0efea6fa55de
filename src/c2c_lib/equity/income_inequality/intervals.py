"""Measures of income inequality with intervals, as a tidy frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from c2c_lib.equity.arrays import FloatArray, check_choice, normal_quantile
from c2c_lib.equity.income_inequality.bins import spread_bins
from c2c_lib.equity.income_inequality.influence import INFLUENCES, standard_errors
from c2c_lib.equity.income_inequality.measures import (
    atkinson,
    checked_incomes,
    generalised_entropy,
    gini,
    palma_ratio,
    percentile_ratio,
)

__all__ = [
    "INCOME_COLUMNS",
    "INCOME_MEASURES",
    "INCOME_REASONS",
    "binned_income_inequality",
    "income_inequality",
]

_Function = Callable[[ArrayLike, ArrayLike | None], FloatArray]

INCOME_MEASURES: Final[dict[str, _Function]] = {
    "gini": gini,
    "theil": generalised_entropy,
    "mld": partial(generalised_entropy, alpha=0.0),
    "half_squared_cv": partial(generalised_entropy, alpha=2.0),
    "atkinson_0.5": partial(atkinson, epsilon=0.5),
    "atkinson_1": partial(atkinson, epsilon=1.0),
    "p90_p10": percentile_ratio,
    "p80_p20": partial(percentile_ratio, upper=0.8, lower=0.2),
    "palma": palma_ratio,
}
"""Every measure by name, as a function of incomes and weights."""

INCOME_COLUMNS: Final = ("measure", "estimate", "standard_error", "lower", "upper", "n", "reason")
"""The columns of the result."""

INCOME_REASONS: Final[dict[str, str]] = {
    "estimated": "It has an estimate and an interval.",
    "too_few": "Fewer than 30 incomes are known: an estimate, but no interval.",
    "no_income": "There is no income to share, or nobody to share it.",
    "not_defined": "It is infinite or undefined, because someone has no income.",
}
"""What became of a measure, in plain words."""

_FEWEST: Final = 30
_ROUNDING: Final = 1e-12
_AT_ONCE: Final = 500_000


def income_inequality(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    measures: Sequence[str] | None = None,
    *,
    level: float = 0.95,
    draws: int = 1000,
    seed: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Return measures of income inequality of a sample of households or people.

    Parameters
    ----------
    values, weights : array_like, shape (n,)
        As in `gini`: one income each, and for how many it stands.
    measures : sequence of str, optional
        Names in `INCOME_MEASURES`; default all of them.
    level : float
        Confidence level as a share.
    draws : int
        How many samples to draw again.
    seed : int or numpy Generator
        Makes the intervals repeatable; no other random state is touched.

    Returns
    -------
    DataFrame
        One row per measure with the columns of `INCOME_COLUMNS`. `n` is the number of
        incomes known, `reason` a key of `INCOME_REASONS`.

    Raises
    ------
    InputError
        As in `gini`, for an unknown measure, or a level outside (0, 1).

    Notes
    -----
    The households are drawn again with replacement. In every draw the distance of the
    measure's logarithm from that of the sample is set against the draw's own standard error
    (by influence functions), and the quantiles of these quotients make the limits: a bootstrap
    of Student's t. The few rich households of a sample make the error large where the measure
    is, so that limits without it miss high values too often. Ratios of percentiles have no such
    error; their limits are those of a normal distribution of the logarithm. With very heavy
    tails every known interval of these measures covers less than it says. Clusters and strata
    of the sample are not known here: with a complex survey use the replicate weights of its
    publisher, one call per replicate.

    References
    ----------
    Davidson & Flachaire 2007, J Econometrics 141:141-166. Cowell & Flachaire 2015, Handbook of
    Income Distribution 2:359-465. Mills & Zandvakili 1997, J Appl Econometrics 12:133-150.

    Examples
    --------
    >>> incomes = np.exp(np.random.default_rng(3).normal(10, 0.6, 300))  # invented
    >>> frame = income_inequality(incomes, measures=["gini"], draws=400)
    >>> frame.loc[0, ["estimate", "lower", "upper"]].astype(float).round(2).tolist()
    [0.33, 0.31, 0.37]
    """
    names = _names(measures)
    normal_quantile(level)
    y, p = checked_incomes(values, weights)
    known = p > 0
    y, p = y[known], p[known]
    generator = np.random.default_rng(seed)
    simulated, students = _resampled(names, y, p, draws, generator)
    return _frame(names, y, p, y.size, level, simulated, students)


def binned_income_inequality(
    lower: ArrayLike,
    upper: ArrayLike,
    count: ArrayLike,
    measures: Sequence[str] | None = None,
    *,
    sample_size: int | None = None,
    level: float = 0.95,
    draws: int = 400,
    seed: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Return measures of income inequality from published counts in bins.

    Parameters
    ----------
    lower, upper, count : array_like, shape (bins,)
        As in `quantile_from_bins`.
    measures, level, draws, seed
        As in `income_inequality`.
    sample_size : int, optional
        How many households were asked, if the counts are estimates of a survey; default is
        the sum of the counts.

    Returns
    -------
    DataFrame
        As from `income_inequality`. The interval is that of the counts alone: how incomes
        are spread within a bin, and above the last, is assumed (see `spread_bins`).

    Raises
    ------
    InputError
        As in `quantile_from_bins` and `income_inequality`.

    Examples
    --------
    >>> frame = binned_income_inequality([1, 20, 40, 80], [20, 40, 80, float("inf")],
    ...                                  [300, 400, 250, 50], ["gini"], draws=100)
    >>> frame.loc[0, ["estimate", "lower", "upper"]].astype(float).round(2).tolist()
    [0.41, 0.39, 0.44]
    """
    names = _names(measures)
    normal_quantile(level)
    values, weights = spread_bins(lower, upper, count)
    n = np.asarray(count, dtype=float)
    size = int(n.sum() if sample_size is None else sample_size)
    generator = np.random.default_rng(seed)
    found: dict[str, list[float]] = {name: [] for name in names}
    if n.sum() > 0:
        for drawn in generator.multinomial(size, n / n.sum(), size=draws):
            y, w = spread_bins(lower, upper, drawn)
            for name in names:
                found[name].append(float(INCOME_MEASURES[name](y, w)))
    simulated = {name: np.array(one) for name, one in found.items()}
    return _frame(names, values, weights, size, level, simulated)


def _names(measures: Sequence[str] | None) -> list[str]:
    names = list(INCOME_MEASURES if measures is None else measures)
    for name in names:
        check_choice("measure", name, tuple(INCOME_MEASURES))
    return names


def _resampled(
    names: Sequence[str],
    y: FloatArray,
    p: FloatArray,
    draws: int,
    generator: np.random.Generator,
) -> tuple[dict[str, FloatArray], dict[str, _Student]]:
    """Return every measure of every sample drawn again, and how far it lies in its own errors."""
    if y.size < _FEWEST:
        return {name: np.array([]) for name in names}, {}
    order = np.argsort(y, kind="stable")
    y, p = y[order], p[order]
    parts: dict[str, list[FloatArray]] = {name: [] for name in names}
    errors: dict[str, list[FloatArray]] = {name: [] for name in names if name in INFLUENCES}
    step = max(1, _AT_ONCE // y.size)
    for first in range(0, draws, step):
        size = min(step, draws - first)
        times = generator.multinomial(y.size, np.full(y.size, 1 / y.size), size=size).astype(float)
        for name in names:
            if name in errors:
                value, error = standard_errors(name, y, p, times)
                errors[name].append(error)
            else:
                value = np.atleast_1d(INCOME_MEASURES[name](y, times * p))
            parts[name].append(value)
    drawn = {name: np.concatenate(found) for name, found in parts.items()}
    students = {name: _student(name, y, p, drawn[name], errors[name]) for name in errors}
    return drawn, students


class _Student(NamedTuple):
    """The error of a sample on the scale of logarithms, and the quotients of its draws."""

    error: float
    quotients: FloatArray

    def limits(self, estimate: float, level: float) -> tuple[float, float]:
        """Return the limits; none without enough draws that have an error."""
        if self.quotients.size < _FEWEST or not np.isfinite(self.error):
            return float("nan"), float("nan")
        tail = (1 - level) / 2
        high, low = np.quantile(self.quotients, [1 - tail, tail])
        return (
            float(estimate * np.exp(-high * self.error)),
            float(estimate * np.exp(-low * self.error)),
        )


def _student(
    name: str, y: FloatArray, p: FloatArray, drawn: FloatArray, errors: list[FloatArray]
) -> _Student:
    value, error = standard_errors(name, y, p, np.ones(y.size))
    with np.errstate(divide="ignore", invalid="ignore"):
        quotients = np.log(drawn / value) * drawn / np.concatenate(errors)
        return _Student(float(error / value), quotients[np.isfinite(quotients)])


def _frame(
    names: Sequence[str],
    y: FloatArray,
    p: FloatArray,
    size: int,
    level: float,
    simulated: dict[str, FloatArray],
    students: Mapping[str, _Student] = MappingProxyType({}),
) -> pd.DataFrame:
    z = normal_quantile(level)
    rows = []
    for name in names:
        estimate = float(INCOME_MEASURES[name](y, p)) if size else float("nan")
        drawn = simulated[name]
        drawn = drawn[np.isfinite(drawn) & (drawn > 0)]
        error, lower, upper = float("nan"), float("nan"), float("nan")
        nothing = size == 0 or not (y * p).sum() > 0
        reason = "no_income" if nothing else "estimated"
        if not nothing and not np.isfinite(estimate):
            reason = "not_defined"
        elif not nothing and size < _FEWEST:
            reason = "too_few"
        elif not nothing and estimate < _ROUNDING:
            error, lower, upper = 0.0, 0.0, 0.0
        elif not nothing and drawn.size > 1:
            error = float(drawn.std(ddof=1))
            on_log = float(np.log(drawn).std(ddof=1))
            lower, upper = (float(estimate * np.exp(side * z * on_log)) for side in (-1, 1))
            if name in students:
                lower, upper = students[name].limits(estimate, level)
                if np.isnan(lower):
                    error, reason = float("nan"), "not_defined"
        rows.append((name, estimate, error, lower, upper, size, reason))
    return pd.DataFrame(rows, columns=list(INCOME_COLUMNS))
