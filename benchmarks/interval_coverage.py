"""How often each family of intervals holds the truth that the data were drawn from.

Data are drawn again and again from a known truth, and every interval is asked whether it holds
it. Nominal are 95 %. The last column says how far sampling of this simulation itself reaches
(two standard errors), so that 95 % within it is as good as exact. Families that are made to cover
at least 95 % (Clopper-Pearson) may lie above.

Run with a number of samples to be quicker or surer: ``python benchmarks/interval_coverage.py 500``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, get_args

import numpy as np
from scipy import stats

from c2c_lib.equity import (
    Groups,
    difference_interval,
    linear_trend,
    margin_interval,
    proportion_interval,
    ratio_interval,
    smooth_rates,
    smoothed_interval,
    theil_sen,
)
from c2c_lib.equity.differences import DifferenceMethod, RatioMethod
from c2c_lib.equity.income_inequality import income_inequality
from c2c_lib.equity.inequality import MEASURES, simulated
from c2c_lib.equity.odds_ratios import OddsRatioMethod, odds_ratio_interval
from c2c_lib.equity.proportions import ProportionMethod
from c2c_lib.equity.segregation import (
    SEGREGATION_INDICES,
    multigroup_segregation,
    two_group_segregation,
)

SAMPLES = 4000
GENERATOR = np.random.default_rng(20260101)
POPULATION = np.array([420.0, 1310.0, 260.0, 880.0, 140.0])
SHARES = np.array([0.31, 0.42, 0.47, 0.58, 0.71])
FAR_TOO_LITTLE = ("wald", "wald_continuity")


class Covered(NamedTuple):
    """How often a family of intervals held the truth."""

    family: str
    case: str
    samples: int
    share: float

    def line(self) -> str:
        room = 2 * np.sqrt(0.95 * 0.05 / self.samples)
        return (
            f"{self.family:<34}{self.case:<30}{self.samples:>7}"
            f"{100 * self.share:>8.1f} %   +- {100 * room:.1f}"
        )


def held(lower: np.ndarray, upper: np.ndarray, truth: float | np.ndarray) -> float:
    room = 1e-12
    return float(np.mean((lower - room <= truth) & (truth <= upper + room)))


def proportions(samples: int) -> Iterator[Covered]:
    for method in get_args(ProportionMethod):
        for n, p in ((25, 0.1), (60, 0.43), (400, 0.85)):
            limits = proportion_interval(GENERATOR.binomial(n, p, samples), n, method)
            yield Covered(f"proportion: {method}", f"n {n}, p {p}", samples, held(*limits, p))


def two_proportions(samples: int) -> Iterator[Covered]:
    families: list[tuple[str, Callable[..., tuple[np.ndarray, np.ndarray]], tuple[str, ...]]] = [
        ("difference", difference_interval, get_args(DifferenceMethod)),
        ("ratio", ratio_interval, get_args(RatioMethod)),
        ("odds ratio", odds_ratio_interval, get_args(OddsRatioMethod)),
    ]
    for (n1, p1), (n2, p2) in (((40, 0.3), (25, 0.15)), ((180, 0.62), (320, 0.48))):
        x1, x2 = GENERATOR.binomial(n1, p1, samples), GENERATOR.binomial(n2, p2, samples)
        odds = p1 / (1 - p1) / (p2 / (1 - p2))
        truths = {"difference": p1 - p2, "ratio": p1 / p2, "odds ratio": odds}
        for family, function, methods in families:
            for method in methods:
                limits = function(x1, n1, x2, n2, method)
                share = held(*limits, truths[family])
                case = f"{n1} at {p1}, {n2} at {p2}"
                yield Covered(f"{family}: {method}", case, samples, share)


def between_groups(samples: int) -> Iterator[Covered]:
    """Measures of inequality of five groups, from counts, in percent like the reference tool."""
    drawn = GENERATOR.binomial(POPULATION.astype(int), SHARES, (samples, 5)) / POPULATION
    errors = np.sqrt(drawn * (1 - drawn) / POPULATION)
    options = {
        "population": POPULATION,
        "order": np.arange(5),
        "reference": np.arange(5) == 4,
    }
    truth = Groups.of(SHARES, standard_error=np.zeros(5), **options)
    groups = Groups.of(drawn, standard_error=errors, **options)
    few = min(samples, 1000)
    fewer = Groups.of(drawn[:few], standard_error=errors[:few], **options)
    for name, measure in MEASURES.items():
        value = float(measure.value(truth))
        if measure.analytic is not None:
            found, size = measure.analytic(groups, 0.95), samples
        else:
            found, size = (
                simulated(
                    fewer, measure.value, 0.95, draws=400, floor=measure.equal, generator=GENERATOR
                ),
                few,
            )
        share = held(np.asarray(found.lower), np.asarray(found.upper), value)
        yield Covered(f"between groups: {name}", measure.interval, size, share)
        if name in {"mld", "theil", "paf"}:
            # What the reference tool prints: estimate in thousandths or percent, its
            # standard error not.
            unit = 100 if name == "paf" else 1000
            half = 1.96 * np.asarray(found.standard_error) / unit
            estimate = np.asarray(found.estimate)
            share = held(estimate - half, estimate + half, value)
            yield Covered(f"   as healthequal 1.0.1: {name}", "its formula", size, share)


def others(samples: int) -> Iterator[Covered]:
    error = 0.04
    drawn = GENERATOR.normal(0.4, error, samples)
    limits = margin_interval(drawn, np.full(samples, 1.645 * error))
    yield Covered("margin of error", "normal estimate", samples, held(*limits, 0.4))

    years = np.arange(9.0)
    series = 0.3 + 0.012 * years + GENERATOR.normal(0, 0.02, (samples, 9))
    line = linear_trend(series)
    yield Covered("trend: line", "9 years", samples, held(line.lower, line.upper, 0.012))
    slope = theil_sen(series)
    yield Covered("trend: Theil-Sen", "9 years", samples, held(slope.lower, slope.upper, 0.012))

    population = GENERATOR.integers(150, 2500, 60)
    some = min(samples, 500)
    rates = GENERATOR.gamma(16, 0.05 / 16, (some, 60))
    smoothed = smooth_rates(GENERATOR.poisson(rates * population), population)
    limits = smoothed_interval(smoothed)
    yield Covered("empirical Bayes", "60 areas", some * 60, held(*limits, rates))


def incomes(samples: int) -> Iterator[Covered]:
    some, spread = max(100, min(samples // 8, 500)), 0.7
    names = ["gini", "theil", "mld", "atkinson_0.5", "p90_p10", "palma"]
    z = stats.norm.ppf(0.9)
    squared = spread**2
    top, bottom = stats.norm.sf(z - spread), stats.norm.cdf(stats.norm.ppf(0.4) - spread)
    truths = {
        "gini": 2 * stats.norm.cdf(spread / np.sqrt(2)) - 1,
        "theil": squared / 2,
        "mld": squared / 2,
        "atkinson_0.5": 1 - np.exp(-0.25 * squared),
        "p90_p10": np.exp(2 * z * spread),
        "palma": top / bottom,
    }
    counts = dict.fromkeys(names, 0.0)
    for _ in range(some):
        values = np.exp(GENERATOR.normal(0, spread, 400))
        frame = income_inequality(values, measures=names, draws=300, seed=GENERATOR)
        row: Any
        for row in frame.itertuples():
            counts[row.measure] += row.lower <= truths[row.measure] <= row.upper
    for name in names:
        yield Covered(f"income: {name}", "400 log-normal", some, counts[name] / some)


def segregation(samples: int) -> Iterator[Covered]:
    some = max(100, min(samples // 8, 500))
    size = GENERATOR.integers(20, 120, 25)
    settings = {
        "two groups, 25 small schools": GENERATOR.beta(4, 6, 25),
        "two groups, all alike": np.full(25, 0.4),
    }
    for case, share in settings.items():
        chances = np.stack([share, 1 - share], axis=-1)
        yield from segregation_case(case, size, chances, some)
    chances = GENERATOR.dirichlet([3, 4, 2, 0.6], 25)
    yield from segregation_case("four groups, 25 small schools", size, chances, some)


def segregation_case(
    case: str, size: np.ndarray, chances: np.ndarray, samples: int
) -> Iterator[Covered]:
    two = chances.shape[1] == 2
    kinds = "two" if two else "many"
    truth = {
        name: float(index.value(size[:, None] * chances))
        for name, index in SEGREGATION_INDICES.items()
        if index.groups == kinds
    }
    counts = dict.fromkeys(truth, 0)
    for _ in range(samples):
        table = GENERATOR.multinomial(size, chances)
        frame = (
            two_group_segregation(table[:, 0], table[:, 1], draws=300, seed=GENERATOR)
            if two
            else multigroup_segregation(table, draws=300, seed=GENERATOR)
        )
        row: Any
        for row in frame.itertuples():
            counts[row.measure] += row.lower - 1e-9 <= truth[row.measure] <= row.upper + 1e-9
    for name, count in counts.items():
        yield Covered(f"segregation: {name}", case, samples, count / samples)


def families(samples: int) -> Iterator[Covered]:
    """Return the coverage of every family, the quick ones first."""
    for family in (proportions, two_proportions, between_groups, others, incomes, segregation):
        yield from family(samples)


def main() -> None:
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    print(f"{'intervals at 95 %':<34}{'drawn from':<30}{'samples':>7}{'held':>10}")
    ours = []
    for found in families(samples):
        print(found.line(), flush=True)
        known_to_fail = "healthequal" in found.family or found.family.endswith(FAR_TOO_LITTLE)
        ours += [] if known_to_fail else [found]
    low = min(ours, key=lambda one: one.share)
    print(f"least of ours: {low.family.strip()}, {low.case}: {100 * low.share:.1f} %")


if __name__ == "__main__":
    main()
