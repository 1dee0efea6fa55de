"""The family of incomes: how unequal households or people of every setting are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from c2c_lib.equity.family import Block, Call, Columns, Family, Measure, Part
from c2c_lib.equity.income_inequality import (
    INCOME_MEASURES,
    INCOME_REASONS,
    binned_income_inequality,
    income_inequality,
    theil_decomposition,
)
from c2c_lib.equity.lookup import check_columns, numbers
from c2c_lib.equity.settings import NO_LIMITS, Settings, outer_keys, settings_of

__all__ = ["FAMILY", "INCOME_MISSING"]

INCOME_MISSING: Final[dict[str, str]] = {
    **{k: v for k, v in INCOME_REASONS.items() if k != "estimated"},
    **NO_LIMITS,
}
"""Why a measure or its interval is missing, in plain words."""

_BINS: Final = ("lower", "upper", "count")
_COWELL: Final = "Cowell 2011, Measuring Inequality"
_ATKINSON: Final = "Atkinson 1970, J Econ Theory 2:244-263"
_PERCENTILES: Final = (
    "Cobham & Sumner 2013, CGD Working Paper 343; OECD Income Distribution Database"
)

_ENTRIES: Final = {
    "gini": (
        "Gini index of incomes",
        "How far are incomes from all the same, the middle counting most?",
        "sum_ij |y_i - y_j| / (2 n^2 mu)",
        "Gini 1912; " + _COWELL,
    ),
    "theil": (
        "Theil index of incomes",
        "How unequal are incomes, the top counting most?",
        "1/n sum (y / mu) ln(y / mu)",
        "Theil 1967, Economics and Information Theory; " + _COWELL,
    ),
    "mld": (
        "Mean log deviation of incomes",
        "How unequal are incomes, the bottom counting most?",
        "1/n sum ln(mu / y)",
        "Theil 1967, Economics and Information Theory; " + _COWELL,
    ),
    "half_squared_cv": (
        "Half the squared coefficient of variation of incomes",
        "How unequal are incomes, the very top counting most?",
        "1/2 Var(y) / mu^2",
        _COWELL,
    ),
    "atkinson_0.5": (
        "Atkinson index of incomes (aversion 1/2)",
        "What share of income could be spared if all had the same, at little aversion to gaps?",
        "1 - (1/n sum sqrt(y / mu))^2",
        _ATKINSON,
    ),
    "atkinson_1": (
        "Atkinson index of incomes (aversion 1)",
        "What share of income could be spared if all had the same, at medium aversion to gaps?",
        "1 - exp(1/n sum ln(y / mu))",
        _ATKINSON,
    ),
    "p90_p10": (
        "Ratio of the 90th to the 10th percentile of incomes",
        "How many times the income near the bottom is that near the top?",
        "P90 / P10",
        _PERCENTILES,
    ),
    "p80_p20": (
        "Ratio of the 80th to the 20th percentile of incomes",
        "How many times the income of the lower fifth's end is that of the upper fifth's?",
        "P80 / P20",
        _PERCENTILES,
    ),
    "palma": (
        "Palma ratio",
        "How many times the income of the poorest 40 percent goes to the richest 10 percent?",
        "income of the top 10 % / income of the bottom 40 %",
        "Palma 2011, Dev Change 42:87-153; Cobham & Sumner 2013",
    ),
}
assert set(_ENTRIES) == set(INCOME_MEASURES)  # noqa: S101 - one entry for every measure


def _measure(name: str) -> Measure:
    title, question, formula, citation = _ENTRIES[name]
    ratio = name in {"p90_p10", "p80_p20", "palma"}
    return Measure(
        name=f"income_{name}",
        family="income",
        title=title,
        question=question,
        formula=formula,
        citation=citation,
        unit="ratio" if ratio else "none",
        columns=("income",),
        needs=("incomes of households or people, or counts in bins",),
        scaled="unchanged",
        equal=1 / 4 if name == "palma" else float(ratio),
        function="income_inequality.income_inequality",
    )


def _part_of_theil(name: str, title: str, question: str, formula: str) -> Measure:
    return Measure(
        name=f"income_theil_{name}",
        family="income",
        title=title,
        question=question,
        formula=formula,
        citation=_COWELL,
        unit="none",
        columns=("income", "group"),
        needs=("incomes with their groups",),
        scaled="unchanged",
        function="income_inequality.theil_decomposition",
        example='equity.measure({"income": [10, 20, 40, 50], "group": ["a", "a", "b", "b"]}, '
        '"NAME")',
    )


def _run(frame: pd.DataFrame, wanted: Sequence[Measure], call: Call) -> list[Block]:
    parts = [one for one in wanted if "group" in one.columns]
    others = [one for one in wanted if one not in parts]
    blocks = []
    if others:
        keys = outer_keys(frame, call.by, ())
        settings = settings_of(frame, keys)
        binned = "income" not in frame and {*_BINS} <= {*frame}
        check_columns(frame, _BINS if binned else ["income"])
        made = _of_bins if binned else _of_incomes
        blocks.append(Block(settings.keys, others, made(frame, settings, others, call)))
    if parts:
        keys = outer_keys(frame, call.by, ("group",))
        check_columns(frame, ["income", "group"])
        settings = settings_of(frame, keys)
        blocks.append(Block(settings.keys, parts, _of_groups(frame, settings, parts)))
    return blocks


def _options(wanted: Sequence[Measure], call: Call) -> dict[str, Any]:
    return {
        "measures": [one.name.removeprefix("income_") for one in wanted],
        "level": call.level,
        "draws": call.option("draws", 1000),
        "seed": call.option("generator", 0),
    }


def _weights(frame: pd.DataFrame) -> Any:
    return numbers(frame, "weight") if "weight" in frame else np.ones(len(frame))


def _of_incomes(
    frame: pd.DataFrame, settings: Settings, wanted: Sequence[Measure], call: Call
) -> Iterator[Part]:
    values, weights = numbers(frame, "income"), _weights(frame)
    for number, at in enumerate(settings.rows):
        found = income_inequality(values[at], weights[at], **_options(wanted, call))
        people = weights[at][~np.isnan(values[at])].sum()
        yield from _parts(found, number, wanted, people, "bootstrap of the logarithm")


def _of_bins(
    frame: pd.DataFrame, settings: Settings, wanted: Sequence[Measure], call: Call
) -> Iterator[Part]:
    columns = [numbers(frame, name) for name in _BINS]
    for number, at in enumerate(settings.rows):
        lower, upper, count = (one[at] for one in columns)
        ranked = np.argsort(lower, kind="stable")
        found = binned_income_inequality(
            lower[ranked],
            upper[ranked],
            count[ranked],
            sample_size=call.option("sample_size"),
            **_options(wanted, call),
        )
        yield from _parts(found, number, wanted, count.sum(), "multinomial draws")


def _parts(
    found: pd.DataFrame, number: int, wanted: Sequence[Measure], people: float, method: str
) -> Iterator[Part]:
    at = np.array([number], dtype=np.intp)
    row: Any
    for one, row in zip(wanted, found.itertuples(index=False), strict=True):
        said = row.reason == "estimated"
        yield Part(
            one,
            Columns(
                estimate=np.array([row.estimate]),
                standard_error=row.standard_error,
                lower=row.lower,
                upper=row.upper,
                unit=one.unit,
                method=method,
                children=people,
                groups=int(row.n),
                reason="" if said else str(row.reason),
            ),
            at,
        )


def _of_groups(
    frame: pd.DataFrame, settings: Settings, wanted: Sequence[Measure]
) -> Iterator[Part]:
    values, weights = numbers(frame, "income"), _weights(frame)
    groups = frame["group"].to_numpy()
    known = ~np.isnan(values)
    for number, rows in enumerate(settings.rows):
        at = rows[known[rows]]
        found = theil_decomposition(values[at], groups[at], weights[at])._asdict()
        for one in wanted:
            value = found[one.name.removeprefix("income_theil_")]
            yield Part(
                one,
                Columns(
                    estimate=np.array([value]),
                    unit="none",
                    children=weights[at].sum(),
                    groups=len(pd.unique(groups[at])),
                    reason="no_income" if np.isnan(value) else "no_limits",
                ),
                np.array([number], dtype=np.intp),
            )


FAMILY: Final = Family(
    name="income",
    title="Inequality of incomes",
    rows="all households (or people) of a setting: a row for each of them, with its income and, "
    "if it stands for several, its weight; or a row for each bin, with lower, upper and count",
    options={
        "sample_size": "How many households were asked, where counts in bins are of a survey.",
        "draws": "How many draws for the limits; default 1,000.",
        "generator": "A random generator or a seed; without it a fixed seed.",
    },
    reasons=INCOME_MISSING,
    measures=(
        *map(_measure, INCOME_MEASURES),
        _part_of_theil(
            "between",
            "Theil index between groups",
            "How much of the inequality of incomes lies between groups?",
            "sum_g s_g ln(mu_g / mu), s the groups' shares of income",
        ),
        _part_of_theil(
            "within",
            "Theil index within groups",
            "How much of the inequality of incomes lies within groups?",
            "sum_g s_g T_g, s the groups' shares of income and T_g their own Theil index",
        ),
    ),
    run=_run,
    by_name_only=True,
    example='equity.measure({"income": [*range(12, 60), 75, 90, 140, 260]}, "NAME", draws=200)',
)
